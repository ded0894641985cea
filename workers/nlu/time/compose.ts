import type { Civil } from './civil.ts';
import { DAY, HOUR, civilParts, startOfDay } from './civil.ts';
import { clockGrain } from './clock.ts';
import { settleRange } from './clock-range.ts';
import { halfOf } from './part-of-day.ts';
import type { ClockPiece, DatePiece, PartPiece, Piece, Span, TimeContext, ZonePiece } from './pieces.ts';

/** Puts the pieces of one phrase together: which day, which hours. Null when they don't go together. */
export function composePieces(pieces: readonly Piece[], context: TimeContext): Span[] | null {
  const zone = pieces.find((piece) => piece.kind === 'zone');
  const spans = zone ? composeIn(zone, pieces, context) : compose(pieces, context);
  return spans && spans.length > 0 && spans.every(isOnCalendar) ? spans : null;
}

/** ISO dates have four digits for the year. */
function isOnCalendar({ start, end }: Span): boolean {
  return start > -60_000_000_000 && end < 250_000_000_000;
}

/** The clock is the other zone's. Without a day it is that zone's today; a day that was said is the person's. */
function composeIn(zone: ZonePiece, pieces: readonly Piece[], context: TimeContext): Span[] | null {
  const timed = pieces.some(({ kind }) => kind === 'clock' || kind === 'clock_range' || kind === 'part');
  if (!timed) return null;
  const dated = pieces.some(({ kind }) => kind === 'date');
  const there = context.nowEpoch + zone.offsetAt(context.now) * 60;
  const local = dated ? context : { ...context, now: there, today: startOfDay(there) };
  const spans = compose(pieces, local);
  return (
    spans?.map((span) => {
      const epoch = span.start - zone.offsetAt(span.start) * 60;
      const start = context.now + (epoch - context.nowEpoch);
      return { ...span, start, end: start + (span.end - span.start), epoch };
    }) ?? null
  );
}

function compose(pieces: readonly Piece[], context: TimeContext): Span[] | null {
  const moment = pieces.find((piece) => piece.kind === 'moment');
  if (moment) return [moment.span];
  const dates = pieces.filter((piece) => piece.kind === 'date');
  const days = dates.length > 0 ? joinDates(dates, context) : null;
  if (dates.length > 0 && !days) return null;
  const named = pieces.find((piece) => piece.kind === 'part');
  const half = pieces.find((piece) => piece.kind === 'half');
  const part = named && half ? halfOf(named, half.half) : named;
  const clock = pieces.find((piece) => piece.kind === 'clock');
  const range = pieces.find((piece) => piece.kind === 'clock_range');
  if (half && !part && !clock && !range) return null;
  if (range) return rangeReadings(range.from, range.to, part, days, context);
  if (clock) return clockReadings(clock, part, days, context);
  if (part) {
    // "this morning" of a day that was said has that day's morning in mind.
    const spans = partDays(days, part, context).map(({ day, reason }): Span => {
      if (part.wholeDay)
        return { start: day, end: day + DAY, grain: 'day', reason: `${reason}, ${part.name}` };
      return {
        start: day + part.fromHour * HOUR,
        end: day + part.toHour * HOUR,
        grain: 'part_of_day',
        reason: `${reason}, ${part.name}`,
      };
    });
    return spans;
  }
  return days;
}

function rangeReadings(
  from: ClockPiece,
  to: ClockPiece,
  part: PartPiece | undefined,
  days: readonly Span[] | null,
  context: TimeContext,
): Span[] {
  const fits = part ? settledIn(from, to, part) : settleRange(from, to);
  const [start, end] = [secondsOf(fits.from), secondsOf(fits.to)];
  const length = end > start ? end - start : end + DAY - start;
  const minutes = clockGrain(fits.from) === 'minute' || clockGrain(fits.to) === 'minute';
  return dayReadings(days, part, start + length, context).map(({ day, reason }) => ({
    start: day + start,
    end: day + start + length,
    grain: minutes ? 'minute' : 'hour',
    reason,
  }));
}

/** "9 to 1 in the morning" starts in it: of two open hours the second may run on. */
function settledIn(from: ClockPiece, to: ClockPiece, part: PartPiece): { from: ClockPiece; to: ClockPiece } {
  const end = settle(to, part);
  const start = settle(from, part);
  if (secondsOf(start) < secondsOf(end)) return { from: start, to: end };
  return part.name.includes('morning') ? settleRange(start, to) : settleRange(from, end);
}

/** Several dates beside one another: each says something of what the others leave open. */
function joinDates(dates: readonly DatePiece[], context: TimeContext): Span[] | null {
  // A weekday comes last: "thu dec 24 … 2026" is a day of that year before it is a Thursday.
  const [first, ...others] = dates.toSorted(
    (a, b) => Number(a.weekday !== undefined) - Number(b.weekday !== undefined),
  );
  if (!first) return null;
  let joined: DatePiece = first;
  for (const other of others) {
    const readings = joinTwo(joined, other, context);
    if (!readings) return null;
    joined = { kind: 'date', readings };
  }
  return joined.readings;
}

