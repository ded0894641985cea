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
