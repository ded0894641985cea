import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { parseText, understand } from './understand.ts';

type Expected = [text: string, action: Action, slots?: Partial<Slots>];

const reads = async ([text, action, slots = {}]: Expected): Promise<void> => {
  const { act, values } = await parseText(text);
  expect(act.action).toBe(action);
  expect(values).toMatchObject(slots);
};

const spokenAlone = async (text: string) => {
  const [act] = (await understand(text)).acts;
  return { act, target: slotsOf(act?.entities ?? []).target };
};

describe('an event is called by what takes place', () => {
  test.each<Expected>([
    ['design review tomorrow at 4pm', 'create_event', { title: 'design review' }],
    ['weekly review every friday at 4pm', 'create_event', { title: 'weekly review' }],
    ['spin class tomorrow at 6pm', 'create_event'],
    ['yoga every thursday at 7am', 'create_event', { title: 'yoga' }],
    ['coffee with Eve at 12:30', 'create_event', { participants: ['Eve'] }],
    ['book a meeting', 'create_event'],
    ['book me a call', 'create_event'],
    // What only looks like it.
    ['review the design tomorrow at 4pm', 'create_task'],
    ['book review due friday', 'create_task'],
    ['weekly review', 'weekly_briefing'],
    ['send me my weekly review every friday at 4pm', 'weekly_briefing'],
    ['brief me every friday at 4pm', 'set_preference'],
    ['book a table', 'out_of_scope'],
    ['book a flight', 'out_of_scope'],
  ])('%s: %s', async (...row) => reads(row));
});

describe('hours of a night', () => {
  test.each<Expected>([
    [
      'night shift on march 28 2027 from 1:00 to 5:00',
      'create_event',
      { start: '2027-03-28T01:00:00-04:00', end: '2027-03-28T05:00:00-04:00' },
    ],
    ['night shift tomorrow at 10', 'create_event', { start: '2026-11-24T22:00:00-05:00' }],
    [
      'night shift tomorrow from 10 to 6',
      'create_event',
      { start: '2026-11-24T22:00:00-05:00', end: '2026-11-25T06:00:00-05:00' },
    ],
    ['night shift tomorrow from 13 to 17', 'create_event', { start: '2026-11-24T13:00:00-05:00' }],
    ['late shift tomorrow from 1 to 5', 'create_event', { start: '2026-11-24T13:00:00-05:00' }],
  ])('%s: %s', async (...row) => reads(row));
});

describe('time and things that are looked for', () => {
  test.each<Expected>([
    ['find 2 hours for the report before friday', 'find_time', { duration_minutes: 120, title: 'report' }],
    [
      'find me one hour tomorrow between 2pm and 3pm to plan the beds',
      'find_time',
      { duration_minutes: 60, title: 'plan the beds' },
    ],
    [
      'i need two hours on friday to plan the garden',
      'find_time',
      { duration_minutes: 120, title: 'plan the garden' },
    ],
    ['find me 90 minutes to read tomorrow', 'find_time', { duration_minutes: 90 }],
    ['find the report before friday', 'create_task'],
    ['search budget from last month', 'search', { query: 'budget' }],
    ['find budget from last month', 'search', { query: 'budget' }],
    ["what's on today", 'list_events'],
    ['anything on this week?', 'list_events'],
    ["what's on the shopping list", 'list_tasks', { list: 'shopping' }],
    ["what's on tv tonight", 'out_of_scope'],
    ['who is at the door', 'out_of_scope'],
    ['did it go out?', 'search_email'],
    ['is it sent?', 'search_email'],
    ['plan tonight', 'plan_schedule'],
    ['replan my week', 'plan_schedule'],
    ['plan dinner tonight', 'create_task'],
  ])('%s: %s', async (...row) => reads(row));

  test('who is at an event is asked of the event', async () => {
    const { act, values } = await parseText('who is at the dinner?');
    expect(act.action).toBe('list_events');
    expect(values).toEqual({ query: 'dinner' });
  });
});