/** A weekday beside a week or a month says which one; beside a full date it only repeats it. */
function joinTwo(first: DatePiece, second: DatePiece, context: TimeContext): Span[] | null {
  const [a, b] = [first.readings[0], second.readings[0]];
  if (!a || !b) return null;
  if (isDay(a) && isDay(b)) return agree(first, second, context);
  const [inner, frame] = b.end - b.start > a.end - a.start ? [first, b] : [second, a];
  const spans = inner.within?.(frame) ?? [];
  return spans.length > 0 ? spans : null;
}

function isDay(span: Span): boolean {
  return span.grain === 'day' && span.end - span.start === DAY;
}

/** "friday the 13th", "mon 4 december": the day that is both; where there is none, the date rather than the weekday. */
function agree(first: DatePiece, second: DatePiece, context: TimeContext): Span[] | null {
  const named = first.weekday !== undefined ? first : second;
  const dated = named === first ? second : first;
  const { weekday } = named;
  if (weekday === undefined || dated.weekday !== undefined) return null;
  if (dated.week && named.within) return named.within(dated.week);
  const fits = (span: Span): boolean => civilParts(span.start).weekday === weekday;
  const agreeing = dated.readings.filter(fits);
  const [date] = dated.readings;
  if (agreeing.length > 0 || dated.open !== 'month' || !dated.within || !date)
    return agreeing.length > 0 ? agreeing : dated.readings;
  for (let month = 0; month < 30; month += 1) {
    const start = context.today + month * 28 * DAY;
    const found = dated.within({ start, end: start + 28 * DAY, grain: 'month', reason: '' }).find(fits);
    if (found && found.start >= context.today) return [found];
  }
  return dated.readings;
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
      .map((span) => ({
        day: span.end - span.start === DAY ? span.start : span.end - DAY,
        reason: span.reason,
      }));
  if (part?.shift !== undefined)
    return [{ day: context.today + part.shift * DAY, reason: part.shift < 0 ? 'yesterday' : 'today' }];
  if (context.back)
    return context.today + seconds <= context.now
      ? [{ day: context.today, reason: 'today' }]
      : [{ day: context.today - DAY, reason: 'yesterday, since that time of today is still ahead' }];
  const { saidDay } = context;
  if (saidDay !== undefined && saidDay + seconds >= context.now)
    return [{ day: saidDay, reason: 'the day said before' }];
  return context.today + seconds < context.now
    ? [{ day: context.today + DAY, reason: 'tomorrow, since that time of today is past' }]
    : [{ day: context.today, reason: 'today' }];
}

/** A part of a day without its day: as long as it is not over, today's. */
function partDays(days: readonly Span[] | null, part: PartPiece, context: TimeContext): DayReading[] {
  // "in the morning", said after breakfast, is tomorrow's.
  const begun = part.name === 'morning' && !context.back && context.now - context.today > 8 * HOUR;
  const last = begun ? 0 : context.back ? part.fromHour * HOUR : part.toHour * HOUR - 1;
  return dayReadings(days, part, last, context);
}

export function secondsOf({ hour, minute, second = 0 }: ClockPiece): number {
  return hour * HOUR + minute * 60 + second;
}

/** Hour in the half of the day that the words beside it name. */
function settle(clock: ClockPiece, part: PartPiece): ClockPiece {
  if (clock.definite) return clock;
  const hour = clock.hour % 12;
  const sure = (settled: number): ClockPiece => ({ ...clock, hour: settled, definite: true });
  if (part.name.includes('morning')) return sure(hour);
  // "2 at night" is before dawn, "9 at night" after dusk.
  if (part.name.includes('night') && part.name !== 'tonight' && hour >= 1 && hour <= 4)
    return sure(hour + 24);
  if (part.name === 'lunchtime' && clock.hour === 11) return sure(11);
  if (part.name.includes('night') && hour === 0) return sure(24);
  return sure(hour + 12);
}

function clockReadings(
  clock: ClockPiece,
  part: PartPiece | undefined,
  days: Span[] | null,
  context: TimeContext,
): Span[] {
  const settled = part ? settle(clock, part) : clock;
  const grain = clockGrain(settled);
  const length = grain === 'hour' ? HOUR : 60;
  const hours = settled.definite ? [settled.hour] : likelyHours(settled.hour);
  const spans: Span[] = [];
  // Midnight of a day that was named closes that day; alone it is the coming one.
  const midnight = settled.closing === true && !part?.name.includes('morning');
  for (const hour of hours) {
    const seconds = hour * HOUR + settled.minute * 60 + (settled.second ?? 0);
    for (const { day, reason } of dayReadings(days, part, seconds, context)) {
      const named = days !== null || part?.shift !== undefined;
      const start = midnight ? day + (named ? DAY : 0) : day + seconds;
      const half = hours.length > 1 ? (hour < 12 ? ', in the morning' : ', in the afternoon or evening') : '';
      spans.push({ start, end: start + length, grain, reason: `${reason}${half}` });
    }
  }
  // "since 9" began when it was 9 last.
  if (context.back && !days) return spans.toSorted((a, b) => b.start - a.start);
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
