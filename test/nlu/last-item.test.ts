import { describe, expect, test } from 'vitest';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { question, understand } from './understand.ts';

const LUNCH: Slots = {
  title: 'lunch with Bob',
  start: '2026-11-24T12:00:00-05:00',
  participants: ['Bob'],
};

async function after(action: Action, slots: Slots, text: string) {
  const lastReceipt = { action, slots, at: '2026-11-23T09:58:00-05:00' };
  const { acts, continuation } = await understand(text, { lastReceipt });
  const [act] = acts;
  if (!act) throw new Error('no act');
  return { action: act.action, values: slotsOf(act.entities), params: act.params, continuation, acts };
}

const IT = { kind: 'event', reference: 'last' };

describe('after an event', () => {
  test.each([
    'cancel it',
    'please cancel that',
    'no, cancel it',
    'delete that',
    'remove it',
    'get rid of it please',
  ])('%s calls it off', async (text) => {
    const { action, values } = await after('create_event', LUNCH, text);
    expect({ action, values }).toEqual({ action: 'cancel_event', values: { target: IT } });
  });

  test('it is called off beside another request', async () => {
    const { acts } = await after('create_event', LUNCH, 'please cancel that and add buy milk');
    expect(acts.map(({ action }) => action)).toEqual(['cancel_event', 'create_task']);
  });

  test.each<[string, Slots]>([
    ['change it to dinner', { title: 'dinner' }],
    ['switch it to brunch at 11am', { title: 'brunch', start: '2026-11-24T11:00:00-05:00' }],
    ['make it dinner', { title: 'dinner' }],
    ['with Tom too', { participants: ['Bob', 'Tom'] }],
    ['with Tom', { participants: ['Bob', 'Tom'] }],
    ['and Tom', { participants: ['Bob', 'Tom'] }],
    ['Tom is coming too', { participants: ['Bob', 'Tom'] }],
    ['add Tom', { participants: ['Bob', 'Tom'] }],
    ['no I meant Anna', { title: 'lunch with Anna', participants: ['Anna'] }],
    ['no, Anna', { title: 'lunch with Anna', participants: ['Anna'] }],
    ['no, with Anna', { title: 'lunch with Anna', participants: ['Anna'] }],
    ['at the park', { location: 'the park' }],
    ['in room 4', { location: 'room 4' }],
    ["it's at Market Street 12", { location: 'Market Street 12' }],
    ['at 5', { start: '2026-11-24T17:00:00-05:00' }],
    ['for 45 minutes', { duration_minutes: 45 }],
    ['push it back an hour', { start: '2026-11-24T13:00:00-05:00' }],
    ['an hour earlier', { start: '2026-11-24T11:00:00-05:00' }],
  ])('%s', async (text, values) => {
    const read = await after('create_event', LUNCH, text);
    expect(read.continuation).toEqual({ kind: 'correction', slots: values });
    expect(read).toMatchObject({ action: 'update_event', values: { target: IT, ...values } });
  });

  test('it gets longer', async () => {
    const text = 'make it 15 minutes longer';
    const known = { ...LUNCH, duration_minutes: 60 };
    expect((await after('create_event', known, text)).values.duration_minutes).toBe(75);
    // Where its length is not known the one who has it counts.
    expect(await after('create_event', LUNCH, text)).toMatchObject({
      action: 'update_event',
      values: { target: IT },
      params: { lengthen: 15 },
    });
  });

  test('its place goes', async () => {
    expect(await after('create_event', LUNCH, 'remove the location')).toMatchObject({
      action: 'update_event',
      values: { target: IT },
      params: { clear: ['location'] },
    });
  });

  test.each<[string, Action]>([
    ['cancel', 'cancel'],
    ['never mind', 'cancel'],
    ['add milk', 'create_task'],
    ['delete the milk task', 'delete_task'],
    ['no, thanks', 'deny'],
    ['in the garden plant tulips', 'create_task'],
  ])('%s is about something else', async (text, action) => {
    const { continuation, action: read } = await after('create_event', LUNCH, text);
    expect(continuation.kind).toBe('none');
    if (action !== 'create_task' || text === 'add milk') expect(read).toBe(action);
  });
});

