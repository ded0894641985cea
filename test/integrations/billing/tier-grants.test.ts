import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../core/ids.ts';
import { subscriptionOf, tierOf } from '../../../db/subscriptions.ts';
import { grantTier, revokeGrants, tierRecord } from '../../../db/tier-grants.ts';
import { demoUser } from '../../../db/users.ts';
import { day, factOf, Ledger, NOW, on, paid, renewing } from './ledger.ts';

const ledger = new Ledger();

describe('what an admin grants', () => {
  const admin = randomUUID();
  const grant = (userId: string, expiresAt: Date | null = null) =>
    grantTier(ledger.db, { id: newId(), userId, by: admin, reason: 'press', expiresAt }, NOW);

  it('gives premium at once and until its end, and is taken back as a whole', async () => {
    const me = await ledger.someone();
    await grant(me, on(3));
    expect(await subscriptionOf(ledger.db, me, NOW)).toEqual({
      tier: 'premium',
      status: 'granted',
      expires_at: day(3),
    });
    expect([await tierOf(ledger.db, me, on(2)), await tierOf(ledger.db, me, on(3))]).toEqual([
      'premium',
      'free',
    ]);
    await grant(me);
    expect(await subscriptionOf(ledger.db, me, NOW)).toEqual({
      tier: 'premium',
      status: 'granted',
      expires_at: null,
    });
    const [change] = await revokeGrants(ledger.db, { userId: me, by: admin, reason: 'over' }, NOW);
    expect(change).toMatchObject({ from: 'granted', to: { tier: 'free', status: 'none' } });
    expect(await revokeGrants(ledger.db, { userId: me, by: admin, reason: 'over' }, NOW)).toEqual([]);
    expect(await ledger.audit(me)).toEqual([
      `admin:${admin}: free → premium`,
      `admin:${admin}: premium → free`,
    ]);
    expect((await tierRecord(ledger.db, me)).grants).toMatchObject([
      { reason: 'press', granted_by: admin, revoked_by: admin, expires_at: null },
      { reason: 'press', granted_by: admin, revoked_by: admin, expires_at: day(3) },
    ]);
  });

  it('goes to nobody who was never seen', async () => {
    await expect(grant(randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(tierRecord(ledger.db, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves what is paid for alone, and the audit tells only what changed', async () => {
    const me = await ledger.someone();
    const fact = factOf({ userId: me });
    await ledger.told(fact);
    await grant(me);
    expect((await subscriptionOf(ledger.db, me, NOW)).status).toBe('active');
    const refund = paid({ signed_at: day(0), revoked_at: day(0), revocation: 'refunded' });
    await ledger.told({ ...fact, notification: factOf().notification, transaction: refund });
    expect((await subscriptionOf(ledger.db, me, NOW)).status).toBe('granted');
    expect(await ledger.audit(me)).toEqual(['paypal: free → premium']);
    await revokeGrants(ledger.db, { userId: me, by: admin, reason: 'over' }, NOW);
    expect(await subscriptionOf(ledger.db, me, NOW)).toMatchObject({ tier: 'free', status: 'refunded' });
    expect(await ledger.audit(me)).toEqual(['paypal: free → premium', `admin:${admin}: premium → free`]);
  });

  it('by many hands at once is one change', async () => {
    const me = await ledger.someone();
    await Promise.all([grant(me), grant(me), ledger.told(factOf({ userId: me })), grant(me)]);
    expect(await ledger.audit(me)).toHaveLength(1);
  });
});

describe('the audit', () => {
  it('tells what ran out by itself with whatever comes next', async () => {
    const me = await ledger.someone();
    const original = randomUUID();
    await ledger.told(factOf({ originalTransactionId: original, userId: me }));
    const renewal = renewing({ signed_at: day(31) });
    await ledger.told(factOf({ originalTransactionId: original, transaction: null, renewal }), on(32));
    expect(await ledger.audit(me)).toEqual(['paypal: free → premium', 'paypal: premium → free']);
  });

  it('has the tiers that the demo login gives', async () => {
    const name = randomUUID();
    const log = async (tier: 'free' | 'premium' | undefined) =>
      ledger.audit(await demoUser(ledger.db, { id: newId(), name, tier }));
    expect(await log(undefined)).toEqual([]);
    expect(await log('premium')).toEqual(['demo: free → premium']);
    expect(await log(undefined)).toHaveLength(1);
    expect(await log('premium')).toHaveLength(1);
    expect(await log('free')).toEqual(['demo: free → premium', 'demo: premium → free']);
  });
});
