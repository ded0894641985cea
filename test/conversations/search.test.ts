import { beforeAll, describe, expect, test } from 'vitest';
import type { SearchHit } from '../../contracts/result.ts';
import { connect } from '../../db/connect.ts';
import { startProduct, type Product } from '../support/product.ts';
import type { Heard } from './talk.ts';
import { person, type Person } from './with-rest.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});

function hitsIn({ result }: Heard): SearchHit[] {
  const card = result.cards.find((shown) => shown.kind === 'search');
  return card?.data.hits ?? [];
}
const found = (heard: Heard): string[] => hitsIn(heard).map(({ kind, title }) => `${kind} ${title}`);

/** Somebody with a budget in every place. */
async function planner(): Promise<Person> {
  const someone = await person(product.url);
  await someone.me.say('create a task to write the budget report by friday');
  await someone.me.say('add soap to the shopping list');
  await someone.event('Budget call', '2026-11-19T14:00', '2026-11-19T15:00', { participants: ['Ann'] });
  await someone.event('Trip planning', '2026-11-20T10:00', '2026-11-20T11:00');
  await someone.me.say('draft an email to Rob about the budget with a template');
  return someone;
}

describe('a search', () => {
  test('goes through tasks, events and emails, the best first, and shows where each was found', async () => {
    const { me } = await planner();
    const heard = (await me.say('search for budget'))
      .understood('search', { query: 'budget' })
      .says(/^I found 3 things for "budget":\n1\. /)
      .says('Task: "write the budget report", due Friday 20 November')
      .says('Event: "Budget call", Thursday 19 November at 14:00')
      .changesNothing();
    expect(found(heard).sort()).toEqual([
      'draft The budget',
      'event Budget call',
      'task write the budget report',
    ]);
    const scores = hitsIn(heard).map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
    expect(heard.result).toMatchObject({ workflow_type: 'search', usage: { tokens_used: 0 } });
  });

  test.each([
    ['a slip of letters', 'search for budgte', 'event Budget call'],
    ['the beginning of a word', 'search for budg', 'event Budget call'],
    ['another form of a word', 'search for trips', 'event Trip planning'],
    ['a swap in a longer word', 'search for plannign', 'event Trip planning'],
    ['who takes part', 'look for anything with Ann', 'event Budget call'],
    ['words in capitals', 'search for BUDGET CALL', 'event Budget call'],
    ['everything about', 'find everything about the trip', 'event Trip planning'],
  ])('%s', async (_what, words, hit) => {
    const { me } = await planner();
    expect(found(await me.say(words))).toContain(hit);
  });

  test('a word that was corrected is told', async () => {
    const { me } = await planner();
    (await me.say('search for budgte')).says('Nothing has "budgte", so I looked for "budget".');
  });

  test('all words count; where none has all, the closest is shown and said so', async () => {
    const { me } = await planner();
    expect(found(await me.say('search for budget call'))).toEqual(['event Budget call']);
    (await me.say('search for budget zebra')).says('Nothing has all of that. The closest');
  });

  test('what was said before is found with its conversation, and the search itself is not', async () => {
    const { me } = await person(product.url);
    await me.say('create a task to call about the lease');
    await me.say('delete the lease task');
    await me.say('search for lease');
    const heard = (await me.say('where did I write about the lease')).says('You wrote on');
    const [first] = hitsIn(heard);
    expect(first).toMatchObject({ kind: 'turn', session_id: me.session.getState().sessionId });
    expect(hitsIn(heard).every(({ title }) => !title.startsWith('search'))).toBe(true);
    expect(hitsIn(heard).every(({ kind }) => kind === 'turn')).toBe(true);
  });

  test('words that made a thing are not shown beside it, unless it is asked what was said', async () => {
    const { me } = await person(product.url);
    await me.say('create a task to buy milk by today');
    expect(found(await me.say('search for milk'))).toEqual(['task buy milk']);
    expect(hitsIn(await me.say('did I mention the milk')).map(({ kind }) => kind)).toEqual(['turn', 'task']);
  });

  test('days, lists and kinds narrow it', async () => {
    const { me } = await planner();
    expect(found(await me.say('search for budget on thursday in the work list'))).toEqual([]);
    expect(found(await me.say('search for soap in the shopping list'))).toEqual(['task soap']);
    expect(found(await me.say('search my tasks for budget'))).toEqual(['task write the budget report']);
    expect(found(await me.say('search for budget this week')).sort()).toEqual([
      'event Budget call',
      'task write the budget report',
      // Said in that week, of an email that bears the time of the server.
      'turn draft an email to Rob about the budget with a template',
    ]);
    (await me.say('search for the budget call tomorrow')).says(
      'I found 1 thing for "budget call" in that time',
    );
    (await me.say('search for the budget call next week')).says('but this from another time');
  });

  test('a day of a series is found by its time', async () => {
    const { me, event } = await person(product.url);
    await event('Choir', '2026-10-01T19:00', '2026-10-01T21:00', { recurrence: 'FREQ=WEEKLY;COUNT=30' });
    (await me.say('search for choir this week')).says('I found 1 thing for "choir" in that time');
    (await me.say('search for choir in august 2027')).says('but this from another time');
  });

  test('nothing is said nicely; without words it is asked for what', async () => {
    const { me } = await person(product.url);
    (await me.say('search for unicorns')).says('I found nothing for "unicorns"').changesNothing();
    const asked = (await me.say('search')).asks({ slot: 'query', words: /What shall I look for/ });
    expect(asked.question.choices).toEqual([]);
    await me.say('create a task to feed the cat');
  });

  test('the answer to what is looked for', async () => {
    const { me } = await planner();
    await me.say('search');
    expect(found(await me.say('soap'))).toContain('task soap');
  });

  test('markup and quotes are only text', async () => {
    const { me } = await person(product.url);
    await me.say('create a task to <b>paint</b> the "old" shed');
    (await me.say('search for <script>alert(1)</script>')).says('I found nothing for "<script>');
    for (const words of ["search for o'brien & sons | (shed)", 'search for shed:*', "search for 'shed"])
      expect((await me.say(words)).result.status, words).toBe('completed');
    expect(found(await me.say('search for paint'))[0]).toContain('<b>paint</b>');
  });

  test("nobody finds another one's things, nor what was deleted", async () => {
    const { me } = await planner();
    const { me: other } = await person(product.url);
    expect(found(await other.say('search for budget'))).toEqual([]);
    await me.say('delete the budget report');
    expect(found(await me.say('search for report'))).not.toContain('task write the budget report');
  });
});

