import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('looking at tasks', () => {
  let me: Talk;
  beforeAll(async () => {
    me = await talk(url);
    await me.sayAll(
      'buy milk tomorrow',
      'create a high priority task to pay the rent by friday',
      'add bread to my shopping list',
      'create a task to read the contract #work',
      'create a task to water the plants next monday',
    );
  });

  it('lists everything that is open, the next due first', async () => {
    const all = await me.say('show my tasks');
    all
      .understood('list_tasks')
      .lists(['buy milk', 'pay the rent', 'water the plants', 'bread', 'read the contract'])
      .says(/5 open tasks/)
      .changesNothing();
    expect(all.result.execution_result).toMatchObject({ total: 5 });
  });

  it.each([
    ['what is due tomorrow?', ['buy milk']],
    ['what do I have to do this week?', ['buy milk', 'pay the rent']],
    ['show my high priority tasks', ['pay the rent']],
    ['show my shopping list', ['bread']],
    ['show tasks tagged work', ['read the contract']],
    ['show tasks about plants', ['water the plants']],
  ])('%s', async (question, titles) => {
    (await me.say(question)).understood('list_tasks').lists(titles);
  });

  it('says so when nothing fits', async () => {
    (await me.say('show my urgent tasks'))
      .understood('list_tasks')
      .lists([])
      .says(/no open tasks/i);
  });

  it('knows "the second one" of the list just shown', async () => {
    await me.say('show my tasks');
    (await me.say('complete the second one')).did('completed', { title: 'pay the rent' });
  });
});

describe('talking', () => {
  it.each([
    ['hello', 'greeting', /hello/i],
    ['thank you', 'thanks', /welcome/i],
    ['bye', 'goodbye', /goodbye/i],
    ['help', 'help', /buy milk tomorrow/],
    ['yes', 'affirm', /./],
    ['no', 'deny', /nothing was changed/i],
    ['cancel', 'cancel', /nothing to cancel/i],
  ] as const)('answers "%s"', async (text, action, reply) => {
    const me = await talk(url);
    const heard = await me.say(text);
    heard.understood(action).says(reply).changesNothing();
    expect(heard.result).toMatchObject({
      intent: action,
      workflow_type: null,
      status: 'completed',
      cards: [],
    });
  });

  it('repeats what it said last', async () => {
    const me = await talk(url);
    const added = await me.say('create a task to buy milk');
    (await me.say('what did you say?')).understood('repeat').says(added.result.reply);
  });

  it('has said nothing at the beginning', async () => {
    (await (await talk(url)).say('repeat that')).says(/not said anything/i);
  });

  it('admits what it does not understand', async () => {
    const me = await talk(url);
    const heard = await me.say('why is the sky blue');
    heard.understood('out_of_scope').changesNothing();
    expect(heard.result.decision).toBe('FALLBACK');
    expect(heard.result.reply).not.toMatch(/say "add/);
    (await me.say('blue seven')).says(/say "add blue seven"/).changesNothing();
    expect(await me.tasks()).toEqual([]);
  });
});
