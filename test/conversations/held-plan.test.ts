import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
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

  it('are done at once where nothing has to be confirmed', async () => {
    const me = await talk(url);
    await me.say('create a task to buy milk and create a task to call Ann');
    expect(await me.titles()).toEqual(['buy milk', 'call Ann']);
  });
});
