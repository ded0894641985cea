import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../core/ids.ts';
import { connect, type Db } from '../../db/connect.ts';
import { startProduct } from '../support/product.ts';
import { offerOf, tokensUsed } from './letters.ts';
import { talk, talkWithTasks, type Talk } from './talk.ts';

let url: string;
let db: Db;
beforeAll(async () => {
  const product = await startProduct({ env: { FREE_TOKENS_PER_MONTH: '250' } });
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 1, name: 'test' });
  return () => db.destroy();
});

/** Somebody with this many tasks, which nobody would type. */
async function talkWithMany(many: number, who: Parameters<typeof talk>[1] = {}): Promise<Talk> {
  const me = await talk(url, who);
  await me.say('create a task to count to number 1');
  await addBeside(me, ...Array.from({ length: many - 1 }, (_, index) => `count to number ${index + 2}`));
  return me;
}
/** More tasks, from elsewhere. */
async function addBeside(me: Talk, ...titles: readonly string[]): Promise<void> {
  const first = await rowOf(me);
  await db.batchInsert(
    'tasks',
    titles.map((title) => ({ ...first, id: newId(), title })),
    500,
  );
}
const rowOf = async (me: Talk): Promise<Record<string, unknown> & { user_id: string }> => {
  const id = (await me.tasks())[0]?.id ?? '';
  const row = await db('tasks')
    .where({ id })
    .first<(Record<string, unknown> & { user_id: string }) | undefined>();
  if (!row) throw new Error('There are no tasks');
  return row;
};
const open = async (me: Talk): Promise<number> => {
  const { user_id } = await rowOf(me);
  const [row] = await db('tasks')
    .where({ user_id, status: 'open' })
    .whereNull('deleted_at')
    .count<{ count: string }[]>();
  return Number(row?.count);
};
const byTitle = async (me: Talk) => new Map((await me.tasks()).map((task) => [task.title, task]));

describe('a batch', () => {
  it('moves all that is due on a day, and nothing else', async () => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to buy milk today',
      'create a task to wash the car today',
      'create a task to read the book tomorrow',
      'create a task to water the plants',
    );
    (await me.say('move everything from today to monday')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Change 2 tasks: due Monday 23 November\? \("buy milk", "wash the car"\)$/,
    });
    (await me.say('yes'))
      .says(/^Changed 2 tasks: due Monday 23 November\.$/)
      .lists(['buy milk', 'wash the car']);
    const tasks = await byTitle(me);
    expect(tasks.get('buy milk')?.due_date).toBe('2026-11-23');
    expect(tasks.get('read the book')?.due_date).toBe('2026-11-19');
    expect(tasks.get('water the plants')?.due_date).toBeNull();
    (await me.say('undo')).says(/undone/i);
    expect((await byTitle(me)).get('buy milk')?.due_date).toBe('2026-11-18');
  });

  it('takes what is named by its list, its tag, or what it speaks of', async () => {
    const me = await talk(url);
    await me.sayAll(
      'add milk to the shopping list',
      'add eggs to the shopping list',
      'create a task to call Bob tagged work',
      'create a task to mow the garden lawn',
      'create a task to read the book',
    );
    await me.say('mark all shopping tasks as done');
    (await me.say('yes')).says(/^Completed 2 tasks\.$/);
    (await me.say('set all work tasks to high priority')).did('updated', {
      title: 'call Bob',
      priority: 'high',
    });
    (await me.say('delete all garden tasks')).did('deleted', { title: 'mow the garden lawn' });
    (await me.say('delete all kitchen tasks')).refused('not_found');
    const tasks = await me.tasks();
    expect(tasks.map(({ title, status }) => `${title} ${status}`).sort()).toEqual([
      'call Bob open',
      'eggs done',
      'milk done',
      'read the book open',
    ]);
  });

  it('adds a tag to those that each has, and takes a list over to another', async () => {
    const me = await talk(url);
    await me.sayAll(
      'create a task to write the report #work',
      'create a task to email Ann #work #urgent',
      'add milk to the shopping list',
      'add eggs to the shopping list',
    );
    await me.say('tag all work tasks with q4');
    (await me.say('yes')).says(/^Changed 2 tasks: tagged q4\.$/);
    const tagged = await byTitle(me);
    expect(tagged.get('write the report')?.tags).toEqual(['work', 'q4']);
    expect(tagged.get('email Ann')?.tags).toEqual(['work', 'urgent', 'q4']);
    await me.say('move everything from shopping to groceries');
    (await me.say('yes')).says(/^Changed 2 tasks: in groceries\.$/);
    expect((await byTitle(me)).get('milk')?.list).toBe('groceries');
  });

  it('of what is done is deleted only after a yes', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'buy eggs', 'wash the car');
    await me.sayAll('complete buy milk', 'complete buy eggs');
    (await me.say('delete everything that is done')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /Delete 2 tasks/,
    });
    (await me.say('no')).changesNothing().says('All right, nothing was changed.');
    const asked = await me.say('delete all done tasks');
    (await me.tap(asked, 'Yes, delete them')).says(/^Deleted 2 tasks\.$/);
    expect(await me.titles()).toEqual(['wash the car']);
  });

  it('is of what was shown, whatever comes in between', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'buy eggs');
    const asked = await me.say('delete all tasks');
    await addBeside(me, 'pay the rent');
    (await me.tap(asked, 'Yes, delete them')).says(/^Deleted 2 tasks\.$/);
    expect(await me.titles()).toEqual(['pay the rent']);
  });

  it('changes those alone that are not like that already', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'buy eggs');
    (await me.say('set buy milk to high priority')).did('updated');
    (await me.say('set all tasks to high priority')).did('updated', { title: 'buy eggs' });
    (await me.say('set all tasks to high priority')).changesNothing().says(/all like that already/);
    (await me.say('set buy milk to high priority'))
      .changesNothing()
      .says(/^"buy milk" is like that already: high priority\.$/);
  });

  it('"delete all" without any tasks is told, and with one does it', async () => {
    const me = await talk(url);
    (await me.say('delete all')).refused('not_found');
    await me.say('create a task to buy milk');
    (await me.say('delete all')).did('deleted', { title: 'buy milk' });
  });
});

