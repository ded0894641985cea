import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import type { Target } from '../../../contracts/slots.ts';
import { inZone } from '../../../db/events.ts';
import { occurrencesOf } from '../../../db/occurrences.ts';
import { ask, type Step, type Work } from '../outcome.ts';
import { capital, quote } from '../sentences.ts';
import { columnsOf, newEvent, newEventColumns, patched } from '../event-fields.ts';
import { seriesOf, type Meant } from './meant.ts';
import { endedBefore, movedDays, restFrom } from './rule.ts';
import { sayDay, whyOf } from './words.ts';

/** How much of a series an act is about. */
export type Scope = NonNullable<Target['scope']>;

/** What the changes of a series are written with. */
export type Hand = Pick<Work, 'now' | 'newId' | 'words'>;

/** What changes, and what it then looks like. */
export interface Planned {
  effects: EffectWrite[];
  event: Event;
  /** New parts of the series, each with the one that it was taken from. */
  parted?: { from: Event; part: Event }[];
  /** Of its days of the week only some. */
  ofSomeDays?: boolean;
}

/** Asks how much of a series is meant. */
export function askScope(work: Work, { event, day }: Meant, verb: string): Step {
  const when = sayDay(day ?? event, work);
  const target: Target = { kind: 'event', id: event.id, ...(day && { start: day.start }) };
  const labels: Record<Scope, string> = {
    this: `Only this one (${when})`,
    following: 'This and all following',
    all: 'All of them',
  };
  const scopes: readonly Scope[] = ['this', 'following', 'all'];
  return ask({
    slot: 'target',
    kind: 'choice',
    question: `${quote(event.title)} repeats. ${capital(verb)} only this one (${when}), this and all following, or all?`,
    choices: scopes.map((scope) => ({ choice_id: scope, label: labels[scope] })),
    choiceSlots: Object.fromEntries(scopes.map((scope) => [scope, { target: { ...target, scope } }])),
  });
}

/** Whether there is nothing of the series before a day, so that it and all following are all. */
export const isFirst = (event: Event, day: Event): boolean =>
  occurrencesOf(seriesOf(event), { from: new Date(event.start), to: new Date(day.start) }, 1).length === 0;

export const update = (work: Hand, { id, version }: Event, fields: Record<string, unknown>): EffectWrite => ({
  kind: 'event',
  op: 'update',
  id,
  version,
  fields: { ...fields, updated_at: work.now.toISOString() },
  reason: whyOf(work),
});

const utc = (at: string): string => new Date(at).toISOString();

/** The series without one of its days. */
export const withoutDay = (work: Hand, series: Event, days: readonly Event[]): EffectWrite =>
  update(work, series, {
    exceptions: [...new Set([...series.exceptions, ...days.map(({ start }) => start)].map(utc))],
  });

/** The series with an end before one of its days. */
export const endedAt = (work: Hand, series: Event, day: Event): EffectWrite =>
  update(work, series, {
    recurrence: endedBefore(series.recurrence ?? '', new Date(day.start), series.timezone),
  });

/** All fields of an event as a patch for one like it. */
export const likeIt = (event: Event): EventPatch & { title: string; start: string } => ({
  title: event.title,
  start: event.start,
  end: event.end,
  all_day: event.all_day,
  timezone: event.timezone,
  participants: event.participants,
  location: event.location,
  notes: event.notes,
});

/** One day gets an event of its own; the series leaves it out. */
export function changeDay(work: Hand, series: Event, day: Event, patch: EventPatch): Planned {
  const fields = { ...likeIt(day), ...patch, recurrence: null };
  return made(work, [withoutDay(work, series, [day])], {
    ...newEventColumns(fields, { timezone: day.timezone, minutes: 60 }, work.now),
    calendar: series.calendar,
    task_id: series.task_id,
    series_id: series.id,
    original_start: utc(day.start),
  });
}

