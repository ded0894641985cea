import { describe, expect, test } from 'vitest';
import { slotsOf, type ActParams } from '../../contracts/nlu.ts';
import type { Action } from '../../contracts/intents.ts';
import { understand } from './understand.ts';

const acts = async (text: string): Promise<[Action, string | undefined, ActParams['among']][]> =>
  (await understand(text)).acts.map(({ action, entities, params }) => [
    action,
    slotsOf(entities).target?.reference,
    params?.among,
  ]);

const BUT_THOSE: [text: string, action: Action, ...names: string[]][] = [
  ['move them to sunday except for the wine', 'update_task', 'wine'],
  ['move all of them to friday, but not the lamp', 'update_task', 'lamp'],
  ['move them to friday, not the lamp', 'update_task', 'lamp'],
  ['move everything except the lamp to friday', 'update_task', 'lamp'],
  ['move all tasks except buy wine to sunday', 'update_task', 'buy wine'],
  ['everything except the wine to sunday', 'update_task', 'wine'],
  ['make everything urgent except the wine', 'update_task', 'wine'],
  ['make everything except the wine and the lamp high priority', 'update_task', 'wine', 'lamp'],
  ['push everything but the lamp by a day', 'update_task', 'lamp'],
  ['delete them all except the lamp', 'delete_task', 'lamp'],
  ['delete everything except the wine', 'delete_task', 'wine'],
  ['mark them all done apart from the bike', 'complete_task', 'bike'],
  ['all but the bread are done', 'complete_task', 'bread'],
  ['everything is done except the lamp', 'complete_task', 'lamp'],
  ['all done except the dishes', 'complete_task', 'dishes'],
  ['tick everything off but the milk', 'complete_task', 'milk'],
  ['finish all except call mum', 'complete_task', 'call mum'],
  ['finish all but call mum', 'complete_task', 'call mum'],
  ['finish everything except the milk', 'complete_task', 'milk'],
  ['mark everything as done except call mum', 'complete_task', 'call mum'],
  ['mark all done but call mum', 'complete_task', 'call mum'],
  ['finish all my tasks except the report', 'complete_task', 'report'],
  ['complete all but cancel netflix', 'complete_task', 'cancel netflix'],
  ['move all meetings tomorrow to friday except the standup', 'update_event', 'standup'],
  ['cancel everything tomorrow except the dentist', 'cancel_event', 'dentist'],
];

describe('all of many but some', () => {
  test.each(BUT_THOSE)('%s', async (text, action, ...names) => {
    expect(await acts(text)).toEqual([[action, 'all', { except: names }]]);
  });

  test('what is asked for behind them is no name', async () => {
    expect(await acts('delete everything but the milk and the bread and add eggs')).toEqual([
      ['delete_task', 'all', { except: ['milk', 'bread'] }],
      ['create_task', undefined, undefined],
    ]);
  });

  test.each([
    'gym every day except sunday',
    'move them to friday, not thursday',
    'move everything to friday but remind me on thursday',
    'show everything except the shopping',
    'finish all the dishes',
    'finish the report except the summary',
    'move it to friday but not before noon',
  ])('leaves nothing out: %s', async (text) => {
    expect((await acts(text)).map(([, , among]) => among)).not.toContainEqual(expect.anything());
  });

  test('nor are people who do not come, with the day behind them', async () => {
    const { acts: read } = await understand('everyone except Ben comes to dinner friday at 7');
    expect(JSON.stringify(read)).toContain('2026-11-27');
  });
});

describe('what is left out of something that is no change of many', () => {
  test.each([
    ['dinner with all of them except Ben on friday', 'dinner with all of them except Ben'],
    ['dinner with all the girls except Ben on friday at 7', 'dinner with all the girls except Ben'],
    ['water all the plants except the cactus', 'water all the plants except the cactus'],
    ['pack everything but the tent', 'pack everything but the tent'],
    ['pack the tent but not the stove', 'pack the tent but not the stove'],
    ['buy milk but no rush', 'buy milk'],
    ['pay all the bills but i have no money', 'pay all the bills'],
  ])('%s', async (text, title) => {
    const { acts: read } = await understand(text);
    expect(read.map(({ entities }) => slotsOf(entities).title)).toEqual([title]);
  });

  test.each<[text: string, people: string[] | undefined]>([
    ['party on friday at 8, everybody but Tom', ['everybody']],
    ['party on friday at 8 with everyone except Tom', ['everyone']],
    ['lunch tomorrow at 1 without Ben and Kim', undefined],
    ['brunch with Kim and Lea but not Jo sunday at 11', ['Kim', 'Lea']],
    ['lunch with Ben, not Tom, tomorrow at 1', ['Ben']],
    ['dinner on friday at 7 with the team but not Ben', ['the team']],
    ['lunch with Ben and Tom tomorrow at 1', ['Ben', 'Tom']],
  ])('%s invites %j', async (text, people) => {
    const [act] = (await understand(text)).acts;
    expect(act?.action).toBe('create_event');
    expect(slotsOf(act?.entities ?? []).participants).toEqual(people);
  });
});
