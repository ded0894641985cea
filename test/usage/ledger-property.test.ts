import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expireCalls, finishCall, markShown, reserveCall, type CallReservation } from '../../db/metering.ts';
import { FencedError } from '../../contracts/records.ts';
import { Books, NOW } from './books.ts';

const LIMIT = 2_000;
const TURNS = 3;

/** One thing that can happen, to one of a few turns of one user, in an order that nobody planned. */
const happening = fc.oneof(
  fc.record({
    what: fc.constant('reserve' as const),
    turn: fc.nat(TURNS - 1),
    ordinal: fc.nat(1),
    hash: fc.constantFrom('a', 'b'),
    tokens: fc.constantFrom(100, 500, 900),
  }),
  fc.record({
    what: fc.constant('finish' as const),
    call: fc.nat(20),
    outcome: fc.constantFrom('success', 'timeout', 'aborted'),
    charge: fc.constantFrom(-50, 0, 80, 500, 5_000),
  }),
  fc.record({ what: fc.constant('shown' as const), call: fc.nat(20) }),
  fc.record({
    what: fc.constant('end' as const),
    turn: fc.nat(TURNS - 1),
    how: fc.constantFrom('failed', 'cancelled', 'completed', 'refused'),
  }),
  fc.record({ what: fc.constant('expire' as const) }),
);

describe('the books', () => {
  it('hold whatever happens in whatever order, each thing once or twice', async () => {
    const books = await Books.open();
    const runs = fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (story) => {
      const userId = randomUUID();
      const turns = await Promise.all(Array.from({ length: TURNS }, () => books.turn(userId)));
      const calls: string[] = [];
      const ended = new Set<number>();
      for (const step of story) {
        switch (step.what) {
          case 'reserve': {
            const place = turns[step.turn]!;
            const call: CallReservation = {
              id: randomUUID(),
              user_id: userId,
              session_id: place.sessionId,
              turn_id: place.turnId,
              fence: 1,
              scope_id: place.scopeId,
              step: 0,
              ordinal: step.ordinal,
              intent: null,
              operation: 'email_draft_llm',
              function: 'test',
              model: 'gpt-4',
              input_hash: step.hash,
              period: '2026-11-01',
              period_start: '2026-11-01T00:00:00Z',
              limits: { free: LIMIT, premium: null },
              flat: true,
              tokens: step.tokens,
              at: NOW.toISOString(),
              expires_at: new Date(NOW.getTime() + 1_000).toISOString(),
            };
            try {
              const reserved = await reserveCall(books.db, call);
              if (reserved.status === 'reserved') calls.push(call.id);
            } catch (error) {
              expect(error).toBeInstanceOf(FencedError);
            }
            break;
          }
          case 'finish': {
            const id = calls[step.call];
            if (id !== undefined) await finish(books, id, step);
            break;
          }
          case 'shown':
            if (calls[step.call] !== undefined) await markShown(books.db, calls[step.call]!, NOW);
            break;
          case 'end':
            if (!ended.has(step.turn)) await books.end(turns[step.turn]!, step.how as 'failed');
            ended.add(step.turn);
            break;
          default:
            await expireCalls(books.db, new Date(NOW.getTime() + 2_000), 100);
        }
        await expectBalanced(books, userId);
      }
      // In the end every reservation is over, and every call is in the books once.
      await expireCalls(books.db, new Date(NOW.getTime() + 2_000), 1_000);
      await expectBalanced(books, userId);
      expect((await books.quota(userId)).reserved).toBe(0);
      const told = (await books.events(userId)).filter(({ kind }) => kind === 'usage').map(({ id }) => id);
      expect(told.toSorted()).toEqual(calls.toSorted());
    });
    await fc.assert(runs, { numRuns: 60 });
  });
});

const finish = (books: Books, id: string, step: { outcome: string; charge: number }) =>
  finishCall(books.db, {
    id,
    outcome: step.outcome,
    charge: step.charge,
    answer: 'said',
    provider_tokens: 10,
    price: '0.03',
    at: NOW.toISOString(),
    metadata: {
      duration_ms: 1,
      success: step.outcome === 'success',
      error_type: null,
      prompt_tokens: 5,
      completion_tokens: 5,
      estimated: false,
    },
    alerts: [],
  });

/** Used is what the events say, and owed ones will; reserved is what open calls hold; together they are within the limit. */
async function expectBalanced(books: Books, userId: string): Promise<void> {
  const quota = await books.quota(userId);
  const events = await books.events(userId);
  const calls = await books
    .db('llm_calls')
    .where({ user_id: userId })
    .select<{ state: string; reserved_tokens: number; charged_tokens: number; reported_at: Date | null }[]>(
      'state',
      'reserved_tokens',
      'charged_tokens',
      'reported_at',
    );
  const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
  const held = calls.filter(({ state }) => state === 'reserved').map((call) => call.reserved_tokens);
  // Settled by a cancel; whoever made the call reports it.
  const owed = calls
    .filter((call) => call.state === 'settled' && call.reported_at === null)
    .map((call) => call.charged_tokens);
  expect(quota.used).toBe(sum(events.map((event) => event.tokens_used)) + sum(owed));
  expect(quota.reserved).toBe(sum(held));
  expect(quota.used).toBeGreaterThanOrEqual(0);
  expect(quota.used + quota.reserved).toBeLessThanOrEqual(LIMIT);
}
