import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { talk, talkWithTasks } from './talk.ts';

let product: SharedProduct;
let url: string;
beforeAll(async () => {
  product = await sharedProduct();
  ({ url } = product);
});

/** It is ten o'clock where they talk. */
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

describe('lists and tags', () => {
  it('are told with what is on them', async () => {
    const me = await talk(url);
    (await me.say('what lists do I have?')).says(/^You have no lists yet\./);
    await me.sayAll(
      'add milk to the shopping list',
      'add eggs to the shopping list',
      'add call Bob to the work list',
      'tag milk with dairy',
      'complete eggs',
    );
    (await me.say('what lists do I have?')).says(
      /^You have 2 lists:\n1\. shopping \(1 open, 1 done\)\n2\. work \(1 open\)$/,
    );
    (await me.say('what tags do I have')).says(/^You have 1 tag:\n1\. dairy \(1 open\)$/);
    (await me.say('show the shopping list')).lists(['milk']);
  });

  it('are renamed with all that is on them', async () => {
    const me = await talk(url);
    await me.sayAll('add call Bob to the work list', 'add call Ann to the work list', 'complete call Ann');
    const renamed = (await me.say('rename the work list to office')).says(
      /^Renamed the list "work" to "office"\. 2 tasks are in it\.$/,
    );
    expect((await me.tasks()).map(({ list }) => list)).toEqual(['office', 'office']);
    await me.undo(renamed);
    expect((await me.tasks()).map(({ list }) => list)).toEqual(['work', 'work']);
    (await me.say('rename list work to home')).says(/^Renamed the list "work" to "home"/);
  });

  it('a task that is called a list is renamed as a task', async () => {
    const me = await talkWithTasks(url, 'write the guest list');
    (await me.say('rename write the guest list to invite guests')).did('updated', { title: 'invite guests' });
  });

  it('take a task from one to another', async () => {
    const me = await talk(url);
    await me.sayAll('add milk to the shopping list', 'add call Bob to the groceries list');
    (await me.say('move milk to groceries')).did('updated', { title: 'milk', list: 'groceries' });
  });
});

describe('filters', () => {
  it('say what is overdue, urgent, undated and done', async () => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to buy milk tomorrow with high priority',
      'create a task to wash the car next month with high priority',
      'create a task to read the book',
      'create a task to pay the rent today',
      'complete read the book',
    );
    const rent = (await me.tasks()).find(({ title }) => title === 'pay the rent');
    await me.client.rest.patchTask(rent?.id ?? '', rent?.version ?? 0, { due_date: '2026-11-10' });
    (await me.say('what is overdue?')).lists(['pay the rent']);
    (await me.say('high priority tasks this week')).lists(['buy milk']);
    (await me.say('tasks without a date')).says('No open tasks match that.');
    await me.say('create a task to paint the fence');
    (await me.say('show me everything without a due date')).lists(['paint the fence']);
  });

  it('say what was finished when', async () => {
    const me = await talkWithTasks(url, 'read the book', 'wash the car');
    await me.sayAll('mark read the book as done', 'mark wash the car as done');
    const db = connect(product.database.url, { poolMax: 1, name: 'test' });
    const car = (await me.tasks()).find(({ title }) => title === 'wash the car');
    await db('tasks')
      .where({ id: car?.id ?? '' })
      .update({ completed_at: hoursAgo(24) });
    const book = (await me.tasks()).find(({ title }) => title === 'read the book');
    await db('tasks')
      .where({ id: book?.id ?? '' })
      .update({ completed_at: hoursAgo(1) });
    await db.destroy();
    (await me.say('what did I finish yesterday?')).lists(['wash the car']);
    (await me.say('what did I get done this week?')).lists(['read the book', 'wash the car']);
    (await me.say('what did I finish today?')).lists(['read the book']);
  });
});

