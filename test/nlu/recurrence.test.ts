import { describe, expect, test } from 'vitest';
import { readAs } from './understand.ts';

type Case = [text: string, rule: string];

/** Read on Monday 23 November 2026, ten in the morning in New York. */
function reads(cases: readonly Case[]): void {
  test.each(cases)('%s', async (text, rule) => {
    const entity = await readAs('recurrence', text);
    expect(entity?.value).toBe(rule);
    expect(text.slice(entity?.start, entity?.end)).toBe(entity?.text);
  });
}

describe('how often', () => {
  reads([
    ['each and every day', 'FREQ=DAILY'],
    ['ev 2 wks', 'FREQ=WEEKLY;INTERVAL=2'],
    ['e/o friday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'],
    ['every twenty four hours', 'FREQ=HOURLY;INTERVAL=24'],
    ['every seventy-two hours', 'FREQ=HOURLY;INTERVAL=72'],
    ['every two and a half hours', 'FREQ=MINUTELY;INTERVAL=150'],
    ['every half hour', 'FREQ=MINUTELY;INTERVAL=30'],
    ['every 2-3 days', 'FREQ=DAILY;INTERVAL=2'],
    ['every 6mo', 'FREQ=MONTHLY;INTERVAL=6'],
    ['every decade', 'FREQ=YEARLY;INTERVAL=10'],
    ['every leap year', 'FREQ=YEARLY;INTERVAL=4'],
    ['on a bi-weekly basis', 'FREQ=WEEKLY;INTERVAL=2'],
    ['on a daily basis', 'FREQ=DAILY'],
    ['q6h', 'FREQ=HOURLY;INTERVAL=6'],
    ['everday at 5', 'FREQ=DAILY;BYHOUR=17;BYMINUTE=0'],
    ['every 2 dyas', 'FREQ=DAILY;INTERVAL=2'],
    ['everymonday at 9', 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0'],
    ['once in 3 months', 'FREQ=MONTHLY;INTERVAL=3'],
    ['5 days a week', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['2x/week', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['twice an hour', 'FREQ=MINUTELY;INTERVAL=30'],
    ['twice a month on fridays', 'FREQ=MONTHLY;BYDAY=1FR,3FR'],
    ['three times a day at 8, 12 and 6', 'FREQ=DAILY;BYHOUR=8,12,18;BYMINUTE=0'],
  ]);
});

describe('days of the week', () => {
  reads([
    ['mon, wed, fri @ 7:30', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=7;BYMINUTE=30'],
    ['mo we fr', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['m-w-f', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['monday till friday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every monday till friday', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261127'],
    ['m-f', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['tth', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['sunday through thursday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,SU'],
    ['from tuesday to friday each week', 'FREQ=WEEKLY;BYDAY=TU,WE,TH,FR'],
    ['every weekday (monday to friday)', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every 3 fridays', 'FREQ=WEEKLY;INTERVAL=3;BYDAY=FR'],
    ['every second tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
    ['every third weekend', 'FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,SU'],
    ['weekly on mondey', 'FREQ=WEEKLY;BYDAY=MO'],
    ['every morning except weekends', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every day, skip sundays', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA'],
    ['every other day except sunday', 'FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA'],
    ['on the first day of every week', 'FREQ=WEEKLY;BYDAY=MO'],
  ]);

  test('"every third friday" may count weeks as well as within the month', async () => {
    const entity = await readAs('recurrence', 'every third friday');
    expect(entity?.readings).toEqual([
      { value: 'FREQ=MONTHLY;BYDAY=3FR', reason: 'that one of each month' },
      { value: 'FREQ=WEEKLY;INTERVAL=3;BYDAY=FR', reason: 'every 3 weeks' },
    ]);
  });

  test('days that nobody named are said to be chosen', async () => {
    expect((await readAs('recurrence', 'twice a week'))?.readings[0]?.reason).toMatch(/chosen/);
  });
});

describe('days of the month', () => {
  reads([
    ['every 2, 15, 27', 'FREQ=MONTHLY;BYMONTHDAY=2,15,27'],
    ['day 15 of every month', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['every month from the 1st to the 5th', 'FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5'],
    ['last 3 days of the month', 'FREQ=MONTHLY;BYMONTHDAY=-3,-2,-1'],
    ['third to last day of the month', 'FREQ=MONTHLY;BYMONTHDAY=-3'],
    ['every month on the 4th last', 'FREQ=MONTHLY;BYMONTHDAY=-4'],
    ['every fifth day of the month', 'FREQ=MONTHLY;BYMONTHDAY=5'],
    ['every fifth day', 'FREQ=DAILY;INTERVAL=5'],
    ['eom', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['15th of every 3rd month', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15'],
    ['last friday of every other month', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR'],
    ['penultimate friday of the month', 'FREQ=MONTHLY;BYDAY=-2FR'],
    ['first and last friday of the month', 'FREQ=MONTHLY;BYDAY=1FR,-1FR'],
    ['the first two mondays of every month', 'FREQ=MONTHLY;BYDAY=1MO,2MO'],
    ['last weekend day of the month', 'FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1'],
    ['first day of each quarter', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1'],
  ]);
});

describe('days of the year', () => {
  reads([
    ['every 12/25', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25'],
    ['annually on the 3rd of march at 9am', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3;BYHOUR=9;BYMINUTE=0'],
    ['every april and december on the 1st and 24th', 'FREQ=YEARLY;BYMONTH=4,12;BYMONTHDAY=1,24'],
    ['first monday of january, april, july and october', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO'],
    ['last weekday of june', 'FREQ=YEARLY;BYMONTH=6;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
    ['last day of the year', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31'],
    ['every 100th day of the year', 'FREQ=YEARLY;BYYEARDAY=100'],
    ['every year on the 13th friday', 'FREQ=YEARLY;BYDAY=13FR'],
    ['every weekday in july and august', 'FREQ=WEEKLY;BYMONTH=7,8;BYDAY=MO,TU,WE,TH,FR'],
    ["every st. patrick's day", 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=17'],
    ['every veterans day', 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=11'],
    ['every black friday', 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR'],
    ['every leap day', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'],
  ]);

  test('the day comes first where that is the custom', async () => {
    const vienna = { timezone: 'Europe/Vienna' };
    expect((await readAs('recurrence', 'every 3/4', vienna))?.value).toBe(
      'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3',
    );
  });

  test("dates that one rule can't hold together: the first, and it is said", async () => {
    const entity = await readAs('recurrence', 'every jan 5 and mar 7');
    expect(entity?.value).toBe('FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5');
    expect(entity?.readings[0]?.reason).toMatch(/only the first/);
  });
});

describe('what is no repetition', () => {
  test.each([
    'every easter',
    'every good friday',
    'every summer',
    'every now and then',
    'every once in a while',
    'every so often',
    'every detail',
    'call everyone',
    'each of them',
    'never',
    'at 9am',
    'until friday',
    'for 3 weeks',
    'every 31st of june',
    'every feb 30',
    'banana',
    '😀',
    '',
  ])('%j', async (text) => {
    expect(await readAs('recurrence', text)).toBeUndefined();
  });
});
