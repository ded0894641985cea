import { describe, expect, test } from 'vitest';
import type { Event } from '../../contracts/entities.ts';
import { planLines } from '../../scripts/chat/plan-cards.ts';
import { layOut } from '../../web/calendar/day-layout.ts';
import { daysOfEvent } from '../../web/client/index.ts';
import { differencesOf } from '../../web/history/change-words.ts';
import { touchedBy } from '../../web/history/touched.ts';
import { storyCards } from '../browser/story-cards.ts';
import { idOf } from './session-log.ts';

const NOW = new Date('2026-11-18T09:00:00Z');
/** On this device's clock, whatever its zone is. */
const at = (time: string, day = '2026-11-18'): string => new Date(`${day}T${time}:00`).toISOString();

const eventOf = (n: number, title: string, from: string, to: string): Event => ({
  id: idOf(7, n),
  title,
  start: at(from),
  end: at(to),
  all_day: false,
  timezone: 'UTC',
  recurrence: null,
  exceptions: [],
  series_id: null,
  original_start: null,
  participants: [],
  location: null,
  notes: null,
  calendar: 'personal',
  task_id: null,
  version: 1,
  created_at: NOW.toISOString(),
});

describe('the day of a calendar', () => {
  test('shares its width among what overlaps, and gives it back after', () => {
    const placed = layOut(
      [
        eventOf(1, 'a', '09:00', '11:00'),
        eventOf(2, 'b', '10:00', '12:00'),
        eventOf(3, 'c', '11:00', '12:00'),
        eventOf(4, 'd', '12:00', '12:05'),
      ],
      '2026-11-18',
    );
    const seen = placed.map(({ item, column, columns, from, to }) => [item.title, column, columns, from, to]);
    expect(seen).toEqual([
      ['a', 0, 2, 540, 660],
      ['b', 1, 2, 600, 720],
      // Where the first has ended there is room again.
      ['c', 0, 2, 660, 720],
      // What is short is still tall enough to press.
      ['d', 0, 1, 720, 745],
    ]);
  });

  test('ends at midnight, and an event over it stands in both days', () => {
    const night = { start: at('22:00'), end: at('01:30', '2026-11-19') };
    expect(layOut([night], '2026-11-18')).toMatchObject([{ from: 1320, to: 1440 }]);
    expect(layOut([night], '2026-11-19')).toMatchObject([{ from: 0, to: 90 }]);
    expect(layOut([{ start: at('22:00'), end: at('00:00', '2026-11-19') }], '2026-11-19')).toEqual([]);
  });

  test('whole days are those of the event’s own calendar', () => {
    const trip = { start: '2026-11-18T00:00:00+13:00', end: '2026-11-20T00:00:00+13:00', all_day: true };
    expect(daysOfEvent(trip)).toEqual({ first: '2026-11-18', last: '2026-11-19' });
  });
});

