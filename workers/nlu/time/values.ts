import type { Grain, Reading } from '../../../contracts/nlu.ts';
import {
  DAY,
  addWorkdays,
  civilInZone,
  civilParts,
  formatDay,
  formatEpoch,
  formatInstant,
  startOfDay,
} from './civil.ts';
import { DATE_READERS } from './date-readers.ts';
import type { TimeMatch } from './expressions.ts';
import { USUAL_TIMES, type TimePreferences } from '../time-preferences.ts';
import type { Span, TimeContext } from './pieces.ts';

/** A time read to its normal form; the first reading's value and grain are repeated on top. */
export interface TimeValue {
  value: unknown;
  grain: Grain;
  readings: Reading[];
}

/** Where most people write the month first; elsewhere the day comes first. */
const MONTH_FIRST =
  /^(america\/|us\/|etc\/|utc$|gmt$|est|mst|pst|cst|pacific\/(honolulu|guam)|asia\/manila)/i;

export function timeContext(
  now: Date,
  timezone: string,
  preferences: TimePreferences = USUAL_TIMES,
  lenient = false,
): TimeContext {
  const moment = civilInZone(now, timezone);
  return {
    now: moment,
    today: startOfDay(moment),
    nowEpoch: Math.floor(now.getTime() / 1000),
    lenient,
    monthFirst: MONTH_FIRST.test(timezone),
    firstDay: preferences.week_start === 'sunday' ? 7 : 1,
    nextIsComing: preferences.next_weekday === 'coming',
    timezone,
    dates: DATE_READERS,
    memory: new Map(),
    depth: 0,
  };
}

/** A phrase as a deadline: an instant when a time was said, else a day; a range becomes its last (working) day. */
export function dueValue(match: TimeMatch, context: TimeContext, timezone: string): TimeValue {
  const readings = match.readings.flatMap((span) => dueReadings(span, match, context, timezone));
  return settled(readings, match.readings[0]?.grain ?? 'day');
}

function dueReadings(span: Span, match: TimeMatch, context: TimeContext, timezone: string): Reading[] {
  const { grain, reason } = span;
  if (grain === 'minute' || grain === 'hour') {
    const isPoint = span.end - span.start <= 3_600 && !match.isRange;
    return [{ value: isPoint ? point(span, timezone) : formatInstant(span.end, timezone), grain, reason }];
  }
  const last = lastDayOf(span, context);
  const on: Reading = {
    value: formatDay(last),
    grain: 'day',
    reason: grain === 'day' ? reason : `${reason}: its last ${grain === 'week' ? 'working day' : 'day'}`,
  };
  if (match.lead !== 'before' || grain === 'part_of_day') return [on];
  const before = grain === 'week' ? addWorkdays(span.start, -1) : span.start - DAY;
  if (before < context.today) return [{ ...on, value: formatDay(startOfDay(span.start)) }];
  return [{ value: formatDay(before), grain: 'day', reason: 'the last day before it' }, on];
}

function lastDayOf(span: Span, context: TimeContext): number {
  if (span.grain !== 'week') return startOfDay(span.end - 1);
  // A week ends with its weekend, or with one day of it where it begins on the other.
  const weekend = civilParts(span.end - DAY).weekday === 6 && context.firstDay === 7 ? 1 : 2;
  const friday = span.start + Math.max(0, Math.round((span.end - span.start) / DAY) - weekend - 1) * DAY;
  return friday < context.today && span.end > context.today ? span.end - DAY : friday;
}

/** A phrase as a filter, `end` exclusive. "by friday" has no beginning and "after friday" no end. */
export function rangeValue(match: TimeMatch, context: TimeContext, timezone: string): TimeValue {
  const readings = match.readings.map((span): Reading => {
    const { start, end } = edges(span, timezone);
    const { grain, reason } = span;
    // Counted from tomorrow when said alone, but a list of "the next 3 days" that hides today's would be useless.
    const from =
      /^the next \d/.test(reason) && grain !== 'hour' && grain !== 'minute'
        ? formatDay(context.today)
        : start;
    switch (match.lead) {
      case 'by':
        return saysDue(match) ? { value: { start, end }, grain, reason } : { value: { end }, grain, reason };
      case 'until':
        return { value: { end }, grain, reason };
      case 'before':
        return { value: { end: start }, grain, reason };
      case 'after':
        return { value: { start: isPoint(span, match) ? start : end }, grain, reason };
      case 'since':
        return { value: match.isRange ? { start, end } : { start }, grain, reason };
      default:
        return { value: { start: from, end }, grain, reason };
    }
  });
  return settled(readings, match.readings[0]?.grain ?? 'day');
}

/** "due friday" and "due this week" select that stretch; only the word "by" reaches back. */
function saysDue(match: TimeMatch): boolean {
  return match.leadText.startsWith('due') && match.leadText !== 'due by';
}

/** Any phrase: a day, a moment, `{start, end}` for what lasts, one of both for what a preposition leaves open. */
export function whenValue(match: TimeMatch, timezone: string): TimeValue {
  const readings = match.readings.map((span): Reading => {
    const { grain, reason } = span;
    const value = match.closed ? null : openBound(span, match, timezone);
    return { value: value ?? plainValue(span, match, timezone), grain, reason };
  });
  return settled(readings, match.readings[0]?.grain ?? 'day');
}

function plainValue(span: Span, match: TimeMatch, timezone: string): unknown {
  if (isPoint(span, match)) return point(span, timezone);
  return span.grain === 'day' && span.end - span.start === DAY && span.start % DAY === 0
    ? formatDay(span.start)
    : edges(span, timezone);
}

/** Of an hour or a minute both bounds are the moment itself; "until friday" takes Friday in, "until may" ends where May begins. */
function openBound(span: Span, match: TimeMatch, timezone: string): unknown {
  const { start, end } = edges(span, timezone);
  const moment = isPoint(span, match) ? start : undefined;
  const whole = ['week', 'weekend', 'month', 'quarter', 'year'].includes(span.grain);
  const through = ['through', 'thru', 'up through', 'or earlier', 'or before', 'or sooner'].includes(
    match.leadText,
  );
  switch (match.lead) {
    case 'after':
      return { start: moment ?? end };
    case 'since':
      return { start };
    case 'before':
      return { end: start };
    case 'until':
      return { end: moment ?? (whole && !through ? start : end) };
    default:
      return null;
  }
}

function isPoint(span: Span, match: TimeMatch): boolean {
  return (span.grain === 'minute' || span.grain === 'hour') && !match.isRange;
}

function point(span: Span, timezone: string): string {
  return span.epoch === undefined ? formatInstant(span.start, timezone) : formatEpoch(span.epoch, timezone);
}

function edges(span: Span, timezone: string): { start: string; end: string } {
  if (span.epoch !== undefined)
    return {
      start: formatEpoch(span.epoch, timezone),
      end: formatEpoch(span.epoch + span.end - span.start, timezone),
    };
  const wholeDays =
    span.start % DAY === 0 && span.end % DAY === 0 && !['minute', 'hour', 'part_of_day'].includes(span.grain);
  return wholeDays
    ? { start: formatDay(span.start), end: formatDay(span.end) }
    : { start: formatInstant(span.start, timezone), end: formatInstant(span.end, timezone) };
}

function settled(readings: readonly Reading[], grain: Grain): TimeValue {
  const seen = new Set<string>();
  const distinct = readings.filter(({ value }) => {
    const key = JSON.stringify(value);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
  return { value: distinct[0]?.value, grain: distinct[0]?.grain ?? grain, readings: distinct.slice(0, 3) };
}
