import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, talkWithTasks, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('correcting what was just done', () => {
  it('changes the priority, the day and the hour of the task that came last', async () => {
    const me = await talk(url);
    const { task } = await me.say('create a task to book the dentist tomorrow at 3pm');
    (await me.say('actually make it high priority')).did('updated', { id: task.id, priority: 'high' });
    (await me.say('no, friday')).did('updated', { id: task.id, due_date: '2026-11-20T15:00:00+01:00' });
    (await me.say('actually 4pm')).did('updated', { id: task.id, due_date: '2026-11-20T16:00:00+01:00' });
    expect(await me.tasks()).toMatchObject([{ id: task.id, priority: 'high', version: 4 }]);
  });

  it('"actually" alone is nothing', async () => {
    const me = await talkWithTasks(url, 'water the plants');
    (await me.say('actually')).changesNothing();
    expect(await me.tasks()).toMatchObject([{ version: 1 }]);
  });

  it('a correction of an open question is kept and the question stays', async () => {
    const me = await talk(url);
    await me.say('create a task to study tomorrow');
    await me.say('actually on friday');
    (await me.say('physics')).did('created', { title: 'study physics', due_date: '2026-11-20' });
  });
});

describe('changing, finishing and deleting', () => {
  it('moves, renames and reprioritises by name', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'wash the car');
    (await me.say('move buy milk to friday')).did('updated', { title: 'buy milk', due_date: '2026-11-20' });
    (await me.say('rename buy milk to buy oat milk')).did('updated', { title: 'buy oat milk' });
    (await me.say('set the priority of wash the car to urgent')).did('updated', {
      title: 'wash the car',
      priority: 'urgent',
    });
    expect(await me.titles()).toEqual(['buy oat milk', 'wash the car']);
  });

  it('completes and deletes by name, each with what it did', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'wash the car');
    (await me.say('mark buy milk as done'))
      .did('completed', { title: 'buy milk', status: 'done' })
      .says(/completed "buy milk"/i);
    (await me.say('mark buy milk as done')).changesNothing().says(/done already/);
    (await me.say('delete the task wash the car')).did('deleted', { title: 'wash the car' });
    expect(await me.titles()).toEqual(['buy milk']);
  });

  it('completes what is told to do what was done, and asks about anything else', async () => {
    const me = await talkWithTasks(url, 'call mum', 'buy a present for mum');
    (await me.say('i called mum')).did('completed', { title: 'call mum' });
    (await me.say('we rang mum')).asks({ slot: 'target', kind: 'choice' });
    expect((await me.tasks()).find(({ title }) => title === 'buy a present for mum')).toMatchObject({
      status: 'open',
    });
    const bank = await talkWithTasks(url, 'ring the bank');
    (await bank.say('i called the plumber')).refused('not_found').says(/plumber/);
    (await bank.say('called the bank')).did('completed', { title: 'ring the bank' });
  });

  it('says so when there is no such task', async () => {
    const me = await talkWithTasks(url, 'buy milk');
    (await me.say('complete the task paint the fence')).refused('not_found').says(/paint the fence/);
  });

  it('offers buttons when several tasks fit, and takes a button, a number or the words', async () => {
    for (const choose of [
      (me: Talk, asked: Awaited<ReturnType<Talk['say']>>) => me.tap(asked, /anna/i),
      (me: Talk) => me.say('the one for anna'),
      (me: Talk, asked: Awaited<ReturnType<Talk['say']>>) =>
        me.say(String(asked.question.choices.findIndex(({ label }) => /anna/i.test(label)) + 1)),
    ]) {
      const me = await talkWithTasks(url, 'write the report for Anna', 'write the report for Ben');
      const asked = await me.say('complete the report task');
      asked.asks({ slot: 'target', kind: 'choice', words: /which/i });
      expect(asked.question.choices.map(({ label }) => label).sort()).toEqual([
        'write the report for Anna',
        'write the report for Ben',
      ]);
      (await choose(me, asked)).did('completed', { title: 'write the report for Anna' });
      const open = (await me.tasks()).filter(({ status }) => status === 'open');
      expect(open.map(({ title }) => title)).toEqual(['write the report for Ben']);
    }
  });

  it('an answer that fits none of the choices is asked about again, with the same buttons', async () => {
    const me = await talkWithTasks(url, 'write the report for Anna', 'write the report for Ben');
    const asked = await me.say('complete the report task');
    const again = (await me.say('purple elephants')).asks({ slot: 'target', kind: 'choice' });
    expect(again.question.choices).toEqual(asked.question.choices);
    // The apology is no part of the question, which is shown and quoted later.
    again.says(/^Sorry, I could not read that/);
    expect(again.question.question).toBe(asked.question.question);
    expect(me.open).toEqual([again.question]);
  });

  it('deletes many only after a yes', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'buy eggs', 'wash the car');
    const asked = (await me.say('delete all tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /3 tasks/,
    });
    expect(await me.titles()).toHaveLength(3);
    expect(asked.question.choices.map(({ choice_id }) => choice_id)).toEqual(['yes', 'no']);
    const deleted = await me.say('yes');
    expect(deleted.result.decision).toBe('CONFIRM');
    expect(deleted.receipt.effects).toHaveLength(3);
    expect(await me.tasks()).toEqual([]);
    (await me.say('undo')).says(/undone/i);
    expect(await me.titles()).toEqual(['buy eggs', 'buy milk', 'wash the car']);
  });

  it.each([
    ['by word', (me: Talk) => me.say('no')],
    ['by button', (me: Talk, asked: Awaited<ReturnType<Talk['say']>>) => me.tap(asked, 'No')],
    ['by "never mind"', (me: Talk) => me.say('never mind')],
  ])('deletes nothing after a no %s', async (_how, refuse) => {
    const me = await talkWithTasks(url, 'buy milk', 'buy eggs');
    const asked = await me.say('delete all tasks');
    (await refuse(me, asked)).changesNothing();
    expect(await me.titles()).toEqual(['buy eggs', 'buy milk']);
    expect(me.open).toEqual([]);
  });
});

