import type { Config } from '../core/config.ts';
import type { Lifecycle } from '../core/lifecycle.ts';
import { openSecretBox } from '../core/open-secret-box.ts';
import { rewriteLog } from '../core/rewrite-log.ts';
import type { IsErased, QueueWorker } from '../core/queues.ts';
import type { Runtime } from '../core/runtime.ts';
import { dueBriefings, hasBriefing, keepBriefing, planBriefing } from '../db/briefings.ts';
import { expireClarification, expiredClarifications, findClarification } from '../db/clarifications.ts';
import type { Db } from '../db/connect.ts';
import { cleanTables } from '../db/clean-tables.ts';
import { claimDeliveries, endDelivery } from '../db/deliveries.ts';
import { lastFileCleaning, noteFilesClean, uncleanSince } from '../db/erasures.ts';
import { applyReceipt, changesOfReceipt } from '../db/receipts.ts';
import { endSessions } from '../db/session-ends.ts';
import { resealAll } from '../db/reseal.ts';
import { findResult } from '../db/turn-results.ts';
import { writeSystemLog } from '../db/usage-records.ts';
import { findSettings } from '../db/users.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import { outboxTransport } from '../integrations/mail/outbox-transport.ts';
import { COMPILED_FLAGS } from '../integrations/flags/flags.ts';
import type { Erasures } from '../sessions/erasure/erasures.ts';
import { USER_TABLES } from '../sessions/erasure/manifest.ts';
import { ConnectionRegistry } from '../sessions/connections.ts';
import { captureModelCall } from '../integrations/analytics/model-calls.ts';
import { publishNews, tellAlerts } from '../sessions/news.ts';
import { tellExpired } from '../sessions/questions.ts';
import type { NluRoleDeps } from './nlu/nlu-role.ts';
import type { Profiles } from '../sessions/profiles.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { Sweeper } from '../sessions/sweeper.ts';
import type { TurnRecords } from '../sessions/turn-records.ts';
import type { Turns } from '../sessions/turns.ts';
import type { UsageParts } from '../usage/open-usage.ts';
import type { TurnRunnerDeps } from './workflows/run-turn.ts';
import { portsOver } from './workflows/ports-over.ts';
import { cleanFiles, type FileCleaningDeps } from './maintenance/clean-files.ts';
import { MailCourier } from './maintenance/mail-courier.ts';
import { endSilentSessions } from './maintenance/end-sessions.ts';
import { pruneRecords } from './maintenance/retention.ts';

export const ROLES = ['nlu', 'workflows', 'metering', 'maintenance'] as const;
export type RoleName = (typeof ROLES)[number];

/** What the entry of the process has opened. */
export interface WorkerDeps {
  config: Config;
  runtime: Runtime;
  db: Db;
  turns: Turns;
  records: TurnRecords;
  store: SessionStore;
  profiles: Profiles;
  analytics: Analytics;
  usage: UsageParts;
  erasures: Erasures;
  addresses: {
    databaseOwnerUrl: string | undefined;
    isPrivate: { redis: boolean; postgres: boolean };
  };
  /** Instead of the meter that the workflows role opens itself. */
  meter?: Pick<TurnRunnerDeps['models'], 'meter' | 'gates'>;
  /** Instead of the memory of conversations that the nlu role opens itself. */
  memory?: NluRoleDeps['memory'];
  /** A connection for long statements, to be closed by whoever opened it. */
  connectPatiently(name: string): Db;
  lifecycle: Lifecycle;
}

const MEGABYTE = 1024 * 1024;

/** Running jobs get this long to end when the process stops. */
const DRAIN_MS = 20_000;

