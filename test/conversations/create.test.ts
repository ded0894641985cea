import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});
const begin = (): Promise<Talk> => talk(url);

describe('creating a task', () => {
  it('needs nothing but a title', async () => {
    const me = await begin();
    const added = await me.say('create a task to study physics');
    added
      .understood('create_task', { title: 'study physics' })
      .did('created', { title: 'study physics', due_date: null, status: 'open', priority: 'medium' })
      .says('Added "study physics".');
    expect(added.result).toMatchObject({
      intent: 'task_management',
      workflow_type: 'tasks',
      decision: 'AUTO',
      clarification: null,
      execution_result: { task_id: added.task.id },
      usage: { tokens_used: 0 },
    });
    expect(await me.tasks()).toEqual([added.task]);
  });

  it('takes due date, hour, priority, list and tag in one sentence', async () => {
    const me = await begin();
    (await me.say('buy milk tomorrow')).did('created', { title: 'buy milk', due_date: '2026-11-19' });
    (await me.say('call the bank on friday at 3pm')).did('created', {
      title: 'call the bank',
      due_date: '2026-11-20T15:00:00+01:00',
    });
    (await me.say('create a high priority task to pay the rent #home')).did('created', {
      title: 'pay the rent',
      priority: 'high',
      tags: ['home'],
    });
    (await me.say('add bread to my shopping list')).did('created', { title: 'bread', list: 'shopping' });
  });

  it('shows what was understood, with the words it came from', async () => {
    const me = await begin();
    const { turn } = await me.say('buy milk tomorrow');
    const [act] = turn.acts;
    expect(act).toMatchObject({ intent: 'task_management', action: 'create_task' });
    const due = act?.entities.find(({ slot }) => slot === 'due_date');
    expect(due).toMatchObject({ value: '2026-11-19', text: 'tomorrow', start: 9, end: 17 });
  });

  it('asks what to study, and takes the exam and its week from the answer', async () => {
    const me = await begin();
    const asked = await me.say('create a task to study');
    asked.asks({ slot: 'title', words: /what do you want to study/i });
    expect(await me.tasks()).toEqual([]);
    const added = await me.say('for my physics exam next week');
    added
      .did('created', { title: 'study for my physics exam', due_date: '2026-11-27' })
      .says('Added "study for my physics exam", due Friday 27 November.');
    expect(added.result.source).toBe('continuation');
    expect(me.open).toEqual([]);
    const slots = added.turn.acts[0]?.entities.map(({ slot, text }) => [slot, text]);
    expect(slots).toContainEqual(['due_date', 'next week']);
    expect(await me.titles()).toEqual(['study for my physics exam']);
  });

  it.each(['call', 'write'])('asks what to %s', async (activity) => {
    const me = await begin();
    (await me.say(`create a task to ${activity}`)).asks({ slot: 'title', words: new RegExp(activity) });
  });

  it.each([
    ['create a task to do something', /^What do you want to do\?$/, 'the dishes', 'do the dishes'],
    ['create a task for studying', /^Studying what\?$/, 'physics', 'studying physics'],
    ['create three tasks', /^What should the first one be called\?$/, 'buy milk', 'buy milk'],
  ])('asks in plain words after "%s"', async (text, words, answer, title) => {
    const me = await begin();
    (await me.say(text)).asks({ slot: 'title', words });
    (await me.say(answer)).did('created', { title });
  });

  it.each(['study physics', 'finish homework'])('asks nothing about "%s"', async (title) => {
    const me = await begin();
    (await me.say(`create a task to ${title}`)).did('created', { title });
  });

  it('takes the default when told to skip or to choose', async () => {
    for (const words of ['skip', 'you choose']) {
      const me = await begin();
      await me.say('create a task to study');
      (await me.say(words)).did('created', { title: 'study' }).says(/study/);
      expect(me.open).toEqual([]);
    }
  });

  it('drops the question on "never mind" and says what it dropped', async () => {
    const me = await begin();
    await me.say('create a task to study');
    (await me.say('never mind')).changesNothing().says(/dropped.*study/i);
    expect(me.open).toEqual([]);
    (await me.say('physics')).changesNothing();
    expect(await me.tasks()).toEqual([]);
  });
});

describe('while a question is open', () => {
  it('small talk is answered and the question stays', async () => {
    const me = await begin();
    const asked = await me.say('create a task to study');
    (await me.say('thanks')).says(/welcome/i).changesNothing();
    (await me.say('hello')).says(/hello/i);
    expect(me.open.map(({ question }) => question)).toEqual([asked.question.question]);
    (await me.say('chemistry')).did('created', { title: 'study chemistry' });
  });

  it('help and repeat leave it open too', async () => {
    const me = await begin();
    const asked = await me.say('create a task to study');
    (await me.say('what did you say?')).says(asked.question.question);
    (await me.say('help')).says(/for example/i);
    expect(me.open).toEqual([asked.question]);
  });

  it('another request is carried out, and the question is offered again once', async () => {
    const me = await begin();
    const asked = await me.say('create a task to study');
    const second = await me.say('add a task to buy milk tomorrow');
    second.did('created', { title: 'buy milk' }).says(/still open: .*study/i);
    expect(me.open).toEqual([asked.question]);
    const third = await me.say('add a task to buy eggs tomorrow');
    third.did('created', { title: 'buy eggs' });
    expect(third.result.reply).not.toMatch(/still open/i);
    (await me.answer(asked, 'for my maths test')).did('created', { title: 'study for my maths test' });
    expect(me.open).toEqual([]);
  });

  it('nonsense is asked about again with an apology, then with choices, then left for later', async () => {
    const me = await begin();
    const first = await me.say('create a task to study');
    const second = (await me.say(';;')).asks({ slot: 'title' });
    second.says('Sorry, I could not read that as an answer. What do you want to study?');
    expect(second.question.question).toBe(first.question.question);
    const third = (await me.say('...')).asks({ slot: 'title' });
    expect(third.question.choices.length).toBeGreaterThan(0);
    const parked = await me.say('!!');
    parked.changesNothing().says(/leave that for now/i);
    expect(parked.result.status).toBe('completed');
    expect(me.open).toHaveLength(1);
    // Parked is not lost: by its id it can still be answered.
    (await me.answer(third, 'for the driving test')).did('created', { title: 'study for the driving test' });
  });

  it('the buttons of a repeated question skip it or drop it', async () => {
    const skipping = await begin();
    await skipping.say('create a task to study');
    const again = await skipping.sayAll(';;', '...');
    (await skipping.tap(again, /skip/i)).did('created', { title: 'study' });

    const dropping = await begin();
    await dropping.say('create a task to study');
    const asked = await dropping.sayAll(';;', '...');
    (await dropping.tap(asked, /never mind/i)).changesNothing();
    expect(dropping.open).toEqual([]);
    expect(await dropping.tasks()).toEqual([]);
  });

  it('a question that has been answered is refused a second answer', async () => {
    const me = await begin();
    const asked = await me.say('create a task to study');
    await me.say('physics');
    (await me.answer(asked, 'chemistry')).refused('already_answered');
    expect(await me.titles()).toEqual(['study physics']);
  });
});
