import { expect, test } from 'vitest';
import { parseText, readAs } from './understand.ts';

/** Wordings beside those of the suites, read on Monday 23 November 2026, ten in the morning in New York. */
const WORDINGS: [text: string, value: unknown][] = [
  ['tuesday to thursday next week', { start: '2026-12-01', end: '2026-12-04' }],
  ['monday to friday at 9', { start: '2026-11-30T09:00:00-05:00', end: '2026-12-04T09:00:00-05:00' }],
  ['monday until friday at 9', { start: '2026-11-30T00:00:00-05:00', end: '2026-12-04T09:00:00-05:00' }],
  ['dec 20 to jan 5 2028', { start: '2027-12-20', end: '2028-01-06' }],
  ['3rd-7th june 2027', { start: '2027-06-03', end: '2027-06-08' }],
  ['15.-17.12.', { start: '2026-12-15', end: '2026-12-18' }],
  ['2026-12-15/2026-12-17', { start: '2026-12-15', end: '2026-12-18' }],
  ['q1-q3 2027', { start: '2027-01-01', end: '2027-10-01' }],
  ['9-11', { start: '2026-11-23T09:00:00-05:00', end: '2026-11-23T11:00:00-05:00' }],
  ['12-24', '2026-12-24'],
  ['8.30', '2026-11-23T20:30:00-05:00'],
  ['20 to 4', '2026-11-23T15:40:00-05:00'],
  ['oh seven hundred', '2026-11-24T07:00:00-05:00'],
  ['10pm - 2am', { start: '2026-11-23T22:00:00-05:00', end: '2026-11-24T02:00:00-05:00' }],
  ['after 9 and before 11', { start: '2026-11-23T09:00:00-05:00', end: '2026-11-23T11:00:00-05:00' }],
  ['friday or later', { start: '2026-11-27' }],
  ['on or before friday', { end: '2026-11-28' }],
  ['until may', { end: '2027-05-01' }],
  ['through may', { end: '2027-06-01' }],
  ['since 9', { start: '2026-11-23T09:00:00-05:00' }],
  ['since the 1st', { start: '2026-11-01' }],
  ['2 hours from 3pm', { start: '2026-11-23T15:00:00-05:00', end: '2026-11-23T17:00:00-05:00' }],
  ['for two weeks from the 5th', { start: '2026-12-05', end: '2026-12-19' }],
  ['friday the 13th', '2027-08-13'],
  ['two fridays from now', '2026-12-04'],
  ['the monday after the first friday in december', '2026-12-07'],
  ['two saturdays before christmas', '2026-12-12'],
  ['2 days before the end of next month', '2026-12-29'],
  ['the second to last friday of december', '2026-12-18'],
  ['the first two weeks of january', { start: '2027-01-01', end: '2027-01-15' }],
  ['first half of 2027', { start: '2027-01-01', end: '2027-07-01' }],
  ['the 90s', { start: '1990-01-01', end: '2000-01-01' }],
  ['thanksgiving weekend', { start: '2026-11-28', end: '2026-11-30' }],
  ['the morning after christmas', { start: '2026-12-26T06:00:00-05:00', end: '2026-12-26T12:00:00-05:00' }],
  ['this time last year', '2025-11-23T10:00:00-05:00'],
  ['orthodox easter', '2027-05-02'],
  ['eid al-fitr', '2027-03-09'],
  ['yom kippur', '2027-10-11'],
  ['chinese new year', '2027-02-06'],
  ['holi', '2027-03-22'],
  ['ramadan 2027', { start: '2027-02-08', end: '2027-03-10' }],
  ['Thu Dec 24 08:00:00 PST 2015', '2015-12-24T11:00:00-05:00'],
  ['Thursday, 24-Dec-26 08:00:00 UTC', '2026-12-24T03:00:00-05:00'],
  ['20261224T080000Z', '2026-12-24T03:00:00-05:00'],
  ['9am in tokyo', '2026-11-23T19:00:00-05:00'],
  ['tomorrow at 3pm in paris', '2026-11-24T09:00:00-05:00'],
];

test.each(WORDINGS)('%s', async (text, value) => {
  expect((await readAs('when', text))?.value).toEqual(value);
});

test.each(['31 june', 'june 31', 'feb 29 2027', '24:30', '12:60pm', 'for 2 hours'])(
  '%j is no time',
  async (text) => {
    expect(await readAs('when', text)).toBeUndefined();
  },
);

