import { beforeAll, describe, expect, test } from 'vitest';
import type { Card } from '../../contracts/result.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { ZONE, type Heard } from './talk.ts';
import { person, type Person } from './with-rest.ts';

let product: SharedProduct;
beforeAll(async () => {
  product = await sharedProduct();
});

type Briefing = Extract<Card, { kind: 'briefing' }>['data'];
function briefingIn({ result }: Heard): Briefing {
  const card = result.cards.find((shown) => shown.kind === 'briefing');
  if (!card) throw new Error(`No briefing was shown: ${result.reply}`);
  return card.data;
}
const titles = (things: readonly { title: string }[]): string[] => things.map(({ title }) => title);

/** Wednesday with a conflict, something due, something late; Friday with an event and a task. */
async function busy(): Promise<Person> {
  const someone = await person(product.url);
  const { me, event } = someone;
  await event('Standup', '2026-11-18T09:00', '2026-11-18T09:30');
  await event('Dentist', '2026-11-18T14:00', '2026-11-18T15:00', { location: 'Ring 4' });
  await event('Budget call', '2026-11-18T14:30', '2026-11-18T15:30');
  await event('Holiday', '2026-11-20T00:00', '2026-11-21T00:00', { all_day: true });
  await event('Trip planning', '2026-11-20T10:00', '2026-11-20T11:00');
  await me.say('create a task to buy milk by today');
  await me.say('create a task to write the report by friday');
  await me.say('create a task to pay the rent by yesterday');
  return someone;
}

describe('a briefing of a day', () => {
  test('a day without anything is clear, and says when there is room', async () => {
    const { me } = await person(product.url);
    const heard = (await me.say('brief me'))
      .understood('daily_briefing')
      .says(/^Today, Wednesday 18 November is clear: no events and nothing due\.\nFree: 10:00–17:00\.$/)
      .changesNothing();
    expect(heard.result.workflow_type).toBe('briefing');
    expect(briefingIn(heard)).toEqual({
      title: 'Wednesday 18 November',
      timezone: ZONE,
      range: { start: '2026-11-18T00:00:00+01:00', end: '2026-11-19T00:00:00+01:00' },
      events: [],
      due: [],
      overdue: [],
      conflicts: [],
      free: [{ start: '2026-11-18T10:00:00+01:00', end: '2026-11-18T17:00:00+01:00' }],
      reminders: [],
      changed: [],
      changed_more: 0,
    });
  });

  test('reminders of the day, without those that hang on something that is told', async () => {
    const { me, event } = await person(product.url);
    await event('Dentist', '2026-11-18T14:00', '2026-11-18T15:00');
    await me.sayAll(
      'remind me to take pills every day at 20:00',
      'remind me to call mum at 5pm',
      'remind me tomorrow at 9 to buy stamps',
      'remind me an hour before the dentist',
    );
    const heard = (await me.say('brief me'))
      .says('1 event, 2 reminders.')
      .says('Reminders: 17:00 "call mum", 20:00 "take pills".');
    expect(titles(briefingIn(heard).reminders)).toEqual(['call mum', 'take pills']);
    (await me.say('brief me for tomorrow')).says('Reminders: 09:00 "buy stamps".');
    (await me.say('brief me on this week')).says('• Wed 18:').says('reminders 17:00 "call mum"');
  });

  test('a few of the last changes, and how many there are besides', async () => {
    const { me } = await person(product.url);
    await me.say(`buy ${['milk', 'eggs', 'figs', 'tea', 'rice', 'salt', 'oats', 'jam'].join('; buy ')}`);
    const { changed, changed_more: more } = briefingIn(
      (await me.say('brief me')).says(/Since yesterday: .*; and 5 other changes\.$/),
    );
    expect([changed.length, more]).toEqual([5, 3]);
  });

  test('events, what is due and late, what overlaps, what is free, and what has changed', async () => {
    const { me } = await busy();
    const heard = (await me.say('give me my daily briefing'))
      .says('3 events, 1 task due, 1 overdue, 1 conflict')
      .says('• 14:00–15:00 "Dentist" at Ring 4')
      .says('Due: "buy milk".')
      .says('"Dentist" and "Budget call" overlap at 14:30.')
      .says('Overdue: "pay the rent" (17 November).')
      .says('Free: 10:00–14:00, 15:30–17:00.')
      .says('Since yesterday: Added "pay the rent"');
    const data = briefingIn(heard);
    expect(titles(data.events)).toEqual(['Standup', 'Dentist', 'Budget call']);
    expect([titles(data.due), titles(data.overdue)]).toEqual([['buy milk'], ['pay the rent']]);
    expect(data.conflicts.map(({ first, second }) => [first.title, second.title])).toEqual([
      ['Dentist', 'Budget call'],
    ]);
    expect(data.changed).toContain('Added "buy milk"');
    expect(heard.result.usage.tokens_used).toBe(0);
  });

  test('another day by its name, in whole days; what is late belongs to today', async () => {
    const { me } = await busy();
    const tomorrow = briefingIn((await me.say('what does tomorrow look like?')).says(/^Tomorrow, Thursday/));
    expect([tomorrow.events, tomorrow.due, tomorrow.overdue]).toEqual([[], [], []]);
    const friday = briefingIn((await me.say('brief me on friday')).says('all day "Holiday"'));
    expect(titles(friday.events)).toEqual(['Holiday', 'Trip planning']);
    expect(titles(friday.due)).toEqual(['write the report']);
    // A day off blocks no hours of its own.
    expect(friday.free.map(({ start }) => start.slice(11, 16))).toEqual(['09:00', '11:00']);
  });

  test('a part of the day is a part of the day', async () => {
    const { me } = await busy();
    const data = briefingIn(await me.say('brief me for this afternoon'));
    expect(titles(data.events)).toEqual(['Dentist', 'Budget call']);
  });

  test('what was done and what was taken back is not told as new', async () => {
    const { me } = await person(product.url);
    await me.say('create a task to buy milk by today');
    await me.say('create a task to buy bread by today');
    await me.say('undo');
    await me.say('mark the milk task as done');
    const data = briefingIn(await me.say('brief me'));
    expect(data.due).toEqual([]);
    expect(data.changed).toEqual(['Completed "buy milk"', 'Added "buy milk"']);
  });

  test('after it things are known by their names and places', async () => {
    const { me } = await busy();
    await me.say('brief me');
    (await me.say('complete the milk task')).did('completed', { title: 'buy milk' });
    await me.say('brief me for tomorrow');
    (await me.say('create a task to call Ann by tomorrow')).did('created');
    await me.say('brief me for tomorrow');
    (await me.say('complete the first one')).did('completed', { title: 'call Ann' });
  });

  test('markup in a title is only text', async () => {
    const { me, event } = await person(product.url);
    await event('<img src=x onerror=alert(1)>', '2026-11-18T11:00', '2026-11-18T12:00');
    (await me.say('brief me')).says('11:00–12:00 "<img src=x onerror=alert(1)>"');
  });

  test("nobody sees another one's day", async () => {
    await busy();
    const { me } = await person(product.url);
    expect(briefingIn(await me.say('brief me')).events).toEqual([]);
  });
});

