import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastMinutesBetween, recurrenceRule, sayRecurrence } from '../../contracts/recurrence.ts';

const takes = (rule: string): boolean => recurrenceRule.safeParse(rule).success;

describe('a repetition without words', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=0',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=SU',
    'FREQ=MONTHLY;BYDAY=1MO',
    'FREQ=MONTHLY;BYDAY=-1FR,+2TU',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=30',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'FREQ=YEARLY;BYYEARDAY=-366',
    'FREQ=DAILY;COUNT=10',
    'FREQ=DAILY;UNTIL=20261224',
    'FREQ=DAILY;UNTIL=20261224T000000Z',
    'UNTIL=20280229;FREQ=DAILY',
    'freq=weekly;byday=mo',
  ])('%s is one', (rule) => expect(recurrenceRule.parse(rule)).toBe(rule.toUpperCase()));

  it.each([
    '',
    'every blue moon',
    'DAILY',
    'FREQ',
    'FREQ=',
    'FREQ=FORTNIGHTLY',
    'RRULE:FREQ=DAILY',
    'INTERVAL=2',
    'FREQ=DAILY;',
    ';FREQ=DAILY',
    'FREQ=DAILY;;COUNT=2',
    'FREQ=DAILY FREQ=DAILY',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;INTERVAL=99999',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=1.5',
    'FREQ=DAILY;COUNT=2;UNTIL=20261224',
    'FREQ=DAILY;UNTIL=20260230',
    'FREQ=DAILY;UNTIL=20261224T250000Z',
    'FREQ=DAILY;UNTIL=2026-12-24',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=MO,',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=MONTHLY;BYDAY=0MO',
    'FREQ=MONTHLY;BYDAY=54MO',
    'FREQ=WEEKLY;BYMONTHDAY=3',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=MONTHLY;BYYEARDAY=3',
    'FREQ=MONTHLY;BYWEEKNO=3',
    'FREQ=YEARLY;BYWEEKNO=54',
    'FREQ=YEARLY;BYWEEKNO=3;BYDAY=2MO',
    'FREQ=YEARLY;BYMONTH=13',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31,-31',
    'FREQ=DAILY;BYHOUR=24',
    'FREQ=DAILY;BYMINUTE=60',
    'FREQ=MONTHLY;BYSETPOS=1',
    'FREQ=DAILY;WKST=1MO',
    'FREQ=SECONDLY',
    'FREQ=SECONDLY;INTERVAL=9999',
    'FREQ=DAILY;BYSECOND=0,30',
    `FREQ=MINUTELY;BYSECOND=${Array.from({ length: 60 }, (_, n) => n).join(',')}`,
    'FREQ=DAILY;X-FOO=1',
    'FREQ=DAILY;CONSTRUCTOR=1',
    `FREQ=DAILY;BYHOUR=${Array<number>(300).fill(1).join(',')}`,
  ])('%s is none', (rule) => expect(takes(rule)).toBe(false));

  it('whatever is taken has one frequency, known parts once each, and is taken again as it is kept', () => {
    const name = fc.constantFrom(
      ...'FREQ UNTIL COUNT INTERVAL BYDAY BYMONTHDAY BYMONTH BYSETPOS BYHOUR WKST BYWEEKNO'.split(' '),
      'X',
      '__PROTO__',
    );
    const value = fc.oneof(
      fc.constantFrom('DAILY', 'weekly', 'MONTHLY', 'YEARLY', 'MO', '1MO,-1FR', '20261224', '3,4', '-1', ''),
      fc.integer({ min: -40, max: 400 }).map(String),
      fc.string({ maxLength: 8 }),
    );
    const part = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(name, value).map((pair) => pair.join('=')) },
      { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
    );
    const rule = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join(';')),
      fc.array(part, { maxLength: 3 }).map((parts) => ['FREQ=YEARLY', ...parts].join(';')),
    );
    let taken = 0;
    fc.assert(
      fc.property(rule, (text) => {
        const parsed = recurrenceRule.safeParse(text);
        if (!parsed.success) return;
        taken += 1;
        const names = parsed.data.split(';').map((one) => one.split('=')[0]);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toContain('FREQ');
        expect(parsed.data).toMatch(/^[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*$/);
        expect(recurrenceRule.parse(parsed.data)).toBe(parsed.data);
      }),
      { numRuns: 20_000, seed: 20261122 },
    );
    expect(taken).toBeGreaterThan(300);
  });
});

