import type { Config } from '../../core/config.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Db } from '../../db/connect.ts';
import { removeForgottenFacts } from '../../db/forgotten-facts.ts';
import { forgetOldTurns, sessionsWithOldTurns } from '../../db/forget-sessions.ts';
import { noteRetention, pruneAged, retentionClocks, type AgedClass } from '../../db/retention.ts';
import { emptySessions, removeEmptySessions } from '../../db/sessions.ts';
import type { ConnectionRegistry } from '../../sessions/connections.ts';
import { publishNews } from '../../sessions/news.ts';
import { inTime } from '../../sessions/recovery.ts';
import type { SessionStore } from '../../sessions/session-store.ts';
import { pruneSessions, type SessionPruning } from './prune-sessions.ts';
import type { KeptClass, RetentionDeps } from './retention.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A conversation in which nothing was said is kept this long after its last sight. */
const EMPTY_KEPT_MS = DAY_MS;
/** What was forgotten can be taken back for a day. */
const FORGOTTEN_KEPT_MS = DAY_MS;
/** Old conversations that one step goes through. */
const SESSIONS_AT_ONCE = 50;

/** All that is kept for a time only, each with its time; the rest is kept until somebody deletes it. */
export function openRetention(
  deps: Pick<Runtime, 'clock' | 'log' | 'redis'> & {
    config: Config;
    db: Db;
    store: SessionStore;
    connections: ConnectionRegistry;
  },
): RetentionDeps {
  const { config, db, clock, log } = deps;
  const aged = (name: AgedClass, keepMs: number): KeptClass => ({
    name,
    keepMs,
    remove: async (before, limit) => ({ [name]: await pruneAged(db, name, before, limit) }),
  });
  return {
    classes: [
      // These have run out by their own time.
      aged('tombstones', 0),
      aged('questions', config.QUESTION_KEEP_DAYS * DAY_MS),
      aged('notices', config.NOTICE_KEEP_DAYS * DAY_MS),
      aged('briefings', config.NOTICE_KEEP_DAYS * DAY_MS),
      aged('write_keys', config.WRITE_KEY_KEEP_HOURS * HOUR_MS),
      aged('system_logs', config.SYSTEM_LOG_KEEP_DAYS * DAY_MS),
      {
        name: 'forgotten_facts',
        keepMs: FORGOTTEN_KEPT_MS,
        remove: async (before, limit) => ({ forgotten_facts: await removeForgottenFacts(db, before, limit) }),
      },
      emptyOnes(deps),
      ...(config.TURN_KEEP_DAYS > 0 ? [oldTurns(deps, config.TURN_KEEP_DAYS * DAY_MS)] : []),
    ],
    clocks: () => retentionClocks(db),
    note: (run) => noteRetention(db, run),
    log,
  };

  function emptyOnes({ connections }: typeof deps): KeptClass {
    const pruning: SessionPruning = {
      find: (seenBefore, limit) => emptySessions(db, seenBefore, limit),
      connected: async (userId) =>
        (await connections.of(userId, clock.now())).map((connection) => connection.session_id),
      remove: (ids, seenBefore) => removeEmptySessions(db, ids, seenBefore),
    };
    return {
      name: 'empty_conversations',
      keepMs: EMPTY_KEPT_MS,
      remove: async (before, limit) => ({ empty_conversations: await pruneSessions(pruning, before, limit) }),
    };
  }

  function oldTurns({ store, redis }: typeof deps, keepMs: number): KeptClass {
    return {
      name: 'turns',
      keepMs,
      remove: async (before) => {
        const removed = { turns: 0, conversations: 0 };
        for (const old of await sessionsWithOldTurns(db, before, SESSIONS_AT_ONCE)) {
          const gone = await forgetOldTurns(db, old, before, () => inTime(store.forget(old.sessionId)));
          removed.turns += gone.turns;
          if (!gone.isGone) continue;
          removed.conversations += 1;
          const at = clock.now().toISOString();
          await publishNews(redis, old.userId, [{ type: 'session.deleted', session_id: old.sessionId, at }]);
        }
        return removed;
      },
    };
  }
}
