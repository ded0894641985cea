import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import type { ActParams } from '../../contracts/nlu.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { NOW, parseText, question, understand } from './understand.ts';

const told = async (text: string): Promise<[Action, Slots][]> =>
  (await understand(text)).acts.map(({ action, entities }) => [action, slotsOf(entities)]);
const titles = async (text: string): Promise<(string | undefined)[]> =>
  (await told(text)).map(([, { title }]) => title);
const after = (action: Action, slots: Slots) => ({ lastReceipt: { action, slots, at: NOW } });

describe('several errands', () => {
  test.each<[text: string, ...titles: string[]]>([
    [
      'add tasks: cancel the internet, redirect the post and read the meters',
      'cancel the internet',
      'redirect the post',
      'read the meters',
    ],
    ['add task: wrap the glasses, fold the clothes', 'wrap the glasses', 'fold the clothes'],
    ['todo: 1) call plumber 2) book dj 3) get haircut', 'call plumber', 'book dj', 'get haircut'],
    ['add task: buy milk, eggs and bread', 'buy milk, eggs and bread'],
    ['add task: call the bank, ask about the fees', 'call the bank, ask about the fees'],
    ['todo: call the plumber 2. floor', 'call the plumber 2. floor'],
  ])('%s', async (text, ...wanted) => {
    expect(await titles(text)).toEqual(wanted);
  });

  test.each<[text: string, day: string, count: number]>([
    ['pack kitchen, pack bathroom and pack bedroom on saturday', '2026-11-28', 3],
    ['clean windows, clean oven, clean fridge tomorrow', '2026-11-24', 3],
    ['add sign contract, pay deposit and order cake by friday', '2026-11-27', 3],
  ])('the day is for all: %s', async (text, day, count) => {
    expect((await told(text)).map(([, { due_date }]) => due_date)).toEqual(Array(count).fill(day));
  });

  test('two that have little to do with each other share no day', async () => {
    const days = (await told('call mum and buy milk tomorrow')).map(([, { due_date }]) => due_date);
    expect(days).toEqual([undefined, '2026-11-24']);
  });
});

describe('one thing at several times', () => {
  test.each<[text: string, ...events: [title: string, start: string][]]>([
    [
      'lessons on saturday: 10 Emma, 11 Jakob',
      ['lesson with Emma', '2026-11-28T10:00:00-05:00'],
      ['lesson with Jakob', '2026-11-28T11:00:00-05:00'],
    ],
    [
      'tomorrow at 3 and friday at 4: lesson with Noah',
      ['lesson with Noah', '2026-11-24T15:00:00-05:00'],
      ['lesson with Noah', '2026-11-27T16:00:00-05:00'],
    ],
  ])('%s', async (text, ...events) => {
    expect((await told(text)).map(([action, { title, start }]) => [action, title, start])).toEqual(
      events.map((event) => ['create_event', ...event]),
    );
  });

  test('both repeat', async () => {
    const acts = await told('i have choir on thursday at 7pm and football on tuesday at 6:30, both weekly');
    expect(acts.map(([, { title, recurrence }]) => [title, recurrence])).toEqual([
      ['choir', 'FREQ=WEEKLY;BYDAY=TH;BYHOUR=19;BYMINUTE=0'],
      ['football', 'FREQ=WEEKLY;BYDAY=TU;BYHOUR=18;BYMINUTE=30'],
    ]);
  });

  test.each<[text: string, without: ActParams['without']]>([
    ['choir every thursday 7-9pm except dec 24', [{ start: '2026-12-24', end: '2026-12-25' }]],
    ['football every tuesday at 6 but not on dec 22', [{ start: '2026-12-22', end: '2026-12-23' }]],
    ['choir every thursday 7-9pm', undefined],
  ])('leaves out: %s', async (text, without) => {
    expect((await parseText(text)).act.params?.without).toEqual(without);
  });
});

describe('second thoughts', () => {
  test.each([
    ['add milk, no, oat milk', 'oat milk'],
    ['buy red paint, no, blue paint', 'buy blue paint'],
    ['buy milk, i mean oat milk', 'buy oat milk'],
    ['add milk, no sugar, butter', 'milk, no sugar, butter'],
    ['buy a lamp, no rush', 'buy a lamp'],
  ])('%s', async (text, title) => {
    expect(await titles(text)).toEqual([title]);
  });
});

describe('a reminder of what was named before', () => {
  const CALL = {
    slot: 'remind_at',
    action: 'set_reminder',
    intent: 'reminder',
    slots: { title: 'call the registry office' },
    question: 'When?',
  } as const;

  test.each([
    ['the rent, remind me on friday at 8', 'rent'],
    ['the call to the registry office, remind me tomorrow at 10', 'call the registry office'],
  ])('%s', async (text, title) => {
    expect((await told(text)).map(([action, slots]) => [action, slots.title])).toEqual([
      ['set_reminder', title],
    ]);
  });

  test('answers the question that it names, and no other', async () => {
    const asked = { questions: [question(CALL)] };
    const named = await understand('the call to the registry office, remind me tomorrow at 10', asked);
    expect(named.continuation).toMatchObject({ slots: { remind_at: '2026-11-24T10:00:00-05:00' } });
    const other = await understand('the rent, remind me on friday at 8', asked);
    expect(other.continuation.kind).toBe('none');
    expect(slotsOf(other.acts[0]?.entities ?? []).title).toBe('rent');
  });
});

describe('notes', () => {
  test.each<[text: string, last: Action, action: Action, note: string | undefined]>([
    ['note: bring the id card', 'create_event', 'update_event', 'bring the id card'],
    ['add a note: the rear brake is loose', 'create_task', 'update_task', 'the rear brake is loose'],
    ['note to self: back up the laptop', 'create_task', 'create_task', undefined],
  ])('%s', async (text, last, action, note) => {
    const [act] = (await understand(text, after(last, { title: 'fix the bike' }))).acts;
    expect([act?.action, act?.params?.note]).toEqual([action, note]);
  });
});

describe('one more person', () => {
  test.each([
    ['and dad', 'call mum', 'call dad', '2026-11-29'],
    ['and add mum too', 'call dad', 'call mum', '2026-11-29'],
    ['and milk', 'call mum', 'milk', undefined],
  ])('%s', async (text, title, wanted, due) => {
    const [act] = (await understand(text, after('create_task', { title, due_date: '2026-11-29' }))).acts;
    const slots = slotsOf(act?.entities ?? []);
    expect([slots.title, slots.due_date]).toEqual([wanted, due]);
  });
});
