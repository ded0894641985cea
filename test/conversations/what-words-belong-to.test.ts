import { beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../contracts/entities.ts';
import { sharedProduct } from '../support/product.ts';
import { events } from './calendar-of.ts';
import { talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);
const all = (me: Talk): Promise<Event[]> => events(me, '2026-11-18', '2027-02-01');
const due = async (me: Talk): Promise<(string | null)[]> =>
  (await me.tasks()).map(({ due_date }) => due_date);
const toldAt = async (me: Talk): Promise<string[]> =>
  (await me.client.rest.reminders()).items.map(({ remind_at }) => remind_at);

describe('what is told before something', () => {
  it.each([
    ['make it 20', '2026-11-20T14:40:00+01:00', '2026-11-20T15:00'],
    ['no, 10', '2026-11-20T14:50:00+01:00', '2026-11-20T15:00'],
    ['make it 3:30', '2026-11-20T15:15:00+01:00', '2026-11-20T15:30'],
    ['make it 4', '2026-11-20T15:45:00+01:00', '2026-11-20T16:00'],
  ])('is so many minutes, or of another hour: %s', async (said, at, start) => {
    const me = await begun('dentist friday 3pm', 'remind me 15 min before', said);
    expect(await toldAt(me)).toEqual([at]);
    expect((await all(me)).map((one) => one.start.slice(0, 16))).toEqual([start]);
  });

  it('leaves a task on its day that gets another hour', async () => {
    const me = await begun('leave tomorrow at 5', 'remind me an hour before', 'make it 6');
    expect(await due(me)).toEqual(['2026-11-19T18:00:00+01:00']);
  });

  it.each([
    ['remind me about the vet appointment on saturday at 11, one day before', '2026-11-20T11:00:00+01:00'],
    ['remind me of the party on saturday at 8pm 2 hours before', '2026-11-21T18:00:00+01:00'],
    ['remind me to pack an hour before the flight on friday at 3pm', '2026-11-20T14:00:00+01:00'],
    ['remind me about the rent on saturday at 11', '2026-11-21T11:00:00+01:00'],
  ])('counts from the time that was said: %s', async (said, at) => {
    expect(await toldAt(await begun(said))).toEqual([at]);
  });

  it('goes with the thing that there is', async () => {
    const me = await begun(
      'dentist on friday at 3pm',
      'remind me one day before the dentist on friday at 3pm',
    );
    await me.say('move the dentist to 4');
    expect(await toldAt(me)).toEqual(['2026-11-19T16:00:00+01:00']);
  });

  it('ends before a deed that is told behind it', async () => {
    const me = await begun('add dentist friday 3pm and remind me an hour before and call mum tonight');
    expect(await toldAt(me)).toEqual(['2026-11-20T14:00:00+01:00']);
    expect(await me.titles()).toEqual(['call mum']);
  });
});

describe('how long a task takes, said behind its hour', () => {
  it.each([
    ['call Anna tomorrow at 10 for 30 minutes', '2026-11-19T10:00:00+01:00', 30],
    ['read the report tomorrow at 10 for 2 hours', '2026-11-19T10:00:00+01:00', 120],
    ['call Anna tomorrow for 30 minutes', '2026-11-19', 30],
    ['buy a cake for 10 people tomorrow at 10', '2026-11-19T10:00:00+01:00', null],
  ])('%s', async (said, at, minutes) => {
    const tasks = await (await begun(said)).tasks();
    expect(tasks.map(({ due_date, duration_minutes }) => [due_date, duration_minutes])).toEqual([
      [at, minutes],
    ]);
  });
});

describe('several who are written to', () => {
  it.each([
    ['email Lisa and Mark about the offsite', 'lisa@x.at', 'mark@x.at'],
    ['email Lisa and Mark about the offsite', 'mark@x.at', 'lisa@x.at'],
    ['email anna and mark about the offsite', 'office@x.at', 'desk@x.at'],
  ])('%s; %s; %s: each address is of one of them', async (said, first, second) => {
    const me = await begun(said, first, second);
    const { question } = (await me.say('send it')).result.clarification ?? {};
    expect(question).toContain(first);
    expect(question).toContain(second);
    expect(await me.tasks()).toEqual([]);
  });

  it('asks whose an address is that looks like that of somebody else', async () => {
    const me = await begun('email Lisa about the offsite', 'lisa@x.at');
    expect((await me.say('mark@x.at')).result.reply).toContain('Whose address');
  });
});

describe('"it" and its name', () => {
  it('is no new task', async () => {
    const me = await begun('dentist friday 3pm', 'add it to my tasks too');
    expect((await me.tasks()).map(({ title, due_date }) => [title, due_date])).toEqual([
      ['dentist', '2026-11-20T15:00:00+01:00'],
    ]);
    expect(await (await begun('buy candles', 'undo buy candles')).titles()).toEqual([]);
    expect(await (await begun('add it to my tasks')).titles()).toEqual([]);
  });

  it('is not called otherwise by a wish for the plan that is shown', async () => {
    const me = await begun('study for the exam 3 hours by friday', 'plan my week', 'no, start with the exam');
    expect(await me.titles()).toEqual(['study for the exam']);
  });
});
