import { createHmac, randomBytes } from 'node:crypto';
import { loadConfig, type Config } from '../core/config.ts';
import type { UserNews } from '../contracts/frames.ts';
import { keptSecret } from '../core/kept-secret.ts';
import type { Lifecycle } from '../core/lifecycle.ts';
import { openRuntime, type Runtime } from '../core/runtime.ts';
import { connect, type Db } from '../db/connect.ts';
import { isErasureKey } from '../db/erasures.ts';
import { alone, ARCHIVES_LOCK } from '../db/usage-rollup.ts';
import { keepNotice, markNoticesSeen, unseenNotices } from '../db/notices.ts';
import { createTurnRecords } from '../db/turn-records.ts';
import { findProfile } from '../db/users.ts';
import { NO_ANALYTICS, type Analytics } from '../integrations/analytics/analytics.ts';
import type { BillingProvider } from '../integrations/billing/billing-provider.ts';
import { captureTurnEnd } from '../integrations/analytics/turn-ends.ts';
import { ERASURE_LEASE_MS, Erasures, keyFingerprint } from '../sessions/erasure/erasures.ts';
import { Interruptions } from '../sessions/interruptions.ts';
import { publishNews } from '../sessions/news.ts';
import { Notices } from '../sessions/notices.ts';
import { Profiles } from '../sessions/profiles.ts';
import { PublishedMarks } from '../sessions/published-marks.ts';
import { SessionStore } from '../sessions/session-store.ts';
import type { TurnRecords } from '../sessions/turn-records.ts';
import { Turns } from '../sessions/turns.ts';
import { openUsage, type UsageParts } from '../usage/open-usage.ts';
import { storeAddresses, type StoreAddresses } from './store-addresses.ts';

/** What is not done by then is done by somebody else. */
const ERASURES_STOP_MS = 5_000;

/** What gateway and workers are made of. */
export interface RoleParts {
  config: Config;
  runtime: Runtime;
  db: Db;
  turns: Turns;
  records: TurnRecords;
  store: SessionStore;
  analytics: Analytics;
  notices: Notices;
  profiles: Profiles;
  usage: UsageParts;
  erasures: Erasures;
  addresses: StoreAddresses;
  /** A connection for long statements, to be closed by whoever opened it. */
  connectPatiently(name: string): Db;
  lifecycle: Lifecycle;
}

/** What the gateway and every worker role are made of, wired together; closes through the lifecycle. */
export async function openRoleParts(role: string, lifecycle: Lifecycle): Promise<RoleParts> {
  const config = loadConfig(process.env);
  const addresses = await storeAddresses(config, lifecycle);
  const runtime = openRuntime(config, role, lifecycle, addresses.redisUrl);
  const db = connect(addresses.databaseUrl, { poolMax: config.DATABASE_POOL_MAX, name: role });
  lifecycle.onClose('postgres', () => db.destroy());
  const analytics = await openAnalytics(config, runtime);
  lifecycle.onClose('analytics', () => analytics.close(1_500));

  const records: TurnRecords = createTurnRecords(db);
  const store = new SessionStore(runtime.redis);
  const marks = new PublishedMarks(records, runtime.log);
  lifecycle.onClose('published marks', () => marks.flush());
  const tell = (userId: string, news: readonly UserNews[]): Promise<void> =>
    publishNews(runtime.redis, userId, news);
  const notices = new Notices({
    ...runtime,
    records: {
      keep: (userId, notice) => keepNotice(db, userId, notice),
      unseen: (userId) => unseenNotices(db, userId),
      markSeen: (userId, ids, at) => markNoticesSeen(db, userId, ids, at),
    },
    publishNews: tell,
  });
  const turns = new Turns({
    ...runtime,
    records,
    store,
    marks,
    publishNews: tell,
    onEnd: (end) => {
      const durationMs = Math.max(0, Date.parse(end.endedAt) - Date.parse(end.receivedAt));
      runtime.metrics.countTurn(end.result.status, end.result.source, durationMs);
      captureTurnEnd(analytics, { ...end, durationMs });
    },
  });
  const profiles = new Profiles(runtime.redis, (userId) => findProfile(db, userId, runtime.clock.now()));
  const usage = openUsage(config, { db, log: runtime.log });
  const erasures = new Erasures({
    ...runtime,
    db,
    interruptions: new Interruptions(turns, records, runtime.clock, runtime.log),
    key: await erasureKey(config, db),
    leaseMs: ERASURE_LEASE_MS,
    eraseFromArchives: async (...whom) => {
      const dir = config.USAGE_ARCHIVE_DIR;
      if (dir === undefined) return 0;
      const { eraseFromArchives } = await import('../workers/metering/erase-from-archives.ts');
      const changed = await alone(db, ARCHIVES_LOCK, () => eraseFromArchives(dir, ...whom));
      if (changed === null) throw new Error('Somebody else writes archives; they are looked at again soon');
      return changed;
    },
  });
  lifecycle.onClose('erasures', () => erasures.close(), ERASURES_STOP_MS);
  const connectPatiently = (name: string): Db =>
    connect(addresses.databaseUrl, { poolMax: 2, name, patient: true });
  return {
    config,
    runtime,
    db,
    turns,
    records,
    store,
    analytics,
    notices,
    profiles,
    usage,
    erasures,
    addresses,
    connectPatiently,
    lifecycle,
  };
}

async function openAnalytics(config: Config, runtime: Runtime): Promise<Analytics> {
  if (config.POSTHOG_API_KEY === undefined) return NO_ANALYTICS;
  const { createPostHogAnalytics } = await import('../integrations/analytics/posthog-analytics.ts');
  return createPostHogAnalytics({
    apiKey: config.POSTHOG_API_KEY,
    host: config.POSTHOG_HOST,
    pseudonymKey:
      config.ANALYTICS_KEY ?? createHmac('sha256', 'pulseplan').update(config.POSTHOG_API_KEY).digest('hex'),
    log: runtime.log,
  });
}

/** Loaded only where it is used: the library takes a while and some memory. */
export async function openAppleBilling({
  config: { apple },
  runtime,
}: Pick<RoleParts, 'config' | 'runtime'>): Promise<BillingProvider | null> {
  if (apple === null) return null;
  const [{ createAppleBilling }, { readRootCertificates }] = await Promise.all([
    import('../integrations/billing/apple/apple-billing.ts'),
    import('../integrations/billing/apple/root-certificates.ts'),
  ]);
  return createAppleBilling(apple, await readRootCertificates(apple.rootCertPaths), runtime.clock);
}

/** The secret of demo tokens, kept so that they outlive a restart and hold at every gateway on the same data. */
export const demoSecret = (config: Config): string =>
  keptSecret(config.PULSEPLAN_DATA_DIR, 'demo-secret', () => randomBytes(48).toString('base64url'));

/**
 * What makes the hashes by which it is known who was erased: beside the data and not in it.
 *
 * @throws when the database knows another one: tokens of people who were erased would be let in again
 */
async function erasureKey(config: Config, db: Db): Promise<string> {
  const key =
    config.ERASURE_KEY ??
    keptSecret(config.PULSEPLAN_DATA_DIR, 'erasure-key', () => randomBytes(48).toString('base64url'));
  if (!(await isErasureKey(db, keyFingerprint(key))))
    throw new Error(
      `This database knows another erasure key. Set ERASURE_KEY, or put back the file erasure-key in ${config.PULSEPLAN_DATA_DIR} (docs/privacy.md).`,
    );
  return key;
}
