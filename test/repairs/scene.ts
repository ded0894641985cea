import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import type { ClientPayload } from '../../contracts/events.ts';
import type { SessionFrame } from '../../contracts/frames.ts';
import type { Receipt, TurnResult } from '../../contracts/result.ts';
import { JobQueues } from '../../core/queues.ts';
import type { Db } from '../../db/connect.ts';
import { openTruth } from '../faults/ground-truth.ts';
import { startProduct, type Product, type Role, type RoleEntry } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';

type Submission = Omit<ClientPayload<'turn.submit'>, 'turn_id' | 'text'>;

/** A Wednesday: "friday" is the 20th. */
export const NOW = '2026-11-18T10:00:00Z';
export const FRIDAY = '2026-11-20';

/** A product whose roles a test stops and starts, with a look into its record. */
export class Scene {
  private constructor(
    readonly product: Product,
    readonly db: Db,
    readonly redis: Redis,
    readonly queues: JobQueues,
  ) {}

  static async open(roles: readonly RoleEntry[]): Promise<Scene> {
    const product = await startProduct({
      roles,
      env: { RATE_BURST: '10000', RATE_TURNS_PER_MINUTE: '100000' },
    });
    const redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
    return new Scene(product, openTruth(product), redis, new JobQueues(redis));
  }

  async close(): Promise<void> {
    await this.queues.close();
    await this.redis.quit();
    await this.db.destroy();
  }

  async device(userId: string = randomUUID(), url = this.product.url): Promise<Device> {
    const token = await tokenFor(userId);
    const recorder = new Recorder(token);
    await recorder.connect(url);
    return new Device(userId, token, recorder);
  }

  /** Ends every process of a role; what it was working on is finished first. */
  async stop(name: RoleEntry): Promise<void> {
    const alive = this.product.roles.filter((role) => role.name === name && role.alive());
    await Promise.all(alive.map((role) => role.stop()));
  }

  start(name: RoleEntry, env: Record<string, string> = {}): Promise<Role> {
    return this.product.start(name, env);
  }

  /** What of a user's tasks is not deleted, oldest first. */
  tasks(userId: string): Promise<{ id: string; title: string; due_on: string | null; priority: string }[]> {
    return this.db('tasks')
      .where({ user_id: userId })
      .whereNull('deleted_at')
      .orderBy('created_at')
      .orderBy('id')
      .select('id', 'title', 'due_on', 'priority');
  }

  async titles(userId: string): Promise<string[]> {
    return (await this.tasks(userId)).map(({ title }) => title);
  }

  async turn(turnId: string): Promise<{ state: string; fence: number; attempt: number }> {
    const row = await this.db('conversation_turns')
      .where({ id: turnId })
      .first<{ state: string; fence: number; attempt: number } | undefined>('state', 'fence', 'attempt');
    if (!row) throw new Error(`There is no turn ${turnId}`);
    return row;
  }

  /** Whether the end of a turn has reached its outbox, as far as the record knows. */
  async isPublished(turnId: string): Promise<boolean> {
    const ended: unknown = await this.db('turn_results').where({ turn_id: turnId }).first('turn_id');
    const waiting: unknown = await this.db('unpublished_turns').where({ turn_id: turnId }).first('turn_id');
    return ended !== undefined && waiting === undefined;
  }

  /** The note of a publication is lost, long ago. */
  async forgetPublication(userId: string, turnId: string): Promise<void> {
    await this.db('unpublished_turns').insert({ user_id: userId, turn_id: turnId, finished_at: LONG_AGO });
  }
}

const LONG_AGO = new Date('2001-01-01T00:00:00Z');

/** One person on one device. */
export class Device {
  constructor(
    readonly userId: string,
    readonly token: string,
    readonly recorder: Recorder,
  ) {}

  get sessionId(): string {
    return this.recorder.sessionId ?? '';
  }

  async submit(text: string, more: Submission & { turn_id?: string } = {}): Promise<string> {
    const turn_id = more.turn_id ?? randomUUID();
    const ack = await this.recorder.emit('turn.submit', { text, ...more, turn_id });
    expect(ack).toMatchObject({ ok: true });
    return turn_id;
  }

  ended(turnId: string): Promise<TurnResult> {
    return this.recorder.result(turnId);
  }

  async say(text: string, more: Submission = {}): Promise<TurnResult> {
    return this.ended(await this.submit(text, more));
  }

  /** A cancel of a turn that nobody has seen yet. */
  async cancelAhead(turnId: string): Promise<void> {
    const ack = await this.recorder.emit('turn.cancel', { turn_id: turnId });
    expect(ack).toEqual({ ok: true, state: 'tombstoned' });
  }

  /** Answers an open question in words. */
  async answer(asked: TurnResult, text: string): Promise<TurnResult> {
    const turn_id = randomUUID();
    const clarification_id = asked.clarification?.clarification_id ?? '';
    const ack = await this.recorder.emit('clarification.answer', { turn_id, clarification_id, text });
    expect(ack).toMatchObject({ ok: true });
    return this.ended(turn_id);
  }

  /** Presses the undo of a receipt. */
  async undo(receipt: Receipt): Promise<TurnResult> {
    const turn_id = randomUUID();
    const ack = await this.recorder.emit('receipt.undo', { turn_id, receipt_id: receipt.receipt_id });
    expect(ack).toMatchObject({ ok: true });
    return this.ended(turn_id);
  }

  framesOf(turnId: string): SessionFrame['type'][] {
    return this.recorder.frames.filter((frame) => frame.turn_id === turnId).map(({ type }) => type);
  }
}

export function receiptOf(result: TurnResult): Receipt {
  if (!result.receipt) throw new Error(`There is no receipt: ${result.reply}`);
  return result.receipt;
}