describe('a briefing of a week', () => {
  test('from monday to sunday, told from today on', async () => {
    const { me, event } = await busy();
    await event('Gone by', '2026-11-16T10:00', '2026-11-16T11:00');
    const heard = (await me.say('what does my week look like'))
      .understood('weekly_briefing')
      .says('The week of 16 to 22 November: 6 events, 2 tasks due, 1 overdue, 1 conflict.')
      .says('• Fri 20: all day "Holiday"; 10:00–11:00 "Trip planning"; due "write the report"')
      .says('Most room: Thursday 09:00–17:00.');
    expect(heard.result.reply).not.toContain('Mon 16');
    const { range, free } = briefingIn(heard);
    expect(range).toEqual({ start: '2026-11-16T00:00:00+01:00', end: '2026-11-23T00:00:00+01:00' });
    expect(free.every(({ start }) => start >= '2026-11-18T10:00')).toBe(true);
  });

  test('the next one, and a weekend', async () => {
    const { me } = await person(product.url);
    (await me.say('how does next week look')).says(/^The week of 23 to 29 November is clear/);
    (await me.say('brief me for the weekend')).says(/^21 to 22 November is clear/);
  });

  test('a week that starts on sunday', async () => {
    const { me } = await person(product.url);
    await me.say('my week starts on sunday');
    for (const words of ['weekly briefing', 'what does my week look like'])
      expect(briefingIn(await me.say(words)).range.start).toBe('2026-11-15T00:00:00+01:00');
  });

  test('free time keeps to the working hours that were set', async () => {
    const { me } = await person(product.url);
    await me.say('my working hours are 12 to 4');
    expect(briefingIn(await me.say('brief me for tomorrow')).free).toEqual([
      { start: '2026-11-19T12:00:00+01:00', end: '2026-11-19T16:00:00+01:00' },
    ]);
  });

  test('days of a series are told on their days, also over a change of clocks', async () => {
    const { me, event } = await person(product.url);
    await event('Standup', '2026-03-02T09:00', '2026-03-02T09:15', { recurrence: 'FREQ=WEEKLY;BYDAY=MO' });
    const heard = await me.say('brief me on march 30 2027');
    expect(briefingIn(heard).events).toEqual([]);
    const monday = briefingIn(await me.say('brief me on march 29 2027'));
    expect(monday.events.map(({ start }) => start)).toEqual(['2027-03-29T09:00:00+02:00']);
  });
});
