import { describe, test } from 'vitest';
import { type Row, expectRow } from './understand.ts';

const ROWS_2: Row[] = [
  [
    'call Jana tomorrow at 2:30',
    'create_task',
    { title: 'call Jana', due_date: '2026-03-29T14:30:00+02:00' },
  ],
  [
    'submit the form on sunday at 3am',
    'create_task',
    { title: 'submit the form', due_date: '2026-03-29T03:00:00+02:00' },
  ],
  [
    'water the roses in 24 hours',
    'create_task',
    { title: 'water the roses', due_date: '2026-03-29T11:00:00+02:00' },
  ],
  ['pay the fine by 5.4.', 'create_task', { title: 'pay the fine', due_date: '2026-04-05' }],
  ['pay the fine by 05/04', 'create_task', { title: 'pay the fine', due_date: '2026-04-05' }],
  [
    'add book a table for 29.03.2026 at 19:00',
    'create_task',
    { title: 'book a table', due_date: '2026-03-29T19:00:00+02:00' },
  ],
  [
    'sweep the yard by the end of next month',
    'create_task',
    { title: 'sweep the yard', due_date: '2026-04-30' },
  ],
  [
    'feed the fish every weekday at 7',
    'create_task',
    { title: 'feed the fish', recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=0' },
  ],
  ['add a task to iron shirts on the 31st', 'create_task', { title: 'iron shirts', due_date: '2026-03-31' }],
  [
    'change it to 14:15',
    'update_task',
    { target: { kind: 'task', reference: 'last' }, due_date: '2026-03-28T14:15:00+01:00' },
  ],
  ['show tasks for this weekend', 'list_tasks', { date_range: { start: '2026-03-28', end: '2026-03-30' } }],
  [
    'show tasks for the next 3 days',
    'list_tasks',
    { date_range: { start: '2026-03-28', end: '2026-04-01' } },
  ],
];

const ROWS_3: Row[] = [
  [
    'call the vet tomorrow at 1:30am',
    'create_task',
    { title: 'call the vet', due_date: '2026-11-01T01:30:00-04:00' },
  ],
  [
    'call the vet tomorrow at 5pm',
    'create_task',
    { title: 'call the vet', due_date: '2026-11-01T17:00:00-05:00' },
  ],
  [
    'add check the oven in 20 hours',
    'create_task',
    { title: 'check the oven', due_date: '2026-11-01T07:00:00-05:00' },
  ],
  [
    'finish the mural by monday noon',
    'create_task',
    { title: 'finish the mural', due_date: '2026-11-02T12:00:00-05:00' },
  ],
  ['show tasks due tomorrow', 'list_tasks', { date_range: { start: '2026-11-01', end: '2026-11-02' } }],
];

const ROWS_4: Row[] = [
  ['buy stamps today', 'create_task', { title: 'buy stamps', due_date: '2027-01-01' }],
  [
    'buy stamps tomorrow at 8am',
    'create_task',
    { title: 'buy stamps', due_date: '2027-01-02T08:00:00+13:00' },
  ],
  ["send the parcel by new year's eve", 'create_task', { title: 'send the parcel', due_date: '2027-12-31' }],
  ['list tasks due today', 'list_tasks', { date_range: { start: '2027-01-01', end: '2027-01-02' } }],
  [
    'collect shells on the 2nd of january',
    'create_task',
    { title: 'collect shells', due_date: '2027-01-02' },
  ],
];

const ROWS_5: Row[] = [
  ['buy stamps today', 'create_task', { title: 'buy stamps', due_date: '2027-01-01' }],
  [
    'buy stamps tomorrow at 8am',
    'create_task',
    { title: 'buy stamps', due_date: '2027-01-02T08:00:00+05:45' },
  ],
  ["send the parcel by new year's eve", 'create_task', { title: 'send the parcel', due_date: '2027-12-31' }],
  ['list tasks due today', 'list_tasks', { date_range: { start: '2027-01-01', end: '2027-01-02' } }],
  [
    'collect shells on the 2nd of january',
    'create_task',
    { title: 'collect shells', due_date: '2027-01-02' },
  ],
];

describe('the day before clocks go forward in Vienna', () => {
  test.each(ROWS_2)('%s', (...row) =>
    expectRow(row, {
      timezone: 'Europe/Vienna',
      now: '2026-03-28T10:00:00+01:00',
    }),
  );
});

describe('the day before clocks go back in New York', () => {
  test.each(ROWS_3)('%s', (...row) =>
    expectRow(row, {
      timezone: 'America/New_York',
      now: '2026-10-31T12:00:00-04:00',
    }),
  );
});

describe('new year in Auckland while it is still the old one in Greenwich', () => {
  test.each(ROWS_4)('%s', (...row) =>
    expectRow(row, {
      timezone: 'Pacific/Auckland',
      now: '2026-12-31T11:30:00Z',
    }),
  );
});

describe('fifteen minutes into the year in Kathmandu', () => {
  test.each(ROWS_5)('%s', (...row) =>
    expectRow(row, {
      timezone: 'Asia/Kathmandu',
      now: '2026-12-31T18:30:00Z',
    }),
  );
});
