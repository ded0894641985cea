import { beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { sharedProduct } from '../support/product.ts';
import { talk, talkWithTasks } from './talk.ts';

let url: string;
let db: Db;
beforeAll(async () => {
  const product = await sharedProduct();
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 1, name: 'test' });
  return () => db.destroy();
});

describe('completing what repeats', () => {
  it('goes on to the next time and stays open, every time anew, and undo puts each back', async () => {
    const me = await talk(url);
    const made = (await me.say('water the plants every monday')).did('created', {
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
      due_date: '2026-11-23',
    });
    const first = (await me.say('done with the plants'))
      .did('completed', { id: made.task.id, status: 'open', due_date: '2026-11-30', completed_at: null })
      .says(/^Done for this time: "water the plants"\. Next: Monday 30 November\.$/);
    (await me.say('mark water the plants as done', '2026-11-30T10:00:00+01:00')).did('completed', {
      due_date: '2026-12-07',
    });
    expect(await me.tasks()).toMatchObject([{ id: made.task.id, status: 'open', due_date: '2026-12-07' }]);
    (await me.say('undo')).did('updated', { due_date: '2026-11-30' });
    (await me.undo(first)).did('updated', { due_date: '2026-11-23', status: 'open' });
  });

  it('says for which stretch it is done', async () => {
    const me = await talk(url);
    await me.say('create a task to take vitamins every day');
    expect((await me.tasks())[0]).toMatchObject({ due_date: '2026-11-18' });
    (await me.say('i took the vitamins, mark vitamins as done')).says(
      /Done for today.*Next: Thursday 19 November/,
    );
    await me.say('add a task to take out the trash every wednesday');
    (await me.say('complete take out the trash')).says(
      /^Done for this week: .* Next: Wednesday 25 November\.$/,
    );
  });

  it('is left out once where that is wanted, and by no other task', async () => {
    const me = await talk(url);
    await me.sayAll('water the plants every monday', 'create a task to call the plumber');
    (await me.say('skip watering the plants this week'))
      .did('updated', { title: 'water the plants', due_date: '2026-11-30' })
      .says('Skipped this time: "water the plants". Next: Monday 30 November.');
    (await me.say('undo')).did('updated', { due_date: '2026-11-23' });
    (await me.say('create a task to skip the plumber')).did('created', { title: 'skip the plumber' });
  });

  it('keeps the hour on the wall over the change of clocks', async () => {
    const me = await talk(url);
    await me.say('add a task to call the bank every month on the 20th at 9am');
    const due = (await me.tasks())[0]?.due_date;
    expect(due).toBe('2026-11-20T09:00:00+01:00');
    let at = '2026-11-20T09:00:00+01:00';
    for (const next of [
      '2026-12-20T09:00:00+01:00',
      '2027-01-20T09:00:00+01:00',
      '2027-02-20T09:00:00+01:00',
      '2027-03-20T09:00:00+01:00',
      '2027-04-20T09:00:00+02:00',
    ]) {
      (await me.say('complete call the bank', at)).did('completed', { due_date: next });
      at = next;
    }
  });

  it('done late goes on to a time that is still to come', async () => {
    const me = await talk(url);
    await me.say('add a task to take out the trash every monday');
    const [task] = await me.tasks();
    await me.client.rest.patchTask(task?.id ?? '', 1, { due_date: '2026-10-05' });
    (await me.say('complete take out the trash')).did('completed', { due_date: '2026-11-23' });
  });

  it('ends after so many times, and then it is done', async () => {
    const me = await talk(url);
    await me.say('add a task to pay the rent on the 1st of every month for 3 times');
    (await me.say('pay the rent is done')).did('completed', {
      due_date: '2027-01-01',
      recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2',
    });
    (await me.say('complete pay the rent', '2027-01-01T10:00:00+01:00')).did('completed', {
      due_date: '2027-02-01',
    });
    (await me.say('complete pay the rent', '2027-02-01T10:00:00+01:00'))
      .did('completed', { status: 'done' })
      .says(/^Completed "pay the rent"\. That was the last time\.$/);
    (await me.say('undo')).says(/undone/i);
    expect(await me.tasks()).toMatchObject([{ status: 'open', due_date: '2027-02-01' }]);
  });

  it('ends with the day that was said', async () => {
    const me = await talk(url);
    await me.say('add a task to stretch every day until friday');
    (await me.say('complete stretch')).did('completed', { due_date: '2026-11-19' });
    (await me.say('complete stretch', '2026-11-19T10:00:00+01:00')).did('completed', {
      due_date: '2026-11-20',
    });
    (await me.say('complete stretch', '2026-11-20T10:00:00+01:00')).did('completed', { status: 'done' });
  });

  it('counts from when it was done where that was said', async () => {
    const me = await talk(url);
    (await me.say('add a task to water the cactus every 10 days after completion'))
      .did('created', { repeats_from_completion: true, due_date: '2026-11-18' })
      .says(/counted from when it was done/);
    const [task] = await me.tasks();
    await me.client.rest.patchTask(task?.id ?? '', 1, { due_date: '2026-11-10' });
    (await me.say('done with the cactus')).did('completed', { due_date: '2026-11-28' });
  });

  it('takes up, changes and gives up repeating', async () => {
    const me = await talkWithTasks(url, 'water the plants');
    (await me.say('make the plants task repeat every tuesday')).did('updated', {
      recurrence: 'FREQ=WEEKLY;BYDAY=TU',
      due_date: '2026-11-24',
    });
    (await me.say('complete water the plants')).did('completed', { status: 'open', due_date: '2026-12-01' });
    (await me.say('change water the plants to every saturday')).did('updated', {
      recurrence: 'FREQ=WEEKLY;BYDAY=SA',
      due_date: '2026-12-05',
    });
    const [task] = await me.tasks();
    await me.client.rest.patchTask(task?.id ?? '', task?.version ?? 0, { recurrence: null });
    (await me.say('complete water the plants')).did('completed', { status: 'done' });
  });

  it('in a batch each goes its own way', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    await me.say('add a task to water the plants every monday');
    await me.say('complete all tasks');
    (await me.say('yes')).says(/^Completed 2 tasks\.$/);
    const tasks = await me.tasks();
    expect(tasks.map(({ title, status, due_date }) => `${title} ${status} ${due_date}`).sort()).toEqual([
      'buy milk done null',
      'water the plants open 2026-11-30',
    ]);
    (await me.say('undo')).says(/undone/i);
    expect(await me.tasks()).toMatchObject([{ status: 'open', due_date: '2026-11-23' }, { status: 'open' }]);
  });

  it('by the hour goes on to the same hour', async () => {
    const me = await talk(url);
    const made = await me.say('add a task to take the medicine every day at 8pm');
    expect(made.task.due_date).toBe('2026-11-18T20:00:00+01:00');
    (await me.say('complete take the medicine')).did('completed', { due_date: '2026-11-19T20:00:00+01:00' });
  });
});

