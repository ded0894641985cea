import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask } from './calendar-of.ts';
import { talk, talkWithTasks } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('several things asked for in one message', () => {
  it('see what those before them have changed', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'call Bob');
    const heard = await me.say('delete the milk task and show my tasks');
    heard.lists(['call Bob']);
    expect(heard.result.acts.map(({ action }) => action)).toEqual(['delete_task', 'list_tasks']);
  });

  it('change the same thing one after the other', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    await me.say('move milk to friday and make it urgent');
    expect(await me.tasks()).toMatchObject([
      { title: 'buy milk', due_date: '2026-11-20', priority: 'urgent' },
    ]);
  });

  describe('where one has to be confirmed', () => {
    it('wait for it, are shown in one question, and are done together', async () => {
      const me = await talkWithTasks(url, 'buy milk', 'call Bob', 'sweep the floor');
      const asked = (await me.say('delete all my tasks and add a task to start over')).asks({
        slot: 'target',
        kind: 'confirm',
        words: /Shall I do all of this\?\n1\. Delete 3 tasks\? .*\n2\. Add "start over"/,
        choices: ['Yes, all of it', 'No'],
      });
      asked.changesNothing();
      expect(await me.titles()).toEqual(['buy milk', 'call Bob', 'sweep the floor']);
      const done = await me.say('yes');
      expect(done.result.acts.map(({ action, receipt }) => [action, receipt?.effects.length])).toEqual([
        ['delete_task', 3],
        ['create_task', 1],
      ]);
      expect(await me.titles()).toEqual(['start over']);
      await me.say('undo the last two');
      expect(await me.titles()).toEqual(['buy milk', 'call Bob', 'sweep the floor']);
    });

    it('are none of them done on a no', async () => {
      const me = await talkWithTasks(url, 'buy milk', 'call Bob');
      const asked = await me.say('delete all my tasks and add a task to start over');
      (await me.tap(asked, 'No')).says(/nothing was changed/i).changesNothing();
      expect(await me.titles()).toEqual(['buy milk', 'call Bob']);
    });

    it('are none of them done when one can not be done any more', async () => {
      const me = await talkWithTasks(url, 'buy milk', 'call Bob', 'sweep the floor');
      await me.say('complete the Bob task');
      await me.say('complete the floor task');
      const asked = await me.say('make the milk task urgent and delete everything that is done');
      asked.asks({ slot: 'target', kind: 'confirm', words: /1\. Change "buy milk".*\n2\. Delete 2 tasks/ });
      const elsewhere = await me.elsewhere();
      (await elsewhere.say('delete the milk task')).did('deleted');
      const late = await me.tap(asked, /^Yes/);
      late.says(/^Nothing was changed, since not all of it could be done: i found no task/i).changesNothing();
      expect(await me.titles()).toEqual(['call Bob', 'sweep the floor']);
    });
  });

  describe('where several take something away', () => {
    const FIVE = ['bread', 'butter', 'eggs', 'jam', 'milk'];

    it('are confirmed together, as all at once would be, and taken back together', async () => {
      const me = await talk(url);
      for (const title of FIVE) await addTask(me, title);
      (await me.say('delete the milk, the eggs, the bread, the butter and the jam')).changesNothing().asks({
        slot: 'target',
        kind: 'confirm',
        words: /^Shall I do all of this\?\n1\. Delete "milk"\n2\. Delete "eggs"\n.*\n.*\n5\. Delete "jam"$/,
      });
      await addTask(me, 'jam');
      await me.say('yes');
      expect(await me.titles()).toEqual(['jam']);
      await me.say('undo');
      expect(await me.titles()).toEqual(['bread', 'butter', 'eggs', 'jam', 'jam', 'milk']);
    });

    it('are confirmed together also where they are of several kinds', async () => {
      const me = await talk(url);
      await addTask(me, 'buy milk');
      await addEvent(me, 'dentist', '2026-11-20T09:00', '2026-11-20T10:00');
      (await me.say('delete the milk task and cancel the dentist')).changesNothing().asks({
        slot: 'target',
        kind: 'confirm',
        words: /1\. Delete "buy milk"\n2\. Cancel "dentist"/,
      });
      (await me.say('no')).changesNothing();
      expect(await me.titles()).toEqual(['buy milk']);
    });

    it('go on without what is gone by then, which is told', async () => {
      const me = await talk(url);
      const id = await addTask(me, 'milk');
      await addTask(me, 'eggs');
      await me.say('delete the milk and the eggs');
      await me.client.rest.call({ method: 'DELETE', path: `/tasks/${id}`, schema: z.unknown() });
      (await me.say('yes')).says(/^That task is gone\.\nDeleted "eggs"\.$/);
      expect(await me.titles()).toEqual([]);
    });

    it('are done at once where only one does', async () => {
      const me = await talkWithTasks(url, 'buy milk');
      await me.say('delete the milk task and add a task to call Bob');
      expect(await me.titles()).toEqual(['call Bob']);
    });
  });

  it('tick off several named things at once', async () => {
    const me = await talk(url);
    for (const title of ['milk', 'eggs']) await addTask(me, title);
    (await me.say('got the milk and the eggs')).says(/^Completed "milk"\.\nCompleted "eggs"\.$/);
  });

  it('are done but for what names nothing there, which is told', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    const heard = await me.say('move milk to friday and delete the foo task');
    heard.says(/^Changed "buy milk": due .*\.\nI found no task that matches "foo"\.$/);
    expect(heard.result).toMatchObject({ status: 'completed', error_code: 'not_found' });
    expect(heard.result.acts.map(({ decision }) => decision)).toEqual(['AUTO', 'REFUSE']);
    expect(await me.tasks()).toMatchObject([{ title: 'buy milk', due_date: '2026-11-20' }]);
  });

  it('are done at once where nothing has to be confirmed', async () => {
    const me = await talk(url);
    await me.say('create a task to buy milk and create a task to call Ann');
    expect(await me.titles()).toEqual(['buy milk', 'call Ann']);
  });
});
