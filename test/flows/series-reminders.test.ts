import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { listOf } from '../../contracts/rest.ts';
import {
  event as eventShape,
  reminder as reminderShape,
  type Event,
  type Reminder,
} from '../../contracts/entities.ts';
import { person, type Person } from '../conversations/with-rest.ts';
import { ZONE, type Heard } from '../conversations/talk.ts';
import { startProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

// Reminders live by the server's clock, so nothing here counts from another moment.
const said = async ({ me }: Person, words: string): Promise<Heard> => me.heard(me.session.submit(words));
const days = (count: number): DateTime => DateTime.now().setZone(ZONE).startOf('day').plus({ days: count });
const on = (count: number, hour: number, minute = 0): string =>
  days(count).set({ hour, minute }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");

/** A standup at noon that began ten days ago, and comes each day; told of ten minutes before. */
async function withStandup(): Promise<{ who: Person; series: Event }> {
  const who = await person(url);
  const body = {
    title: 'standup',
    start: on(-10, 12),
    end: on(-10, 12, 30),
    timezone: ZONE,
    recurrence: 'FREQ=DAILY',
  };
  const made = (await who.call('POST', '/events', body)) as { item: unknown };
  await said(who, 'remind me 10 minutes before every standup');
  return { who, series: eventShape.parse(made.item) };
}
const reminders = async (who: Person): Promise<Reminder[]> =>
  listOf(reminderShape).parse(await who.call('GET', '/reminders')).items;
const waiting = async (who: Person): Promise<string[]> =>
  (await reminders(who))
    .filter(({ status }) => status === 'scheduled')
    .map(({ remind_at }) => remind_at)
    .toSorted();

/** The first of these moments that is to come, as a reminder says it. */
const firstAhead = (...moments: readonly string[]): string =>
  moments.find((at) => Date.parse(at) > Date.now()) ?? '';
const daily = (hour: number, minute: number): string => firstAhead(on(0, hour, minute), on(1, hour, minute));

describe('the reminder of a series', () => {
  it('follows its next day when all of it is moved, by hand and by words, and comes back with an undo', async () => {
    const { who, series } = await withStandup();
    expect(await waiting(who)).toEqual([daily(11, 50)]);
    await who.call('PATCH', `/events/${series.id}`, { start: on(-10, 3), end: on(-10, 3, 30) });
    expect(await waiting(who)).toEqual([daily(2, 50)]);
    const moved = await said(who, 'move the whole standup series to 5am');
    expect(await waiting(who)).toEqual([daily(4, 50)]);
    await who.me.undo(moved);
    expect(await waiting(who)).toEqual([daily(2, 50)]);
  });

  it('goes on to the next day that takes place when one is called off', async () => {
    const { who } = await withStandup();
    const [next = ''] = await waiting(who);
    const day = DateTime.fromISO(next, { zone: ZONE });
    const name = day.toFormat('d LLLL', { locale: 'en' });
    const cancelled = await said(who, `cancel the standup on ${name}`);
    cancelled.says(/only/);
    expect(await waiting(who)).toEqual([day.plus({ days: 1 }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ")]);
    await who.me.undo(cancelled);
    expect(await waiting(who)).toEqual([next]);
  });

  it('tells of a day that was moved before its own time', async () => {
    const { who } = await withStandup();
    const [next = ''] = await waiting(who);
    const day = DateTime.fromISO(next, { zone: ZONE });
    const later = day.plus({ days: 3 }).toFormat('d LLLL', { locale: 'en' });
    await said(who, `move the standup on ${later} to 8am`);
    expect(await waiting(who)).toEqual([next]);
    await said(who, `move the standup on ${day.toFormat('d LLLL', { locale: 'en' })} to 11pm`);
    expect(await waiting(who)).toEqual([
      day.set({ hour: 22, minute: 50 }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ"),
    ]);
  });

  it('is told of both parts when it is changed from a day on', async () => {
    const { who } = await withStandup();
    const [next = ''] = await waiting(who);
    const from = days(5);
    const parted = await said(
      who,
      `move the standup to 3pm from ${from.toFormat('d LLLL', { locale: 'en' })} on`,
    );
    parted.didEvent('updated');
    expect(await waiting(who)).toEqual([next, on(5, 14, 50)]);
    await who.me.undo(parted);
    expect(await waiting(who)).toEqual([next]);
  });

  it('is over when it has no more days', async () => {
    const { who, series } = await withStandup();
    const until = days(-1).toFormat('yyyyMMdd');
    await who.call('PATCH', `/events/${series.id}`, { recurrence: `FREQ=DAILY;UNTIL=${until}` });
    expect(await waiting(who)).toEqual([]);
  });
});

describe('the reminder of an event', () => {
  const withDentist = async (): Promise<Person> => {
    const who = await person(url);
    const body = { title: 'dentist', start: on(3, 12), end: on(3, 13), timezone: ZONE };
    await who.call('POST', '/events', body);
    await said(who, 'remind me an hour before the dentist');
    expect(await waiting(who)).toEqual([on(3, 11)]);
    return who;
  };

  it('moves with it by words, is over with it, and comes back with each undo', async () => {
    const who = await withDentist();
    const moved = await said(who, 'move the dentist to 4pm');
    expect(await waiting(who)).toEqual([on(3, 15)]);
    const cancelled = await said(who, 'cancel the dentist');
    expect(await waiting(who)).toEqual([]);
    await who.me.undo(cancelled);
    expect(await waiting(who)).toEqual([on(3, 15)]);
    await who.me.undo(moved);
    expect(await waiting(who)).toEqual([on(3, 11)]);
  });

  it('moves with a batch, and is told at once where there is no more time before it', async () => {
    const who = await withDentist();
    const soon = DateTime.now().setZone(ZONE).plus({ minutes: 20 }).startOf('minute');
    const { items } = listOf(eventShape).parse(await who.call('GET', '/events'));
    const start = soon.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
    const before = Date.now();
    await who.call('PATCH', `/events/${items[0]?.id}`, { start });
    const [at = ''] = (await reminders(who)).map(({ remind_at }) => remind_at);
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(at)).toBeLessThan(soon.toMillis());
  });
});
