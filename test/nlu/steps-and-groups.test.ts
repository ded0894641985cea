import { describe, expect, test } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { NOW, parseText, understand } from './understand.ts';

describe('steps', () => {
  test.each([
    ['add a step to the report: collect figures', 'report', ['collect figures']],
    ['add a step to the report: collect figures by friday', 'report', ['collect figures']],
    ['add subtasks to the trip: book hotel, buy tickets', 'trip', ['book hotel', 'buy tickets']],
    [
      'add steps to the trip: book hotel, buy tickets and pack bags',
      'trip',
      ['book hotel', 'buy tickets', 'pack bags'],
    ],
    ['add these steps to my trip task: call Bob; email Ann', 'trip', ['call Bob', 'email Ann']],
    ['add steps to the trip:\n- book hotel\n- pack bags', 'trip', ['book hotel', 'pack bags']],
    ['add subtask book hotel to trip', 'trip', ['book hotel']],
    ['add a step called book hotel to the trip', 'trip', ['book hotel']],
    ['add order drinks as a step of the party', 'party', ['order drinks']],
    ['add another step: order cake', undefined, ['order cake']],
  ])('%s', async (text, of, titles) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('create_task');
    expect(act.params?.steps).toEqual({ ...(of !== undefined && { of }), titles });
    expect(values).toMatchObject({ title: titles[0] });
    expect(values).not.toHaveProperty('list');
  });

  test.each([
    'add a task to take steps to improve sleep',
    'add task: next steps for the project',
    'add a step counter to the shopping list',
  ])('none in: %s', async (text) => expect((await parseText(text)).act.params?.steps).toBeUndefined());
});

describe('all of a list', () => {
  test.each([
    ['mark all shopping tasks as done', { list: 'shopping' }],
    ['delete all work tasks', { list: 'work' }],
    ['delete all other tasks', {}],
    ['complete all daily tasks', {}],
    ['complete all my tasks', {}],
  ])('%s', async (text, others) => {
    const { target, ...rest } = (await parseText(text)).values as { target: unknown };
    expect(target).toEqual({ kind: 'task', reference: 'all' });
    expect(rest).toEqual(others);
  });

  test.each([
    ['set all work tasks to high priority', { list: 'work' }],
    ['move all work tasks to friday', { list: 'work' }],
  ])('%s', async (text, where) => expect((await parseText(text)).act.params?.where).toEqual(where));

  test.each([
    ['move all swims to 9', 'swims'],
    ['make all bars urgent', 'bars'],
    ['move all yogas to friday', 'yogas'],
  ])('%s', async (text, query) => {
    const { target } = (await parseText(text)).values as { target: unknown };
    expect(target).toEqual({ kind: 'task', reference: 'all', query });
  });

  test('what is due on a day is moved from it', async () => {
    const from = await parseText('move everything from today to monday');
    const due = await parseText('move everything due today to monday');
    expect(due.act.params?.where).toEqual(from.act.params?.where);
    expect(due.act.params?.where?.date_range).toBeDefined();
  });
});

test('a reminder behind a task is no part of its title', async () => {
  const { values } = await parseText('add a task to pay rent by friday with a reminder on thursday at 6pm');
  expect(values).toMatchObject({ title: 'pay rent', remind_at: expect.stringMatching(/T18:00/) as unknown });
});

describe('another item after one that is not there', () => {
  const lastRefused = {
    action: 'delete_task' as const,
    slots: { target: { kind: 'task' as const, query: 'milkk' } },
    params: { unread: ['february 30'] },
    at: NOW,
  };

  test.each([
    ['I meant milk', 'milk'],
    ['no, the budget report', 'budget report'],
    ['sorry, I mean the car', 'car'],
    ['no, wash the car', 'wash the car'],
    ['oops, the car', 'car'],
  ])('%s', async (text, query) => {
    const { continuation, acts } = await understand(text, { lastRefused });
    const target = { kind: 'task', query };
    expect(continuation).toEqual({ kind: 'correction', slots: { target } });
    expect(acts).toMatchObject([{ action: 'delete_task', params: lastRefused.params }]);
    expect(acts[0] && slotsOf(acts[0].entities)).toEqual({ target });
  });

  test.each([
    'no, show my tasks',
    'no',
    'never mind',
    'buy milk',
    'add milk',
    'actually buy milk',
    'no, is it there?',
    'sorry, what?',
  ])('nothing of the kind: %s', async (text) => {
    const { continuation, acts } = await understand(text, { lastRefused });
    expect(continuation.kind).not.toBe('correction');
    expect(acts[0]?.action).not.toBe('delete_task');
  });

  test('nothing after a while', async () => {
    const at = new Date(Date.parse(NOW) - 11 * 60_000).toISOString();
    const { acts } = await understand('I meant milk', { lastRefused: { ...lastRefused, at } });
    expect(acts[0]?.action).not.toBe('delete_task');
  });
});
