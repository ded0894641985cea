import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask, at, blocksOf, calendar, events, scheduleOf, set } from './calendar-of.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
let db: Db;
beforeAll(async () => {
  const product = await sharedProduct();
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 1, name: 'test' });
});
afterAll(() => db.destroy());

const YES = 'Yes, put it in my calendar';

/** Somebody with a meeting tomorrow, two tasks that are due and one that is not. */
async function planner(): Promise<Talk & { ids: Record<string, string> }> {
  const me = await talk(url);
  await addEvent(me, 'Team meeting', '2026-11-19T10:00', '2026-11-19T12:00');
  const ids = {
    report: await addTask(me, 'write the report', {
      due_date: '2026-11-20',
      duration_minutes: 180,
      priority: 'high',
    }),
    rent: await addTask(me, 'pay the rent', { due_date: '2026-11-18', duration_minutes: 15 }),
    book: await addTask(me, 'read a book'),
  };
  return Object.assign(me, { ids });
}

const WEEK = [
  'write the report 11-18T10:00–12:00',
  'pay the rent 11-18T12:00–12:15',
  'write the report 11-18T12:15–13:15',
  'read a book 11-18T13:15–14:15',
];

describe('planning', () => {
  it('is shown first with a reason for each block, and put into the calendar on a yes', async () => {
    const me = await planner();
    const shown = (await me.say('plan my week')).understood('plan_schedule').asks({
      slot: 'date_range',
      kind: 'confirm',
      words: /4 blocks for today to Sunday 22 November in your calendar/,
      choices: [YES, 'No'],
    });
    shown.changesNothing();
    expect(blocksOf(shown)).toEqual(WEEK);
    expect(scheduleOf(shown)).toMatchObject({
      state: 'proposed',
      unscheduled: [],
      range: { start: at('2026-11-18T10:00'), end: at('2026-11-23T00:00') },
    });
    expect(scheduleOf(shown).blocks.map(({ reason }) => reason)).toEqual([
      'Part 1 of 2, high priority, due Friday 20 November, first free time',
      'Due today, next free time after "write the report"',
      'Part 2 of 2, high priority, due Friday 20 November, next free time after "pay the rent"',
      'No due date, next free time after "write the report"',
    ]);
    expect(await calendar(me)).toEqual(['Team meeting 11-19T10:00–12:00']);

    const planned = (await me.tap(shown, YES)).says('Planned 3 tasks in 4 blocks.');
    expect(planned.result.decision).toBe('CONFIRM');
    expect(planned.receipt.effects.map(({ reason }) => reason)).toContain(
      'No due date, next free time after "write the report"',
    );
    expect(scheduleOf(planned).state).toBe('committed');
    expect(await calendar(me)).toEqual([...WEEK, 'Team meeting 11-19T10:00–12:00']);
    const [first] = await events(me);
    expect(first).toMatchObject({ calendar: 'plan', task_id: me.ids['report'] });
  });

  it('is one receipt, taken back by one undo and put back by another', async () => {
    const me = await planner();
    await me.sayAll('plan my week', 'yes');
    (await me.say('undo')).says(/undone/i);
    expect(await calendar(me)).toEqual(['Team meeting 11-19T10:00–12:00']);
    await me.say('undo that undo');
    expect(await calendar(me)).toHaveLength(5);
  });

  it.each(['no', 'never mind', 'cancel'])('"%s" leaves everything as it is', async (answer) => {
    const me = await planner();
    (await me.sayAll('plan my week', answer)).changesNothing();
    expect(await calendar(me)).toEqual(['Team meeting 11-19T10:00–12:00']);
    expect(me.open).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['plan tomorrow', ['write the report 11-19T09:00–10:00', 'write the report 11-19T12:00–14:00']],
    ['plan my saturday', ['write the report 11-21T09:00–11:00']],
    ['plan this evening', ['write the report 11-18T18:00–20:00']],
    ['plan next week', ['write the report 11-23T09:00–11:00']],
    ['schedule my tasks', WEEK],
    ['organize my week', WEEK],
    ['plan the rest of my week', WEEK],
    ['find time for all my tasks this week', WEEK],
    ['make a plan for friday', ['write the report 11-20T09:00–11:00']],
  ])('%s', async (words, blocks) => {
    const me = await planner();
    expect(blocksOf(await me.say(words))).toEqual(expect.arrayContaining(blocks));
  });

  it('goes by the working hours and the usual length that were set', async () => {
    const me = await planner();
    await set(me, { working_hours: { start: '08:00', end: '12:00' }, task_minutes: 30 });
    const shown = await me.say('plan tomorrow');
    expect(blocksOf(shown)).toEqual(['pay the rent 11-19T08:00–08:15', 'read a book 11-19T08:15–08:45']);
    expect(scheduleOf(shown).unscheduled).toMatchObject([
      { title: 'write the report', reason: 'it takes 3 hours, and only 2 hours are free' },
    ]);
    shown.says(/No place for write the report/);
  });
});

