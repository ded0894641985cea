import { beforeAll, describe, expect, it } from 'vitest';
import { event, type Event, type Reminder } from '../../contracts/entities.ts';
import { responseOf } from '../../contracts/requests.ts';
import { sharedProduct } from '../support/product.ts';
import { talk, ZONE, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Puts something into the calendar of somebody. */
async function has(me: Talk, fields: { title: string; start: string } & Partial<Event>): Promise<string> {
  const body = { timezone: ZONE, ...fields };
  const { item } = await me.client.rest.call({
    method: 'POST',
    path: '/events',
    body,
    schema: responseOf(event),
  });
  if (!item) throw new Error('No event was made');
  return item.id;
}
const at = (time: string): string => `2026-11-${time}:00+01:00`;

describe('a reminder of what was just made', () => {
  it.each<[string, string, Partial<Reminder>]>([
    ['buy milk', 'remind me tomorrow at 8', { title: 'buy milk', remind_at: at('19T08:00') }],
    ['dentist friday at 3', 'remind me tonight', { title: 'dentist', remind_at: at('18T18:00') }],
    ['pay the rent by friday', 'remind me in an hour', { title: 'pay the rent', remind_at: at('18T11:00') }],
  ])('%s; %s', async (made, words, expected) => {
    const me = await talk(url);
    await me.say(made);
    await me.say(words);
    expect((await me.client.rest.reminders({ limit: 50 })).items).toMatchObject([expected]);
  });

  it('is asked about where nothing was made, and where that is gone', async () => {
    const me = await talk(url);
    (await me.say('remind me tomorrow at 8')).asks({ slot: 'title' });
    const other = await talk(url);
    await other.say('buy milk');
    await other.say('delete milk');
    (await other.say('remind me at 5')).asks({ slot: 'title' });
  });
});

describe('a reminder at a moment', () => {
  it.each<[string, Partial<Reminder>]>([
    ['remind me to call mom tomorrow at 5pm', { title: 'call mom', remind_at: at('19T17:00') }],
    ['remind me in 20 minutes to check the oven', { title: 'check the oven', remind_at: at('18T10:20') }],
    ['remind me at 8 to call mom', { title: 'call mom', remind_at: at('18T20:00') }],
    ['remind me at 10 to call mom', { title: 'call mom', remind_at: at('18T22:00') }],
    [
      'can you remind me on the 25th to send the invoice',
      { title: 'send the invoice', remind_at: at('25T09:00') },
    ],
    ['remind me tonight to take out the trash', { title: 'take out the trash', remind_at: at('18T18:00') }],
    ['remind me today to call mom', { title: 'call mom', remind_at: at('18T18:00') }],
    ['remind me in the morning to jog', { title: 'jog', remind_at: at('19T09:00') }],
    ['remind me this weekend to clean', { title: 'clean', remind_at: at('21T09:00') }],
    ['remind me next week to renew the passport', { title: 'renew the passport', remind_at: at('23T09:00') }],
    ['set a reminder for friday: pay the rent', { title: 'pay the rent', remind_at: at('20T09:00') }],
    ['ping me at 4 about the invoice', { title: 'invoice', remind_at: at('18T16:00') }],
    ['set an alarm for 7am', { title: 'Alarm', remind_at: at('19T07:00') }],
    ['wake me up at 6:30', { title: 'Alarm', remind_at: at('19T06:30') }],
    ['set a timer for 5 minutes', { title: 'Timer', remind_at: at('18T10:05') }],
    ['remind me in an hour and a half to leave', { title: 'leave', remind_at: at('18T11:30') }],
  ])('"%s"', async (text, reminder) => {
    const me = await talk(url);
    (await me.say(text)).reminded('created', { status: 'scheduled', recurrence: null, ...reminder });
  });

  it('asks what and when, one after the other', async () => {
    const me = await talk(url);
    (await me.say('set a reminder')).asks({ slot: 'title', words: /What should I remind you of\?/ });
    (await me.say('to phone the bank')).asks({ slot: 'remind_at', words: /When/ });
    (await me.say('at 15:00')).reminded('created', { title: 'phone the bank', remind_at: at('18T15:00') });
    (await me.say('remind me in 3 days')).asks({ slot: 'title' });
    (await me.say('send the letter')).reminded('created', {
      title: 'send the letter',
      remind_at: at('21T09:00'),
    });
    (await me.say('remind me to feed the cat')).asks({ slot: 'remind_at' });
    (await me.say('tomorrow')).reminded('created', { title: 'feed the cat', remind_at: at('19T09:00') });
    (await me.say('remind me to run')).asks({ slot: 'remind_at' });
    (await me.say('never mind')).changesNothing();
    expect(me.open).toEqual([]);
  });

  it.each([
    ['remind me an hour before', null],
    ['two hours before it please', null],
    ['30 minutes earlier', null],
    ['a day before', '19T09:00'],
    ['remind me the day before at 6pm', '19T18:00'],
    ['at 5', '20T17:00'],
    ['tomorrow at 8', '19T08:00'],
  ])('what has a day alone gives no hour to count from: "%s"', async (answer, time) => {
    const me = await talk(url);
    await me.sayAll('add a task to write the essay by friday', 'remind me an hour before');
    const heard = await me.say(answer);
    if (time === null) heard.changesNothing().asks({ slot: 'remind_at', words: /When should I remind/ });
    else heard.reminded('created', { title: 'write the essay', remind_at: at(time) });
  });

  it.each([
    ['remind me yesterday at 5 to call', /"yesterday at 5" is over already/],
    ['remind me on feb 30 to call dad', /"on feb 30"/],
    ['remind me at 25:00 to run', /"at 25:00"/],
  ])('"%s" is told back, and the time asked for', async (text, words) => {
    const me = await talk(url);
    (await me.say(text)).changesNothing().says(words).asks({ slot: 'remind_at' });
    const set = (await me.say('friday at noon')).reminded('created', { remind_at: at('20T12:00') });
    expect(set.result.reply).not.toMatch(/could not read/);
  });

  it('two in one message are two', async () => {
    const me = await talk(url);
    const set = await me.say('remind me to call Ann at 9 and Bob at 10');
    expect(set.result.acts.map(({ reply }) => reply)).toEqual([
      'Reminder set: "call Ann", Wednesday 18 November at 21:00.',
      'Reminder set: "call Bob", Wednesday 18 November at 22:00.',
    ]);
    await me.say('undo the last two');
    (await me.say('show my reminders')).remindersAre([]);
  });

  it('keeps words that are no text for a page as they are', async () => {
    const me = await talk(url);
    const title = '<img src=x onerror=alert(1)> & "more"';
    (await me.say(`remind me to read ${title} tomorrow at 9`)).reminded('created', {
      remind_at: at('19T09:00'),
    });
    const long = 'word '.repeat(700).trim();
    const set = (await me.say(`remind me tomorrow at 9 to ${long}`)).reminded('created');
    expect(set.result.reply.length).toBeLessThan(400);
  });
});

describe('a reminder that repeats', () => {
  it.each<[string, Partial<Reminder>]>([
    [
      'remind me to drink water every weekday at 8',
      { recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=0', remind_at: at('19T08:00') },
    ],
    ['remind me to pay rent on the 1st of every month', { remind_at: '2026-12-01T09:00:00+01:00' }],
    ['remind me to take out the trash every tuesday evening', { remind_at: at('24T18:00') }],
    [
      'remind me every 2 hours to stretch',
      { recurrence: 'FREQ=HOURLY;INTERVAL=2', remind_at: at('18T12:00') },
    ],
    ['remind me to take pills every day at 8 and 20', { remind_at: at('18T20:00') }],
    [
      'remind me every weekday at 8 to stretch until december 1',
      { recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=0;UNTIL=20261201' },
    ],
  ])('"%s"', async (text, reminder) => {
    const me = await talk(url);
    (await me.say(text)).reminded('created', reminder);
  });

  it('moves with all its days, and is ended by words', async () => {
    const me = await talk(url);
    await me.say('remind me to drink water every weekday at 8');
    (await me.say('change the reminder to 9am')).reminded('updated', {
      remind_at: at('19T09:00'),
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0',
    });
    (await me.say('mark the water reminder done'))
      .changesNothing()
      .says(/comes again Thursday 19 November at 09:00/);
    (await me.say('stop reminding me about water')).reminded('deleted', { title: 'drink water' });
    (await me.say('undo')).reminded('restored', { title: 'drink water' });
  });

  it('is done for today before it came, and comes again the next time', async () => {
    const me = await talk(url);
    await me.say('remind me to take pills every day at 20:00');
    (await me.say('mark the pills reminder done'))
      .reminded('updated', { status: 'scheduled', remind_at: at('19T20:00') })
      .says('Done: "take pills". It comes again Thursday 19 November at 20:00.');
    // Today's is done: the next one is not.
    (await me.say('mark the pills reminder done')).changesNothing().says(/comes again Thursday 19/);
    await me.say('undo');
    (await me.say('show my reminders')).says(/next Wednesday 18 November at 20:00/);
  });

  it('is over when it is done for the last time', async () => {
    const me = await talk(url);
    await me.say('remind me to take pills every day at 20:00 until november 18');
    (await me.say('mark the pills reminder done')).reminded('updated', { status: 'done' });
  });

  it('before days of a series is done for today', async () => {
    const me = await talk(url);
    await has(me, { title: 'choir', start: at('18T19:00'), recurrence: 'FREQ=WEEKLY' });
    await me.say('remind me an hour before every choir');
    (await me.say('mark the choir reminder done')).reminded('updated', { remind_at: at('25T18:00') });
  });

  it('is never asked for more often than anybody could read', async () => {
    const me = await talk(url);
    (await me.say('remind me every minute to breathe')).refused('feature_unavailable').says(/too often/);
  });
});

describe('a reminder before something', () => {
  it('counts from the event, by its name, with a deed of its own, or by button', async () => {
    const me = await talk(url);
    await has(me, { title: 'dentist', start: at('20T14:00') });
    const dentist = { item_kind: 'event', title: 'dentist' } as const;
    (await me.say('remind me an hour before the dentist')).reminded('created', {
      ...dentist,
      remind_at: at('20T13:00'),
      before_minutes: 60,
    });
    (await me.say('remind me to bring the forms a day before the dentist')).reminded('created', {
      title: 'bring the forms',
      remind_at: at('19T14:00'),
      before_minutes: 1_440,
    });
    (await me.say('remind me before the dentist')).reminded('created', { ...dentist, before_minutes: 30 });
    const asked = (await me.say('remind me about the dentist')).asks({
      slot: 'remind_at',
      choices: [/^10 minutes before/, /^An hour before/, /^A day before/],
    });
    (await me.tap(asked, /^10 minutes/)).reminded('created', { ...dentist, remind_at: at('20T13:50') });
    await me.say('remind me about the dentist');
    (await me.say('2 hours before')).reminded('created', { remind_at: at('20T12:00'), before_minutes: 120 });
  });

  it('moves with it, and is over when it is gone', async () => {
    const me = await talk(url);
    const id = await has(me, { title: 'dentist', start: at('20T14:00') });
    await me.say('remind me an hour before the dentist');
    const patch = { method: 'PATCH', path: `/events/${id}`, schema: responseOf(event) } as const;
    await me.client.rest.call({ ...patch, body: { start: at('23T16:00') } });
    (await me.say('show my reminders')).says(/dentist \(Monday 23 November at 15:00\)/);
    await me.client.rest.call({ ...patch, method: 'DELETE' });
    (await me.say('show my reminders')).remindersAre([]);
  });

  it('comes each time before a series', async () => {
    const me = await talk(url);
    await has(me, { title: 'standup', start: at('16T09:00'), recurrence: 'FREQ=DAILY' });
    (await me.say('remind me 10 minutes before every standup'))
      .reminded('created', { remind_at: at('19T08:50'), before_minutes: 10, recurrence: 'FREQ=DAILY' })
      .says(/each time/);
    (await me.say('what reminders do I have on friday')).says(/standup \(Friday 20 November at 08:50\)/);
  });

  it('on the evening before, before an hour of the day, or before a meal', async () => {
    const me = await talk(url);
    await has(me, { title: 'exam', start: at('20T14:00') });
    await has(me, { title: 'lunch', start: at('18T12:30') });
    (await me.say('remind me the evening before the exam')).reminded('created', {
      title: 'exam',
      remind_at: at('19T18:00'),
    });
    (await me.say('remind me an hour before lunch')).reminded('created', {
      title: 'lunch',
      remind_at: at('18T11:30'),
    });
    await has(me, { title: 'review', start: at('18T15:00') });
    (await me.say('remind me five minutes before my 3pm')).reminded('created', {
      title: 'review',
      remind_at: at('18T14:55'),
    });
  });

  it('of whole days counts in the morning', async () => {
    const me = await talk(url);
    await has(me, { title: 'holiday', start: '2026-12-20T00:00:00+01:00', all_day: true });
    (await me.say('remind me the day before the holiday')).reminded('created', {
      remind_at: '2026-12-19T09:00:00+01:00',
    });
  });

  it('counts from when a task is due; one without an hour is asked about', async () => {
    const me = await talk(url);
    await me.say('create a task to finish the report due friday at 5pm');
    (await me.say("remind me 30 minutes before it's due")).reminded('created', {
      title: 'finish the report',
      item_kind: 'task',
      remind_at: at('20T16:30'),
      before_minutes: 30,
    });
    await me.say('create a task to buy milk');
    (await me.say("remind me an hour before it's due")).says(/has no time/).asks({ slot: 'remind_at' });
    (await me.say('tomorrow at 8')).reminded('created', { title: 'buy milk', item_kind: 'task' });
    (await me.say('remind me about the report tomorrow at 9')).reminded('created', {
      title: 'finish the report',
      remind_at: at('19T09:00'),
      before_minutes: null,
    });
  });

  it('of what the same message makes', async () => {
    const me = await talk(url);
    const set = await me.say('add a task to water the plants on friday and remind me at 9');
    expect(set.result.cards.find(({ kind }) => kind === 'reminder')?.data).toMatchObject({
      reminder: { title: 'water the plants', item_kind: 'task', remind_at: at('20T09:00') },
    });
    const iron = await me.say('add a task to iron tomorrow at 4pm and remind me 30 minutes before');
    expect(iron.result.acts[1]?.reply).toMatch(/30 minutes before "iron", Thursday 19 November at 15:30/);
  });

  it('asks which one is meant, when a name is unknown, and what is over', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to buy milk due friday', 'create a task to buy oat milk due friday');
    const asked = (await me.say('remind me a day before the milk is due')).asks({
      slot: 'target',
      kind: 'choice',
    });
    (await me.tap(asked, /^buy oat milk/)).reminded('created', {
      title: 'buy oat milk',
      remind_at: at('19T09:00'),
    });
    (await me.say('remind me an hour before the gala'))
      .says(/found no task or event "gala"/)
      .asks({ slot: 'remind_at', words: /^When should I remind you\?$/ });
    (await me.say('tomorrow at 9')).reminded('created', { title: 'gala', item_id: null });
    await has(me, { title: 'gym', start: at('18T10:30') });
    (await me.say('remind me an hour before the gym')).says(/which is over/).asks({ slot: 'remind_at' });
    (await me.say('at 10:15')).reminded('created', {
      title: 'gym',
      item_kind: 'event',
      remind_at: at('18T10:15'),
    });
  });
});

describe('a reminder that is there', () => {
  it('is corrected, moved, renamed and taken back', async () => {
    const me = await talk(url);
    await me.say('remind me to call mom tomorrow at 5pm');
    (await me.say('actually make it 6pm')).reminded('updated', { remind_at: at('19T18:00') });
    (await me.say('no, friday')).reminded('updated', { remind_at: at('20T18:00') });
    (await me.say('undo')).reminded('updated', { remind_at: at('19T18:00') });
    (await me.say('move it to friday at 10')).reminded('updated', { remind_at: at('20T10:00') });
    (await me.say('push the reminder back an hour')).reminded('updated', { remind_at: at('20T11:00') });
    (await me.say('rename the reminder to call dad')).reminded('updated', { title: 'call dad' });
    (await me.say('snooze the reminder for an hour')).reminded('updated', { remind_at: at('20T12:00') });
    (await me.say('remind me again tomorrow')).reminded('updated', { remind_at: at('19T09:00') });
    (await me.say('move the reminder to yesterday at 5')).changesNothing();
    (await me.say('mark the reminder as done')).reminded('updated', { status: 'done' });
    (await me.say('undo')).reminded('updated', { status: 'scheduled' });
    (await me.say('delete it')).reminded('deleted', { title: 'call dad' });
  });

  it('is found by words, place and day; several go after a yes', async () => {
    const me = await talk(url);
    await me.sayAll(
      'remind me to call Ann tomorrow at 9',
      'remind me to feed the cat tomorrow at 8',
      'remind me to water the plants on friday',
    );
    (await me.say('show my reminders')).remindersAre(['feed the cat', 'call Ann', 'water the plants']);
    (await me.say('delete the second one')).reminded('deleted', { title: 'call Ann' });
    (await me.say('what reminders do I have tomorrow?')).remindersAre(['feed the cat']);
    (await me.say('show reminders about the plants')).remindersAre(['water the plants']);
    (await me.say('cancel my reminder for tomorrow')).reminded('deleted', { title: 'feed the cat' });
    (await me.say('delete the reminder about cheese')).refused('not_found');
    await me.say('remind me to call Bob tomorrow at 9');
    (await me.say('delete all my reminders')).asks({ slot: 'target', kind: 'confirm', words: /2 reminders/ });
    (await me.say('yes')).remindersAre(['call Bob', 'water the plants']);
    (await me.say('show my reminders')).says(/You have no reminders/);
    await me.say('undo');
    (await me.say('show my reminders')).remindersAre(['call Bob', 'water the plants']);
  });

  it('is not taken for a task, nor a task for it', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to water the plants', 'remind me to water the plants on friday');
    (await me.say('delete the reminder to water the plants')).reminded('deleted');
    expect(await me.titles()).toEqual(['water the plants']);
    await me.say('undo');
    (await me.say('complete the water the plants task')).did('completed', { title: 'water the plants' });
    (await me.say('show my reminders')).remindersAre(['water the plants']);
  });
});
