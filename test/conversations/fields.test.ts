import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('which tasks are listed', () => {
  let me: Talk;
  beforeAll(async () => {
    me = await talk(url);
    await me.sayAll(
      'create a task to buy milk',
      'create a task to wash the car',
      'create a task to call Bob',
    );
    await me.sayAll('mark buy milk as done', 'mark wash the car as done');
  });
  /** Said now: what was done has the hour of the server's clock. */
  const ask = async (text: string): Promise<Heard> => me.heard(me.session.submit(text));

  it.each([
    ['show done tasks', ['wash the car', 'buy milk'], /2 done tasks/],
    ['list completed tasks', ['wash the car', 'buy milk'], /2 done tasks/],
    ['what have I finished today?', ['wash the car', 'buy milk'], /2 done tasks/],
    ['what did I finish last week?', [], /no done tasks match/i],
    ['show tasks that are not done', ['call Bob'], /1 open task\b/],
    ['show open and done tasks', ['buy milk', 'wash the car', 'call Bob'], /3 tasks/],
    ['show my tasks', ['call Bob'], /1 open task\b/],
    ['did I finish the milk task?', ['buy milk'], /1 task like that:\n1\. buy milk \(done\)/],
  ])('%s', async (text, titles, reply) => {
    const heard = (await ask(text)).understood('list_tasks').lists(titles).says(reply);
    for (const card of heard.result.cards)
      if (card.kind === 'tasks') expect(heard.result.reply).toContain(card.data.title);
    expect(heard.result.entities).not.toHaveProperty('status');
  });

  it('deletes those that are done, and no others', async () => {
    const mine = await talk(url);
    await mine.sayAll('create a task to buy milk', 'create a task to buy eggs', 'create a task to call Bob');
    await mine.sayAll('mark buy milk as done', 'mark buy eggs as done');
    (await mine.say('delete all completed tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /2 tasks/,
    });
    await mine.say('yes');
    expect(await mine.titles()).toEqual(['call Bob']);
  });
});

describe('a date that moves', () => {
  it('counts from where it is', async () => {
    const me = await talk(url);
    await me.say('create a task to pay the rent on friday');
    (await me.say('push it by two days')).did('updated', { due_date: '2026-11-22' });
    (await me.say('bring it forward a week')).did('updated', { due_date: '2026-11-15' });
    (await me.say('actually make it two days later')).did('updated', { due_date: '2026-11-17' });
    expect((await me.say('push pay the rent by a month')).result.entities).not.toHaveProperty('due_date');
    expect(await me.tasks()).toMatchObject([{ due_date: '2026-12-17' }]);
  });

  it('keeps its hour, and moves by hours', async () => {
    const me = await talk(url);
    await me.say('create a task to call Bob tomorrow at 3pm');
    (await me.say('push it by two days')).did('updated', { due_date: '2026-11-21T15:00:00+01:00' });
    (await me.say('snooze it for an hour')).did('updated', { due_date: '2026-11-21T16:00:00+01:00' });
  });

  it('counts from today where there is none', async () => {
    const me = await talk(url);
    await me.say('create a task to call Bob');
    (await me.say('push it by two days')).did('updated', { due_date: '2026-11-20' });
  });

  it('is remembered when it has to be asked which task is meant', async () => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to write the report for Anna on friday',
      'create a task to write the report for Ben on friday',
    );
    const asked = (await me.say('push the report task by two days')).asks({ slot: 'target', kind: 'choice' });
    (await me.tap(asked, /anna/i)).did('updated', { due_date: '2026-11-22' });
  });
});

describe('what goes', () => {
  it('takes fields and tags off a task, and can be undone', async () => {
    const me = await talk(url);
    await me.say('create a high priority task to pay the rent tomorrow #home #money');
    (await me.say('remove the due date from pay the rent'))
      .did('updated', { due_date: null })
      .says('Changed "pay the rent": no due date.');
    (await me.say('undo')).did('updated', { due_date: '2026-11-19' });
    (await me.say('no due date')).did('updated', { due_date: null, priority: 'high' });
    (await me.say('remove the tag home from pay the rent')).did('updated', { tags: ['money'] });
    (await me.say('remove the priority of pay the rent')).did('updated', { priority: 'medium' });
    expect(await me.titles()).toEqual(['pay the rent']);
  });

  it('opens a task again', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to buy milk', 'mark buy milk as done');
    (await me.say('reopen the milk task'))
      .did('reopened', { status: 'open', completed_at: null })
      .says('Reopened "buy milk".');
  });
});
