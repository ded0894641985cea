import { describe, expect, test } from 'vitest';
import type { NluInput } from '../../workers/nlu/pipeline.ts';
import { QUESTION_ID, question, understand } from './understand.ts';

const asked = (changes: Parameters<typeof question>[0] = {}): Partial<NluInput> => ({
  questions: [question(changes)],
});

describe('a title was asked for', () => {
  const answers: [text: string, slots: unknown][] = [
    ['for my physics exam next week', { title: 'study for my physics exam', due_date: '2026-12-04' }],
    ['physics', { title: 'study physics' }],
    ['read chapter 4', { title: 'read chapter 4' }],
    ['study chemistry', { title: 'study chemistry' }],
    ['physics tomorrow at 5pm', { title: 'study physics', due_date: '2026-11-24T17:00:00-05:00' }],
    ["it's for the chemistry test", { title: 'study for the chemistry test' }],
    ['for math, high priority', { title: 'study for math', priority: 'high' }],
    ['i need to renew my passport', { title: 'renew my passport' }],
    ['about black holes', { title: 'study about black holes' }],
  ];
  test.each(answers)('%s', async (text, slots) => {
    const { continuation, acts } = await understand(text, asked());
    expect(continuation).toEqual({ kind: 'answer', clarification_id: QUESTION_ID, slots });
    expect(acts[0]).toMatchObject({
      intent: 'task_management',
      action: 'create_task',
      source: 'continuation',
    });
    for (const entity of acts[0]?.entities ?? [])
      expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  });

  test.each([
    ['call', 'mom', 'call mom'],
    ['call', 'to mom', 'call mom'],
    ['write', 'to Bob', 'write to Bob'],
    ['write', 'a letter to Nina', 'write a letter to Nina'],
    ['buy', 'a new kettle', 'buy a new kettle'],
  ])('%s + %s', async (title, text, whole) => {
    const { continuation } = await understand(text, asked({ slots: { title } }));
    expect(continuation).toMatchObject({ kind: 'answer', slots: { title: whole } });
  });

  test.each([
    ['create a task to buy milk', 'create_task'],
    ['show my tasks', 'list_tasks'],
    ['delete all tasks', 'delete_task'],
    ['undo', 'undo'],
    ['help', 'help'],
    ['thanks', 'thanks'],
    ['hello', 'greeting'],
  ])('%s is a request of its own', async (text, action) => {
    const { continuation, acts } = await understand(text, asked());
    expect(continuation).toEqual({ kind: 'none' });
    expect(acts[0]?.action).toBe(action);
  });

  test.each(['never mind', 'cancel', 'stop', 'forget it'])('%s drops it', async (text) => {
    const { continuation } = await understand(text, asked());
    expect(continuation).toEqual({ kind: 'drop', clarification_id: QUESTION_ID });
  });

  test.each(['skip', 'you choose', "doesn't matter", 'whatever'])(
    '%s leaves it to the default',
    async (text) => {
      expect((await understand(text, asked())).continuation).toEqual({
        kind: 'skip',
        clarification_id: QUESTION_ID,
      });
    },
  );

  test.each(['study', 'no idea', 'idk', 'hmm', '😀', '...'])('%s is no answer', async (text) => {
    expect((await understand(text, asked())).continuation).toEqual({
      kind: 'reask',
      clarification_id: QUESTION_ID,
    });
  });

  test.each(['no', 'neither', 'none', 'nothing', 'no thanks'])(
    '%s drops it: there is no default',
    async (text) => {
      expect((await understand(text, asked())).continuation).toMatchObject({ kind: 'drop' });
    },
  );

  test('yes has the question put again as it was', async () => {
    expect((await understand('yes', asked())).continuation).toMatchObject({ kind: 'return' });
  });

  test.each(['what is the weather like?', 'can you help me please', 'is the report done?'])(
    '%s asks us and answers nothing',
    async (text) => {
      expect((await understand(text, asked())).continuation).toEqual({ kind: 'none' });
    },
  );

  test('a date instead of a title is kept and the question stays', async () => {
    const { continuation } = await understand('tomorrow', asked());
    expect(continuation).toEqual({ kind: 'correction', slots: { due_date: '2026-11-24' } });
  });

  test('a parked question takes no bare answer, only one that names it', async () => {
    const questions = [question({ active_until: '2026-11-23T09:59:00-05:00' })];
    expect((await understand('physics', { questions })).continuation.kind).toBe('none');
    const answering = { clarification_id: QUESTION_ID };
    expect((await understand('physics', { questions, answering })).continuation).toMatchObject({
      kind: 'answer',
      slots: { title: 'study physics' },
    });
  });
});

