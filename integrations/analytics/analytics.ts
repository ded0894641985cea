import type { AnalyticsEvent, AnalyticsProperties } from '../../contracts/analytics.ts';

/**
 * Product analytics. Never in the reply path: capturing only queues, and an outage changes nothing.
 *
 * @param userId is turned into a pseudonym before it leaves
 */
export interface Analytics {
  capture<E extends AnalyticsEvent>(userId: string, event: E, properties: AnalyticsProperties<E>): void;
  /** Sends what is queued; gives up after the deadline. */
  close(deadlineMs: number): Promise<void>;
}

/** Where no key is set. */
export const NO_ANALYTICS: Analytics = { capture: () => undefined, close: () => Promise.resolve() };
