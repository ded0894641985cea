import { describe, expect, test } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { understand } from './understand.ts';

/** What is one thing, however it is joined. */
const ONE = [
  'add wash and iron shirts',
  'add salt and pepper',
  'add fish and chips',
  'add call mum and dad',
  'add meet Ann and Bob tomorrow',
  'add research and development review',
  'add rice and wash powder',
  'add a task to compare prices and order the bike',
  'i need to wash and iron my shirts',
  'i need to buy milk and eggs',
  'i have to call mum and dad',
  'i need to call mum and ask about the party',
  'i need to go to the bank and deposit the check',
  'i need to sit down and write the letter',
  'i need to prepare the slides and email them to Ann',
  'i need to review, comment and approve the budget',
  'i need to email Ann that the report is done and send the slides',
  'remind me to call Bob and buy milk',
  'task: review, comment and approve the budget by wednesday',
  'buy milk, eggs and bread',
  'show my tasks for today: all of them',
  'on friday i have to go to the bank and deposit the check',
  'tomorrow i have to call the vet and ask about the vaccination',
  'tomorrow i need to buy milk, eggs and bread',
  'groceries: mac and cheese',
  'add coffee with Oma on sunday at 3pm and bring the cake',
];

/** What is put on a list is one thing where an "and" alone joins it. */
const ONE_ON_LIST = [
  'add two dozen eggs and the good butter to groceries',
  'add salt and pepper to the groceries',
  'put Dune, by Frank Herbert, on the reading list',
];

type Task = [title: string, due_date?: string];
const TODAY = '2026-11-23';

/** Several things to do under one verb or one announcement. */
const TASKS: [text: string, ...tasks: Task[]][] = [
  ['add buy bread and call mum', ['buy bread'], ['call mum']],
  ['add wash the car and mow the lawn', ['wash the car'], ['mow the lawn']],
  [
    'add buy paint today, call the electrician today and sweep the garage today',
    ['buy paint', TODAY],
    ['call the electrician', TODAY],
    ['sweep the garage', TODAY],
  ],
  [
    'add read chapter 3 today, write the summary tomorrow',
    ['read chapter 3', TODAY],
    ['write the summary', '2026-11-24'],
  ],
  ['i need to call mum and buy bread', ['call mum'], ['buy bread']],
  ['i need to call mum and buy bread today', ['call mum', TODAY], ['buy bread', TODAY]],
  ['i have to call mum, buy bread and wash the car', ['call mum'], ['buy bread'], ['wash the car']],
  [
    'we must water the plants and feed the cat by friday',
    ['water the plants', '2026-11-27'],
    ['feed the cat', '2026-11-27'],
  ],
  [
    'i need to finish the report today and call Ann tomorrow',
    ['finish the report', TODAY],
    ['call Ann', '2026-11-24'],
  ],
  ['i need to book a flight and renew my passport', ['book a flight'], ['renew my passport']],
  ['add two tasks: call mum and buy bread', ['call mum'], ['buy bread']],
  ['add two tasks: call mum and buy bread, all for today', ['call mum', TODAY], ['buy bread', TODAY]],
  ['add two tasks for today: call mum and buy bread', ['call mum', TODAY], ['buy bread', TODAY]],
  [
    'create three tasks: wash the car, mow the lawn and call Ann',
    ['wash the car'],
    ['mow the lawn'],
    ['call Ann'],
  ],
  ['add three tasks: milk, eggs and bread', ['milk'], ['eggs'], ['bread']],
  ['add tasks to call mum and buy bread', ['call mum'], ['buy bread']],
  ['call mum and buy bread, both for today', ['call mum', TODAY], ['buy bread', TODAY]],
  [
    'call mum, buy bread and wash the car, all by friday',
    ['call mum', '2026-11-27'],
    ['buy bread', '2026-11-27'],
    ['wash the car', '2026-11-27'],
  ],
  ['my tasks for today: call mum, buy bread', ['call mum', TODAY], ['buy bread', TODAY]],
  [
    'to do today: call mum, buy bread at 5pm',
    ['call mum', TODAY],
    ['buy bread', '2026-11-23T17:00:00-05:00'],
  ],
  [
    'tasks for the move: pack books, cancel internet, rent a van by friday',
    ['pack books'],
    ['cancel internet'],
    ['rent a van', '2026-11-27'],
  ],
  [
    'on saturday i have to clean the bathroom, hoover the stairs and iron the shirts',
    ['clean the bathroom', '2026-11-28'],
    ['hoover the stairs', '2026-11-28'],
    ['iron the shirts', '2026-11-28'],
  ],
  [
    'saturday i gotta clean the bathroom and iron the shirts',
    ['clean the bathroom', '2026-11-28'],
    ['iron the shirts', '2026-11-28'],
  ],
  [
    'Tomorrow I have to take my son to football at 5, buy snacks and call the coach before noon',
    ['take my son to football', '2026-11-24T17:00:00-05:00'],
    ['buy snacks', '2026-11-24'],
    ['call the coach', '2026-11-24T12:00:00-05:00'],
  ],
  [
    'this weekend we need to clean the car, mow the lawn and call grandma',
    ['clean the car', '2026-11-29'],
    ['mow the lawn', '2026-11-29'],
    ['call grandma', '2026-11-29'],
  ],
  [
    'tonight i have to wash the dishes and fold the laundry',
    ['wash the dishes', TODAY],
    ['fold the laundry', TODAY],
  ],
  ['add buy milk and call grandma to my tasks', ['buy milk'], ['call grandma']],
  ['put call grandma and buy milk on my to-do list', ['call grandma'], ['buy milk']],
  ['add these to my list: eggs, call mum', ['eggs'], ['call mum']],
  ['put these on my to-do list: call mum and buy milk', ['call mum'], ['buy milk']],
  [
    'add these: call mum by friday, buy milk and pay rent',
    ['call mum', '2026-11-27'],
    ['buy milk'],
    ['pay rent'],
  ],
  ['add two tasks to my list: buy milk and call mum', ['buy milk'], ['call mum']],
];

