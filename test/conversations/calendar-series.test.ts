import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const STANDUP = 'team standup every weekday at 9:30 for 15 minutes';
const CHOICES = [/^Only this one \(Thursday 19 November\)$/, 'This and all following', 'All of them'];

async function talkAfter(...said: readonly string[]): Promise<Talk> {
  const me = await talk(url);
  for (const text of said) (await me.say(text)).didEvent('created');
  return me;
}
/** From Wednesday until Tuesday. */
const days = (me: Talk): Promise<string[]> => me.calendar('2026-11-18', '2026-11-25');
const at = (...times: readonly string[]): string[] => times.map((time) => `2026-11-${time} team standup`);

describe('a series', () => {
  it('is one event, begins on a day of its rule and comes at the same hour', async () => {
    const me = await talkAfter(STANDUP);
    const { result } = await me.say('yoga every tuesday at 6pm for 8 weeks');
    expect(result.reply).toMatch(/every Tuesday, 8 times, first on Tuesday 24 November, 18:00 to 19:00/);
    expect(result.receipt?.effects).toHaveLength(1);
    expect(await days(me)).toEqual([
      ...at('19T09:30', '20T09:30', '23T09:30', '24T09:30'),
      '2026-11-24T18:00 yoga',
    ]);
  });

  it('that never ends makes one row', async () => {
    const me = await talkAfter('breathing exercise meeting every day at 7am');
    expect((await me.say('undo')).result.receipt?.effects).toHaveLength(1);
    expect(await days(me)).toEqual([]);
  });

  it('asks how much of it is meant, and moves one day by itself', async () => {
    const me = await talkAfter(STANDUP);
    (await me.say('move the standup to 10')).asks({
      slot: 'target',
      kind: 'choice',
      words: /repeats/,
      choices: CHOICES,
    });
    const moved = await me.say('just this one');
    moved.didEvent('updated', { start: '2026-11-19T10:00:00+01:00', recurrence: null }).says(/Only this one/);
    expect(moved.event.original_start).toBe('2026-11-19T09:30:00+01:00');
    expect(moved.event.series_id).not.toBeNull();
    expect(await days(me)).toEqual(at('19T10:00', '20T09:30', '23T09:30', '24T09:30'));
    await me.undo(moved);
    expect(await days(me)).toEqual(at('19T09:30', '20T09:30', '23T09:30', '24T09:30'));
  });

  it('moves from a day on', async () => {
    const me = await talkAfter(STANDUP);
    const asked = await me.say('move the standup on friday to 10');
    expect(asked.result.status).toBe('completed');
    await me.undo(asked);
    const other = await me.say('move the standup to 10 from friday on');
    other.didEvent('updated', { start: '2026-11-20T10:00:00+01:00' });
    expect(await days(me)).toEqual(at('19T09:30', '20T10:00', '23T10:00', '24T10:00'));
    await me.undo(other);
    expect(await days(me)).toEqual(at('19T09:30', '20T09:30', '23T09:30', '24T09:30'));
  });

  it('moves as a whole, by button and by words', async () => {
    const me = await talkAfter(STANDUP);
    const asked = await me.say('move the standup to 10');
    (await me.tap(asked, 'All of them')).didEvent('updated').says(/All of them/);
    expect(await days(me)).toEqual(at('19T10:00', '20T10:00', '23T10:00', '24T10:00'));
    (await me.say('move the whole standup series to 11')).didEvent('updated');
    expect(await days(me)).toEqual(at('19T11:00', '20T11:00', '23T11:00', '24T11:00'));
    (await me.say('move every standup to 10 from now on')).didEvent('updated');
    expect(await days(me)).toEqual(at('19T10:00', '20T10:00', '23T10:00', '24T10:00'));
    (await me.say('rename the standup to daily')).didEvent('updated', { title: 'daily' });
  });

  it('is not asked about where a day was named', async () => {
    const me = await talkAfter(STANDUP);
    (await me.say("move tomorrow's standup to 11")).didEvent('updated', {
      start: '2026-11-19T11:00:00+01:00',
    });
    (await me.say('move the standup to 10 just this friday')).didEvent('updated', {
      start: '2026-11-20T10:00:00+01:00',
    });
    expect(await days(me)).toEqual(at('19T11:00', '20T10:00', '23T09:30', '24T09:30'));
  });

  it('moves a day of a list that was shown', async () => {
    const me = await talkAfter(STANDUP);
    await me.say("what's on my calendar this week?");
    (await me.say('move the second to 4pm')).didEvent('updated', { start: '2026-11-20T16:00:00+01:00' });
    await me.say("what's on my calendar next week?");
    (await me.say('cancel the first one')).didEvent('deleted').says(/Monday 23 November only/);
    expect(await days(me)).toEqual(at('19T09:30', '20T16:00', '24T09:30'));
  });

  it('keeps what was picked when another question comes', async () => {
    const me = await talkAfter(STANDUP, 'dentist on friday at 11am');
    await me.say("move friday's standup to 11");
    (await me.say('keep it')).didEvent('updated', { start: '2026-11-20T11:00:00+01:00' });
    await me.say('undo');
    await me.say('move the standup to 11');
    const conflict = await me.say('all');
    conflict.asks({
      slot: 'start',
      kind: 'choice',
      words: /overlaps "dentist" \(11:00 to 12:00\) on Friday/,
    });
    (await me.say('10:30')).didEvent('updated').says(/All of them/);
    expect(await days(me)).toEqual([
      ...at('19T10:30', '20T10:30'),
      '2026-11-20T11:00 dentist',
      ...at('23T10:30', '24T10:30'),
    ]);
  });

  it('is called off for a day, from a day on, or as a whole', async () => {
    const me = await talkAfter(STANDUP);
    (await me.say("cancel tomorrow's standup")).didEvent('deleted').says(/19 November only/);
    expect(await days(me)).toEqual(at('20T09:30', '23T09:30', '24T09:30'));
    (await me.say('cancel the standup from tuesday on')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /from Tuesday 24 November on/,
    });
    (await me.say('yes')).didEvent('deleted');
    expect(await days(me)).toEqual(at('20T09:30', '23T09:30'));
    (await me.say('cancel the standup')).asks({
      slot: 'target',
      kind: 'choice',
      words: /Cancel only this one/,
    });
    (await me.say('the whole series')).didEvent('deleted');
    expect(await days(me)).toEqual([]);
    for (let undone = 0; undone < 3; undone += 1) await me.say('undo');
    expect(await days(me)).toEqual(at('19T09:30', '20T09:30', '23T09:30', '24T09:30'));
  });

  it('is confirmed before all of it goes by words', async () => {
    const me = await talkAfter(STANDUP);
    (await me.say('cancel the standup series')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /all of "team standup"/,
    });
    (await me.say('no')).changesNothing();
    await me.say('cancel the standup series');
    (await me.say('yes')).didEvent('deleted');
    expect(await days(me)).toEqual([]);
  });

  it('moves from a month on', async () => {
    const me = await talkAfter('team standup every weekday at 9:15');
    (await me.say('from december on make the standup 9:30')).didEvent('updated');
    expect(await me.calendar('2026-11-30', '2026-12-03')).toEqual(
      ['11-30T09:15', '12-01T09:30', '12-02T09:30'].map((day) => `2026-${day} team standup`),
    );
  });

  it('says all that would go where it was changed from a day on', async () => {
    const me = await talkAfter('team standup every weekday at 9:30 until december 11');
    await me.say('move the standup from december 4 on to 11');
    (await me.say('cancel the standup series')).asks({
      slot: 'target',
      kind: 'confirm',
      words:
        /every weekday,? until .*3 December.* at 09:30 and every weekday,? until .*11 December.* at 11:00/,
    });
  });

  it('takes its own changed days along when it goes, and gives each its place in a batch', async () => {
    const me = await talkAfter(STANDUP, 'lunch with Ann tomorrow at noon');
    await me.say("move tomorrow's standup to 11");
    (await me.say('cancel everything tomorrow')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /Cancel 2 events/,
    });
    await me.say('no');
    await me.say('cancel the standup series');
    await me.say('yes');
    expect(await days(me)).toEqual(['2026-11-19T12:00 lunch with Ann']);
  });

  it('of so many times has as many when it is parted', async () => {
    const me = await talkAfter('piano lesson every wednesday at 5pm 6 times');
    (await me.say('move the piano lesson to 6pm from december 2 on')).didEvent('updated');
    expect(await me.calendar('2026-11-18', '2027-02-01')).toEqual(
      ['11-18T17', '11-25T17', '12-02T18', '12-09T18', '12-16T18', '12-23T18'].map(
        (day) => `2026-${day}:00 piano lesson`,
      ),
    );
  });

  it('moves to another weekday as a whole', async () => {
    const me = await talkAfter('piano lesson every wednesday at 5pm');
    await me.say('move the piano lessons to thursday');
    (await me.say('all')).didEvent('updated', { recurrence: 'FREQ=WEEKLY;BYDAY=TH' });
    expect(await me.calendar('2026-11-18', '2026-12-01')).toEqual([
      '2026-11-19T17:00 piano lesson',
      '2026-11-26T17:00 piano lesson',
    ]);
  });

  it('keeps its hour when the clocks change', async () => {
    const me = await talkAfter('choir every monday at 8pm starting march 22 2027');
    const query = await me.calendar('2027-03-20', '2027-04-06');
    expect(query).toEqual(['2027-03-22T20:00 choir', '2027-03-29T20:00 choir', '2027-04-05T20:00 choir']);
    (await me.say('move the whole choir series to 7pm')).didEvent('updated');
    expect(await me.calendar('2027-03-20', '2027-04-06')).toEqual([
      '2027-03-22T19:00 choir',
      '2027-03-29T19:00 choir',
      '2027-04-05T19:00 choir',
    ]);
  });

  it('may begin and end later on', async () => {
    const me = await talkAfter('team lunch on friday at noon');
    (await me.say('the team lunch should repeat every friday')).didEvent('updated', {
      recurrence: 'FREQ=WEEKLY;BYDAY=FR',
    });
    expect(await me.calendar('2026-11-18', '2026-12-01')).toHaveLength(2);
  });
});
