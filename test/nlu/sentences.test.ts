import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import type { Slots } from '../../contracts/slots.ts';
import { parseText } from './understand.ts';

type Row = [text: string, action: Action, slots: Slots];

const ROWS_1: Row[] = [
  ['create a task to study', 'create_task', { title: 'study' }],
  ['create a task to study physics', 'create_task', { title: 'study physics' }],
  [
    'Create a new task to call the plumber tomorrow at 5pm',
    'create_task',
    { title: 'call the plumber', due_date: '2026-11-26T17:00:00-05:00' },
  ],
  [
    'please add a task: water the ficus by friday',
    'create_task',
    { title: 'water the ficus', due_date: '2026-11-27' },
  ],
  [
    'can you create a task called "read friday\'s brief" for next tuesday',
    'create_task',
    { title: "read friday's brief", due_date: '2026-12-01' },
  ],
  [
    'add an urgent task to file the insurance claim',
    'create_task',
    { priority: 'urgent', title: 'file the insurance claim' },
  ],
  [
    'create a high priority task to book the venue by the end of the month',
    'create_task',
    { priority: 'high', title: 'book the venue', due_date: '2026-11-30' },
  ],
  [
    'make me a task for the dentist on december 3rd at 9:30',
    'create_task',
    { title: 'the dentist', due_date: '2026-12-03T09:30:00-05:00' },
  ],
  ['new task pick up the parcel', 'create_task', { title: 'pick up the parcel' }],
  ['task: descale the kettle', 'create_task', { title: 'descale the kettle' }],
  ['todo - mend the fence this weekend', 'create_task', { title: 'mend the fence', due_date: '2026-11-29' }],
  ['add oat milk to my groceries list', 'create_task', { title: 'oat milk', list: 'groceries' }],
  ['put "sign the lease" on my home list', 'create_task', { title: 'sign the lease', list: 'home' }],
  ['add buy stamps to my to-do list', 'create_task', { title: 'buy stamps' }],
  [
    'add a task to clean the oven for 45 minutes on saturday',
    'create_task',
    { title: 'clean the oven', duration_minutes: 45, due_date: '2026-11-28' },
  ],
  [
    'add pay the gas bill by the 15th p1',
    'create_task',
    { title: 'pay the gas bill', due_date: '2026-12-15', priority: 'urgent' },
  ],
  ['remember to feed the cat tonight', 'create_task', { title: 'feed the cat', due_date: '2026-11-25' }],
  [
    "don't forget to send the invoice to Maya tomorrow morning",
    'create_task',
    { title: 'send the invoice to Maya', due_date: '2026-11-26' },
  ],
  [
    'I need to renew my passport by friday',
    'create_task',
    { title: 'renew my passport', due_date: '2026-11-27' },
  ],
  [
    'i have to finish the slides before wednesday',
    'create_task',
    { title: 'finish the slides', due_date: '2026-12-01' },
  ],
  ['I must call grandma', 'create_task', { title: 'call grandma' }],
  [
    'i should probably tidy the garage next weekend',
    'create_task',
    { title: 'tidy the garage', due_date: '2026-12-06' },
  ],
  ['gotta wash the car', 'create_task', { title: 'wash the car' }],
  ['buy milk tomorrow', 'create_task', { title: 'buy milk', due_date: '2026-11-26' }],
  ['buy 2 eggs', 'create_task', { title: 'buy 2 eggs' }],
  ['call mom', 'create_task', { title: 'call mom' }],
  ['call mom at 8', 'create_task', { title: 'call mom', due_date: '2026-11-25T20:00:00-05:00' }],
  ['read chapter 4', 'create_task', { title: 'read chapter 4' }],
  ['read chapter 4 by tuesday', 'create_task', { title: 'read chapter 4', due_date: '2026-12-01' }],
  ['update the app to version 2.10', 'create_task', { title: 'update the app to version 2.10' }],
  [
    'water the plants every monday',
    'create_task',
    { title: 'water the plants', recurrence: 'FREQ=WEEKLY;BYDAY=MO' },
  ],
  ['take vitamins daily', 'create_task', { title: 'take vitamins', recurrence: 'FREQ=DAILY' }],
  [
    'pay rent on the 1st of every month',
    'create_task',
    { title: 'pay rent', recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1' },
  ],
  [
    'submit the tax return in two weeks',
    'create_task',
    { title: 'submit the tax return', due_date: '2026-12-09' },
  ],
  [
    'return the library books in 3 days',
    'create_task',
    { title: 'return the library books', due_date: '2026-11-28' },
  ],
  [
    'ring the bank in 2 hours',
    'create_task',
    { title: 'ring the bank', due_date: '2026-11-25T16:00:00-05:00' },
  ],
  ['study', 'create_task', { title: 'study' }],
  ['study biology #school #exam', 'create_task', { title: 'study biology', tags: ['school', 'exam'] }],
  ['finish homework', 'create_task', { title: 'finish homework' }],
  ['finish homework tonight', 'create_task', { title: 'finish homework', due_date: '2026-11-25' }],
  ['book the 5pm train', 'create_task', { title: 'book the 5pm train' }],
  ['prepare the friday meeting', 'create_task', { title: 'prepare the friday meeting' }],
  ['review notes from last week', 'create_task', { title: 'review notes from last week' }],
  [
    'walk the dog at half past six',
    'create_task',
    { title: 'walk the dog', due_date: '2026-11-25T18:30:00-05:00' },
  ],
  ['physics homework due friday', 'create_task', { title: 'physics homework', due_date: '2026-11-27' }],
  ["send Ana the photos, it's urgent", 'create_task', { title: 'send Ana the photos', priority: 'urgent' }],
  ['ship the parcel asap', 'create_task', { title: 'ship the parcel', priority: 'urgent' }],
  ['email', 'create_task', { title: 'email' }],
  [
    'buy christmas presents before christmas',
    'create_task',
    { title: 'buy christmas presents', due_date: '2026-12-24' },
  ],
  ['buy a gift for Leo by 12/20', 'create_task', { title: 'buy a gift for Leo', due_date: '2026-12-20' }],
  [
    'meditate for 20 minutes tomorrow',
    'create_task',
    { title: 'meditate', duration_minutes: 20, due_date: '2026-11-26' },
  ],
  [
    'write the essay (2h) by next friday',
    'create_task',
    { title: 'write the essay', duration_minutes: 120, due_date: '2026-12-04' },
  ],
  ['what do I have to do today', 'list_tasks', { date_range: { start: '2026-11-25', end: '2026-11-26' } }],
  [
    'what do i need to do this week?',
    'list_tasks',
    { date_range: { start: '2026-11-23', end: '2026-11-30' } },
  ],
  ['show my tasks', 'list_tasks', {}],
  ['show me all my tasks', 'list_tasks', {}],
  ['list high priority tasks', 'list_tasks', { priority: 'high' }],
  ["what's on my list", 'list_tasks', {}],
  ["what's on my shopping list", 'list_tasks', { list: 'shopping' }],
  ['show overdue tasks', 'list_tasks', { date_range: { start: '1970-01-01', end: '2026-11-25' } }],
  ['my tasks for next week', 'list_tasks', { date_range: { start: '2026-11-30', end: '2026-12-07' } }],
  ['tasks about physics', 'list_tasks', { query: 'physics' }],
  ['show tasks containing "lab report"', 'list_tasks', { query: 'lab report' }],
  ['show tasks tagged errands', 'list_tasks', { tags: ['errands'] }],
  ['show tasks in work', 'list_tasks', { list: 'work' }],
  [
    'show urgent tasks due tomorrow',
    'list_tasks',
    { priority: 'urgent', date_range: { start: '2026-11-26', end: '2026-11-27' } },
  ],
  ['tasks due by friday', 'list_tasks', { date_range: { start: '1970-01-01', end: '2026-11-28' } }],
  ["what's due on thursday?", 'list_tasks', { date_range: { start: '2026-11-26', end: '2026-11-27' } }],
  [
    'do i have any tasks for tomorrow',
    'list_tasks',
    { date_range: { start: '2026-11-26', end: '2026-11-27' } },
  ],
  ["today's tasks", 'list_tasks', { date_range: { start: '2026-11-25', end: '2026-11-26' } }],
  ['show me everything tagged home', 'list_tasks', { tags: ['home'] }],
  [
    'rename buy milk to buy oat milk',
    'update_task',
    { target: { kind: 'task', query: 'buy milk' }, title: 'buy oat milk' },
  ],
  [
    'rename "go to gym" to "swim"',
    'update_task',
    { target: { kind: 'task', query: 'go to gym' }, title: 'swim' },
  ],
  [
    'change the title of laundry to wash the towels',
    'update_task',
    { target: { kind: 'task', query: 'laundry' }, title: 'wash the towels' },
  ],
  [
    'move the dentist task to friday',
    'update_task',
    { target: { kind: 'task', query: 'dentist' }, due_date: '2026-11-27' },
  ],
  [
    'move "pay rent" to the 1st at noon',
    'update_task',
    { target: { kind: 'task', query: 'pay rent' }, due_date: '2026-12-01T12:00:00-05:00' },
  ],
  [
    'push it to monday',
    'update_task',
    { target: { kind: 'task', reference: 'last' }, due_date: '2026-11-30' },
  ],
  [
    'postpone the report until next wednesday',
    'update_task',
    { target: { kind: 'task', query: 'report' }, due_date: '2026-12-02' },
  ],
  [
    'reschedule laundry to tomorrow at 6pm',
    'update_task',
    { target: { kind: 'task', query: 'laundry' }, due_date: '2026-11-26T18:00:00-05:00' },
  ],
  [
    'change the due date of the essay to december 12',
    'update_task',
    { target: { kind: 'task', query: 'essay' }, due_date: '2026-12-12' },
  ],
  [
    'change the due date to friday',
    'update_task',
    { target: { kind: 'task', reference: 'last' }, due_date: '2026-11-27' },
  ],
  [
    "set the essay's priority to high",
    'update_task',
    { target: { kind: 'task', query: 'essay' }, priority: 'high' },
  ],
  [
    'set homework to low priority',
    'update_task',
    { target: { kind: 'task', query: 'homework' }, priority: 'low' },
  ],
  [
    'mark the invoice task as urgent',
    'update_task',
    { target: { kind: 'task', query: 'invoice' }, priority: 'urgent' },
  ],
  ['make it high priority', 'update_task', { target: { kind: 'task', reference: 'last' }, priority: 'high' }],
  ['add tag home to laundry', 'update_task', { tags: ['home'], target: { kind: 'task', query: 'laundry' } }],
  ['tag laundry as chores', 'update_task', { target: { kind: 'task', query: 'laundry' }, tags: ['chores'] }],
  [
    'add #garden to the fence task',
    'update_task',
    { tags: ['garden'], target: { kind: 'task', query: 'fence' } },
  ],
  [
    'move the bike task to the weekend list',
    'update_task',
    { target: { kind: 'task', query: 'bike' }, list: 'weekend' },
  ],
  [
    'the essay is due thursday',
    'update_task',
    { target: { kind: 'task', query: 'essay' }, due_date: '2026-11-26' },
  ],
  ['done with laundry', 'complete_task', { target: { kind: 'task', query: 'laundry' } }],
  [
    'I finished the physics homework',
    'complete_task',
    { target: { kind: 'task', query: 'physics homework' } },
  ],
  [
    "i'm done with the second one",
    'complete_task',
    { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } },
  ],
  ['mark buy milk as done', 'complete_task', { target: { kind: 'task', query: 'buy milk' } }],
  ['mark "call mom" as complete', 'complete_task', { target: { kind: 'task', query: 'call mom' } }],
  ['laundry is done', 'complete_task', { target: { kind: 'task', query: 'laundry' } }],
  ['check off water the plants', 'complete_task', { target: { kind: 'task', query: 'water the plants' } }],
  ['complete the second', 'complete_task', { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } }],
  ['complete task renew passport', 'complete_task', { target: { kind: 'task', query: 'renew passport' } }],
  ['complete it', 'complete_task', { target: { kind: 'task', reference: 'last' } }],
  ['finish the passport task', 'complete_task', { target: { kind: 'task', query: 'passport' } }],
  ['delete buy milk', 'delete_task', { target: { kind: 'task', query: 'buy milk' } }],
  ['delete the dentist task', 'delete_task', { target: { kind: 'task', query: 'dentist' } }],
  ['remove the last one', 'delete_task', { target: { kind: 'task', reference: 'last' } }],
  [
    'delete all tasks tagged home',
    'delete_task',
    { target: { kind: 'task', reference: 'all' }, tags: ['home'] },
  ],
  ['delete all my tasks', 'delete_task', { target: { kind: 'task', reference: 'all' } }],
  ['delete task 2', 'delete_task', { target: { kind: 'task', reference: 'ordinal', ordinal: 2 } }],
  [
    'remove milk from my groceries list',
    'delete_task',
    { target: { kind: 'task', query: 'milk' }, list: 'groceries' },
  ],
  ['cancel the passport task', 'delete_task', { target: { kind: 'task', query: 'passport' } }],
  ['hi there', 'greeting', {}],
  ['good morning!', 'greeting', {}],
  ['thanks so much', 'thanks', {}],
  ['ok thanks', 'thanks', {}],
  ['bye for now', 'goodbye', {}],
  ['help', 'help', {}],
  ['what can you do?', 'help', {}],
  ['cancel', 'cancel', {}],
  ['never mind', 'cancel', {}],
  ['forget it', 'cancel', {}],
  ['yes', 'affirm', {}],
  ['yeah, go ahead', 'affirm', {}],
  ['no', 'deny', {}],
  ['no thanks', 'deny', {}],
  ['undo', 'undo', {}],
  ['undo that', 'undo', { target: { kind: 'receipt', reference: 'last' } }],
  ['undo the last two', 'undo', { target: { kind: 'receipt', reference: 'last', ordinal: 2 } }],
  ['repeat that please', 'repeat', {}],
  ['draft an email to Bob about the invoice', 'draft_email', { recipient: ['Bob'], subject: 'the invoice' }],
  [
    'meeting with Bob at 3',
    'create_event',
    { title: 'meeting with Bob', start: '2026-11-25T15:00:00-05:00' },
  ],
  [
    'schedule a call with Nina tomorrow at 10am',
    'create_event',
    { title: 'call with Nina', start: '2026-11-26T10:00:00-05:00' },
  ],
  [
    'cancel my dentist appointment',
    'cancel_event',
    { target: { kind: 'event', query: 'dentist appointment' } },
  ],
  [
    "what's on my calendar tomorrow",
    'list_events',
    { date_range: { start: '2026-11-26', end: '2026-11-27' } },
  ],
  ['plan my week', 'plan_schedule', {}],
  ['find time for a run', 'find_time', {}],
  [
    'remind me to call mom at 5pm',
    'set_reminder',
    { title: 'call mom', remind_at: '2026-11-25T17:00:00-05:00' },
  ],
  ['give me my daily briefing', 'daily_briefing', {}],
  ['how many tokens do I have left?', 'show_usage', {}],
  ['upgrade to premium', 'upgrade', {}],
  ['what is the capital of France?', 'out_of_scope', {}],
  ['tell me a joke', 'out_of_scope', {}],
  ['12345', 'out_of_scope', {}],
];

