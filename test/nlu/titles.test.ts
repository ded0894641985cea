import { describe, expect, test } from 'vitest';
import { parseText } from './understand.ts';

describe('titles', () => {
  test.each([
    ['create a task to call Bob', 'call Bob'],
    ['add a task: call Bob.', 'call Bob'],
    ['add call Bob to my tasks please', 'call Bob'],
    ['create a task called Call Bob', 'Call Bob'],
    ['create a task "Call Bob tomorrow at 5"', 'Call Bob tomorrow at 5'],
    ['create a task “Call Bob, p1, #x”', 'Call Bob, p1, #x'],
    ['remember to call Bob about the 2026 budget on friday', 'call Bob about the 2026 budget'],
    ['i need to, by friday, call Bob', 'call Bob'],
    ['tomorrow call Bob', 'call Bob'],
    ['tomorrow at 5pm call Bob', 'call Bob'],
    ['call Bob, due friday, high priority', 'call Bob'],
    ['call Bob with high priority by friday', 'call Bob'],
    ['call Bob (30 min) tomorrow', 'call Bob'],
    ['add task call Bob for 30 minutes at 4pm tomorrow #work', 'call Bob'],
    ['call İbrahim tomorrow', 'call İbrahim'],
    ['buy café au lait 😀 tomorrow', 'buy café au lait 😀'],
    ['add a task to draft the e-mail to Zoë', 'draft the e-mail to Zoë'],
    ["buy mom's present by 12/24", "buy mom's present"],
    ['add a task to walk to work', 'walk to work'],
    ['remember to turn off the heating at 10pm', 'turn off the heating'],
    ['add a task to check in for the flight on friday', 'check in for the flight'],
  ])('%s', async (text, title) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('create_task');
    expect(values.title).toBe(title);
  });
});

describe('what is to be done before bed', () => {
  test.each([
    ['call mum before bed', { title: 'call mum', due_date: '2026-11-23' }],
    ['water the plants before going to bed tomorrow', { title: 'water the plants', due_date: '2026-11-24' }],
    ['read to the kids before bedtime', { title: 'read to the kids', due_date: '2026-11-23' }],
    ['make the bed before guests come', { title: 'make the bed before guests come' }],
    ['buy a new bed', { title: 'buy a new bed' }],
  ])('%s', async (text, slots) => {
    expect((await parseText(text)).values).toEqual(slots);
  });
});

describe('names that look like dates', () => {
  test.each([
    ['call April on monday', { title: 'call April', due_date: '2026-11-30' }],
    ['call april tomorrow', { title: 'call april', due_date: '2026-11-24' }],
    ['watch Friday Night Lights', { title: 'watch Friday Night Lights' }],
    ['watch Friday Night Lights on sunday', { title: 'watch Friday Night Lights', due_date: '2026-11-29' }],
    ['read The Day After Tomorrow', { title: 'read The Day After Tomorrow' }],
    ['watch Dune Friday', { title: 'watch Dune', due_date: '2026-11-27' }],
    ['call April 5', { title: 'call', due_date: '2027-04-05' }],
  ])('%s', async (text, slots) => {
    expect((await parseText(text)).values).toEqual(slots);
  });

  test('somebody to meet', async () => {
    expect((await parseText('meet June friday')).values).toMatchObject({
      title: 'meet June',
      date_range: { start: '2026-11-27', end: '2026-11-28' },
    });
  });
});

describe('attributes', () => {
  test.each([
    ['buy milk p1', { title: 'buy milk', priority: 'urgent' }],
    ['buy milk !!', { title: 'buy milk', priority: 'high' }],
    ['buy milk, low priority', { title: 'buy milk', priority: 'low' }],
    ['buy milk with medium priority', { title: 'buy milk', priority: 'medium' }],
    ['buy milk, not urgent', { title: 'buy milk', priority: 'low' }],
    ['urgent: buy milk', { title: 'buy milk', priority: 'urgent' }],
    ['buy milk asap', { title: 'buy milk', priority: 'urgent' }],
    ['buy milk priority high', { title: 'buy milk', priority: 'high' }],
    ['buy milk #food #home', { title: 'buy milk', tags: ['food', 'home'] }],
    ['buy milk tagged food and home', { title: 'buy milk', tags: ['food', 'home'] }],
    ['buy milk with the tag food', { title: 'buy milk', tags: ['food'] }],
    ['add to my list: buy bread', { title: 'buy bread' }],
    ['add to my Camping list: gas stove', { title: 'gas stove', list: 'Camping' }],
    ['read for an hour and a half', { title: 'read', duration_minutes: 90 }],
    ['tidy the shed for 1.5 hours', { title: 'tidy the shed', duration_minutes: 90 }],
    ['tidy the shed 2h 30m', { title: 'tidy the shed', duration_minutes: 150 }],
    ['add buy milk in my Groceries list', { title: 'buy milk', list: 'Groceries' }],
    [
      'add milk to the weekly shopping list tomorrow',
      { title: 'milk', list: 'weekly shopping', due_date: '2026-11-24' },
    ],
  ])('%s', async (text, slots) => {
    expect((await parseText(text)).values).toEqual(slots);
  });
});

describe('fields of an item', () => {
  test.each([
    [
      'set a deadline of friday for the report',
      { target: { kind: 'task', query: 'report' }, due_date: '2026-11-27' },
    ],
    ['remove the due date from laundry', { target: { kind: 'task', query: 'laundry' } }],
    ['remove the tag home from laundry', { target: { kind: 'task', query: 'laundry' } }],
    [
      'push the dentist task by one week',
      { target: { kind: 'task', query: 'dentist' }, due_date: '2026-11-30' },
    ],
  ])('%s', async (text, slots) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('update_task');
    expect(values).toEqual(slots);
  });
});