describe('a reminder asked for with the task', () => {
  it('is made with it, moves with it, is over with it, and comes back with an undo', async () => {
    const me = await talk(url);
    const made = await me.say(
      'add a task to pay the rent by friday at 5pm with a reminder on thursday at 6pm',
    );
    made.says(
      'Added "pay the rent", due Friday 20 November at 17:00. I\'ll remind you on Thursday 19 November at 18:00.',
    );
    expect(made.receipt.effects.map(({ kind, op }) => `${kind} ${op}`)).toEqual([
      'task create',
      'reminder create',
    ]);
    const now = () => db('reminders').where({ item_id: made.task.id }).first('remind_at', 'status', 'title');
    expect(await now()).toEqual({
      remind_at: new Date('2026-11-19T17:00:00Z'),
      status: 'scheduled',
      title: 'pay the rent',
    });
    await me.say('postpone pay the rent by two days');
    // By the server's clock that is over, so that it may have been told already.
    expect(await now()).toMatchObject({ remind_at: new Date('2026-11-21T17:00:00Z') });
    expect((await now())?.status).not.toBe('done');
    await me.say('complete pay the rent');
    expect(await now()).toMatchObject({ status: 'done' });
    await me.say('undo');
    // Its time may be over by the server's clock, and then it is told at once.
    expect((await now())?.status).not.toBe('done');
    await me.say('delete the task pay the rent');
    expect(await now()).toMatchObject({ status: 'done' });
  });

  it('of many tasks are changed together with them', async () => {
    const me = await talk(url);
    await me.sayAll(
      'add a task to pay the rent by friday at 5pm with a reminder on thursday at 6pm',
      'add a task to call Bob by friday at 6pm with a reminder on friday at 5pm',
    );
    await me.say('complete all tasks');
    const finished = await me.say('yes');
    expect(finished.receipt.effects.map(({ kind }) => kind)).toEqual([
      'task',
      'task',
      'reminder',
      'reminder',
    ]);
    await me.undo(finished);
    const [task] = await me.tasks();
    const back = await db('reminders')
      .where({ item_id: task?.id ?? '' })
      .first<{ status: string }>('status');
    // Its time may be over by the server's clock, and then it is told at once.
    expect(['scheduled', 'fired']).toContain(back.status);
  });

  it('is left out, and said so, where its time is past', async () => {
    const me = await talk(url);
    const made = await me.say('add a task to pay the rent by friday with a reminder today at 8am');
    expect(made.receipt.effects).toHaveLength(1);
    made.says(/is past, so there is no reminder/);
  });
});

describe('what repeats and is to stop', () => {
  it.each([
    ['vacuum the house every friday', 'stop the vacuuming'],
    ['bake bread every friday', 'no more baking'],
    ['clean the oven every week', 'stop cleaning the oven'],
  ])('"%s" ends with "%s", and can be put back', async (made, said) => {
    const me = await talk(url);
    const { task } = await me.say(made);
    (await me.say(said)).did('deleted', { id: task.id });
    expect(await me.titles()).toEqual([]);
    (await me.say('undo')).did('restored', { id: task.id });
  });

  it('is told which part of the day is left out', async () => {
    const me = await talk(url);
    (await me.say('laundry every tuesday evening'))
      .did('created', { title: 'laundry', due_date: '2026-11-24', recurrence: 'FREQ=WEEKLY;BYDAY=TU' })
      .says('so I left out "evening"');
  });
});
