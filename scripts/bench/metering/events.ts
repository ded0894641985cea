import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { UsageEvent } from '../../../contracts/usage.ts';
import { createLogger } from '../../../core/logger.ts';
import { JobQueues } from '../../../core/queues.ts';
import { openRedis } from '../../../core/redis.ts';
import type { Db } from '../../../db/connect.ts';

const OPERATIONS = ['email_draft_llm', 'advanced_search', 'conversation_turn'] as const;
const USERS = Array.from({ length: 1_000 }, () => randomUUID());

function makeEvent(i: number): UsageEvent {
  const now = new Date();
  return {
    id: randomUUID(),
    period: `${now.toISOString().slice(0, 7)}-01`,
    kind: 'usage',
    reason: null,
    user_id: USERS[i % USERS.length] ?? randomUUID(),
    session_id: randomUUID(),
    turn_id: randomUUID(),
    step: 0,
    ordinal: 0,
    intent: 'email.draft',
    operation: OPERATIONS[i % OPERATIONS.length] ?? 'conversation_turn',
    model: 'gpt-4',
    tokens_used: 500,
    cost_usd: '0.015',
    at: now.toISOString(),
    metadata: {
      function: 'draft',
      duration_ms: 812,
      success: true,
      error_type: null,
      prompt_tokens: 300,
      completion_tokens: 200,
      estimated: false,
    },
  };
}

/** Deliveries to a worker, and what is to be seen of them in the books. */
export class EventLoad {
  private readonly redis: Redis;
  private readonly queues: JobQueues;

  constructor(
    private readonly db: Db,
    redisUrl: string,
  ) {
    const log = createLogger({ level: 'warn', format: 'text', role: 'bench' });
    this.redis = openRedis(redisUrl, { name: 'bench', log });
    this.queues = new JobQueues(this.redis);
  }

  async close(): Promise<void> {
    await this.queues.close();
    this.redis.disconnect();
  }

  private async send(events: UsageEvent[]): Promise<void> {
    const [first] = events;
    if (first) await this.queues.add('metering', 'usage.record', { events }, `${first.id}.${events.length}`);
  }

  /** As a reservation's end leaves them; dated ahead, so that no sweep takes them first. */
  private async owe(events: readonly UsageEvent[]): Promise<void> {
    for (let i = 0; i < events.length; i += 1_000)
      await this.db('usage_events').insert(
        events.slice(i, i + 1_000).map((event) => ({
          id: event.id,
          event: JSON.stringify(event),
          created_at: new Date(Date.now() + 3_600_000),
        })),
      );
  }

  /**
   * Lays a backlog and lets a worker write it.
   *
   * @param start starts the worker
   * @returns events a second between the first and the last write
   */
  async backlog(count: number, perJob: number, start: () => Promise<unknown>): Promise<number> {
    const events = Array.from({ length: count }, (_, i) => makeEvent(i));
    await this.owe(events);
    for (let i = 0; i < count; i += perJob * 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, k) =>
          this.send(events.slice(i + k * perJob, Math.min(count, i + (k + 1) * perJob))),
        ),
      );
    const before = await this.written();
    await start();
    const began = await this.until(before + 1);
    const ended = await this.until(before + count);
    return (count / (ended - began)) * 1_000;
  }

  /**
   * Sends at a steady rate, as couriers do, and looks how long single events take to be seen.
   *
   * @returns milliseconds from delivery to visibility of each that was looked at
   */
  async steady(perSecond: number, seconds: number): Promise<number[]> {
    const seen: Promise<number>[] = [];
    const startedAt = performance.now();
    for (let tick = 1; tick <= seconds * 100; tick += 1) {
      const events = Array.from({ length: Math.round(perSecond / 100) }, (_, i) => makeEvent(i));
      void this.send(events);
      if (tick % 5 === 0) seen.push(this.probe());
      await sleep(Math.max(0, startedAt + tick * 10 - performance.now()));
    }
    return Promise.all(seen);
  }

  private async probe(): Promise<number> {
    const event = makeEvent(0);
    const sentAt = performance.now();
    await this.send([event]);
    for (;;) {
      const found: unknown = await this.db('llm_usage')
        .where({ id: event.id, period: event.period })
        .first('id');
      if (found !== undefined) return performance.now() - sentAt;
      await sleep(2);
    }
  }

  private async written(): Promise<number> {
    const [row] = await this.db('llm_usage').count<{ n: number }[]>('* as n');
    return row?.n ?? 0;
  }

  /** When so many rows were there. */
  private async until(count: number): Promise<number> {
    for (;;) {
      if ((await this.written()) >= count) return performance.now();
      await sleep(20);
    }
  }
}
