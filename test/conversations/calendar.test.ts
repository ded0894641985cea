import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Somebody who has said all of this already. */
async function talkAfter(...said: readonly string[]): Promise<Talk> {
  const me = await talk(url);
  for (const text of said) (await me.say(text)).didEvent('created');
  return me;
}

describe('new events', () => {
  it('are made of a title and a time, with what else was said, and can be taken back', async () => {
    const me = await talk(url);
    const made = await me.say('lunch with Bob on friday at noon for 90 minutes');
    made.didEvent('created', {
      title: 'lunch with Bob',
      start: '2026-11-20T12:00:00+01:00',
      end: '2026-11-20T13:30:00+01:00',
      participants: ['Bob'],
      timezone: 'Europe/Vienna',
    });
    made.says(/Added "lunch with Bob", Friday 20 November, 12:00 to 13:30\./);
    expect(made.result.execution_result).toEqual({ event_id: made.event.id });
    (await me.undo(made)).says(/Undone/);
    expect(await me.calendar('2026-11-18', '2026-11-30')).toEqual([]);
    await me.say('redo');
    expect(await me.calendar('2026-11-18', '2026-11-30')).toEqual(['2026-11-20T12:00 lunch with Bob']);
  });

  it('are as long as events usually are', async () => {
    const me = await talkAfter('meeting tomorrow at 2pm');
    (await me.say("what's on my calendar tomorrow?")).says(/14:00 to 15:00 meeting/);
  });

  it('are asked for what is missing, one thing after the other', async () => {
    const me = await talk(url);
    (await me.say('create an event')).asks({ slot: 'title' });
    (await me.say('dentist')).asks({ slot: 'start', words: /When is "dentist"/ });
    (await me.say('friday at 3')).didEvent('created', {
      title: 'dentist',
      start: '2026-11-20T15:00:00+01:00',
    });
  });

  it('are asked for their hour where only a day was said, with free hours to choose from', async () => {
    const me = await talkAfter('team sync on friday at 9am');
    const asked = await me.say('add a meeting on friday');
    asked.asks({ slot: 'start', words: /At what time/, choices: ['10:00', '11:00', '12:00', 'All day'] });
    (await me.say('3pm')).didEvent('created', { start: '2026-11-20T15:00:00+01:00' });
    const again = await me.say('add a review meeting on friday');
    (await me.tap(again, 'All day')).didEvent('created', {
      all_day: true,
      start: '2026-11-20T00:00:00+01:00',
      end: '2026-11-21T00:00:00+01:00',
    });
  });

  it.each([
    ['schedule a 30 minute sync tomorrow afternoon', '19T14:00', '19T14:30'],
    ['add a 2 hour workshop on friday', '20T13:00', '20T15:00'],
  ])('"%s" takes up no whole part of a day', async (text, start, end) => {
    const me = await talk(url);
    const choices = [/^\d\d:\d\d$/, /^\d\d:\d\d$/, /^\d\d:\d\d$/];
    (await me.say(text)).asks({ slot: 'start', choices });
    (await me.say('the last one')).didEvent('created', {
      start: `2026-11-${start}:00+01:00`,
      end: `2026-11-${end}:00+01:00`,
    });
  });

  it('are of whole days where a stretch of days was said', async () => {
    const me = await talk(url);
    const made = await me.say('vacation from december 21 to january 3');
    made.didEvent('created', {
      all_day: true,
      start: '2026-12-21T00:00:00+01:00',
      end: '2027-01-04T00:00:00+01:00',
    });
    made.says(/Monday 21 December to Sunday 3 January 2027, all day/);
  });

  it('fill the part of a day that is blocked, within working hours', async () => {
    const me = await talk(url);
    (await me.say('block tomorrow morning for deep work')).didEvent('created', {
      start: '2026-11-19T09:00:00+01:00',
      end: '2026-11-19T12:00:00+01:00',
    });
  });

  it('in the past are asked about, and may be meant so', async () => {
    const me = await talk(url);
    const asked = await me.say('meeting yesterday at 3pm');
    asked.asks({
      slot: 'start',
      kind: 'choice',
      words: /in the past/,
      choices: ['Wednesday 18 November at 15:00', 'Tuesday 24 November at 15:00', 'Keep it in the past'],
    });
    (await me.say('keep it in the past')).didEvent('created', { start: '2026-11-17T15:00:00+01:00' });
    const other = await me.say('call yesterday at 4pm');
    (await me.tap(other, /24 November/)).didEvent('created', { start: '2026-11-24T16:00:00+01:00' });
  });

  it('with an end before their start, or on a day that there is not, are asked for their time', async () => {
    const me = await talk(url);
    (await me.say('meeting tomorrow from 3pm to 2pm')).asks({
      slot: 'start',
      words: /the end has to come after/,
    });
    (await me.say('3pm to 4pm')).didEvent('created', {
      start: '2026-11-19T15:00:00+01:00',
      end: '2026-11-19T16:00:00+01:00',
    });
    (await me.say('meeting on february 30 at 3pm')).asks({ slot: 'start', words: /february 30/ });
    (await me.say('march 2 at 3pm')).didEvent('created', { start: '2027-03-02T15:00:00+01:00' });
  });
});

