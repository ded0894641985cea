import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RestClient } from '../../web/client/index.ts';
import { sharedProduct } from '../support/product.ts';
import { call } from '../support/wire.ts';
import { addEvent, addTask } from './calendar-of.ts';
import { tokensUsed } from './letters.ts';
import { talk, talkWithTasks, type Talk } from './talk.ts';
import { person } from './with-rest.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const addTasks = async (me: Talk, many: number): Promise<string[]> => {
  const ids = [];
  for (let n = 1; n <= many; n += 1) ids.push(await addTask(me, `number ${n}`));
  return ids;
};

describe('a yes means what was shown', () => {
  it('in a plan of several acts', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'buy bread');
    (await me.say('delete all my tasks and add lunch on saturday at 12')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /1\. Delete 2 tasks\?/,
    });
    await addTask(me, 'late comer');
    (await me.say('yes')).says(/^Deleted 2 tasks\./);
    expect(await me.titles()).toEqual(['late comer']);
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual(['2026-11-21T12:00 lunch']);
  });

  it('of a single thing in a plan, though another has its name by then', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'call Bob', 'sweep the floor');
    await me.sayAll('complete the Bob task', 'complete the floor task');
    await me.say('make the milk task urgent and delete everything that is done');
    await addTask(me, 'buy milk');
    await me.say('yes');
    const tasks = await me.tasks();
    expect(tasks.map(({ priority }) => priority).toSorted()).toEqual(['medium', 'urgent']);
  });

  it('with what an act of the plan itself makes', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    (await me.say('add a task to call Bob and delete all my tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /2\. Delete 2 tasks\?/,
    });
    await addTask(me, 'late comer');
    (await me.say('yes')).says(/Deleted 2 tasks\.$/);
    expect(await me.titles()).toEqual(['late comer']);
  });

  it('of more than twenty, to be deleted or moved', async () => {
    const me = await talk(url);
    const [first = ''] = await addTasks(me, 22);
    (await me.say('move all my tasks to friday')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Change 22 tasks/,
    });
    await addTask(me, 'late comer');
    (await me.say('yes')).says(/^Changed 22 tasks/);
    const late = (await me.tasks()).filter(({ due_date }) => due_date === null);
    expect(late.map(({ title }) => title)).toEqual(['late comer']);
    (await me.say('delete all my tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Delete 23 tasks/,
    });
    await addTask(me, 'very late comer');
    await me.client.rest.call({ method: 'DELETE', path: `/tasks/${first}`, schema: z.unknown() });
    (await me.say('yes')).says(/^Deleted 22 tasks\. One of the 23 that I showed is gone already\.$/);
    expect(await me.titles()).toEqual(['very late comer']);
  });

  it('of events', async () => {
    const me = await talk(url);
    for (const hour of ['09', '11', '13', '15'])
      await addEvent(me, `talk ${hour}`, `2026-12-07T${hour}:00`, `2026-12-07T${hour}:30`);
    (await me.say('cancel all events on december 7')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Cancel 4 events/,
    });
    await addEvent(me, 'late comer', '2026-12-07T17:00', '2026-12-07T18:00');
    (await me.say('yes')).says(/^Cancelled 4 events/);
    expect(await me.calendar('2026-12-07', '2026-12-09')).toEqual(['2026-12-07T17:00 late comer']);
  });

  it('of events that move', async () => {
    const me = await talk(url);
    for (const hour of ['09', '11'])
      await addEvent(me, `talk ${hour}`, `2026-12-07T${hour}:00`, `2026-12-07T${hour}:30`);
    (await me.say('move all events on december 7 to december 8')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Change 2 events/,
    });
    await addEvent(me, 'late comer', '2026-12-07T17:00', '2026-12-07T18:00');
    (await me.say('yes')).says(/^Changed 2 events/);
    expect(await me.calendar('2026-12-07', '2026-12-09')).toEqual([
      '2026-12-07T17:00 late comer',
      '2026-12-08T09:00 talk 09',
      '2026-12-08T11:00 talk 11',
    ]);
  });

  it('of days of a series, without one that does not take place any more', async () => {
    const me = await talk(url);
    await me.sayAll('standup every day at 9', 'lunch on december 7 at 12', 'talk on december 7 at 14');
    (await me.say('cancel all events on december 7')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Cancel 3 events/,
    });
    const elsewhere = await me.elsewhere();
    await elsewhere.say('cancel the standup on december 7');
    (await me.say('yes')).says(/^Cancelled 2 events.* One of the 3 that I showed is gone already\.$/);
    expect(await me.calendar('2026-12-08', '2026-12-09')).toEqual(['2026-12-08T09:00 standup']);
  });

  it('of reminders', async () => {
    const me = await talk(url);
    await me.sayAll('remind me to call Ann at 5pm', 'remind me to call Bob at 6pm');
    (await me.say('delete all my reminders')).asks({ slot: 'target', kind: 'confirm', words: /2 reminders/ });
    await (await me.elsewhere()).say('remind me to call Cem at 7pm');
    (await me.say('yes')).says(/^Deleted 2 reminders\.$/);
    (await me.say('show my reminders')).remindersAre(['call Cem']);
  });
});

