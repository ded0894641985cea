import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const CHOIR = 'add choir rehearsal every thursday at 7pm for 2 hours';
/** The days of choir until the middle of December, said on Wednesday 18 November. */
const AS_MADE = ['11-19T19:00', '11-26T19:00', '12-03T19:00', '12-10T19:00'];

describe('some days of a series', () => {
  it.each<[text: string, days: readonly string[]]>([
    ["cancel next week's rehearsal", ['11-19T19:00', '12-03T19:00', '12-10T19:00']],
    ["cancel this week's choir", AS_MADE.slice(1)],
    ["move this week's choir to friday", ['11-20T19:00', ...AS_MADE.slice(1)]],
    ["move tomorrow's to 8", ['11-19T20:00', ...AS_MADE.slice(1)]],
    ["this week's rehearsal is at 8", ['11-19T20:00', ...AS_MADE.slice(1)]],
    ['rehearsal next week is at 8', ['11-19T19:00', '11-26T20:00', '12-03T19:00', '12-10T19:00']],
    ['and the one on december 10 starts at 8', [...AS_MADE.slice(0, 3), '12-10T20:00']],
    ['from december 1 on choir is at 8pm', ['11-19T19:00', '11-26T19:00', '12-03T20:00', '12-10T20:00']],
    ['from december on rehearsal starts at 8', ['11-19T19:00', '11-26T19:00', '12-03T20:00', '12-10T20:00']],
    [
      'choir rehearsal is at 8 from next week on',
      ['11-19T19:00', '11-26T20:00', '12-03T20:00', '12-10T20:00'],
    ],
    ["from next week it's at 6", ['11-19T19:00', '11-26T18:00', '12-03T18:00', '12-10T18:00']],
    [
      'starting in december choir is on wednesdays',
      ['11-19T19:00', '11-26T19:00', '12-02T19:00', '12-09T19:00'],
    ],
    ["cancel next week's", ['11-19T19:00', '12-03T19:00', '12-10T19:00']],
    ["cancel tomorrow's", AS_MADE.slice(1)],
    ["cancel next thursday's", ['11-19T19:00', '12-03T19:00', '12-10T19:00']],
    ['cancel the next one', AS_MADE.slice(1)],
    [
      'move choir on november 26 to november 27',
      ['11-19T19:00', '11-27T19:00', '12-03T19:00', '12-10T19:00'],
    ],
    [
      'move the rehearsal on november 26 to december 1',
      ['11-19T19:00', '12-01T19:00', '12-03T19:00', '12-10T19:00'],
    ],
    ["from now on it's at 6pm", ['11-19T18:00', '11-26T18:00', '12-03T18:00', '12-10T18:00']],
  ])('%s', async (text, days) => {
    const me = await talk(url);
    await me.say(CHOIR);
    const heard = await me.say(text);
    expect(heard.result.status).toBe('completed');
    expect(await me.calendar('2026-11-18', '2026-12-15')).toEqual(
      days.map((day) => `2026-${day} choir rehearsal`),
    );
  });

  it.each<[made: string, text: string, at: string]>([
    ['gym every monday at 7am', 'from december on make it 6:30', '06:30'],
    ['gym every monday at 7am', 'from december on make it 8', '08:00'],
    ['gym every monday at 18:00', 'from december on make it 6:30', '18:30'],
    ['gym every monday at 9am', 'from december on make it 5', '17:00'],
    ['gym every monday at 21:00', 'from december on make it 10', '22:00'],
  ])('%s; %s', async (made, text, at) => {
    const me = await talk(url);
    await me.sayAll(made, text);
    expect(await me.calendar('2026-12-07', '2026-12-08')).toEqual([`2026-12-07T${at} gym`]);
  });

  it('all that follow, after one of them was moved', async () => {
    const me = await talk(url);
    await me.sayAll(CHOIR, "move next week's to friday");
    (await me.say('cancel all following ones from december 1st')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Cancel "choir rehearsal" from Thursday 3 December on/,
    });
    await me.say('yes');
    expect(await me.calendar('2026-11-18', '2026-12-15')).toEqual([
      '2026-11-19T19:00 choir rehearsal',
      '2026-11-27T19:00 choir rehearsal',
    ]);
  });

  it('a place for one of them', async () => {
    const me = await talk(url);
    await me.say(CHOIR);
    const heard = await me.say("next week it's at Lena's place");
    heard.didEvent('updated', {
      location: "Lena's place",
      start: '2026-11-26T19:00:00+01:00',
      recurrence: null,
    });
  });

  it('one that is called off, and the one after', async () => {
    const me = await talk(url);
    await me.sayAll(CHOIR, 'the rehearsal on the 26th is cancelled', 'and also the one after');
    expect(await me.calendar('2026-11-18', '2026-12-15')).toEqual([
      '2026-11-19T19:00 choir rehearsal',
      '2026-12-10T19:00 choir rehearsal',
    ]);
  });
});

describe('days of the week on which something is not to come', () => {
  it('of a reminder: its next time is on a day that stays', async () => {
    const me = await talk(url);
    await me.sayAll('remind me every day at 8pm to read', 'not on wednesdays');
    const { items } = await me.client.rest.reminders({ limit: 10 });
    expect(items.map(({ remind_at }) => remind_at)).toEqual(['2026-11-19T20:00:00+01:00']);
  });

  it('of an event', async () => {
    const me = await talk(url);
    await me.sayAll('yoga every day at 7am', 'but not on weekends');
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual(
      [19, 20, 23, 24].map((day) => `2026-11-${String(day)}T07:00 yoga`),
    );
  });
});

describe('how much of a series, with a verb', () => {
  it('answers the question of that verb, and no other', async () => {
    const me = await talk(url);
    await me.sayAll('standup every day at 9', 'cancel the standup', 'move the standup to 10');
    (await me.say('cancel only this one')).says(/^Cancelled "standup" on Thursday 19 November only/);
    expect(await me.calendar('2026-11-18', '2026-11-21')).toEqual(['2026-11-20T09:00 standup']);
  });

  it('is an order of its own where nothing of that verb was asked', async () => {
    const me = await talk(url);
    await me.sayAll('standup every day at 9', 'move the standup to 10');
    (await me.say('cancel this and all following')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Cancel all of "standup"/,
    });
    expect(await me.calendar('2026-11-18', '2026-11-20')).toEqual(['2026-11-19T09:00 standup']);
  });

  it.each(['move all of them', 'all of them', 'change all'])('%s: answers as before', async (text) => {
    const me = await talk(url);
    await me.sayAll('standup every day at 9', 'move the standup to 10');
    (await me.say(text)).says(/^Moved "standup".* All of them\.$/);
  });
});
