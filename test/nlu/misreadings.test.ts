import { describe, expect, test } from 'vitest';
import { parseText, understand } from './understand.ts';

describe('titles without what belongs to other slots', () => {
  test.each([
    ['Buy Milk!!!', { title: 'Buy Milk', priority: undefined }],
    ['buy milk, tomorrow, 5pm, high', { title: 'buy milk', priority: 'high' }],
    ['add cake and put it in my home list', { title: 'cake', list: 'home' }],
    ['buy milk today or tomorrow', { title: 'buy milk', due_date: '2026-11-24' }],
    ['add book a dentist appointment tomorrow', { title: 'book a dentist appointment' }],
    ['add a task: lunch with tom at noon', { title: 'lunch with tom' }],
  ])('%s', async (text, expected) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('create_task');
    expect({ ...values, priority: values.priority }).toMatchObject(expected);
  });

  test.each([
    ['pay rent february 30', 'pay rent', 'february 30'],
    ['add call mom at 25:00', 'call mom', '25:00'],
    ['add swim on 31 june', 'swim', 'on 31 june'],
  ])('%s: what is no date is left out and told', async (text, title, unread) => {
    const { act, values } = await parseText(text);
    expect(values.title).toBe(title);
    expect(act.params?.unread?.join()).toContain(unread.replace(/^on /, ''));
  });

  test.each(['pay rent february 28', 'add call mom at 23:59', 'add read "february 30"'])(
    '%s is left alone',
    async (text) => {
      expect((await parseText(text)).act.params?.unread).toBeUndefined();
    },
  );
});

describe('items', () => {
  test.each([
    ['set priority of cake to super high', { query: 'cake' }],
    ['delete 2', { reference: 'ordinal', ordinal: 2 }],
    ['move slides from monday to tuesday', { query: 'slides' }],
  ])('%s', async (text, target) => {
    expect((await parseText(text)).values.target).toMatchObject(target);
  });

  test('"find bread" looks among all tasks', async () => {
    const { act, values } = await parseText('find bread');
    expect([act.action, values.query, act.params?.status]).toEqual(['list_tasks', 'bread', 'all']);
  });
});

describe('wording that another request shares', () => {
  test.each([
    ['take out the trash every tuesday and friday at 7am', 'create_task'],
    ['take out the bins tonight', 'create_task'],
    ['take the dog out at 7pm', 'create_task'],
    ['laundry tmrw', 'create_task'],
    ['gym 3x a week until christmas', 'create_task'],
    ['note to self: email Sarah the contract', 'create_task'],
    ['pay 50 euros to Max tomorrow', 'create_task'],
    ['send my briefing at 7:30 every morning', 'set_preference'],
    ['call off lunch with Ana on friday', 'cancel_event'],
    ['scrub all my meetings this afternoon', 'cancel_event'],
    ['am i free', 'list_events'],
    ['what have I finished', 'list_tasks'],
    ['add 5 and 7', 'out_of_scope'],
    ['what is 5 and 7', 'out_of_scope'],
    ['remind me who wrote hamlet', 'out_of_scope'],
    ['delete my account', 'help'],
    ['pay 50 euros to Max', 'out_of_scope'],
  ])('%s: %s', async (text, action) => {
    expect((await understand(text)).acts.map((act) => act.action)).toEqual([action]);
  });
});

describe('two requests in one message', () => {
  test.each([
    ['undo that and delete milk instead', ['undo', 'delete_task']],
    ['clean the kitchen today and water the plants tomorrow', ['create_task', 'create_task']],
    ['complete report and delete it', ['complete_task', 'delete_task']],
  ])('%s: an act each, in order', async (text, actions) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action }) => action)).toEqual(actions);
    for (const { span, entities } of acts)
      expect(entities.every(({ start, end }) => span.start <= start && end <= span.end)).toBe(true);
  });

  test.each([
    'buy milk and eggs tomorrow',
    'add milk and make it high priority',
    'rename cake to bake and delete crumbs',
    'research and write the essay by friday',
    'add "clean today and cook tomorrow"',
  ])('%s is one', async (text) => {
    expect((await understand(text)).acts).toHaveLength(1);
  });
});