it.each([
  ['FREQ=MINUTELY', 1],
  ['FREQ=MINUTELY;INTERVAL=20', 20],
  ['FREQ=MINUTELY;BYMINUTE=0', 60],
  ['FREQ=HOURLY;INTERVAL=6', 360],
  ['FREQ=HOURLY;BYMINUTE=0,30', 30],
  ['FREQ=DAILY;BYHOUR=9;BYMINUTE=30', 1_440],
  ['FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0', 720],
  ['FREQ=YEARLY;BYMONTH=3;BYHOUR=9;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11', 5],
])('%s comes every %d minutes at most', (rule, minutes) => expect(leastMinutesBetween(rule)).toBe(minutes));

describe('a repetition in words', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    ['FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=7', 'every Monday and Thursday at 07:00'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'every 2 weeks on Tuesday'],
    ['FREQ=MONTHLY;BYDAY=1MO', 'every month on the first Monday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'every month on day 1 and day 15'],
    ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3', 'every year on 3 March'],
    ['FREQ=HOURLY;INTERVAL=6', 'every 6 hours'],
    ['FREQ=DAILY;BYHOUR=9;BYMINUTE=30', 'every day at 09:30'],
    ['FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0', 'every day at 09:00 and 18:00'],
    ['FREQ=DAILY;INTERVAL=3;BYHOUR=8,13,18;BYMINUTE=0', 'every 3 days at 08:00, 13:00 and 18:00'],
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0,30', 'every Monday at 09:00 and 09:30'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR', 'every 2 weeks on weekdays'],
    ['FREQ=DAILY;BYDAY=MO,WE', 'every Monday and Wednesday'],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', 'every month on the first Monday and the third Monday'],
    ['FREQ=MONTHLY;BYDAY=-2FR', 'every month on the second to last Friday'],
    ['FREQ=YEARLY;BYDAY=20MO', 'every year on the 20th Monday'],
    ['FREQ=YEARLY;BYMONTH=5;BYDAY=1MO', 'every year on the first Monday in May'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'every month on the last weekday'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3;BYHOUR=16', 'every month on the third weekday at 16:00'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2', 'every month on the second Monday or Tuesday'],
    ['FREQ=MONTHLY;BYMONTHDAY=-2', 'every month on the second to last day'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'every month on Friday the 13th'],
    ['FREQ=MINUTELY;INTERVAL=20', 'every 20 minutes'],
    ['FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR', 'every hour on weekdays'],
    ['FREQ=HOURLY;BYMINUTE=30', 'every hour at 30 minutes past'],
    ['FREQ=DAILY;COUNT=3', 'every day, 3 times'],
    [
      'FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0;UNTIL=20270228',
      'every day at 09:00 and 18:00 until 28 February 2027',
    ],
    ['FREQ=DAILY;UNTIL=20261224T170000Z', 'every day until 24 December 2026 at 17:00 UTC'],
    ['FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7', 'on a schedule of its own'],
    ['FREQ=MONTHLY;BYDAY=MO;BYHOUR=9,18;BYSETPOS=1', 'on a schedule of its own'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=1', 'on a schedule of its own'],
    ['FREQ=MONTHLY;BYDAY=MO,FR;BYMONTHDAY=13', 'on a schedule of its own'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'on a schedule of its own'],
  ])('%s: %s', (rule, words) => expect(sayRecurrence(rule)).toBe(words));
});
