import { describe, test } from 'vitest';
import { type Row, expectRow } from './understand.ts';

const ROWS: Row[] = [
  [
    'rename buy milk to buy oat milk',
    'update_task',
    { target: { kind: 'task', query: 'buy milk' }, title: 'buy oat milk' },
  ],
  [
    'rename "go to gym" to "swim"',
    'update_task',
    { target: { kind: 'task', query: 'go to gym' }, title: 'swim' },
  ],
  [
    'change the title of laundry to wash the towels',
    'update_task',
    { target: { kind: 'task', query: 'laundry' }, title: 'wash the towels' },
  ],
  [
    'move the dentist task to friday',
    'update_task',
    { target: { kind: 'task', query: 'dentist' }, due_date: '2026-11-27' },
  ],
  [
    'move "pay rent" to the 1st at noon',
    'update_task',
    { target: { kind: 'task', query: 'pay rent' }, due_date: '2026-12-01T12:00:00-05:00' },
  ],
  [
    'push it to monday',
    'update_task',
    { target: { kind: 'task', reference: 'last' }, due_date: '2026-11-30' },
  ],
  [
    'postpone the report until next wednesday',
    'update_task',
    { target: { kind: 'task', query: 'report' }, due_date: '2026-12-02' },
  ],
  [
    'reschedule laundry to tomorrow at 6pm',
    'update_task',
    { target: { kind: 'task', query: 'laundry' }, due_date: '2026-11-26T18:00:00-05:00' },
  ],
  [
    'change the due date of the essay to december 12',
    'update_task',
    { target: { kind: 'task', query: 'essay' }, due_date: '2026-12-12' },
  ],
  [
    'change the due date to friday',
    'update_task',
    { target: { kind: 'task', reference: 'last' }, due_date: '2026-11-27' },
  ],
  [
    "set the essay's priority to high",
    'update_task',
    { target: { kind: 'task', query: 'essay' }, priority: 'high' },
  ],
  [
    'set homework to low priority',
    'update_task',
    { target: { kind: 'task', query: 'homework' }, priority: 'low' },
  ],
  [
    'mark the invoice task as urgent',
    'update_task',
    { target: { kind: 'task', query: 'invoice' }, priority: 'urgent' },
  ],
  ['make it high priority', 'update_task', { target: { kind: 'task', reference: 'last' }, priority: 'high' }],
  ['add tag home to laundry', 'update_task', { tags: ['home'], target: { kind: 'task', query: 'laundry' } }],
  ['tag laundry as chores', 'update_task', { target: { kind: 'task', query: 'laundry' }, tags: ['chores'] }],
  [
    'add #garden to the fence task',
    'update_task',
    { tags: ['garden'], target: { kind: 'task', query: 'fence' } },
  ],
  [
    'move the bike task to the weekend list',
    'update_task',
    { target: { kind: 'task', query: 'bike' }, list: 'weekend' },
  ],
  [
    'the essay is due thursday',
    'update_task',
    { target: { kind: 'task', query: 'essay' }, due_date: '2026-11-26' },
  ],
  ['done with laundry', 'complete_task', { target: { kind: 'task', query: 'laundry' } }],
  [
    'I finished the physics homework',
    'complete_task',
    { target: { kind: 'task', query: 'physics homework' } },
  ],
  [
    "i'm done with the second one",
    'complete_task',
    { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } },
  ],
  ['mark buy milk as done', 'complete_task', { target: { kind: 'task', query: 'buy milk' } }],
  ['mark "call mom" as complete', 'complete_task', { target: { kind: 'task', query: 'call mom' } }],
  ['laundry is done', 'complete_task', { target: { kind: 'task', query: 'laundry' } }],
  ['check off water the plants', 'complete_task', { target: { kind: 'task', query: 'water the plants' } }],
  ['complete the second', 'complete_task', { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } }],
  ['complete task renew passport', 'complete_task', { target: { kind: 'task', query: 'renew passport' } }],
  ['complete it', 'complete_task', { target: { kind: 'task', reference: 'last' } }],
  ['finish the passport task', 'complete_task', { target: { kind: 'task', query: 'passport' } }],
  ['delete buy milk', 'delete_task', { target: { kind: 'task', query: 'buy milk' } }],
  ['delete the dentist task', 'delete_task', { target: { kind: 'task', query: 'dentist' } }],
  ['remove the last one', 'delete_task', { target: { kind: 'task', reference: 'last', ordinal: -1 } }],
  [
    'delete all tasks tagged home',
    'delete_task',
    { target: { kind: 'task', reference: 'all' }, tags: ['home'] },
  ],
  ['delete all my tasks', 'delete_task', { target: { kind: 'task', reference: 'all' } }],
  ['delete task 2', 'delete_task', { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } }],
  [
    'remove milk from my groceries list',
    'delete_task',
    { target: { kind: 'task', query: 'milk' }, list: 'groceries' },
  ],
  ['cancel the passport task', 'delete_task', { target: { kind: 'task', query: 'passport' } }],
];

describe('changing, finishing and deleting, on a Wednesday afternoon in New York', () => {
  test.each(ROWS)('%s', (...row) =>
    expectRow(row, {
      timezone: 'America/New_York',
      now: '2026-11-25T14:00:00-05:00',
    }),
  );
});
