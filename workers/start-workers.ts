import type { Config } from '../core/config.ts';
import type { Lifecycle } from '../core/lifecycle.ts';
import type { QueueWorker } from '../core/queues.ts';
import type { Runtime } from '../core/runtime.ts';
import { dueBriefings, hasBriefing, keepBriefing, planBriefing, pruneBriefings } from '../db/briefings.ts';
import {
  expireClarification,
  expiredClarifications,
  findClarification,
  pruneClarifications,
} from '../db/clarifications.ts';
import type { Db } from '../db/connect.ts';
import { claimDeliveries, endDelivery } from '../db/deliveries.ts';
import { memoryRecords } from '../db/memory.ts';
import { pruneNotices } from '../db/notices.ts';
import { applyReceipt, changesOfReceipt } from '../db/receipts.ts';
import { emptySessions, removeEmptySessions } from '../db/sessions.ts';
import { findResult } from '../db/turn-results.ts';
import { pruneTombstones } from '../db/turns.ts';
import { findSettings } from '../db/users.ts';
import { pruneWriteKeys } from '../db/write-keys.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import { outboxTransport } from '../integrations/mail/outbox-transport.ts';
import { COMPILED_FLAGS } from '../integrations/flags/flags.ts';
import { ConnectionRegistry } from '../sessions/connections.ts';
import { captureModelCall } from '../integrations/analytics/model-calls.ts';
import { publishNews, tellAlerts } from '../sessions/news.ts';
import { tellExpired } from '../sessions/questions.ts';
import type { Memory } from '../sessions/memory/memory.ts';
import type { Profiles } from '../sessions/profiles.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { Sweeper } from '../sessions/sweeper.ts';
import type { TurnRecords } from '../sessions/turn-records.ts';
import type { Turns } from '../sessions/turns.ts';
import type { UsageParts } from '../usage/open-usage.ts';
import type { TurnRunnerDeps } from './workflows/run-turn.ts';
import { portsOver } from './workflows/ports-over.ts';
import { MailCourier } from './maintenance/mail-courier.ts';
import { pruneSessions, type SessionPruning } from './maintenance/prune-sessions.ts';

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
  /** Instead of the meter that the workflows role opens itself. */
  meter?: Pick<TurnRunnerDeps['models'], 'meter' | 'gates'>;
  /** Instead of the memory of conversations that the nlu role opens itself. */
  memory?: Pick<Memory, 'store' | 'recall'>;
  /** A connection for long statements, to be closed by whoever opened it. */
  connectPatiently(name: string): Db;
  lifecycle: Lifecycle;
}

/** Running jobs get this long to end when the process stops. */
const DRAIN_MS = 20_000;
/** Questions that were closed and notices that were seen; an answer that comes even later finds no question. */
const CLOSED_KEPT_MS = 30 * 24 * 3_600_000;
/** A caller may repeat a write by its key for a day; one that began late in it has a little longer. */
const WRITE_KEY_KEPT_MS = 25 * 3_600_000;

/** Each role loads only what it needs: importing everything costs seconds at start. */
const START: Record<RoleName, (deps: WorkerDeps) => Promise<QueueWorker>> = {
  nlu: async (deps) => {
    const { config, runtime, db, turns, records, profiles, analytics, lifecycle } = deps;
    const [{ startNluRole }, { openUnderstander }, { RecallVectors }, { Memory }] = await Promise.all([
      import('./nlu/nlu-role.ts'),
      import('./nlu/open-understander.ts'),
      import('../models/recall/recall-vectors.ts'),
      import('../sessions/memory/memory.ts'),
    ]);
    const { understander, encoder, close } = await openUnderstander(config, ({ level, message }) =>
      runtime.log[level](message),
    );
    lifecycle.onClose('understanding', close);
    return startNluRole({
      ...runtime,
      turns,
      records,
      analytics,
      understander,
      memory:
        deps.memory ??
        new Memory({
          records: memoryRecords(db, runtime.log),
          vectors: RecallVectors.open(encoder),
          settings: { recent: 10, semantic: 3, threshold: 0.35 },
          clock: runtime.clock,
          onFailure: (userId, errorType) =>
            analytics.capture(userId, 'embedding_generation_failed', {
              error_type: errorType,
              component: 'memory',
            }),
        }),
      preferencesOf: async (userId) => (await profiles.of(userId)).settings,
      flags: COMPILED_FLAGS,
      concurrency: config.NLU_CONCURRENCY,
    });
  },
  workflows: async (deps) => {
    const { config, runtime, db, turns, analytics, usage, lifecycle } = deps;
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
      concurrency: config.WORKFLOW_CONCURRENCY,
    });
  },
  metering: async ({ config, runtime, db, connectPatiently, analytics, lifecycle }) => {
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
    return startMeteringRole({ ...runtime, db, books });
  },
  maintenance: async ({ config, runtime, db, turns, records, store, usage }) => {
    const [{ startMaintenanceRole }, { openReminders }, { standingBriefing }] = await Promise.all([
      import('./maintenance/maintenance-role.ts'),
      import('./maintenance/open-reminders.ts'),
      import('./workflows/briefing/standing.ts'),
    ]);
    const portsOf = portsOver(db, usage);
    const connections = new ConnectionRegistry(runtime.redis);
    const emptyOnes: SessionPruning = {
      find: (seenBefore, limit) => emptySessions(db, seenBefore, limit),
      connected: async (userId, now) =>
        (await connections.of(userId, now)).map((connection) => connection.session_id),
      remove: (ids, seenBefore) => removeEmptySessions(db, ids, seenBefore),
    };
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
      reminders: openReminders({ ...runtime, config, db, connections }),
      courier,
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
      prune: async (now) => {
        const before = (ms: number): Date => new Date(now.getTime() - ms);
        await Promise.all([
          pruneTombstones(db, now),
          pruneClarifications(db, before(CLOSED_KEPT_MS)),
          pruneBriefings(db, before(CLOSED_KEPT_MS)),
          pruneNotices(db, before(CLOSED_KEPT_MS)),
          pruneWriteKeys(db, before(WRITE_KEY_KEPT_MS)),
        ]);
        const pruned = await pruneSessions(emptyOnes, now);
        if (pruned > 0)
          runtime.log.info({ pruned }, 'Conversations in which nothing was said have been removed');
      },
    });
  },
};

/** Starts worker roles in this process; they close through the lifecycle. */
export async function startWorkers(deps: WorkerDeps, roles: readonly RoleName[]): Promise<void> {
  const started = await Promise.all(roles.map((role) => START[role](deps)));
  for (const worker of started) deps.lifecycle.onDrain(() => worker.close(DRAIN_MS));
}
