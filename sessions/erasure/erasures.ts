import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ErasureReceipt } from '../../contracts/erasure.ts';
import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import type { JobQueues } from '../../core/queues.ts';
import { accountErased, openAccount } from '../../db/accounts.ts';
import type { Db } from '../../db/connect.ts';
import * as record from '../../db/erasures.ts';
import type { ErasureStep, OpenErasure } from '../../db/erasures.ts';
import { openSessionsOf } from '../../db/turns.ts';
import type { Interruptions } from '../interruptions.ts';
import { connectionsKey, profileKey, sessionKeys } from '../keys.ts';
import { publishErased } from '../news.ts';
import { USER_TABLES } from './manifest.ts';

/** Whoever works on an erasure shows life at every batch; after this long somebody else goes on. */
const LEASE_MS = 15_000;
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
  interruptions: Pick<Interruptions, 'cancelSession'>;
  /** Of the hashes by which it is known who was erased; never in a store. */
  key: string;
  /** Rows of usage in files of their own: whose they are is replaced. Gives how many lines. */
  eraseFromArchives(userId: string, pseudonym: string): Promise<number>;
  clock: Clock;
  log: Logger;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

interface Step {
  work(erasure: OpenErasure): Promise<void>;
  to: ErasureStep;
}

/** Who shows a token. */
export interface TokenHolder {
  userId: string;
  issuedAt: Date;
}

/**
 * Accounts from their first sight to their erasure. An erasure goes step by step (`ErasureStep`), each of which may be
 * done again: whatever dies, somebody goes on where it was left. Any number of processes may be at it.
 */
export class Erasures {
  private readonly underWay = new Set<Promise<void>>();
  /** What leads from each step to the next. */
  private readonly steps: Readonly<Record<OpenErasure['step'], Step>> = {
    fenced: { work: (erasure) => this.quieten(erasure), to: 'quiet' },
    quiet: { work: (erasure) => this.empty(erasure), to: 'emptied' },
    emptied: { work: (erasure) => this.remove(erasure), to: 'gone' },
    gone: { work: (erasure) => this.forget(erasure), to: 'forgotten' },
    forgotten: { work: (erasure) => this.clearArchives(erasure), to: 'done' },
  };

  constructor(private readonly deps: ErasuresDeps) {}

  /**
   * Lets a token in whose account is there, or makes one at its first sight.
   *
   * @throws PulseError `account_erased` for a token issued before the account was erased, and while that goes on
   */
  async check({ userId, issuedAt }: TokenHolder): Promise<void> {
    const token = { userId, subjectHash: this.hashOf(userId), issuedAt };
    if (!(await openAccount(this.deps.db, token))) throw accountErased();
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
    await record.beginErasure(this.deps.db, {
      id,
      userId,
      subjectHash: this.hashOf(userId),
      issuedBefore: new Date(latest + CLOCKS_APART_MS),
      pseudonym: newId(),
      at: this.deps.clock.now(),
    });
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
      this.deps.log.warn({ err: error, erasure: id }, 'An erasure was cut short; the next run goes on');
    }
  }

  /**
   * All that is left of an erasure. Does nothing where it is done, or somebody else is at it.
   *
   * @throws whatever kept it from being done; what was done stays done
   */
  async carryOut(id: string): Promise<void> {
    const { db, clock, fault, log } = this.deps;
    const erasure = await record.leaseErasure(db, id, LEASE_MS);
    if (!erasure) return;
    try {
      let { step }: { step: ErasureStep } = erasure;
      while (step !== 'done') {
        await fault(`erasure-${step}`);
        const next: Step = this.steps[step];
        await next.work(erasure);
        if (next.to !== 'done') await record.noteStep(db, id, next.to);
        step = next.to;
      }
      await record.endErasure(db, id, clock.now());
      await fault('erasure-done');
      log.info({ erasure: id }, 'An account has been erased');
    } finally {
      await record.renewLease(db, id, null).catch(() => undefined);
    }
  }

  /** Cuts connections, ends open turns without effect, takes jobs away. */
  private async quieten({ id, userId }: OpenErasure): Promise<void> {
    const { db, redis, interruptions } = this.deps;
    await publishErased(redis, userId);
    for (let tries = 0; tries < QUIET_TRIES; tries += 1) {
      const open = await openSessionsOf(db, userId);
      if (open.length === 0) break;
      for (const sessionId of open) await interruptions.cancelSession(userId, sessionId);
      await record.renewLease(db, id, LEASE_MS);
    }
    await this.takeJobs(id, userId);
  }

  private async empty(erasure: OpenErasure): Promise<void> {
    for (const table of USER_TABLES) {
      let found: number;
      do {
        await this.deps.fault('erasure-batch');
        found = await record.eraseSome(this.deps.db, erasure, table, BATCH);
        await record.renewLease(this.deps.db, erasure.id, LEASE_MS);
      } while (found === BATCH);
    }
  }

  private async remove(erasure: OpenErasure): Promise<void> {
    for (let tries = 0; tries < EMPTY_TRIES; tries += 1) {
      if (await record.removeAccount(this.deps.db, erasure, USER_TABLES)) return;
      await this.empty(erasure);
    }
    throw new Error('Rows of an erased user come faster than they are taken away');
  }

  /** Keys are taken last: as long as a session stands in Postgres, its state in Redis is made anew. */
  private async forget({ id, userId, sessionIds }: OpenErasure): Promise<void> {
    const { db, redis } = this.deps;
    // Whoever connected while the first word was given.
    await publishErased(redis, userId);
    let deleted = await redis.del(connectionsKey(userId), profileKey(userId));
    for (let from = 0; from < sessionIds.length; from += KEYS_AT_ONCE) {
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
      await record.renewLease(db, id, LEASE_MS);
    }
    await record.countErased(db, id, 'redis', { deleted, pseudonymised: 0 });
    await this.takeJobs(id, userId);
  }

  private async clearArchives({ id, userId, pseudonym }: OpenErasure): Promise<void> {
    const pseudonymised = await this.deps.eraseFromArchives(userId, pseudonym);
    await record.countErased(this.deps.db, id, 'usage archives', { deleted: 0, pseudonymised });
  }

  private async takeJobs(id: string, userId: string): Promise<void> {
    const deleted = await this.deps.queues.removeOfUser(userId);
    await record.countErased(this.deps.db, id, 'jobs', { deleted, pseudonymised: 0 });
  }

  private hashOf(userId: string): string {
    return createHmac('sha256', this.deps.key).update(userId).digest('base64url');
  }
}

/** Tells keys apart without telling the key. */
export const keyFingerprint = (key: string): string =>
  createHmac('sha256', key).update('fingerprint of the erasure key').digest('base64url');
