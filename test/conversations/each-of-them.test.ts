import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);
const days = (me: Talk): Promise<string[]> => me.calendar('2026-11-18', '2026-12-01');

const TRAINING = 'training every tuesday and thursday at 18:00';
const LUNCHES = ['lunch with Ann tomorrow at 12', 'lunch with Bob friday at 12'];
const MEETINGS = ['standup tomorrow at 9', 'budget meeting tomorrow at 14:00'];

describe('words for several mean each of them, and are confirmed together', () => {
  it.each<[made: readonly string[], text: string, left: readonly string[]]>([
    [[TRAINING], 'cancel training next week', ['2026-11-19T18:00 training']],
    [[TRAINING], 'no training next week', ['2026-11-19T18:00 training']],
    [[TRAINING], "cancel next week's", ['2026-11-19T18:00 training']],
    [[TRAINING], 'cancel all trainings next week', ['2026-11-19T18:00 training']],
    [
      [TRAINING],
      'move training next week to 19:00',
      ['2026-11-19T18:00 training', '2026-11-24T19:00 training', '2026-11-26T19:00 training'],
    ],
    [
      [TRAINING],
      "move next week's to 19:00",
      ['2026-11-19T18:00 training', '2026-11-24T19:00 training', '2026-11-26T19:00 training'],
    ],
    [LUNCHES, 'cancel my lunches', []],
    [LUNCHES, 'cancel both lunches', []],
    [LUNCHES, 'cancel every lunch this week', []],
    [MEETINGS, "cancel all of tomorrow's meetings", []],
    [
      MEETINGS,
      "push all of tomorrow's meetings by 30 minutes",
      ['2026-11-19T09:30 standup', '2026-11-19T14:30 budget meeting'],
    ],
  ])('%s; %s', async (made, text, left) => {
    const me = await begun(...made);
    const before = await days(me);
    (await me.say(text)).asks({ slot: 'target', kind: 'confirm', words: /2 events/ });
    expect(await days(me)).toEqual(before);
    await me.say('yes');
    expect(await days(me)).toEqual(left);
    await me.say('undo');
    expect(await days(me)).toEqual(before);
  });

  it.each(['just the tuesday one', 'no, only tuesday'])('or fewer: %s', async (text) => {
    const me = await begun(TRAINING, 'cancel training next week', text);
    expect(await days(me)).toEqual(['2026-11-19T18:00 training', '2026-11-26T18:00 training']);
  });

  it('takes a single day of a week without the rest of its series', async () => {
    const me = await begun('training every tuesday at 18:00', 'cancel all trainings next week');
    expect(await days(me)).toEqual([]);
    expect(await me.calendar('2026-12-01', '2026-12-09')).toEqual([
      '2026-12-01T18:00 training',
      '2026-12-08T18:00 training',
    ]);
  });

  it.each([
    [LUNCHES, 'cancel my lunch'],
    [LUNCHES, 'cancel lunch this week'],
    [[TRAINING], 'move training next week to friday'],
  ])('%s; %s asks which', async (made, text) => {
    const me = await begun(...made);
    expect((await me.say(text)).question).toMatchObject({ slot: 'target', kind: 'choice' });
  });

  it('a series whose name is a plural is one thing', async () => {
    const me = await begun('piano lessons every friday at 15:00');
    (await me.say('cancel the piano lessons')).says(/repeats\. Cancel only this one/);
  });
});

describe('a day that a series does not come on', () => {
  it('is told, with the day that it comes next', async () => {
    const me = await begun('training every tuesday at 18:00');
    (await me.say("cancel next monday's")).says(
      /nothing called "training" on Monday 23 November: it comes next on Tuesday 24 November/,
    );
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual(['2026-11-24T18:00 training']);
  });

  it('is named where another day is offered', async () => {
    const me = await begun('training every tuesday at 18:00');
    (await me.say('cancel training next monday')).says(/no event "training" on Monday 23 November/);
  });
});
