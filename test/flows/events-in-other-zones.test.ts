import { beforeAll, describe, expect, it } from 'vitest';
import { talk } from '../conversations/talk.ts';
import { startProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

const NEW_YORK = 'America/New_York';

describe('an event by the clock of another place', () => {
  it('keeps that clock, and is told by both', async () => {
    const me = await talk(url);
    (await me.say('call with Ana tomorrow at 3pm New York time'))
      .didEvent('created', { start: '2026-11-19T15:00:00-05:00', timezone: NEW_YORK, title: 'call with Ana' })
      .says(/21:00 to 22:00 \(15:00 to 16:00 in New York\)/);
  });

  it('has that of the speaker where no other is said', async () => {
    const me = await talk(url);
    (await me.say('lunch with Ana in New York tomorrow at noon')).didEvent('created', {
      timezone: 'Europe/Vienna',
    });
    (await me.say('call with Bob on friday at 3pm my time')).didEvent('created', {
      timezone: 'Europe/Vienna',
    });
  });

  it('that repeats comes by that clock on both sides of every change', async () => {
    const me = await talk(url);
    (await me.say('call with Ana every monday at 3pm New York time starting march 8 2027')).didEvent(
      'created',
      {
        timezone: NEW_YORK,
      },
    );
    // The clocks of New York change on 14 March, those of Vienna on the 28th.
    const { result } = await me.say('what is on my calendar from march 8 to march 31 2027?');
    const card = result.cards.find(({ kind }) => kind === 'events');
    const events = card?.kind === 'events' ? card.data.events : [];
    expect(events.map(({ start }) => start)).toEqual([
      '2027-03-08T15:00:00-05:00',
      '2027-03-15T15:00:00-04:00',
      '2027-03-22T15:00:00-04:00',
      '2027-03-29T15:00:00-04:00',
    ]);
    expect(result.reply).toMatch(/21:00[^]*20:00[^]*20:00[^]*21:00/);
  });

  it('comes on the day that was said there, though it is another one here', async () => {
    const me = await talk(url);
    const { event } = await me.say('sync with the team every monday at 7am Tokyo time');
    expect(event).toMatchObject({
      timezone: 'Asia/Tokyo',
      start: expect.stringMatching(/T07:00:00\+09:00$/),
    });
    expect(new Date(event.start).getUTCDay()).toBe(0);
  });

  it('moves to the clock of another place, and back with an undo', async () => {
    const me = await talk(url);
    await me.say('call with Ana tomorrow at 3pm');
    const moved = await me.say('move the call with Ana to 4pm London time');
    moved.didEvent('updated', { start: '2026-11-19T16:00:00+00:00', timezone: 'Europe/London' });
    (await me.undo(moved)).didEvent('updated', {
      start: '2026-11-19T15:00:00+01:00',
      timezone: 'Europe/Vienna',
    });
  });
});