describe('what was found is acted on by its place', () => {
  test('opened', async () => {
    const { me } = await planner();
    await me.say('search for budget');
    const order = found(await me.say('search for budget'));
    for (const [index, words] of ['open the first', 'show me the second one', 'open number 3'].entries()) {
      await me.say('search for budget');
      const heard = (await me.say(words)).says('Here it is');
      const [card] = heard.result.cards;
      expect(card?.kind === 'email' ? 'draft' : card?.kind).toBe(order[index]?.split(' ')[0]);
    }
    (await me.say('open number 9')).says('not shown a list with that many');
  });

  test('completed, moved and deleted, and undone', async () => {
    const { me } = await person(product.url);
    for (const what of ['paint the fence', 'paint the door', 'paint the shed'])
      await me.say(`create a task to ${what}`);
    const order = hitsIn(await me.say('search for paint')).map(({ title }) => title);
    const done = (await me.say('complete the second')).did('completed', { title: order[1] ?? '' });
    (await me.undo(done)).did('reopened');
    await me.say('search for paint');
    (await me.say('move the first to friday')).did('updated', { due_date: '2026-11-20' });
  });

  test('a place that holds another kind of thing is said so', async () => {
    const { me } = await planner();
    const order = found(await me.say('search for budget'));
    const words = ['first', 'second', 'third'][order.indexOf('event Budget call')] ?? '';
    (await me.say(`complete the ${words}`)).refused('not_found').says('"Budget call" is no task');
    expect((await me.say(`move the ${words} to friday`)).result.action).toBe('update_event');
  });
});

test('the indexes are made for the queries', async () => {
  const db = connect(product.database.ownerUrl, { poolMax: 1, name: 'test' });
  try {
    const answer = await db.transaction(async (trx) => {
      await trx.raw('set local enable_seqscan = off');
      await trx.raw('drop index tasks_open; drop index tasks_changed');
      return trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(
        `explain select id from tasks where deleted_at is null
          and words_of(array[title, notes, list, location], tags) @@ to_tsquery('english'::regconfig, '''soap'':*')`,
      );
    });
    expect(answer.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('tasks_words');
  } finally {
    await db.destroy();
  }
});
