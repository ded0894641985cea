import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../contracts/entities.ts';
import { sharedProduct } from '../support/product.ts';
import { talk, talkWithTasks } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('"which one do you want to delete?"', () => {
  const titles = ['buy a book', 'call annoying nora', 'sip milk', 'sip milk'];

  it.each(['ok', 'yes', 'hmm', 'sure', 'let me think', 'the purple one'])(
    '"%s" deletes nothing and asks again',
    async (text) => {
      const me = await talkWithTasks(url, ...titles);
      await me.say('delete sip milk');
      (await me.say(text)).changesNothing().asks({ slot: 'target', kind: 'choice' });
      expect(await me.titles()).toEqual(titles);
    },
  );

  it.each(['no', 'nope', 'no thanks', 'neither', 'none of them', "don't delete the cake"])(
    '"%s" drops the question',
    async (text) => {
      const me = await talkWithTasks(url, ...titles);
      await me.say('delete sip milk');
      (await me.say(text)).changesNothing().says(/dropped that question/);
      expect(me.open).toEqual([]);
      expect(await me.titles()).toEqual(titles);
    },
  );

  it.each(['both', 'all of them', 'the first two', '1 and 2'])(
    '"%s" takes several, after a yes',
    async (text) => {
      const me = await talkWithTasks(url, ...titles);
      await me.say('delete sip milk');
      (await me.say(text))
        .changesNothing()
        .asks({ slot: 'target', kind: 'confirm', words: /Delete 2 tasks/ });
      await me.say('yes');
      expect(await me.titles()).toEqual(['buy a book', 'call annoying nora']);
    },
  );

  it('takes what another item is plainly called, and a name after a "not"', async () => {
    const me = await talkWithTasks(url, ...titles, 'sip oat milk', 'sip soy milk');
    await me.say('delete the milk task');
    (await me.say("it's not soy milk, it's oat milk")).did('deleted', { title: 'sip oat milk' });
    await me.say('delete the milk task');
    (await me.say('the annoying nora one')).did('deleted', { title: 'call annoying nora' });
  });

  it('tells the same titles apart, in the buttons and in words', async () => {
    const me = await talkWithTasks(url, 'sip milk', 'sip milk', 'buy a book');
    const asked = await me.say('complete sip milk');
    const labels = asked.question.choices.map(({ label }) => label);
    expect(new Set(labels).size).toBe(2);
    const other = await me.say('delete the buy a book task');
    other.did('deleted');
    for (const label of labels) expect(other.result.reply).toContain(label);
  });
});

describe('whole words', () => {
  it('a part of a word names nothing', async () => {
    const me = await talkWithTasks(url, 'start the homework');
    (await me.say('delete art')).refused('not_found');
    (await me.say('complete work')).refused('not_found');
    expect(await me.titles()).toEqual(['start the homework']);
  });

  it.each(['delete the cheese and milk task', 'delete home'])(
    'a loose fit is asked about before "%s"',
    async (text) => {
      const me = await talkWithTasks(url, 'buy milk', 'start homework');
      const asked = (await me.say(text)).changesNothing().asks({ slot: 'target', kind: 'choice' });
      (await me.tap(asked, 'None of these')).changesNothing();
      expect(await me.titles()).toEqual(['buy milk', 'start homework']);
    },
  );

  it('plurals, one letter and marks are found', async () => {
    const me = await talkWithTasks(url, 'return books', 'fix 50% (a|b) [x', 'b');
    (await me.say('complete the book task')).did('completed', { title: 'return books' });
    (await me.say('complete "fix 50% (a|b) [x"')).did('completed', { title: 'fix 50% (a|b) [x' });
    (await me.say('delete the task b')).did('deleted', { title: 'b' });
  });

  it('"undelete" brings back what was deleted', async () => {
    const me = await talkWithTasks(url, 'sip milk');
    await me.say('delete sip milk');
    (await me.say('undelete milk')).did('restored', { title: 'sip milk' });
    (await me.say('undelete milk')).refused('not_found');
  });

  it('"no" after a change says what is done', async () => {
    const me = await talkWithTasks(url, 'sip milk');
    await me.say('delete sip milk');
    (await me.say('no')).changesNothing().says('That is done already: deleted "sip milk". Say "undo"');
  });
});

describe('changes of many', () => {
  it('touch what the words select, the open ones, after a yes', async () => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to sweep today',
      'create a task to iron today',
      'create a task to swim tomorrow',
      'create a task to mop on monday',
      'mark mop as done',
    );
    const asked = await me.say('move all my tasks from today to friday');
    asked.changesNothing().asks({ slot: 'target', kind: 'confirm', words: /2 tasks: due Friday/ });
    expect((await me.say('yes')).receipt.effects).toHaveLength(2);
    const due = async () =>
      Object.fromEntries((await me.tasks()).map(({ title, due_date }) => [title, due_date]));
    expect(await due()).toEqual({
      sweep: '2026-11-20',
      iron: '2026-11-20',
      swim: '2026-11-19',
      mop: '2026-11-23',
    });
    (await me.say('push everything to next week')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /3 tasks/,
    });
    await me.say('no');
    expect(await due()).toMatchObject({ swim: '2026-11-19' });
  });

  it('"overdue" selects what is past', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to sweep due yesterday', 'create a task to swim tomorrow');
    (await me.say('move all overdue tasks to friday')).did('updated', { title: 'sweep' });
    await me.say('create a task to iron due yesterday');
    (await me.say('delete all overdue tasks')).did('deleted', { title: 'iron' });
  });
});

describe('fields', () => {
  it.each<[string, Partial<Task>]>([
    ['remove the due date', { due_date: null }],
    ['remove due date', { due_date: null }],
    ['take off the deadline', { due_date: null }],
    ['remove the priority', { priority: 'medium' }],
    ['no, not high priority', { priority: 'medium' }],
    ['remove the tag', { tags: [] }],
    ['remove its list', { list: null }],
    ['lower the priority of sort papers', { priority: 'medium' }],
    ['raise its priority', { priority: 'urgent' }],
    ['make sort papers take 30 minutes', { duration_minutes: 30 }],
    ['also add tag work', { tags: ['home', 'work'] }],
    ['and put it in the office list', { list: 'office' }],
    ['move it to someday', { due_date: null }],
    ['move it two days later', { due_date: '2026-11-21' }],
    ['change due date of sort papers to 2 days later', { due_date: '2026-11-21' }],
  ])('"%s" changes the task, and deletes none', async (text, fields) => {
    const me = await talk(url);
    await me.say('create a task to update CV');
    await me.say('add sort papers tomorrow #home high priority to my desk list');
    (await me.say(text)).did('updated', { title: 'sort papers', ...fields });
    expect(await me.titles()).toEqual(['sort papers', 'update CV']);
  });
});

describe('questions', () => {
  it('let another request through', async () => {
    const me = await talkWithTasks(url, 'do slides', 'sip milk');
    await me.say('snooze do slides');
    (await me.say('add x due yesterday')).did('created', { title: 'x' });
    await me.say('create a task');
    (await me.say('complete milk')).did('completed', { title: 'sip milk' });
  });

  it('"yes" to "still open" puts the question again without an apology', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to study', '...', 'what is the weather?');
    const again = await me.say('yes');
    again.asks({ slot: 'title' });
    expect(again.result.reply).toBe('What do you want to study?');
  });
});
