import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import { actionEntry } from '../../contracts/intents.ts';
import { newDraft } from '../../workers/nlu/draft.ts';
import { recogniseByRules } from '../../workers/nlu/recognise.ts';
import { Understander } from '../../workers/nlu/pipeline.ts';
import { NOW, parseText, understand, ZONE } from './understand.ts';

/** What the rules alone make of a text. */
const ruleOf = (text: string) => recogniseByRules(newDraft(text, ZONE, new Date(NOW))).recognition;

/** Per action: sentences that mean it and look-alikes that don't. */
const EXAMPLES: [action: Action, yes: string[], no: string[]][] = [
  [
    'create_task',
    [
      'add a todo to oil the hinges',
      'please create task sharpen knives',
      'note to self: back up the laptop',
      'i have to vacuum',
      'TODO: order ink',
      'could you add "ring Joe" to my list',
    ],
    ['add tag home to laundry', 'show my tasks', 'create an event on friday', 'what should I add?'],
  ],
  [
    'update_task',
    [
      'rename laundry to wash towels',
      'push back the dentist task to tuesday',
      'set the deadline of the report to monday',
      'prioritize the tax task',
      'make the report urgent',
      'change it to 5pm',
    ],
    [
      'move the sofa on saturday',
      'make dinner for friday',
      'make a cake',
      'set the table',
      'push the car to the garage',
    ],
  ],
  [
    'complete_task',
    [
      'tick off the laundry',
      'mark the first one as finished',
      'i have finished the report',
      'the report is done',
      'all done with the dishes',
      'complete the last task',
    ],
    [
      'finish the report',
      'complete the form by friday',
      'get the car done up',
      'what is done?',
      'the report is not done',
    ],
  ],
  [
    'delete_task',
    [
      'delete laundry',
      'remove the third task',
      'get rid of the dentist task',
      'erase everything',
      'clear my list',
      'take laundry off my list',
    ],
    [
      'drop off the parcel',
      'cancel the gym membership',
      'cancel',
      'clear the gutters by friday and mow the lawn tomorrow',
    ],
  ],
  [
    'list_tasks',
    [
      'what are my tasks',
      'list everything due tomorrow',
      'which tasks are urgent?',
      'anything due today?',
      'what is left',
      'how many todos do I have',
      'tasks tagged home',
      'am i late',
    ],
    ['list the car for sale', 'show up at the station', "what's the time", 'what is love?'],
  ],
  [
    'greeting',
    ['hi', 'Hello!', 'hey there', 'good evening', 'hi PulsePlan', 'how are you?'],
    ['hi-vis jacket', 'say hello to Bob', 'hey add a task to run'],
  ],
  [
    'goodbye',
    ['bye', 'good night', 'see you tomorrow', 'ok bye'],
    ['say goodbye to Ann', 'buy bye-laws book'],
  ],
  [
    'thanks',
    ['thanks', 'thank you very much', 'thx!', 'great, thanks', 'cheers'],
    ['write thank you cards', 'no thanks', 'thank Bob for the gift'],
  ],
  [
    'help',
    ['help', 'what can you do?', 'how does this work', '?'],
    ['help Bob move', 'help desk ticket by friday'],
  ],
  [
    'cancel',
    ['cancel', 'stop', 'never mind', 'nvm', 'forget about it', 'oh, never mind that'],
    ['cancel the dentist task', 'stop the milk delivery', 'forget the milk task'],
  ],
  [
    'affirm',
    ['yes', 'yep!', 'ok', 'sure thing', 'go ahead', 'yes please', '👍'],
    ['yes minister tickets', 'sure up the fence', 'okay add milk to my list'],
  ],
  [
    'deny',
    ['no', 'nope', 'no thank you', 'not now', "don't"],
    ['no, friday', 'note the meter', "don't forget to call Joe"],
  ],
  [
    'undo',
    ['undo', 'undo that', 'take that back', 'undo the last three', 'oops, undo'],
    ['undo the knots tomorrow and coil the rope by friday'],
  ],
  [
    'repeat',
    ['repeat', 'say that again', 'what did you say?', 'come again'],
    ['repeat the course next year'],
  ],
  [
    'draft_email',
    [
      'draft an email to Ann',
      'write an email to Joe about the trip',
      'email Ann about the trip',
      'compose a mail',
    ],
    ['add a task to email Ann', 'email'],
  ],
  [
    'create_event',
    [
      'schedule a meeting with Ann tomorrow at 3pm',
      'lunch with Joe on friday at noon',
      'set up a call with Nina',
      'book an appointment for monday 9am',
    ],
    ['write the meeting notes', 'prepare the meeting'],
  ],
  [
    'list_events',
    ["what's on my calendar today", 'show my meetings', 'am I free on friday?'],
    ['show my tasks'],
  ],
  [
    'plan_schedule',
    ['plan my day', 'schedule my week', 'organize my tasks for tomorrow'],
    ['plan the party', 'plan my wedding'],
  ],
  [
    'set_reminder',
    ['remind me to stretch at 4', 'set a reminder for the pills at 8pm'],
    ['remember to stretch'],
  ],
  ['show_usage', ['how many tokens do I have left', 'show my usage', 'token usage'], ['buy tram tokens']],
  [
    'out_of_scope',
    ['what is the weather like', 'who won the cup?', 'asdf qwer', '42', 'tell me a story', 'je ne sais pas'],
    ['buy an umbrella'],
  ],
];

