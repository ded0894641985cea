import { beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../contracts/entities.ts';
import { eventually } from '../support/eventually.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { ZONE } from './talk.ts';
import { person, type Person } from './with-rest.ts';

let product: SharedProduct;
beforeAll(async () => {
  product = await sharedProduct();
});
const settingsOf = ({ call }: Person): Promise<unknown> => call('GET', '/settings');

test.each<[words: string, reply: RegExp, settings: Partial<Settings>]>([
  ['set my time zone to Tokyo', /^Your time zone is Asia\/Tokyo\./, { timezone: 'Asia/Tokyo' }],
  ['change my timezone to PST', /America\/Los_Angeles/, { timezone: 'America/Los_Angeles' }],
  ['my working hours are 8 to 4', /08:00 to 16:00/, { working_hours: { start: '08:00', end: '16:00' } }],
  ['I work from 10 to 6', /10:00 to 18:00/, { working_hours: { start: '10:00', end: '18:00' } }],
  // The other end stays as it was.
  ['i finish at 6', /09:00 to 18:00/, { working_hours: { start: '09:00', end: '18:00' } }],
  ['i stop working at 4', /09:00 to 16:00/, { working_hours: { start: '09:00', end: '16:00' } }],
  ["i'm done at 6 most days", /09:00 to 18:00/, { working_hours: { start: '09:00', end: '18:00' } }],
  ['I start work at 8:30', /08:30 to 17:00/, { working_hours: { start: '08:30', end: '17:00' } }],
  ['I start at 8 and finish at 5:30', /08:00 to 17:30/, { working_hours: { start: '08:00', end: '17:30' } }],
  ['my day starts at 8 and ends at 4', /08:00 to 16:00/, { working_hours: { start: '08:00', end: '16:00' } }],
  ['i finish at 6 from now on', /09:00 to 18:00/, { working_hours: { start: '09:00', end: '18:00' } }],
  ['my week starts on sunday', /starts on Sunday/, { week_start: 'sunday' }],
  ['meetings are 30 minutes by default', /^Events take 30 minutes/, { event_minutes: 30 }],
  ['make my tasks 45 minutes by default', /^Tasks take 45 minutes/, { task_minutes: 45 }],
  ['brief me every morning at 7', /every day at 07:00/, { briefing_time: '07:00', timezone: ZONE }],
  ['brief me every morning', /every day at 07:00/, { briefing_time: '07:00' }],
  ['send me a briefing at 8am every day', /at 08:00/, { briefing_time: '08:00' }],
  [
    'set quiet hours from 10pm to 7am',
    /waits until 07:00/,
    { quiet_hours: { start: '22:00', end: '07:00' }, timezone: ZONE },
  ],
  ["don't disturb me after 9pm", /21:00 to 07:00/, { quiet_hours: { start: '21:00', end: '07:00' } }],
  ['emails should be formal', /formal tone/, { email_style: 'formal' }],
  ['next friday means the coming one', /the coming one/, { next_weekday: 'coming' }],
])('%s', async (words, reply, settings) => {
  const someone = await person(product.url);
  const { me } = someone;
  const before = await settingsOf(someone);
  const heard = (await me.say(words)).understood('set_preference').says(reply);
  expect(heard.result).toMatchObject({ status: 'completed', decision: 'AUTO', workflow_type: null });
  expect(heard.receipt.effects).toMatchObject([{ kind: 'setting', op: 'update' }]);
  expect(await settingsOf(someone)).toMatchObject(settings);
  // Said twice it changes nothing more.
  (await me.say(words)).says(/^That is so already\./).changesNothing();
  (await me.say('undo')).says(/^Undone: Changed a setting/);
  expect(await settingsOf(someone)).toEqual(before);
});

describe('what was set is taken away again', () => {
  test('the briefing', async () => {
    const someone = await person(product.url);
    await someone.me.say('brief me every morning at 6:30');
    for (const words of ['stop the morning briefing', 'turn off the daily briefing']) {
      await someone.me.say('brief me every day at 6:30');
      (await someone.me.say(words)).says(/You get no daily briefing/);
      expect(await settingsOf(someone)).toMatchObject({ briefing_time: null });
    }
  });

  test('quiet hours', async () => {
    const someone = await person(product.url);
    await someone.me.say('set quiet hours from 10pm to 7am');
    (await someone.me.say('turn off quiet hours')).says('You have no quiet hours.');
    expect(await settingsOf(someone)).toMatchObject({ quiet_hours: null });
  });
});

describe('what is set can be asked for', () => {
  test('all of it', async () => {
    const { me } = await person(product.url);
    await me.say('my working hours are 8 to 4');
    for (const words of ['what are my settings?', 'show my settings', 'what can I set?'])
      (await me.say(words))
        .understood('set_preference')
        .says('• Your working hours are 08:00 to 16:00.')
        .changesNothing();
  });

  test.each([
    [
      "what's my time zone",
      /^Your time zone is UTC\. Here the clock of Europe\/Vienna counts, as your device says\.$/,
    ],
    ['what are my working hours?', /^Your working hours are 09:00 to 17:00\.$/],
    ['when do you brief me', /^You get no daily briefing/],
  ])('%s', async (words, reply) => {
    const { me } = await person(product.url);
    (await me.say(words)).says(reply).changesNothing();
  });
});

describe('what can not be set', () => {
  test.each([
    ['my time zone is Narnia', /I don't know the time zone "Narnia"/],
    ['my week starts on wednesday', /can start on Monday or on Sunday/],
    ['set my working hours', /From when to when do you work\?/],
    ['turn on quiet hours', /From when to when\?/],
    ['quiet hours from 8pm to 8pm', /quiet all day long/],
    ['change working hours to 25 to 9', /There is no time "25", so I left it as it is/],
    ['set working hours from 9 to 25', /There is no time "25"/],
    ['set quiet hours from 26 to 7', /There is no time "26"/],
    ['briefing at 25:00 every day', /There is no time "at 25:00"/],
    ['set meetings to 3 minutes by default', /from 5 minutes to a day/],
    ['change my default list to home', /^I can't set that yet\. You can set your time zone/],
  ])('%s', async (words, reply) => {
    const someone = await person(product.url);
    const before = await settingsOf(someone);
    (await someone.me.say(words)).refused('validation_error').says(reply);
    expect(await settingsOf(someone)).toEqual(before);
  });
});

describe('what is set holds from the next words on', () => {
  test('both readings of "next friday", with the other one at hand', async () => {
    const { me, call } = await person(product.url);
    const parse = {
      text: 'call Bob next friday',
      timezone: ZONE,
      reference_time: '2026-11-18T10:00:00+01:00',
    };
    const readings = async (): Promise<unknown> => {
      const { acts } = (await call('POST', '/nlu/parse', parse)) as {
        acts: { entities: { readings: { value: unknown }[] }[] }[];
      };
      return acts[0]?.entities
        .flatMap((entity) => entity.readings.map(({ value }) => value))
        .filter((value) => /^\d/.test(String(value)));
    };
    (await me.say('create a task to call Ann next friday')).did('created', { due_date: '2026-11-27' });
    expect(await readings()).toEqual(['2026-11-27', '2026-11-20']);
    await me.say('next friday means the coming one');
    (await me.say('create a task to call Bob next friday')).did('created', { due_date: '2026-11-20' });
    expect(await readings()).toEqual(['2026-11-20', '2026-11-27']);
    await me.say('when I say next friday I mean friday of next week');
    (await me.say('create a task to call Rob next friday')).did('created', { due_date: '2026-11-27' });
  });

  test('weeks that start on sunday', async () => {
    const { me } = await person(product.url);
    await me.say('my week starts on sunday');
    (await me.say('create a task to call Ann at the end of the week')).did('created', {
      due_date: '2026-11-20',
    });
    (await me.say('create a task to call Bob next week')).did('created', { due_date: '2026-11-27' });
    (await me.say('create a task to rest by sunday')).did('created', { due_date: '2026-11-22' });
    // The coming Sunday opens next week.
    (await me.say('show my tasks for this week')).lists(['call Ann']);
    (await me.say('show my tasks for next week')).lists(['rest', 'call Bob']);
  });

  test('a zone, by words and over REST, on a device that says none of its own', async () => {
    const someone = await person(product.url, null);
    const { me, call } = someone;
    (await me.say('create a task to call Ann tomorrow at 9am')).did('created', {
      due_date: '2026-11-19T09:00:00+00:00',
    });
    await me.say('set my time zone to Tokyo');
    await eventually('the gateway has heard of it', () =>
      me.news.some((news) => news.type === 'entity.changed' && news.kind === 'setting'),
    );
    (await me.say('create a task to call Bob tomorrow at 9am')).did('created', {
      due_date: '2026-11-19T09:00:00+09:00',
    });
    await call('PUT', '/settings', { timezone: 'America/New_York' });
    (await me.say('create a task to call Rob tomorrow at 9am')).did('created', {
      due_date: '2026-11-19T09:00:00-05:00',
    });
  });

  test('a device that says where it is keeps its clock, and is told so', async () => {
    const { me } = await person(product.url);
    (await me.say('set my time zone to Tokyo')).says(
      'A device that says where it is still goes by its own clock.',
    );
    (await me.say('create a task to call Bob tomorrow at 9am')).did('created', {
      due_date: '2026-11-19T09:00:00+01:00',
    });
  });

  test('two changes at once: the second sees the first', async () => {
    const someone = await person(product.url);
    await Promise.all([
      someone.me.say('emails should be formal'),
      someone.call('PUT', '/settings', { week_start: 'sunday' }),
      someone.call('PUT', '/settings', { event_minutes: 25 }),
    ]);
    expect(await settingsOf(someone)).toMatchObject({
      email_style: 'formal',
      week_start: 'sunday',
      event_minutes: 25,
    });
  });
});
