import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { talk, ZONE, type Talk } from '../conversations/talk.ts';
import { person } from '../conversations/with-rest.ts';
import { startProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

const due = async (me: Talk): Promise<(string | null)[]> =>
  (await me.tasks()).map(({ due_date }) => due_date);
describe('a task that repeats, done twice', () => {
  it('by words has been done already, and says when it comes next', async () => {
    const me = await talk(url);
    await me.say('water the plants every monday');
    (await me.say('done with the plants')).did('completed', { due_date: '2026-11-30' });
    const again = await me.say('done with the plants');
    again.changesNothing().says('"water the plants" is done already. Next: Monday 30 November.');
    expect(again.result.clarification).toBeNull();
    expect(await due(me)).toEqual(['2026-11-30']);
  });

  it('may be done again once its time has come', async () => {
    const me = await talk(url);
    await me.say('water the plants every monday');
    await me.say('done with the plants');
    (await me.say('done with the plants', '2026-11-30T08:00:00+01:00')).did('completed', {
      due_date: '2026-12-07',
    });
  });

  it('is to be done again after an undo', async () => {
    const me = await talk(url);
    await me.say('water the plants every monday');
    await me.say('done with the plants');
    await me.say('undo');
    (await me.say('done with the plants')).did('completed', { due_date: '2026-11-30' });
  });

  it('is left out where all tasks are completed', async () => {
    const me = await talk(url);
    await me.sayAll('water the plants every monday', 'create a task to call Bob', 'done with the plants');
    await me.say('complete all my tasks');
    if ((await due(me)).length > 0) await me.say('yes');
    expect((await me.tasks()).map(({ title, status, due_date }) => [title, status, due_date])).toEqual(
      expect.arrayContaining([
        ['water the plants', 'open', '2026-11-30'],
        ['call Bob', 'done', null],
      ]),
    );
  });

  it('by hand is refused with the same words', async () => {
    const { me, call } = await person(url);
    const today = DateTime.now().setZone(ZONE).toFormat('yyyy-MM-dd');
    const body = { title: 'take vitamins', due_date: today, recurrence: 'FREQ=DAILY' };
    const { item } = (await call('POST', '/tasks', body)) as { item: { id: string } };
    await call('PATCH', `/tasks/${item.id}`, { status: 'done' });
    const before = await due(me);
    await expect(call('PATCH', `/tasks/${item.id}`, { status: 'done' })).rejects.toThrow(
      /409 .*is done already\. Next: /,
    );
    expect(await due(me)).toEqual(before);
  });
});
