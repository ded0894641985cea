import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { TurnBody } from '../../contracts/context.ts';
import type { UserNews } from '../../contracts/frames.ts';
import { Clock } from '../../core/clock.ts';
import { createLogger, type Logger } from '../../core/logger.ts';
import { JobQueues } from '../../core/queues.ts';
import { connect, type Db } from '../../db/connect.ts';
import { createTurnRecords } from '../../db/turn-records.ts';
import type { TurnEnd } from '../../sessions/endings.ts';
import { Interruptions } from '../../sessions/interruptions.ts';
import { PublishedMarks } from '../../sessions/published-marks.ts';
import { SessionStore } from '../../sessions/session-store.ts';
import { Sweeper } from '../../sessions/sweeper.ts';
import type { TurnRecords } from '../../sessions/turn-records.ts';
import { Turns, WAITING_MAX } from '../../sessions/turns.ts';
import { knownUser } from '../support/known-user.ts';

/** The one door over real stores, in the test's own process, with an ear for what it tells. */
export class SessionsRoom {
  readonly ends: TurnEnd[] = [];
  readonly news: UserNews[] = [];
  readonly clock = new Clock(0);
  readonly log: Logger = createLogger({ level: 'silent', role: 'test' });
  readonly queues: JobQueues;
  readonly store: SessionStore;
  readonly records: TurnRecords;
  readonly turns: Turns;
  readonly interruptions: Interruptions;
  readonly sweeper: Sweeper;
  readonly db: Db;
  private readonly redis: Redis;

  constructor(stores: { databaseUrl: string; redisUrl: string }) {
    this.db = connect(stores.databaseUrl, { poolMax: 8, name: 'test' });
    this.redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: null });
    this.queues = new JobQueues(this.redis);
    this.store = new SessionStore(this.redis);
    this.records = createTurnRecords(this.db);
    this.turns = new Turns({
      records: this.records,
      store: this.store,
      queues: this.queues,
      marks: new PublishedMarks(this.records, this.log),
      clock: this.clock,
      publishNews: (_userId, news) => {
        this.news.push(...news);
        return Promise.resolve();
      },
      onEnd: (end) => this.ends.push(end),
      fault: () => Promise.resolve(),
    });
    const { turns, records, store, queues, clock, log } = this;
    this.sweeper = new Sweeper({ turns, records, store, queues, clock, log });
    this.interruptions = new Interruptions(this.turns, this.records, this.clock, log);
  }

  async close(): Promise<void> {
    await this.queues.close();
    await this.redis.quit();
    await this.db.destroy();
  }

  /** A turn as a gateway takes it in; with `entered: false` one whose gateway died right after. */
  async take(
    place: { userId: string; sessionId: string },
    options: { turnId?: string; entered?: boolean } = {},
  ): Promise<TurnBody> {
    await knownUser(this.db, place.userId);
    const turnId = options.turnId ?? randomUUID();
    const admission = {
      ...place,
      turnId,
      text: 'buy milk',
      request: { kind: 'text' as const },
      bodyHash: 'milk',
      timezone: 'UTC',
      referenceTime: null,
      receivedAt: this.clock.now().toISOString(),
      channel: 'socket' as const,
      cap: WAITING_MAX,
      rejectWhenBusy: false,
    };
    const admitted = await this.turns.admit(admission);
    if (admitted.turn_seq === 1) await this.turns.openFresh(place.sessionId);
    if (options.entered !== false) await this.turns.enter(admission, admitted);
    return this.body(place.userId, turnId);
  }

  async body(userId: string, turnId: string): Promise<TurnBody> {
    const stored = await this.records.findTurn(userId, turnId);
    if (!stored) throw new Error('There is no such turn');
    return stored.body;
  }
}

export const somewhere = (): { userId: string; sessionId: string } => ({
  userId: randomUUID(),
  sessionId: randomUUID(),
});
