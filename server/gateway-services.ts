import type { Redis } from 'ioredis';
import type { Config } from '../core/config.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { Metrics } from '../core/metrics.ts';
import type { JobQueues } from '../core/queues.ts';
import type { RequestClient } from '../core/requests.ts';
import type { Db } from '../db/connect.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import type { BillingProvider } from '../integrations/billing/billing-provider.ts';
import type { Notices } from '../sessions/notices.ts';
import type { Profiles } from '../sessions/profiles.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { TurnRecords } from '../sessions/turn-records.ts';
import type { Interruptions } from '../sessions/interruptions.ts';
import type { Turns } from '../sessions/turns.ts';
import type { UsageParts } from '../usage/open-usage.ts';
import type { TokenVerifier } from './auth/token-verifier.ts';
import type { TokenBuckets } from './limits/token-bucket.ts';
import type { NewsRelay } from './relay/news-relay.ts';
import type { Relay } from './relay/relay.ts';
import type { OpenConnections } from './socket/open-connections.ts';
import type { TurnIntake } from './turn-intake.ts';

/** Everything the gateway's routes and sockets work with; made once at start. */
export interface GatewayServices {
  config: Config;
  connections: OpenConnections;
  db: Db;
  redis: Redis;
  queues: JobQueues;
  requests: RequestClient;
  turns: Turns;
  interruptions: Interruptions;
  records: TurnRecords;
  store: SessionStore;
  relay: Relay;
  news: NewsRelay;
  notices: Notices;
  profiles: Profiles;
  usage: UsageParts;
  intake: TurnIntake;
  tokens: TokenVerifier;
  /** Signs demo tokens; null where there is no demo login. */
  demoSecret: string | null;
  userLimit: TokenBuckets;
  addressLimit: TokenBuckets;
  analytics: Analytics;
  /** Null where no app is named whose payments are taken. */
  appleBilling: BillingProvider | null;
  metrics: Metrics;
  clock: Clock;
  log: Logger;
  /** True from the moment the process was told to stop. */
  stopping(): boolean;
}
