import { expect, test } from 'vitest';
import { firstTime } from '../../workers/workflows/tasks/repetition.ts';

/** A Monday morning in New York. */
const NOW = new Date('2026-11-23T15:00:00Z');

test.each([
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-30'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', '2026-12-01'],
  ['FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1', '2026-12-28'],
  ['FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1;BYHOUR=9', '2026-11-30T09:00:00-05:00'],
  ['FREQ=YEARLY;BYYEARDAY=100', '2027-04-10'],
  ['FREQ=YEARLY;BYYEARDAY=-1', '2026-12-31'],
  ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO', '2027-01-04'],
  ['FREQ=YEARLY;BYDAY=20MO', '2027-05-17'],
  ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2026-11-26'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2028-02-29'],
  ['FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27'],
  ['FREQ=DAILY;BYHOUR=8,20', '2026-11-23T20:00:00-05:00'],
])('%s comes first on %s', (rule, first) => {
  expect(firstTime(rule, 'America/New_York', NOW)).toBe(first);
});

test('a rule that no day fits has no first time', () => {
  expect(firstTime('FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2', 'America/New_York', NOW)).toBeNull();
});
