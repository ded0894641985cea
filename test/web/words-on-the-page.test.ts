import { describe, expect, test } from 'vitest';
import type { Task } from '../../contracts/entities.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { TurnResult } from '../../contracts/result.ts';
import { shownFault, shownReply } from '../../web/chat/shown-reply.ts';
import { formatValue } from '../../web/client/format-value.ts';
import { undoneReceipts, undoUntil } from '../../web/client/receipts.ts';
import { emptyTurn, type Turn } from '../../web/client/turn-view.ts';
import { actionLabels, understoodOf } from '../../web/client/understood.ts';
import { groupTasks } from '../../web/today/task-groups.ts';
import { idOf, resultOf } from './session-log.ts';

/** Sunday. */
const NOW = new Date(2026, 10, 22, 14, 20);
const AT = '2026-11-22T14:20:59.000Z';

function taskOf(n: number, change: Partial<Task> = {}): Task {
  return {
    id: idOf(4, n),
    title: `task ${n}`,
    status: 'open',
    due_date: null,
    priority: 'medium',
    duration_minutes: null,
    list: null,
    tags: [],
    recurrence: null,
    location: null,
    notes: null,
    version: 1,
    created_at: AT,
    completed_at: null,
    ...change,
  };
}
const endedTurn = (n: number, change: Partial<TurnResult> = {}): Turn => ({
  ...emptyTurn(idOf(1, n), 'words', AT),
  phase: 'done',
  cards: change.cards ?? [],
  result: resultOf(idOf(1, n), change),
});