describe.each(EXAMPLES)('%s', (action, yes, no) => {
  test.each(yes)('is meant by "%s"', async (text) => {
    const { act } = await parseText(text);
    expect(act.action).toBe(action);
    expect(act.intent).toBe(actionEntry(action).intent);
  });
  test.each(no)('is not what a rule reads in "%s"', (text) => {
    expect(ruleOf(text)?.action).not.toBe(action);
  });
});

describe('confidence', () => {
  test('explicit wording is sure, a plain statement less so, nonsense not at all', async () => {
    const of = async (text: string) => (await parseText(text)).act.confidence;
    expect(await of('create a task to study')).toBeGreaterThanOrEqual(0.97);
    expect(await of('buy milk tomorrow')).toBeGreaterThan(0.5);
    expect((await parseText('blue seven')).act.action).toBe('out_of_scope');
  });
});

describe('gates', () => {
  test.each([
    'create a task to study',
    'study',
    'call',
    'add a task to write',
    'todo: email',
    'i need to clean',
    'create a task',
    'add a task for tomorrow',
  ])('%s is not complete', async (text) => {
    const { acts } = await understand(text);
    expect(acts[0]).toMatchObject({
      action: 'create_task',
      gate: { verdict: 'incomplete', missing: ['title'] },
    });
  });
  test('the bare activity is kept for the answer to complete', async () => {
    const { acts } = await understand('create a task to study tomorrow');
    expect(acts[0]?.entities.map(({ slot, value }) => [slot, value])).toEqual([
      ['title', 'study'],
      ['due_date', '2026-11-24'],
    ]);
  });
  test.each(['study physics', 'finish homework', 'call mom', 'add a task called milk', 'buy 🥛', 'yoga'])(
    '%s has no missing title',
    async (text) => {
      const { acts } = await understand(text.includes(' ') ? text : `add a task to do ${text}`);
      expect(acts[0]).toMatchObject({ action: 'create_task', gate: { verdict: 'pass', missing: [] } });
    },
  );
  test('nonsense is out of scope', async () => {
    expect((await understand('blue seven')).acts[0]?.gate.verdict).toBe('out_of_scope');
  });
});

describe('a classifier', () => {
  test('is asked only about what no sure rule knows, and near guesses become choices', async () => {
    const { Understander } = await import('../../workers/nlu/pipeline.ts');
    const heard: string[] = [];
    const classifier = {
      version: 'test-1',
      floor: 0.3,
      margin: 0.1,
      outweighsFrom: () => 0.75,
      classify: (text: string) => {
        heard.push(text);
        return Promise.resolve([
          { action: 'daily_briefing' as const, confidence: 0.5 },
          { action: 'list_tasks' as const, confidence: 0.45 },
        ]);
      },
    };
    const understander = new Understander({ classifier });
    const input = { timezone: 'UTC', now: new Date(0), questions: [], answering: null, lastReceipt: null };
    expect((await understander.understand({ ...input, text: 'todo: buy milk' })).acts[0]?.source).toBe(
      'rule',
    );
    expect(heard).toEqual([]);
    const { acts } = await understander.understand({ ...input, text: 'blue seven' });
    expect(acts[0]).toMatchObject({
      action: 'daily_briefing',
      source: 'classifier',
      gate: { verdict: 'ambiguous', alternatives: [{ action: 'list_tasks', confidence: 0.45 }] },
    });
    expect(understander.version()).not.toBe(new Understander().version());
  });
});

describe('wording that decides by itself', () => {
  const isSure = (text: string): boolean => ruleOf(text)?.sure === true;

  test.each([
    'create a task to study physics',
    'please add a high priority task called pay rent',
    'new to-do: water the plants',
    'remind me to feed the cat at 6',
    'remind me tomorrow about the cake',
    'set a reminder for 5pm',
    'draft a formal email to Ann about the rent',
    'mark the laundry task as done',
  ])('%s', (text) => {
    expect(isSure(text)).toBe(true);
  });

  test.each([
    'add a task force meeting on monday',
    'create tasks from my notes',
    'need to do revision for three subjects',
    'open the task manager',
    'remind me what I have to do',
    'remind me at 6 rather than 7 about the cake',
    'remind me an hour earlier than planned',
    'write the email down for me',
    'mark friday as a day off',
    'call the report done',
  ])('not: %s', (text) => {
    expect(isSure(text)).toBe(false);
  });

  test('asks no classifier', async () => {
    const asked: string[] = [];
    const classifier = {
      version: 'counts',
      floor: 0.5,
      margin: 0.1,
      outweighsFrom: () => 0.75,
      classify: (text: string) => {
        asked.push(text);
        return Promise.resolve([]);
      },
    };
    const understander = new Understander({ classifier });
    const request = { timezone: ZONE, reference_time: NOW };
    await understander.parse({ text: 'create a task to study physics', ...request }, new Date(NOW));
    expect(asked).toEqual([]);
    await understander.parse({ text: 'the physics book', ...request }, new Date(NOW));
    expect(asked).toEqual(['the physics book']);
  });
});
