import { describe, test } from 'vitest';
import { type Row, expectRow } from './understand.ts';

const ROWS: Row[] = [
  ['what do I have to do today', 'list_tasks', { date_range: { start: '2026-11-25', end: '2026-11-26' } }],
  [
    'what do i need to do this week?',
    'list_tasks',
    { date_range: { start: '2026-11-23', end: '2026-11-30' } },
  ],
  ['show my tasks', 'list_tasks', {}],
  ['show me all my tasks', 'list_tasks', {}],
  ['list high priority tasks', 'list_tasks', { priority: 'high' }],
  ["what's on my list", 'list_tasks', {}],
  ["what's on my shopping list", 'list_tasks', { list: 'shopping' }],
  ['show overdue tasks', 'list_tasks', { date_range: { end: '2026-11-25' } }],
  ['my tasks for next week', 'list_tasks', { date_range: { start: '2026-11-30', end: '2026-12-07' } }],
  ['tasks about physics', 'list_tasks', { query: 'physics' }],
  ['show tasks containing "lab report"', 'list_tasks', { query: 'lab report' }],
  ['show tasks tagged errands', 'list_tasks', { tags: ['errands'] }],
  ['show tasks in work', 'list_tasks', { list: 'work' }],
  [
    'show urgent tasks due tomorrow',
    'list_tasks',
    { priority: 'urgent', date_range: { start: '2026-11-26', end: '2026-11-27' } },
  ],
  ['tasks due by friday', 'list_tasks', { date_range: { end: '2026-11-28' } }],
  ["what's due on thursday?", 'list_tasks', { date_range: { start: '2026-11-26', end: '2026-11-27' } }],
  [
    'do i have any tasks for tomorrow',
    'list_tasks',
    { date_range: { start: '2026-11-26', end: '2026-11-27' } },
  ],
  ["today's tasks", 'list_tasks', { date_range: { start: '2026-11-25', end: '2026-11-26' } }],
  ['show me everything tagged home', 'list_tasks', { tags: ['home'] }],
  ['hi there', 'greeting', {}],
  ['good morning!', 'greeting', {}],
  ['thanks so much', 'thanks', {}],
  ['ok thanks', 'thanks', {}],
  ['bye for now', 'goodbye', {}],
  ['help', 'help', {}],
  ['what can you do?', 'help', {}],
  ['cancel', 'cancel', {}],
  ['never mind', 'cancel', {}],
  ['forget it', 'cancel', {}],
  ['yes', 'affirm', {}],
  ['yeah, go ahead', 'affirm', {}],
  ['no', 'deny', {}],
  ['no thanks', 'deny', {}],
  ['undo', 'undo', {}],
  ['undo that', 'undo', { target: { kind: 'receipt', reference: 'last' } }],
  ['undo the last two', 'undo', { target: { kind: 'receipt', reference: 'last', ordinal: 2 } }],
  ['repeat that please', 'repeat', {}],
  ['draft an email to Bob about the invoice', 'draft_email', { recipient: ['Bob'], subject: 'the invoice' }],
  [
    'meeting with Bob at 3',
    'create_event',
    { title: 'meeting with Bob', start: '2026-11-25T15:00:00-05:00', participants: ['Bob'] },
  ],
  [
    'meeting with Sam from 9 to 11 on friday',
    'create_event',
    {
      title: 'meeting with Sam',
      start: '2026-11-27T09:00:00-05:00',
      end: '2026-11-27T11:00:00-05:00',
    },
  ],
  [
    'schedule a call with Nina tomorrow at 10am',
    'create_event',
    { title: 'call with Nina', start: '2026-11-26T10:00:00-05:00', participants: ['Nina'] },
  ],
  [
    'cancel my dentist appointment',
    'cancel_event',
    { target: { kind: 'event', query: 'dentist appointment' } },
  ],
  [
    "what's on my calendar tomorrow",
    'list_events',
    { date_range: { start: '2026-11-26', end: '2026-11-27' } },
  ],
  ['plan my week', 'plan_schedule', { date_range: { start: '2026-11-23', end: '2026-11-30' } }],
  ['find time for a run', 'find_time', { title: 'run' }],
  [
    'remind me to call mom at 5pm',
    'set_reminder',
    { title: 'call mom', remind_at: '2026-11-25T17:00:00-05:00' },
  ],
  ['give me my daily briefing', 'daily_briefing', {}],
  ['how many tokens do I have left?', 'show_usage', {}],
  ['upgrade to premium', 'upgrade', {}],
  ['what is the capital of France?', 'out_of_scope', {}],
  ['tell me a joke', 'out_of_scope', {}],
  ['12345', 'out_of_scope', {}],
];

describe('looking, and all else, on a Wednesday afternoon in New York', () => {
  test.each(ROWS)('%s', (...row) =>
    expectRow(row, {
      timezone: 'America/New_York',
      now: '2026-11-25T14:00:00-05:00',
    }),
  );
});
