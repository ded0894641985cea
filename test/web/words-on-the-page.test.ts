import { describe, expect, test } from 'vitest';
import type { Task } from '../../contracts/entities.ts';
import type { Act, Entity } from '../../contracts/nlu.ts';
import type { TurnResult } from '../../contracts/result.ts';
import { shownFault, shownReply } from '../../web/chat/shown-reply.ts';
import { formatValue } from '../../web/client/format-value.ts';
import { undoneReceipts, undoUntil } from '../../web/client/receipts.ts';
import { emptyTurn, type Turn } from '../../web/client/turn-view.ts';
import { sayInstead, type Surroundings } from '../../web/client/second-readings.ts';
import { notedOf, understoodOf } from '../../web/client/understood.ts';
import { groupTasks } from '../../web/today/task-groups.ts';
import { idOf, questionOf, resultOf } from './session-log.ts';

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
    repeats_from_completion: false,
    parent_id: null,
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

  test('names the words and has the second reading beside them', () => {
    const turn = { ...emptyTurn(idOf(1, 0), 'study by next week', AT), acts: [act] };
    expect(understoodOf(turn, NOW)).toMatchObject([
      {
        label: 'New task',
        pieces: [
          {
            label: 'due',
            value: 'Fri 27 Nov',
            words: { text: 'next week', start: 8, end: 17 },
            alternatives: [{ value: 'tomorrow, 09:00', reason: 'its first' }],
          },
        ],
      },
    ]);
  });

  test('has no end of an occurrence after the end of its repetition', () => {
    const [due] = act.entities;
    const said = (slot: Entity['slot'], value: string): Entity => ({ ...due!, slot, value, readings: [] });
    const repeats = said('recurrence', 'FREQ=DAILY;BYHOUR=9;UNTIL=20270228');
    const endOf = (value: string, ...others: Entity[]): string[] => {
      const entities = [said('end', value), ...others];
      const turn = { ...emptyTurn(idOf(1, 0), 'words', AT), acts: [{ ...act, entities }] };
      return understoodOf(turn, NOW).flatMap(({ pieces }) => pieces.map(({ label }) => label));
    };
    expect(endOf('2027-04-01T00:00:00Z', repeats)).toEqual(['repeats']);
    expect(endOf('2026-11-23T10:00:00Z', repeats)).toEqual(['ends', 'repeats']);
    expect(endOf('2027-04-01T00:00:00Z')).toEqual(['ends']);
  });

  test('to a question that stays open is added to it, and noted where it is put again', () => {
    const target = { kind: 'task', reference: 'last' };
    const bare: Act = {
      ...act,
      action: 'update_task',
      entities: [
        { slot: 'target', value: target, text: '', start: 0, end: 0, readings: [] },
        ...act.entities,
      ],
    };
    const turn = { ...emptyTurn(idOf(1, 0), 'by next week', AT), acts: [bare] };
    // Before the end nobody knows what it is added to.
    expect(understoodOf(turn, NOW)).toMatchObject([{ label: null, pieces: [{ label: 'due' }] }]);
    expect(notedOf(turn, NOW)).toBeNull();
    const asked = resultOf(turn.id, {
      status: 'clarifying',
      entities: { title: 'study', due_date: '2026-11-27', priority: 'high' },
      clarification: questionOf(0),
    });
    const repeated = { ...turn, result: asked };
    expect(understoodOf(repeated, NOW)).toMatchObject([
      { label: 'Added to the question', pieces: [{ label: 'due' }] },
    ]);
    expect(notedOf(repeated, NOW)).toBe('due Fri 27 Nov · priority high');
    const changed = { ...turn, result: resultOf(turn.id, { action: 'update_task' }) };
    expect(understoodOf(changed, NOW)).toMatchObject([
      { label: 'Change task', pieces: [{ label: 'which' }, { label: 'due' }] },
    ]);
    expect(notedOf(changed, NOW)).toBeNull();
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
    expect(shown[0]?.pieces.map(({ slot }) => slot)).toEqual(['participants', 'due_date']);
  });

  test('is the values alone where only the result is at hand', () => {
    const turn = endedTurn(0, { entities: { title: 'study', due_date: null } });
    expect(understoodOf(turn, NOW)).toMatchObject([
      { label: 'New task', pieces: [{ label: 'title', value: 'study', words: null }] },
    ]);
  });
});

