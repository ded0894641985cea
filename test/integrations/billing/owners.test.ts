import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { subscriptionOf, tierOf } from '../../../db/subscriptions.ts';
import { brought, day, factOf, Ledger, NOW, paid } from './ledger.ts';

const ledger = new Ledger();

describe('whose a subscription is', () => {
  it('follows what the transaction says; who was never seen is not made, and keeps no trace', async () => {
    const stranger = randomUUID();
    const fact = factOf({ userId: stranger });
    expect((await ledger.told(fact)).outcome).toBe('unmatched');
    expect(await ledger.db('users').where({ id: stranger })).toEqual([]);
    expect(JSON.stringify(await ledger.rowOf(fact))).not.toContain(stranger);

    const thief = await ledger.someone();
    const noName = { ...fact, userId: null, notification: null };
    await expect(ledger.bring(thief, noName)).rejects.toMatchObject({ code: 'validation_error' });
    await expect(ledger.bring(thief, { ...fact, notification: null })).rejects.toMatchObject({
      code: 'validation_error',
    });
    expect((await ledger.bring(stranger, { ...fact, notification: null })).outcome).toBe('applied');
    expect(await tierOf(ledger.db, stranger, NOW)).toBe('premium');
    expect((await ledger.bring(stranger, { ...fact, notification: null })).outcome).toBe('stale');
  });

  it('is also found by the next notification, once the user was seen', async () => {
    const late = randomUUID();
    const fact = factOf({ userId: late });
    await ledger.told(fact);
    await ledger.db('users').insert({ id: late });
    expect((await ledger.told({ ...fact, notification: factOf().notification })).outcome).toBe('applied');
    expect(await tierOf(ledger.db, late, NOW)).toBe('premium');
  });

  it('is of the first who brings it, where nobody is named', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const fact = brought();
    expect((await ledger.bring(first, fact)).outcome).toBe('applied');
    await expect(ledger.bring(second, fact)).rejects.toMatchObject({ code: 'validation_error' });
    expect((await subscriptionOf(ledger.db, first, NOW)).status).toBe('active');
    // A name that the store itself gives counts more than who was first.
    const named = { ...fact, userId: second, transaction: paid({ signed_at: day(0) }) };
    const { changes } = await ledger.bring(second, named);
    expect(Object.fromEntries(changes.map(({ userId, to }) => [userId, to.tier]))).toEqual({
      [first]: 'free',
      [second]: 'premium',
    });
    expect(await ledger.audit(first)).toEqual(['paypal: free → premium', 'paypal: premium → free']);
    expect(await ledger.audit(second)).toEqual(['paypal: free → premium']);
    await expect(ledger.bring(first, fact)).rejects.toMatchObject({ code: 'validation_error' });
  });

  it('is of one of two who bring it at the same time', async () => {
    const fact = brought();
    const both = await Promise.allSettled([
      ledger.bring(randomUUID(), fact),
      ledger.bring(randomUUID(), fact),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('of what is no subscription can’t be claimed', async () => {
    const fact = brought({ transaction: null });
    await expect(ledger.bring(await ledger.someone(), fact)).rejects.toThrow(/not of a subscription/);
  });

  it('of another provider is kept apart, also under the same id', async () => {
    const [me, other] = [await ledger.someone(), await ledger.someone()];
    const id = randomUUID();
    await ledger.told(factOf({ originalTransactionId: id, userId: me }));
    await ledger.told(factOf({ provider: 'stripe', originalTransactionId: id, userId: other }));
    expect([await tierOf(ledger.db, me, NOW), await tierOf(ledger.db, other, NOW)]).toEqual([
      'premium',
      'premium',
    ]);
  });
});