describe('events that would overlap', () => {
  const asked = async (me: Talk, text = 'lunch with Ann tomorrow at 2:30pm') => {
    const heard = await me.say(text);
    return heard.asks({
      slot: 'start',
      kind: 'choice',
      words: /That overlaps "team sync" \(14:00 to 15:00\)/,
      choices: ['15:00', '15:30', '16:00', 'Keep 14:30 anyway'],
    });
  };
  const SYNC = 'schedule a team sync tomorrow at 2pm for an hour';

  it('are moved to a free time by button or by its place', async () => {
    const me = await talkAfter(SYNC);
    (await me.tap(await asked(me), '15:30')).didEvent('created', {
      start: '2026-11-19T15:30:00+01:00',
      end: '2026-11-19T16:30:00+01:00',
    });
    await me.say('undo');
    await asked(me);
    (await me.say('the second')).didEvent('created', { start: '2026-11-19T15:30:00+01:00' });
  });

  it('take another time that is said, on their day and as long as they were', async () => {
    const me = await talkAfter(SYNC);
    await asked(me);
    (await me.say('4pm instead')).didEvent('created', {
      start: '2026-11-19T16:00:00+01:00',
      end: '2026-11-19T17:00:00+01:00',
    });
    await me.say('undo');
    await asked(me);
    (await me.say('friday at noon')).didEvent('created', {
      start: '2026-11-20T12:00:00+01:00',
      end: '2026-11-20T13:00:00+01:00',
    });
  });

  it.each(['keep it', 'anyway', 'keep 14:30 anyway', "that's fine", 'the last one'])(
    'stay where they are at "%s", which is told',
    async (words) => {
      const me = await talkAfter(SYNC);
      await asked(me);
      const kept = await me.say(words);
      kept.didEvent('created', { start: '2026-11-19T14:30:00+01:00' }).says(/It overlaps "team sync"/);
      const card = kept.result.cards.find(({ kind }) => kind === 'event');
      expect(card?.kind === 'event' && card.data.beside.map(({ title }) => title)).toEqual(['team sync']);
    },
  );

  it('get a free time where the choice is left to us, and nothing where it is given up', async () => {
    const me = await talkAfter(SYNC);
    await asked(me);
    (await me.say('you choose')).didEvent('created', { start: '2026-11-19T15:00:00+01:00' }).says(/I chose/);
    await me.say('undo');
    await asked(me);
    (await me.say('never mind')).changesNothing();
    expect(await me.calendar('2026-11-19', '2026-11-20')).toEqual(['2026-11-19T14:00 team sync']);
  });

  it('are asked about once more where the new time is taken, too', async () => {
    const me = await talkAfter(SYNC, 'demo tomorrow at 4pm');
    await me.say('lunch with Ann tomorrow at 2:30pm');
    (await me.say('4:30pm')).asks({ slot: 'start', kind: 'choice', words: /overlaps "demo"/ });
    (await me.say('5pm')).didEvent('created', { start: '2026-11-19T17:00:00+01:00' });
  });

  it('are no matter for whole days, nor for what only touches', async () => {
    const me = await talkAfter(SYNC, 'conference from november 19 to november 20');
    (await me.say('lunch tomorrow at 1pm')).didEvent('created');
    (await me.say('coffee tomorrow at 3pm')).didEvent('created');
  });

  it('are looked for when something moves', async () => {
    const me = await talkAfter(SYNC, 'dentist tomorrow at 4pm');
    (await me.say('move the dentist to 2:30pm')).asks({ slot: 'start', kind: 'choice', words: /team sync/ });
    (await me.say('5pm')).didEvent('updated', {
      title: 'dentist',
      start: '2026-11-19T17:00:00+01:00',
      end: '2026-11-19T18:00:00+01:00',
    });
  });

  it('are found between two requests of one message', async () => {
    const me = await talk(url);
    const heard = await me.say(
      'add a lunch tomorrow at noon and schedule a meeting with Eve tomorrow at 12:30',
    );
    expect(heard.result.acts.map(({ action }) => action)).toEqual(['create_event', 'create_event']);
    expect(heard.result.reply).toMatch(/That overlaps "lunch" \(12:00 to 13:00\)/);
  });
});

