import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import type { BillingFact, RenewalInfo, SignedTransaction } from '../../../contracts/subscription.ts';
import { applyFact, type AppliedFact } from '../../../db/billing-facts.ts';
import { connect, type Db } from '../../../db/connect.ts';
import { tierRecord } from '../../../db/tier-grants.ts';
import { knownUser } from '../../support/known-user.ts';
import { freshDatabase } from '../../support/stores.ts';

const DAY_MS = 86_400_000;
export const NOW = new Date();
/** The start of this file's run, and so many days. */
export const day = (n: number): string => new Date(NOW.getTime() + n * DAY_MS).toISOString();
export const on = (n: number): Date => new Date(day(n));

export const paid = (fields: Partial<SignedTransaction> = {}): SignedTransaction => ({
  transaction_id: '1',
  product_id: 'premium.monthly',
  purchased_at: day(-1),
  expires_at: day(29),
  signed_at: day(-1),
  revoked_at: null,
  revocation: null,
  upgraded: false,
  ...fields,
});
export const renewing = (fields: Partial<RenewalInfo> = {}): RenewalInfo => ({
  signed_at: day(-1),
  auto_renew: true,
  in_billing_retry: false,
  grace_expires_at: null,
  ...fields,
});
/** By default a notification of a provider that is none of those there are. */
export const factOf = (fields: Partial<BillingFact> = {}): BillingFact => ({
  provider: 'paypal',
  environment: 'Live',
  notification: { id: randomUUID(), type: 'ANY', subtype: null, signedAt: day(-1) },
  originalTransactionId: randomUUID(),
  userId: null,
  transaction: paid(),
  renewal: null,
  ...fields,
});
export const brought = (fields: Partial<BillingFact> = {}): BillingFact =>
  factOf({ notification: null, ...fields });

/** A database of its own for the calling test file, and what its tests do there. */
export class Ledger {
  private opened: Db | undefined;

  constructor() {
    beforeAll(async () => {
      this.opened = connect((await freshDatabase()).url, { poolMax: 6, name: 'test' });
    });
    afterAll(() => this.opened?.destroy());
  }

  get db(): Db {
    if (!this.opened) throw new Error('The database is not open yet');
    return this.opened;
  }

  /** A user who has been here. */
  async someone(): Promise<string> {
    const id = randomUUID();
    await this.db('users').insert({ id });
    return id;
  }

  told(fact: BillingFact, at = NOW): Promise<AppliedFact> {
    return applyFact(this.db, fact, { at, claimant: null });
  }

  async bring(claimant: string, fact: BillingFact): Promise<AppliedFact> {
    await knownUser(this.db, claimant);
    return applyFact(this.db, fact, { at: NOW, claimant });
  }

  /** One line for each change of a tier, oldest first. */
  async audit(userId: string): Promise<string[]> {
    return (await tierRecord(this.db, userId)).audit
      .toReversed()
      .map(({ actor, from_tier, to_tier }) => `${actor}: ${from_tier} → ${to_tier}`);
  }

  rowOf(fact: BillingFact): Promise<Record<string, unknown> | undefined> {
    return this.db('subscriptions')
      .where({ provider: fact.provider, original_transaction_id: fact.originalTransactionId })
      .first<Record<string, unknown> | undefined>();
  }
}
