import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import type { Slots } from '../../contracts/slots.ts';
import { forced } from './forced.ts';

const task = (query: string): Slots => ({ target: { kind: 'task', query } });

describe('what belongs to a slot and what does not', () => {
  test.each<[Action, string, Slots]>([
    ['list_events', 'am i free tomorrow', { date_range: { start: '2026-11-24', end: '2026-11-25' } }],
    [
      'list_events',
      'am I busy at 3pm on friday?',
      { date_range: { start: '2026-11-27T15:00:00-05:00', end: '2026-11-27T16:00:00-05:00' } },
    ],
    [
      'list_events',
      "what's on monday am",
      { date_range: { start: '2026-11-30T06:00:00-05:00', end: '2026-11-30T12:00:00-05:00' } },
    ],
    [
      'list_events',
      'am i seeing Sofie this week',
      { participants: ['Sofie'], date_range: { start: '2026-11-23', end: '2026-11-30' } },
    ],
    [
      'search_email',
      'find the mail from Amazon last week',
      { recipient: ['Amazon'], date_range: { start: '2026-11-16', end: '2026-11-23' } },
    ],
    ['search_email', 'find mail from Dawson about rent', { recipient: ['Dawson'], query: 'rent' }],
    [
      'create_task',
      'add finish homework by 8 pm to my list for today',
      { title: 'finish homework', due_date: '2026-11-23T20:00:00-05:00' },
    ],
    [
      'create_task',
      'would it be possible for you to add "renew insurance" to my tasks',
      { title: 'renew insurance' },
    ],
    [
      'create_task',
      "grandma's birthday present, it's due saturday",
      { title: "grandma's birthday present", due_date: '2026-11-28' },
    ],
    ['create_task', 'buy balloons tag family', { title: 'buy balloons', tags: ['family'] }],
    ['create_task', 'buy price tag paper', { title: 'buy price tag paper' }],
    [
      'create_event',
      'add an all day event on december 24 called Christmas Eve',
      {
        title: 'Christmas Eve',
        all_day: true,
        start: '2026-12-24T00:00:00-05:00',
        date_range: { start: '2026-12-24', end: '2026-12-25' },
      },
    ],
    [
      'create_event',
      "date night fri 8 @ Luigi's",
      { title: 'date night', start: '2026-11-27T20:00:00-05:00', location: "Luigi's" },
    ],
    [
      'create_event',
      'game night friday',
      { title: 'game night', date_range: { start: '2026-11-27', end: '2026-11-28' } },
    ],
    [
      'create_event',
      'concert on the 28th, doors at 7',
      { title: 'concert', start: '2026-11-28T19:00:00-05:00' },
    ],
    [
      'create_event',
      'interview with Jane Doe (jane.doe@corp.io) on friday at 3',
      {
        title: 'interview with Jane Doe',
        participants: ['jane.doe@corp.io'],
        start: '2026-11-27T15:00:00-05:00',
      },
    ],
    ['complete_task', "milk's bought", task('milk')],
    ['complete_task', 'just paid the electricity bill', task('electricity bill')],
    ['complete_task', 'ok i called the dentist', task('dentist')],
    ['complete_task', 'keys dropped off', task('keys')],
    ['complete_task', 'feed the cat', task('feed the cat')],
    [
      'delete_task',
      'clear my shopping list',
      { target: { kind: 'task', reference: 'all' }, list: 'shopping' },
    ],
    ['update_task', 'the tax thing is due on the 30th now', { ...task('tax thing'), due_date: '2026-11-30' }],
    [
      'set_reminder',
      'remind me on the 5th that rent is due',
      { title: 'rent is due', date_range: { start: '2026-12-05', end: '2026-12-06' } },
    ],
    [
      'plan_schedule',
      'plan my afternoon, i have to be done by 5',
      { date_range: { start: '2026-11-23T12:00:00-05:00', end: '2026-11-23T17:00:00-05:00' } },
    ],
    [
      'find_time',
      'find an hour with Imran next week, not friday',
      {
        duration_minutes: 60,
        participants: ['Imran'],
        date_range: { start: '2026-11-30', end: '2026-12-07' },
      },
    ],
    [
      'set_preference',
      'no meetings before 9:30',
      { preference: { key: 'no_events', value: { end: '09:30' } } },
    ],
  ])('%s: %s', (action, text, expected) => {
    expect(forced(action, text).values).toEqual(expected);
  });

  test('"same time" keeps the hour', () => {
    const { values, params } = forced('update_event', "change tomorrow's 2pm to thursday same time");
    const now = { start: '2026-11-24T14:00:00-05:00', end: '2026-11-24T15:00:00-05:00' };
    expect(values).toMatchObject({
      target: { kind: 'event', query: '2pm' },
      start: '2026-11-26T14:00:00-05:00',
    });
    expect(params?.was).toEqual(now);
  });
});
