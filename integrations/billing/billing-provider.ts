import type { BillingFact } from '../../contracts/subscription.ts';

/**
 * A provider of payments: proves what comes in its name and puts it into words that all providers share. What follows
 * from that (state, owner, tier) is the same for all of them, see `applyFact` of the database.
 */
export interface BillingProvider {
  /** As it stands in the database; never changes. */
  readonly name: string;
  /**
   * What the provider sent by itself.
   *
   * @throws PulseError `validation_error` for what is forged, altered, of another app or of another environment;
   *   `dependency_unavailable` where the proof can't be had at the moment
   */
  readNotification(payload: string): Promise<BillingFact>;
  /**
   * What a customer's device brings of a purchase. Throws as `readNotification`.
   */
  readTransaction(signed: string): Promise<BillingFact>;
}
