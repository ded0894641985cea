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

describe('one thing, however it is joined', () => {
  test.each(ONE)('%s', async (text) => {
    expect((await understand(text)).acts).toHaveLength(1);
  });
});
