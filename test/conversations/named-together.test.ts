import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);
const openTitles = async (me: Talk): Promise<string[]> =>
  (await me.tasks())
    .filter(({ status }) => status === 'open')
    .map(({ title }) => title)
    .toSorted((one, other) => one.localeCompare(other));
const FOOD = 'add milk, eggs and bread to the shopping list';

describe('several that are named together', () => {
  it.each([
    ['I bought eggs and bread', ['milk']],
    ['bought milk, eggs and bread', []],
    ['got the milk and the eggs', ['bread']],
  ])('are ticked off: %s', async (text, left) => {
    const me = await begun(FOOD, text);
    expect(await openTitles(me)).toEqual(left);
  });

  it('are one where a task has the whole name', async () => {
    const me = await begun('add buy eggs and bread', 'add buy bread crumbs', 'I bought eggs and bread');
    expect(await openTitles(me)).toEqual(['buy bread crumbs']);
  });

  it('are asked about where one of them is not there', async () => {
    const me = await begun(FOOD);
    (await me.say('I bought eggs and caviar')).asks({ slot: 'target', kind: 'choice' });
    expect(await openTitles(me)).toEqual(['bread', 'eggs', 'milk']);
  });

  it.each([
    ['put olive oil and tomatoes on my shopping list', ['olive oil', 'tomatoes']],
    ['add toilet paper and dish soap to the shopping list', ['dish soap', 'toilet paper']],
    ['put mac and cheese on my shopping list', ['mac and cheese']],
    ['put olive oil and tomatoes on the list', ['olive oil and tomatoes']],
  ])('are put on a list: %s', async (text, titles) => {
    const me = await begun(text);
    expect(await openTitles(me)).toEqual(titles);
  });

  it.each(['remove milk, eggs and bread from the calendar', 'remove milk, eggs and bread from the list'])(
    'go together after a yes: %s',
    async (text) => {
      const me = await begun(FOOD);
      (await me.say(text)).asks({ slot: 'target', kind: 'confirm', words: /1\. .*2\. .*3\. /s });
      await me.say('yes');
      expect(await openTitles(me)).toEqual([]);
    },
  );

  it('are called off together', async () => {
    const me = await begun('lunch friday at 12', 'dinner friday at 19', 'gym friday at 17');
    (await me.say('cancel lunch, dinner and gym')).asks({ slot: 'target', kind: 'confirm' });
    await me.say('yes');
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([]);
  });

  it('change places', async () => {
    const me = await begun('lunch with Ann tomorrow at 12', 'call with Bob friday from 15:00 to 15:30');
    (await me.say('swap them')).asks({ slot: 'target', kind: 'confirm' });
    await me.say('yes');
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([
      '2026-11-19T12:00 call with Bob',
      '2026-11-20T15:00 lunch with Ann',
    ]);
  });

  it('last longer together', async () => {
    const me = await begun('training every tuesday at 18:00', 'yoga every thursday at 19:00');
    (await me.say('make both half an hour longer')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /18:00 to 19:30[\s\S]*19:00 to 20:30/,
    });
    (await me.say('yes')).says(/^Changed 2 events/);
  });
});

describe('reminders that were just set', () => {
  it('are both meant by both', async () => {
    const me = await begun('remind me to call mum tomorrow at 9 and remind me to pay rent friday at 10');
    (await me.say('delete both')).asks({ slot: 'target', kind: 'confirm', words: /Delete 2 reminders/ });
    (await me.say('yes')).says('Deleted 2 reminders.');
    (await me.say('what reminders do I have?')).remindersAre([]);
  });

  it('go with a task that was made beside', async () => {
    const me = await begun('remind me to call mum tomorrow at 9', 'add task buy milk');
    (await me.say('delete both')).asks({ slot: 'target', kind: 'confirm', words: /1\. .*2\. /s });
    await me.say('yes');
    (await me.say('what reminders do I have?')).remindersAre([]);
    expect(await openTitles(me)).toEqual([]);
  });

  it.each(['stop that reminder', 'turn that reminder off', 'cancel the reminder', 'end this reminder'])(
    '%s ends it',
    async (text) => {
      const me = await begun('add call the stretch coach', 'remind me to stretch every day at 11');
      (await me.say(text)).says('Deleted the reminder "stretch".');
      expect(await openTitles(me)).toEqual(['call the stretch coach']);
    },
  );
});

describe('what is said of one entry in one go', () => {
  it('is its list, its tag and its priority', async () => {
    const me = await talk(url);
    (await me.say('add milk to shopping list, tag it food, high priority')).did('created', {
      title: 'milk',
      list: 'shopping',
      tags: ['food'],
      priority: 'high',
    });
  });

  it.each([
    'subtasks for write report: outline, draft, polish',
    'steps of write report: outline, draft and polish',
  ])('are its steps: %s', async (text) => {
    const me = await begun('add write report');
    (await me.say(text)).says('Added 3 steps to "write report": "outline", "draft", "polish".');
    (await (await talk(url)).say(text)).refused('not_found').says(/no task that matches "write report"/);
  });
});
