import { describe, expect, test } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { forced } from './forced.ts';
import { understand } from './understand.ts';

const last = { kind: 'event', reference: 'last' };

describe('a reminder that hangs on an event', () => {
  test.each([
    ['remind me an hour before', { before: 'it', minutes: 60 }, last, undefined],
    ['remind me 30 min beforehand', { before: 'it', minutes: 30 }, last, undefined],
    ['remind me 2 days in advance', { before: 'it', minutes: 2_880 }, last, undefined],
    ['remind me to bring the forms an hour before', { before: 'it', minutes: 60 }, last, 'bring the forms'],
    [
      'remind me about the dentist thing the day before',
      { before: 'dentist thing', minutes: 1_440 },
      { kind: 'event', query: 'dentist thing' },
      'dentist thing',
    ],
    [
      'remind me the day before the exam to pack',
      { before: 'the exam', minutes: 1_440 },
      { kind: 'event', query: 'exam' },
      'pack',
    ],
  ])('%s', (text, when, target, title) => {
    const { entities, values, missing } = forced('set_reminder', text);
    expect(entities.find(({ slot }) => slot === 'when')?.value).toEqual(when);
    expect(values).toEqual({ target, ...(title !== undefined && { title }) });
    expect(missing).toEqual([]);
  });

  test('the event of the same message gives the moment', async () => {
    const { acts } = await understand('meeting with Lea on tuesday at 10, remind me an hour before');
    expect(acts.map(({ action }) => action)).toEqual(['create_event', 'set_reminder']);
    expect(slotsOf(acts[1]?.entities ?? []).remind_at).toBe('2026-11-24T09:00:00-05:00');
  });

  test('the event made last gives it too, by its name or as the last one', async () => {
    const lastReceipt = {
      action: 'create_event' as const,
      slots: { title: 'meeting with Lea', start: '2026-11-26T10:00:00-05:00' },
      at: '2026-11-23T09:59:00-05:00',
    };
    for (const text of ['remind me an hour before', 'remind me an hour before the meeting']) {
      const { acts } = await understand(text, { lastReceipt });
      expect(acts.map(({ action }) => action)).toEqual(['set_reminder']);
      expect(slotsOf(acts[0]?.entities ?? []).remind_at).toBe('2026-11-26T09:00:00-05:00');
    }
    const other = await understand('remind me an hour before the gala', { lastReceipt });
    expect(slotsOf(other.acts[0]?.entities ?? []).remind_at).toBeUndefined();
  });

  test('what was done since is what it counts from, whatever that is', async () => {
    const lastReceipt = {
      action: 'create_event' as const,
      slots: { title: 'dentist', start: '2026-11-30T10:00:00-05:00' },
      at: '2026-11-23T09:59:00-05:00',
    };
    const { acts } = await understand('buy milk on friday and remind me an hour before', { lastReceipt });
    expect(acts.map(({ action }) => action)).toEqual(['create_task', 'set_reminder']);
    expect(slotsOf(acts[1]?.entities ?? [])).toEqual({ target: last });
  });

  test('an hour without its day counts nothing back', async () => {
    const { acts } = await understand('move it to 10 and remind me 15 minutes before');
    expect(acts.at(-1)?.action).toBe('set_reminder');
    expect(acts.at(-1)?.params?.unread).toBeUndefined();
    expect(slotsOf(acts.at(-1)?.entities ?? [])).toEqual({ target: last });
  });

  test('one that would be in the past is asked for', async () => {
    const { acts } = await understand('meeting with Lea today at 10:30, remind me an hour before');
    expect(acts[1]?.params?.unread).toEqual(['an hour before']);
    expect(acts[1]?.gate.missing).toEqual(['remind_at']);
  });
});
