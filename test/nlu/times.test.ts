import { describe, expect, test } from 'vitest';
import { parseText, readAs } from './understand.ts';

/** Read on Monday 23 November 2026, ten in the morning in New York. */
const PHRASES: [text: string, value: unknown, grain: string][] = [
  ['today', '2026-11-23', 'day'],
  ['tomorrow', '2026-11-24', 'day'],
  ['the day after tomorrow', '2026-11-25', 'day'],
  ['yesterday', '2026-11-22', 'day'],
  ['friday', '2026-11-27', 'day'],
  ['this friday', '2026-11-27', 'day'],
  ['next friday', '2026-12-04', 'day'],
  ['last thursday', '2026-11-19', 'day'],
  ['friday after next', '2026-12-04', 'day'],
  ['tuesday next week', '2026-12-01', 'day'],
  ['next week on tuesday', '2026-12-01', 'day'],
  ['the 6th', '2026-12-06', 'day'],
  ['the 31st', '2026-12-31', 'day'],
  ['first monday of june', '2027-06-07', 'day'],
  ['the last friday of november', '2026-11-27', 'day'],
  ['second tuesday in march 2027', '2027-03-09', 'day'],
  ['last day of february', '2027-02-28', 'day'],
  ['in two weeks', '2026-12-07', 'day'],
  ['in a fortnight', '2026-12-07', 'day'],
  ['3 days ago', '2026-11-20', 'day'],
  ['two weeks from friday', '2026-12-11', 'day'],
  ['two days before christmas', '2026-12-23', 'day'],
  ['in 3 business days', '2026-11-26', 'day'],
  ['december 24', '2026-12-24', 'day'],
  ['24 dec', '2026-12-24', 'day'],
  ['the 2nd of july 2027', '2027-07-02', 'day'],
  ['2026-12-24', '2026-12-24', 'day'],
  ['24.12.2026', '2026-12-24', 'day'],
  ['christmas eve', '2026-12-24', 'day'],
  ['easter 2027', '2027-03-28', 'day'],
  ['end of the month', '2026-11-30', 'day'],
  ['end of next week', '2026-12-04', 'day'],
  ['start of next month', '2026-12-01', 'day'],
  ['since monday', { start: '2026-11-23' }, 'day'],
  ['this week', { start: '2026-11-23', end: '2026-11-30' }, 'week'],
  ['next week', { start: '2026-11-30', end: '2026-12-07' }, 'week'],
  ['the week after next', { start: '2026-12-07', end: '2026-12-14' }, 'week'],
  ['the week of december 9', { start: '2026-12-07', end: '2026-12-14' }, 'week'],
  ['this weekend', { start: '2026-11-28', end: '2026-11-30' }, 'weekend'],
  ['next month', { start: '2026-12-01', end: '2027-01-01' }, 'month'],
  ['in march', { start: '2027-03-01', end: '2027-04-01' }, 'month'],
  ['q1 2027', { start: '2027-01-01', end: '2027-04-01' }, 'quarter'],
  ['next year', { start: '2027-01-01', end: '2028-01-01' }, 'year'],
  ['the next 3 days', { start: '2026-11-24', end: '2026-11-27' }, 'day'],
  ['monday to wednesday', { start: '2026-11-30', end: '2026-12-03' }, 'day'],
  ['december 3-5', { start: '2026-12-03', end: '2026-12-06' }, 'day'],
  ['nov 30 - dec 4', { start: '2026-11-30', end: '2026-12-05' }, 'day'],
  ['tomorrow at 5pm', '2026-11-24T17:00:00-05:00', 'hour'],
  ['5pm tomorrow', '2026-11-24T17:00:00-05:00', 'hour'],
  ['friday at 5', '2026-11-27T17:00:00-05:00', 'hour'],
  ['half past eight in the evening', '2026-11-23T20:30:00-05:00', 'minute'],
  ['half past eight tomorrow morning', '2026-11-24T08:30:00-05:00', 'minute'],
  ['quarter to nine tomorrow', '2026-11-24T08:45:00-05:00', 'minute'],
  ['noon', '2026-11-23T12:00:00-05:00', 'hour'],
  ['at 17:30', '2026-11-23T17:30:00-05:00', 'minute'],
  ['at 9am', '2026-11-24T09:00:00-05:00', 'hour'],
  ['in 2 hours', '2026-11-23T12:00:00-05:00', 'minute'],
  ['in an hour and a half', '2026-11-23T11:30:00-05:00', 'minute'],
  ['20 minutes ago', '2026-11-23T09:40:00-05:00', 'minute'],
  ['2026-12-24T15:00:00Z', '2026-12-24T10:00:00-05:00', 'hour'],
  ['dec 24 at 3pm PST', '2026-12-24T18:00:00-05:00', 'hour'],
  ['tonight', { start: '2026-11-23T18:00:00-05:00', end: '2026-11-24T00:00:00-05:00' }, 'part_of_day'],
  [
    'tomorrow morning',
    { start: '2026-11-24T06:00:00-05:00', end: '2026-11-24T12:00:00-05:00' },
    'part_of_day',
  ],
  [
    'from 2 to 5pm tomorrow',
    { start: '2026-11-24T14:00:00-05:00', end: '2026-11-24T17:00:00-05:00' },
    'hour',
  ],
  [
    'between 2 and 5pm tomorrow',
    { start: '2026-11-24T14:00:00-05:00', end: '2026-11-24T17:00:00-05:00' },
    'hour',
  ],
  ['9 to 5', { start: '2026-11-23T09:00:00-05:00', end: '2026-11-23T17:00:00-05:00' }, 'hour'],
];

