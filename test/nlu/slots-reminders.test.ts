import { describe, expect, test } from 'vitest';
import type { Slots } from '../../contracts/slots.ts';
import { forced } from './forced.ts';

describe('a reminder', () => {
  test.each<[string, Slots]>([
    [
      'remind me tomorrow to bring the ladder',
      { title: 'bring the ladder', date_range: { start: '2026-11-24', end: '2026-11-25' } },
    ],
    [
      'can you remind me about the dentist appointment on friday at 2pm',
      { title: 'dentist appointment', remind_at: '2026-11-27T14:00:00-05:00' },
    ],
    [
      "don't let me forget, remind me at 6pm to defrost the chicken",
      { title: 'defrost the chicken', remind_at: '2026-11-23T18:00:00-05:00' },
    ],
    [
      'remind me at noon that the cake is in the oven',
      { title: 'the cake is in the oven', remind_at: '2026-11-23T12:00:00-05:00' },
    ],
    [
      'remind me in two hours to call my sister',
      { title: 'call my sister', remind_at: '2026-11-23T12:00:00-05:00' },
    ],
    [
      'because I never remember, ping me on friday at 8am to pay the nanny',
      { title: 'pay the nanny', remind_at: '2026-11-27T08:00:00-05:00' },
    ],
    ['reminder meds 9pm', { title: 'meds', remind_at: '2026-11-23T21:00:00-05:00' }],
    [
      'remind me to call Tom before the trip with "10 before 5pm" in hand',
      { title: 'call Tom before the trip with "10 before 5pm" in hand' },
    ],
  ])('%s', (text, expected) => {
    expect(forced('set_reminder', text).values).toEqual(expected);
  });

  test('a repetition brings its first time', () => {
    const { values } = forced('set_reminder', 'every sunday at 8pm remind me to take out the trash');
    expect(values).toMatchObject({ title: 'take out the trash', remind_at: '2026-11-29T20:00:00-05:00' });
    expect(values.recurrence).toContain('FREQ=WEEKLY;BYDAY=SU');
  });

  test('what hangs on an event stays readable, and nothing is missing', () => {
    const { values, entities, missing } = forced(
      'set_reminder',
      'remind me half an hour before the meeting to print the cv',
    );
    expect(values).toEqual({ title: 'print the cv', target: { kind: 'event', query: 'meeting' } });
    expect(entities.find(({ slot }) => slot === 'when')).toMatchObject({
      text: 'half an hour before the meeting',
      value: { before: 'the meeting', minutes: 30 },
    });
    expect(missing).toEqual([]);
  });

  test('an alarm needs no title and rings in the morning', () => {
    const { values, missing } = forced('set_reminder', 'wake me up at 6 tomorrow');
    expect(values).toEqual({ remind_at: '2026-11-24T06:00:00-05:00' });
    expect(missing).toEqual([]);
  });

  test('a timer runs from now', () => {
    expect(forced('set_reminder', 'set a timer for ten minutes').values).toEqual({
      duration_minutes: 10,
      remind_at: '2026-11-23T10:10:00-05:00',
    });
  });
});
