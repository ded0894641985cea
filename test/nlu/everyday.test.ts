import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import { parseText, type Row } from './understand.ts';

const ROWS: [...Row, params?: ActParams][] = [
  ['find the physics task', 'list_tasks', { query: 'physics' }],
  ['tell me about the laundry task', 'list_tasks', { query: 'laundry' }],
  ['when is the laundry due?', 'list_tasks', { query: 'laundry' }, { status: 'all' }],
  ['what is the deadline for laundry?', 'list_tasks', { query: 'laundry' }, { status: 'all' }],
  ['is the milk task done?', 'list_tasks', { query: 'milk' }, { status: 'all' }],
  ['call the laundry task "wash clothes"', 'update_task', ofLaundry({ title: 'wash clothes' })],
  ['set laundry to repeat every week', 'update_task', ofLaundry({ recurrence: 'FREQ=WEEKLY' })],
  ['repeat laundry every day', 'update_task', ofLaundry({ recurrence: 'FREQ=DAILY' })],
  ['due date for laundry: friday', 'update_task', ofLaundry({ due_date: '2026-11-27' })],
  ['every day take vitamins', 'create_task', { title: 'take vitamins', recurrence: 'FREQ=DAILY' }],
  ['i need 2 do my homework by friday', 'create_task', { title: 'do my homework', due_date: '2026-11-27' }],
  ['gonna clean the house tomorrow', 'create_task', { title: 'clean the house', due_date: '2026-11-24' }],
  ["don't let me forget the keys", 'create_task', { title: 'the keys' }],
  ['actually, buy milk tomorrow', 'create_task', { title: 'buy milk', due_date: '2026-11-24' }],
  ['thx a lot', 'thanks', {}],
  ['how do I add a task?', 'help', {}],
  ['how can I delete a task', 'help', {}],
  ['undo that undo', 'undo', { target: { kind: 'receipt', query: 'undo' } }],
  ['could you please note that i have to renew the passport', 'create_task', { title: 'renew the passport' }],
  ["don't forget that we need to call mum", 'create_task', { title: 'call mum' }],
  ["the second one's done", 'complete_task', { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } }],
  ['number two is done', 'complete_task', { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } }],
  ["the milk's done", 'complete_task', { target: { kind: 'task', query: 'milk' } }],
  ['i called mum', 'complete_task', { target: { kind: 'task', query: 'mum' } }],
  ['stop the vacuuming', 'delete_task', { target: { kind: 'task', query: 'vacuuming' } }],
  [
    'call mum every tuesday evening',
    'create_task',
    { title: 'call mum', recurrence: 'FREQ=WEEKLY;BYDAY=TU' },
    { unread: ['evening'] },
  ],
  [
    "it'll take 2 hours",
    'update_task',
    { target: { kind: 'task', reference: 'last' }, duration_minutes: 120 },
  ],
  [
    "add a task to write the report, it'll take 2 hours",
    'create_task',
    { title: 'write the report', duration_minutes: 120 },
  ],
  [
    'i need to write the report, itll probably take me about 30 min',
    'create_task',
    { title: 'write the report', duration_minutes: 30 },
  ],
  [
    'add a task to write the report, 2 hours of work',
    'create_task',
    { title: 'write the report', duration_minutes: 120 },
  ],
  ["oh no we don't, undo", 'undo', {}],
  ['hmm, on second thoughts undo that', 'undo', { target: { kind: 'receipt', reference: 'last' } }],
  ['redo', 'undo', { target: { kind: 'receipt', query: 'undo' } }],
];

function ofLaundry(changes: Row[2]): Row[2] {
  return { target: { kind: 'task', query: 'laundry' }, ...changes };
}

describe('what people say', () => {
  test.each(ROWS)('%s', async (text, action, slots, params) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
    expect(act.params).toEqual(params);
  });
});
