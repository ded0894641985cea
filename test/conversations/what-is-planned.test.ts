import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask, at, blocksOf, scheduleOf } from './calendar-of.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('what has an hour of its own', () => {
  it.each([
    'stretch every day at 6pm',
    'call mum at 6pm tomorrow',
    'remember to call mum on friday at 18:00',
  ])('is put nowhere else: "%s"', async (words) => {
    const me = await talk(url);
    await me.sayAll(words, 'add write the report');
    const shown = (await me.say('plan my week')).says(/"(?:stretch|call mum)" stays at its own hour\./);
    expect(blocksOf(shown)).toEqual(['write the report 11-18T10:00–11:00']);
  });

  it.each(['send the slides by friday 3pm', 'finish the slides, due friday at 3pm'])(
    'is not what is due by one: "%s"',
    async (words) => {
      const me = await talk(url);
      expect(blocksOf(await me.sayAll(words, 'plan my week'))).toHaveLength(1);
    },
  );

  it('takes its time, and is work again once that is over', async () => {
    const me = await talk(url);
    await me.sayAll('call mum at 10am tomorrow', 'add write the report, 2 hours');
    expect(blocksOf(await me.say('plan tomorrow'))).toEqual(['write the report 11-19T11:00–13:00']);
    const late = await me.say('plan today', '2026-11-20T09:00:00+01:00');
    expect(blocksOf(late)[0]).toBe('call mum 11-20T09:00–10:00');
  });

  it('given without words is a deadline', async () => {
    const me = await talk(url);
    await addTask(me, 'call the bank', { due_date: at('2026-11-18T16:00') });
    expect(blocksOf(await me.say('plan today'))).toEqual(['call the bank 11-18T10:00–11:00']);
  });
});

describe('things on a list to shop by', () => {
  it('take no block of time, unless it was said how long', async () => {
    const me = await talk(url);
    await me.sayAll('add milk and eggs to the shopping list', 'add write the report');
    await addTask(me, 'find a suit', { list: 'shopping', duration_minutes: 90 });
    const shown = (await me.say('plan my week')).says(/2 things on your shopping list take no block of time/);
    expect(blocksOf(shown)).toEqual(['write the report 11-18T10:00–11:00', 'find a suit 11-18T11:00–12:30']);
  });

  it('alone are nothing to plan, which is told', async () => {
    const me = await talk(url);
    const shown = await me.sayAll('add milk to my groceries list', 'plan my week');
    shown.says(/nothing to plan.*no other open tasks.*1 thing on your groceries list/).changesNothing();
  });

  it('are no work of another list', async () => {
    const me = await talk(url);
    await addTask(me, 'write the report', { list: 'work' });
    expect(blocksOf(await me.say('plan my week'))).toHaveLength(1);
  });
});

describe('the reason of a block', () => {
  it('names what takes the time before it, also after it was agreed to', async () => {
    const me = await talk(url);
    await addEvent(me, 'Workshop', '2026-11-18T10:00', '2026-11-18T17:00');
    await addEvent(me, 'Training', '2026-11-19T09:00', '2026-11-19T17:00');
    await addEvent(me, 'Dentist', '2026-11-20T09:00', '2026-11-20T10:00');
    await addTask(me, 'write the essay', { priority: 'high', duration_minutes: 240 });
    await addTask(me, 'read');
    const reasons = scheduleOf(await me.say('plan my week')).blocks.map(({ reason }) => reason);
    expect(reasons).toEqual([
      'Part 1 of 2, high priority, first free time after "Dentist"',
      'Part 2 of 2, high priority, next free time',
      'No due date, next free time after "write the essay"',
    ]);
    await me.say('yes');
    (await me.say('why did you put the essay on friday?')).says(/first free time after "Dentist"/);
  });

  it('names what fills the days before it', async () => {
    const me = await talk(url);
    await addEvent(me, 'Workshop', '2026-11-18T10:00', '2026-11-18T17:00');
    await addEvent(me, 'Training', '2026-11-19T09:00', '2026-11-19T17:00');
    await addTask(me, 'read');
    const [block] = scheduleOf(await me.say('plan my week')).blocks;
    expect(block?.reason).toBe('No due date, first free time after "Workshop" and "Training"');
  });
});

describe('the week', () => {
  it.each([
    ['2026-11-22T10:00', /plan for Monday 23 to Sunday 29 November/, '11-23T09:00–10:00'],
    ['2026-11-21T18:00', /plan for Monday 23 to Sunday 29 November/, '11-23T09:00–10:00'],
    ['2026-11-20T16:00', /plan for today to Sunday 29 November/, '11-20T16:00–17:00'],
    ['2026-11-20T09:00', /plan for today to Sunday 22 November/, '11-20T09:00–10:00'],
  ])('that is planned at %s', async (now, range, block) => {
    const me = await talk(url);
    await me.say('add write the report');
    for (const words of ['plan my week', 'can you plan the week for me?']) {
      const shown = (await me.say(words, at(now))).says(range);
      expect(blocksOf(shown)).toEqual([`write the report ${block}`]);
    }
    await me.say('yes', at(now));
  });

  it.each(['plan this week', 'plan the rest of the week', 'plan my weekend', 'plan today'])(
    'that is named stays: "%s"',
    async (words) => {
      const me = await talk(url);
      const shown = await me.say('add write the report').then(() => me.say(words, at('2026-11-22T10:00')));
      expect(blocksOf(shown)).toEqual(['write the report 11-22T10:00–11:00']);
    },
  );
});