describe('why', () => {
  const REPORT = /^"write the report", Wednesday 18 November at 10:00: Part 1 of 2, .*first free time\./;
  const RENT = '"pay the rent", Wednesday 18 November at 12:00: Due today, next free time after';

  it.each<[string, RegExp | string]>([
    ['why did you put the report there?', REPORT],
    ['why is the report there?', REPORT],
    ['why did you plan the rent at 12?', RENT],
    ['why the rent first?', RENT],
    ['why then?', RENT],
    ['why today?', RENT],
    ['why not tomorrow?', RENT],
  ])('"%s" is answered with the reasons of the plan that was agreed to', async (words, reply) => {
    const me = await planner();
    await me.sayAll('plan my week', 'yes');
    const told = (await me.say(words)).says(reply).says(/You agreed to that today at \d\d:\d\d\.$/);
    told.changesNothing();
    expect(told.result.reply).not.toMatch(/you wrote/);
  });

  it('of one block tells that one alone, and of what was moved since the words for that', async () => {
    const me = await planner();
    await me.sayAll('plan my week', 'yes');
    const one = await me.say('why is the rent there?');
    expect(one.result.reply).not.toMatch(/report", Wednesday/);
    await me.client.rest.patchTask(me.ids['rent'] ?? '', 1, { priority: 'urgent' });
    (await me.say('why is the rent task urgent?')).says(/you changed it yourself/);
  });

  it('is answered while the plan waits, too', async () => {
    const me = await planner();
    await me.say('plan tomorrow');
    (await me.say('why then?')).says(/write the report", Thursday 19 November/).changesNothing();
    expect(me.open).toHaveLength(1);
  });
});

describe('planning again', () => {
  it('leaves what is right, moves what is in the way, and says what was where', async () => {
    const me = await planner();
    await me.sayAll('plan my week', 'yes');
    (await me.say('plan my week')).says(/stands as it is: 4 blocks/).changesNothing();
    await addEvent(me, 'Lunch', '2026-11-18T12:00', '2026-11-18T13:00');
    const shown = await me.say('plan my week');
    const blocks = scheduleOf(shown).blocks;
    expect(blocks[0]).toMatchObject({ was: { start: blocks[0]?.start }, reason: /stays where it was/ });
    const moved = blocks.filter(({ start, was }) => was && was.start !== start);
    expect(moved.map(({ title }) => title)).toContain('pay the rent');
    const planned = await me.say('yes');
    expect(new Set(planned.receipt.effects.map(({ op }) => op))).toEqual(new Set(['update']));
    const all = await calendar(me);
    expect(all).toHaveLength(6);
    expect(all.filter((line) => /11-18T12:\d\d–12|11-18T12:15/.test(line))).toEqual([]);
  });

  it('takes away what was planned for a task that was never meant', async () => {
    const me = await planner();
    await me.sayAll('plan my week', 'yes', 'undo read a book');
    const planned = await me.sayAll('plan my week', 'yes');
    expect(planned.receipt.effects).toMatchObject([{ op: 'delete', title: 'read a book' }]);
    expect(await calendar(me)).toHaveLength(4);
    await me.say('undo');
    expect(await calendar(me)).toHaveLength(5);
  });

  it('what is planned for another day is not planned twice', async () => {
    const me = await planner();
    await me.sayAll('plan next week', 'yes');
    (await me.say('plan tomorrow')).says(/nothing to plan tomorrow.*time already/).changesNothing();
  });

  it('a calendar that changed after the preview leads to a new one that says so', async () => {
    const me = await planner();
    const shown = await me.say('plan my week');
    await addEvent(me, 'Surprise', '2026-11-18T10:00', '2026-11-18T12:00');
    const again = (await me.tap(shown, YES)).asks({ slot: 'date_range', kind: 'confirm' });
    again.says(/have changed since I showed you the plan/).changesNothing();
    expect(blocksOf(again)[0]).toBe('write the report 11-18T12:00–14:00');
    expect(me.open).toHaveLength(1);
    (await me.say('yes')).says(/^Planned 3 tasks/);
  });

  it('so does a task that changed', async () => {
    const me = await planner();
    const shown = await me.say('plan my week');
    await me.say('mark pay the rent as done');
    (await me.tap(shown, YES)).says(/have changed since/).changesNothing();
    (await me.say('yes')).says('Planned 2 tasks in 3 blocks.');
  });

  it('there may be no room left by then', async () => {
    const me = await planner();
    const shown = await me.say('plan tomorrow');
    await addEvent(me, 'Conference', '2026-11-19T08:00', '2026-11-19T18:00');
    (await me.tap(shown, YES)).says(/have changed.*no room tomorrow.*More days would help/).changesNothing();
    expect(me.open).toEqual([]);
  });

  it('a preview that can not be read any more is shown once more before anything is done', async () => {
    const me = await planner();
    const shown = await me.say('plan my week');
    const id = shown.question.clarification_id;
    await db('clarifications')
      .where({ id })
      .update({ checkpoint: JSON.stringify({ v: 1 }) });
    const again = (await me.tap(shown, YES)).asks({ slot: 'date_range', kind: 'confirm' }).changesNothing();
    expect(blocksOf(again)).toEqual(WEEK);
    (await me.tap(again, YES)).says('Planned 3 tasks in 4 blocks.');
  });

  it('a plan for another time takes the place of the one that was shown', async () => {
    const me = await planner();
    await me.sayAll('plan my week', 'plan next week');
    expect(me.open).toHaveLength(1);
    await me.say('yes');
    expect((await calendar(me))[1]).toBe('write the report 11-23T09:00–11:00');
  });

  it('a second device that says yes changes nothing more', async () => {
    const me = await planner();
    const shown = await me.say('plan my week');
    await me.tap(shown, YES);
    (await me.tap(shown, YES)).refused('already_answered');
    expect(await calendar(me)).toHaveLength(5);
  });
});

describe('nothing to plan', () => {
  it('without open tasks', async () => {
    const me = await talk(url);
    (await me.say('plan my week')).says(/nothing to plan.*no open tasks.*Add one/).changesNothing();
    expect(me.open).toEqual([]);
  });

  it('in a time that is over', async () => {
    const me = await planner();
    const heard = await me.say('plan last week');
    (heard.result.clarification ? await me.say('yes') : heard).says(/over already/).changesNothing();
  });

  it('when work is over for the day', async () => {
    const me = await planner();
    await set(me, { working_hours: { start: '06:00', end: '09:30' } });
    (await me.say('plan today')).says(/no working hours left today.*06:00 to 09:30/).changesNothing();
  });

  it('of a task that belongs to the month after', async () => {
    const me = await talk(url);
    await addTask(me, 'pack for the trip', { due_date: '2027-02-01' });
    (await me.say('plan tomorrow')).says(/nothing to plan/);
  });
});

describe('dates', () => {
  it("what can't be done in time is told to be late", async () => {
    const me = await talk(url);
    await addEvent(me, 'Workshop', '2026-11-18T10:00', '2026-11-18T17:00');
    await addTask(me, 'send the invoice', { due_date: '2026-11-18' });
    await addTask(me, 'file the taxes', { due_date: '2026-11-16', priority: 'urgent' });
    const reasons = scheduleOf(await me.say('plan my week')).blocks.map(({ reason }) => reason);
    expect(reasons).toEqual([
      'Urgent, overdue since Monday 16 November, first free time after "Workshop"',
      'Due today, there is no room before that',
    ]);
  });

  it('an hour that was said is kept', async () => {
    const me = await talk(url);
    await addTask(me, 'read', { priority: 'urgent', duration_minutes: 120 });
    await addTask(me, 'call the bank', { due_date: at('2026-11-18T11:00') });
    const shown = await me.say('plan today');
    expect(blocksOf(shown)).toEqual(['call the bank 11-18T10:00–11:00', 'read 11-18T11:00–13:00']);
  });
});
