import { describe, expect, test } from 'vitest';
import { parseText, question, understand } from './understand.ts';

describe('which tasks a question is about', () => {
  test.each([
    ['show done tasks', 'done'],
    ['list completed tasks', 'done'],
    ['what have I finished today?', 'done'],
    ['what did I get done yesterday?', 'done'],
    ['what have I done this week?', 'done'],
    ['show me what I completed this week', 'done'],
    ['how many tasks did I finish this week?', 'done'],
    ['show tasks that are done', 'done'],
    ['show open and done tasks', 'all'],
    ['list all tasks including completed ones', 'all'],
    ['did I finish the report?', 'all'],
    ['when is the laundry due?', 'all'],
    ['show tasks that are not done', 'open'],
    ['show my unfinished tasks', 'open'],
    ['what needs to be done this week?', 'open'],
    ['what do I have to get done today?', 'open'],
    ['show my tasks', undefined],
    ['show all tasks', undefined],
    ['what is due tomorrow?', undefined],
    ['show tasks about what is done', undefined],
  ])('%s', async (text, status) => {
    const { act } = await parseText(text);
    expect(act.action).toBe('list_tasks');
    expect(act.params?.status).toBe(status);
  });

  test.each([
    ['delete all completed tasks', 'delete_task', 'done'],
    ['clear all done tasks', 'delete_task', 'done'],
    ['delete all tasks', 'delete_task', undefined],
    ['complete all tasks', 'complete_task', undefined],
    ['mark all tasks as done', 'complete_task', undefined],
  ])('%s', async (text, action, status) => {
    const { act } = await parseText(text);
    expect(act.action).toBe(action);
    expect(act.params?.status).toBe(status);
  });

  test('the status is no slot', async () => {
    expect((await parseText('show done tasks')).values).toEqual({});
  });

  test.each(['show tasks with no due date', 'list tasks without a deadline', 'show undated tasks'])(
    '%s',
    async (text) => {
      const { act, values } = await parseText(text);
      expect(act).toMatchObject({ action: 'list_tasks', params: { undated: true } });
      expect(values).toEqual({});
    },
  );
});

describe('how far a date moves', () => {
  test.each([
    ['push it by two days', { unit: 'day', count: 2 }],
    ['move the rent task back a week', { unit: 'week', count: 1 }],
    ['postpone the report by 3 days', { unit: 'day', count: 3 }],
    ['delay it by a month', { unit: 'month', count: 1 }],
    ['snooze it for an hour', { unit: 'hour', count: 1 }],
    ['bring the report forward by a day', { unit: 'day', count: -1 }],
    ['move it two days earlier', { unit: 'day', count: -2 }],
    ['make it a week later', { unit: 'week', count: 1 }],
    ['actually make it two days later', { unit: 'day', count: 2 }],
  ])('%s', async (text, shift) => {
    const { act } = await parseText(text);
    expect(act).toMatchObject({ action: 'update_task', params: { shift } });
    const due = act.entities.find(({ slot }) => slot === 'due_date');
    expect(due?.text).toBeTruthy();
    const lastReceipt = { action: 'create_task' as const, slots: {}, at: '2026-11-23T09:58:00-05:00' };
    expect((await understand(text, { lastReceipt })).acts[0]?.params).toEqual({ shift });
  });

  test.each(['move it to friday', 'push it to next week', 'make it 2 hours', 'bring the salad on friday'])(
    '%s names no distance',
    async (text) => {
      expect((await parseText(text)).act.params?.shift).toBeUndefined();
    },
  );
});

describe('what is emptied, taken off or opened again', () => {
  test.each([
    ['remove the due date from laundry', { clear: ['due_date'] }, { kind: 'task', query: 'laundry' }],
    ["clear laundry's deadline", { clear: ['due_date'] }, { kind: 'task', query: 'laundry' }],
    ['take the deadline off the laundry task', { clear: ['due_date'] }, { kind: 'task', query: 'laundry' }],
    ['no due date', { clear: ['due_date'] }, { kind: 'task', reference: 'last' }],
    ['clear the due date', { clear: ['due_date'] }, { kind: 'task', reference: 'last' }],
    ['no deadline for laundry', { clear: ['due_date'] }, { kind: 'task', query: 'laundry' }],
    ['laundry has no due date', { clear: ['due_date'] }, { kind: 'task', query: 'laundry' }],
    ['remove the priority of laundry', { clear: ['priority'] }, { kind: 'task', query: 'laundry' }],
    ['remove the tags from laundry', { clear: ['tags'] }, { kind: 'task', query: 'laundry' }],
    ['remove the tag home from laundry', { untag: ['home'] }, { kind: 'task', query: 'laundry' }],
    ['reopen the laundry task', { reopen: true }, { kind: 'task', query: 'laundry' }],
    ['mark laundry as not done', { reopen: true }, { kind: 'task', query: 'laundry' }],
    ['laundry is not done', { reopen: true }, { kind: 'task', query: 'laundry' }],
  ])('%s', async (text, params, target) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('update_task');
    expect(act.params).toEqual(params);
    expect(values).toEqual({ target });
  });

  test.each([
    ['remove laundry', 'delete_task'],
    ['clear my list', 'delete_task'],
    ['show tasks with no due date', 'list_tasks'],
    ['delete the date night task', 'delete_task'],
  ])('%s empties nothing', async (text, action) => {
    const { act } = await parseText(text);
    expect(act.action).toBe(action);
    expect(act.params?.clear).toBeUndefined();
  });

  test('"no due date" is no answer to "study what?", and no change of something else', async () => {
    const { continuation } = await understand('no due date', { questions: [question()] });
    expect(continuation.kind).toBe('reask');
  });
});