describe('after a task', () => {
  test.each<[Action, Slots, string, Slots]>([
    ['create_task', { title: 'buy milk' }, 'no, the bread', { title: 'buy the bread' }],
    ['create_task', { title: 'dentist' }, 'no, the optician', { title: 'optician' }],
    ['create_task', { title: 'call Bob' }, 'no I meant Anna', { title: 'call Anna' }],
    ['create_task', { title: 'call Bob' }, 'no, feed the cat', { title: 'feed the cat' }],
    ['create_task', { title: 'buy milk' }, 'by friday', { due_date: '2026-11-27' }],
    ['create_task', { title: 'buy milk' }, 'on the groceries list', { list: 'groceries' }],
    ['create_task', { title: 'buy milk' }, "it's urgent", { priority: 'urgent' }],
    [
      'complete_task',
      { target: { kind: 'task', query: 'milk' } },
      'no, the bread',
      { target: { kind: 'task', query: 'bread' } },
    ],
  ])('%s %j: %s', async (action, slots, text, expected) => {
    const { continuation, values } = await after(action, slots, text);
    expect('slots' in continuation ? continuation.slots : values).toMatchObject(expected);
  });

  test('its date goes', async () => {
    expect(await after('create_task', { title: 'buy milk' }, 'remove the date')).toMatchObject({
      action: 'update_task',
      values: { target: { kind: 'task', reference: 'last' } },
      params: { clear: ['due_date'] },
    });
  });

  test('"cancel it" is about what was said', async () => {
    expect((await after('create_task', { title: 'buy milk' }, 'cancel it')).action).toBe('cancel');
  });

  test.each([
    'no, the weather is bad',
    'no problem',
    'with Tom too',
    'no, show my tasks',
    'no, the other one',
  ])('%s changes nothing of it', async (text) => {
    expect((await after('create_task', { title: 'buy milk' }, text)).continuation.kind).toBe('none');
  });
});

describe('asked when', () => {
  async function asked(slot: Slot, action: Action, text: string, lastReceipt: null | 'event' = null) {
    const { intent } = actionEntry(action);
    const open = question({ slot, action, intent, slots: { title: 'lunch' }, question: 'When?' });
    const last = { action: 'create_event' as const, slots: LUNCH, at: '2026-11-23T09:58:00-05:00' };
    return understand(text, { questions: [open], ...(lastReceipt && { lastReceipt: last }) });
  }

  test.each<[Slot, Action]>([
    ['start', 'create_event'],
    ['due_date', 'create_task'],
    ['remind_at', 'set_reminder'],
  ])('%s: a question is a question', async (slot, action) => {
    const { continuation, acts } = await asked(slot, action, "what's on friday?");
    expect(continuation.kind).toBe('none');
    expect(acts[0]?.action).toBe('list_events');
    expect((await asked(slot, action, 'what about friday at 3?')).continuation.kind).toBe('answer');
  });

  test('the morning is no greeting', async () => {
    const { continuation } = await asked('start', 'create_event', 'morning');
    expect(continuation).toMatchObject({
      kind: 'answer',
      slots: { date_range: { start: '2026-11-24T06:00:00-05:00', end: '2026-11-24T12:00:00-05:00' } },
    });
    expect((await asked('start', 'create_event', 'good morning')).acts[0]?.action).toBe('greeting');
  });

  test('what is over is no answer', async () => {
    expect((await asked('start', 'create_event', 'same time as last week')).continuation.kind).toBe('reask');
  });

  test('a bare value is not about what was done before', async () => {
    const { continuation } = await asked('due_date', 'create_task', 'at 5', 'event');
    expect(continuation.kind).toBe('answer');
  });

  test('"it has none" leaves it out', async () => {
    expect((await asked('due_date', 'create_task', 'it has none')).continuation.kind).toBe('skip');
  });
});
