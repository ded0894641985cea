import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** What is said to somebody with a series, without a question. */
async function talkAfter(...said: readonly [string, ...string[]]): Promise<{ me: Talk; last: Heard }> {
  const me = await talk(url);
  const last = await me.sayAll(...said);
  last.didEvent('updated');
  return { me, last };
}

const STANDUP = 'team standup every weekday at 9:30 until december 4';
/** Its days from Thursday 19 November until Friday 4 December, each as `11-19T09:30`. */
async function days(me: Talk): Promise<string[]> {
  const all = await me.calendar('2026-11-18', '2027-01-10');
  return all.map((line) => line.slice(5, 16));
}

describe('another hour for some days of the week', () => {
  it('leaves the other days as they are, what was called off, and the end', async () => {
    const { me, last } = await talkAfter(
      STANDUP,
      'cancel the standup on november 24',
      'cancel the standup on november 30',
      'make the standup on mondays at 8am',
    );
    last.says(/Its other days stay as they are/);
    const after = [
      '11-19T09:30',
      '11-20T09:30',
      '11-23T08:00',
      '11-25T09:30',
      '11-26T09:30',
      '11-27T09:30',
      '12-01T09:30',
      '12-02T09:30',
      '12-03T09:30',
      '12-04T09:30',
    ];
    expect(await days(me)).toEqual(after);
    await me.say('undo');
    expect(await days(me)).toEqual(after.map((day) => day.replace('11-23T08:00', '11-23T09:30')));
  });

  it('holds in every part, and a second time', async () => {
    const { me } = await talkAfter(
      STANDUP,
      'move the standup from november 30 on to 11',
      'make the standup on mondays at 8am',
    );
    const mondays = (hour: string): string[] => [
      '11-19T09:30',
      '11-20T09:30',
      `11-23T${hour}`,
      '11-24T09:30',
      '11-25T09:30',
      '11-26T09:30',
      '11-27T09:30',
      `11-30T${hour}`,
      '12-01T11:00',
      '12-02T11:00',
      '12-03T11:00',
      '12-04T11:00',
    ];
    expect(await days(me)).toEqual(mondays('08:00'));
    (await me.say('make the standup on mondays at 7am')).didEvent('updated');
    expect(await days(me)).toEqual(mondays('07:00'));
    await me.say('cancel the standup from december 1 on');
    await me.say('yes');
    expect(await days(me)).toEqual(mondays('07:00').slice(0, 8));
  });

  it('ends with the day on which so many times are over', async () => {
    const { me } = await talkAfter(
      'team standup every weekday at 9:30 6 times',
      'make the standup on mondays at 8am',
    );
    expect(await days(me)).toEqual([
      '11-19T09:30',
      '11-20T09:30',
      '11-23T08:00',
      '11-24T09:30',
      '11-25T09:30',
      '11-26T09:30',
    ]);
  });

  it('reminds of them as of the others', async () => {
    const { me } = await talkAfter(
      STANDUP,
      'remind me 10 minutes before every standup',
      'make the standup on mondays at 8am',
    );
    const { items } = await me.client.rest.reminders({ limit: 50 });
    expect(items.map(({ before_minutes: before }) => before)).toEqual([10, 10]);
  });
});

describe('other days of the week', () => {
  it('are all that the series has then, as long as it goes on', async () => {
    const { me, last } = await talkAfter(
      STANDUP,
      'cancel the standup on november 23',
      'move the standup from december 1 on to 11',
      'make the standup every monday',
    );
    expect(last.result.reply).not.toMatch(/other days/);
    expect(await days(me)).toEqual(['11-30T09:30']);
  });
});