describe('a large batch', () => {
  it('says its price before it runs, is charged once, and is committed and undone whole', async () => {
    const me = await talkWithMany(45);
    (await me.say('complete all tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Complete 45 tasks\? This uses 200 of your 250 tokens\. \(".*" and 42 more\)$/,
    });
    expect(await tokensUsed(me)).toBe(0);
    const finished = await me.say('yes');
    finished.says(/^Completed 45 tasks\.$/);
    expect(finished.receipt.effects).toHaveLength(45);
    expect(finished.result.usage).toMatchObject({
      tokens_used: 200,
      lines: [{ operation: 'bulk_task_operations', tokens_used: 200 }],
    });
    expect(await tokensUsed(me)).toBe(200);
    expect(await open(me)).toBe(0);
    await me.undo(finished);
    expect(await open(me)).toBe(45);
    expect(await tokensUsed(me)).toBe(200);
  });

  it('costs nothing after a no, nor up to twenty', async () => {
    const me = await talkWithMany(21);
    await me.say('delete all tasks');
    (await me.say('no')).changesNothing();
    await me.say('delete the task count to number 1');
    expect(await open(me)).toBe(20);
    (await me.say('delete all tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Delete 20 tasks\? \(/,
    });
    (await me.say('yes')).says(/^Deleted 20 tasks\.$/);
    expect(await tokensUsed(me)).toBe(0);
  });

  it('is refused without tokens, with its free part as an offer', async () => {
    const me = await talkWithMany(30);
    await me.say('set all tasks to high priority');
    await me.say('yes');
    expect(await tokensUsed(me)).toBe(200);
    const refused = await me.say('complete all tasks');
    expect(refused.result).toMatchObject({
      status: 'refused',
      decision: 'REFUSE',
      error: 'Insufficient tokens. Need 200, have 50.',
      error_code: 'quota_exceeded',
      tokens_needed: 200,
      tokens_remaining: 50,
      receipt: null,
    });
    expect(offerOf(refused)).toMatchObject({
      feature: 'bulk_task_operations',
      alternatives: [{ choice_id: 'few', label: 'Only the first 20' }],
    });
    const few = await me.tap(refused, 'Only the first 20');
    few.says(/^Completed 20 tasks\.$/);
    expect(await open(me)).toBe(10);
    expect(await tokensUsed(me)).toBe(200);
  });

  it('is refused by a yes that comes when the tokens are gone', async () => {
    const me = await talkWithMany(25);
    await me.say('complete all tasks');
    const other = await me.elsewhere();
    await other.sayAll('set all tasks to high priority', 'yes');
    const refused = await me.say('yes');
    expect(refused.result).toMatchObject({ status: 'refused', error_code: 'quota_exceeded', receipt: null });
    expect(await open(me)).toBe(25);
    (await me.say('never mind')).changesNothing();
    expect(await open(me)).toBe(25);
    expect(await tokensUsed(me)).toBe(200);
  });

  it('has no price on premium, and no more than a thousand', async () => {
    const me = await talkWithMany(1_000, { tier: 'premium' });
    (await me.say('complete all tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Complete 1000 tasks\? \(/,
    });
    const finished = await me.say('yes');
    finished.says(/^Completed 1000 tasks\.$/);
    expect(await open(me)).toBe(0);
    await me.undo(finished);
    expect(await open(me)).toBe(1_000);
    await me.say('create a task to buy milk');
    (await me.say('complete all tasks'))
      .refused('feature_unavailable')
      .says(/1,001 tasks at once\. I do up to 1,000/);
  });
});
