import type { Civil } from './civil.ts';
import { DAY, HOUR, civilParts, startOfWeek } from './civil.ts';
import type { ClockPiece, DatePiece, PartPiece, Piece, Span, TimeContext } from './pieces.ts';
import { daySpan } from './periods.ts';

/** Puts the pieces of one phrase together: which day, which hours. Null when they don't go together. */
export function composePieces(pieces: readonly Piece[], context: TimeContext): Span[] | null {
  const spans = compose(pieces, context);
  return spans && spans.length > 0 && spans.every(isOnCalendar) ? spans : null;
}

/** ISO dates have four digits for the year. */
function isOnCalendar({ start, end }: Span): boolean {
  return start > -60_000_000_000 && end < 250_000_000_000;
}

function compose(pieces: readonly Piece[], context: TimeContext): Span[] | null {
  const moment = pieces.find((piece) => piece.kind === 'moment');
  if (moment) return [moment.span];
  const dates = pieces.filter((piece) => piece.kind === 'date');
  const days = dates.length > 0 ? joinDates(dates, context) : null;
  if (dates.length > 0 && !days) return null;
  const part = pieces.find((piece) => piece.kind === 'part');
  const clock = pieces.find((piece) => piece.kind === 'clock');
  const range = pieces.find((piece) => piece.kind === 'clock_range');
  if (range) {
    const fits = part ? { from: settle(range.from, part), to: settle(range.to, part) } : range;
    const [from, to] = [secondsOf(fits.from), secondsOf(fits.to)];
    const length = to > from ? to - from : to + DAY - from;
    const grain = fits.from.grain === 'minute' || fits.to.grain === 'minute' ? 'minute' : 'hour';
    return dayReadings(days, part, from + length, context).map(({ day, reason }) => ({
      start: day + from,
      end: day + from + length,
      grain,
      reason,
    }));
  }
  if (clock) return clockReadings(clock, part, days, context);
  if (part) {
    const shift = part.toHour > 24 ? part.toHour - 24 : 0;
    return dayReadings(days, part, part.toHour * HOUR - 1, context).map(({ day, reason }) => ({
      start: day + part.fromHour * HOUR,
      end: day + (part.toHour + shift) * HOUR,
      grain: 'part_of_day',
      reason: `${reason}, ${part.name}`,
    }));
  }
  return days;
}

/** A weekday beside a week or a month says which one; beside a full date it only repeats it. */
function joinDates(dates: readonly DatePiece[], context: TimeContext): Span[] | null {
  const [first, second] = dates;
  if (!first) return null;
  if (!second) return first.readings;
  const named = first.weekday !== undefined ? first : second;
  const other = named === first ? second : first;
  const weekday = named.weekday;
  const frame = other.readings[0];
  if (weekday === undefined || !frame) return null;
  if (frame.grain === 'day' && frame.end - frame.start === DAY) {
    const agreeing = other.readings.filter(({ start }) => civilParts(start).weekday === weekday);
    return agreeing.length > 0 ? agreeing : other.readings;
  }
  if (frame.grain === 'week' || frame.grain === 'weekend') {
    const day = startOfWeek(frame.start) + (weekday - 1) * DAY;
    return [daySpan(day, 'that day of the week')];
  }
  for (
    let day = Math.max(frame.start, context.today);
    day < Math.min(frame.end, frame.start + 400 * DAY);
    day += DAY
  )
    if (civilParts(day).weekday === weekday) return [daySpan(day, 'the first such day')];
  return null;
}

interface DayReading {
  day: Civil;
  reason: string;
}

/** The days the hours belong to. Without a day it is today, or tomorrow when that time of today is over. */
function dayReadings(
  days: readonly Span[] | null,
  part: PartPiece | undefined,
  seconds: number,
  context: TimeContext,
): DayReading[] {
  if (days)
    return days
      .filter((span) => span.end - span.start === DAY || span.grain === 'day')
      .map((span) => ({ day: lastDay(span), reason: span.reason }));
  if (part?.shift !== undefined)
    return [{ day: context.today + part.shift * DAY, reason: part.shift < 0 ? 'yesterday' : 'today' }];
  const { saidDay } = context;
  if (saidDay !== undefined && saidDay + seconds >= context.now)
    return [{ day: saidDay, reason: 'the day said before' }];
  // "in the morning", said after breakfast, is tomorrow's.
  const begun = part?.name === 'morning' && context.now - context.today > 8 * HOUR;
  const over = begun || context.today + seconds < context.now;
  return over
    ? [{ day: context.today + DAY, reason: 'tomorrow, since that time of today is past' }]
    : [{ day: context.today, reason: 'today' }];
}

function lastDay(span: Span): Civil {
  return span.end - DAY;
}

function secondsOf(clock: ClockPiece): number {
  return clock.hour * HOUR + clock.minute * 60;
}

/** Hour in the half of the day that the words beside it name. */
function settle(clock: ClockPiece, part: PartPiece): ClockPiece {
  if (clock.definite) return clock;
  const hour = clock.hour % 12;
  if (part.name.includes('morning')) return { ...clock, hour, definite: true };
  // "2 at night" is before dawn, "9 at night" after dusk.
  if (part.name === 'night' && hour >= 1 && hour <= 4) return { ...clock, hour, definite: true };
  if (part.name === 'lunchtime' && clock.hour === 11) return { ...clock, definite: true };
  if ((part.name === 'night' || part.name === 'tonight') && hour === 0)
    return { ...clock, hour: 24, definite: true };
  return { ...clock, hour: hour + 12, definite: true };
}

function clockReadings(
  clock: ClockPiece,
  part: PartPiece | undefined,
  days: Span[] | null,
  context: TimeContext,
): Span[] {
  const settled = part ? settle(clock, part) : clock;
  const length = settled.grain === 'hour' ? HOUR : 60;
  const hours = settled.definite ? [settled.hour] : likelyHours(settled.hour);
  const spans: Span[] = [];
  for (const hour of hours) {
    const seconds = hour * HOUR + settled.minute * 60;
    // Midnight of a day that was named closes that day; alone it is the coming one.
    const midnight =
      settled.definite && hour === 0 && settled.minute === 0 && settled.grain === 'hour' && !part;
    for (const { day, reason } of dayReadings(days, part, seconds, context)) {
      const start = midnight ? day + (days ? DAY : 0) : day + seconds;
      const half = hours.length > 1 ? (hour < 12 ? ', in the morning' : ', in the afternoon or evening') : '';
      spans.push({ start, end: start + length, grain: settled.grain, reason: `${reason}${half}` });
    }
  }
  if (days || part || settled.definite) return spans.slice(0, 3);
  // Without a day the half of the day that still lies ahead today comes first.
  const today = spans.filter(({ start }) => start < context.today + DAY);
  return [...today, ...spans.filter((span) => !today.includes(span))].slice(0, 2);
}

/** Both hours that a bare one may mean: waking hours first (7 to 11 in the morning, 12 to 6 in the afternoon). */
function likelyHours(hour: number): number[] {
  const morning = hour % 12;
  return morning >= 7 ? [morning, morning + 12] : [morning + 12, morning];
}
