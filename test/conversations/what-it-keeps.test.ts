import { beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../contracts/entities.ts';
import { sharedProduct } from '../support/product.ts';
import { events } from './calendar-of.ts';
import { talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);
const due = async (me: Talk): Promise<(string | null)[]> =>
  (await me.tasks()).map(({ due_date }) => due_date);
/** From now on, whatever the day. */
const all = (me: Talk): Promise<Event[]> => events(me, '2026-11-18', '2027-02-01');
const stretches = async (me: Talk): Promise<string[]> =>
  (await all(me)).map(({ start, end }) => `${start.slice(0, 16)} ${end.slice(0, 16)}`);

describe('an hour alone of a task that is named', () => {
  it.each([
    ['call mum tomorrow at 10', 'move the call to 11', '2026-11-19T11:00:00+01:00'],
    ['call mum tomorrow at 10', 'move call mum to 12', '2026-11-19T12:00:00+01:00'],
    ['call mum tomorrow at 3pm', 'move call mum to 4', '2026-11-19T16:00:00+01:00'],
    ['call mum tomorrow at 10', 'move call mum to today at 12', '2026-11-18T12:00:00+01:00'],
    ['pay the gas bill by friday', 'move the gas bill to noon', '2026-11-20T12:00:00+01:00'],
    ['buy milk', 'move buy milk to 5pm', '2026-11-18T17:00:00+01:00'],
  ])('keeps its day: %s; %s', async (made, moved, at) => {
    expect(await due(await begun(made, moved))).toEqual([at]);
  });
});

describe('a day of the month alone', () => {
  it.each([
    ['renew passport by january 15', 'make it the 20th', '2027-01-20'],
    ['renew passport by january 15', 'move the passport task to the 10th', '2027-01-10'],
    ['renew passport by january 15', 'make it december 20', '2026-12-20'],
    ['pay the rent by december 30', 'move it to the 2nd', '2027-01-02'],
    ['pay the rent by november 28', 'move it to the 2nd', '2026-12-02'],
    ['pay the rent every month on the 1st', 'move it to the 3rd this time', '2026-12-03'],
  ])('is near the day it was due: %s; %s', async (made, moved, at) => {
    expect(await due(await begun(made, moved))).toEqual([at]);
  });

  it.each([
    ['dinner on 24.12. at 18:30', 'move it to the 25th', '2026-12-25T18:30 2026-12-25T19:30'],
    ['dinner on 24.12. at 18:30', 'move the dinner to the 25th at 7pm', '2026-12-25T19:00 2026-12-25T20:00'],
    ['dinner on 24.12. at 18:30', 'move it to november 25', '2026-11-25T18:30 2026-11-25T19:30'],
    [
      'trip from december 21 to december 23',
      'move the trip to the 22nd',
      '2026-12-22T00:00 2026-12-25T00:00',
    ],
  ])('is near the day it was on: %s; %s', async (made, moved, at) => {
    expect(await stretches(await begun(made, moved))).toEqual([at]);
  });
});

describe('the end that was said last', () => {
  it.each([
    [
      ['workshop tomorrow from 9 to 5', 'make it until 4', 'i meant 3:30'],
      '2026-11-19T09:00 2026-11-19T15:30',
    ],
    [['movie friday 8pm to 10pm', 'make it until 11', 'actually 10:30'], '2026-11-20T20:00 2026-11-20T22:30'],
    [['workshop tomorrow from 9 to 5', 'make it until 4', 'no, friday'], '2026-11-20T09:00 2026-11-20T16:00'],
    [
      ['workshop tomorrow from 9 to 5', 'make it until 4', 'move it to 10'],
      '2026-11-19T10:00 2026-11-19T17:00',
    ],
    [
      ['vacation from december 21 to january 3', 'make it until the 6th', 'no, the 5th'],
      '2026-12-21T00:00 2027-01-06T00:00',
    ],
    [
      ['conference from monday to wednesday', "it's actually until thursday"],
      '2026-11-23T00:00 2026-11-27T00:00',
    ],
    [['trip from friday to monday', 'no, back to sunday'], '2026-11-20T00:00 2026-11-23T00:00'],
    [['trip from friday to monday', 'back on tuesday'], '2026-11-20T00:00 2026-11-25T00:00'],
    [
      ['vacation from december 21 to january 3', 'make it until december 18'],
      '2026-12-21T00:00 2027-01-04T00:00',
    ],
    [['dinner on december 24 at 7pm', 'make it the 25th and 26th'], '2026-12-25T19:00 2026-12-25T20:00'],
    [['trip from friday to monday', 'no, saturday'], '2026-11-21T00:00 2026-11-25T00:00'],
  ])('%j', async (said, there) => {
    expect(await stretches(await begun(...said))).toEqual([there]);
  });

  it.each([
    ['make it longer by 15 minutes', '2026-11-20T15:00 2026-11-20T16:15'],
    ['make it shorter by 15 minutes', '2026-11-20T15:00 2026-11-20T15:45'],
    ['make it later by 15 minutes', '2026-11-20T15:15 2026-11-20T16:15'],
  ])('%s', async (said, there) => {
    expect(await stretches(await begun('dentist friday 3pm', said))).toEqual([there]);
  });
});

describe('a change that changes nothing', () => {
  it.each([
    ['dentist friday 3pm', 'move it to 3pm'],
    ['dentist friday 3pm', 'no, friday'],
    ['dentist friday 3pm', 'make it an hour'],
    ['dentist friday 3pm', 'call it dentist'],
    ['vacation from december 21 to january 3', 'make it until january 3'],
  ])('is told, and has no receipt: %s; %s', async (made, said) => {
    const me = await begun(made);
    expect((await me.say(said)).result.reply).toContain('already');
    await me.say('undo');
    expect(await all(me)).toEqual([]);
    expect(await me.tasks()).toEqual([]);
  });
});

describe('guests of the event spoken of last', () => {
  const DINNER = 'team dinner on dec 11 at 6pm with Ann, Bob and Carl';
  it.each([
    ['remove Ann', ['Bob', 'Carl']],
    ['delete Bob from it', ['Ann', 'Carl']],
    ['drop Carl', ['Ann', 'Bob']],
    ['take Ann and Carl off the list', ['Bob']],
    ['add Dora and Emil', ['Ann', 'Bob', 'Carl', 'Dora', 'Emil']],
  ])('%s', async (said, guests) => {
    const me = await begun(DINNER, said);
    expect((await all(me)).map(({ participants }) => participants)).toEqual([guests]);
    expect(await me.tasks()).toEqual([]);
  });

  it.each([
    ['no, with Tim', ['Tim']],
    ['make it with Jim', ['Jim']],
    ['with Bill too', ['Tom', 'Bill']],
  ])('%s', async (said, guests) => {
    const me = await begun('meeting with Tom tomorrow at 3', said);
    expect((await all(me)).map(({ participants }) => participants)).toEqual([guests]);
  });

  it('are taken off what has others as well, whatever was spoken of last', async () => {
    const me = await begun(DINNER, 'buy milk', 'remove Ann');
    expect((await all(me)).map(({ participants }) => participants)).toEqual([['Bob', 'Carl']]);
    await me.say('buy bread');
    await me.say('cancel Bob');
    expect(await all(me)).toEqual([]);
  });

  it('are no reason to keep what is deleted', async () => {
    expect(await all(await begun(DINNER, 'delete it'))).toEqual([]);
    expect(await (await begun(DINNER, 'buy milk', 'remove milk')).tasks()).toEqual([]);
  });
});

describe('what was booked of the times that were found', () => {
  it.each([
    ['no, friday', '2026-11-20T11:30 2026-11-20T12:30'],
    ['no, thursday', '2026-11-19T11:30 2026-11-19T12:30'],
    ['make it 45 minutes', '2026-11-19T11:30 2026-11-19T12:15'],
    ['make it 2 hours', '2026-11-19T11:30 2026-11-19T13:30'],
    ['move it an hour later', '2026-11-19T12:30 2026-11-19T13:30'],
    ['actually monday is better', '2026-11-23T11:30 2026-11-23T12:30'],
  ])('is changed: %s', async (said, there) => {
    const me = await begun('find me an hour for lunch with Tom tomorrow', 'the first one', said);
    expect(await stretches(me)).toEqual([there]);
  });
});

describe('a series of which one day was moved', () => {
  it.each(["from january on it's at 5pm", 'from january on make it at 5pm'])('%s', async (said) => {
    const me = await begun('gym every tuesday at 6pm', 'move the one on december 1st to 7pm', said);
    expect(await me.calendar('2026-12-01', '2026-12-09')).toEqual([
      '2026-12-01T19:00 gym',
      '2026-12-08T18:00 gym',
    ]);
    expect(await me.calendar('2027-01-01', '2027-01-13')).toEqual([
      '2027-01-05T17:00 gym',
      '2027-01-12T17:00 gym',
    ]);
  });

  it('names no new event by "it"', async () => {
    expect(await all(await begun('from january on make it at 3'))).toEqual([]);
  });
});
