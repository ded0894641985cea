import { describe, expect, it } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import type { Slots } from '../../contracts/slots.ts';
import { declines } from '../../workers/nlu/agreement.ts';
import { NOW, question, understand } from './understand.ts';

const done = (action: Action, slots: Slots) => ({ lastReceipt: { action, slots, at: NOW } });
const LUNCH = done('create_event', {
  title: 'lunch',
  start: '2026-11-27T11:00:00-05:00',
  end: '2026-11-27T12:00:00-05:00',
});
const CALL = done('set_reminder', { title: 'call Ann', remind_at: '2026-11-24T20:00:00-05:00' });
const REPORT = done('create_task', { title: 'report', due_date: '2026-11-27' });
const BRIEFING = done('set_preference', { preference: { key: 'briefing_time', value: '06:30' } });

describe('what is said of a value before a better one', () => {
  it.each([
    ["that's too early, 1 is better", LUNCH, { start: '2026-11-27T13:00:00-05:00' }],
    ['thats a bit early, make it 12:30', LUNCH, { start: '2026-11-27T12:30:00-05:00' }],
    ["doesn't work for me, 1pm", LUNCH, { start: '2026-11-27T13:00:00-05:00' }],
    ['hmm i cant then, saturday please', LUNCH, { start: '2026-11-28T11:00:00-05:00' }],
    ['not so early, how about 12?', LUNCH, { start: '2026-11-27T12:00:00-05:00' }],
    ['too long, 30 minutes', LUNCH, { duration_minutes: 30 }],
    ["that's too late, 6:30 please", CALL, { remind_at: '2026-11-24T18:30:00-05:00' }],
    ['way too late. 6 is better', CALL, { remind_at: '2026-11-24T18:00:00-05:00' }],
    ['its too soon, monday', REPORT, { due_date: '2026-11-30' }],
    ['hm thats too early, make it 7:15', BRIEFING, { preference: { key: 'briefing_time', value: '07:15' } }],
    [
      'too late, 5:30 is better',
      done('set_preference', { preference: { key: 'working_hours', value: { end: '18:00' } } }),
      { preference: { key: 'working_hours', value: { end: '17:30' } } },
    ],
    ['too early. 8 is better', BRIEFING, { preference: { key: 'briefing_time', value: '08:00' } }],
  ])('%s', async (text, last, slots) => {
    const { continuation } = await understand(text, last);
    expect(continuation).toMatchObject({ kind: 'correction', slots });
  });

  it.each(["it's too late to call Bob", "that's too early for lunch", 'too late to cook'])(
    'is no correction without one: "%s"',
    async (text) => {
      const { continuation } = await understand(text, LUNCH);
      expect(continuation.kind).toBe('none');
    },
  );
});

describe('a no to what is to be confirmed', () => {
  const CONFIRM = question({ slot: 'date_range', kind: 'confirm', action: 'plan_schedule', slots: {} });
  it.each([
    'no leave it as it is',
    'leave everything as it is',
    'just leave it like it is',
    'better not, leave my calendar as it is',
    'rather not',
    'maybe later',
    'another time',
    'not now',
    'not today',
    "i'll think about it",
    'id rather leave it',
    'it can stay as it is',
  ])('%s', async (text) => {
    const { continuation } = await understand(text, { questions: [CONFIRM] });
    expect(continuation.kind).toBe('drop');
  });

  it.each(['leave the monday one out', 'later on friday', 'move it to another day', 'keep the milk', 'yes'])(
    'not "%s"',
    (text) => {
      expect(declines(text)).toBe(false);
    },
  );
});
