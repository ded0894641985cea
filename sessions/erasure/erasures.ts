import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ErasureReceipt } from '../../contracts/erasure.ts';
import { PulseError } from '../../contracts/errors.ts';
import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import type { JobQueues } from '../../core/queues.ts';
import { accountErased, openAccount } from '../../db/accounts.ts';
import type { Db } from '../../db/connect.ts';
import * as record from '../../db/erasures.ts';
import { ErasureLostError, type HeldErasure } from '../../db/erasures.ts';
import { openTurnsOfErased } from '../../db/turns.ts';
import type { Interruptions } from '../interruptions.ts';
import { connectionsKey, profileKey, sessionKeys } from '../keys.ts';
import { publishErased } from '../news.ts';
import { USER_TABLES } from './manifest.ts';

/** Whoever works on an erasure shows life at every batch; after this long somebody else goes on. */
export const ERASURE_LEASE_MS = 15_000;
/** Rows of one transaction: a lock is held for some milliseconds. */
const BATCH = 2_000;
/** Keys of one command. */
const KEYS_AT_ONCE = 500;
/** How often open turns are looked for: one that ends lets the next begin. */
const QUIET_TRIES = 20;
/** How often what came in between is looked for. */
const EMPTY_TRIES = 10;
const OPEN_MAX = 100;
/** An issuer's clock may run ahead of ours by as much as a token's check allows. */
const CLOCKS_APART_MS = 5_000;

export interface ErasuresDeps {
  db: Db;
  redis: Redis;
  queues: JobQueues;
  interruptions: Pick<Interruptions, 'cancelSeen'>;
  /** Of the hashes by which it is known who was erased; never in a store. */
  key: string;
  /**
   * Rows of usage in files of their own: whose they are is replaced. Gives how many lines.
   *
   * @param alive to be called before whatever others would see, and now and then; throws when nobody waits for it any more
   */
  eraseFromArchives(userId: string, pseudonym: string, alive: () => Promise<void>): Promise<number>;
  leaseMs: number;
  clock: Clock;
  log: Logger;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

/** Does what leads on to the next step, and notes it; null when it is done. */
type Step = (held: HeldErasure) => Promise<HeldErasure | null>;

/** Who shows a token. */
export interface TokenHolder {
  userId: string;
  issuedAt: Date;
}

/**
 * Accounts from their first sight to their erasure. An erasure goes step by step (`ErasureStep`), each of which may be
 * done again: whatever dies, somebody goes on where it was left. Any number of processes may be at it, one at a time: each
 * holds a lease, and one that was held up for longer finds its writes refused. The person may have come back by then.
 */
export class Erasures {
  private readonly underWay = new Set<Promise<void>>();
  private readonly steps: Readonly<Record<HeldErasure['step'], Step>> = {
    fenced: (held) => this.quieten(held),
    quiet: (held) => this.empty(held),
    emptied: (held) => this.remove(held),
    gone: (held) => this.forget(held),
    forgotten: (held) => this.end(held),
  };

  constructor(private readonly deps: ErasuresDeps) {}

  /**
   * Lets a token in whose account is there, or makes one at its first sight.
   *
   * @throws PulseError `account_erased` for a token issued before the account was erased, and while that goes on
   */
  async check({ userId, issuedAt }: TokenHolder): Promise<void> {
    const token = { userId, subjectHash: this.hashOf(userId), issuedAt };
    if (await openAccount(this.deps.db, token)) return;
    throw await this.refusalOf({ userId, issuedAt });
  }

  /** Says which erasure it was to whoever has a token of the account: its receipt may have been lost on the way. */
  private async refusalOf({ userId, issuedAt }: TokenHolder): Promise<PulseError> {
    return accountErased(await record.refusingErasure(this.deps.db, this.hashOf(userId), issuedAt));
  }

  /** Whether what was made for users at an instant is of an account that was erased, or is being erased. */
  isErased(userIds: readonly string[], madeAt: Date): Promise<boolean> {
    const subjects = userIds.map((userId) => ({ userId, subjectHash: this.hashOf(userId) }));
    return record.isOfErased(this.deps.db, subjects, madeAt);
  }

  /**
   * Begins an erasure: from here on nothing is written for the user. This process goes on with it at once.
   *
   * @returns the id of the erasure, and when the work that this process does of it has ended
   * @throws PulseError `account_erased` when it has begun before
   */
  async begin({ userId, issuedAt }: TokenHolder): Promise<{ id: string; ended: Promise<void> }> {
    const id = newId();
    // By the clock that tokens are checked with, and by the token at hand: a clock may have been put back.
    const latest = Math.max(Date.now(), issuedAt.getTime());
    try {
      await record.beginErasure(this.deps.db, {
        id,
        userId,
        subjectHash: this.hashOf(userId),
        issuedBefore: new Date(latest + CLOCKS_APART_MS),
        pseudonym: newId(),
        at: this.deps.clock.now(),
      });
    } catch (error) {
      if (error instanceof PulseError && error.code === 'account_erased')
        throw await this.refusalOf({ userId, issuedAt });
      throw error;
    }
    const ended = this.tryToCarryOut(id);
    this.underWay.add(ended);
    void ended.finally(() => this.underWay.delete(ended));
    return { id, ended };
  }

  /** What is known of an erasure; null where there is none. */
  receipt(id: string): Promise<ErasureReceipt | null> {
    return record.findErasure(this.deps.db, id);
  }

  /** Goes on with whatever was left; gives how many erasures were looked at. */
  async finishAll(): Promise<number> {
    const ids = await record.openErasures(this.deps.db, OPEN_MAX);
    for (const id of ids) await this.tryToCarryOut(id);
    return ids.length;
  }

