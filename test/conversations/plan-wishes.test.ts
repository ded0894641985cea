import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask, blocksOf, calendar, scheduleOf } from './calendar-of.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Somebody who was shown a plan of two tasks, with lunch on Friday. */
async function planned(): Promise<Talk & { shown: Heard }> {
  const me = await talk(url);
  await addEvent(me, 'Lunch with Ann', '2026-11-20T12:00', '2026-11-20T13:00');
  await addTask(me, 'make the slides', { due_date: '2026-11-20', duration_minutes: 60 });
  await addTask(me, 'write the thesis', { due_date: '2026-11-20', duration_minutes: 120 });
  const shown = await me.say('plan my week');
  expect(blocksOf(shown)).toEqual([SLIDES, 'write the thesis 11-18T11:00–13:00']);
  return Object.assign(me, { shown });
}
const SLIDES = 'make the slides 11-18T10:00–11:00';
const THESIS = 'write the thesis 11-18T10:00–12:00';

describe('words about a plan that waits for its yes', () => {
  it.each<[string, string[]]>([
    ['put the slides on friday instead', [THESIS, 'make the slides 11-20T09:00–10:00']],
    ['the slides on friday instead', [THESIS, 'make the slides 11-20T09:00–10:00']],
    ['no, the slides tomorrow', [THESIS, 'make the slides 11-19T09:00–10:00']],
    ["i'd rather do the slides on friday", [THESIS, 'make the slides 11-20T09:00–10:00']],
    ['slides at 3pm instead', [THESIS, 'make the slides 11-18T15:00–16:00']],
    ['do the slides tomorrow morning', [THESIS, 'make the slides 11-19T09:00–10:00']],
    ['move the slides to saturday', [THESIS, 'make the slides 11-21T09:00–10:00']],
    ['move the second one to tomorrow at 2', [SLIDES, 'write the thesis 11-19T14:00–16:00']],
    ['can the thesis be on thursday afternoon?', [SLIDES, 'write the thesis 11-19T12:00–14:00']],
    ['schedule the thesis for friday at 9', [SLIDES, 'write the thesis 11-20T09:00–11:00']],
    ['make the thesis start at 1pm', [SLIDES, 'write the thesis 11-18T13:00–15:00']],
    ['make it start at 1pm', ['make the slides 11-18T13:00–14:00', 'write the thesis 11-18T14:00–16:00']],
    ['start at 1pm', ['make the slides 11-18T13:00–14:00', 'write the thesis 11-18T14:00–16:00']],
    [
      'not today, start tomorrow',
      ['make the slides 11-19T09:00–10:00', 'write the thesis 11-19T10:00–12:00'],
    ],
  ])('"%s" changes the plan and no task', async (words, blocks) => {
    const me = await planned();
    const again = (await me.say(words)).asks({ slot: 'date_range', kind: 'confirm' }).changesNothing();
    expect(blocksOf(again)).toEqual(blocks);
    expect(me.open).toHaveLength(1);
    (await me.say('yes')).says('Planned 2 tasks in 2 blocks.');
    expect(await calendar(me)).toEqual(
      [...blocks, 'Lunch with Ann 11-20T12:00–13:00'].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1)),
    );
    expect((await me.client.rest.tasks()).items.map(({ due_date: due }) => due)).toEqual([
      '2026-11-20',
      '2026-11-20',
    ]);
  });

  it('says whose wish a place is, and keeps one wish with the next', async () => {
    const me = await planned();
    await me.say('put the slides on friday');
    const both = await me.say('and the thesis tomorrow');
    expect(blocksOf(both)).toEqual([
      'write the thesis 11-19T09:00–11:00',
      'make the slides 11-20T09:00–10:00',
    ]);
    expect(scheduleOf(both).blocks[1]?.reason).toBe('Due Friday 20 November, where you want it');
    await addEvent(me, 'Surprise', '2026-11-20T09:00', '2026-11-20T10:00');
    const anew = (await me.say('yes')).says(/have changed since/).changesNothing();
    expect(blocksOf(anew)[1]).toBe('make the slides 11-20T10:00–11:00');
  });

  it.each([
    ['put the slides on friday at 12', /^Friday 20 November, 12:00 to 13:00 is taken by "Lunch with Ann"\./],
    ['put the thesis on monday', /^This plan is for today to Sunday 22 November\./],
    ['put the slides at 8 this morning', /over already/],
    ['move it to friday', /^Which one do you mean, "make the slides" or "write the thesis"\?/],
  ])('"%s" can not be had, and the plan stays as it was shown', async (words, reply) => {
    const me = await planned();
    (await me.say(words))
      .says(reply)
      .says(/Still open: /)
      .changesNothing();
    await me.say('yes');
    expect(await calendar(me)).toContain(SLIDES);
  });

  it.each([
    ['set the due date of the slides to thursday', 'make the slides', '2026-11-19'],
    ['the thesis is due thursday now', 'write the thesis', '2026-11-19'],
  ])('"%s" is said of the task', async (words, title, due) => {
    const me = await planned();
    await me.say(words);
    const { items } = await me.client.rest.tasks();
    expect(items.find((task) => task.title === title)?.due_date).toBe(due);
  });

  it.each<[string, string]>([
    ['move the lunch to thursday', 'Lunch with Ann 11-19T12:00–13:00'],
    ['lunch with Tom tomorrow at 12', 'lunch with Tom 11-19T12:00–13:00'],
    ['meeting about the thesis tomorrow at 3pm', 'meeting about the thesis 11-19T15:00–16:00'],
  ])('"%s" is another matter', async (words, event) => {
    const me = await planned();
    (await me.say(words)).says(/Still open: Shall I put these 2 blocks/);
    expect(await calendar(me)).toContain(event);
  });
});

const dayOf = (line: string): string => /\d\d-\d\dT\d\d:\d\d/.exec(line)?.[0] ?? '';