/** The series ends before the day, and another one begins there. */
export function changeFollowing(work: Hand, series: Event, day: Event, patch: EventPatch): Planned {
  const moved = movedWith(series, day, patch);
  const rest = restFrom({ ...seriesOf(series), recurrence: series.recurrence ?? '' }, new Date(day.start));
  const left = series.exceptions.filter((at) => Date.parse(at) >= Date.parse(day.start));
  const fields = { ...likeIt(day), ...patch, recurrence: patch.recurrence ?? moved.rule(rest) };
  const part = made(work, [endedAt(work, series, day)], {
    ...newEventColumns(fields, { timezone: day.timezone, minutes: 60 }, work.now),
    exceptions: left.map(patch.recurrence === undefined ? moved.at : atHourOf(patch, series)),
    calendar: series.calendar,
    task_id: series.task_id,
    series_id: series.series_id ?? series.id,
  });
  return { ...part, parted: [{ from: series, part: part.event }] };
}

export function made(work: Hand, before: EffectWrite[], columns: Record<string, unknown>): Planned {
  const id = work.newId();
  const create: EffectWrite = {
    kind: 'event',
    op: 'create',
    id,
    version: null,
    fields: columns,
    reason: whyOf(work),
  };
  return { effects: [...before, create], event: newEvent(id, columns) };
}

/** All days change: they move as far by the clock on the wall as the one that was spoken of. */
export function changeAll(work: Hand, series: Event, day: Event, patch: EventPatch): Planned {
  const { start, end, ...rest } = patch;
  const moved = movedWith(series, day, patch);
  const times =
    start === undefined || end === undefined
      ? {}
      : {
          start: moved.at(series.start),
          end: endLike(moved.at(series.start), start, end, series.timezone),
          recurrence: moved.rule(series.recurrence ?? ''),
        };
  const columns = {
    ...columnsOf({ ...times, ...rest }, series, work.now),
    ...(start !== undefined && {
      exceptions: series.exceptions.map(patch.recurrence ? atHourOf(patch, series) : moved.at),
    }),
  };
  return {
    effects: [
      {
        kind: 'event',
        op: 'update',
        id: series.id,
        version: series.version,
        fields: columns,
        reason: whyOf(work),
      },
    ],
    event: patched(series, columns),
  };
}

/** Days that are left out stay so where the hour changes, and the days of the week do not move along. */
export const atHourOf =
  ({ start }: EventPatch, { timezone: zone }: Event) =>
  (at: string): string => {
    if (start === undefined) return utc(at);
    const { hour, minute } = DateTime.fromISO(start, { zone });
    return DateTime.fromISO(at, { zone }).set({ hour, minute }).toUTC().toISO() ?? at;
  };

/** As long after its start as the other end is after its own, in days and by the clock. */
export function endLike(begin: string, start: string, end: string, zone: string): string {
  const [from, to] = [start, end].map((at) => DateTime.fromISO(at, { zone }));
  const first = DateTime.fromISO(begin, { zone });
  if (!from || !to) return begin;
  const days = Math.round(to.startOf('day').diff(from.startOf('day'), 'days').days);
  const finish = first.plus({ days }).set({ hour: to.hour, minute: to.minute });
  return inZone(finish.toJSDate(), zone);
}

/** How the days and the rule of a series move when one of its days gets another start. */
function movedWith(
  series: Event,
  day: Event,
  patch: EventPatch,
): { at(start: string): string; rule(of: string): string } {
  const zone = series.timezone;
  if (patch.start === undefined) return { at: utc, rule: (of) => of };
  const from = DateTime.fromISO(day.start, { zone });
  const to = DateTime.fromISO(patch.start, { zone });
  const days = Math.round(to.startOf('day').diff(from.startOf('day'), 'days').days);
  return {
    at: (start) => {
      const on = DateTime.fromISO(start, { zone }).plus({ days }).set({ hour: to.hour, minute: to.minute });
      return on.toUTC().toISO() ?? start;
    },
    rule: (of) => movedDays(of, from, to),
  };
}
