import { beforeAll, describe, expect, it } from 'vitest';
import { talk, type Talk } from '../conversations/talk.ts';
import { startProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

/** On weekdays at half past nine, from Monday on at ten: two parts of one series. */
async function parted(): Promise<Talk> {
  const me = await talk(url);
  await me.say('team standup every weekday at 9:30 for 15 minutes');
  (await me.say('move the standup to 10 from monday on')).didEvent('updated');
  expect(await days(me)).toEqual(at('19T09:30', '20T09:30', '23T10:00', '24T10:00'));
  return me;
}
const days = (me: Talk): Promise<string[]> => me.calendar('2026-11-18', '2026-11-25');
const at = (...times: readonly string[]): string[] => times.map((time) => `2026-11-${time} team standup`);
const BEFORE = at('19T09:30', '20T09:30', '23T10:00', '24T10:00');

describe('a series that was changed from a day on', () => {
  it('is asked about once, and moves as a whole; one undo puts all parts back', async () => {
    const me = await parted();
    (await me.say('move the standup to 11')).asks({ slot: 'target', kind: 'choice' });
    const moved = await me.say('all of them');
    moved.didEvent('updated').says(/All of them/);
    expect(moved.receipt.effects).toHaveLength(2);
    expect(await days(me)).toEqual(at('19T11:00', '20T11:00', '23T11:00', '24T11:00'));
    const undone = await me.say('undo');
    expect(await days(me)).toEqual(BEFORE);
    await me.undo(undone);
    expect(await days(me)).toEqual(at('19T11:00', '20T11:00', '23T11:00', '24T11:00'));
  });

  it('moves by a distance from where each part is', async () => {
    const me = await parted();
    await me.say('move the whole standup series an hour later');
    expect(await days(me)).toEqual(at('19T10:30', '20T10:30', '23T11:00', '24T11:00'));
    await me.say('undo');
    expect(await days(me)).toEqual(BEFORE);
  });

  it('gets one name and keeps what each part has of its own', async () => {
    const me = await parted();
    (await me.say('rename the standup to daily')).didEvent('updated', { title: 'daily' });
    const renamed = BEFORE.map((line) => line.replace('team standup', 'daily'));
    expect((await days(me)).toSorted()).toEqual(renamed);
    await me.say('undo');
    expect(await days(me)).toEqual(BEFORE);
  });

  it('changes from an earlier day on with all that comes later', async () => {
    const me = await parted();
    (await me.say('move the standup to 11 from friday on')).didEvent('updated');
    expect(await days(me)).toEqual(at('19T09:30', '20T11:00', '23T11:00', '24T11:00'));
    await me.say('undo');
    expect(await days(me)).toEqual(BEFORE);
  });

  it('moves to another day of the week with the hour of each part, and has as many days as before', async () => {
    const me = await talk(url);
    await me.say('piano lesson every wednesday at 5pm');
    await me.say('move the piano lesson to 6pm from december 2 on');
    const lessons = (): Promise<string[]> => me.calendar('2026-11-18', '2026-12-12');
    const times = (...said: readonly string[]): string[] =>
      said.map((time) => `2026-${time}:00 piano lesson`);
    const before = times('11-18T17', '11-25T17', '12-02T18', '12-09T18');
    expect(await lessons()).toEqual(before);
    await me.say('move the whole piano lesson series to tuesday');
    expect(await lessons()).toEqual(times('11-24T17', '12-01T17', '12-08T18'));
    await me.say('undo');
    expect(await lessons()).toEqual(before);
  });

  it('gets one rule, and a later part has none of its own any more', async () => {
    const me = await parted();
    await me.say('the standup should repeat every tuesday');
    expect(await me.calendar('2026-11-18', '2026-12-09')).toEqual(
      ['11-24T09:30', '12-01T09:30', '12-08T09:30'].map((day) => `2026-${day} team standup`),
    );
    await me.say('undo');
    expect(await days(me)).toEqual(BEFORE);
  });

  it('is called off as a whole, with the days of any part that were changed by themselves', async () => {
    const me = await parted();
    await me.say("move tuesday's standup to 4pm");
    await me.say('cancel the standup series');
    (await me.say('yes')).didEvent('deleted').says(/all of "team standup"/);
    expect(await days(me)).toEqual([]);
    await me.say('undo');
    expect(await days(me)).toEqual(at('19T09:30', '20T09:30', '23T10:00', '24T16:00'));
  });

  it('is called off from a day on, whichever part that day is in', async () => {
    const me = await parted();
    await me.say('cancel the standup from friday on');
    (await me.say('yes')).didEvent('deleted').says(/from Friday 20 November on/);
    expect(await days(me)).toEqual(at('19T09:30'));
    await me.say('undo');
    await me.say('cancel the standup from monday on');
    (await me.say('yes')).didEvent('deleted').says(/from Monday 23 November on/);
    expect(await days(me)).toEqual(at('19T09:30', '20T09:30'));
    await me.say('undo');
    expect(await days(me)).toEqual(BEFORE);
  });

  it('names what any of its parts would overlap', async () => {
    const me = await parted();
    await me.say('dentist on friday at 1pm');
    await me.say('move the standup to 1pm');
    (await me.say('all')).asks({ slot: 'start', kind: 'choice', words: /overlaps "dentist"/ });
  });

  it('whose day begins to repeat by itself leaves it: that day is a series of its own', async () => {
    const me = await parted();
    await me.say("move tomorrow's standup to 4pm");
    const { event } = await me.say('make it repeat every thursday');
    expect(event).toMatchObject({ series_id: null, recurrence: 'FREQ=WEEKLY;BYDAY=TH' });
  });
});
