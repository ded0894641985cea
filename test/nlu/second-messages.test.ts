import { describe, expect, test } from 'vitest';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { question, understand } from './understand.ts';

/** What a text is while a slot of an action is asked for, with what is known already. */
async function told(slot: Slot, action: Action, known: Slots, text: string) {
  const { intent } = actionEntry(action);
  const open = question({ slot, action, intent, slots: known, question: 'Tell me.' });
  const { continuation, acts } = await understand(text, { questions: [open] });
  for (const entity of acts[0]?.entities ?? [])
    expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  return continuation;
}

/** What a text is right after something was done. */
async function after(action: Action, slots: Slots, text: string) {
  const lastReceipt = { action, slots, at: '2026-11-23T09:58:00-05:00' };
  const { continuation, acts } = await understand(text, { lastReceipt });
  for (const entity of acts[0]?.entities ?? [])
    expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  return { continuation, act: acts[0] };
}

const FRIDAY: Slots = { date_range: { start: '2026-11-27', end: '2026-11-28' } };

describe('an answer of its type, whatever is around it', () => {
  test.each<[Slot, Action, Slots, text: string, slots: Slots]>([
    ['due_date', 'create_task', {}, "uh let's say friday", { due_date: '2026-11-27' }],
    ['due_date', 'create_task', {}, 'hmm, tomorrow I guess', { due_date: '2026-11-24' }],
    ['due_date', 'create_task', {}, 'oh I dunno, maybe the 3rd?', { due_date: '2026-12-03' }],
    ['due_date', 'create_task', {}, 'i think thursday would be good', { due_date: '2026-11-26' }],
    ['start', 'create_event', FRIDAY, 'at 3', { start: '2026-11-27T15:00:00-05:00' }],
    [
      'start',
      'create_event',
      { due_date: '2026-11-27' },
      'maybe around 3ish',
      { start: '2026-11-27T15:00:00-05:00' },
    ],
    ['start', 'create_event', FRIDAY, 'make it 10:15 please', { start: '2026-11-27T10:15:00-05:00' }],
    ['start', 'create_event', FRIDAY, 'saturday at 11am', { start: '2026-11-28T11:00:00-05:00' }],
    ['start', 'create_event', {}, 'on friday', FRIDAY],
    [
      'start',
      'create_event',
      FRIDAY,
      'from 2 to 3:30',
      { start: '2026-11-27T14:00:00-05:00', end: '2026-11-27T15:30:00-05:00' },
    ],
    [
      'end',
      'create_event',
      { start: '2026-11-27T14:00:00-05:00' },
      'at 4',
      { end: '2026-11-27T16:00:00-05:00' },
    ],
    [
      'end',
      'create_event',
      { start: '2026-11-27T20:00:00-05:00' },
      'until 11',
      { end: '2026-11-27T23:00:00-05:00' },
    ],
    ['remind_at', 'set_reminder', FRIDAY, '8am works', { remind_at: '2026-11-27T08:00:00-05:00' }],
    ['remind_at', 'set_reminder', {}, 'umm in 20 minutes', { remind_at: '2026-11-23T10:20:00-05:00' }],
    ['duration_minutes', 'find_time', {}, 'about three quarters of an hour', { duration_minutes: 45 }],
    ['duration_minutes', 'find_time', {}, 'probably 2 hours or so', { duration_minutes: 120 }],
    ['duration_minutes', 'create_event', {}, 'hmm, 90 minutes should be enough', { duration_minutes: 90 }],
    [
      'date_range',
      'plan_schedule',
      {},
      'next week please',
      { date_range: { start: '2026-11-30', end: '2026-12-07' } },
    ],
    [
      'date_range',
      'plan_schedule',
      {},
      'oh just tomorrow',
      { date_range: { start: '2026-11-24', end: '2026-11-25' } },
    ],
    [
      'recurrence',
      'create_task',
      {},
      'every other monday i guess',
      { recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' },
    ],
    ['priority', 'create_task', {}, "I'd say high", { priority: 'high' }],
    ['priority', 'create_task', {}, 'not that urgent', { priority: 'low' }],
    ['priority', 'update_task', {}, 'it is pretty important', { priority: 'high' }],
    ['participants', 'create_event', {}, "it's with Ann and Bob", { participants: ['Ann', 'Bob'] }],
    ['participants', 'create_event', {}, 'me, Sue and Raj', { participants: ['Sue', 'Raj'] }],
    ['recipient', 'draft_email', {}, "it's for my mom", { recipient: ['my mom'] }],
    ['location', 'create_event', {}, "let's do the corner bakery", { location: 'the corner bakery' }],
    ['location', 'create_event', {}, 'in meeting room B please', { location: 'meeting room B' }],
    ['list', 'create_task', {}, 'the shopping list', { list: 'shopping' }],
    ['list', 'create_task', {}, 'uh, work I think', { list: 'work' }],
    ['tags', 'create_task', {}, 'home and garden', { tags: ['home', 'garden'] }],
    ['target', 'cancel_event', {}, 'the one with Ann', { target: { kind: 'event', query: 'Ann' } }],
    [
      'target',
      'complete_task',
      {},
      'the second',
      { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } },
    ],
    ['target', 'delete_task', {}, 'uh the laundry thing', { target: { kind: 'task', query: 'laundry' } }],
    ['query', 'search', {}, 'the contract with Nexo', { query: 'the contract with Nexo' }],
    ['all_day', 'create_event', {}, 'yes, the whole day', { all_day: true }],
    ['title', 'create_task', {}, "i'd call it spring cleaning", { title: 'spring cleaning' }],
    ['title', 'set_reminder', {}, 'about the parking ticket', { title: 'the parking ticket' }],
  ])('%s of %s, known %j: %s', async (slot, action, known, text, slots) => {
    expect(await told(slot, action, known, text)).toMatchObject({ kind: 'answer', slots });
  });

  test('several slots in one answer are all kept', async () => {
    expect(
      await told('start', 'create_event', { title: 'dinner' }, "tomorrow at 5 for an hour, at Luigi's"),
    ).toMatchObject({
      kind: 'answer',
      slots: { start: '2026-11-24T17:00:00-05:00', duration_minutes: 60, location: "Luigi's" },
    });
    expect(await told('due_date', 'create_task', { title: 'taxes' }, 'monday, high priority')).toMatchObject({
      kind: 'answer',
      slots: { due_date: '2026-11-30', priority: 'high' },
    });
  });

  test.each<[Slot, Action, text: string]>([
    ['due_date', 'create_task', 'the 31st of november'],
    ['start', 'create_event', 'tomorrow at 26:30'],
    ['remind_at', 'set_reminder', 'february 30 at noon'],
    ['duration_minutes', 'find_time', 'purple'],
  ])('%s of %s: there is no "%s"', async (slot, action, text) => {
    expect((await told(slot, action, {}, text)).kind).toBe('reask');
  });
});