describe('any time expression', () => {
  test.each(PHRASES)('%s', async (text, value, grain) => {
    const entity = await readAs('when', text);
    expect(entity?.value).toEqual(value);
    expect(entity?.grain).toBe(grain);
    expect(entity?.slot).toBe('when');
    expect(text.slice(entity?.start, entity?.end)).toBe(entity?.text);
  });

  test.each(['february 30', '31.11.2026', 'banana', '', '😀', '99:99', '2026-13-45'])(
    '%j is no time',
    async (text) => {
      expect(await readAs('when', text)).toBeUndefined();
    },
  );

  test('the same words mean other moments in other zones, whatever the zone of the process', async () => {
    const now = '2026-11-23T23:30:00Z';
    expect((await readAs('when', 'tomorrow', { now, timezone: 'UTC' }))?.value).toBe('2026-11-24');
    expect((await readAs('when', 'tomorrow', { now, timezone: 'Asia/Tokyo' }))?.value).toBe('2026-11-25');
    expect((await readAs('when', 'tomorrow at 9am', { now, timezone: 'America/Los_Angeles' }))?.value).toBe(
      '2026-11-24T09:00:00-08:00',
    );
  });

  test('a time that the clocks skip moves on, one that happens twice is the first', async () => {
    const spring = { now: '2026-03-28T10:00:00+01:00', timezone: 'Europe/Vienna' };
    expect((await readAs('when', 'tomorrow at 2:30am', spring))?.value).toBe('2026-03-29T03:30:00+02:00');
    const autumn = { now: '2026-10-24T10:00:00+02:00', timezone: 'Europe/Vienna' };
    expect((await readAs('when', 'tomorrow at 2:30am', autumn))?.value).toBe('2026-10-25T02:30:00+02:00');
    expect((await readAs('when', 'in 24 hours', autumn))?.value).toBe('2026-10-25T09:00:00+01:00');
    expect((await readAs('when', 'in 1 day', autumn))?.value).toBe('2026-10-25');
  });
});

describe('two sensible readings', () => {
  const cases: [text: string, first: unknown, second: unknown][] = [
    ['next friday', '2026-12-04', '2026-11-27'],
    ['monday', '2026-11-30', '2026-11-23'],
    ['friday at 5', '2026-11-27T17:00:00-05:00', '2026-11-27T05:00:00-05:00'],
    ['03/04', '2027-03-04', '2027-04-03'],
    ['the 23rd', '2026-11-23', '2026-12-23'],
  ];
  test.each(cases)('%s', async (text, first, second) => {
    const entity = await readAs('when', text);
    expect(entity?.readings.slice(0, 2).map(({ value }) => value)).toEqual([first, second]);
    expect(entity?.readings.every(({ reason }) => reason.length > 0)).toBe(true);
  });

  test('day before month where that is the custom', async () => {
    expect((await readAs('when', '03/04', { timezone: 'Europe/Vienna' }))?.value).toBe('2027-04-03');
  });
});

describe('deadlines', () => {
  const cases: [text: string, value: string][] = [
    ['next week', '2026-12-04'],
    ['next month', '2026-12-31'],
    ['this weekend', '2026-11-29'],
    ['by friday', '2026-11-27'],
    ['before friday', '2026-11-26'],
    ['before 5pm', '2026-11-23T17:00:00-05:00'],
    ['tonight', '2026-11-23'],
    ['eod', '2026-11-23'],
    ['end of the week', '2026-11-27'],
    ['tomorrow 2-5pm', '2026-11-24T17:00:00-05:00'],
    ['by the end of march', '2027-03-31'],
  ];
  test.each(cases)('%s', async (text, value) => {
    expect((await readAs('due_date', text))?.value).toBe(value);
  });

  test('on a weekend "this week" ends on the Sunday that is still ahead', async () => {
    const saturday = { now: '2026-11-28T10:00:00-05:00' };
    expect((await readAs('due_date', 'this week', saturday))?.value).toBe('2026-11-29');
  });
});

describe('words that look like times stay in the title', () => {
  const titles = [
    'read chapter 4',
    'buy 2 eggs',
    'fix version 2.10',
    'book the 5pm train',
    'prepare the friday meeting',
    "print tomorrow's agenda",
    'buy 1/2 pound of butter',
    'review notes from yesterday',
    'call 555-1234',
    'read 1984',
    'march in the parade',
    'buy christmas lights',
    'clean the second floor',
    'replace the 60w bulb',
    'sort out the may budget',
    'buy sun cream',
  ];
  test.each(titles)('%s', async (title) => {
    const { values } = await parseText(`add a task to ${title}`);
    expect(values).toEqual({ title });
  });
});

describe('repetition', () => {
  const cases: [text: string, rule: string][] = [
    ['every day', 'FREQ=DAILY'],
    ['every monday and thursday', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['every other friday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'],
    ['every weekday at 9am', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0'],
    ['every 3 weeks', 'FREQ=WEEKLY;INTERVAL=3'],
    ['on the first monday of every month', 'FREQ=MONTHLY;BYDAY=1MO'],
    ['monthly on the 15th', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['every year on march 3', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3'],
    ['on sundays', 'FREQ=WEEKLY;BYDAY=SU'],
    ['weekly', 'FREQ=WEEKLY'],
  ];
  test.each(cases)('%s', async (text, rule) => {
    expect((await readAs('recurrence', text))?.value).toBe(rule);
  });
  test('"weekly" before a noun is no repetition', async () => {
    const { values } = await parseText('write the weekly report');
    expect(values).toEqual({ title: 'write the weekly report' });
  });
});