describe('what comes again', () => {
  test.each(['skip this one', 'skip just this one', 'skip the next one', 'skip it this week'])(
    '%s: one day of the series spoken of, and nothing else in its place',
    async (text) => {
      const { act, target } = await spokenAlone(text);
      expect(act?.action).toBe('cancel_event');
      expect(target).toEqual({ kind: 'event', reference: 'last', scope: 'this' });
      expect(act?.otherwise).toBeUndefined();
    },
  );

  test.each([
    ['stop repeating yoga', 'update_event', 'yoga'],
    ["the standup shouldn't repeat any more", 'update_event', 'standup'],
    ['make the retro a one-off', 'update_event', 'retro'],
    ['stop repeating water the plants', 'update_task', 'water the plants'],
    ["don't repeat the laundry anymore", 'update_task', 'laundry'],
  ])('%s', async (text, action, query) => {
    const { act, target } = await spokenAlone(text);
    expect(act?.action).toBe(action);
    expect(target?.query).toBe(query);
    expect(act?.params?.clear).toEqual(['recurrence']);
    expect(act?.otherwise?.slots.target?.query).toBe(query);
  });

  test.each<Expected>([
    ['reschedule yoga to the weekend', 'reschedule', { target: { kind: 'event', query: 'yoga' } }],
    ['reschedule the dentist to next week', 'reschedule'],
    ['reschedule the dentist to friday at 3', 'update_event'],
    ['reschedule the report to the weekend', 'update_task'],
  ])('%s: %s', async (...row) => reads(row));
});

describe('reminders', () => {
  test.each<Expected>([
    ["don't let me forget to call the bank", 'set_reminder', { title: 'call the bank' }],
    ["don't let me forget the pills at 8", 'set_reminder'],
    ["don't let me forget the rent", 'create_task'],
    ["don't forget to call the bank", 'create_task'],
    ['later', 'set_reminder', { title: 'later' }],
    ['not now, later', 'set_reminder', { title: 'later' }],
    ['see you later', 'goodbye'],
    ['dismiss', 'complete_task'],
    ['ok thanks, done', 'complete_task'],
    ['ok thanks', 'thanks'],
    ['got it', 'affirm'],
  ])('%s: %s', async (...row) => reads(row));

  test.each([
    ["don't remind me about the dentist", { kind: 'reminder', query: 'dentist' }],
    ['stop reminding me to water the plants', { kind: 'reminder', query: 'water the plants' }],
    ["don't remind me about it", { kind: 'reminder', reference: 'last' }],
  ])('%s: the reminder goes, and nothing of that name', async (text, target) => {
    const { act, target: meant } = await spokenAlone(text);
    expect(act?.action).toBe('delete_task');
    expect(meant).toEqual(target);
    expect(act?.otherwise).toBeUndefined();
  });
});

describe('tasks', () => {
  test.each<Expected>([
    ['complete wash the car', 'complete_task', { target: { kind: 'task', query: 'wash the car' } }],
    ['complete my tax return by friday', 'create_task'],
    ['mark every task on my groceries list done', 'complete_task', { list: 'groceries' }],
    ['complete all tasks on the work list', 'complete_task', { list: 'work' }],
    ['which tasks on my groceries list are done', 'list_tasks'],
    [
      'it would be great if the report was finished by friday',
      'create_task',
      { title: 'finish the report', due_date: '2026-11-27' },
    ],
    ['it would be great if it was finished by friday', 'update_task', { due_date: '2026-11-27' }],
    ['it would be great if you could move the meeting to friday', 'update_event'],
    [
      'and the last one to next week',
      'update_task',
      { target: { kind: 'task', reference: 'ordinal', ordinal: -1 } },
    ],
  ])('%s: %s', async (...row) => reads(row));
});

describe('several things in one breath', () => {
  const titlesOf = async (text: string): Promise<unknown[]> =>
    (await understand(text)).acts.map(({ entities }) => entities.find(({ slot }) => slot === 'title')?.value);

  test.each([
    ['add milk, eggs and bread to the shopping list', ['milk', 'eggs', 'bread']],
    ['put apples, pears on my groceries list', ['apples', 'pears']],
    ['add milk and eggs to the shopping list', ['milk', 'eggs']],
    ['add call mom, pay rent and wash car to my list', ['call mom', 'pay rent', 'wash car']],
    // One thing each.
    ['add mac and cheese to the shopping list', ['mac and cheese']],
    ['add salt and pepper to the shopping list', ['salt and pepper']],
    ['buy milk, eggs and bread', ['buy milk, eggs and bread']],
    ['add dinner with Ann, Bob and Eve to my list', ['dinner with Ann, Bob and Eve']],
  ])('%s', async (text, titles) => {
    expect(await titlesOf(text)).toEqual(titles);
  });

  test.each([
    ['my working hours are 9 to 5 and my week starts on sunday', ['working_hours', 'week_start']],
    ['my week starts on monday and my time zone is Berlin', ['week_start', 'timezone']],
    ['no meetings on mondays and fridays', ['no_events']],
  ])('%s', async (text, keys) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action }) => action)).toEqual(keys.map(() => 'set_preference'));
    expect(
      acts.map(({ entities }) => entities.find(({ slot }) => slot === 'preference')?.value),
    ).toMatchObject(keys.map((key) => ({ key })));
  });
});
