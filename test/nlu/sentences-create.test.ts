import { describe, test } from 'vitest';
import { type Row, expectRow } from './understand.ts';

const ROWS: Row[] = [
  ['create a task to study', 'create_task', { title: 'study' }],
  ['create a task to study physics', 'create_task', { title: 'study physics' }],
  [
    'Create a new task to call the plumber tomorrow at 5pm',
    'create_task',
    { title: 'call the plumber', due_date: '2026-11-26T17:00:00-05:00' },
  ],
  [
    'please add a task: water the ficus by friday',
    'create_task',
    { title: 'water the ficus', due_date: '2026-11-27' },
  ],
  [
    'can you create a task called "read friday\'s brief" for next tuesday',
    'create_task',
    { title: "read friday's brief", due_date: '2026-12-01' },
  ],
  [
    'add an urgent task to file the insurance claim',
    'create_task',
    { priority: 'urgent', title: 'file the insurance claim' },
  ],
  [
    'create a high priority task to book the venue by the end of the month',
    'create_task',
    { priority: 'high', title: 'book the venue', due_date: '2026-11-30' },
  ],
  [
    'make me a task for the dentist on december 3rd at 9:30',
    'create_task',
    { title: 'the dentist', due_date: '2026-12-03T09:30:00-05:00' },
  ],
  ['new task pick up the parcel', 'create_task', { title: 'pick up the parcel' }],
  ['task: descale the kettle', 'create_task', { title: 'descale the kettle' }],
  ['todo - mend the fence this weekend', 'create_task', { title: 'mend the fence', due_date: '2026-11-29' }],
  ['add oat milk to my groceries list', 'create_task', { title: 'oat milk', list: 'groceries' }],
  ['put "sign the lease" on my home list', 'create_task', { title: 'sign the lease', list: 'home' }],
  ['add buy stamps to my to-do list', 'create_task', { title: 'buy stamps' }],
  [
    'add a task to clean the oven for 45 minutes on saturday',
    'create_task',
    { title: 'clean the oven', duration_minutes: 45, due_date: '2026-11-28' },
  ],
  [
    'add pay the gas bill by the 15th p1',
    'create_task',
    { title: 'pay the gas bill', due_date: '2026-12-15', priority: 'urgent' },
  ],
  ['remember to feed the cat tonight', 'create_task', { title: 'feed the cat', due_date: '2026-11-25' }],
  [
    "don't forget to send the invoice to Maya tomorrow morning",
    'create_task',
    { title: 'send the invoice to Maya', due_date: '2026-11-26' },
  ],
  [
    'I need to renew my passport by friday',
    'create_task',
    { title: 'renew my passport', due_date: '2026-11-27' },
  ],
  [
    'i have to finish the slides before wednesday',
    'create_task',
    { title: 'finish the slides', due_date: '2026-12-01' },
  ],
  ['I must call grandma', 'create_task', { title: 'call grandma' }],
  [
    'i should probably tidy the garage next weekend',
    'create_task',
    { title: 'tidy the garage', due_date: '2026-12-06' },
  ],
  ['gotta wash the car', 'create_task', { title: 'wash the car' }],
  ['buy milk tomorrow', 'create_task', { title: 'buy milk', due_date: '2026-11-26' }],
  ['buy 2 eggs', 'create_task', { title: 'buy 2 eggs' }],
  ['call mom', 'create_task', { title: 'call mom' }],
  ['call mom at 8', 'create_task', { title: 'call mom', due_date: '2026-11-25T20:00:00-05:00' }],
  ['read chapter 4', 'create_task', { title: 'read chapter 4' }],
  ['read chapter 4 by tuesday', 'create_task', { title: 'read chapter 4', due_date: '2026-12-01' }],
  ['add update the app to version 2.10', 'create_task', { title: 'update the app to version 2.10' }],
  [
    'water the plants every monday',
    'create_task',
    { title: 'water the plants', recurrence: 'FREQ=WEEKLY;BYDAY=MO' },
  ],
  ['take vitamins daily', 'create_task', { title: 'take vitamins', recurrence: 'FREQ=DAILY' }],
  [
    'pay rent on the 1st of every month',
    'create_task',
    { title: 'pay rent', recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1' },
  ],
  [
    'submit the tax return in two weeks',
    'create_task',
    { title: 'submit the tax return', due_date: '2026-12-09' },
  ],
  [
    'return the library books in 3 days',
    'create_task',
    { title: 'return the library books', due_date: '2026-11-28' },
  ],
  [
    'ring the bank in 2 hours',
    'create_task',
    { title: 'ring the bank', due_date: '2026-11-25T16:00:00-05:00' },
  ],
  ['study', 'create_task', { title: 'study' }],
  ['study biology #school #exam', 'create_task', { title: 'study biology', tags: ['school', 'exam'] }],
  ['finish homework', 'create_task', { title: 'finish homework' }],
  ['finish homework tonight', 'create_task', { title: 'finish homework', due_date: '2026-11-25' }],
  ['book the 5pm train', 'create_task', { title: 'book the 5pm train' }],
  ['prepare the friday meeting', 'create_task', { title: 'prepare the friday meeting' }],
  ['add review notes from last week', 'create_task', { title: 'review notes from last week' }],
  [
    'walk the dog at half past six',
    'create_task',
    { title: 'walk the dog', due_date: '2026-11-25T18:30:00-05:00' },
  ],
  ['physics homework due friday', 'create_task', { title: 'physics homework', due_date: '2026-11-27' }],
  ["send Ana the photos, it's urgent", 'create_task', { title: 'send Ana the photos', priority: 'urgent' }],
  ['ship the parcel asap', 'create_task', { title: 'ship the parcel', priority: 'urgent' }],
  [
    'buy christmas presents before christmas',
    'create_task',
    { title: 'buy christmas presents', due_date: '2026-12-24' },
  ],
  ['buy a gift for Leo by 12/20', 'create_task', { title: 'buy a gift for Leo', due_date: '2026-12-20' }],
  [
    'meditate for 20 minutes tomorrow',
    'create_task',
    { title: 'meditate', duration_minutes: 20, due_date: '2026-11-26' },
  ],
  [
    'write the essay (2h) by next friday',
    'create_task',
    { title: 'write the essay', duration_minutes: 120, due_date: '2026-12-04' },
  ],
];

describe('creating, on a Wednesday afternoon in New York', () => {
  test.each(ROWS)('%s', (...row) =>
    expectRow(row, {
      timezone: 'America/New_York',
      now: '2026-11-25T14:00:00-05:00',
    }),
  );
});
