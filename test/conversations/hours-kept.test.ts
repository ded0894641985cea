import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);
const days = (me: Talk): Promise<string[]> => me.calendar('2026-11-18', '2026-12-31');

describe('an hour that was not said anew', () => {
  it.each([
    ['call Bob tomorrow at 3pm', 'move call Bob to friday', '2026-11-20T15:00:00+01:00'],
    ['call Bob tomorrow at 3pm', 'set the due date of call Bob to monday', '2026-11-23T15:00:00+01:00'],
    ['call Bob tomorrow', 'move call Bob to friday', '2026-11-20'],
    ['call Bob tomorrow at 3pm', 'call Bob is due friday', '2026-11-20T15:00:00+01:00'],
    ['call Bob tomorrow at 3pm', 'set call Bob to 5pm', '2026-11-19T17:00:00+01:00'],
    ['add call Bob friday at 3pm', 'move call Bob to 4:30pm', '2026-11-20T16:30:00+01:00'],
    ['add call Bob friday', 'move call Bob to 4pm', '2026-11-20T16:00:00+01:00'],
    ['call Bob tomorrow at 3pm', 'move call Bob to friday at 9', '2026-11-20T09:00:00+01:00'],
  ])('%s; %s', async (made, moved, due) => {
    const me = await begun(made, moved);
    expect((await me.tasks()).map(({ due_date }) => due_date)).toEqual([due]);
  });

  it('stays with each of many', async () => {
    const me = await begun(
      'call Bob tomorrow at 3pm',
      'water plants tomorrow',
      'move everything due tomorrow to friday',
      'yes',
    );
    const due = (await me.tasks())
      .map(({ due_date }) => due_date)
      .toSorted((one, other) => String(one).localeCompare(String(other)));
    expect(due).toEqual(['2026-11-20', '2026-11-20T15:00:00+01:00']);
  });

  it.each([
    ['dinner thursday at 7pm', 'move the dinner to 8 on friday', '2026-11-20T20:00 dinner'],
    ['dinner thursday at 7pm', 'move the dinner to friday at 8', '2026-11-20T20:00 dinner'],
    ['dinner thursday at 7pm', 'move the dinner to 8am on friday', '2026-11-20T08:00 dinner'],
    ['breakfast thursday at 7', 'move the breakfast to 8 on friday', '2026-11-20T08:00 breakfast'],
  ])('is of the half that it was in: %s; %s', async (made, moved, there) => {
    const me = await begun(made, moved);
    expect(await days(me)).toEqual([there]);
    await me.say('no, saturday');
    expect(await days(me)).toEqual([there.replace('11-20', '11-21')]);
  });

  it.each([
    ['yoga class friday at 9', 'move yoga to the afternoon', '2026-11-20T14:00 yoga class'],
    ['dentist friday at 3pm', 'move it to the morning', '2026-11-20T09:00 dentist'],
    ['yoga class friday at 9', 'move it to tomorrow afternoon', '2026-11-19T14:00 yoga class'],
    ['yoga class friday at 7pm', 'move it to this evening', '2026-11-18T19:00 yoga class'],
  ])('is a part of the day that it is on, unless another is said: %s; %s', async (made, moved, there) => {
    expect(await days(await begun(made, moved))).toEqual([there]);
  });

  it.each([
    ['start it at 10', 'T10:00:00', 'T18:00:00'],
    ['it ends at 4', 'T09:00:00', 'T16:00:00'],
    ['end it at 4pm', 'T09:00:00', 'T16:00:00'],
  ])('is that of its beginning or its end: %s', async (words, start, end) => {
    const me = await begun('workshop tomorrow from 9 to 5', words);
    const [workshop] = (await me.client.rest.events({ from: '2026-11-19', to: '2026-11-20' })).items;
    expect([workshop?.start, workshop?.end]).toEqual([`2026-11-19${start}+01:00`, `2026-11-19${end}+01:00`]);
  });

  it('is changed on one day of a series', async () => {
    const me = await begun('church every sunday at 10', 'move church on december 20 to 11');
    expect(await me.calendar('2026-12-13', '2026-12-31')).toEqual([
      '2026-12-13T10:00 church',
      '2026-12-20T11:00 church',
      '2026-12-27T10:00 church',
    ]);
  });
});

describe('whole days have no hour to count from', () => {
  const TRIP = 'trip to Lisbon from 4 to 8 december';

  it.each([
    'extend the Lisbon trip by 2 hours',
    'make it 2 hours longer',
    'push the trip to Lisbon by an hour',
    'half an hour later',
  ])('%s', async (text) => {
    const me = await begun(TRIP);
    const before = await days(me);
    const heard = await me.say(text);
    heard.says(/all day, so there is no hour to count from/);
    expect(heard.result.receipt).toBeNull();
    expect(await days(me)).toEqual(before);
  });

  it('takes days instead', async () => {
    const me = await begun(TRIP, 'extend the Lisbon trip by 2 hours');
    (await me.say('2 days longer')).says(/to Thursday 10 December, all day/);
  });

  it('leaves them where they are when others move by hours', async () => {
    const me = await begun(
      'vacation tomorrow',
      'lunch tomorrow at 12',
      "push all of tomorrow's meetings by 30 minutes",
    );
    await me.say('yes');
    expect(await me.calendar('2026-11-19', '2026-11-20')).toEqual([
      expect.stringContaining('vacation'),
      '2026-11-19T12:30 lunch',
    ]);
  });
});
