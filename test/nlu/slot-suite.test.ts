import { describe, expect, test } from 'vitest';
import { readRows, scoreRows } from './span-score.ts';

/** Exact spans of each kind, as a share; what is written here was reached and is to be kept. */
const FLOORS: Readonly<Record<string, number>> = {
  when: 0.92,
  title: 0.9,
  person: 0.93,
  target: 0.91,
  location: 0.8,
  list: 0.95,
  duration: 0.95,
  priority: 0.9,
  tag: 0.95,
  subject: 0.9,
  body: 0.95,
};

const rows = readRows('test/suites/slots.jsonl');
const missed: string[] = [];
const scores = scoreRows(
  rows,
  { timezone: 'America/New_York', now: '2026-11-23T10:00:00-05:00' },
  (row, lost, wrong) =>
    missed.push(`${row.text}\n  missed: ${lost.join(', ')}\n  wrong: ${wrong.join(', ')}`),
);

describe('the slots of sentences whose action is known', () => {
  test('the suite is there', () => expect(rows.length).toBeGreaterThan(400));

  test.each(Object.entries(FLOORS))('%s: exact spans reach %d', (kind, floor) => {
    expect(scores.get(kind)?.f1, missed.join('\n')).toBeGreaterThanOrEqual(floor);
  });
});
