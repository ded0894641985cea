import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import { forced } from './forced.ts';
import { parseText } from './understand.ts';

describe('how far an event moves', () => {
  test.each<[string, string, ActParams]>([
    ['push the standup back an hour', 'standup', { shift: { unit: 'hour', count: 1 } }],
    ['push back the standup an hour', 'standup', { shift: { unit: 'hour', count: 1 } }],
    ['move the standup forward by 15 minutes', 'standup', { shift: { unit: 'minute', count: -15 } }],
    ['push the standup forward by 15 minutes', 'standup', { shift: { unit: 'minute', count: 15 } }],
    ['bring the review forward an hour', 'review', { shift: { unit: 'hour', count: -1 } }],
    ['move the call with Ann up 30 minutes', 'call with Ann', { shift: { unit: 'minute', count: -30 } }],
    ['start the review half an hour later', 'review', { shift: { unit: 'minute', count: 30 } }],
    ['the standup starts 15 minutes earlier now', 'standup', { shift: { unit: 'minute', count: -15 } }],
    ['push the team meeting to an hour later', 'team meeting', { shift: { unit: 'hour', count: 1 } }],
    [
      'postpone the dentist appointment by two days',
      'dentist appointment',
      { shift: { unit: 'day', count: 2 } },
    ],
    ['push the sync back by an hour and a half', 'sync', { shift: { unit: 'minute', count: 90 } }],
    ['extend the session by half an hour', 'session', { lengthen: 30 }],
    ['make the standup 15 minutes longer', 'standup', { lengthen: 15 }],
    ['add 15 minutes to the standup', 'standup', { lengthen: 15 }],
    ['give the workshop another 30 minutes', 'workshop', { lengthen: 30 }],
    ['shorten the sync by 10 minutes', 'sync', { lengthen: -10 }],
    ['make the sync ten minutes shorter', 'sync', { lengthen: -10 }],
    ['cut 10 minutes off the sync', 'sync', { lengthen: -10 }],
    ['end the meeting 15 minutes early', 'meeting', { lengthen: -15 }],
  ])('%s', (text, query, expected) => {
    const { values, params } = forced('update_event', text);
    expect(params).toEqual(expected);
    expect(values.target).toEqual({ kind: 'event', query });
    expect(values.duration_minutes).toBeUndefined();
  });

  test.each<[string, number]>([
    ['make the standup 15 minutes long', 15],
    ['extend the session to 2 hours', 120],
    ['cut the sync to 20 minutes', 20],
    ['move the meeting to friday at 4pm for 30 minutes', 30],
  ])('%s says how long it is to be', (text, minutes) => {
    const { values, params } = forced('update_event', text);
    expect(params).toBeUndefined();
    expect(
      values.duration_minutes ?? (Date.parse(values.end ?? '') - Date.parse(values.start ?? '')) / 60_000,
    ).toBe(minutes);
  });

  test('where it is now is told beside it', async () => {
    const { act } = await parseText('push my 3pm back an hour');
    expect(act).toMatchObject({
      action: 'update_event',
      params: {
        shift: { unit: 'hour', count: 1 },
        was: { start: '2026-11-23T15:00:00-05:00', end: '2026-11-23T16:00:00-05:00' },
      },
    });
    expect(act.params?.where).toBeUndefined();
  });

  test('where it is to be outweighs how far that is', () => {
    const { values, params } = forced('update_event', 'push the standup back an hour to 11am');
    expect(params).toEqual({ day_kept: values.start });
    expect(values.start).toBe('2026-11-23T11:00:00-05:00');
  });
});
