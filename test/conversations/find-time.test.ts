import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { addEvent, at, calendar, events, scheduleOf, set } from './calendar-of.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const NONE = 'None of these';

/** Somebody with a standup on working days, and a meeting tomorrow from ten to twelve. */
async function busy(): Promise<Talk> {
  const me = await talk(url);
  const recurrence = 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR';
  await addEvent(me, 'Standup', '2026-11-02T09:30', '2026-11-02T09:45', { recurrence });
  await addEvent(me, 'Team meeting', '2026-11-19T10:00', '2026-11-19T12:00');
  return me;
}

describe('a time for something', () => {
  it('offers three free times of working hours, on days apart, and books the one that is picked', async () => {
    const me = await busy();
    const asked = (await me.say('find an hour for the gym this week')).understood('find_time').asks({
      slot: 'start',
      kind: 'choice',
      words: /"gym" \(1 hour\)/,
      choices: [
        'Wednesday 18 November, 10:00 to 11:00',
        'Thursday 19 November, 12:00 to 13:00',
        'Friday 20 November, 09:45 to 10:45',
        NONE,
      ],
    });
    asked.changesNothing();
    expect(scheduleOf(asked)).toMatchObject({
      state: 'proposed',
      blocks: [],
      slots: [
        { start: at('2026-11-18T10:00'), end: at('2026-11-18T11:00') },
        { start: at('2026-11-19T12:00') },
        { start: at('2026-11-20T09:45') },
      ],
    });
    const booked = (await me.tap(asked, /Thursday/)).says(
      'Booked "gym" for Thursday 19 November, 12:00 to 13:00.',
    );
    expect(booked.receipt.effects).toMatchObject([{ kind: 'event', op: 'create', title: 'gym' }]);
    expect(booked.result.execution_result).toEqual({ event_id: booked.receipt.effects[0]?.id });
    expect(await calendar(me, '2026-11-19', '2026-11-20')).toContain('gym 11-19T12:00–13:00');
    (await me.say('undo')).says(/undone: booked "gym"/i);
    expect(await calendar(me, '2026-11-19', '2026-11-20')).not.toContain('gym 11-19T12:00–13:00');
  });

  it.each([
    ['the second one', 'gym 11-19T12:00–13:00'],
    ['3', 'gym 11-20T09:45–10:45'],
    ['thursday', 'gym 11-19T12:00–13:00'],
    ['you choose', 'gym 11-18T10:00–11:00'],
    ['tomorrow at 4pm', 'gym 11-19T16:00–17:00'],
    ['on friday at 14:30', 'gym 11-20T14:30–15:30'],
  ])('takes "%s" for an answer', async (answer, booked) => {
    const me = await busy();
    (await me.sayAll('find an hour for the gym this week', answer)).says(/^Booked "gym"/);
    expect(await calendar(me)).toContain(booked);
  });

  it.each(['none of these', 'never mind'])('"%s" books nothing', async (answer) => {
    const me = await busy();
    (await me.sayAll('find an hour for the gym this week', answer)).changesNothing();
    expect(me.open).toEqual([]);
  });

  it('a time that is taken is told by what takes it, and others are offered', async () => {
    const me = await busy();
    const again = (await me.sayAll('find an hour for the gym this week', 'tomorrow at 11')).asks({
      slot: 'start',
      kind: 'choice',
    });
    again.says(/is taken by "Team meeting"/).changesNothing();
    (await me.say('the first')).says(/Booked "gym" for Wednesday 18 November, 10:00 to 11:00/);
  });

  it('what was offered may be taken by now', async () => {
    const me = await busy();
    const asked = await me.say('find an hour for the gym this week');
    await addEvent(me, 'Call', '2026-11-19T12:30', '2026-11-19T12:45');
    (await me.tap(asked, /Thursday/)).asks({ slot: 'start', kind: 'choice' }).says(/is taken by "Call"/);
    (await me.say('2')).says(/Booked "gym" for Thursday 19 November, 12:45 to 13:45/);
  });

  it('whoever else is meant has a calendar that nobody here knows', async () => {
    const me = await busy();
    const asked = (await me.say('when am I free for 30 minutes with Ann?')).says(
      /I only know your own calendar, so check with Ann/,
    );
    await me.tap(asked, /Friday/);
    const [booked] = (await events(me, '2026-11-20', '2026-11-21')).filter(({ title }) => /Ann/.test(title));
    expect(booked).toMatchObject({ title: 'Meeting with Ann', participants: ['Ann'] });
  });

  it('is asked what it is, where that is not known, and does without', async () => {
    const me = await busy();
    await me.sayAll('find 30 minutes tomorrow', 'the first');
    expect(me.open[0]).toMatchObject({ slot: 'title', choices: [{ label: 'Just "Busy"' }] });
    (await me.say('Coffee break')).says(/Booked "Coffee break" for Thursday 19 November, 09:00 to 09:30/);
    (await me.sayAll('find 30 minutes on friday', 'the first', 'skip')).says(/Booked "Busy"/);
  });

  it('lasts as long as events of this person usually do', async () => {
    const me = await busy();
    await set(me, { event_minutes: 45 });
    (await me.say('find time for a haircut on friday')).says(/\(45 minutes\)/);
  });
});

