import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recurrenceRule } from '../../contracts/recurrence.ts';
import { foldText } from '../../workers/nlu/text.ts';
import { findRecurrence } from '../../workers/nlu/time/recurrence.ts';
import { timeContext } from '../../workers/nlu/time/values.ts';

const WORDS =
  'every each other second third 3rd last first day days week month year quarter hour minutes monday mondays tue fri weekdays weekend mwf m/w/f mon-fri daily weekly bi- monthly once twice 3 times x a an the of on in at and , & except but not until through for starting from next may june march 31 30th 1st 15 12/25 9 5pm noon half past morning night christmas after completion every! ! ( ) - / 1.5 hundred twenty few couple to between 99999 0 february business it'.split(
    ' ',
  );
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 14 });
const text = fc.oneof(
  { weight: 4, arbitrary: words.map((list) => list.join(' ')) },
  words.map((list) => list.join('')),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

describe('any text', () => {
  test('is read without an exception, every rule is one and every span is a slice', () => {
    fc.assert(
      fc.property(text, moment, fc.boolean(), fc.boolean(), (input, now, lenient, dated) => {
        const folded = foldText(input);
        const context = dated ? timeContext(now, 'Europe/Vienna') : null;
        const found = findRecurrence(folded, { start: 0, end: folded.length }, lenient, context);
        if (!found) return;
        expect(found.readings[0]?.rule).toBe(found.rule);
        for (const { rule, reason } of found.readings) {
          expect(recurrenceRule.parse(rule)).toBe(rule);
          expect(reason).not.toBe('');
        }
        for (const { start, end } of [found, ...(found.startsOn ? [found.startsOn] : [])]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(folded.length);
        }
      }),
      { numRuns: 4_000 },
    );
  });

  const units = [
    'every ',
    'every day ',
    'monday and ',
    'every other ',
    'the 1st and ',
    'at 5 and ',
    'first ',
    'until ',
    'starting from ',
    'each a ',
    'x',
    'every!',
    'in the ',
    'twice a ',
    'except ',
    'march ',
    'weekly report ',
  ];
  test.each(units)('%j 4,000 characters long takes no time to speak of', (unit) => {
    const long = unit.repeat(Math.ceil(4_000 / unit.length)).slice(0, 4_000);
    const context = timeContext(new Date('2026-11-23T15:00:00Z'), 'UTC');
    const range = { start: 0, end: long.length };
    const spent = Array.from({ length: 12 }, (_, run) => {
      const startedAt = performance.now();
      findRecurrence(long, range, run % 2 === 0, context);
      return performance.now() - startedAt;
    });
    // A few milliseconds; the quickest run and the bound leave room for a busy machine.
    expect(Math.min(...spent)).toBeLessThan(30);
  });
});
