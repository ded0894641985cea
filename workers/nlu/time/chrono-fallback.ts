import * as chrono from 'chrono-node';
import type { Range } from '../text.ts';
import { DAY, civil, isRealDate } from './civil.ts';
import type { TimeMatch } from './expressions.ts';
import type { Span, TimeContext } from './pieces.ts';
import { DateTime } from 'luxon';

/** Longer texts are no time expressions, and chrono's patterns grow slow on them. */
const MAX_CHARS = 120;

/**
 * chrono-node for wordings our own grammar lacks ("Sat Aug 17 2013 18:40:39 GMT+0900", "3pm EST"). Only results that
 * say a day or a time outright are taken: its guesses push past days ahead and give "next month" no extent.
 */
export function fallbackTime(
  folded: string,
  range: Range,
  context: TimeContext,
  timezone: string,
): TimeMatch | null {
  const text = folded.slice(range.start, range.end);
  if (text.trim().length === 0 || text.length > MAX_CHARS) return null;
  const instant = new Date(context.nowEpoch * 1000);
  const offset = DateTime.fromJSDate(instant, { zone: timezone }).offset;
  let results: chrono.ParsedResult[];
  try {
    results = chrono.en.casual.parse(text, { instant, timezone: offset });
  } catch {
    // A pattern that trips over odd text is the same as one that does not match.
    return null;
  }
  const result = results.toSorted((a, b) => b.text.length - a.text.length)[0];
  if (
    !result ||
    !(result.start.isCertain('day') || result.start.isCertain('weekday') || result.start.isCertain('hour'))
  )
    return null;
  // "for 2 hours" is a length, which it takes for the moment two hours on.
  if (/^(?:for|during)\b/.test(result.text)) return null;
  const span = spanOf(result.start, context);
  if (!span) return null;
  const start = range.start + result.index;
  return {
    start,
    end: start + result.text.length,
    leadStart: start,
    lead: 'none',
    leadText: '',
    readings: [span],
    isRange: false,
    closed: false,
    past: span.end <= context.now,
    hasClock: result.start.isCertain('hour'),
    clockOnly: false,
  };
}

function spanOf(parts: chrono.ParsedComponents, context: TimeContext): Span | null {
  const [year, month, day] = [parts.get('year'), parts.get('month'), parts.get('day')];
  if (year === null || month === null || day === null || !isRealDate(year, month, day)) return null;
  const start = civil(year, month, day);
  if (!parts.isCertain('hour'))
    return { start, end: start + DAY, grain: 'day', reason: 'the date as written' };
  const moment =
    start + (parts.get('hour') ?? 0) * 3_600 + (parts.get('minute') ?? 0) * 60 + (parts.get('second') ?? 0);
  const span: Span = { start: moment, end: moment + 60, grain: 'minute', reason: 'the time as written' };
  const zoneMinutes = parts.isCertain('timezoneOffset') ? parts.get('timezoneOffset') : null;
  if (zoneMinutes === null) return span;
  const epoch = moment - zoneMinutes * 60;
  const shift = epoch - context.nowEpoch;
  return { ...span, start: context.now + shift, end: context.now + shift + 60, epoch };
}