describe('what was changed since it was shown', () => {
  const change = (me: Talk, path: string, body: object): Promise<unknown> =>
    me.client.rest.call({ method: 'PATCH', path, body, schema: z.unknown() });
  const groceries = async (): Promise<{ me: Talk; eggs: string }> => {
    const me = await talk(url);
    await me.sayAll('add milk, eggs and bread to my groceries list', 'paint the fence on saturday');
    const eggs = (await me.tasks()).find(({ title }) => title === 'eggs')?.id ?? '';
    return { me, eggs };
  };

  it('is not deleted: the others are shown again', async () => {
    const { me, eggs } = await groceries();
    (await me.say('delete everything on the groceries list')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Delete 3 tasks/,
    });
    await change(me, `/tasks/${eggs}`, { title: 'egg cups', list: 'kitchen' });
    (await me.say('yes')).changesNothing().asks({
      slot: 'target',
      kind: 'confirm',
      words: /^"egg cups" has been changed since I showed it, so it stays as it is\. Delete 2 tasks\?/,
    });
    (await me.say('yes')).says(/^Deleted 2 tasks\.$/);
    expect(await me.titles()).toEqual(['egg cups', 'paint the fence']);
  });

  it('may be only one of two', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'call Ann');
    const [first = { id: '' }] = await me.tasks();
    await me.say('complete all my tasks');
    await change(me, `/tasks/${first.id}`, { title: 'water the plants' });
    (await me.say('yes')).changesNothing().asks({
      slot: 'target',
      kind: 'confirm',
      words: /^"water the plants" has been changed .*Complete "/,
    });
    (await me.say('no')).changesNothing();
  });

  it('is shown as it is now where nothing else is left', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'call Ann');
    await me.say('move all my tasks to friday');
    for (const { id } of await me.tasks()) await change(me, `/tasks/${id}`, { list: 'other' });
    (await me.say('yes')).changesNothing().asks({
      slot: 'target',
      kind: 'confirm',
      words: /have been changed since I showed them\. Change 2 tasks/,
    });
    (await me.say('yes')).says(/^Changed 2 tasks/);
  });

  it('stays done where it is to be done', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'call Ann', 'call Bob');
    const [first = { id: '' }] = await me.tasks();
    await me.say('complete all my tasks');
    await change(me, `/tasks/${first.id}`, { status: 'done' });
    (await me.say('yes')).says(/^Completed 2 tasks\. One of the 3 that I showed/);
  });

  it('is not cancelled or moved, if it is an event', async () => {
    for (const [text, past] of [
      ['cancel all events on december 7', /^Cancelled 2 events/],
      ['move all events on december 7 to december 8', /^Changed 2 events/],
    ] as const) {
      const { me, event } = await person(url);
      const first = await event('talk 09', '2026-12-07T09:00', '2026-12-07T09:30');
      for (const hour of ['11', '13'])
        await event(`talk ${hour}`, `2026-12-07T${hour}:00`, `2026-12-07T${hour}:30`);
      await me.say(text);
      await change(me, `/events/${first.id}`, { title: 'dentist' });
      (await me.say('yes')).changesNothing().asks({
        slot: 'target',
        kind: 'confirm',
        words:
          /^"dentist" has been changed since I showed it, so it stays as it is\. (?:Cancel|Change) 2 events/,
      });
      (await me.say('yes')).says(past);
      expect(await me.calendar('2026-12-07', '2026-12-08')).toEqual(['2026-12-07T09:00 dentist']);
    }
  });

  it('is a series', async () => {
    const me = await talk(url);
    const { event } = await me.say('standup every day at 9');
    await me.say('cancel all of the standups');
    await change(me, `/events/${event.id}`, { title: 'board meeting' });
    (await me.say('yes')).changesNothing().asks({
      slot: 'target',
      kind: 'confirm',
      words: /^"board meeting" has been changed since I showed it\. Cancel all of "board meeting"/,
    });
    (await me.say('yes')).says(/^Cancelled all of "board meeting"/);
  });

  it('is a reminder', async () => {
    const me = await talk(url);
    await me.sayAll('remind me to call Ann at 5pm', 'remind me to call Bob at 6pm');
    await me.say('delete all my reminders');
    await (await me.elsewhere()).say('move the Bob reminder to 8pm');
    (await me.say('yes'))
      .changesNothing()
      .asks({ slot: 'target', kind: 'confirm', words: /^"call Bob" has been/ });
    (await me.say('yes')).says(/^Deleted/);
    (await me.say('show my reminders')).remindersAre(['call Bob']);
  });

  it('breaks a plan of several acts', async () => {
    const { me, eggs } = await groceries();
    await me.say('delete everything on the groceries list and add lunch on saturday at 12');
    await change(me, `/tasks/${eggs}`, { title: 'egg cups' });
    (await me.say('yes'))
      .changesNothing()
      .says(
        /^Nothing was changed: "egg cups" has been changed since I showed it, .* Say it again for how it is now\.$/,
      );
    expect(await me.titles()).toHaveLength(4);
  });
});

