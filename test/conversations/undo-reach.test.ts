import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask } from './calendar-of.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('an event that is put back where something else is by now', () => {
  it('overlaps it, and that is said', async () => {
    const me = await talk(url);
    await addEvent(me, 'lunch', '2026-11-20T12:00', '2026-11-20T13:00');
    await me.say('cancel the lunch');
    await addEvent(me, 'board', '2026-11-20T12:00', '2026-11-20T13:00');
    const heard = await me.say('undo lunch');
    heard.says(/^Undone: Cancelled "lunch".*\. It overlaps "board" \(12:00 to 13:00\)\.$/);
    heard.didEvent('restored', { title: 'lunch' });
    expect(heard.result.cards).toMatchObject([{ data: { beside: [{ title: 'board' }] } }]);
    expect(await me.calendar('2026-11-20', '2026-11-21')).toHaveLength(2);
  });

  it('is said of one that moves back, too, and not of what moves with it', async () => {
    const me = await talk(url);
    await addEvent(me, 'lunch', '2026-11-20T12:00', '2026-11-20T13:00');
    await me.say('move the lunch to 3pm');
    (await me.say('undo')).says(/^Undone: Moved "lunch"[^.]*\.$/);
    await me.say('move the lunch to 3pm');
    await addEvent(me, 'board', '2026-11-20T12:30', '2026-11-20T13:30');
    (await me.say('undo lunch')).says(/It overlaps "board" \(12:30 to 13:30\)\.$/);
  });

  it('is not said where nothing is there, nor of what leaves by it', async () => {
    const me = await talk(url);
    await addEvent(me, 'board', '2026-11-20T12:00', '2026-11-20T13:00');
    await me.sayAll('lunch on friday at 12', 'keep it');
    (await me.say('undo')).says(/^Undone: Added "lunch"[^.]*\.$/);
  });
});

describe('undo of more than there is', () => {
  it.each(['undo the last 100', 'undo the last 1000 changes', 'undo the last hundred'])(
    '"%s" takes back all that can be',
    async (words) => {
      const me = await talk(url);
      for (const title of ['milk', 'eggs', 'bread']) await addTask(me, title);
      (await me.say(words)).says(/^Undone: Added "bread"\.\nUndone: Added "eggs"\.\nUndone: Added "milk"\.$/);
      expect(await me.titles()).toEqual([]);
    },
  );

  it('stops after fifty', async () => {
    const me = await talk(url);
    for (let n = 1; n <= 52; n += 1) await addTask(me, `number ${n}`);
    await me.say('undo the last 100');
    expect(await me.titles()).toEqual(['number 1', 'number 2']);
  });
});
