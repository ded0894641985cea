import { describe, expect, test } from 'vitest';
import { findRecurrence } from '../../workers/nlu/time/recurrence.ts';
import { parseText, readAs } from './understand.ts';

type Case = [text: string, rule: string];

/** Read on Monday 23 November 2026, ten in the morning in New York. */
function reads(cases: readonly Case[]): void {
  test.each(cases)('%s', async (text, rule) => {
    expect((await readAs('recurrence', text))?.value).toBe(rule);
  });
}

describe('times of day', () => {
  reads([
    ['every night at 12', 'FREQ=DAILY;BYHOUR=0;BYMINUTE=0'],
    ['every night at 2', 'FREQ=DAILY;BYHOUR=2;BYMINUTE=0'],
    ['at 7:30 every morning', 'FREQ=DAILY;BYHOUR=7;BYMINUTE=30'],
    ['6pm on tuesdays', 'FREQ=WEEKLY;BYDAY=TU;BYHOUR=18;BYMINUTE=0'],
    ['every day at seven thirty', 'FREQ=DAILY;BYHOUR=7;BYMINUTE=30'],
    ['every weekday at 7 30 am', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=30'],
    ['every day at 9 and 5', 'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0'],
    ['every day at 9 and 11pm', 'FREQ=DAILY;BYHOUR=21,23;BYMINUTE=0'],
    ['twice a day at 9 and 9', 'FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0'],
    ['every day at 6, 12 and 18', 'FREQ=DAILY;BYHOUR=6,12,18;BYMINUTE=0'],
    ['seven in the morning every day', 'FREQ=DAILY;BYHOUR=7;BYMINUTE=0'],
    ['weekdays 9-5', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0'],
    ['every day at 8 and 8:30', 'FREQ=DAILY;BYHOUR=8;BYMINUTE=0,30'],
    ['every midnight', 'FREQ=DAILY;BYHOUR=0;BYMINUTE=0'],
    ['every hour on the half hour', 'FREQ=HOURLY;BYMINUTE=30'],
    ['hourly at 15 past', 'FREQ=HOURLY;BYMINUTE=15'],
    ['every two hours between 9 and 5', 'FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13,15,17'],
    ['every 10 minutes between 9am and 10am', 'FREQ=MINUTELY;INTERVAL=10;BYHOUR=9'],
    ['every day take the pills at 8am', 'FREQ=DAILY;BYHOUR=8;BYMINUTE=0'],
    ['biweekly sprint planning on mondays at 10am', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=10;BYMINUTE=0'],
    ['monthly newsletter on the first tuesday', 'FREQ=MONTHLY;BYDAY=1TU'],
  ]);

  test("times that one rule can't hold together: the first, and it is said", async () => {
    const entity = await readAs('recurrence', 'daily at 9:15 and 17:30');
    expect(entity?.value).toBe('FREQ=DAILY;BYHOUR=9;BYMINUTE=15');
    expect(entity?.readings[0]?.reason).toMatch(/only the first/);
  });

  test('of two repetitions the first', async () => {
    const entity = await readAs('recurrence', 'mondays at 6:30pm and wednesdays at 7pm');
    expect(entity?.value).toBe('FREQ=WEEKLY;BYDAY=MO;BYHOUR=18;BYMINUTE=30');
  });
});

describe('ends', () => {
  reads([
    ['every day until may', 'FREQ=DAILY;UNTIL=20270430'],
    ['every day through june', 'FREQ=DAILY;UNTIL=20270630'],
    ['every day until the weekend', 'FREQ=DAILY;UNTIL=20261127'],
    ['every day until 2028', 'FREQ=DAILY;UNTIL=20271231'],
    ['every monday from now until christmas', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261225'],
    ['every day starting aug 29 ending nov 29', 'FREQ=DAILY;UNTIL=20271129'],
    ['every day between june 1 and june 30', 'FREQ=DAILY;UNTIL=20270630'],
    ['every monday from june through august', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270831'],
    ['every monday until year end', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231'],
    ['every day for next 5 days', 'FREQ=DAILY;COUNT=5'],
    ['every day this year only', 'FREQ=DAILY;UNTIL=20261231'],
    ['every 30 minutes until 5pm', 'FREQ=MINUTELY;INTERVAL=30;UNTIL=20261123T170000'],
    ['every day forever', 'FREQ=DAILY'],
    ['every monday x5', 'FREQ=WEEKLY;BYDAY=MO;COUNT=5'],
    ['weekly, stop after 10 times', 'FREQ=WEEKLY;COUNT=10'],
    ['the next 5 mondays', 'FREQ=WEEKLY;BYDAY=MO;COUNT=5'],
    ['every friday, twice', 'FREQ=WEEKLY;BYDAY=FR;COUNT=2'],
    ['twice a day for 5 days', 'FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0;COUNT=10'],
    ['every monday and thursday for 6 weeks', 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12'],
    ['every 15 minutes for 2 hours', 'FREQ=MINUTELY;INTERVAL=15;COUNT=8'],
    ['every weekday for 10 business days', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10'],
    ['every day for 3 months', 'FREQ=DAILY;UNTIL=20270223'],
    ['every day at 9am for two weeks starting monday', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=14'],
  ]);

  test('without a calendar the words of an end count, the rule goes without it', () => {
    const text = 'every day until friday';
    expect(findRecurrence(text, { start: 0, end: text.length })).toMatchObject({
      rule: 'FREQ=DAILY',
      start: 0,
      end: text.length,
    });
  });
});

describe('counted from completion', () => {
  test.each([
    ['every! 3 days', 'FREQ=DAILY;INTERVAL=3'],
    ['3 days after I finish', 'FREQ=DAILY;INTERVAL=3'],
    ['weekly after completing', 'FREQ=WEEKLY'],
    ['every 3 weeks when done', 'FREQ=WEEKLY;INTERVAL=3'],
    ['every 3 days from the last time I did it', 'FREQ=DAILY;INTERVAL=3'],
  ])('%s', async (text, rule) => {
    const { act, values } = await parseText(text, { slot: 'recurrence' });
    expect(values).toEqual({ recurrence: rule });
    expect(act.params).toEqual({ from_completion: true });
  });

  test('the act of a new task says so, too', async () => {
    const { act, values } = await parseText('add change the filter every! 3 months');
    expect(values).toEqual({ title: 'change the filter', recurrence: 'FREQ=MONTHLY;INTERVAL=3' });
    expect(act.params).toEqual({ from_completion: true });
  });
});

describe('the first time of what repeats', () => {
  const weekly = (days: string, hour: number, minute = 0) =>
    `FREQ=WEEKLY;BYDAY=${days};BYHOUR=${hour};BYMINUTE=${minute}`;
  test.each<[string, Record<string, unknown>]>([
    [
      'schedule yoga at 7 every morning',
      { title: 'yoga', start: '2026-11-24T07:00:00-05:00', recurrence: 'FREQ=DAILY;BYHOUR=7;BYMINUTE=0' },
    ],
    [
      'schedule standup 7:30 every morning',
      { title: 'standup', start: '2026-11-24T07:30:00-05:00', recurrence: 'FREQ=DAILY;BYHOUR=7;BYMINUTE=30' },
    ],
    [
      'schedule book club third friday of each month at 5',
      {
        title: 'book club',
        start: '2026-12-18T17:00:00-05:00',
        recurrence: 'FREQ=MONTHLY;BYDAY=3FR;BYHOUR=17;BYMINUTE=0',
      },
    ],
    [
      'schedule planning on the last workday of every month at 9am',
      {
        title: 'planning',
        start: '2026-11-30T09:00:00-05:00',
        recurrence: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=9;BYMINUTE=0',
      },
    ],
    [
      'schedule yoga every tues & thurs from 4 to 5pm',
      {
        title: 'yoga',
        start: '2026-11-24T16:00:00-05:00',
        end: '2026-11-24T17:00:00-05:00',
        recurrence: weekly('TU,TH', 16),
      },
    ],
    [
      'schedule yoga every sunday at 2pm starting next week',
      { title: 'yoga', start: '2026-12-06T14:00:00-05:00', recurrence: weekly('SU', 14) },
    ],
    [
      'schedule yoga mondays at 6pm until june 1',
      { title: 'yoga', start: '2026-11-23T18:00:00-05:00', recurrence: `${weekly('MO', 18)};UNTIL=20270601` },
    ],
    [
      'schedule standup monday to friday at 9:15',
      { title: 'standup', start: '2026-11-24T09:15:00-05:00', recurrence: weekly('MO,TU,WE,TH,FR', 9, 15) },
    ],
    [
      'schedule gym mon, wed and fri 6am',
      { title: 'gym', start: '2026-11-25T06:00:00-05:00', recurrence: weekly('MO,WE,FR', 6) },
    ],
    [
      'schedule yoga friday nights at 8',
      { title: 'yoga', start: '2026-11-27T20:00:00-05:00', recurrence: weekly('FR', 20) },
    ],
    [
      'schedule dinner every friday at 7',
      { title: 'dinner', start: '2026-11-27T19:00:00-05:00', recurrence: weekly('FR', 19) },
    ],
    [
      'schedule sync every monday at 3pm pst',
      { title: 'sync', start: '2026-11-23T18:00:00-05:00', recurrence: weekly('MO', 18) },
    ],
    [
      'schedule sync mondays at 8am tokyo time',
      { title: 'sync', start: '2026-11-29T18:00:00-05:00', recurrence: weekly('SU', 18) },
    ],
    [
      'wake me up every day at 6',
      { remind_at: '2026-11-24T06:00:00-05:00', recurrence: 'FREQ=DAILY;BYHOUR=6;BYMINUTE=0' },
    ],
    [
      'add water the plants every sunday at 2pm starting next week',
      { title: 'water the plants', due_date: '2026-12-06T14:00:00-05:00', recurrence: weekly('SU', 14) },
    ],
    [
      'every monday review the numbers at 9',
      { title: 'review the numbers', due_date: '2026-11-30T09:00:00-05:00', recurrence: weekly('MO', 9) },
    ],
    [
      'every morning go for a run at 6',
      {
        title: 'go for a run',
        due_date: '2026-11-24T06:00:00-05:00',
        recurrence: 'FREQ=DAILY;BYHOUR=6;BYMINUTE=0',
      },
    ],
    [
      'every tuesday remind me to call mom at 5',
      { title: 'call mom', remind_at: '2026-11-24T17:00:00-05:00', recurrence: weekly('TU', 17) },
    ],
    [
      'every last friday of the month team lunch at 4 pm',
      {
        title: 'team lunch',
        start: '2026-11-27T16:00:00-05:00',
        recurrence: 'FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=16;BYMINUTE=0',
      },
    ],
    [
      'schedule a run every morning at 6 until march',
      {
        title: 'run',
        start: '2026-11-24T06:00:00-05:00',
        recurrence: 'FREQ=DAILY;BYHOUR=6;BYMINUTE=0;UNTIL=20270228',
      },
    ],
    [
      'schedule trip monday to friday',
      { title: 'trip', date_range: { start: '2026-11-30', end: '2026-12-05' } },
    ],
  ])('%s', async (text, expected) => {
    expect((await parseText(text)).values).toEqual(expected);
  });
});

describe('in running text', () => {
  const daily = { recurrence: 'FREQ=DAILY' };
  test.each<[string, Record<string, unknown>]>([
    [
      'add water plants every tuesday and friday at 7 until june',
      { title: 'water plants', recurrence: 'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=7;BYMINUTE=0;UNTIL=20270531' },
    ],
    [
      'add a task: at 7:30 every morning water plants',
      { title: 'water plants', recurrence: 'FREQ=DAILY;BYHOUR=7;BYMINUTE=30' },
    ],
    [
      'add take pills daily at 8am and 8pm for 10 days',
      { title: 'take pills', recurrence: 'FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;COUNT=20' },
    ],
    [
      'add call mom every sunday but not in july',
      {
        title: 'call mom',
        recurrence: 'FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,8,9,10,11,12;BYDAY=SU',
      },
    ],
    ['add meditate every day for 20 minutes', { title: 'meditate', duration_minutes: 20, ...daily }],
    ['add do yoga twice a week', { title: 'do yoga', recurrence: 'FREQ=WEEKLY;BYDAY=MO,TH' }],
    [
      'add water the plants every 3 days starting friday',
      { title: 'water the plants', recurrence: 'FREQ=DAILY;INTERVAL=3', due_date: '2026-11-27' },
    ],
    [
      'add water the plants starting friday every 3 days',
      { title: 'water the plants', recurrence: 'FREQ=DAILY;INTERVAL=3', due_date: '2026-11-27' },
    ],
  ])('%s', async (text, expected) => {
    expect((await parseText(text)).values).toEqual(expected);
  });

  test.each([
    'write the weekly report',
    'prepare the quarterly review',
    'read the daily news',
    'buy everyday shoes',
    'check every detail',
    'check every item in the box',
    'thank everyone',
    'send each team their report',
    'wash every window on the second floor',
    'take 2 tablets a day',
    "write every friday's report",
    'watch all days of thunder',
    'clean every third step',
    'submit every second draft',
    'buy 3 monthly passes',
  ])('%s: a title as a whole', async (title) => {
    expect((await parseText(`add a task to ${title}`)).values).toEqual({ title });
  });
});
