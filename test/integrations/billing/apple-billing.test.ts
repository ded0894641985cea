import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Clock } from '../../../core/clock.ts';
import type { BillingProvider } from '../../../integrations/billing/billing-provider.ts';
import { createAppleBilling } from '../../../integrations/billing/apple/apple-billing.ts';
import { readRootCertificates } from '../../../integrations/billing/apple/root-certificates.ts';
import { AppStore, BUNDLE_ID, makeStoreKeys, type StoreKeys } from '../../support/apple-certificates.ts';
import { testDir } from '../../support/stores.ts';

const DAY_MS = 86_400_000;
const NOW = Date.now();

let keys: StoreKeys;
let store: AppStore;
let apple: BillingProvider;
beforeAll(async () => {
  keys = await makeStoreKeys();
  store = new AppStore(keys);
  apple = billing();
});

function billing(
  more: Partial<Parameters<typeof createAppleBilling>[0]> = {},
  roots?: Buffer[],
): BillingProvider {
  const settings = {
    bundleId: BUNDLE_ID,
    appId: undefined,
    environment: 'Sandbox' as const,
    onlineChecks: false,
    ...more,
  };
  return createAppleBilling(settings, roots ?? [keys.root], new Clock(0));
}

const refused = (message: RegExp, code = 'validation_error'): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as unknown });

describe('what the App Store signed', () => {
  it('of a purchase is read with its times, its owner and nothing else of the person', async () => {
    const appAccountToken = randomUUID().toUpperCase();
    const signed = store.transaction({
      originalTransactionId: '7',
      transactionId: '9',
      purchaseDate: NOW - 5,
      expiresDate: NOW + DAY_MS,
      signedDate: NOW,
      appAccountToken,
    });
    expect(await apple.readTransaction(signed)).toEqual({
      provider: 'apple',
      environment: 'Sandbox',
      notification: null,
      originalTransactionId: '7',
      userId: appAccountToken.toLowerCase(),
      transaction: {
        transaction_id: '9',
        product_id: 'premium.monthly',
        purchased_at: new Date(NOW - 5).toISOString(),
        expires_at: new Date(NOW + DAY_MS).toISOString(),
        signed_at: new Date(NOW).toISOString(),
        revoked_at: null,
        revocation: null,
        upgraded: false,
      },
      renewal: null,
    });
  });

  it('of a failed renewal has the days of grace', async () => {
    const id = randomUUID();
    const payload = store.notification('DID_FAIL_TO_RENEW', {
      id,
      subtype: 'GRACE_PERIOD',
      signedDate: NOW,
      transaction: { expiresDate: NOW - 1 },
      renewal: {
        isInBillingRetryPeriod: true,
        gracePeriodExpiresDate: NOW + 6 * DAY_MS,
        autoRenewStatus: 0,
        signedDate: NOW,
      },
    });
    expect(await apple.readNotification(payload)).toMatchObject({
      notification: {
        id,
        type: 'DID_FAIL_TO_RENEW',
        subtype: 'GRACE_PERIOD',
        signedAt: new Date(NOW).toISOString(),
      },
      originalTransactionId: '1000',
      renewal: {
        signed_at: new Date(NOW).toISOString(),
        auto_renew: false,
        in_billing_retry: true,
        grace_expires_at: new Date(NOW + 6 * DAY_MS).toISOString(),
      },
    });
  });

  it.each([
    ['REFUND', {}, 'refunded'],
    ['REFUND', { revocationType: 'REFUND_PRORATED' }, 'refunded'],
    ['REVOKE', {}, 'revoked'],
    ['REVOKE', { revocationType: 'FAMILY_REVOKE' }, 'revoked'],
    ['DID_CHANGE_RENEWAL_STATUS', { inAppOwnershipType: 'FAMILY_SHARED' }, 'revoked'],
  ])('as %s with %j takes a purchase back as %s', async (type, fields, revocation) => {
    const payload = store.notification(type, { transaction: { revocationDate: NOW, ...fields } });
    const { transaction } = await apple.readNotification(payload);
    expect(transaction).toMatchObject({ revocation, revoked_at: new Date(NOW).toISOString() });
  });

  it.each(['Consumable', 'Non-Consumable', 'Non-Renewing Subscription'])(
    'of a %s is no fact about a subscription',
    async (type) => {
      const payload = store.notification('ONE_TIME_CHARGE', {
        transaction: { type, expiresDate: undefined },
      });
      expect((await apple.readNotification(payload)).transaction).toBeNull();
    },
  );

  it('without any purchase in it is read all the same, also of a kind that does not exist yet', async () => {
    const app = { bundleId: BUNDLE_ID, environment: 'Sandbox' };
    const payloads = [
      store.notification('TEST'),
      store.notification('RENEWAL_EXTENSION', {
        subtype: 'SUMMARY',
        more: {
          summary: { ...app, requestIdentifier: 'x', productId: 'y', succeededCount: 2, failedCount: 0 },
        },
      }),
      store.notification('EXTERNAL_PURCHASE_TOKEN', {
        more: { externalPurchaseToken: { bundleId: BUNDLE_ID, externalPurchaseId: 'SANDBOX_1' } },
      }),
      store.notification('RESCIND_CONSENT', { more: { appData: { ...app, signedAppTransactionInfo: 'x' } } }),
      store.notification('SOMETHING_NEW', { subtype: 'OR_OTHER' }),
    ];
    for (const payload of payloads)
      expect(await apple.readNotification(payload)).toMatchObject({
        originalTransactionId: null,
        transaction: null,
        renewal: null,
      });
  });

  it('names nobody where the app set something that is no UUID', async () => {
    const fact = await apple.readTransaction(store.transaction({ appAccountToken: 'bob' }));
    expect(fact.userId).toBeNull();
  });
});

