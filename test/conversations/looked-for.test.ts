import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);

describe('what is looked for', () => {
  it.each(['find budjet', 'find the budjet', 'please find budjet'])('%s forgives a slip', async (text) => {
    const me = await begun('add plan the budget');
    (await me.say(text)).understood('search').says(/looked for "budget"[\s\S]*"plan the budget"/);
    (await me.say('move it to friday')).did('updated', { due_date: '2026-11-20' });
  });

  it('is a task where there is one with the words', async () => {
    const me = await begun('add plan the budget');
    (await me.say('find budget')).understood('list_tasks').lists(['plan the budget']);
  });

  it('is shown by its name', async () => {
    const me = await begun('add write report');
    (await me.say('show write report')).lists(['write report']).changesNothing();
    (await me.say('show write poem')).changesNothing();
    expect(await me.titles()).toEqual(['write report']);
  });

  it('stays a list when one of it was opened, which "it" is then', async () => {
    const me = await begun('add review report', 'add print report', 'add send report', 'find report');
    (await me.say('open the third')).says('Here it is: "send report"');
    (await me.say('do it tomorrow')).did('updated', { title: 'send report', due_date: '2026-11-19' });
    (await me.say('move the third to friday')).did('updated', {
      title: 'send report',
      due_date: '2026-11-20',
    });
    (await me.say('move the first to monday')).did('updated', {
      title: 'review report',
      due_date: '2026-11-23',
    });
  });
});

describe('a question about something known', () => {
  it.each([
    [
      'remind me to take my pills every day at 8',
      /^I remind you of "take my pills" every day at 08:00, next Thursday/,
    ],
    ['take my pills tomorrow at 9', /^"take my pills" is due Thursday 19 November at 09:00\.$/],
    ['add take my pills', /no due date/],
  ])('%s: when do I take my pills?', async (made, told) => {
    const me = await begun(made);
    (await me.say('when do I take my pills?')).says(told).changesNothing();
  });

  it.each([
    ['when are my working hours?', /^Your working hours are 09:00 to 17:00\.$/],
    ['when does my working day end?', /^Your working hours are/],
    ['when do I take my pills?', /^I found no task, reminder or event "take my pills"/],
    ["what's on christmas?", /nothing in your calendar on Friday 25 December/],
  ])('%s', async (text, told) => {
    (await (await talk(url)).say(text)).says(told).changesNothing();
  });

  it('shows the day of a feast', async () => {
    const me = await begun('lunch with grandma on december 25 at 12');
    (await me.say("what's on christmas?")).listsEvents(['2026-12-25T12:00 lunch with grandma']);
  });

  it('means either of two', async () => {
    const me = await begun('add pay rent, urgent', 'add file taxes, due november 23', 'add read');
    const heard = await me.say("what's overdue or urgent?", '2026-11-25T10:00:00+01:00');
    const card = heard.result.cards.find(({ kind }) => kind === 'tasks');
    const titles = card?.kind === 'tasks' ? card.data.tasks.map(({ title }) => title) : [];
    expect(titles.toSorted((one, other) => one.localeCompare(other))).toEqual(['file taxes', 'pay rent']);
  });

  it.each(['what did I do today?', 'what have I changed?', 'what did I just add'])('%s', async (text) => {
    const me = await begun('add buy milk');
    (await me.say(text)).says(/^1 change, the latest first:\n1\. Added "buy milk"$/);
  });

  it('"undo that too" takes the change before', async () => {
    const me = await begun('add buy milk', 'add call Bob', 'undo', 'undo that too');
    expect(await me.titles()).toEqual([]);
  });
});

describe('what is told of something there is', () => {
  it('is its due date', async () => {
    const me = await begun('add slides');
    (await me.say('the slides are due thursday')).did('updated', { title: 'slides', due_date: '2026-11-19' });
  });

  it('takes somebody off who was named', async () => {
    const me = await begun('dinner with Ann and Bob friday at 7pm');
    (await me.say('remove Bob')).didEvent('updated', { participants: ['Ann'] });
    const other = await begun('draft an email to Ann and Bob about the party');
    (await other.say('remove Bob')).says(/^It is for Ann now\./);
    (await other.say('remove milk')).refused('not_found');
  });

  it('holds no more when it is forgotten', async () => {
    const me = await begun('I work from 8 to 16');
    (await me.say('forget that I work from 8 to 16')).says(/^Your working hours are 09:00 to 17:00\./);
  });

  it('has the letter that it is called by', async () => {
    const me = await talk(url);
    (await me.say('meeting A tomorrow at 9')).didEvent('created', { title: 'meeting A' });
  });

  it('is asked for with its day', async () => {
    const me = await talk(url);
    (await me.say('december 3 to 7pm')).says('What is the event on Thursday 3 December called?');
    (await me.say('book fair')).says(/Thursday 3 December/);
    (await me.say('at 5pm')).didEvent('created', {
      start: '2026-12-03T17:00:00+01:00',
      end: '2026-12-03T19:00:00+01:00',
    });
  });
});

describe('a request of its own, while something is asked', () => {
  const LUNCHES = ['lunch with Ann tomorrow at 12', 'lunch with Bob friday at 12'];

  it.each([
    ['what did I change?', /2 changes, the latest first/],
    ['why did the lunch move?', /Added "lunch with Bob"/],
  ])('%s is answered, and the question stays', async (text, told) => {
    const me = await begun(...LUNCHES);
    (await me.say('move the lunch to 1')).asks({ slot: 'target', kind: 'choice' });
    (await me.say(text)).says(told).changesNothing();
    (await me.say('the first one')).didEvent('updated');
  });

  it('"add another meeting at 4" is no title', async () => {
    const me = await begun('add a task');
    (await me.say('add another meeting at 4')).says(
      /^Added "meeting"[\s\S]*What should the task be called\?/,
    );
    (await me.say('buy milk')).did('created', { title: 'buy milk' });
  });
});
