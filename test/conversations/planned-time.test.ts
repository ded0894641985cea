import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask, calendar } from './calendar-of.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const REPORT = ['write the report 11-18T10:00–12:00', 'write the report 11-18T12:15–13:15'];
const BOOK = 'read the book 11-18T13:15–14:15';

/** Somebody whose report and book are planned. */
async function planned(): Promise<Talk> {
  const me = await talk(url);
  await me.sayAll('add write the report by friday, 3 hours', 'add read the book', 'plan my week', 'yes');
  expect(await calendar(me)).toEqual([...REPORT, BOOK]);
  return me;
}

describe('time that is planned for a task', () => {
  it.each(['I finished the report', 'delete the report'])(
    'goes with it: "%s", and comes back',
    async (words) => {
      const me = await planned();
      const over = (await me.say(words)).says(
        /"write the report"\. Its 2 planned blocks are out of your calendar\.$/,
      );
      expect(over.receipt.effects.map(({ kind, op }) => `${kind} ${op}`).slice(1)).toEqual([
        'event delete',
        'event delete',
      ]);
      expect(await calendar(me)).toEqual([BOOK]);
      await me.say('undo');
      expect(await calendar(me)).toEqual([...REPORT, BOOK]);
      await me.say('redo');
      expect(await calendar(me)).toEqual([BOOK]);
    },
  );

  it('stays as far as it has begun', async () => {
    const me = await planned();
    (await me.say('I finished the report', '2026-11-18T11:00:00+01:00')).says(
      'The time planned for it, Wednesday 18 November at 12:15, is free again.',
    );
    expect(await calendar(me)).toEqual([REPORT[0], BOOK]);
  });

  it('comes back with a task that is to be done again, where it is free still', async () => {
    const me = await planned();
    await me.say('I finished the report');
    await addEvent(me, 'Call', '2026-11-18T11:00', '2026-11-18T11:30');
    (await me.say('reopen the report')).says(
      'The time planned for it, Wednesday 18 November at 12:15, is in your calendar again.',
    );
    expect(await calendar(me)).toEqual(['Call 11-18T11:00–11:30', REPORT[1], BOOK]);
  });

  it('of what repeats was planned for the time that is done', async () => {
    const me = await talk(url);
    await me.sayAll('stretch every day, 30 minutes', 'plan my week', 'yes');
    (await me.say('I did the stretch')).says(/^Done for today.*is free again\.$/);
    expect(await calendar(me)).toEqual([]);
  });

  it('goes for each of several, and without words', async () => {
    const me = await planned();
    (await me.sayAll('complete all my tasks', 'yes')).says(
      'Their 3 planned blocks are out of your calendar.',
    );
    expect(await calendar(me)).toEqual([]);
    const other = await talk(url);
    const id = await addTask(other, 'sort the cellar', { due_date: '2026-11-20' });
    await other.sayAll('plan my week', 'yes');
    const call = { path: `/tasks/${id}`, schema: z.unknown() };
    // By the clock of the server, the block is over and stays.
    await other.client.rest.call({ ...call, method: 'DELETE' });
    expect(await calendar(other)).toEqual(['sort the cellar 11-18T10:00–11:00']);
  });

  it('is no obstacle when the plan is taken back', async () => {
    const me = await planned();
    await me.sayAll('I finished the report', 'undo the plan');
    expect(await calendar(me)).toEqual([]);
  });

  it('is told where the task is said to take another time, and planned anew on words', async () => {
    const me = await planned();
    (await me.say('the report takes 5 hours')).says(
      'Changed "write the report": takes 5 hours. Your plan has only 3 hours for it: say "plan my week" to plan it anew.',
    );
    (await me.say('the book takes an hour')).says(/^[^.]*\.$/);
    await me.sayAll('plan my week', 'yes');
    const hours = (await calendar(me)).filter((line) => line.startsWith('write'));
    expect(hours).toEqual([
      ...REPORT.slice(0, 1),
      'write the report 11-18T12:15–14:15',
      'write the report 11-18T14:30–15:30',
    ]);
  });
});

describe('a length before what it is of', () => {
  it.each([
    ['add a 6 hour essay', { title: 'essay', duration_minutes: 360 }],
    ['a 6 hour essay due friday', { title: 'essay', duration_minutes: 360, due_date: '2026-11-20' }],
    ['add half an hour of piano', { title: 'piano', duration_minutes: 30 }],
    ['i need to write a 2 hour speech', { title: 'write a 2 hour speech', duration_minutes: 120 }],
  ])('%s', async (words, task) => {
    (await (await talk(url)).say(words)).did('created', task);
  });
});
