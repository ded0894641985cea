import { DateTime } from 'luxon';
import { RRuleTemporal } from 'rrule-temporal';
import { leastMinutesBetween } from '../contracts/recurrence.ts';

/** Days of a series are made one by one; more than this of one series are never looked at together. */
export const OCCURRENCES_MAX = 2_000;

/** When something begins and how it repeats: an RRULE of RFC 5545, read by the clock on the wall of the zone. */
export interface Series {
  start: Date;
  timezone: string;
  recurrence: string;
}

/**
 * When a series takes place, the first time always among it, from one instant until before another. A time of day that a
 * change of clocks leaves out is taken as late as it would have been: nothing that repeats goes missing for it.
 *
 * @param limit stops there
 * @returns starts in order
 */
export function occurrencesOf(
  series: Series,
  range: { from: Date; to: Date },
  limit = OCCURRENCES_MAX,
): Date[] {
  const found = series.start >= range.from && series.start < range.to ? [series.start] : [];
  for (const start of startsOf(series, range)) {
    if (start >= range.to || found.length >= limit) break;
    if (start > series.start && start >= range.from) found.push(start);
  }
  return found;
}

/** The first time of a series after an instant; null when it is over. */
export function nextOccurrence(series: Series, after: Date): Date | null {
  const from = new Date(after.getTime() + 1);
  return occurrencesOf(series, { from, to: FAR }, 1)[0] ?? null;
}

/** As many days of a series may be left out, one after the other, before it counts as over. */
const LEFT_OUT_MAX = 400;

/** The first time of a series after an instant that is not left out; null when it is over. */
export function nextTakingPlace(series: Series, leftOut: readonly Date[], after: Date): Date | null {
  const gone = new Set(leftOut.map((at) => at.getTime()));
  let next: Date | null = after;
  for (let looked = 0; looked < LEFT_OUT_MAX && next; looked += 1) {
    next = nextOccurrence(series, next);
    if (next && !gone.has(next.getTime())) return next;
  }
  return null;
}

const FAR = new Date('9999-01-01T00:00:00Z');
/** Around a change of clocks the wall is that much off. */
const MARGIN_MS = 3 * 3_600_000;

/** About as many times of a rule are made at once; the library gives up at 10,000. */
const TOGETHER = 1_400;
const OFTEN_MINUTES = 5;

/** Instants of the rule in order, from somewhat before the range on. */
function* startsOf(series: Series, { from, to }: { from: Date; to: Date }): Generator<Date> {
  const rule = ruleOf(series);
  const zone = series.timezone;
  const first = Math.max(from.getTime(), series.start.getTime());
  const begin = new Date(wall(new Date(first), zone).getTime() - MARGIN_MS);
  const gapMinutes = leastMinutesBetween(series.recurrence);
  // Many at once are quicker; minutes could be a million, and "the next one" may be years away.
  if (to < FAR && gapMinutes >= OFTEN_MINUTES) {
    const spanMs = TOGETHER * gapMinutes * 60_000;
    const end = wall(to, zone).getTime() + MARGIN_MS;
    for (let at = begin.getTime(); at < end; at += spanMs) {
      const last = new Date(Math.min(at + spanMs, end) - 1);
      for (const start of orNone(() => rule.between(new Date(at), last, true)) ?? [])
        yield onWall(new Date(start.epochMilliseconds), zone);
    }
    return;
  }
  for (let at = nextOf(rule, begin); at !== null; at = nextOf(rule, at)) yield onWall(at, zone);
}

/** The clock on the wall as if it were UTC: the rule then knows no zone, and no hour is missing or twice. */
const wall = (at: Date, zone: string): Date =>
  DateTime.fromJSDate(at, { zone }).setZone('utc', { keepLocalTime: true }).toJSDate();
const onWall = (at: Date, zone: string): Date =>
  DateTime.fromJSDate(at, { zone: 'utc' }).setZone(zone, { keepLocalTime: true }).toJSDate();

function ruleOf({ start, timezone, recurrence }: Series): RRuleTemporal {
  const begin = DateTime.fromJSDate(start, { zone: timezone }).toFormat("yyyyMMdd'T'HHmmss");
  // An end in UTC is one on the wall here.
  const rule = recurrence.replace(/UNTIL=(\d{8}T\d{6})Z/, (_, utc: string) => {
    const until = DateTime.fromFormat(utc, "yyyyMMdd'T'HHmmss", { zone: 'utc' }).setZone(timezone);
    return `UNTIL=${until.toFormat("yyyyMMdd'T'HHmmss")}`;
  });
  return new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${begin}\nRRULE:${withZ(rule)}` });
}

/** A day as the end means all of it. */
const withZ = (rule: string): string =>
  rule.replace(/UNTIL=(\d{8})(T\d{6})?(?=;|$)/, (_, day: string, time?: string) =>
    time ? `UNTIL=${day}${time}Z` : `UNTIL=${day}T235959Z`,
  );

function nextOf(rule: RRuleTemporal, after: Date): Date | null {
  const next = orNone(() => rule.next(after));
  return next === null ? null : new Date(next.epochMilliseconds);
}

/** A rule that no day fits is looked through until the library gives up. */
function orNone<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && /iterations/i.test(error.message)) return null;
    throw error;
  }
}