describe('events that are changed', () => {
  it('keep the day where only an hour is said, and the hour where only a day is', async () => {
    const me = await talkAfter('dentist on friday at 3pm');
    (await me.say('move the dentist to 4pm')).didEvent('updated', { start: '2026-11-20T16:00:00+01:00' });
    (await me.say('move the dentist to monday')).didEvent('updated', { start: '2026-11-23T16:00:00+01:00' });
    (await me.say('no, tuesday')).didEvent('updated', { start: '2026-11-24T16:00:00+01:00' });
    (await me.say('actually 5pm')).didEvent('updated', { start: '2026-11-24T17:00:00+01:00' });
    (await me.say('make it 2 hours')).didEvent('updated', {
      start: '2026-11-24T17:00:00+01:00',
      end: '2026-11-24T19:00:00+01:00',
    });
  });

  it('take an hour in the half of the day where they are', async () => {
    const me = await talkAfter('dentist on friday at 9am');
    (await me.say('move the dentist to 8')).didEvent('updated', { start: '2026-11-20T08:00:00+01:00' });
    (await me.say('make the dentist end at 8:30')).didEvent('updated', { end: '2026-11-20T08:30:00+01:00' });
    (await me.say('move the dentist to 2')).didEvent('updated', { start: '2026-11-20T14:00:00+01:00' });
  });

  it('move by a distance and get longer', async () => {
    const me = await talkAfter('demo tomorrow at 2pm');
    (await me.say('push the demo back by 30 minutes')).didEvent('updated', {
      start: '2026-11-19T14:30:00+01:00',
    });
    (await me.say('make the demo 30 minutes longer')).didEvent('updated', {
      end: '2026-11-19T16:00:00+01:00',
    });
    (await me.say('extend the demo until 5')).didEvent('updated', { end: '2026-11-19T17:00:00+01:00' });
  });

  it('get other names, places and guests', async () => {
    const me = await talkAfter('demo tomorrow at 2pm');
    (await me.say('rename the demo to product demo')).didEvent('updated', { title: 'product demo' });
    (await me.say('change the location of the demo to room 5')).didEvent('updated', { location: 'room 5' });
    (await me.say('add Bob to the demo')).didEvent('updated', { participants: ['Bob'] });
    (await me.say('add Ann to the demo')).didEvent('updated', { participants: ['Bob', 'Ann'] });
    (await me.say('remove Bob from the demo')).didEvent('updated', { participants: ['Ann'] });
    (await me.say('move the one with Ann to friday')).didEvent('updated', {
      start: '2026-11-20T14:00:00+01:00',
    });
    (await me.say('make the demo all day')).didEvent('updated', { all_day: true });
  });

  it('are found by their hour, their place in a list, or as what was spoken of last', async () => {
    const me = await talkAfter('coffee with Bob tomorrow at 3pm', 'gym on friday at 6pm');
    // There is one at that hour, whatever the day.
    (await me.say('move my 3pm to 4pm')).didEvent('updated', {
      title: 'coffee with Bob',
      start: '2026-11-19T16:00:00+01:00',
    });
    (await me.say("move tomorrow's 4pm to 3pm")).didEvent('updated', { title: 'coffee with Bob' });
    await me.say('show my calendar');
    (await me.say('move the second one to 7pm')).didEvent('updated', {
      title: 'gym',
      start: '2026-11-20T19:00:00+01:00',
    });
    (await me.say('move it to saturday')).didEvent('updated', { start: '2026-11-21T19:00:00+01:00' });
  });

  it('are moved though the verb fits tasks, and tasks though it fits events', async () => {
    const me = await talkAfter('gym tomorrow at 6pm');
    (await me.say('move gym to friday')).didEvent('updated', { start: '2026-11-20T18:00:00+01:00' });
    (await me.say('create a task to buy milk')).did('created');
    (await me.say('move buy milk to friday')).did('updated', { due_date: '2026-11-20' });
    (await me.say('delete gym')).didEvent('deleted', { title: 'gym' });
  });

  it('are asked which where two fit', async () => {
    const me = await talkAfter('dentist tomorrow at 9am', 'dentist on monday at 9am');
    const which = await me.say('move the dentist to 11am');
    which.asks({
      slot: 'target',
      kind: 'choice',
      choices: [/dentist, .*19 November/, /dentist, .*23 November/].toReversed(),
    });
    (await me.say('the one on monday')).didEvent('updated', { start: '2026-11-23T11:00:00+01:00' });
  });

  it('are told to be unchanged, or unknown', async () => {
    const me = await talkAfter('dentist tomorrow at 9am');
    (await me.say('move the dentist to 9am')).changesNothing().says(/already/);
    (await me.say('cancel the concert')).refused('not_found');
    (await me.say('move the dentist to yesterday')).asks({
      slot: 'start',
      kind: 'choice',
      words: /in the past/,
    });
  });

  it('move together once that is confirmed', async () => {
    const me = await talkAfter('gym on friday at 6pm', 'dinner with Sue on friday at 8pm');
    (await me.say('move everything from friday to monday')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /Change 2 events/,
    });
    (await me.say('yes')).says(/Changed 2 events/);
    expect(await me.calendar('2026-11-20', '2026-11-24')).toEqual([
      '2026-11-23T18:00 gym',
      '2026-11-23T20:00 dinner with Sue',
    ]);
    await me.say('undo');
    expect(await me.calendar('2026-11-20', '2026-11-24')).toEqual([
      '2026-11-20T18:00 gym',
      '2026-11-20T20:00 dinner with Sue',
    ]);
  });
});

