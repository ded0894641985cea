import { beforeAll, describe, expect, it } from 'vitest';
import { DROP_CHOICE } from '../../contracts/clarification.ts';
import { sharedProduct } from '../support/product.ts';
import { NOW, talk, talkWithTasks, type Heard, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Somebody with "What do you want to study?" parked, after three answers that were none. */
async function withParked(): Promise<{ me: Talk; asked: Heard }> {
  const me = await talk(url);
  await me.say('create a task to study');
  const asked = await me.sayAll(';;', '...');
  (await me.say('!!')).says(/leave that for now/i);
  (await me.say('physics')).changesNothing();
  expect(me.open).toHaveLength(1);
  return { me, asked };
}
const drop = async (me: Talk, asked: Heard): Promise<Heard> =>
  me.heard(me.session.choose(asked.question.clarification_id, DROP_CHOICE, 'Drop', { referenceTime: NOW }));

describe('a question about a thing that goes away', () => {
  it('goes with it, and is not offered again', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann about the rent with a template');
    (await me.say('send it')).asks({ slot: 'recipient' });
    const gone = await me.say('delete the draft');
    expect(gone.result.reply).not.toMatch(/Still open/);
    expect(me.open).toEqual([]);
  });

  it('of one of several to choose from stays', async () => {
    const me = await talkWithTasks(url, 'paint the fence', 'paint the shed');
    (await me.say('delete paint')).asks({ slot: 'target', kind: 'choice' });
    await me.say('delete the shed task');
    expect(me.open).toHaveLength(1);
  });
});

describe('a parked question', () => {
  it('is dropped by "never mind", which says what was dropped', async () => {
    const { me } = await withParked();
    (await me.say('never mind'))
      .changesNothing()
      .says('All right, I dropped that question: "What do you want to study?"');
    expect(me.open).toEqual([]);
    (await me.say('never mind')).says(/nothing to cancel/i);
  });

  it.each(['about the study question: physics', 'the study one: physics', 'study physics'])(
    'is answered by naming it: "%s"',
    async (text) => {
      const { me } = await withParked();
      (await me.say(text)).did('created', { title: 'study physics' });
      expect(me.open).toEqual([]);
      expect(await me.titles()).toEqual(['study physics']);
    },
  );

  it('is dropped by name, or asked again', async () => {
    const { me } = await withParked();
    (await me.say('back to the study question')).asks({
      slot: 'title',
      words: /^What do you want to study\?$/,
    });
    expect(me.open).toHaveLength(1);
    (await me.say('drop the study question')).says(/dropped that question: .what do you want to study/i);
    expect(me.open).toEqual([]);
  });

  it('is dropped by its id', async () => {
    const { me, asked } = await withParked();
    (await drop(me, asked)).changesNothing().says(/dropped that question: .what do you want to study/i);
    expect(me.open).toEqual([]);
  });
});

describe('every open question can be dropped by its id', () => {
  it.each([
    ['create a task to study', /study/],
    ['complete the report task', /Which one/],
    ['delete all tasks', /did not do that\. Nothing was changed/],
  ])('%s', async (text, words) => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to write the report for Anna',
      'create a task to write the report for Ben',
    );
    (await drop(me, await me.say(text))).changesNothing().says(words);
    expect(me.open).toEqual([]);
    expect(await me.titles()).toHaveLength(2);
  });
});

describe('another request while a question is open', () => {
  it.each([
    ['cancel my dentist task', 'deleted', 'see the dentist'],
    ['complete milk', 'completed', 'buy milk'],
    ['wash the car tomorrow', 'created', 'wash the car'],
  ] as const)('"%s" is carried out, and the question is offered once', async (text, change, title) => {
    const me = await talk(url);
    await me.sayAll('create a task to see the dentist', 'create a task to buy milk');
    const asked = await me.say('create a task to study');
    (await me.say(text)).did(change, { title }).says(/still open: what do you want to study/i);
    expect(me.open).toEqual([asked.question]);
    (await me.say('for my physics exam next week')).did('created', {
      title: 'study for my physics exam',
      due_date: '2026-11-27',
    });
  });
});

describe('asking the same again', () => {
  it('goes on with the question that is open, and keeps what was said', async () => {
    const me = await talk(url);
    const first = await me.say('create a task to study tomorrow');
    const again = (await me.say('create a task to study')).asks({ slot: 'title' });
    expect(again.result.reply).toBe('What do you want to study?');
    expect(me.open).toEqual([again.question]);
    (await me.answer(first, 'chemistry')).refused('already_answered');
    (await me.say('physics')).did('created', { title: 'study physics', due_date: '2026-11-19' });
  });

  it('holds for "which one?", too', async () => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to write the report for Anna',
      'create a task to write the report for Ben',
    );
    await me.sayAll('complete the report task', 'complete the report task');
    expect(me.open).toHaveLength(1);
    (await me.say('the one for anna')).did('completed', { title: 'write the report for Anna' });
  });
});

it('a fifth question takes the place of the oldest and says so', async () => {
  const me = await talk(url);
  await me.sayAll(
    'create a task to study',
    'create a task to call',
    'create a task to write',
    'create a task to clean',
  );
  expect(me.open).toHaveLength(4);
  (await me.say('create a task to buy'))
    .asks({ slot: 'title', words: /buy/ })
    .says(/dropped the oldest question: what do you want to study\?/i);
  expect(me.open.map(({ question }) => question).sort()).toEqual(
    ['buy', 'call', 'clean', 'write'].map((verb) => `What do you want to ${verb}?`),
  );
});

describe('"cancel" when nothing is open', () => {
  it.each(['cancel', 'stop', 'never mind'])(
    '"%s" says what is done, and how to take it back',
    async (text) => {
      const me = await talk(url);
      const added = await me.say('create a task to buy milk');
      const late = await me.say(text);
      late
        .understood('cancel')
        .changesNothing()
        .says('That is done already: added "buy milk". Say "undo" to take it back.');
      expect(late.result.execution_result).toEqual({
        too_late: true,
        receipt_id: added.receipt.receipt_id,
      });
      expect(me.open).toEqual([]);
      (await me.say('undo')).did('deleted', { title: 'buy milk' });
      (await me.say(text)).says(/say "undo that undo"/i);
      (await me.say('undo that undo')).did('restored', { title: 'buy milk' });
    },
  );
});

describe('a question that comes back unchanged', () => {
  it('is asked twice, then with ways out, then parked', async () => {
    const me = await talk(url);
    (await me.say('remind me to call mum')).asks({ slot: 'remind_at', choices: [] });
    (await me.say('remind me to call mum')).asks({ slot: 'remind_at', choices: ['Skip this', 'Never mind'] });
    (await me.say('remind me to call mum')).asks({ slot: 'remind_at', choices: ['Skip this', 'Never mind'] });
    (await me.say('remind me to call mum')).says(/leave that for now/i).changesNothing();
    expect(me.open).toHaveLength(1);
    (await me.say('about the call mum reminder: tomorrow at 5')).says(
      'Reminder set: "call mum", Thursday 19 November at 17:00.',
    );
    expect(me.open).toEqual([]);
  });

  it('counts anew for a question about something else', async () => {
    const me = await talk(url);
    for (const about of ['call mum', 'pay the rent', 'water the plants', 'feed the cat'])
      (await me.say(`remind me to ${about}`)).asks({ slot: 'remind_at', choices: [] });
  });
});
