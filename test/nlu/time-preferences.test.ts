import { describe, expect, test } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import {
  dependsOnPreferences,
  USUAL_TIMES,
  type TimePreferences,
} from '../../workers/nlu/time-preferences.ts';
import { understand } from './understand.ts';

const WEDNESDAY = { timezone: 'Europe/Vienna', now: new Date('2026-11-18T10:00:00+01:00') };
const SUNDAY = { ...WEDNESDAY, now: new Date('2026-11-22T10:00:00+01:00') };
const COMING: TimePreferences = { ...USUAL_TIMES, next_weekday: 'coming' };
const FROM_SUNDAY: TimePreferences = { ...USUAL_TIMES, week_start: 'sunday' };

async function slots(text: string, at: typeof WEDNESDAY, preferences?: TimePreferences) {
  const { acts } = await understand(text, { ...at, preferences });
  return slotsOf(acts[0]?.entities ?? []);
}

describe('what people mean by words of time', () => {
  test.each([
    ['call Bob next friday', undefined, '2026-11-27'],
    ['call Bob next friday', COMING, '2026-11-20'],
    ['call Bob next monday', COMING, '2026-11-23'],
    ['call Bob nxt fri', COMING, '2026-11-20'],
    ['call Bob next wednesday', COMING, '2026-11-25'],
    ['call Bob next friday at 3pm', COMING, '2026-11-20T15:00:00+01:00'],
    ['call Bob this friday', COMING, '2026-11-20'],
    ['call Bob friday next week', COMING, '2026-11-27'],
    ['call Bob next week', FROM_SUNDAY, '2026-11-27'],
    ['call Bob by the end of the week', FROM_SUNDAY, '2026-11-20'],
    ['call Bob next sunday', FROM_SUNDAY, '2026-11-22'],
    ['call Bob next saturday', FROM_SUNDAY, '2026-11-28'],
  ])('%s, %j', async (text, preferences, due) => {
    expect((await slots(`create a task to ${text}`, WEDNESDAY, preferences)).due_date).toBe(due);
  });

  test.each([
    ['this week', WEDNESDAY, undefined, '2026-11-16', '2026-11-23'],
    ['this week', WEDNESDAY, FROM_SUNDAY, '2026-11-15', '2026-11-22'],
    ['next week', WEDNESDAY, FROM_SUNDAY, '2026-11-22', '2026-11-29'],
    ['last week', WEDNESDAY, FROM_SUNDAY, '2026-11-08', '2026-11-15'],
    ['this week', SUNDAY, undefined, '2026-11-16', '2026-11-23'],
    ['this week', SUNDAY, FROM_SUNDAY, '2026-11-22', '2026-11-29'],
    ['this weekend', WEDNESDAY, FROM_SUNDAY, '2026-11-21', '2026-11-23'],
  ])('tasks of %s', async (words, at, preferences, start, end) => {
    expect((await slots(`show my tasks for ${words}`, at, preferences)).date_range).toEqual({ start, end });
  });

  test('the other reading stays at hand', async () => {
    const { acts } = await understand('create a task to call Bob next friday', {
      ...WEDNESDAY,
      preferences: COMING,
    });
    const due = acts[0]?.entities.find(({ slot }) => slot === 'due_date');
    expect(due?.readings.map(({ value }) => value)).toEqual(['2026-11-20', '2026-11-27']);
  });

  test('they are looked up only where they matter', () => {
    for (const text of ['call Bob next friday', 'nxt tues', 'tasks of this week', 'the week after', 'my wk'])
      expect(dependsOnPreferences(text), text).toBe(true);
    for (const text of ['buy milk tomorrow', 'call Bob on friday', 'undo'])
      expect(dependsOnPreferences(text), text).toBe(false);
  });
});

describe('plain requests', () => {
  test.each([
    ['what are my settings?', 'set_preference'],
    ['stop the morning briefing', 'set_preference'],
    ['when I say next friday I mean the coming one', 'set_preference'],
    ['did I mention the lease', 'search'],
    ['search for budget this week', 'search'],
    ['search the work list for budget', 'search'],
    ['open the second one', 'search'],
    ['brief me', 'daily_briefing'],
    ['call Ann next friday', 'create_task'],
    ['search for flights by friday', 'create_task'],
    ['show me the first week of december', 'list_events'],
    ['search for emails about the lease', 'search_email'],
    ['cancel the briefing with Ann on friday', 'cancel_event'],
  ])('%s', async (text, action) => {
    const { acts } = await understand(text, WEDNESDAY);
    expect(acts[0]?.action).toBe(action);
  });
});