describe('typed slots', () => {
  test.each([
    ['due_date', 'friday', { due_date: '2026-11-27' }],
    ['due_date', 'actually friday', { due_date: '2026-11-27' }],
    ['due_date', 'maybe tomorrow at 5', { due_date: '2026-11-24T17:00:00-05:00' }],
    ['priority', 'high', { priority: 'high' }],
    ['priority', 'make it urgent please', { priority: 'urgent' }],
    ['duration_minutes', '30', { duration_minutes: 30 }],
    ['duration_minutes', 'about an hour and a half', { duration_minutes: 90 }],
  ] as const)('%s: %s', async (slot, text, slots) => {
    const { continuation } = await understand(text, asked({ slot, slots: { title: 'swim' } }));
    expect(continuation).toEqual({ kind: 'answer', clarification_id: QUESTION_ID, slots });
  });

  test.each([
    ['due_date', 'banana'],
    ['priority', 'purple'],
    ['duration_minutes', 'green'],
  ] as const)('%s: %s does not fit', async (slot, text) => {
    expect((await understand(text, asked({ slot }))).continuation.kind).toBe('reask');
  });

  test.each(['buy milk', 'create a task to buy eggs tomorrow', 'show tasks due friday'])(
    'asked for a date, "%s" is a request',
    async (text) => {
      expect((await understand(text, asked({ slot: 'due_date' }))).continuation.kind).toBe('none');
    },
  );
});

describe('choices', () => {
  const ids = [
    '01890000-0000-7000-8000-00000000000a',
    '01890000-0000-7000-8000-00000000000b',
    '01890000-0000-7000-8000-00000000000c',
  ];
  const labels = ['Buy milk', 'Buy oat milk', 'Call mom'];
  const which = asked({
    slot: 'target',
    kind: 'choice',
    action: 'complete_task',
    slots: {},
    choices: labels.map((label, index) => ({ choice_id: `c${index + 1}`, label })),
    choice_slots: Object.fromEntries(
      ids.map((id, index) => [`c${index + 1}`, { target: { kind: 'task', id } }]),
    ),
  });
  test.each([
    ['buy milk', 'c1'],
    ['the first one', 'c1'],
    ['2', 'c2'],
    ['number 2', 'c2'],
    ['oat', 'c2'],
    ['the oat one', 'c2'],
    ['the last one', 'c3'],
    ['#3', 'c3'],
    ['mom', 'c3'],
  ])('%s', async (text, choice) => {
    const { continuation } = await understand(text, which);
    expect(continuation).toMatchObject({ kind: 'answer', choice_id: choice });
  });

  test('a date chooses the label that means the same day', async () => {
    const days = asked({
      slot: 'due_date',
      kind: 'choice',
      choices: [
        { choice_id: 'a', label: 'Friday 27 November' },
        { choice_id: 'b', label: 'Friday 4 December' },
      ],
      choice_slots: { a: { due_date: '2026-11-27' }, b: { due_date: '2026-12-04' } },
    });
    expect((await understand('december 4', days)).continuation).toMatchObject({
      choice_id: 'b',
      slots: { due_date: '2026-12-04' },
    });
    expect((await understand('friday', days)).continuation).toMatchObject({ choice_id: 'a' });
  });

  test('a button brings its own slots, an unknown one asks again', async () => {
    const questions = [
      question({
        slot: 'due_date',
        choices: [{ choice_id: 'a', label: 'Friday' }],
        choice_slots: { a: { due_date: '2026-11-27' } },
      }),
    ];
    const press = (choice_id: string) =>
      understand('', { questions, answering: { clarification_id: QUESTION_ID, choice_id } });
    expect((await press('a')).continuation).toEqual({
      kind: 'answer',
      clarification_id: QUESTION_ID,
      choice_id: 'a',
      slots: { due_date: '2026-11-27' },
    });
    expect((await press('z')).continuation.kind).toBe('reask');
  });
});

describe('confirmation', () => {
  const sure = asked({
    slot: 'target',
    kind: 'confirm',
    action: 'delete_task',
    slots: { target: { kind: 'task', reference: 'all' } },
    choices: [
      { choice_id: 'yes', label: 'Delete 3 tasks' },
      { choice_id: 'no', label: 'Keep them' },
    ],
  });
  test.each([
    ['yes', 'yes'],
    ['sure, go ahead', 'yes'],
    ['delete them', 'yes'],
    ['ok', 'yes'],
    ['no', 'no'],
    ['no thanks', 'no'],
    ['keep them', 'no'],
  ])('%s', async (text, choice) => {
    const { continuation, acts } = await understand(text, sure);
    expect(continuation).toMatchObject({ kind: 'answer', choice_id: choice });
    expect(acts[0]).toMatchObject({ action: 'delete_task', source: 'continuation' });
  });
  test('neither yes nor no asks again', async () => {
    expect((await understand('maybe', sure)).continuation.kind).toBe('reask');
  });
  test('no to a question without buttons drops it', async () => {
    const bare = asked({ slot: 'target', kind: 'confirm', action: 'delete_task' });
    expect((await understand('no', bare)).continuation.kind).toBe('drop');
    expect((await understand('yes', bare)).continuation).toMatchObject({ kind: 'answer', choice_id: 'yes' });
  });
});