/** Each role loads only what it needs: importing everything costs seconds at start. */
const START: Record<RoleName, (deps: WorkerDeps) => Promise<QueueWorker>> = {
  nlu: async (deps) => {
    const { config, runtime, db, turns, records, profiles, analytics, erasures, lifecycle } = deps;
    const [{ startNluRole }, { openUnderstander }, { openMemory }] = await Promise.all([
      import('./nlu/nlu-role.ts'),
      import('./nlu/open-understander.ts'),
      import('./nlu/open-memory.ts'),
    ]);
    const { understander, encoder, close } = await openUnderstander(config, ({ level, message }) =>
      runtime.log[level](message),
    );
    const { memory, close: closeMemory } = openMemory({ config, runtime, db, analytics, encoder });
    lifecycle.onClose('understanding', async () => {
      await closeMemory();
      await close();
    });
    return startNluRole({
      ...runtime,
      turns,
      records,
      analytics,
      understander,
      memory: deps.memory ?? memory,
      settingsOf: async (userId) => (await profiles.of(userId)).settings,
      flags: COMPILED_FLAGS,
      isErased: ofErased(erasures),
      concurrency: config.NLU_CONCURRENCY,
    });
  },
  workflows: async (deps) => {
    const { config, runtime, db, turns, analytics, usage, erasures, lifecycle } = deps;
    const [{ startWorkflowsRole }, { ActRunner }, { buildRoutes }, { openMeter }, prices] = await Promise.all(
      [
        import('./workflows/workflows-role.ts'),
        import('./workflows/run-acts.ts'),
        import('./workflows/registry.ts'),
        import('../usage/open-meter.ts'),
        import('../usage/unpriced-models.ts'),
      ],
    );
    const { clock, redis } = runtime;
    const portsOf = portsOver(db, usage);
    const { courier, hasModel, ...own } = openMeter(config, {
      ...runtime,
      ...usage,
      db,
      onCall: (call) => captureModelCall(analytics, call),
      tellAlerts: (userId, alerts) => tellAlerts(redis, userId, alerts, clock.now()),
    });
    lifecycle.onClose('usage events', () => courier.flush());
    await prices.warnOfUnpricedModels({ ...runtime, settings: usage.settings, hasModel });
    return startWorkflowsRole({
      ...runtime,
      turns,
      analytics,
      acts: new ActRunner(
        buildRoutes(),
        {
          find: (userId, id) => findClarification(db, userId, id, clock.now()),
          resultOf: async (userId, turnId) => (await findResult(db, userId, turnId))?.result ?? null,
        },
        // Loaded when a language model has understood something for the first time.
        async (...said) => (await import('./nlu/extract/extract-for.ts')).slotsIn(...said),
      ),
      portsOf,
      models: { ...(deps.meter ?? own), settings: usage.settings, clock },
      effects: {
        portsOf,
        apply: (userId, receipt, at) => applyReceipt(db, userId, receipt, at),
        changesOf: (userId, receiptId) => changesOfReceipt(db, userId, receiptId),
        publishNews: (userId, news) => publishNews(redis, userId, news),
        analytics,
        clock,
        fault: runtime.fault,
      },
      replyPieces: config.PULSEPLAN_REPLY_PIECES,
      isErased: ofErased(erasures),
      concurrency: config.WORKFLOW_CONCURRENCY,
    });
  },
  metering: async ({ config, runtime, db, connectPatiently, analytics, erasures, lifecycle }) => {
    const [{ startMeteringRole }, { UsageBooks }] = await Promise.all([
      import('./metering/metering-role.ts'),
      import('./metering/usage-books.ts'),
    ]);
    const patient = connectPatiently('usage-books');
    lifecycle.onClose('usage books', () => patient.destroy());
    const books = new UsageBooks({
      ...runtime,
      db: patient,
      analytics,
      billingZone: config.BILLING_ZONE,
      keepMonths: config.USAGE_KEEP_MONTHS,
      archiveDir: config.USAGE_ARCHIVE_DIR,
    });
    return startMeteringRole({ ...runtime, db, books, isErased: ofErased(erasures) });
  },
  maintenance: async ({
    config,
    runtime,
    db,
    turns,
    records,
    store,
    analytics,
    usage,
    erasures,
    addresses,
  }) => {
    const [{ startMaintenanceRole }, { openReminders }, { openRetention }, { standingBriefing }] =
      await Promise.all([
        import('./maintenance/maintenance-role.ts'),
        import('./maintenance/open-reminders.ts'),
        import('./maintenance/open-retention.ts'),
        import('./workflows/briefing/standing.ts'),
      ]);
    const portsOf = portsOver(db, usage);
    const secrets = openSecretBox(config, runtime.log);
    const connections = new ConnectionRegistry(runtime.redis);
    const retention = openRetention({ ...runtime, config, db, store, connections });
    const sweeper = new Sweeper({ ...runtime, turns, records, store });
    const courier = new MailCourier({
      ...runtime,
      transport: outboxTransport(db, () => runtime.clock.now()),
      claim: (due) => claimDeliveries(db, due),
      end: (delivery, end, at) => endDelivery(db, delivery, end, at),
      publishNews: (userId, news) => publishNews(runtime.redis, userId, news),
    });
    return startMaintenanceRole({
      ...runtime,
      sweeper,
      reminders: openReminders({ ...runtime, config, db, secrets, connections }),
      courier,
      erasures: {
        finishAll: () => erasures.finishAll(),
        isErased: ofErased(erasures),
        cleanFiles: () =>
          cleanFiles({
            ...runtime,
            ...fileCleaners({ config, runtime, addresses }),
            uncleanSince: () => uncleanSince(db),
            lastTry: () => lastFileCleaning(db),
            noteClean: (erasedBefore) => noteFilesClean(db, erasedBefore, runtime.clock.now()),
            writeSystemLog: (event, details) => writeSystemLog(db, event, details),
            billingZone: config.BILLING_ZONE,
          }),
      },
      billingZone: config.BILLING_ZONE,
      questions: {
        expired: (now, limit) => expiredClarifications(db, now, limit),
        expire: (id, now) =>
          expireClarification(db, id, now, (question) => tellExpired(store, question, now)),
      },
      briefings: {
        due: (now, limit) => dueBriefings(db, now, limit),
        plan: (order, nextAt) => planBriefing(db, order, nextAt),
        given: (userId, localDate) => hasBriefing(db, userId, localDate),
        keep: (order, briefing) => keepBriefing(db, order, briefing),
        settingsOf: (userId) => findSettings(db, userId),
        compose: (userId, settings, now) => standingBriefing(portsOf(userId, now), settings, now),
        publishNews: (userId, news) => publishNews(runtime.redis, userId, news),
      },
      endSessions: async (now) => {
        const timeoutMs = config.SESSION_TIMEOUT_MINUTES * 60_000;
        await endSilentSessions({ timeoutMs, end: (silent) => endSessions(db, silent), analytics }, now);
      },
      reseal: () => resealAll(db, secrets, () => runtime.fault('credentials-sealed')),
      prune: async (now) => {
        const removed = await pruneRecords(retention, now);
        if (removed > 0)
          runtime.log.info({ removed }, 'Records that were kept long enough have been removed');
      },
    });
  },
};