describe('a price', () => {
  it('that was not offered is not charged', async () => {
    const me = await talk(url);
    await addTasks(me, 20);
    (await me.say('delete all my tasks and add lunch on saturday at 12')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /1\. Delete 20 tasks\? \(/,
    });
    await addTask(me, 'late comer');
    (await me.say('yes')).says(/^Deleted 20 tasks\./);
    expect(await me.titles()).toEqual(['late comer']);
    expect(await tokensUsed(me)).toBe(0);
  });

  it('is told first where premium has ended since', async () => {
    const { me, userId } = await person(url);
    const { token } = await new RestClient(url, null).demoLogin({ role: 'admin' });
    const grant = (method: 'POST' | 'DELETE', body: object): Promise<unknown> =>
      call(url, method, `/api/v1/ops/users/${userId}/tier`, { token, body });
    await grant('POST', { tier: 'premium', reason: 'press' });
    await addTasks(me, 21);
    (await me.say('delete all my tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Delete 21 tasks\? \(/,
    });
    await grant('DELETE', { reason: 'over' });
    (await me.say('yes'))
      .changesNothing()
      .asks({ slot: 'target', kind: 'confirm', words: /^Delete 21 tasks\? This uses 200 of your/ });
    (await me.say('yes')).says(/^Deleted 21 tasks\.$/);
    expect(await tokensUsed(me)).toBe(200);
  });
});
