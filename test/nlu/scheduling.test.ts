import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import { parseText, question, QUESTION_ID, understand, type Row } from './understand.ts';

const NEXT_WEEK = { start: '2026-11-30', end: '2026-12-07' };
const TOMORROW = { start: '2026-11-24', end: '2026-11-25' };

describe('when time is looked for', () => {
  test.each<[...Row, params?: ActParams]>([
    // The whole week counts; which hours of its days are meant is left to the words.
    [
      'find time for a call with Bob next week in the evening',
      'find_time',
      { title: 'call with Bob', participants: ['Bob'], date_range: NEXT_WEEK },
    ],
    ['when am I free next week in the afternoon', 'find_time', { date_range: NEXT_WEEK }],
    [
      'find an hour for the gym in the mornings next week',
      'find_time',
      { title: 'gym', duration_minutes: 60, date_range: NEXT_WEEK },
    ],
    // The day of what is to be moved.
    [
      "I'm sick tomorrow, move everything",
      'reschedule',
      { target: { kind: 'event', reference: 'all' }, date_range: TOMORROW },
    ],
    [
      "reschedule tomorrow's standup",
      'reschedule',
      { target: { kind: 'event', query: 'standup' }, date_range: TOMORROW },
      { was: TOMORROW },
    ],
  ])('%s', async (text, action, slots, params) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
    expect(act.params).toEqual(params);
  });
});

describe('times were offered', () => {
  const choices = [
    { choice_id: 'time_1', label: 'Tuesday 24 November, 09:00 to 10:00' },
    { choice_id: 'time_2', label: 'Wednesday 25 November, 11:00 to 12:00' },
    { choice_id: 'drop', label: 'None of these' },
  ];
  const starts = ['2026-11-24T09:00:00-05:00', '2026-11-25T11:00:00-05:00'];
  const offered = question({
    slot: 'start',
    kind: 'choice',
    question: 'These times are free for "gym" (1 hour). Which one shall I book?',
    choices,
    intent: 'scheduling',
    action: 'find_time',
    slots: { title: 'gym', duration_minutes: 60 },
    choice_slots: { time_1: { start: starts[0] ?? '' }, time_2: { start: starts[1] ?? '' } },
  });

  test.each<[string, string | undefined, string]>([
    ['the second one', 'time_2', starts[1] ?? ''],
    ['wednesday', 'time_2', starts[1] ?? ''],
    ['tomorrow at 4pm', undefined, '2026-11-24T16:00:00-05:00'],
    ['on thursday at 10:30', undefined, '2026-11-26T10:30:00-05:00'],
  ])('"%s" is one of them, or another one', async (text, choice, start) => {
    const { continuation } = await understand(text, { questions: [offered] });
    expect(continuation).toMatchObject({ kind: 'answer', clarification_id: QUESTION_ID, slots: { start } });
    expect('choice_id' in continuation ? continuation.choice_id : undefined).toBe(choice);
  });

  test.each(['find 15 minutes today', 'find me an hour for lunch tomorrow', 'when am I free tomorrow?'])(
    '"%s" is another search',
    async (text) => {
      const { continuation, acts } = await understand(text, { questions: [offered] });
      expect(continuation).toEqual({ kind: 'none' });
      expect(acts[0]?.action).toBe('find_time');
    },
  );
});