const ofErased =
  (erasures: Erasures): IsErased =>
  (userIds, madeAt) =>
    erasures.isErased(userIds, madeAt);

/** Whose files are cleaned here: those of stores that nobody else uses, or what the settings say. */
function fileCleaners({
  config,
  runtime,
  addresses: { databaseOwnerUrl, isPrivate },
}: Pick<WorkerDeps, 'config' | 'runtime' | 'addresses'>): Pick<
  FileCleaningDeps,
  'rewriteRedis' | 'cleanTables'
> {
  const cleans = (own: boolean): boolean =>
    config.ERASURE_CLEANS === 'all' || (config.ERASURE_CLEANS === 'private' && own);
  const tables = USER_TABLES.map(({ table }) => table);
  return {
    rewriteRedis: cleans(isPrivate.redis) ? () => rewriteLog(runtime.redis) : null,
    cleanTables:
      cleans(isPrivate.postgres) && databaseOwnerUrl !== undefined
        ? () => cleanTables(databaseOwnerUrl, [...tables, 'erasures'], config.ERASURE_WHOLE_MAX_MB * MEGABYTE)
        : null,
  };
}

/** Starts worker roles in this process; they close through the lifecycle. */
export async function startWorkers(deps: WorkerDeps, roles: readonly RoleName[]): Promise<void> {
  const started = await Promise.all(roles.map((role) => START[role](deps)));
  for (const worker of started) deps.lifecycle.onDrain(() => worker.close(DRAIN_MS));
}