describe('several things to do in one breath', () => {
  test.each(TASKS)('%s', async (text, ...tasks) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual(
      tasks.map(([title, due_date]) => [
        'create_task',
        { title, ...(due_date !== undefined && { due_date }) },
      ]),
    );
  });

  test('a time said for all of them keeps its place in the words', async () => {
    const text = 'call mum and buy bread, both for today';
    const { acts } = await understand(text);
    expect(acts.map(({ span }) => text.slice(span.start, span.end))).toEqual(['call mum', 'buy bread']);
    expect(acts.at(-1)?.entities.find(({ slot }) => slot === 'due_date')?.text).toBe('today');
  });
});

/** Each thing with the list that all of them are put on. */
const ON_LISTS: [text: string, list: string | undefined, ...titles: string[]][] = [
  ['add milk, eggs and bread to the shopping list', 'shopping', 'milk', 'eggs', 'bread'],
  ['put milk, eggs and bread on my shopping list', 'shopping', 'milk', 'eggs', 'bread'],
  ['on the shopping list put milk, eggs and bread', 'shopping', 'milk', 'eggs', 'bread'],
  ['add to my shopping list: milk, eggs and bread', 'shopping', 'milk', 'eggs', 'bread'],
  ['add milk, eggs and bread to groceries', 'groceries', 'milk', 'eggs', 'bread'],
  ['add milk, salt and pepper to the shopping list', 'shopping', 'milk', 'salt and pepper'],
  ['add milk, mac & cheese to the shopping list', 'shopping', 'milk', 'mac & cheese'],
  ['add buy bread, call mum and wash the car to my list', undefined, 'buy bread', 'call mum', 'wash the car'],
  ['add towels to the packing list and sunscreen too', 'packing', 'towels', 'sunscreen'],
  ['put towels on the packing list, sunscreen too', 'packing', 'towels', 'sunscreen'],
  ['add towels to the packing list and sunscreen', 'packing', 'towels', 'sunscreen'],
  ['add these to the shopping list: eggs, rice, nappies', 'shopping', 'eggs', 'rice', 'nappies'],
  ['can you add these to the shopping list: eggs and rice', 'shopping', 'eggs', 'rice'],
  ['add these: eggs, rice, nappies to the shopping list', 'shopping', 'eggs', 'rice', 'nappies'],
  ['add these to the shopping list eggs, rice, nappies', 'shopping', 'eggs', 'rice', 'nappies'],
  [
    'put the following on the packing list: socks, shirts and a towel',
    'packing',
    'socks',
    'shirts',
    'a towel',
  ],
  ['these go on the shopping list: eggs, rice', 'shopping', 'eggs', 'rice'],
  ['make a list for the party: balloons, cake and candles', 'party', 'balloons', 'cake', 'candles'],
  ['new list camping: tent, torch, gas', 'camping', 'tent', 'torch', 'gas'],
  ['create a camping list: tent, torch', 'camping', 'tent', 'torch'],
  ['make a packing list with socks, shirts and a towel', 'packing', 'socks', 'shirts', 'a towel'],
  [
    'add wash the car, mow the lawn and call Bob to the weekend list',
    'weekend',
    'wash the car',
    'mow the lawn',
    'call Bob',
  ],
];

