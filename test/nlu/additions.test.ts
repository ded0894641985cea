import { describe, expect, test } from 'vitest';
import type { Slots } from '../../contracts/slots.ts';
import type { Action } from '../../contracts/intents.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import { NOW, question, understand } from './understand.ts';

const after = (action: Action, slots: Slots) => ({ lastReceipt: { action, slots, at: NOW } });
const LISTED = after('create_task', { title: 'milk', list: 'shopping' });
const TASK = after('create_task', { title: 'call Ann about the contract' });
const EVENT = after('create_event', { title: 'dinner with Eva', start: '2026-11-27T19:00:00-05:00' });

describe('one more of what was added last', () => {
  test.each<[string, Slots]>([
    ['and another one, call Ann about the party', { title: 'call Ann about the party' }],
    ['and another: call Ann about the party', { title: 'call Ann about the party' }],
    ['and another one: defrost the freezer', { title: 'defrost the freezer' }],
    ['another one: email Bob', { title: 'email Bob' }],
    ['and one more, call the bank tomorrow', { title: 'call the bank', due_date: '2026-11-24' }],
  ])('%s', async (text, slots) => {
    const { acts } = await understand(text, TASK);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual([['create_task', slots]]);
  });

  test('is an event after one', async () => {
    const { acts } = await understand('another one: lunch with Tom on saturday at 1pm', EVENT);
    expect(acts[0]?.action).toBe('create_event');
    expect(slotsOf(acts[0]?.entities ?? [])).toMatchObject({
      title: 'lunch with Tom',
      start: '2026-11-28T13:00:00-05:00',
    });
  });

  test.each(['also butter', 'and butter', 'butter too', 'plus butter', 'and also butter please'])(
    'goes on the same list: %s',
    async (text) => {
      const { acts } = await understand(text, LISTED);
      expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual([
        ['create_task', { title: 'butter', list: 'shopping' }],
      ]);
    },
  );

  test.each<[string, Action]>([
    ['also call mum', 'create_task'],
    ['also remind me at 5 to call Bob', 'set_reminder'],
    ['and show my list', 'list_tasks'],
    ['and make it urgent', 'update_task'],
    ['also for tomorrow', 'update_task'],
  ])('is no thing for the list: %s', async (text, action) => {
    const { acts } = await understand(text, LISTED);
    expect(acts.map((act) => act.action)).toEqual([action]);
    expect(slotsOf(acts[0]?.entities ?? []).list).toBeUndefined();
  });

  test('half an hour later nothing goes on the list by itself', async () => {
    const at = new Date(Date.parse(NOW) - 30 * 60_000).toISOString();
    const { acts } = await understand('also butter', { lastReceipt: { ...LISTED.lastReceipt, at } });
    expect(slotsOf(acts[0]?.entities ?? [])).toEqual({ title: 'butter' });
  });
});

describe('a step of what was added last', () => {
  test.each([
    'add a step buy stamps to it',
    'add step buy stamps to that',
    'add the step "buy stamps" to it',
    'add another step buy stamps to this task',
  ])('%s', async (text) => {
    const { acts } = await understand(text, TASK);
    expect(acts[0]?.params?.steps?.titles).toEqual(['buy stamps']);
  });

  test('a step stool is none', async () => {
    const { acts } = await understand('add a step stool to the shopping list');
    expect(slotsOf(acts[0]?.entities ?? [])).toEqual({ title: 'a step stool', list: 'shopping' });
  });
});

describe('said beside the question for a title', () => {
  const asked = { questions: [question({ slots: {} })] };

  test.each<[string, Action]>([
    ['oh, and lunch with Tom on friday at 1', 'create_event'],
    ['oh, and dentist tomorrow at 3pm', 'create_event'],
    ['oh wait, also dinner with Eva on friday at 7pm', 'create_event'],
    ['by the way, a meeting with Ann monday at 10', 'create_event'],
    ['oh and also add buy milk', 'create_task'],
    ['oh and put buy eggs on my list', 'create_task'],
  ])('%s', async (text, action) => {
    const { acts, continuation } = await understand(text, asked);
    expect(continuation.kind).toBe('none');
    expect(acts.map((act) => act.action)).toEqual([action]);
  });

  test.each(['lunch with Tom', 'oh, the cover letter', 'the cover letter, by monday', 'and a letter to Tom'])(
    'is the answer: %s',
    async (text) => {
      expect((await understand(text, asked)).continuation.kind).toBe('answer');
    },
  );
});