describe('hours of the day', () => {
  it.each<[string, RegExp, RegExp]>([
    ['find an hour for the gym on sunday evening', /Sunday 22 November, 18:00/, /Sunday/],
    [
      'find time for a call with Bob next week in the evening',
      /Monday 23 November, 18:00/,
      /Tuesday 24 November, 18:00/,
    ],
    [
      'find an hour for the gym in the mornings next week',
      /Monday 23 November, 09:45/,
      /Tuesday 24 November, 09:45/,
    ],
    ['find a slot after work tomorrow for drinks', /Thursday 19 November, 17:00/, /Thursday/],
    ['find a time for lunch with Sam on thursday', /Thursday 19 November, 12:00/, new RegExp(NONE)],
  ])('%s', async (words, first, second) => {
    const me = await busy();
    const { choices } = (await me.say(words)).asks({ slot: 'start', kind: 'choice' }).question;
    expect(choices[0]?.label).toMatch(first);
    expect(choices[1]?.label).toMatch(second);
  });

  it('a morning begins before work where there is no room in it', async () => {
    const me = await busy();
    (await me.say('is there a free slot tomorrow morning for 45 minutes?')).asks({
      slot: 'start',
      kind: 'choice',
      words: /only time/,
      choices: ['Thursday 19 November, 07:00 to 07:45', NONE],
    });
  });
});

describe('questions about free time', () => {
  it('tells the gaps of a day', async () => {
    const me = await busy();
    const told = (await me.say('when am I free tomorrow?')).says(
      'You are free tomorrow:\n• 09:00 to 09:30\n• 12:00 to 17:00',
    );
    expect(told.result.status).toBe('completed');
    expect(scheduleOf(told).slots).toHaveLength(2);
  });

  it('says what there is instead where there is no room', async () => {
    const me = await busy();
    (await me.say('find 6 hours tomorrow'))
      .says(/no free 6 hours tomorrow between 09:00 and 17:00.*longest.*12:00 to 17:00 \(5 hours\)/)
      .changesNothing();
    expect(me.open).toEqual([]);
  });

  it('a day off leaves no time, a birthday does', async () => {
    const me = await talk(url);
    const day = { all_day: true };
    await addEvent(me, "Ann's birthday", '2026-11-19T00:00', '2026-11-20T00:00', day);
    await addEvent(me, 'Day off', '2026-11-20T00:00', '2026-11-21T00:00', day);
    (await me.say('when am I free tomorrow?')).says('09:00 to 17:00');
    (await me.say('when am I free on friday?')).says(/no free time Friday 20 November/);
  });

  it('the past has no free time', async () => {
    const me = await busy();
    (await me.say('find time yesterday')).refused('validation_error').says(/over already/);
  });

  it('another search takes the place of the one before', async () => {
    const me = await busy();
    await me.say('find an hour for the gym on sunday evening');
    (await me.say('find 15 minutes today')).says(/These times are free \(15 minutes\)/);
    expect(me.open).toHaveLength(1);
  });
});
