import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** What somebody has once all of it is said: open tasks with their day, and events. */
async function after(...said: readonly string[]): Promise<string[]> {
  const me: Talk = await talk(url);
  for (const text of said) await me.say(text);
  const tasks = (await me.tasks()).map(({ title, due_date: due }) => `${title}${due ? ` @ ${due}` : ''}`);
  return [...tasks.toSorted(), ...(await me.calendar('2026-11-18', '2026-12-20'))];
}
type Told = [said: readonly string[], has: readonly string[]];

describe('what is asked about, called by its name again', () => {
  it.each<Told>([
    [
      ['put talk rehearsal in my calendar', 'ok, talk rehearsal tomorrow at 5pm then'],
      ['2026-11-19T17:00 talk rehearsal'],
    ],
    [
      ['put talk rehearsal in my calendar', 'so talk rehearsal is on friday at 5pm'],
      ['2026-11-20T17:00 talk rehearsal'],
    ],
    [
      ['put talk rehearsal in my calendar', 'what do i have tomorrow?', 'talk rehearsal friday 5pm'],
      ['2026-11-20T17:00 talk rehearsal'],
    ],
    [
      ['put talk rehearsal in my calendar', 'talk to Bob tomorrow at 5pm'],
      ['talk to Bob @ 2026-11-19T17:00:00+01:00'],
    ],
  ])('%j', async (said, has) => expect(await after(...said)).toEqual(has));
});

describe('another day for what is due', () => {
  it.each<Told>([
    [
      ['i have to submit the exercise by monday', 'oh no its due sunday already'],
      ['submit the exercise @ 2026-11-22'],
    ],
    [
      ['i have to submit the exercise by monday', "it's due already on sunday"],
      ['submit the exercise @ 2026-11-22'],
    ],
    [
      ['i have to submit the exercise by monday', "no, it's on sunday already"],
      ['submit the exercise @ 2026-11-22'],
    ],
    [['add a task to pay the rent by friday', "delete everything that's due friday", 'yes do it'], []],
  ])('%j', async (said, has) => expect(await after(...said)).toEqual(has));
});

describe('another one behind an event', () => {
  it.each<Told>([
    [
      ['add a meeting tomorrow at 10', 'and another one at 2'],
      ['2026-11-19T10:00 meeting', '2026-11-19T14:00 meeting'],
    ],
    [
      ['lunch with Ann friday at 12', 'and another one on saturday', 'at 1pm'],
      ['2026-11-20T12:00 lunch with Ann', '2026-11-21T13:00 lunch with Ann'],
    ],
    [
      ['add a meeting tomorrow at 10', 'another one: dentist friday at 3'],
      ['2026-11-19T10:00 meeting', '2026-11-20T15:00 dentist'],
    ],
    [
      ['add a task to buy wool', 'and another one to mend the jacket'],
      ['buy wool', 'mend the jacket'],
    ],
  ])('%j', async (said, has) => expect(await after(...said)).toEqual(has));
});

describe('what a reminder counts from', () => {
  it.each<Told>([
    [
      ['add a task to call Bob tomorrow at 5pm', 'remind me 2 hours before', 'move it to friday'],
      ['call Bob @ 2026-11-20T17:00:00+01:00'],
    ],
    [
      ['add a task to call Bob tomorrow at 5pm', 'remind me 2 hours before', 'move the reminder to 4pm'],
      ['call Bob @ 2026-11-19T17:00:00+01:00'],
    ],
  ])('%j', async (said, has) => expect(await after(...said)).toEqual(has));
});

describe('what is asked for with its article', () => {
  it.each(['what time is the call?', 'when is the call', 'what time does the call start?'])(
    '%s',
    async (text) => {
      const me = await talk(url);
      await me.say('call with Ann tomorrow at 3pm');
      (await me.say(text)).says(/call with Ann.*15:00|15:00.*call with Ann/);
    },
  );
});
