import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAs } from './understand.ts';

/** Phrases by an independent author, read on Monday 23 November 2026 in New York. */
const SUITE = new URL('../suites/recurrences.tsv', import.meta.url);
const DETAILS = /^(?:BYHOUR|BYMINUTE|COUNT|UNTIL)=/;

/** What must at least be right, as shares of all phrases. */
const FLOOR = { pattern: 0.99, all: 0.99 };

const partsOf = (rule: string): string[] => rule.split(';').toSorted();
const patternOf = (rule: string): string[] => partsOf(rule).filter((part) => !DETAILS.test(part));

describe('the suite of repetitions', () => {
  test('is read as well as it was, pattern and all parts', async () => {
    const [, ...lines] = readFileSync(SUITE, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(300);
    const wrong: string[] = [];
    const right = { pattern: 0, all: 0 };
    for (const line of lines) {
      const [, text = '', rule = ''] = line.split('\t');
      const entity = await readAs('recurrence', text);
      const value = typeof entity?.value === 'string' ? entity.value : '';
      if (patternOf(value).join() === patternOf(rule).join()) right.pattern += 1;
      if (partsOf(value).join() === partsOf(rule).join()) right.all += 1;
      else wrong.push(`${text}: ${value} for ${rule}`);
    }
    const shares = { pattern: right.pattern / lines.length, all: right.all / lines.length };
    expect(shares.pattern, wrong.join('\n')).toBeGreaterThanOrEqual(FLOOR.pattern);
    expect(shares.all, wrong.join('\n')).toBeGreaterThanOrEqual(FLOOR.all);
  });
});