describe('a change in words', () => {
  test('says what was and is, and of something new what it has', () => {
    const before = { title: 'report', status: 'open', due_on: '2026-11-20', priority: 'medium', tags: [] };
    const after = { ...before, due_on: '2026-11-23', tags: ['work'] };
    expect(differencesOf({ kind: 'task', before, after }, NOW)).toEqual([
      { label: 'due', before: 'Fri 20 Nov', after: 'Mon 23 Nov' },
      { label: 'tags', before: null, after: 'work' },
    ]);
    expect(differencesOf({ kind: 'task', before: null, after }, NOW).map(({ label }) => label)).toEqual([
      'due',
      'tags',
    ]);
  });

  test('says the state of an email in plain words, and nothing of what all new things are', () => {
    const row = { subject: 'Rent', recipients: ['Ann'], tone: 'neutral', status: 'sending' };
    const change = { kind: 'draft', before: row, after: { ...row, status: 'draft' } };
    expect(differencesOf(change, NOW)).toEqual([
      { label: 'status', before: 'on its way', after: 'not sent' },
    ]);
    expect(differencesOf({ ...change, before: null }, NOW).map(({ label }) => label)).toEqual(['to']);
  });

  test('tells each thing once, and what it is where others stand beside it', () => {
    const block = { title: 'report', calendar: 'plan' };
    const of = (
      kind: string,
      id: number,
      row: Record<string, unknown>,
      op: 'update' | 'delete' = 'update',
    ) => ({
      change: { kind, id: idOf(8, id), before: row, after: row },
      effect: { kind, op, id: idOf(8, id), title: 'report', reason: '', undo: null },
    });
    const all = [
      of('task', 1, { title: 'report', status: 'done' }),
      of('event', 2, block, 'delete'),
      of('event', 3, block, 'delete'),
      of('delivery', 4, { state: 'planned' }),
    ];
    const told = touchedBy(
      { changes: all.map(({ change }) => change), effects: all.map(({ effect }) => effect) },
      NOW,
    );
    expect(told.map(({ name, gone, count }) => [name, gone, count])).toEqual([
      ['report (task)', false, 1],
      ['report (planned time)', true, 2],
    ]);
  });

  test('reads settings by their names, and says nothing of a kind it does not know', () => {
    const before = { settings: { quiet_hours: null, event_minutes: 60 } };
    const after = { settings: { quiet_hours: { start: '22:00', end: '07:00' }, event_minutes: 45 } };
    expect(differencesOf({ kind: 'setting', before, after }, NOW)).toEqual([
      { label: 'quiet hours', before: null, after: '22:00 – 07:00' },
      { label: 'an event takes', before: '1 h', after: '45 min' },
    ]);
    expect(differencesOf({ kind: 'planet', before: null, after: {} }, NOW)).toEqual([]);
  });
});

test('the terminal has lines for every card of a planner', () => {
  const created_at = NOW.toISOString();
  const task = {
    id: idOf(8, 1),
    title: 'Study physics',
    status: 'open',
    due_date: null,
    priority: 'medium',
    duration_minutes: null,
    list: null,
    tags: [],
    recurrence: null,
    repeats_from_completion: false,
    location: null,
    notes: null,
    parent_id: null,
    version: 1,
    created_at,
    completed_at: null,
  } as const;
  const cards = storyCards({
    events: [
      eventOf(1, 'Standup', '09:00', '09:30'),
      eventOf(2, 'Dentist', '15:00', '16:00'),
      eventOf(3, 'Call Anna', '15:30', '16:30'),
      eventOf(4, 'Football', '19:00', '20:30'),
    ],
    tasks: [
      { ...task, tags: [] },
      { ...task, id: idOf(8, 2), title: 'Write the report', tags: [] },
    ],
    reminders: [
      {
        id: idOf(9, 1),
        title: 'Call mum',
        remind_at: at('18:00'),
        timezone: 'UTC',
        status: 'scheduled',
        recurrence: null,
        item_kind: 'event',
        item_id: idOf(7, 1),
        before_minutes: 30,
        fired_at: null,
        version: 1,
        created_at,
      },
    ],
    contact: { id: idOf(9, 2), name: 'Professor Lang', address: null, version: 1, created_at },
    draft: {
      id: idOf(9, 3),
      recipients: [],
      subject: 'My exam',
      body: 'Dear Professor',
      email_type: 'general',
      tone: 'neutral',
      method: 'template',
      status: 'draft',
      addresses: [],
      send_at: null,
      sent_at: null,
      version: 1,
      created_at,
      updated_at: created_at,
    },
    sessionId: idOf(1, 1),
    turnId: idOf(2, 1),
  });
  const lines = new Map(cards.map((card) => [card.kind, planLines(card).join('\n')]));
  expect(lines.get('event')).toContain('overlaps with “Call Anna”, 15:30 – 16:30');
  expect(lines.get('events')).toContain('and 2 more');
  expect(lines.get('reminder')).toContain('30 min before the event');
  expect(lines.get('briefing')).toContain('since yesterday');
  expect(lines.get('search')).toContain('Nothing found for “zeppelin”');
  expect(lines.get('contact')).toContain('no address so far');
  const plans = cards.flatMap((card) => (card.kind === 'schedule' ? [planLines(card).join('\n')] : []));
  expect(plans[0]).toContain('09:00 – 11:00 → ');
  expect(plans[0]).toContain('! no place for Paint the fence');
  expect(plans[2]).toContain('1 h 30 min');
});
