import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { addEvent, addTask, calendar, events, scheduleOf } from './calendar-of.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Somebody with two appointments today, one tomorrow in the evening and a standup on working days. */
async function busy(): Promise<Talk> {
  const me = await talk(url);
  const recurrence = 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR';
  await addEvent(me, 'Standup', '2026-11-02T09:30', '2026-11-02T09:45', { recurrence });
  await addEvent(me, 'Lunch with Sam', '2026-11-18T12:00', '2026-11-18T13:00', { participants: ['Sam'] });
  await addEvent(me, 'Dentist', '2026-11-18T15:00', '2026-11-18T16:00', { location: 'Main Street' });
  await addEvent(me, 'Yoga', '2026-11-19T18:00', '2026-11-19T19:00');
  return me;
}

const others = async (me: Talk): Promise<string[]> =>
  (await calendar(me, '2026-11-18', '2026-12-05')).filter((line) => !line.startsWith('Standup'));

describe('a new time for one event', () => {
  it('is shown with where it was and why, and moves it on a yes', async () => {
    const me = await busy();
    const shown = (await me.say('reschedule the dentist to some time next week'))
      .understood('reschedule')
      .asks({
        slot: 'date_range',
        kind: 'confirm',
        words: /move "Dentist" to Monday 23 November, 15:00 to 16:00/,
        choices: ['Yes, move it', 'No'],
      });
    shown.changesNothing();
    expect(scheduleOf(shown).blocks).toMatchObject([
      {
        title: 'Dentist',
        was: { start: '2026-11-18T15:00:00+01:00' },
        reason: 'Free at the same time of day',
      },
    ]);
    const moved = (await me.say('yes')).says('Moved "Dentist" to Monday 23 November, 15:00 to 16:00.');
    expect(moved.receipt.effects).toMatchObject([{ kind: 'event', op: 'update' }]);
    expect(await others(me)).toContain('Dentist 11-23T15:00–16:00');
    await me.say('undo');
    expect(await others(me)).toContain('Dentist 11-18T15:00–16:00');
  });

  it.each<[string, RegExp]>([
    ['reschedule the dentist', /Thursday 19 November, 15:00 to 16:00/],
    ['find a new time for the dentist', /Thursday 19 November, 15:00 to 16:00/],
    ['reschedule the dentist to later today', /Wednesday 18 November, 16:00 to 17:00/],
    ["I can't make it to yoga tomorrow, find another time", /"Yoga" to Friday 20 November, 18:00 to 19:00/],
    ['find a new time for lunch with Sam next week', /Monday 23 November, 12:00 to 13:00/],
  ])('%s', async (words, time) => {
    const me = await busy();
    (await me.say(words)).asks({ slot: 'date_range', kind: 'confirm', words: time });
  });

  it('goes beside what is in the way, and says what that is', async () => {
    const me = await busy();
    await addEvent(me, 'Review', '2026-11-19T14:30', '2026-11-19T15:30');
    const shown = await me.say('reschedule the dentist');
    expect(scheduleOf(shown).blocks).toMatchObject([
      { start: '2026-11-19T15:30:00+01:00', reason: 'The nearest free time; 15:00 is taken by "Review"' },
    ]);
  });

  it('others are not told, and that is said', async () => {
    const me = await busy();
    (await me.say('reschedule my lunch with Sam')).says(/I don't tell Sam about it/);
  });

  it('"it" is what was just moved', async () => {
    const me = await busy();
    await me.sayAll('reschedule the dentist', 'yes', 'reschedule it to next week', 'yes');
    expect(await others(me)).toContain('Dentist 11-23T15:00–16:00');
  });

  it('asks which one where two fit', async () => {
    const me = await busy();
    await addEvent(me, 'Check-up for Ann', '2026-11-24T09:00', '2026-11-24T10:00');
    await addEvent(me, 'Check-up for Tom', '2026-11-24T11:00', '2026-11-24T12:00');
    const asked = (await me.say('reschedule the check-up')).asks({ slot: 'target', kind: 'choice' });
    (await me.tap(asked, /Tom/)).asks({ slot: 'date_range', kind: 'confirm', words: /Tom/ });
    (await me.say('yes')).says(/Moved "Check-up for Tom" to Wednesday 25 November, 11:00/);
  });

  it('nothing happens without a yes', async () => {
    const me = await busy();
    (await me.sayAll('reschedule the dentist', 'no')).says(/stays where it is/).changesNothing();
    expect(await others(me)).toContain('Dentist 11-18T15:00–16:00');
  });

  it('looks again where the calendar has changed since', async () => {
    const me = await busy();
    const shown = await me.say('reschedule my lunch with Sam');
    await addEvent(me, 'Interview', '2026-11-19T12:00', '2026-11-19T13:00');
    const again = (await me.tap(shown, /Yes/)).asks({ slot: 'date_range', kind: 'confirm' });
    again.says(/calendar has changed.*13:00 to 14:00.*12:00 is taken by "Interview"/s).changesNothing();
    (await me.say('yes')).says(/^Moved "Lunch with Sam" to Thursday 19 November, 13:00/);
  });
});

describe('a day of a series', () => {
  it('moves alone, and comes back by an undo', async () => {
    const me = await busy();
    const moved = await me.sayAll("reschedule tomorrow's standup", 'yes');
    moved.says(/Moved "Standup" to Friday 20 November, 09:45 to 10:00/);
    const standups = async (): Promise<string[]> =>
      (await calendar(me, '2026-11-19', '2026-11-24')).filter((line) => line.startsWith('Standup'));
    expect(await standups()).toEqual([
      'Standup 11-20T09:30–09:45',
      'Standup 11-20T09:45–10:00',
      'Standup 11-23T09:30–09:45',
    ]);
    const own = (await events(me, '2026-11-20', '2026-11-21')).find(({ recurrence }) => recurrence === null);
    expect(own).toMatchObject({ title: 'Standup', original_start: '2026-11-19T09:30:00+01:00' });
    expect(own?.series_id).toEqual(expect.any(String));
    await me.say('undo');
    expect(await standups()).toEqual([
      'Standup 11-19T09:30–09:45',
      'Standup 11-20T09:30–09:45',
      'Standup 11-23T09:30–09:45',
    ]);
  });
});

describe('everything', () => {
  it('moves what is left of today, with one receipt', async () => {
    const me = await busy();
    const shown = (await me.say("I'm sick today, move everything")).asks({
      slot: 'date_range',
      kind: 'confirm',
      words: /these 2 events/,
    });
    expect(scheduleOf(shown).blocks.map(({ title, start }) => `${title} ${start.slice(5, 16)}`)).toEqual([
      'Lunch with Sam 11-19T12:00',
      'Dentist 11-19T15:00',
    ]);
    const moved = (await me.say('yes')).says('Moved 2 events.');
    expect(moved.receipt.effects).toHaveLength(2);
    expect(await others(me)).toEqual([
      'Lunch with Sam 11-19T12:00–13:00',
      'Dentist 11-19T15:00–16:00',
      'Yoga 11-19T18:00–19:00',
    ]);
    await me.say('undo');
    expect((await others(me))[0]).toBe('Lunch with Sam 11-18T12:00–13:00');
  });

  it.each<[string, string[]]>([
    ["I'm sick tomorrow, move everything", ['Standup', 'Yoga']],
    ['reschedule my meetings tomorrow', ['Standup', 'Yoga']],
    ['reschedule everything from today', ['Lunch with Sam', 'Dentist']],
  ])('%s', async (words, titles) => {
    const me = await busy();
    expect(scheduleOf(await me.say(words)).blocks.map(({ title }) => title)).toEqual(titles);
  });

  it('what is planned for a task moves with it', async () => {
    const me = await talk(url);
    await addTask(me, 'write the report', { duration_minutes: 60 });
    await me.sayAll('plan today', 'yes', "I'm sick today, move everything", 'yes');
    expect(await events(me)).toMatchObject([
      { title: 'write the report', calendar: 'plan', start: '2026-11-19T10:00:00+01:00' },
    ]);
  });

  it('whole days and what has begun stay', async () => {
    const me = await talk(url);
    await addEvent(me, 'Birthday', '2026-11-18T00:00', '2026-11-19T00:00', { all_day: true });
    await addEvent(me, 'Breakfast', '2026-11-18T09:30', '2026-11-18T10:30');
    (await me.say("I'm sick today, move everything")).refused('not_found');
  });
});

describe('what can not be moved', () => {
  it('what is not there', async () => {
    const me = await busy();
    (await me.say('reschedule the unicorn')).refused('not_found').says(/"unicorn"/);
  });

  it('a task without a time is told to be one', async () => {
    const me = await busy();
    await addTask(me, 'write the essay');
    (await me.say('find a new time for the essay')).refused('not_found').says(/is a task.*plan my week/);
  });

  it('where nothing is free', async () => {
    const me = await busy();
    await addEvent(me, 'Conference', '2026-11-19T00:00', '2026-11-19T23:30');
    (await me.say('find a new time for the dentist tomorrow'))
      .says(/no free time tomorrow.*More days would help/)
      .changesNothing();
    expect(me.open).toEqual([]);
  });
});