  /** Resolves when nothing is under way in this process. */
  async close(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Never throws: what could not be done is done by the next run. */
  private async tryToCarryOut(id: string): Promise<void> {
    try {
      await this.carryOut(id);
    } catch (error) {
      if (error instanceof ErasureLostError)
        this.deps.log.warn({ erasure: id }, 'An erasure took too long here; somebody else goes on with it');
      else this.deps.log.warn({ err: error, erasure: id }, 'An erasure was cut short; the next run goes on');
    }
  }

  /**
   * All that is left of an erasure. Does nothing where it is done, or somebody else is at it.
   *
   * @throws ErasureLostError when somebody else went on with it meanwhile
   * @throws whatever kept it from being done; what was done stays done
   */
  async carryOut(id: string): Promise<void> {
    const { db, leaseMs, fault, log } = this.deps;
    const taken = await record.leaseErasure(db, id, leaseMs);
    if (!taken) return;
    try {
      let held: HeldErasure | null = taken;
      while (held !== null) {
        await fault(`erasure-${held.step}`);
        held = await this.steps[held.step](held);
      }
      await fault('erasure-done');
      log.info({ erasure: id }, 'An account has been erased');
    } finally {
      await record.releaseLease(db, taken).catch(() => undefined);
    }
  }

  /** Cuts connections, ends open turns without effect, takes jobs away. */
  private async quieten(held: HeldErasure): Promise<HeldErasure> {
    const { db, redis, interruptions } = this.deps;
    await publishErased(redis, held.userId, held.issuedBefore);
    for (let tries = 0; tries < QUIET_TRIES; tries += 1) {
      // Those that wait before those that run, so that none of them starts meanwhile.
      const open = await openTurnsOfErased(db, held.userId, held.id);
      if (open.length === 0) break;
      for (const turn of open) await interruptions.cancelSeen(turn);
      await record.renewLease(db, held);
    }
    await this.takeJobs(held);
    return record.noteStep(db, held, 'quiet');
  }

  private async empty(held: HeldErasure): Promise<HeldErasure> {
    await this.emptyTables(held);
    return record.noteStep(this.deps.db, held, 'emptied');
  }

  private async emptyTables(held: HeldErasure): Promise<void> {
    for (const table of USER_TABLES) {
      let found: number;
      do {
        await this.deps.fault('erasure-batch');
        found = await record.eraseSome(this.deps.db, held, table, BATCH);
      } while (found === BATCH);
    }
  }

  private async remove(held: HeldErasure): Promise<HeldErasure> {
    for (let tries = 0; tries < EMPTY_TRIES; tries += 1) {
      const gone = await record.removeAccount(this.deps.db, held, USER_TABLES);
      if (gone) return gone;
      await this.emptyTables(held);
    }
    throw new Error('Rows of an erased user come faster than they are taken away');
  }

  /**
   * Keys are taken last: as long as a session stands in Postgres, its state in Redis is made anew. What Redis holds of
   * somebody who has come back would be made anew as well, so that a look at the lease before each command is enough.
   */
  private async forget(held: HeldErasure): Promise<HeldErasure> {
    const { db, redis } = this.deps;
    const { userId, sessionIds } = held;
    await record.renewLease(db, held);
    // Whoever connected while the first word was given.
    await publishErased(redis, userId, held.issuedBefore);
    let deleted = await redis.del(connectionsKey(userId), profileKey(userId));
    for (let from = 0; from < sessionIds.length; from += KEYS_AT_ONCE) {
      await record.renewLease(db, held);
      const batch = redis.pipeline();
      // One command for each session: its keys share a slot of a cluster, those of two sessions may not.
      for (const sessionId of sessionIds.slice(from, from + KEYS_AT_ONCE)) {
        const { state, open, done, outbox, deltas } = sessionKeys(sessionId);
        batch.del(state, open, done, outbox, deltas);
      }
      for (const [error, count] of (await batch.exec()) ?? []) {
        if (error) throw error;
        deleted += Number(count);
      }
    }
    await record.countErased(db, held, 'redis', { deleted, pseudonymised: 0 });
    await this.takeJobs(held);
    return record.noteStep(db, held, 'forgotten');
  }

  /** Archives, and the erasure itself, which then names nobody. */
  private async end(held: HeldErasure): Promise<null> {
    const { db, clock } = this.deps;
    const alive = (): Promise<void> => record.renewLease(db, held);
    const pseudonymised = await this.deps.eraseFromArchives(held.userId, held.pseudonym, alive);
    await record.countErased(db, held, 'usage archives', { deleted: 0, pseudonymised });
    await record.endErasure(db, held, clock.now());
    return null;
  }

  private async takeJobs(held: HeldErasure): Promise<void> {
    const { db, queues } = this.deps;
    // As long as it is held nobody has come back, so what was made until this look is all of the old account.
    const until = new Date(Math.max(Date.now(), held.issuedBefore.getTime()));
    const alive = (): Promise<void> => record.renewLease(db, held);
    const deleted = await queues.removeOfUser(held.userId, until, alive);
    await record.countErased(db, held, 'jobs', { deleted, pseudonymised: 0 });
  }

  private hashOf(userId: string): string {
    return createHmac('sha256', this.deps.key).update(userId).digest('base64url');
  }
}

/** Tells keys apart without telling the key. */
export const keyFingerprint = (key: string): string =>
  createHmac('sha256', key).update('fingerprint of the erasure key').digest('base64url');
