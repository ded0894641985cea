import { DateTime } from 'luxon';
import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../../contracts/entities.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { inZone } from '../../../db/events.ts';
import { HALF_SAID, likelyHour, nearerHalf, onDay } from '../likely-hour.ts';
import type { Work } from '../outcome.ts';
import { endsOf } from './words.ts';

/** New times of an event; none where the words leave them as they are. */
export type NewTimes = Required<Pick<EventPatch, 'start' | 'end' | 'all_day'>> | null;

/** Where an event goes by what was said of it. Its length, its hour and its day stay where nothing was said of them. */
export async function newTimes(work: Work, event: Event): Promise<NewTimes> {
  const zone = work.timezone;
  const [start, end] = endsOf(event, event.all_day ? event.timezone : zone);
  const { slots } = work;
  if (event.all_day && hasNoHourYet(work)) return null;
  const moved = await startAfter(work, event, start);
  const moreDays = (work.params?.lengthen ?? 0) / DAY_MINUTES;
  const allDay = slots.all_day ?? (event.all_day && (!hasHour(work) || isMidnight(work)));
  const begin = moved ?? start;
  if (allDay) {
    if (!moved && event.all_day && !slots.all_day && slots.end === undefined && moreDays === 0) return null;
    const days = event.all_day
      ? Math.max(1, Math.round(end.startOf('day').diff(start.startOf('day'), 'days').days) + moreDays)
      : 1;
    const first = begin.startOf('day');
    const until =
      slots.end === undefined ? null : DateTime.fromISO(slots.end, { zone: first.zoneName ?? zone });
    const last = until ? until.startOf('day') : first.plus({ days });
    const isSame = event.all_day && +first === +start && +last === +end;
    return isSame ? null : { start: at(first), end: at(last), all_day: true };
  }
  const finish = await endAfter(work, event, { start, end, begin });
  const same =
    begin.toMillis() === start.toMillis() && finish.toMillis() === end.toMillis() && !event.all_day;
  return same
    ? null
    : { start: inZone(begin.toJSDate(), zone), end: inZone(finish.toJSDate(), zone), all_day: false };
}

/** Whole days that an event gets longer leave one of whole days what it is. */
const DAY_MINUTES = 24 * 60;

const at = (day: DateTime): string => inZone(day.toJSDate(), day.zoneName ?? 'utc');

/** An hour was said, so that it is no longer about whole days. */
const hasHour = ({ slots, params }: Work): boolean =>
  (slots.start !== undefined && params?.hour_kept !== true) ||
  slots.all_day === false ||
  slots.duration_minutes !== undefined ||
  (params?.lengthen ?? 0) % DAY_MINUTES !== 0 ||
  /^(?:minute|hour)$/.test(params?.shift?.unit ?? '');

/** "2 hours longer" and "an hour later" count from an hour, which what takes whole days has none of. */
export const hasNoHourYet = ({ slots, params }: Work): boolean =>
  slots.start === undefined &&
  slots.end === undefined &&
  slots.duration_minutes === undefined &&
  ((params?.lengthen ?? 0) % DAY_MINUTES !== 0 || /^(?:minute|hour)$/.test(params?.shift?.unit ?? ''));

/** Another day of what takes whole days comes with the hour that it had. */
const isMidnight = ({ slots, timezone: zone, words }: Work): boolean => {
  const said = DateTime.fromISO(slots.start ?? '', { zone });
  return (
    said.isValid && said.hour === 0 && said.minute === 0 && !/\b(?:midnight|0?0:00|12\s?a\.?m)\b/i.test(words)
  );
};

async function startAfter(work: Work, event: Event, start: DateTime): Promise<DateTime | null> {
  const { slots, params, timezone: zone } = work;
  if (slots.start !== undefined) {
    const said = DateTime.fromISO(slots.start, { zone });
    if (params?.hour_kept && work.answered.start === undefined) return onDay(start, said);
    if (params?.half_open === slots.start) return nearerHalf(said, start);
    if (params?.day_kept !== slots.start) return said;
    // What is taken from something earlier is known, and its half of the day with it.
    return onDay(params?.recalled ? said : likelyHour(said, start, work.words), start);
  }
  if (params?.shift) return shifted(start, params.shift);
  const range = slots.date_range;
  if (
    !range?.start ||
    isDeepStrictEqual(range, params?.was) ||
    isDeepStrictEqual(range, params?.where?.date_range)
  )
    return null;
  const said = DateTime.fromISO(range.start, { zone });
  const from = params?.day_kept === range.start ? onDay(said, start) : said;
  if (range.start.length > 10 && !event.all_day) {
    // A part of a day: the hour stays where it is within, else it is the usual one of it.
    const kept = onDay(start, from);
    const to =
      range.end === undefined
        ? kept.plus(1)
        : from.plus(DateTime.fromISO(range.end, { zone }).toMillis() - said.toMillis());
    if (kept >= from && kept < to) return kept;
    const { working_hours: working } = await work.ports.settings.read();
    return usualIn(from, to, working.start);
  }
  const days = range.end === undefined ? 1 : DateTime.fromISO(range.end, { zone }).diff(from, 'days').days;
  // In another week it stays on its weekday.
  const day = days >= 6 ? from.plus({ days: (start.weekday - from.weekday + 7) % 7 }) : from;
  return onDay(start, day);
}

/** Afternoons are called so from noon on, but begin after lunch. */
const [NOON, AFTER_LUNCH] = [12, 14];

/** When something usually begins in a part of a day: a morning with the work, an afternoon after lunch. */
function usualIn(from: DateTime, to: DateTime, opening: string): DateTime {
  const [hour = 0, minute = 0] = opening.split(':').map(Number);
  const usual = from.hour === NOON ? from.set({ hour: AFTER_LUNCH }) : from.set({ hour, minute });
  return usual > from && usual < to ? usual : from;
}

type Shift = NonNullable<NonNullable<Work['params']>['shift']>;

function shifted(from: DateTime, { unit, count }: Shift): DateTime {
  if (unit !== 'workday') return from.plus({ [`${unit}s`]: count });
  let to = from;
  for (let left = Math.min(Math.abs(Math.round(count)), 2_000); left > 0;) {
    to = to.plus({ days: count < 0 ? -1 : 1 });
    if (to.weekday <= 5) left -= 1;
  }
  return to;
}

async function endAfter(
  { slots, params, timezone: zone, ...work }: Work,
  event: Event,
  { start, end, begin }: { start: DateTime; end: DateTime; begin: DateTime },
): Promise<DateTime> {
  if (slots.end !== undefined) {
    const said = DateTime.fromISO(slots.end, { zone });
    if (slots.start === undefined && params?.day_kept === slots.end) {
      const there = onDay(said, end.hour === 0 && end.minute === 0 ? start : end);
      if (HALF_SAID.test(work.words)) return there;
      // "Until 8:30" of what begins at 8 is half an hour later, and not in the evening.
      const halves = [there.minus({ hours: 12 }), there, there.plus({ hours: 12 })];
      return halves.find((half) => half > begin && half.hour % 12 === said.hour % 12) ?? there;
    }
    const known = DateTime.fromISO(slots.start ?? '', { zone });
    return slots.start !== undefined && params?.day_kept === slots.start
      ? begin.plus(said.toMillis() - known.toMillis())
      : said;
  }
  if (slots.duration_minutes !== undefined) return begin.plus({ minutes: slots.duration_minutes });
  const lengthMs = event.all_day
    ? (await work.ports.settings.read()).event_minutes * 60_000
    : end.toMillis() - start.toMillis();
  return begin.plus(lengthMs + (params?.lengthen ?? 0) * 60_000);
}
