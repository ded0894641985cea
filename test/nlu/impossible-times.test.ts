import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import { forced } from './forced.ts';
import { parseText, readAs } from './understand.ts';

describe('what looks like a time and is none', () => {
  test.each<[Action, string, string | undefined, string]>([
    ['create_event', 'meeting on june 31 at 3pm', 'meeting', 'on june 31 at 3pm'],
    ['create_event', 'lunch with Bob nov 31 at noon', 'lunch with Bob', 'nov 31 at noon'],
    ['create_event', 'event on 2027-02-29 at 5pm', undefined, 'on 2027-02-29 at 5pm'],
    ['create_event', 'add party on march 3 9999', 'party', 'on march 3 9999'],
    ['create_event', 'july 4th 1776', undefined, 'july 4th 1776'],
    ['create_event', 'meeting from 5pm to 3pm', 'meeting', 'from 5pm to 3pm'],
    ['create_event', 'flight from 17:00 to 15:00', 'flight', 'from 17:00 to 15:00'],
    ['create_event', 'dinner at 25:00', 'dinner', 'at 25:00'],
    ['create_task', 'submit taxes 29 february 2027', 'submit taxes', '29 february 2027'],
    ['create_task', 'on 2026-02-30 pay rent', 'pay rent', 'on 2026-02-30'],
    ['create_task', 'task due 13/13/2026', 'task', 'due 13/13/2026'],
    ['create_task', 'file the forms by 2/30', 'file the forms', 'by 2/30'],
    ['create_task', 'buy milk every june 31', 'buy milk', 'every june 31'],
    ['set_reminder', 'remind me on 31.11.2026 to pay', 'pay', 'on 31.11.2026'],
    ['set_reminder', 'remind me in -5 minutes to call bob', 'call bob', 'in -5 minutes'],
    ['set_reminder', 'remind me yesterday to call bob', 'call bob', 'yesterday'],
    ['set_reminder', 'remind me at 9am today to call', 'call', '9am today'],
    ['set_reminder', 'remind me in 0 minutes', undefined, 'in 0 minutes'],
    ['update_event', 'move the dentist to june 31 at 4', undefined, 'to june 31 at 4'],
    ['list_events', "what's on june 31", undefined, 'on june 31'],
    ['plan_schedule', 'plan june 31', undefined, 'june 31'],
    ['set_preference', 'no meetings after 25:00', undefined, 'after 25:00'],
  ])('%s: "%s" is told back and in no slot', (action, text, title, unread) => {
    const { values, params } = forced(action, text);
    expect(params?.unread).toEqual([unread]);
    const { title: named, target: _target, participants: _people, ...rest } = values;
    expect(named).toBe(title);
    expect(rest).toEqual({});
  });

  test.each<[Action, string]>([
    ['create_event', 'meeting on june 31 at 3pm'],
    ['set_reminder', 'remind me yesterday to call bob'],
  ])('%s asks for a time that it needs: "%s"', (action, text) => {
    expect(forced(action, text).missing).toEqual([action === 'create_event' ? 'start' : 'remind_at']);
  });

  test.each(['29 february 2027', '25:00', '2027-13-01', 'march 3 9999', 'july 4th 1776'])(
    '"%s" is no answer to when',
    async (text) => {
      expect(await readAs('when', text)).toBeUndefined();
      expect((await parseText(text, { slot: 'when' })).act.params?.unread).toEqual([text]);
    },
  );

  test.each([
    'dinner feb 29 at 7',
    'party feb 29 2028 at 7pm',
    'shift from 10pm to 6am tomorrow',
    'call at 5pm and 3pm',
    'invite june 35 people',
    'run 45:30 interval tomorrow',
    'read matthew 26:30',
    'we beat them 21-14',
    'split it 50/50',
    'march 3 1830',
    'read "june 31" tomorrow',
  ])('"%s" holds no such thing', (text) => {
    expect(forced('create_event', text).params?.unread).toBeUndefined();
  });

  test('an hour of another clause is kept', () => {
    const { values, params } = forced('set_reminder', 'remind me at 5 to buy flowers for june 31');
    expect(values).toMatchObject({ title: 'buy flowers', remind_at: '2026-11-23T17:00:00-05:00' });
    expect(params?.unread).toEqual(['june 31']);
  });
});

describe('a weekday that its date is not', () => {
  test.each([
    ['on tuesday the 25th', ['2026-11-25', '2026-11-24']],
    ['tuesday december 25', ['2026-12-25', '2026-12-22']],
    ['friday november 25', ['2026-11-25', '2026-11-27']],
    ['wednesday the 25th', ['2026-11-25']],
    ['friday the 13th', ['2027-08-13']],
  ])('%s', async (text, readings) => {
    expect((await readAs('when', text))?.readings.map(({ value }) => value)).toEqual(readings);
  });
});

describe('a time corrected in the same breath', () => {
  test.each([
    ['submit report by friday no saturday', 'submit report', '2026-11-28'],
    ['submit report by friday, no wait, saturday', 'submit report', '2026-11-28'],
    ['call Ann today, I mean tomorrow', 'call Ann', '2026-11-24'],
  ])('%s', (text, title, due) => {
    expect(forced('create_task', text).values).toEqual({ title, due_date: due });
  });

  test('keeps its day', () => {
    expect(forced('create_event', 'haircut tomorrow 3, no 4pm').values).toEqual({
      title: 'haircut',
      start: '2026-11-24T16:00:00-05:00',
    });
  });
});
