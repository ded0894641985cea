import { describe, test } from 'vitest';
import { type Row, expectRow } from './understand.ts';

const ALL = { target: { kind: 'task', reference: 'all' } } as const;
const TODAY = { start: '2026-11-23', end: '2026-11-24' };

describe('an order about all that something holds of', () => {
  test.each<Row>([
    ["delete everything that's due today", 'delete_task', { ...ALL, date_range: TODAY }],
    ['delete everything thats due today', 'delete_task', { ...ALL, date_range: TODAY }],
    ['please delete all that is due today', 'delete_task', { ...ALL, date_range: TODAY }],
    ['complete everything which is due today', 'complete_task', { ...ALL, date_range: TODAY }],
    ['delete everything i have due today', 'delete_task', { ...ALL, date_range: TODAY }],
    ["delete what's due today", 'delete_task', { ...ALL, date_range: TODAY }],
    ["mark everything that's due today as done", 'complete_task', { ...ALL, date_range: TODAY }],
    ["delete everything that's overdue", 'delete_task', { ...ALL, date_range: { end: '2026-11-23' } }],
    ["remove everything that's tagged food", 'delete_task', { ...ALL, tags: ['food'] }],
    ["delete everything that's on the groceries list", 'delete_task', { ...ALL, list: 'groceries' }],
  ])('%s', (...row) => expectRow(row));

  test.each<Row>([
    ["show me what's due today", 'list_tasks', { date_range: TODAY }],
    ["add a task to ask what's due", 'create_task', { title: "ask what's due" }],
    [
      'set its due date to friday',
      'update_task',
      { target: { kind: 'task', reference: 'last' }, due_date: '2026-11-27' },
    ],
  ])('is not made of other words: %s', (...row) => expectRow(row));
});

describe('what is due', () => {
  const last = { kind: 'task', reference: 'last' } as const;
  test.each<Row>([
    ['its due friday already', 'update_task', { target: last, due_date: '2026-11-27' }],
    ["it's due friday", 'update_task', { target: last, due_date: '2026-11-27' }],
    ['that is already due on friday', 'update_task', { target: last, due_date: '2026-11-27' }],
    ["it's urgent", 'update_task', { target: last, priority: 'urgent' }],
    ["what's due friday", 'list_tasks', { date_range: { start: '2026-11-27', end: '2026-11-28' } }],
  ])('%s', (...row) => expectRow(row));
});

describe('a meal that moves to an hour', () => {
  test.each<Row>([
    [
      'move the lunch to 1',
      'update_event',
      { target: { kind: 'event', query: 'lunch' }, start: '2026-11-23T13:00:00-05:00' },
    ],
    [
      'push the dinner to 8',
      'update_event',
      { target: { kind: 'event', query: 'dinner' }, start: '2026-11-23T20:00:00-05:00' },
    ],
  ])('%s', (...row) => expectRow(row));
});