describe('"which do you want to do?"', () => {
  const choices = [
    { choice_id: 'create_task', label: 'Add a task: "sam"' },
    { choice_id: 'create_event', label: 'Add an event: "sam"' },
    { choice_id: 'drop', label: 'None of these' },
  ];
  const choice_slots = { create_task: { title: 'sam' }, create_event: { title: 'sam' } };
  const open = question({ slot: 'query', kind: 'choice', slots: {}, choices, choice_slots });
  test.each([
    ['the second', 'create_event'],
    ['an event', 'create_event'],
    ['the task please', 'create_task'],
    ['1', 'create_task'],
  ])('%s', async (text, choice_id) => {
    const { continuation } = await understand(text, { questions: [open] });
    expect(continuation).toMatchObject({ kind: 'answer', choice_id, slots: { title: 'sam' } });
  });
  test.each([
    ['no', 'drop'],
    ['neither', 'drop'],
    ['you choose', 'skip'],
    ['purple', 'reask'],
    ['show my tasks', 'none'],
  ])('%s: %s', async (text, kind) => {
    expect((await understand(text, { questions: [open] })).continuation.kind).toBe(kind);
  });
});

describe('ways out', () => {
  test.each<[Slot, Action, text: string, kind: string]>([
    ['start', 'create_event', 'no clue, you pick one', 'skip'],
    ['due_date', 'create_task', "it doesn't really matter", 'skip'],
    ['due_date', 'create_task', 'no deadline', 'skip'],
    ['due_date', 'create_task', 'later', 'skip'],
    ['duration_minutes', 'create_event', 'the default is fine', 'skip'],
    ['location', 'create_event', 'not decided yet', 'skip'],
    ['list', 'create_task', 'no particular list', 'skip'],
    ['participants', 'create_event', 'nobody else', 'skip'],
    ['subject', 'draft_email', "I'll leave that to you", 'skip'],
    ['priority', 'create_task', 'ugh whatever, surprise me', 'skip'],
    ['start', 'create_event', "never mind, I'll do it myself", 'drop'],
    ['title', 'create_task', 'no forget that', 'drop'],
    ['remind_at', 'set_reminder', "actually i don't need that any more", 'drop'],
    ['target', 'delete_task', "don't delete anything", 'drop'],
    ['recipient', 'draft_email', "don't bother, I called him", 'drop'],
    ['due_date', 'update_task', 'leave it as it was', 'drop'],
    ['start', 'create_event', 'what do you mean by that?', 'return'],
    ['due_date', 'create_task', "sorry, i didn't get that", 'none'],
    ['target', 'complete_task', 'which ones are there?', 'return'],
  ])('%s of %s: "%s" is %s', async (slot, action, text, kind) => {
    const got = await told(slot, action, {}, text);
    expect(got.kind).toBe(kind);
  });
});