describe('events that are called off', () => {
  it('are gone at once and can be brought back', async () => {
    const me = await talkAfter('dentist on friday at 3pm');
    (await me.say('cancel the dentist')).didEvent('deleted', { title: 'dentist' });
    expect(await me.calendar('2026-11-20', '2026-11-21')).toEqual([]);
    await me.say('undo');
    expect(await me.calendar('2026-11-20', '2026-11-21')).toEqual(['2026-11-20T15:00 dentist']);
    await me.say('move the dentist to 4pm');
    (await me.say('cancel it')).didEvent('deleted', { title: 'dentist' });
  });

  it('are shown before many of them go', async () => {
    const me = await talkAfter(
      'gym on friday at 6pm',
      'lunch with Ann on friday at noon',
      'call with Tom on monday at 9am',
    );
    const asked = await me.say('cancel everything on friday');
    asked.asks({
      slot: 'target',
      kind: 'confirm',
      words: /Cancel 2 events on Friday 20 November\?[^]*lunch with Ann, 12:00[^]*gym, 18:00/,
    });
    (await me.say('no')).changesNothing();
    await me.say('cancel everything on friday');
    (await me.say('yes')).says(/Cancelled 2 events/);
    expect(await me.calendar('2026-11-19', '2026-11-25')).toEqual(['2026-11-23T09:00 call with Tom']);
    await me.say('undo');
    expect(await me.calendar('2026-11-19', '2026-11-25')).toHaveLength(3);
    (await me.say('cancel everything on sunday')).refused('not_found').says(/Sunday 22 November/);
  });
});

describe('looking at the calendar', () => {
  it('shows days with what is on them, in order', async () => {
    const me = await talkAfter(
      'gym on friday at 6pm',
      'lunch with Ann on friday at noon at Luigi',
      'call with Tom on monday at 9am',
    );
    const week = await me.say("what's on my calendar this week?");
    week.listsEvents(['2026-11-20T12:00 lunch with Ann', '2026-11-20T18:00 gym']);
    week.says(/2 events from Monday 16 November to Sunday 22 November/);
    (await me.say('show my meetings with Ann')).listsEvents(['2026-11-20T12:00 lunch with Ann']);
    (await me.say('when is my gym appointment?')).says(/"gym" is Friday 20 November, 18:00 to 19:00/);
    (await me.say("what's my next meeting?")).says(/"lunch with Ann" is Friday 20 November/);
    (await me.say('when is my next meeting with Tom?')).says(/"call with Tom" is Monday 23 November/);
    (await me.say('what meetings do I have on saturday?')).says(
      /nothing in your calendar on Saturday 21 November/,
    );
  });

  it('tells free time', async () => {
    const me = await talkAfter('meeting on friday at 3pm');
    (await me.say('am I free friday afternoon?')).says(
      /Partly: .*"meeting" \(15:00 to 16:00\).*12:00 to 15:00 and 16:00 to 18:00/,
    );
    (await me.say('am I free friday at 3pm?')).says(/^No: .*nearest free hours are at 14:00 and 16:00/);
    (await me.say('am I free friday at noon?')).says(/^Yes, you are free on Friday 20 November/);
    (await me.say('am I free tomorrow?')).says(/^Yes, you are free tomorrow/);
    (await me.say('do I have time on friday afternoon?')).says(/^Partly/);
  });

  it('of several days is confirmed where one of them was named', async () => {
    const me = await talk(url);
    (await me.say('vacation from december 24 to january 2')).didEvent('created');
    (await me.say('cancel the vacation on december 30')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /"vacation" is .* Cancel all of it\?/,
    });
    (await me.say('no')).changesNothing();
    await me.say('cancel the vacation on december 30');
    (await me.say('yes')).didEvent('deleted');
  });
});