describe('what is refused', () => {
  it('is signed below another root, or below ours by a certificate that is not the store’s', async () => {
    const others = new AppStore(await makeStoreKeys());
    const unmarked = await makeStoreKeys({ marked: false });
    for (const [provider, from] of [
      [apple, others],
      [billing({}, [unmarked.root]), new AppStore(unmarked)],
    ] as const) {
      await expect(provider.readNotification(from.notification('TEST'))).rejects.toEqual(
        refused(/not signed/),
      );
      await expect(provider.readTransaction(from.transaction())).rejects.toEqual(refused(/not signed/));
    }
  });

  it('has a foreign purchase inside of a good notification', async () => {
    const others = new AppStore(await makeStoreKeys());
    const data = { bundleId: BUNDLE_ID, environment: 'Sandbox', signedTransactionInfo: others.transaction() };
    const payload = store.notification('SUBSCRIBED', { more: { data } });
    await expect(apple.readNotification(payload)).rejects.toEqual(refused(/not signed/));
  });

  it('was altered in any of its parts, or is no signed payload at all', async () => {
    const [header = '', body = '', signature = ''] = store.transaction().split('.');
    const longer = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const altered = Buffer.from(JSON.stringify({ ...longer, expiresDate: NOW + 9999 * DAY_MS })).toString(
      'base64url',
    );
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const plain = Buffer.from(JSON.stringify({ alg: 'HS256', x5c: [] })).toString('base64url');
    for (const payload of [
      `${header}.${altered}.${signature}`,
      `${header}.${body}.${signature.split('').reverse().join('')}`,
      `${header}.${body}.`,
      `${unsigned}.${body}.`,
      `${plain}.${body}.${signature}`,
      'a.b.c',
      'nonsense',
      '{}',
    ])
      await expect(apple.readTransaction(payload), payload.slice(-20)).rejects.toEqual(refused(/not signed/));
  });

  it('is of another app or another environment', async () => {
    const otherApp = new AppStore(keys, 'Sandbox', 'test.other.app');
    const production = new AppStore(keys, 'Production');
    await expect(apple.readTransaction(otherApp.transaction())).rejects.toEqual(refused(/another app/));
    await expect(apple.readNotification(otherApp.notification('TEST'))).rejects.toEqual(
      refused(/another app/),
    );
    await expect(apple.readTransaction(production.transaction())).rejects.toEqual(refused(/environment/));
    await expect(apple.readNotification(production.notification('TEST'))).rejects.toEqual(
      refused(/environment/),
    );
    const ours = billing({ environment: 'Production', appId: 42 });
    const numbered = (appAppleId: number) =>
      production.notification('TEST', {
        more: { data: { bundleId: BUNDLE_ID, environment: 'Production', appAppleId } },
      });
    expect((await ours.readNotification(numbered(42))).environment).toBe('Production');
    await expect(ours.readNotification(numbered(43))).rejects.toEqual(refused(/another app/));
  });

  it('was signed when the certificate did not hold, or at a time that has not come', async () => {
    const former = await makeStoreKeys({
      notBefore: new Date(NOW - 20 * DAY_MS),
      notAfter: new Date(NOW - 10 * DAY_MS),
    });
    const [then, theirs] = [new AppStore(former), billing({}, [former.root])];
    for (const signedDate of [NOW, NOW - 30 * DAY_MS])
      await expect(theirs.readTransaction(then.transaction({ signedDate }))).rejects.toEqual(
        refused(/not signed/),
      );
    const inTime = await theirs.readTransaction(then.transaction({ signedDate: NOW - 15 * DAY_MS }));
    expect(inTime.transaction?.signed_at).toBe(new Date(NOW - 15 * DAY_MS).toISOString());
    await expect(apple.readTransaction(store.transaction({ signedDate: NOW + DAY_MS }))).rejects.toEqual(
      refused(/has not come/),
    );
    await expect(
      apple.readNotification(store.notification('TEST', { signedDate: NOW + DAY_MS })),
    ).rejects.toEqual(refused(/has not come/));
  });

  it('lacks what every payload has', async () => {
    await expect(apple.readTransaction(store.transaction({ signedDate: undefined }))).rejects.toEqual(
      refused(/not what/),
    );
    await expect(apple.readTransaction(store.transaction({ transactionId: undefined }))).rejects.toEqual(
      refused(/not what/),
    );
  });

  it('can’t be proved today where the issuer is to be asked and names no place to ask at', async () => {
    await expect(billing({ onlineChecks: true }).readTransaction(store.transaction())).rejects.toEqual(
      refused(/not signed/),
    );
  });
});

describe('root certificates', () => {
  it('are read from DER and PEM, and every file that holds none is named', async () => {
    const dir = testDir();
    const files = { der: join(dir, 'root.cer'), pem: join(dir, 'root.pem'), broken: join(dir, 'broken.cer') };
    writeFileSync(files.der, keys.root);
    writeFileSync(files.pem, keys.rootPem);
    writeFileSync(files.broken, 'no certificate');
    expect(await readRootCertificates([files.der, files.pem])).toEqual([keys.root, keys.root]);
    await expect(readRootCertificates([files.broken, files.pem, join(dir, 'nowhere')])).rejects.toMatchObject(
      {
        faults: [expect.stringContaining('broken.cer'), expect.stringContaining('nowhere')],
      },
    );
  });
});
