import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { set } from './calendar-of.ts';
import { talk, ZONE, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Somebody who is told nothing between 22:00 and 07:00. */
async function sleeper(): Promise<Talk> {
  const me = await talk(url);
  await set(me, { timezone: ZONE, quiet_hours: { start: '22:00', end: '07:00' } });
  return me;
}

const TOMORROW = 'That is in your quiet hours, so I tell you Thursday 19 November at 07:00.';

describe('a reminder in quiet hours', () => {
  it.each([
    ['remind me tonight at 11pm to take pills', TOMORROW],
    ['remind me tomorrow at 5am to catch the train', TOMORROW],
    ['set an alarm for 6:30 tomorrow morning', TOMORROW],
    ['remind me every day at 11pm to lock the door', TOMORROW],
    [
      'remind me on friday at 22:00 to call Bob',
      'That is in your quiet hours, so I tell you Saturday 21 November at 07:00.',
    ],
  ])('"%s" is promised for their end', async (words, hint) => {
    const me = await sleeper();
    (await me.say(words)).says(/^Reminder set: /).says(hint);
  });

  it('is told of when it is moved there, and no more when it is moved out again', async () => {
    const me = await sleeper();
    await me.say('remind me tomorrow at 5pm to take pills');
    (await me.say('move the reminder to 11pm')).says(
      /23:00\. That is in your quiet hours.*20 November at 07:00/,
    );
    const out = await me.say('move the reminder to 8pm');
    expect(out.result.reply).not.toMatch(/quiet/);
  });

  it('counts what is a while before something, too', async () => {
    const me = await sleeper();
    await me.say('flight tomorrow at 7:30am');
    (await me.say('remind me an hour before')).says(/06:30/).says(TOMORROW);
  });

  it.each([
    'remind me at 7am to jog',
    'remind me tonight at 9:59pm to read',
    'remind me tomorrow to pay rent',
  ])('"%s" is not', async (words) => {
    const me = await sleeper();
    const heard = (await me.say(words)).says(/^Reminder set: /);
    expect(heard.result.reply).not.toMatch(/quiet/);
  });

  it('is promised for its hour where there are none', async () => {
    const me = await talk(url);
    const heard = (await me.say('remind me tonight at 11pm to take pills')).says(/at 23:00\.$/);
    expect(heard.result.reply).not.toMatch(/quiet/);
  });
});