const ROWS_2: Row[] = [
  [
    'call Jana tomorrow at 2:30',
    'create_task',
    { title: 'call Jana', due_date: '2026-03-29T14:30:00+02:00' },
  ],
  [
    'submit the form on sunday at 3am',
    'create_task',
    { title: 'submit the form', due_date: '2026-03-29T03:00:00+02:00' },
  ],
  [
    'water the roses in 24 hours',
    'create_task',
    { title: 'water the roses', due_date: '2026-03-29T11:00:00+02:00' },
  ],
  ['pay the fine by 5.4.', 'create_task', { title: 'pay the fine', due_date: '2026-04-05' }],
  ['pay the fine by 05/04', 'create_task', { title: 'pay the fine', due_date: '2026-04-05' }],
  [
    'book a table for 29.03.2026 at 19:00',
    'create_task',
    { title: 'book a table', due_date: '2026-03-29T19:00:00+02:00' },
  ],
  [
    'sweep the yard by the end of next month',
    'create_task',
    { title: 'sweep the yard', due_date: '2026-04-30' },
  ],
  [
    'feed the fish every weekday at 7',
    'create_task',
    { title: 'feed the fish', recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=0' },
  ],
  ['add a task to iron shirts on the 31st', 'create_task', { title: 'iron shirts', due_date: '2026-03-31' }],
  [
    'change it to 14:15',
    'update_task',
    { target: { kind: 'task', reference: 'last' }, due_date: '2026-03-28T14:15:00+01:00' },
  ],
  ['show tasks for this weekend', 'list_tasks', { date_range: { start: '2026-03-28', end: '2026-03-30' } }],
  [
    'show tasks for the next 3 days',
    'list_tasks',
    { date_range: { start: '2026-03-28', end: '2026-04-01' } },
  ],
];

const ROWS_3: Row[] = [
  [
    'call the vet tomorrow at 1:30am',
    'create_task',
    { title: 'call the vet', due_date: '2026-11-01T01:30:00-04:00' },
  ],
  [
    'call the vet tomorrow at 5pm',
    'create_task',
    { title: 'call the vet', due_date: '2026-11-01T17:00:00-05:00' },
  ],
  [
    'check the oven in 20 hours',
    'create_task',
    { title: 'check the oven', due_date: '2026-11-01T07:00:00-05:00' },
  ],
  [
    'finish the mural by monday noon',
    'create_task',
    { title: 'finish the mural', due_date: '2026-11-02T12:00:00-05:00' },
  ],
  ['show tasks due tomorrow', 'list_tasks', { date_range: { start: '2026-11-01', end: '2026-11-02' } }],
];

const ROWS_4: Row[] = [
  ['buy stamps today', 'create_task', { title: 'buy stamps', due_date: '2027-01-01' }],
  [
    'buy stamps tomorrow at 8am',
    'create_task',
    { title: 'buy stamps', due_date: '2027-01-02T08:00:00+13:00' },
  ],
  ["send the parcel by new year's eve", 'create_task', { title: 'send the parcel', due_date: '2027-12-31' }],
  ['list tasks due today', 'list_tasks', { date_range: { start: '2027-01-01', end: '2027-01-02' } }],
  [
    'collect shells on the 2nd of january',
    'create_task',
    { title: 'collect shells', due_date: '2027-01-02' },
  ],
];

const ROWS_5: Row[] = [
  ['buy stamps today', 'create_task', { title: 'buy stamps', due_date: '2027-01-01' }],
  [
    'buy stamps tomorrow at 8am',
    'create_task',
    { title: 'buy stamps', due_date: '2027-01-02T08:00:00+05:45' },
  ],
  ["send the parcel by new year's eve", 'create_task', { title: 'send the parcel', due_date: '2027-12-31' }],
  ['list tasks due today', 'list_tasks', { date_range: { start: '2027-01-01', end: '2027-01-02' } }],
  [
    'collect shells on the 2nd of january',
    'create_task',
    { title: 'collect shells', due_date: '2027-01-02' },
  ],
];

describe('Wednesday afternoon in New York', () => {
  test.each(ROWS_1)('%s', async (text, action, slots) => {
    const { act, values } = await parseText(text, {
      timezone: 'America/New_York',
      now: '2026-11-25T14:00:00-05:00',
    });
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
  });
});

describe('the day before clocks go forward in Vienna', () => {
  test.each(ROWS_2)('%s', async (text, action, slots) => {
    const { act, values } = await parseText(text, {
      timezone: 'Europe/Vienna',
      now: '2026-03-28T10:00:00+01:00',
    });
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
  });
});

describe('the day before clocks go back in New York', () => {
  test.each(ROWS_3)('%s', async (text, action, slots) => {
    const { act, values } = await parseText(text, {
      timezone: 'America/New_York',
      now: '2026-10-31T12:00:00-04:00',
    });
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
  });
});

describe('new year in Auckland while it is still the old one in Greenwich', () => {
  test.each(ROWS_4)('%s', async (text, action, slots) => {
    const { act, values } = await parseText(text, {
      timezone: 'Pacific/Auckland',
      now: '2026-12-31T11:30:00Z',
    });
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
  });
});

describe('fifteen minutes into the year in Kathmandu', () => {
  test.each(ROWS_5)('%s', async (text, action, slots) => {
    const { act, values } = await parseText(text, {
      timezone: 'Asia/Kathmandu',
      now: '2026-12-31T18:30:00Z',
    });
    expect(act.action).toBe(action);
    expect(values).toEqual(slots);
  });
});
