import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecallQuery } from '../../sessions/memory/memory.ts';
import { EncoderUnavailable } from '../../models/encoder/errors.ts';
import { readPairs } from '../../models/recall/measure-recall.ts';
import { freshDatabase } from '../support/stores.ts';
import { MemoryRoom, NOW, realVectors, type Person } from './memory-room.ts';

const HOUR_MS = 3_600_000;
const pairs = readPairs().slice(0, 12);
const message = fc.constantFrom(
  ...pairs.map(({ earlier }) => earlier),
  '',
  'buy milk',
  "'; drop table turns; --",
  '\u0000'.slice(1),
);
const turn = fc.record({
  who: fc.nat(3),
  message,
  response: fc.option(message, { nil: '' }),
  hoursAgo: fc.nat(200),
  kept: fc.boolean(),
  made: fc.constantFrom('create_task', 'create_event', undefined),
});
const query = fc.record({
  who: fc.nat(3),
  text: fc.oneof(
    fc.constantFrom(...pairs.map((pair) => pair.query)),
    message,
    fc.string({ unit: 'grapheme' }),
  ),
  fromHoursAgo: fc.option(fc.nat(200), { nil: undefined }),
  toHoursAgo: fc.option(fc.nat(200), { nil: undefined }),
  made: fc.option(fc.constantFrom(['create_task'], ['create_event', 'create_task']), { nil: undefined }),
  recent: fc.nat(5),
  semantic: fc.nat(5),
  isDown: fc.boolean(),
});

it('nobody ever finds what somebody else said, or did not want kept', { timeout: 120_000 }, async () => {
  const vectors = await realVectors();
  const state = { isDown: false };
  const room = await MemoryRoom.open((await freshDatabase()).url, {
    vectors: {
      model: vectors.model,
      dimension: vectors.dimension,
      vectorOf: async (text) => {
        if (state.isDown) throw new EncoderUnavailable('for the test');
        return vectors.vectorOf(text);
      },
    },
  });
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 10, maxLength: 30 }),
      fc.array(query, { minLength: 6, maxLength: 12 }),
      async (turns, queries) => {
        state.isDown = false;
        const people: Person[] = [];
        for (let who = 0; who < 4; who += 1) people.push(await room.person());
        const saidBy = new Map<string, { who: number; kept: boolean; at: Date; made: string | undefined }>();
        for (const { who, hoursAgo, ...said } of turns) {
          const at = new Date(NOW.getTime() - hoursAgo * HOUR_MS);
          const { made, ...rest } = said;
          const [id = ''] = (await people[who]?.said({ ...rest, at, ...(made ? { made } : {}) })) ?? [];
          saidBy.set(id, { who, at, kept: said.kept, made });
        }
        await room.storeAll();
        for (const { who, text, fromHoursAgo, toHoursAgo, made, recent, semantic, isDown } of queries) {
          state.isDown = isDown;
          const instant = (hours: number | undefined): Date | undefined =>
            hours === undefined ? undefined : new Date(NOW.getTime() - hours * HOUR_MS);
          const asked: Partial<RecallQuery> = {
            from: instant(fromHoursAgo),
            to: instant(toHoursAgo),
            recent,
            semantic,
          };
          const answer = await people[who]?.recall(text, { ...asked, made: made as RecallQuery['made'] });
          const ids = answer?.turns.map(({ turnId }) => turnId) ?? [];
          found += ids.length;
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.length).toBeLessThanOrEqual(recent + semantic);
          for (const id of ids) {
            const of = saidBy.get(id);
            expect(of).toMatchObject({ who, kept: true });
            if (asked.from) expect(of?.at.getTime()).toBeGreaterThanOrEqual(asked.from.getTime());
            if (asked.to) expect(of?.at.getTime()).toBeLessThan(asked.to.getTime());
            if (made) expect(made).toContain(of?.made);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(found).toBeGreaterThan(40);
});
