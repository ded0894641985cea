import type { Event } from '../../../contracts/entities.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { nextOccurrence } from '../../../db/occurrences.ts';
import type { Work } from '../outcome.ts';
import { newEventColumns } from '../event-fields.ts';
import { nextDay, onDay, seriesOf } from './meant.ts';
import { areAsOften, endedByDay, hasEnd, onWeekdays, restFrom, weekdayAt, weekdaysOf } from './rule.ts';
import {
  atHourOf,
  changeAll,
  changeFollowing,
  endedAt,
  endLike,
  isFirst,
  likeIt,
  made,
  update,
  type Hand,
  type Planned,
} from './series.ts';

/** Another hour for some days of the week. */
type DaysPatch = EventPatch & { recurrence: string; start: string; end: string };

/** "Make mondays 8am" of what comes on other days as well; "only on mondays at 8" gives up the others. */
export function isOfSomeDays(
  { words, slots, params }: Work,
  parts: readonly Event[],
  patch: EventPatch,
): patch is DaysPatch {
  const { recurrence: rule, start, end } = patch;
  if (typeof rule !== 'string' || start === undefined || end === undefined) return false;
  const saysHour = slots.start !== undefined && params?.hour_kept !== true;
  if (!saysHour || GIVES_UP.test(words)) return false;
  const [named, known] = [weekdaysOf(rule), new Set(parts.flatMap((part) => weekdaysOf(part.recurrence)))];
  return (
    named.length > 0 &&
    named.length < known.size &&
    named.every((day) => known.has(day)) &&
    parts.every(({ recurrence }) => areAsOften(recurrence ?? '', rule))
  );
}
const GIVES_UP = /\b(?:only|just|instead|no longer|any\s?more|not)\b/i;

/**
 * Some days of the week of a series become a part of their own, the others stay as they are.
 *
 * @param from its first day that it is about; null is all of it
 * @returns null where it has no such days
 */
export function changeWeekdays(
  work: Hand,
  series: Event,
  from: Event | null,
  patch: DaysPatch,
): Planned | null {
  const since = from && !isFirst(series, from) ? from : null;
  const own = weekdaysOf(series.recurrence);
  const named = weekdaysOf(patch.recurrence);
  const moving = own.filter((day) => named.includes(day));
  const staying = own.filter((day) => !named.includes(day));
  const rest = endedByDay({
    ...seriesOf(series),
    ...(since && {
      start: new Date(since.start),
      recurrence: restFrom(seriesOf(series), new Date(since.start)),
    }),
  });
  const goes = firstOn(series, since, onWeekdays(rest, moving));
  if (moving.length === 0 || !goes) return null;
  const stays = staying.length > 0 ? firstOn(series, since, onWeekdays(rest, staying)) : null;
  const { recurrence: _days, ...rightAway } = patch;
  const times = timesOn(goes, patch);
  if (!stays) {
    const alike = { ...rightAway, ...times };
    return since ? changeFollowing(work, series, goes, alike) : changeAll(work, series, goes, alike);
  }
  const leftOut = (days: readonly string[]): string[] =>
    series.exceptions.filter((at) => days.includes(weekdayAt(at, series.timezone)));
  const partOf = (first: Event, fields: EventPatch, exceptions: string[]): Planned =>
    made(work, [], {
      ...newEventColumns(
        { ...likeIt(first), ...fields },
        { timezone: series.timezone, minutes: 60 },
        work.now,
      ),
      exceptions,
      calendar: series.calendar,
      task_id: series.task_id,
      series_id: series.series_id ?? series.id,
    });
  const recurrence = hasEnd(patch.recurrence) ? patch.recurrence : onWeekdays(rest, moving);
  const part = partOf(
    goes,
    { ...rightAway, ...times, recurrence },
    leftOut(moving).map(atHourOf(patch, series)),
  );
  const left = { recurrence: onWeekdays(rest, staying), exceptions: leftOut(staying) };
  const others = since ? partOf(stays, { recurrence: left.recurrence }, left.exceptions) : null;
  const before = since
    ? endedAt(work, series, since)
    : update(work, series, { ...left, start_at: utc(stays.start), end_at: utc(stays.end) });
  return {
    effects: [before, ...(others?.effects ?? []), ...part.effects],
    event: part.event,
    parted: [part, ...(others ? [others] : [])].map(({ event }) => ({ from: series, part: event })),
    ofSomeDays: true,
  };
}

const utc = (at: string): string => new Date(at).toISOString();

/** The first day by a rule of only some of its days: which of every second weeks it is, is said by the series. */
function firstOn(series: Event, since: Event | null, rule: string): Event | null {
  const { start: begin } = since ?? series;
  if (weekdaysOf(rule).includes(weekdayAt(begin, series.timezone))) return onDay(series, new Date(begin));
  const next = nextOccurrence({ ...seriesOf(series), recurrence: rule }, new Date(begin));
  return next && onDay(series, next);
}

/** The new hours on a day. */
function timesOn(day: Event, patch: DaysPatch): { start: string; end: string } {
  const start = atHourOf(patch, day)(day.start);
  return { start, end: endLike(start, patch.start, patch.end, day.timezone) };
}

/** The same for another part of the series, from a day on where only these are meant. */
export function changeWeekdaysOf(
  work: Hand,
  part: Event,
  since: Event | null,
  patch: DaysPatch,
): Planned | null {
  const from = since && nextDay(part, new Date(since.start));
  return since && !from ? null : changeWeekdays(work, part, from, patch);
}