describe('another topic', () => {
  test.each<[Slot, Action, text: string]>([
    ['due_date', 'create_task', 'put bread on my shopping list'],
    ['due_date', 'create_task', 'how many tokens have I used'],
    ['start', 'create_event', 'what meetings do I have on friday'],
    ['duration_minutes', 'find_time', 'who won the game last night'],
    ['body', 'draft_email', 'delete the task about the fence'],
    ['subject', 'draft_email', 'remind me to water the plants at 6pm'],
    ['location', 'create_event', 'what is on my todo list today'],
    ['query', 'search', 'create a task to mow the lawn'],
    ['title', 'create_event', "what's the weather going to be like"],
    ['priority', 'update_task', 'tell me a joke'],
    ['list', 'create_task', 'do i have anything tomorrow morning'],
    ['remind_at', 'set_reminder', 'ha, my cat is asleep on the keyboard'],
  ])('%s of %s: %s', async (slot, action, text) => {
    expect((await told(slot, action, {}, text)).kind).toBe('none');
  });

  test.each<[Slot, Action, text: string]>([
    ['title', 'create_event', 'planning the winter trip'],
    ['title', 'create_task', 'sort the photos'],
    ['title', 'set_reminder', 'check the oven'],
    ['location', 'create_event', 'the old town hall'],
    ['query', 'search', 'meeting notes from october'],
    ['body', 'draft_email', 'can we move our meeting to thursday?'],
    ['subject', 'draft_email', 'Plan for the week'],
  ])('%s of %s: "%s" is an answer', async (slot, action, text) => {
    expect((await told(slot, action, {}, text)).kind).toBe('answer');
  });
});