describe('taking back', () => {
  it('undoes by word, by button, and undoes an undo', async () => {
    const me = await talk(url);
    const added = await me.say('create a task to buy milk');
    (await me.say('undo')).says(/undone: added "buy milk"/i);
    expect(await me.tasks()).toEqual([]);

    const eggs = await me.say('create a task to buy eggs');
    const undone = (await me.undo(eggs)).did('deleted', { id: eggs.task.id });
    expect(undone.result.undone_receipt_id).toBe(eggs.receipt.receipt_id);
    expect(await me.tasks()).toEqual([]);

    const back = (await me.undo(undone)).did('restored', { id: eggs.task.id }).says(/put back/i);
    expect(await me.titles()).toEqual(['buy eggs']);
    expect(back.result.undone_receipt_id).toBe(undone.receipt.receipt_id);
    expect(added.task.id).not.toBe(eggs.task.id);
  });

  it('a receipt can be taken back once', async () => {
    const me = await talk(url);
    const added = await me.say('create a task to buy milk');
    await me.undo(added);
    (await me.undo(added)).refused('version_conflict').says(/undone already/);
  });

  it('restores the fields that a change had, and a deleted task whole', async () => {
    const me = await talk(url);
    await me.say('create a task to call Bob on friday');
    await me.say('actually make it urgent');
    (await me.say('undo')).did('updated', { title: 'call Bob', priority: 'medium', due_date: '2026-11-20' });
    const [before] = await me.tasks();
    await me.say('delete the task call Bob');
    (await me.say('undo that')).did('restored');
    expect(await me.tasks()).toMatchObject([{ ...before, version: expect.any(Number) }]);
  });

  it('finds what to undo by its words', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'wash the car');
    (await me.say('undo the milk task')).says(/milk/).did('deleted', { title: 'buy milk' });
    expect(await me.titles()).toEqual(['wash the car']);
  });

  it('has nothing to undo at the beginning', async () => {
    const me = await talk(url);
    (await me.say('undo')).refused('not_found');
  });

  it('unwinds several changes of one task in order', async () => {
    const me = await talk(url);
    await me.say('create a task to call Bob');
    await me.say('actually make it urgent');
    await me.say('actually on friday');
    (await me.say('undo the last two')).says(/changed "call Bob"/i);
    expect(await me.tasks()).toMatchObject([{ title: 'call Bob', priority: 'medium', due_date: null }]);
    (await me.say('undo')).did('deleted', { title: 'call Bob' });
    expect(await me.tasks()).toEqual([]);
  });

  it('goes back step by step', async () => {
    const me = await talk(url);
    await me.say('create a task to call Bob');
    const urgent = await me.say('actually make it urgent');
    await me.say('mark call Bob as done');
    (await me.say('undo')).did('reopened', { status: 'open', priority: 'urgent' });
    const undone = (await me.say('undo')).did('updated', { priority: 'medium' });
    expect(undone.result.undone_receipt_id).toBe(urgent.receipt.receipt_id);
    (await me.undo(undone)).did('updated', { priority: 'urgent', completed_at: null });
    expect(await me.tasks()).toMatchObject([{ title: 'call Bob', priority: 'urgent', status: 'open' }]);
  });

  it('shows what was changed since, and asks before it takes back', async () => {
    const me = await talk(url);
    await me.say('create a task to call Bob');
    const moved = await me.say('move it to friday');
    await me.say('actually make it urgent');
    const asked = (await me.undo(moved)).asks({
      slot: 'target',
      kind: 'confirm',
      words: /"call Bob" has changed since \(priority medium → urgent\)\. Do you still want to undo/,
      choices: ['Yes, undo it', 'No, leave it'],
    });
    asked.changesNothing();
    (await me.say('no')).changesNothing();
    expect(await me.tasks()).toMatchObject([{ due_date: '2026-11-20', priority: 'urgent', version: 3 }]);
    await me.tap(await me.undo(moved), 'Yes, undo it');
    expect(await me.tasks()).toMatchObject([{ due_date: null, priority: 'urgent' }]);
  });

  it('says what is in the way of an undo: it is gone meanwhile', async () => {
    const me = await talk(url);
    const added = await me.say('create a task to call Bob');
    const urgent = await me.say('make it urgent');
    await me.say('delete the task call Bob');
    (await me.undo(urgent)).refused('version_conflict').says(/has been deleted since/);
    (await me.undo(added)).refused('version_conflict');
    await me.say('put it back');
    expect(await me.tasks()).toMatchObject([{ title: 'call Bob', priority: 'urgent' }]);
  });

  it('puts back whatever was done last', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to call Bob', 'undo');
    (await me.say('put it back')).did('restored', { title: 'call Bob' });
    await me.say('delete the task call Bob');
    (await me.say('bring it back')).did('restored', { title: 'call Bob' });
  });

  it.each(['bring it back', 'put it back', 'bring them back'])(
    '%s: not what was only added',
    async (text) => {
      const me = await talk(url);
      await me.say('lunch with Bob on friday at 12');
      (await me.say(text)).refused('not_found').says('There is nothing to put back.');
      await me.say('move lunch to 13');
      await me.say(text);
      expect(await me.calendar('2026-11-20', '2026-11-21')).toEqual(['2026-11-20T12:00 lunch with Bob']);
      await me.sayAll('delete the lunch', text);
      (await me.say(text)).refused('not_found');
      expect(await me.calendar('2026-11-20', '2026-11-21')).toHaveLength(1);
    },
  );

  it('takes back both, and all of one message', async () => {
    const me = await talk(url);
    await me.say('create a task to buy milk and create a task to call Ann');
    await me.say('undo both');
    expect(await me.titles()).toEqual([]);
    await me.say('create a task to buy milk and create a task to call Ann');
    await me.say('undo all of that');
    expect(await me.titles()).toEqual([]);
  });

  it('undoes the last two', async () => {
    const me = await talkWithTasks(url, 'buy milk', 'wash the car', 'sweep the yard');
    await me.say('undo the last two');
    expect(await me.titles()).toEqual(['buy milk']);
  });
});

describe('one more that gets the same day', () => {
  it('is the task that is named', async () => {
    const me = await talkWithTasks(url, 'bake a cake', 'buy candles');
    await me.say('move the cake to saturday');
    (await me.say('and the candles on saturday too')).did('updated', {
      title: 'buy candles',
      due_date: '2026-11-21',
    });
    expect(await me.titles()).toEqual(['bake a cake', 'buy candles']);
  });
});

describe('a change of what is on no list', () => {
  it('offers to add it with what was said', async () => {
    const me = await talk(url);
    const asked = await me.say('move the passport form to friday');
    asked.changesNothing();
    expect(asked.result).toMatchObject({ status: 'clarifying', decision: 'CONFIRM' });
    (await me.say('yes')).did('created', { title: 'passport form', due_date: '2026-11-20' });
    expect(await me.titles()).toEqual(['passport form']);
  });

  it('is dropped by a no', async () => {
    const me = await talk(url);
    await me.say('make the fence task urgent');
    (await me.say('no')).changesNothing();
    expect(await me.titles()).toEqual([]);
  });
});
