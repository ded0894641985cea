import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import type { Slots } from '../../contracts/slots.ts';
import { forced } from './forced.ts';

describe('questions, searches and free time', () => {
  test.each<[Action, string, Slots]>([
    ['list_events', 'when is my dentist appointment', { query: 'dentist appointment' }],
    [
      'list_events',
      'any birthdays this month',
      { query: 'birthdays', date_range: { start: '2026-11-01', end: '2026-12-01' } },
    ],
    [
      'list_events',
      'show me my meetings with Farah next week',
      { participants: ['Farah'], date_range: { start: '2026-11-30', end: '2026-12-07' } },
    ],
    ['list_events', "where is the parents' evening", { query: "the parents' evening" }],
    ['list_events', 'am I busy today?', { date_range: { start: '2026-11-23', end: '2026-11-24' } }],
    [
      'find_time',
      'find an hour for a call with Leo this week',
      {
        title: 'call with Leo',
        duration_minutes: 60,
        participants: ['Leo'],
        date_range: { start: '2026-11-23', end: '2026-11-30' },
      },
    ],
    [
      'find_time',
      'when are Tom and I both free tomorrow',
      { participants: ['Tom'], date_range: { start: '2026-11-24', end: '2026-11-25' } },
    ],
    [
      'find_time',
      'when can I meet my accountant next week',
      { participants: ['my accountant'], date_range: { start: '2026-11-30', end: '2026-12-07' } },
    ],
    ['plan_schedule', 'plan my week', { date_range: { start: '2026-11-23', end: '2026-11-30' } }],
    ['daily_briefing', 'brief me on tomorrow', { date_range: { start: '2026-11-24', end: '2026-11-25' } }],
    ['search', 'where did I write down the alarm code', { query: 'the alarm code' }],
    [
      'search',
      'find everything about the kitchen renovation from last month',
      { query: 'the kitchen renovation', date_range: { start: '2026-10-01', end: '2026-11-01' } },
    ],
    ['search', 'search my notes for "Lisbon"', { query: 'Lisbon' }],
    ['list_tasks', 'is butter on the shopping list', { query: 'butter', list: 'shopping' }],
    ['list_tasks', "what's on my packing list", { list: 'packing' }],
    ['search_email', 'did Ana reply to my email', { recipient: ['Ana'] }],
    ['search_email', 'find the mail about the insurance claim', { query: 'the insurance claim' }],
  ])('%s: %s', (action, text, expected) => {
    expect(forced(action, text).values).toEqual(expected);
  });
});

describe('tasks in words that no rule knows', () => {
  test.each<[Action, string, Slots]>([
    ['create_task', "we're out of dish soap", { title: 'dish soap' }],
    ['create_task', 'start a list called Moving house', { list: 'Moving house' }],
    [
      'create_task',
      'since guests are coming I need to vacuum the flat before saturday',
      { title: 'vacuum the flat', due_date: '2026-11-27' },
    ],
    [
      'create_task',
      'fix the squeaky stair, add it for saturday',
      { title: 'fix the squeaky stair', due_date: '2026-11-28' },
    ],
    [
      'create_task',
      'add oat milk and rye bread to the groceries list',
      { title: 'oat milk and rye bread', list: 'groceries' },
    ],
    [
      'delete_task',
      'take milk off the shopping list',
      { target: { kind: 'task', query: 'milk' }, list: 'shopping' },
    ],
    ['complete_task', 'bananas done, tick them off', { target: { kind: 'task', query: 'bananas' } }],
    [
      'update_task',
      'laundry -> sunday',
      { target: { kind: 'task', query: 'laundry' }, due_date: '2026-11-29' },
    ],
    [
      'update_task',
      'my alarm, make it weekly',
      { target: { kind: 'task', query: 'alarm' }, recurrence: 'FREQ=WEEKLY' },
    ],
  ])('%s: %s', (action, text, expected) => {
    expect(forced(action, text).values).toEqual(expected);
  });
});

describe('emails in words that no rule knows', () => {
  test.each<[Action, string, Slots]>([
    ['draft_email', "tell hr by email that I'm sick today", { recipient: ['hr'], body: "I'm sick today" }],
    [
      'draft_email',
      'email my sister happy birthday you old goat',
      { recipient: ['my sister'], body: 'happy birthday you old goat' },
    ],
    [
      'draft_email',
      'send mail to my boss and sue about the budget',
      { recipient: ['my boss', 'sue'], subject: 'the budget' },
    ],
    [
      'send_email',
      'ok send it to Maria',
      { target: { kind: 'draft', reference: 'last' }, recipient: ['Maria'] },
    ],
  ])('%s: %s', (action, text, expected) => {
    expect(forced(action, text).values).toMatchObject(expected);
  });
});

describe('a wish about how the planner works', () => {
  test.each<[string, string, unknown, string]>([
    ['I work from 9 to 5', 'working_hours', { start: '09:00', end: '17:00' }, '9 to 5'],
    ['quiet hours from 10pm to 7am', 'quiet_hours', { start: '22:00', end: '07:00' }, '10pm to 7am'],
    ['set my time zone to Tokyo', 'timezone', 'Asia/Tokyo', 'Tokyo'],
    ['start my week on sunday', 'week_start', 'sunday', 'sunday'],
    ['give me my briefing at 6:30am', 'briefing_time', '06:30', '6:30am'],
    ['meetings should be 25 minutes by default', 'default_duration_minutes', 25, '25 minutes'],
    ['make my emails more formal', 'email_style', 'formal', 'formal'],
    ["I don't work on fridays", 'working_days', { days: ['friday'] }, 'fridays'],
    ['dates are day first please', 'date_order', 'dmy', 'day first'],
    ['default priority is high', 'default_priority', 'high', 'high'],
  ])('%s', (text, key, value, words) => {
    const { values, entities } = forced('set_preference', text);
    expect(values.preference).toEqual({ key, value });
    expect(entities[0]?.text).toBe(words);
  });

  test.each(['call me Jo and use 12 hour time', 'use 24 hour clock times for events'])(
    '%s sets no length',
    (text) => {
      expect(forced('set_preference', text).values.preference).toBeUndefined();
    },
  );
});