describe('a correction of what was done a moment ago', () => {
  const LUNCH: Slots = {
    title: 'lunch with Bob',
    start: '2026-11-26T12:00:00-05:00',
    end: '2026-11-26T13:00:00-05:00',
    participants: ['Bob'],
    location: 'the office',
  };
  const TASK: Slots = { title: 'call Bob', due_date: '2026-11-27T17:00:00-05:00', list: 'work' };
  test.each<[Action, Slots, text: string, slots: Slots]>([
    [
      'create_event',
      LUNCH,
      'make that tuesday instead',
      { start: '2026-11-24T12:00:00-05:00', end: '2026-11-24T13:00:00-05:00' },
    ],
    [
      'create_event',
      LUNCH,
      'sorry, 1pm',
      { start: '2026-11-26T13:00:00-05:00', end: '2026-11-26T14:00:00-05:00' },
    ],
    [
      'create_event',
      LUNCH,
      'no, 3 to 4',
      { start: '2026-11-26T15:00:00-05:00', end: '2026-11-26T16:00:00-05:00' },
    ],
    ['create_event', LUNCH, 'at home not at the office', { location: 'home' }],
    ['create_event', LUNCH, 'add Bill too', { participants: ['Bob', 'Bill'] }],
    ['create_event', LUNCH, 'oh and invite Sue and Raj', { participants: ['Bob', 'Sue', 'Raj'] }],
    ['create_event', LUNCH, 'call it team sync instead', { title: 'team sync' }],
    ['create_event', LUNCH, 'actually 45 minutes', { duration_minutes: 45 }],
    ['create_event', LUNCH, 'not Bob, Bill', { participants: ['Bill'], title: 'lunch with Bill' }],
    ['create_task', TASK, '6 not 5', { due_date: '2026-11-27T18:00:00-05:00' }],
    ['create_task', TASK, 'oops I meant the 12th', { due_date: '2026-12-12T17:00:00-05:00' }],
    ['create_task', TASK, 'it should be high', { priority: 'high' }],
    ['create_task', TASK, 'wrong list, groceries', { list: 'groceries' }],
    ['create_task', TASK, 'I said Bill, not Bob', { title: 'call Bill' }],
    [
      'set_reminder',
      { title: 'stretch', remind_at: '2026-11-24T19:00:00-05:00' },
      'no, 8',
      {
        remind_at: '2026-11-24T20:00:00-05:00',
      },
    ],
    [
      'set_reminder',
      { title: 'stretch', remind_at: '2026-11-24T19:00:00-05:00' },
      'actually wednesday',
      {
        remind_at: '2026-11-25T19:00:00-05:00',
      },
    ],
    ['draft_email', { recipient: ['Ann'] }, 'oh wait, it should go to Tim', { recipient: ['Tim'] }],
  ])('%s %j: %s', async (action, known, text, slots) => {
    const { continuation } = await after(action, known, text);
    expect(continuation).toEqual({ kind: 'correction', slots });
  });

  test.each<[Action, Slots, text: string]>([
    ['create_event', LUNCH, 'great, thanks'],
    ['create_event', LUNCH, 'add a dentist appointment on friday at 9'],
    ['create_event', LUNCH, 'what else is on thursday?'],
    ['create_event', LUNCH, 'no idea why I did that lol'],
    ['create_task', TASK, 'and buy stamps tomorrow'],
    ['create_task', TASK, 'no'],
    ['list_tasks', {}, 'actually, buy milk'],
    ['create_task', TASK, 'call Bill tomorrow'],
  ])('%s: "%s" corrects nothing', async (action, known, text) => {
    expect((await after(action, known, text)).continuation.kind).toBe('none');
  });

  test('the act changes the kind of thing that was made', async () => {
    expect((await after('create_event', LUNCH, 'no, friday')).act).toMatchObject({
      intent: 'calendar_event',
      action: 'update_event',
    });
    expect((await after('create_task', TASK, 'no, monday')).act).toMatchObject({ action: 'update_task' });
    expect((await after('list_events', FRIDAY, 'i meant monday')).act).toMatchObject({
      action: 'list_events',
    });
  });

  test('what is being asked about is corrected beside the question', async () => {
    expect(await told('duration_minutes', 'create_event', LUNCH, 'wait, make it friday')).toMatchObject({
      kind: 'correction',
      slots: { start: '2026-11-27T12:00:00-05:00' },
    });
  });
});
