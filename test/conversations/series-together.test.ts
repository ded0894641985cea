import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** A Tuesday, after the series of these tests have begun. */
const LATER = '2026-12-01T08:00:00+01:00';

describe('one change of several series', () => {
  it.each<[text: string, days: readonly string[]]>([
    [
      'move both an hour later',
      ['01T10:00 standup', '02T10:00 standup', '03T10:00 standup', '03T19:00 yoga', '04T10:00 standup'],
    ],
    [
      'move both to 8am',
      ['02T08:00 standup', '03T08:00 standup', '03T08:00 yoga', '04T08:00 standup', '07T08:00 standup'],
    ],
  ])('%s: the days stay', async (text, days) => {
    const me = await talk(url);
    await me.sayAll('standup every weekday at 9', 'yoga every thursday at 18:00');
    (await me.say(text, LATER)).asks({ slot: 'target', kind: 'confirm', words: /^Change 2 events/ });
    await me.say('yes', LATER);
    const calendar = await me.calendar('2026-12-01', '2026-12-08');
    expect(calendar.filter((day) => days.some((known) => day.endsWith(known)))).toEqual(
      days.map((day) => `2026-12-${day}`),
    );
    expect(calendar).toHaveLength(6);
  });

  it('tells the day that comes next', async () => {
    const me = await talk(url);
    await me.sayAll('standup every weekday at 9', 'yoga every thursday at 18:00');
    (await me.say('move both an hour later', LATER)).says(
      /standup: Tuesday 1 December, 10:00.*\nyoga: Thursday 3 December, 19:00/,
    );
    (await me.say('yes', LATER)).says(
      /standup: Tuesday 1 December, 10:00.*\nyoga: Thursday 3 December, 19:00/,
    );
  });

  it('keeps a day that was called off', async () => {
    const me = await talk(url);
    await me.sayAll(
      'standup every weekday at 9',
      'skip tomorrow',
      'sync every weekday at 13',
      'move both an hour later',
      'yes',
    );
    expect(await me.calendar('2026-11-18', '2026-11-24')).toEqual([
      '2026-11-18T14:00 sync',
      '2026-11-19T14:00 sync',
      '2026-11-20T10:00 standup',
      '2026-11-20T14:00 sync',
      '2026-11-23T10:00 standup',
      '2026-11-23T14:00 sync',
    ]);
  });

  it('keeps a day that was moved away', async () => {
    const me = await talk(url);
    await me.sayAll(
      'team sync every tuesday at 10',
      "move next week's to wednesday at 11",
      'move all of them to 9',
      'yes',
    );
    expect(await me.calendar('2026-11-18', '2026-12-10')).toEqual([
      '2026-11-25T09:00 team sync',
      '2026-12-01T09:00 team sync',
      '2026-12-08T09:00 team sync',
    ]);
  });
});

describe('"all of them" of one series', () => {
  it('is all of its days', async () => {
    const me = await talk(url);
    await me.say('yoga every thursday at 18:00');
    (await me.say('cancel all of them')).asks({ slot: 'target', kind: 'confirm', words: /all of "yoga"/ });
    await me.say('yes');
    expect(await me.calendar('2026-11-18', '2026-12-31')).toEqual([]);
  });
});
