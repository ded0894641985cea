import { Redis } from 'ioredis';
import { connect, type Db } from '../../db/connect.ts';
import { ERASURE_LEASE_MS, Erasures, type ErasuresDeps } from '../../sessions/erasure/erasures.ts';
import { SessionsRoom, somewhere } from '../repairs/sessions-room.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { knownUser } from '../support/known-user.ts';
import { freshDatabase, privateRedis } from '../support/stores.ts';
import { fillEveryTable } from './everything.ts';
import { dumpRedis, dumpTables } from './traces.ts';

export const HOUR_AGO = new Date(Date.now() - 3_600_000);

/** Any number of processes that erase, as far as they know, over stores of the calling test file. Closed after it. */
export class Erasers {
  private constructor(
    readonly room: SessionsRoom,
    readonly redis: Redis,
    readonly truth: Db,
  ) {}

  static async open(): Promise<Erasers> {
    const [database, store] = await Promise.all([freshDatabase(), privateRedis()]);
    const erasers = new Erasers(
      new SessionsRoom({ databaseUrl: database.url, redisUrl: store.url }),
      new Redis(store.url, { maxRetriesPerRequest: null }),
      connect(database.ownerUrl, { poolMax: 2, name: 'truth' }),
    );
    closeAfterFile(async () => {
      await erasers.room.close();
      await erasers.redis.quit();
      await erasers.truth.destroy();
    });
    return erasers;
  }

  one(options: Partial<Pick<ErasuresDeps, 'fault' | 'leaseMs' | 'eraseFromArchives'>> = {}): Erasures {
    const { room, redis } = this;
    return new Erasures({
      db: room.db,
      redis,
      queues: room.queues,
      interruptions: room.interruptions,
      key: 'a key of the tests',
      eraseFromArchives: () => Promise.resolve(0),
      leaseMs: ERASURE_LEASE_MS,
      clock: room.clock,
      log: room.log,
      fault: () => Promise.resolve(),
      ...options,
    });
  }

  /** Somebody with everything, also in Redis and the queues: one turn runs and one waits. */
  async someone(word: string, place = somewhere()): Promise<{ userId: string; sessionId: string }> {
    await knownUser(this.room.db, place.userId);
    await fillEveryTable(this.truth, place.userId, word);
    await this.room.take(place);
    await this.room.take(place);
    return place;
  }

  /** Rows and keys in which one of these stands. */
  async traces(...wanted: readonly string[]): Promise<string[]> {
    const lines = [...(await dumpTables(this.truth)), ...(await dumpRedis(this.redis))];
    return lines.filter((line) => wanted.some((text) => line.includes(text)));
  }

  /** What there is of a user but for lists of queues, in no order. */
  async all(userId: string, word: string): Promise<string[]> {
    return (await this.traces(userId, word)).filter((line) => !line.startsWith('{pp1-')).toSorted();
  }
}
