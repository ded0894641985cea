import { describe, expect, test } from 'vitest';
import type { OpenQuestion } from '../../contracts/clarification.ts';
import { question, understand } from './understand.ts';

/** What a text is while "What do you want to <activity>?" is open; without one, "What should it be called?". */
async function kindOf(activity: string, text: string): Promise<string> {
  const slots = activity === '' ? {} : { title: activity };
  const { continuation } = await understand(text, { questions: [question({ slots })] });
  return continuation.kind;
}

describe('commands with an object of their own are no answers', () => {
  test.each([
    'cancel my dentist task',
    'complete milk',
    'complete the milk task',
    'finish the milk task',
    'delete the gym task',
    'delete milk',
    'remove the second one',
    'get rid of the laundry task',
    'mark milk as done',
    'check off the laundry',
    'tick off milk',
    'milk is done',
    "i'm done with the essay",
    'I finished the report',
    'list my tasks',
    "what's due tomorrow?",
    'show me everything overdue',
    'which tasks are urgent?',
    'rename milk to oat milk',
    'move the dentist task to friday',
    'postpone the report until next week',
    'push the rent task by two days',
    'set the priority of the rent task to high',
    'make the rent task urgent',
    'tag laundry with home',
    'add a task to buy milk',
    'create a task to call mom',
    'new task: water the plants',
    'add milk to my shopping list',
    'add milk',
    "don't forget to call the bank",
    'remind me to take my pills at 8',
    'schedule a meeting with Bob tomorrow at 3',
    'plan my day',
    'remove the due date from the rent task',
  ])('%s', async (text) => {
    expect(await kindOf('study', text)).toBe('none');
  });
});

describe('a verb phrase with its own time that is something else is no answer', () => {
  test.each([
    ['study', 'buy milk tomorrow'],
    ['study', 'call mom at 6pm'],
    ['study', 'pay the rent by friday'],
    ['study', 'i need to buy milk tomorrow'],
    ['study', 'pick up the kids at 3:30 today'],
    ['study', 'water the plants every monday'],
    ['study', 'tomorrow at 5pm call Bob'],
    ['call', 'buy milk tomorrow'],
    ['call', 'clean the kitchen on sunday'],
    ['write', 'wash the car this weekend'],
    ['buy', 'call the bank tomorrow'],
    ['clean', 'send the invoice by monday'],
  ])('%s what? %s', async (activity, text) => {
    expect(await kindOf(activity, text)).toBe('none');
  });
});

describe('answers', () => {
  test.each([
    // Names of things, with or without a time.
    ['study', 'physics'],
    ['study', 'for my physics exam next week'],
    ['study', 'the chapter on black holes by friday'],
    ['study', 'plant biology tomorrow'],
    ['study', 'test prep for monday'],
    ['study', 'physics homework due friday'],
    ['study', 'maths, tomorrow at 5'],
    ['study', "it's for the driving test on the 12th"],
    ['study', 'um, chemistry i guess'],
    ['study', 'math is urgent'],
    ['call', 'mom'],
    ['call', 'the plumber tomorrow at 9'],
    ['call', 'my dentist on monday'],
    ['buy', 'milk tomorrow'],
    ['buy', 'a present for Anna by saturday'],
    ['write', 'a letter to grandma this weekend'],
    ['write', 'the report due friday'],
    ['prepare', 'lunch with mom on sunday'],
    ['check', 'my calendar'],
    ['write', 'a to-do list'],
    // What goes on with the activity.
    ['study', 'study chemistry tomorrow'],
    ['study', 'read chapter 4 tomorrow'],
    ['study', 'i have to revise algebra by monday'],
    ['study', 'tomorrow study physics'],
    ['buy', 'buy milk tomorrow'],
    ['shop', 'get bread and butter tomorrow'],
    ['call', 'text Anna tonight'],
    ['clean', 'vacuum the living room on saturday'],
    ['cancel', 'cancel my gym membership'],
    ['complete', 'complete the tax form'],
    ['finish', 'write the essay by friday'],
    ['do', 'wash the car this weekend'],
    // Gerunds, and bare verb phrases.
    ['study', 'reading chapter 4'],
    ['study', 'learning french tomorrow'],
    ['study', 'read chapter 4'],
    ['study', 'i need to renew my passport'],
    // Asked for the whole title, errands are titles.
    ['', 'buy milk tomorrow'],
    ['', 'call mom at 6pm'],
    ['', 'complete the tax form'],
    ['', 'schedule a meeting with Anna'],
    ['', 'email Bob about the invoice'],
  ])('%s what? %s', async (activity, text) => {
    expect(await kindOf(activity, text)).toBe('answer');
  });

  test.each(['delete the milk task', 'show my tasks', 'add milk to my shopping list', 'mark milk as done'])(
    'asked for a whole title, "%s" is still a command',
    async (text) => {
      expect(await kindOf('', text)).toBe('none');
    },
  );
});

describe('other questions', () => {
  test('an errand with a day in it is no date', async () => {
    const questions = [question({ slot: 'due_date', action: 'update_task', slots: {} })];
    for (const text of ['buy milk tomorrow', 'call mom on friday'])
      expect((await understand(text, { questions })).continuation.kind).toBe('none');
    for (const text of ['tomorrow', 'on friday', 'move it to friday'])
      expect((await understand(text, { questions })).continuation.kind).toBe('answer');
  });

  test('another command beats a choice that its words would name', async () => {
    const questions = [
      question({
        slot: 'target',
        kind: 'choice',
        action: 'complete_task',
        slots: {},
        choices: [
          { choice_id: 'a', label: 'milk' },
          { choice_id: 'b', label: 'oat milk' },
        ],
      }),
    ];
    const asked = async (text: string) => (await understand(text, { questions })).continuation.kind;
    expect(await asked('delete oat milk')).toBe('none');
    expect(await asked('complete oat milk')).toBe('answer');
    expect(await asked('oat milk')).toBe('answer');
  });
});

describe('an event with a name of its own is no answer to when another is', () => {
  const kindFor = async (asked: Partial<OpenQuestion>, text: string): Promise<string> => {
    const { continuation } = await understand(text, {
      questions: [
        question({ action: 'create_event', intent: 'calendar_event', slot: 'start', kind: 'slot', ...asked }),
      ],
    });
    return continuation.kind;
  };
  const meeting = { slots: { title: 'meeting' } };
  const dinner = {
    kind: 'choice' as const,
    slots: { title: 'dinner' },
    choices: [{ choice_id: 'later', label: '20:00' }],
    choice_slots: { later: { start: '2026-11-28T20:00:00-05:00' } },
  };
  test.each([
    [meeting, 'dentist friday at 3'],
    [meeting, 'yoga every day at 7 from december 1 to december 10'],
    [dinner, 'pizza with Lea on saturday from 18 to 20'],
    [dinner, 'haircut on saturday at 6'],
  ])('%j: %s', async (asked, text) => {
    expect(await kindFor(asked, text)).toBe('none');
  });

  test.each([
    [meeting, 'friday at 3'],
    [meeting, 'meeting friday at 3'],
    [meeting, 'with Bob at 4pm'],
    [meeting, 'appointment at 3 then'],
    [{ slots: { title: 'lunch with Ann' } }, 'lunch tomorrow at 12'],
    [dinner, 'dinner at 8 then'],
    [dinner, 'dinner on saturday at 8'],
  ])('%j, answered: %s', async (asked, text) => {
    expect(await kindFor(asked, text)).toBe('answer');
  });
});