describe('a second reading', () => {
  const FIRST = '2026-11-23T09:00:00+01:00';
  const OTHER = '2026-11-23T21:00:00+01:00';
  const reading = { actIndex: 0, piece: { slot: 'due_date', normal: FIRST, words: null }, other: OTHER };
  const act: Act = {
    intent: 'task_management',
    action: 'create_task',
    confidence: 0.9,
    source: 'rule',
    span: { start: 0, end: 5 },
    entities: [],
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };
  const made = (n: number, title: string) => ({
    task: taskOf(n, { title, due_date: FIRST }),
    receipt: {
      receipt_id: idOf(5, n),
      effects: [{ kind: 'task', op: 'create' as const, id: idOf(4, n), title, reason: '', undo: null }],
    },
  });
  /** A message that added two tasks. */
  const [bread, milk] = [made(0, 'buy bread'), made(1, 'buy milk')];
  const both: Turn = {
    ...endedTurn(0, {
      acts: [bread, milk].map(({ receipt }) => ({ ...resultOf(idOf(1, 0)), receipt })),
      cards: [bread, milk].map(({ task }) => ({ kind: 'task', data: { task, change: 'created' } })),
    }),
    acts: [act, act],
  };
  const around: Surroundings = {
    now: NOW,
    isLast: true,
    openQuestions: new Set(),
    undone: new Set(),
    taskNow: (task) => task,
    called: () => 1,
  };
  const last = { ...reading, actIndex: 1 };
  const NAMED = 'change "buy bread" to Monday 23 November at 21:00';
  const BARE = 'no, Monday 23 November at 21:00';

  test.each([
    ['of what was not done last names its task', reading, {}, NAMED],
    ['of what was done last needs no name', last, {}, BARE],
    ['of an older turn names its task', last, { isLast: false }, NAMED.replace('bread', 'milk')],
    [
      'beside an open question names its task',
      last,
      { openQuestions: new Set(['x']) },
      NAMED.replace('bread', 'milk'),
    ],
    [
      'names the task as it is called now',
      reading,
      { taskNow: (t) => ({ ...t, title: 'get rye' }) },
      NAMED.replace('buy bread', 'get rye'),
    ],
    ['is not offered where two are called the same', reading, { called: () => 2 }, null],
    ['of two of a name is offered for the last', last, { called: () => 2 }, BARE],
    [
      'is not offered for what was taken back',
      reading,
      { undone: new Set([bread.receipt.receipt_id]) },
      null,
    ],
    ['is not offered for what is gone', reading, { taskNow: () => null }, null],
    ['is not offered for what is done', reading, { taskNow: (t) => ({ ...t, status: 'done' }) }, null],
    [
      'is not offered once another date is set',
      reading,
      { taskNow: (t) => ({ ...t, due_date: OTHER }) },
      null,
    ],
    [
      'is not offered for a name in quotes',
      reading,
      { taskNow: (t) => ({ ...t, title: 'read "Dune"' }) },
      null,
    ],
    ['is not offered ten minutes later', last, { now: new Date(Date.parse(AT) + 600_000) }, null],
  ] satisfies [string, typeof reading, Partial<Surroundings>, string | null][])(
    '%s',
    (_, of, change, words) => {
      expect(sayInstead(both, of, { ...around, ...change })).toBe(words);
    },
  );

  test('of a day keeps the hour that the task has by now', () => {
    const days = { ...reading, piece: { ...reading.piece, normal: FIRST.slice(0, 10) }, other: '2026-11-30' };
    expect(sayInstead(both, days, around)).toBe('change "buy bread" to Monday 30 November at 09:00');
    const taskNow: Surroundings['taskNow'] = (task) => ({ ...task, due_date: FIRST.slice(0, 10) });
    expect(sayInstead(both, days, { ...around, taskNow })).toBe('change "buy bread" to Monday 30 November');
  });

  test('of a repetition is said as one', () => {
    const [normal, other] = ['FREQ=MONTHLY;BYDAY=2TU', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'];
    const repeats = { ...reading, piece: { slot: 'recurrence', normal, words: null }, other };
    const taskNow: Surroundings['taskNow'] = (task) => ({ ...task, recurrence: normal });
    expect(sayInstead(both, repeats, { ...around, taskNow })).toBe(
      'repeat "buy bread" every 2 weeks on Tuesday',
    );
  });

  test('of a list asks for it once more', () => {
    const words = { text: '3/4', start: 14, end: 17 };
    const days = { slot: 'date_range', normal: null, words };
    const other = { start: '2027-04-03', end: '2027-04-05' };
    const turn: Turn = {
      ...endedTurn(0, { action: 'list_tasks' }),
      text: 'show tasks on 3/4 please',
      acts: [{ ...act, action: 'list_tasks' }],
    };
    const again = sayInstead(turn, { actIndex: 0, piece: days, other }, { ...around, isLast: false });
    expect(again).toBe('show tasks on Saturday 3 April 2027 to Sunday 4 April 2027 please');
  });

  test('of what is still asked about is for the question, as long as that is the last word', () => {
    const question = questionOf(0);
    const turn: Turn = { ...endedTurn(0, { status: 'clarifying', clarification: question }), acts: [act] };
    const open = { ...around, openQuestions: new Set([question.clarification_id]) };
    const spoken = sayInstead({ ...turn, result: { ...turn.result!, acts: [turn.result!] } }, reading, open);
    expect(spoken).toBe(BARE);
    expect(sayInstead(turn, reading, { ...open, isLast: false })).toBeNull();
    expect(sayInstead(turn, reading, around)).toBeNull();
  });
});

test.each([
  [{}, 'Look at drafts'],
  [{ recipient: ['Ann'] }, 'Search drafts'],
])('a look for drafts with %j is called by what it does', (entities, label) => {
  expect(understoodOf(endedTurn(0, { action: 'search_email', entities }), NOW)).toMatchObject([{ label }]);
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