describe('a reminder and something of its own', () => {
  test.each([
    'remind me tomorrow at 9 to call the bank and add dinner with Eva on friday at 7pm',
    'remind me tomorrow at 9 to call the bank. Also dinner with Eva on friday at 7pm',
    'remind me tomorrow at 9 to call the bank and dinner with Eva on friday at 7pm',
  ])('%s', async (text) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toMatchObject([
      ['set_reminder', { title: 'call the bank', remind_at: '2026-11-24T09:00:00-05:00' }],
      ['create_event', { title: 'dinner with Eva', start: '2026-11-27T19:00:00-05:00' }],
    ]);
  });

  test('what one is to be reminded of may be a booking', async () => {
    const { acts } = await understand('remind me to call Bob and book a table for friday at 7pm');
    expect(acts).toHaveLength(1);
  });
});

describe('tasks and letters that sound like each other', () => {
  test.each<[string, Slots]>([
    ['answer the auditors today', { title: 'answer the auditors', due_date: '2026-11-23' }],
    ['answer Tom by friday', { title: 'answer Tom', due_date: '2026-11-27' }],
    ['get back to the landlord tomorrow', { title: 'get back to the landlord', due_date: '2026-11-24' }],
    [
      'write the essay by friday, takes 3 hours',
      { title: 'write the essay', due_date: '2026-11-27', duration_minutes: 180 },
    ],
    [
      'prepare the interview questions by friday, it takes about an hour',
      { title: 'prepare the interview questions', due_date: '2026-11-27', duration_minutes: 60 },
    ],
    [
      'also i have to print the agenda before that, so by thursday 10am',
      { title: 'print the agenda', due_date: '2026-11-26T10:00:00-05:00' },
    ],
    ['tell Karin about the party', { title: 'tell Karin about the party' }],
  ])('a task: %s', async (text, slots) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual([['create_task', slots]]);
  });

  test.each<[string, Slots]>([
    ["tell Karin i'm running 10 minutes late", { recipient: ['Karin'], body: "i'm running 10 minutes late" }],
    ["let Karin know I'm running late", { recipient: ['Karin'], body: "I'm running late" }],
    ["tell mum i'll be there at 6", { recipient: ['mum'], body: "i'll be there at 6" }],
    ["tell Karin that we can't come on friday", { recipient: ['Karin'], body: "we can't come on friday" }],
  ])('a letter: %s', async (text, slots) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual([['draft_email', slots]]);
  });
});

describe('an errand and an occasion that is put down', () => {
  test.each([
    'add a task to pack the swim bag and add swimming practice on friday at 4pm',
    'add a task to pack the swim bag, and add dinner on friday at 4pm',
  ])('%s', async (text) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toMatchObject([
      ['create_task', { title: 'pack the swim bag' }],
      ['create_event', { start: '2026-11-27T16:00:00-05:00' }],
    ]);
  });

  test.each([
    'add a task to write the doc and add tests on friday at 4',
    'add a task to buy flour and add salt on friday',
  ])('is one errand: %s', async (text) => {
    expect((await understand(text)).acts).toHaveLength(1);
  });
});

describe('a place is led to', () => {
  test.each([
    ['change the location to Konzerthaus', 'Konzerthaus'],
    ['dinner friday at 7pm, venue: Plachutta', 'Plachutta'],
    ['dinner friday at 7pm location Plachutta', 'Plachutta'],
  ])('%s', async (text, location) => {
    const [act] = (await understand(text)).acts;
    expect(slotsOf(act?.entities ?? []).location).toBe(location);
  });

  test('and is none where it is a name', async () => {
    const [act] = (await understand('move the venue call to monday')).acts;
    expect(slotsOf(act?.entities ?? [])).toMatchObject({ target: { query: 'venue call' } });
    expect(slotsOf(act?.entities ?? []).location).toBeUndefined();
  });
});
