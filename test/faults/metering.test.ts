import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { answers } from '../support/fake-llm-answers.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';
import { note } from './fault-report.ts';
import { openTruth } from './ground-truth.ts';

const DRAFT = 500;
/**
 * The steps of a charge, in their order: reserved in Postgres, the provider is answering, its answer is here, it is
 * settled, the turn is about to be committed, is committed, its event reaches the books, is in the books.
 */
const STEPS: readonly { point: string; by: 'workflows' | 'metering'; always?: boolean }[] = [
  { point: 'reserved', by: 'workflows', always: true },
  { point: 'calling', by: 'workflows' },
  { point: 'answered', by: 'workflows' },
  { point: 'settled', by: 'workflows', always: true },
  { point: 'before-commit', by: 'workflows' },
  { point: 'committed', by: 'workflows' },
  { point: 'recording', by: 'metering' },
  { point: 'recorded', by: 'metering', always: true },
];
const FULL = process.env['PULSEPLAN_CHAOS'] === 'full';
/** Processes that die at each step. */
const KILLS = FULL ? 13 : 2;
/** Of them, so many at a time. */
const AT_ONCE = 5;
const BACK_WITHIN_MS = 30_000;

let product: Product;
let provider: FakeLlm;
let db: Db;
/** The healthy process of each of the two roles. */
const healthy = new Map<'workflows' | 'metering', Role>();

beforeAll(async () => {
  provider = await startFakeLlm({
    always: answers.text({ text: 'Subject: Exam\n\nDear professor, thank you.' }),
  });
  product = await startProduct({
    roles: ['gateway', 'nlu', 'workflows', 'metering', 'maintenance'],
    // One draft is all that is left: an attempt must not stand in its own way.
    env: { OPENAI_BASE_URL: provider.url, FREE_TOKENS_PER_MONTH: String(DRAFT) },
  });
  for (const role of product.roles)
    if (role.name === 'workflows' || role.name === 'metering') healthy.set(role.name, role);
  db = openTruth(product);
});
afterAll(async () => {
  await db.destroy();
  await provider.close();
});

interface Person {
  userId: string;
  recorder: Recorder;
  turnId: string;
}

async function person(): Promise<Person> {
  const userId = randomUUID();
  const recorder = new Recorder(await tokenFor(userId));
  await recorder.connect(product.url);
  return { userId, recorder, turnId: randomUUID() };
}

async function draft({ recorder, turnId }: Person, number: number): Promise<void> {
  const ack = await recorder.emit('turn.submit', {
    turn_id: turnId,
    text: `draft email to professor #${number}`,
  });
  expect(ack.ok).toBe(true);
}

/** Every draft is charged once, in the counter and in the books, and nothing is held any more. */
async function expectCharged(people: readonly Person[]): Promise<void> {
  const ids = people.map(({ userId }) => userId);
  const charged = await eventually(
    'every charge to be in the books',
    async () => {
      const rows = await db('llm_usage')
        .whereIn('user_id', ids)
        .groupBy('user_id')
        .select<{ user_id: string; sum: number; charges: number; ids: number; rows: number }[]>(
          'user_id',
          db.raw('sum(tokens_used)::int as sum'),
          db.raw('count(*) filter (where tokens_used > 0)::int as charges'),
          db.raw('count(distinct id)::int as ids'),
          db.raw('count(*)::int as rows'),
        );
      return rows.length === ids.length && rows;
    },
    BACK_WITHIN_MS,
  );
  for (const row of charged) {
    expect([row.sum, row.charges]).toEqual([DRAFT, 1]);
    expect(row.ids).toBe(row.rows);
  }
  const counters = await db('usage_quotas')
    .whereIn('user_id', ids)
    .select<{ tokens_used_this_month: number; tokens_reserved: number }[]>(
      'tokens_used_this_month',
      'tokens_reserved',
    );
  expect(counters).toEqual(ids.map(() => ({ tokens_used_this_month: DRAFT, tokens_reserved: 0 })));
  const drafts = await db('drafts').whereIn('user_id', ids).select<{ user_id: string }[]>('user_id');
  expect(drafts.map((row) => row.user_id).toSorted()).toEqual(ids.toSorted());
}

/** Starts processes that die at a step, in the place of the healthy one. */
async function arm(by: 'workflows' | 'metering', point: string, count: number): Promise<Role[]> {
  await healthy.get(by)?.stop();
  return Promise.all(
    Array.from({ length: count }, () =>
      product.start(by, { PULSEPLAN_FAULT: `${point}=kill`, WORKFLOW_CONCURRENCY: '1' }),
    ),
  );
}

/** Each takes one turn, and dies in it before it can take another. */
async function draftForEach(armed: readonly Role[]): Promise<Person[]> {
  const people = await Promise.all(armed.map(() => person()));
  await Promise.all(people.map((somebody, index) => draft(somebody, index + 1)));
  await Promise.all(armed.map((role) => role.gone));
  return people;
}

/** One draft after the other: events that come together would be written together. */
async function draftUntilDead(armed: readonly Role[]): Promise<Person[]> {
  const people: Person[] = [];
  const alive = (): number => armed.filter((role) => role.alive()).length;
  while (alive() > 0) {
    const before = alive();
    const somebody = await person();
    people.push(somebody);
    await draft(somebody, people.length);
    await eventually('a process to die', () => alive() < before, BACK_WITHIN_MS);
  }
  return people;
}

describe.sequential('a process dies in the middle of a charge', () => {
  for (const { point, by } of STEPS.filter((step) => FULL || step.always)) {
    test(
      `${KILLS} times at "${point}": charged once, nothing lost, nothing held`,
      { timeout: 240_000 },
      async () => {
        const startedAt = performance.now();
        let backMs = 0;
        for (let killed = 0; killed < KILLS;) {
          const armed = await arm(by, point, Math.min(AT_ONCE, KILLS - killed));
          const people = by === 'workflows' ? await draftForEach(armed) : await draftUntilDead(armed);
          killed += armed.length;
          const diedAt = performance.now();
          healthy.set(by, await product.start(by));
          for (const { recorder, turnId } of people) {
            const result = await recorder.result(turnId, BACK_WITHIN_MS);
            expect([result.status, result.usage.tokens_used]).toEqual(['completed', DRAFT]);
          }
          await expectCharged(people);
          backMs = Math.max(backMs, performance.now() - diedAt);
          people.forEach(({ recorder }) => recorder.socket?.disconnect());
        }
        note({
          suite: 'charges',
          name: `${by} at "${point}", ${KILLS} times`,
          outcome: 'charged once, in the counter and in the books; nothing held',
          backMs,
          kills: KILLS,
          tookMs: performance.now() - startedAt,
        });
      },
    );
  }
});
