import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import { ACTIONS } from '../../contracts/intents.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import { newDraft } from '../../workers/nlu/draft.ts';
import { extractFor } from '../../workers/nlu/extract/extract-for.ts';

const WORDS =
  'remind me to move my 3 o\'clock with Ana and the landlord from monday to tuesday at 4 "quoted text" for 30 minutes in room 5 @ the gym on Zoom every friday until june add Sue to the review on my calendar shopping list find everything about emails from HR wake up before the meeting not today or tomorrow -> put it in please , . ! ? 😀 İ 2 1:1 w/ & cancel all clear working hours are 9 to 5'.split(
    ' ',
  );
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((list) => list.join(' ')),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((list) => list.join('')),
);
const names = [...ACTIONS.keys()] as Action[];
const NOW = new Date('2026-11-23T15:00:00Z');

describe('the slots of any action in any text', () => {
  test('are slices of it, with values of their shape', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...names), (input, action) => {
        const { entities } = extractFor(newDraft(input, 'Europe/Vienna', NOW), action);
        slotsOf(entities);
        for (const { slot, start, end, text: said, value, readings } of entities) {
          expect(input.slice(start, end)).toBe(said);
          expect(value).toEqual(readings[0]?.value);
          expect([...(ACTIONS.get(action)?.slots ?? []), 'when']).toContain(slot);
        }
      }),
      { numRuns: 4_000 },
    );
  });

  const units = [
    'a ',
    'at ',
    'with ',
    'the ',
    'to ',
    'in room ',
    'every ',
    'my ',
    'and Ana ',
    'remind me ',
    ', ',
    'before the ',
    'so ',
    'at 5 ',
    '"',
    'put it ',
    '1-',
    'list ',
    'is ',
    "don't ",
  ];
  test.each(units)('%j 4,000 characters long are read in time', (unit) => {
    const long = unit.repeat(Math.ceil(4_000 / unit.length)).slice(0, 4_000);
    for (const action of names) {
      const before = process.cpuUsage();
      extractFor(newDraft(long, 'Europe/Vienna', NOW), action);
      // Milliseconds of work, whatever else the machine does; the first text of a kind compiles its patterns.
      expect(process.cpuUsage(before).user / 1_000, action).toBeLessThan(400);
    }
  });
});
