import 'reflect-metadata';
import { createSign, randomUUID, webcrypto, KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** By these the store's own certificates are told from all others below the same root. */
const LEAF_MARK = '1.2.840.113635.100.6.11.1';
const INTERMEDIATE_MARK = '1.2.840.113635.100.6.2.1';
/** ASN.1 NULL. */
const NULL = new Uint8Array([5, 0]);
const DAY_MS = 86_400_000;

export interface StoreKeys {
  /** The root, DER. */
  root: Buffer;
  rootPem: string;
  /** A JWS as the App Store makes it: ES256, with the chain in its header. */
  sign(payload: object): string;
}

/**
 * A root, an intermediate and a leaf of a store of our own.
 *
 * @param options.marked without its marks a chain is somebody else's, even below the same root
 * @param options.notBefore of the leaf
 */
export async function makeStoreKeys(
  options: { marked?: boolean; notBefore?: Date; notAfter?: Date } = {},
): Promise<StoreKeys> {
  const { marked = true } = options;
  const lasting = {
    notBefore: new Date(Date.now() - 3650 * DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
  };
  const [rootKeys, middleKeys, leafKeys] = await Promise.all([keys(), keys(), keys()]);
  const authority = [new x509.BasicConstraintsExtension(true, undefined, true)];
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...lasting,
    name: 'CN=Test Root CA',
    serialNumber: '01',
    keys: rootKeys,
    signingAlgorithm: ALGORITHM,
    extensions: authority,
  });
  const middle = await x509.X509CertificateGenerator.create({
    ...lasting,
    serialNumber: '02',
    subject: 'CN=Test Intermediate CA',
    issuer: root.subject,
    signingKey: rootKeys.privateKey,
    publicKey: middleKeys.publicKey,
    signingAlgorithm: ALGORITHM,
    extensions: [...authority, ...(marked ? [new x509.Extension(INTERMEDIATE_MARK, false, NULL)] : [])],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    notBefore: options.notBefore ?? lasting.notBefore,
    notAfter: options.notAfter ?? lasting.notAfter,
    serialNumber: '03',
    subject: 'CN=Test Store Signing',
    issuer: middle.subject,
    signingKey: middleKeys.privateKey,
    publicKey: leafKeys.publicKey,
    signingAlgorithm: ALGORITHM,
    extensions: marked ? [new x509.Extension(LEAF_MARK, false, NULL)] : [],
  });
  const x5c = [leaf, middle, root].map((one) => Buffer.from(one.rawData).toString('base64'));
  const key = KeyObject.from(leafKeys.privateKey as webcrypto.CryptoKey);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    root: Buffer.from(root.rawData),
    rootPem: root.toString('pem'),
    sign: (payload) => {
      const signed = `${part({ alg: 'ES256', x5c })}.${part(payload)}`;
      const signature = createSign('sha256')
        .update(signed)
        .sign({ key, dsaEncoding: 'ieee-p1363' }, 'base64url');
      return `${signed}.${signature}`;
    },
  };
}

const keys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

export const BUNDLE_ID = 'test.pulseplan.app';

/** What the App Store would say of purchases in one app. Times are milliseconds since 1970. */
export class AppStore {
  private readonly openedAt = Date.now();

  constructor(
    readonly keys: StoreKeys,
    readonly environment = 'Sandbox',
    readonly bundleId = BUNDLE_ID,
  ) {}

  transaction(fields: Record<string, unknown> = {}): string {
    const now = this.openedAt;
    return this.keys.sign({
      originalTransactionId: '1000',
      transactionId: '1000',
      bundleId: this.bundleId,
      environment: this.environment,
      productId: 'premium.monthly',
      type: 'Auto-Renewable Subscription',
      inAppOwnershipType: 'PURCHASED',
      purchaseDate: now - DAY_MS,
      expiresDate: now + 29 * DAY_MS,
      signedDate: now - 1_000,
      ...fields,
    });
  }

  renewal(fields: Record<string, unknown> = {}): string {
    return this.keys.sign({
      originalTransactionId: '1000',
      productId: 'premium.monthly',
      autoRenewProductId: 'premium.monthly',
      autoRenewStatus: 1,
      environment: this.environment,
      signedDate: this.openedAt - 1_000,
      ...fields,
    });
  }

  /** A notification with what is in it; `more` stands in place of its data. */
  notification(
    type: string,
    parts: {
      subtype?: string;
      id?: string;
      transaction?: Record<string, unknown>;
      renewal?: Record<string, unknown>;
      signedDate?: number;
      more?: Record<string, unknown>;
    } = {},
  ): string {
    const { subtype, transaction, renewal, more } = parts;
    return this.keys.sign({
      notificationType: type,
      ...(subtype === undefined ? {} : { subtype }),
      notificationUUID: parts.id ?? randomUUID(),
      version: '2.0',
      signedDate: parts.signedDate ?? this.openedAt - 1_000,
      ...(more ?? {
        data: {
          bundleId: this.bundleId,
          environment: this.environment,
          ...(transaction ? { signedTransactionInfo: this.transaction(transaction) } : {}),
          ...(renewal ? { signedRenewalInfo: this.renewal(renewal) } : {}),
        },
      }),
    });
  }
}