describe('a name that nothing has', () => {
  it('is put right by the next words, and the same is done with what was meant', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'finish the budget report', 'wash the car');
    (await me.say('delete the task milkk')).refused('not_found');
    (await me.say('I meant milk')).did('deleted', { title: 'buy milk' });
    (await me.say('mark the quarterly summary done')).refused('not_found');
    (await me.say('no, the budget report')).did('completed', { title: 'finish the budget report' });
    (await me.say('complete the bike')).refused('not_found');
    (await me.say('sorry, i meant the car')).did('completed', { title: 'wash the car' });
  });

  it('keeps what was to be changed', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    (await me.say('postpone the cheese by two days')).refused('not_found');
    (await me.say('I meant the milk')).did('updated', { title: 'buy milk', due_date: '2026-11-20' });
  });

  it('is forgotten after another request, and other requests are themselves', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'wash the car');
    (await me.say('complete the bike')).refused('not_found');
    (await me.say('no, show my tasks')).understood('list_tasks').lists(['buy milk', 'wash the car']);
    await me.say('I meant the car');
    expect((await me.tasks()).every(({ status }) => status === 'open')).toBe(true);
  });

  it('may be wrong twice', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    (await me.say('complete the bred')).refused('not_found');
    (await me.say('I meant bread')).refused('not_found').says(/"bread"/);
    (await me.say('no, I meant milk')).did('completed', { title: 'buy milk' });
  });
});

describe('odd titles', () => {
  it('are kept as they are: long, with markup, with emoji', async () => {
    const me = await talk(url);
    const long = `paint ${'very '.repeat(780)}long fence`;
    expect((await me.say(`add task: ${long}`)).task.title).toBe(long);
    await me.say('undo');
    const markup = 'buy <img src=x onerror=alert(1)> & "milk"';
    expect((await me.say(`create a task to ${markup}`)).task.title).toBe(markup);
    (await me.say('complete buy milk')).did('completed', { title: markup });
    (await me.say('create a task to water the 🌵 on the balcony')).did('created', {
      title: 'water the 🌵 on the balcony',
    });
    (await me.say('delete water the 🌵 on the balcony')).did('deleted');
  });

  it('as steps too', async () => {
    const me = await talkWithTasks(url, 'plan the trip');
    await me.say('add steps to the trip: pack <b>bags</b>, find the 🛂');
    expect(await me.titles()).toEqual(['find the 🛂', 'pack <b>bags</b>', 'plan the trip']);
  });
});

describe('a task that changes elsewhere', () => {
  it('while a question is open, is changed as it is by then', async () => {
    const me = await talkWithTasks(url, 'write the report for Anna', 'write the report for Ben');
    const asked = (await me.say('set the report to high priority')).asks({ slot: 'target', kind: 'choice' });
    const anna = (await me.tasks()).find(({ title }) => /Anna/.test(title));
    await me.client.rest.patchTask(anna?.id ?? '', 1, { list: 'work' });
    (await me.tap(asked, /Anna/)).did('updated', { priority: 'high', list: 'work', version: 3 });
  });

  it('and is gone by then, is told', async () => {
    const me = await talkWithTasks(url, 'write the report for Anna', 'write the report for Ben');
    const asked = await me.say('set the report to high priority');
    await me.say('delete the task write the report for Anna');
    (await me.answer(asked, 'the one for Anna')).refused('not_found').says(/gone/);
  });
});

describe('two devices at once', () => {
  it('change one task, and neither change is lost', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    const other = await me.elsewhere();
    const heard = await Promise.all([
      me.say('set buy milk to high priority'),
      other.say('move buy milk to friday'),
      me.client.rest.patchTask((await me.tasks())[0]?.id ?? '', 1, { list: 'shopping' }).catch(() => null),
    ]);
    expect(heard.slice(0, 2).map((one) => one && 'result' in one && one.result.status)).toEqual([
      'completed',
      'completed',
    ]);
    expect(await me.tasks()).toMatchObject([{ priority: 'high', due_date: '2026-11-20' }]);
  });

  it('tick one that repeats at the same version, and it goes on once', async () => {
    const me = await talk(url);
    await me.say('water the plants every monday');
    const [task] = await me.tasks();
    const ticks = await Promise.allSettled(
      [1, 2, 3].map(() => me.client.rest.patchTask(task?.id ?? '', task?.version ?? 0, { status: 'done' })),
    );
    expect(ticks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await me.tasks()).toMatchObject([{ status: 'open', version: 2 }]);
  });
});
