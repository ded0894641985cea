import { createHmac } from 'node:crypto';
import { PostHog } from 'posthog-node';
import { ANALYTICS_EVENTS } from '../../contracts/analytics.ts';
import type { Logger } from '../../core/logger.ts';
import type { Analytics } from './analytics.ts';

/**
 * PostHog as the analytics port: batches of 50 or every 5 s, at most 1,000 waiting (the oldest are dropped), all off
 * the reply path.
 */
export function createPostHogAnalytics(options: {
  apiKey: string;
  host: string | undefined;
  /** Key of the pseudonyms; without it they change at every start. */
  pseudonymKey: string;
  log: Logger;
}): Analytics {
  const client = new PostHog(options.apiKey, {
    ...(options.host === undefined ? {} : { host: options.host }),
    flushAt: 50,
    flushInterval: 5_000,
    maxQueueSize: 1_000,
    disableGeoip: true,
  });
  client.on('error', (error: unknown) =>
    options.log.warn({ err: error }, 'Analytics could not be delivered'),
  );
  const pseudonym = (id: string): string =>
    createHmac('sha256', options.pseudonymKey).update(id).digest('hex').slice(0, 32);
  return {
    capture(userId, event, properties) {
      const parsed = ANALYTICS_EVENTS[event].safeParse(properties);
      if (!parsed.success) {
        options.log.error({ event }, 'An analytics event does not fit its contract and was dropped');
        return;
      }
      const ids = Object.fromEntries(
        Object.entries(parsed.data).map(([key, value]) => [
          key,
          // A bare hash of what somebody said can be found by trying sentences.
          /_(?:id|hash)$/.test(key) && typeof value === 'string' ? pseudonym(value) : value,
        ]),
      );
      client.capture({
        distinctId: pseudonym(userId),
        event,
        properties: { ...ids, $process_person_profile: false },
      });
    },
    close: (deadlineMs) => client.shutdown(deadlineMs),
  };
}