test.each([
  ['due_date', '2026-11-22', 'today'],
  ['due_date', '2026-11-23T17:00:00+01:00', 'tomorrow, 17:00'],
  ['due_date', '2026-11-27', 'Fri 27 Nov'],
  ['due_date', '2027-01-04', 'Mon 4 Jan 2027'],
  ['duration_minutes', 90, '1 h 30 min'],
  ['recurrence', 'FREQ=WEEKLY;BYDAY=MO,TH', 'every Monday and Thursday'],
  ['recurrence', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
  ['recurrence', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'every 2 weeks on Tuesday'],
  ['recurrence', 'FREQ=HOURLY', 'every hour'],
  ['recurrence', 'FREQ=MONTHLY;BYDAY=1MO', 'every month on the first Monday'],
  ['recurrence', 'FREQ=SECONDLY', 'on a schedule of its own'],
  ['date_range', { start: '2026-11-23', end: '2026-11-30' }, 'tomorrow – Sun 29 Nov'],
  ['date_range', { start: '2026-11-27', end: '2026-11-28' }, 'Fri 27 Nov'],
  ['date_range', { start: '2026-11-22T09:00:00Z', end: '2026-11-22T12:00:00Z' }, 'today, 09:00 – 12:00'],
  ['target', { kind: 'task', query: 'report' }, 'report'],
  ['target', { kind: 'task', reference: 'ordinal', ordinal: 2 }, 'no. 2'],
  ['tags', ['home', 'soon'], 'home, soon'],
  ['all_day', false, null],
  ['title', null, null],
])('%s %j reads as %j', (slot, value, words) => {
  expect(formatValue(slot, value, NOW)).toBe(words);
});

describe('what was understood', () => {
  const act: Act = {
    intent: 'task_management',
    action: 'create_task',
    confidence: 0.9,
    source: 'rule',
    span: { start: 0, end: 17 },
    entities: [
      {
        slot: 'due_date',
        value: '2026-11-27',
        text: 'next week',
        start: 8,
        end: 17,
        readings: [
          { value: '2026-11-27', reason: 'its last working day' },
          { value: '2026-11-23T09:00:00+01:00', reason: 'its first' },
        ],
      },
    ],
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };

  test('names the words and offers the second reading as a sentence', () => {
    const [due] = understoodOf({ ...emptyTurn(idOf(1, 0), 'study by next week', AT), acts: [act] }, NOW);
    expect(due).toMatchObject({
      label: 'due',
      value: 'Fri 27 Nov',
      words: { text: 'next week', start: 8, end: 17 },
      alternatives: [{ value: 'tomorrow, 09:00', say: 'no, Monday 23 November at 09:00' }],
    });
  });

  test('shows a value once that was said in two places', () => {
    const [due] = act.entities;
    const people = ['Ann', 'Bob'].map((text, index) => ({
      slot: 'participants' as const,
      value: ['Ann', 'Bob'],
      text,
      start: index * 8,
      end: index * 8 + 3,
      readings: [],
    }));
    const both = { ...act, entities: [...people, ...(due ? [due] : [])] };
    const shown = understoodOf({ ...emptyTurn(idOf(1, 0), 'Ann and Bob', AT), acts: [both] }, NOW);
    expect(shown.map(({ slot }) => slot)).toEqual(['participants', 'due_date']);
  });

  test('is the values alone where only the result is at hand', () => {
    const turn = endedTurn(0, { entities: { title: 'study', due_date: null } });
    expect(understoodOf(turn, NOW)).toMatchObject([{ label: 'title', value: 'study', words: null }]);
    expect(actionLabels(turn)).toEqual(['New task']);
  });
});

test.each([
  [{}, 'Look at drafts'],
  [{ recipient: ['Ann'] }, 'Search drafts'],
])('a look for drafts with %j is called by what it does', (entities, label) => {
  expect(actionLabels(endedTurn(0, { action: 'search_email', entities }))).toEqual([label]);
});

test('a letter that was stopped is told as far as it was read, with what it cost', () => {
  const reply = 'Subject: For Ann\n\nDear Ann,\n\nYou stopped it.';
  const usage = { tokens_used: 500, cost_usd: 0.01, lines: [] };
  const turn = endedTurn(0, { status: 'cancelled', action: 'draft_email', reply, usage });
  expect(shownReply({ ...turn, phase: 'cancelled' })).toBe(reply);
});

describe('receipts', () => {
  const receipt = (n: number, undo: string | null = `until ${AT}`) => ({
    receipt_id: idOf(5, n),
    effects: [{ kind: 'task', op: 'create' as const, id: idOf(4, n), title: 'x', reason: 'y', undo }],
  });

  test('that were taken back, and an undo that was itself undone', () => {
    const made = endedTurn(0, { receipt: receipt(0) });
    const undo = endedTurn(1, { receipt: receipt(1), undone_receipt_id: idOf(5, 0) });
    const redo = endedTurn(2, { receipt: receipt(2), undone_receipt_id: idOf(5, 1) });
    expect([...undoneReceipts([made, undo])]).toEqual([idOf(5, 0)]);
    expect([...undoneReceipts([made, undo, redo])]).toEqual([idOf(5, 1)]);
  });

  test('hold until their first effect can no longer be taken back', () => {
    expect(undoUntil(receipt(0))).toBe(Date.parse(AT));
    expect(undoUntil(receipt(0, null))).toBeNull();
  });
});

test('a reply does not repeat the list that its card shows', () => {
  const tasks = [taskOf(1, { title: 'buy milk' }), taskOf(2, { title: 'call Bob' })];
  const reply =
    'You have 2 open tasks:\n1. buy milk (due today)\n2. call Bob\n3. something else\n… and 4 more.';
  const turn = endedTurn(0, { reply, cards: [{ kind: 'tasks', data: { tasks, total: 2, title: 'Open' } }] });
  expect(shownReply(turn)).toBe('You have 2 open tasks:\n3. something else');
  expect(shownReply(endedTurn(0, { reply }))).toBe(reply);
});

describe('an undo', () => {
  const task = taskOf(1, { title: 'buy milk' });
  const undo = (change: Partial<TurnResult>): Turn => ({ ...endedTurn(0, change), text: 'Undo' });

  test('of a tick says that the task is open again', () => {
    const cards: TurnResult['cards'] = [{ kind: 'task', data: { task, change: 'reopened' } }];
    const reply = 'Undone: Changed buy milk.';
    expect(shownReply(undo({ reply, cards, undone_receipt_id: idOf(5, 0) }))).toBe(
      '“buy milk” is open again.',
    );
    expect(shownReply(undo({ reply, undone_receipt_id: idOf(5, 0) }))).toBe(reply);
  });

  test('of what was changed since says what can be done, refused or failed', () => {
    const reply = 'That item has changed in the meantime. Look at it again and repeat the change.';
    const refused = { status: 'refused', reply, error_code: 'version_conflict' } as const;
    expect(shownReply(undo(refused))).toMatch(/^It was changed .* Undo the later change first/);
    expect(shownReply(endedTurn(0, refused))).toBe(reply);
    const failed = { ...undo({ ...refused, status: 'failed' }), phase: 'failed' as const };
    expect(shownFault(failed)).toMatch(/^It was changed .* Undo the later change first/);
  });
});

test('tasks are grouped by day, the nearest and most urgent first', () => {
  const groups = groupTasks(
    [
      taskOf(1, { due_date: '2026-11-29' }),
      taskOf(2, { due_date: '2026-11-21' }),
      taskOf(3, { due_date: '2026-11-22', priority: 'low' }),
      taskOf(4, { due_date: '2026-11-22T18:00:00Z', priority: 'urgent' }),
      taskOf(5),
      taskOf(6, { status: 'done', due_date: '2026-11-22' }),
    ],
    NOW,
  );
  expect(groups.map(({ key, tasks }) => [key, tasks.map(({ title }) => title)])).toEqual([
    ['overdue', ['task 2']],
    ['today', ['task 4', 'task 3']],
    ['upcoming', ['task 1']],
    ['undated', ['task 5']],
    ['done', ['task 6']],
  ]);
});