const NEXT_WEEK = '2026-11-30';

test.each([
  ['add a task to call Bob two fridays from now', 'call Bob', '2026-12-04'],
  ['add a task to call Bob 3 business days before christmas', 'call Bob', '2026-12-22'],
  ['add a task to call Bob the next 10th', 'call Bob', '2026-12-10'],
  ['add a task to call Bob next march 5th', 'call Bob', '2027-03-05'],
  ['add a task to call Bob 2027 march 3', 'call Bob', '2027-03-03'],
  ['add a task to call Bob any time after 4 pm tomorrow', 'call Bob', '2026-11-24T16:00:00-05:00'],
  ['add a task to call Bob at some point on monday', 'call Bob', NEXT_WEEK],
  ['add a task to call Bob exactly a week from today', 'call Bob', NEXT_WEEK],
  ['add a task to call Bob in an hour or so', 'call Bob', '2026-11-23T11:00:00-05:00'],
  ['add a task to call Bob no later than 6 tonight', 'call Bob', '2026-11-23T18:00:00-05:00'],
  ['add a task to call Bob 7/13-7/15', 'call Bob', '2027-07-15'],
  ['add a task to call Bob ten-thirty', 'call Bob', '2026-11-23T10:30:00-05:00'],
  ['add a task to cut 1/2-3/4 inch', 'cut 1/2-3/4 inch', undefined],
  ['add a task to read chapter 4 by tuesday', 'read chapter 4', '2026-11-24'],
  ['add a task to buy breakfast things tomorrow', 'buy breakfast things', '2026-11-24'],
])('all words of time leave the title: %s', async (text, title, due) => {
  const { values } = await parseText(text);
  expect([values.title, values.due_date]).toEqual([title, due]);
});

test.each([
  ['remind me to pay rent 90 minutes before midnight', '2026-11-23T22:30:00-05:00'],
  ['remind me to pay rent 2 hours before 5pm', '2026-11-23T15:00:00-05:00'],
])('%s', async (text, remind_at) => {
  expect((await parseText(text)).values).toEqual({ title: 'pay rent', remind_at });
});

test('a list of what is due on the 10th begins with that day', async () => {
  const { values } = await parseText('show tasks due on the next 10th');
  expect(values.date_range).toEqual({ start: '2026-12-10', end: '2026-12-11' });
});

test.each(['3 a.m.', '31.12.', "12 o'clock noon", 'later tonight'])(
  'the whole of "%s" is the time',
  async (text) => {
    expect((await readAs('when', text))?.text).toBe(text);
  },
);

test.each([
  ['the second one tomorrow', '2026-11-24'],
  ['the first one to tuesday', '2026-11-24'],
  ['and the 2nd one to next week', '2026-12-04'],
  ['move the next one to friday', '2026-11-27'],
])('"one" stands for a thing: %s', async (text, due) => {
  expect((await parseText(text)).values.due_date).toBe(due);
});

test("one o'clock stays an hour", async () => {
  expect((await readAs('when', "the one o'clock"))?.value).toBe('2026-11-23T13:00:00-05:00');
});

test.each([
  ['call grandma on the first sunday of the month at 10', ['2026-12-06T10:00:00-05:00']],
  ['pay the bills on the first monday of the month', ['2026-12-07', '2026-11-02']],
  ['pay the bills on the last friday of the month', ['2026-11-27']],
  ['i have to pay the bills on the second friday of the month', ['2026-12-11', '2026-11-13']],
])('a day of the month that is over comes again: %s', async (text, due) => {
  const { act } = await parseText(text);
  const entity = act.entities.find(({ slot }) => slot === 'due_date');
  expect(entity?.readings.map(({ value }) => value).slice(0, due.length)).toEqual(due);
});

test('what was done looks back', async () => {
  const { values } = await parseText('what did i do on the first monday of the month');
  expect(values.date_range).toEqual({ start: '2026-11-02', end: '2026-11-03' });
});

test.each([
  ['water plants on monday, wednesday and friday', ['2026-11-25', '2026-11-27', '2026-11-30']],
  ['water plants on tuesday and friday', ['2026-11-24', '2026-11-27']],
])('of several days the first to come: %s', async (text, due) => {
  const { act, values } = await parseText(text);
  expect(values).toEqual({ title: 'water plants', due_date: due[0] });
  const entity = act.entities.find(({ slot }) => slot === 'due_date');
  expect(entity?.readings.map(({ value }) => value)).toEqual(due);
});
