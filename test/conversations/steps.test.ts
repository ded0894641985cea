import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talkWithTasks, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const withTrip = async (): Promise<Talk> => {
  const me = await talkWithTasks(url, 'plan the trip');
  (await me.say('add subtasks to the trip: book hotel, buy tickets and pack bags')).says(
    /^Added 3 steps to "plan the trip": "book hotel", "buy tickets", "pack bags"\.$/,
  );
  return me;
};
const openTitles = async (me: Talk): Promise<string[]> =>
  (await me.tasks())
    .filter(({ status }) => status === 'open')
    .map(({ title }) => title)
    .sort();

describe('steps of a task', () => {
  it('are added one or several at a time, and undone together', async () => {
    const me = await talkWithTasks(url, 'write the report');
    const step = (await me.say('add a step to the report: collect figures by friday'))
      .did('created', { title: 'collect figures', due_date: '2026-11-20' })
      .says(/^Added the step "collect figures" to "write the report", due Friday 20 November\.$/);
    const [parent] = (await me.tasks()).filter(({ title }) => title === 'write the report');
    expect(step.task.parent_id).toBe(parent?.id);
    (await me.say('add another step: find a title')).did('created', {
      title: 'find a title',
      parent_id: parent?.id ?? null,
    });
    (await me.say('add print it as a step of the report')).did('created', { parent_id: parent?.id ?? null });
    await me.sayAll('undo', 'undo the find a title task');
    const more = await me.say('add steps to the report: draw charts; ask Anna');
    expect(more.receipt.effects.map(({ op, title }) => [op, title])).toEqual([
      ['create', 'draw charts'],
      ['create', 'ask Anna'],
    ]);
    await me.say('undo');
    expect(await me.titles()).toEqual(['collect figures', 'write the report']);
  });

  it('stand under their task in a list, with how far it has come', async () => {
    const me = await withTrip();
    await me.say('complete book hotel');
    (await me.say('show my tasks'))
      .says(
        /^You have 3 open tasks:\n1\. plan the trip, 1 of 3 steps done\n {3}2\. buy tickets\n {3}3\. pack bags$/,
      )
      .lists(['plan the trip', 'buy tickets', 'pack bags']);
    (await me.say('show the subtasks of the trip')).lists([
      'plan the trip',
      'book hotel',
      'buy tickets',
      'pack bags',
    ]);
    (await me.say('show my tasks')).lists(['plan the trip', 'buy tickets', 'pack bags']);
    (await me.say('complete the third one')).did('completed', { title: 'pack bags' });
  });

  it('tell how far the task has come', async () => {
    const me = await withTrip();
    (await me.say('complete book hotel')).says(/1 of 3 steps of "plan the trip" is done/);
    (await me.say('complete buy tickets')).says(/2 of 3 steps of "plan the trip" are done/);
    (await me.say('complete pack bags')).says(/That was the last step of "plan the trip"/);
    (await me.say('complete plan the trip')).did('completed', { title: 'plan the trip' });
  });

  it('are asked about when their task is completed: with them', async () => {
    const me = await withTrip();
    await me.say('complete book hotel');
    (await me.say('complete plan the trip')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^"plan the trip" has 2 open steps\. Complete them too\?$/,
      choices: ['Yes, the steps too', 'No, only the task'],
    });
    const finished = await me.say('yes');
    finished.says(/^Completed "plan the trip" and 2 steps\.$/);
    expect(finished.receipt.effects).toHaveLength(3);
    expect(await openTitles(me)).toEqual([]);
    await me.say('undo');
    expect(await openTitles(me)).toEqual(['buy tickets', 'pack bags', 'plan the trip']);
  });

  it('stay open after a no, and after a "never mind" nothing is done at all', async () => {
    const me = await withTrip();
    await me.say('complete plan the trip');
    (await me.say('never mind')).changesNothing();
    expect(await openTitles(me)).toHaveLength(4);
    const asked = await me.say('complete plan the trip');
    (await me.tap(asked, 'No, only the task')).says(/^Completed "plan the trip"\. 3 steps stay open\.$/);
    expect(await openTitles(me)).toEqual(['book hotel', 'buy tickets', 'pack bags']);
  });

  it('are named as steps, too', async () => {
    const me = await withTrip();
    (await me.say('delete the step book hotel')).did('deleted', { title: 'book hotel' });
    (await me.say('mark the subtask pack bags as done')).did('completed', { title: 'pack bags' });
  });

  it('go with their task, and come back with it', async () => {
    const me = await withTrip();
    const deleted = (await me.say('delete the task plan the trip')).says(
      /^Deleted "plan the trip" and its 3 steps\.$/,
    );
    expect(deleted.receipt.effects).toHaveLength(4);
    expect(await me.tasks()).toEqual([]);
    await me.say('undo');
    expect(await me.titles()).toEqual(['book hotel', 'buy tickets', 'pack bags', 'plan the trip']);
  });

  it('begin anew with a task that repeats', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    await me.say('add a task to clean the flat every saturday');
    await me.say('add steps to clean the flat: vacuum, mop');
    await me.say('complete vacuum');
    (await me.say('complete clean the flat')).says(/Next: Saturday 28 November/);
    expect(await openTitles(me)).toEqual(['buy milk', 'clean the flat', 'mop', 'vacuum']);
  });

  it('have no steps of their own, and need a task', async () => {
    const me = await withTrip();
    (await me.say('add a step to book hotel: compare prices'))
      .refused('feature_unavailable')
      .says(/is a step itself/);
    (await me.say('add a step to the dissertation: find a title')).refused('not_found').says(/dissertation/);
    expect(await me.titles()).toHaveLength(4);
  });

  it('ask which task is meant', async () => {
    const me = await talkWithTasks(url, 'write the report for Anna', 'write the report for Ben');
    const asked = (await me.say('add a step to the report: collect figures')).asks({
      slot: 'target',
      kind: 'choice',
    });
    (await me.tap(asked, /Ben/)).did('created', { title: 'collect figures' }).says(/report for Ben/);
  });
});