test.each([
  [
    'add coffee with Oma on sunday at 3pm, bake a cake on saturday and buy candles tomorrow',
    'coffee with Oma',
    'bake a cake',
    'buy candles',
  ],
  ['dentist on friday at 9, buy candles tomorrow', 'dentist', 'buy candles'],
  ['add lunch with Ann tomorrow at 1 and call Bob on friday', 'lunch with Ann', 'call Bob'],
])('an occasion and what is to be done beside it: %s', async (text, event, ...tasks) => {
  const { acts } = await understand(text);
  expect(acts.map(({ action, entities }) => [action, slotsOf(entities).title])).toEqual([
    ['create_event', event],
    ...tasks.map((title) => ['create_task', title]),
  ]);
});

describe('things put on a list', () => {
  test.each(ON_LISTS)('%s', async (text, list, ...titles) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual(
      titles.map((title) => ['create_task', { title, ...(list !== undefined && { list }) }]),
    );
  });

  test('a day behind the list holds for each of them', async () => {
    const { acts } = await understand('please put milk, eggs, bread on the shopping list for tomorrow');
    expect(acts.map(({ entities }) => slotsOf(entities).due_date)).toEqual(Array(3).fill('2026-11-24'));
  });

  test('the list ends them', async () => {
    const { acts } = await understand('add bread to the shopping list and call mum');
    expect(acts.map(({ entities }) => slotsOf(entities))).toEqual([
      { title: 'bread', list: 'shopping' },
      { title: 'call mum' },
    ]);
  });
});

const DONE: [text: string, ...queries: string[]][] = [
  ['got the milk and the eggs', 'milk', 'eggs'],
  ['done with bread and the vet', 'bread', 'vet'],
  ['i did the dishes and the laundry', 'dishes', 'laundry'],
  ['bought the milk, the eggs and the bread', 'milk', 'eggs', 'bread'],
  ['finished the essay and the slides', 'essay', 'slides'],
];

describe('things that are done', () => {
  test.each(DONE)('%s', async (text, ...queries) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities).target])).toEqual(
      queries.map((query) => ['complete_task', { kind: 'task', query }]),
    );
  });

  test.each(['bought bread and milk', 'finished war and peace', 'finish all the dishes'])(
    'of one thing: %s',
    async (text) => {
      expect((await understand(text)).acts).toHaveLength(1);
    },
  );
});

describe('one thing, however it is joined', () => {
  test.each([...ONE, ...ONE_ON_LIST])('%s', async (text) => {
    expect((await understand(text)).acts).toHaveLength(1);
  });
});

describe('a reason before what is asked', () => {
  test.each([
    'cant do any of this, move everything from today to monday',
    "i won't manage anything else today, move everything from today to monday",
    'i have no time today, so please move everything from today to monday',
  ])('%s', async (text) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toEqual([
      ['update_task', { target: { kind: 'task', reference: 'all' }, due_date: '2026-11-30' }],
    ]);
    expect(acts[0]?.params?.where?.date_range?.start).toBe(TODAY);
  });

  test('what is named may be an event', async () => {
    const { acts } = await understand("i can't come, move the gym to friday");
    const { acts: plain } = await understand('move the gym to friday');
    expect(acts.map(({ action }) => action)).toEqual(plain.map(({ action }) => action));
  });
});
