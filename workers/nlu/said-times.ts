import type { Entity, Reading } from '../../contracts/nlu.ts';
import { isInTheEvening } from '../../contracts/occasions.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import type { Shift } from './extract/change.ts';
import { dueEntity, rangeEntity, timesIn } from './extract/times.ts';
import type { Range } from './text.ts';
import { overlaps } from './text.ts';
import { civilFromIso, civilParts, DAY, formatDay, formatInstant } from './time/civil.ts';
import { nearItem } from './time/day-alone.ts';
import { timeContext } from './time/values.ts';
import type { TimeMatch } from './time/expressions.ts';

/** Slots that hold a time. */
export type TimeSlot = Extract<Slot, 'due_date' | 'start' | 'end' | 'remind_at' | 'date_range'>;

export type PointSlot = Exclude<TimeSlot, 'date_range'>;

export const isTimeSlot = (slot: Slot): slot is TimeSlot =>
  /^(?:due_date|start|end|remind_at|date_range)$/.test(slot);

/** The slot in which an item with these slots has its time; null for one that has none. */
export function timeSlotOf(takes: readonly Slot[]): TimeSlot | null {
  const order: readonly TimeSlot[] = ['due_date', 'start', 'remind_at', 'date_range'];
  // What is reminded of is a to-do in other places: there the deadline is what people move.
  return order.find((slot) => takes.includes(slot)) ?? null;
}

/** A time as it was said: a phrase, or a day and an hour apart from each other. */
export interface SaidTime extends Range {
  /** With the preposition before it. */
  cut: Range;
  main: TimeMatch;
  /** The day of an hour that stands apart. */
  day: TimeMatch | null;
}

/** The time that a stretch gives; null where it gives none, or one that does not exist. */
export function saidTime(draft: Draft, range: Range, masked: readonly Range[] = []): SaidTime | null {
  const impossible = draft.impossible.filter((span) => overlaps(span, range));
  if (impossible.some((span) => !masked.some((mask) => overlaps(mask, span)))) return null;
  // "Friday, same time" keeps the hour that is known, and does not mean the hour that it is now.
  const kept = [...draft.folded.matchAll(SAME_HOUR)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  const found = timesIn(draft, range, [...masked, ...kept], true).filter(
    ({ leadStart }) => !NOT.test(draft.folded.slice(Math.max(range.start, leadStart - 20), leadStart)),
  );
  const settled = [...draft.folded.slice(range.start, range.end).matchAll(SETTLES)].at(-1);
  const last = settled ? found.filter(({ start }) => start > range.start + settled.index) : [];
  const matches = last.length > 0 ? last : found;
  const longest = (of: readonly TimeMatch[]): TimeMatch | undefined =>
    of.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0];
  const dated = matches.filter(({ clockOnly }) => !clockOnly);
  const day = longest(dated);
  const hour = longest(matches.filter(({ clockOnly }) => clockOnly));
  if (day && hour && !day.hasClock && !day.isRange) {
    const cut = {
      start: Math.min(day.leadStart, hour.leadStart),
      end: Math.max(day.end, hour.end),
    };
    return { start: Math.min(day.start, hour.start), end: cut.end, cut, main: hour, day };
  }
  const main = day ?? hour;
  return main
    ? {
        start: main.start,
        end: main.end,
        cut: { start: main.leadStart, end: main.end },
        main,
        day: null,
      }
    : null;
}

const SAME_HOUR =
  /\b(?:(?:and|but)\s+)?(?:at\s+)?(?:the\s+)?same\s+(?:time|hour)\b(?!\s+as\b)|\bthis\s+(?:time|once)\b(?=(?:\s+(?:only|please))*[\s.!]*$)/g;
/** "not today" says no time. */
const NOT = /\b(?:not|isn't|never|except)\s+(?:(?:on|at|by|in|for|before|until)\s+)?$/;
/** What comes after these is what was settled on: "in a week, no, say december 8". */
const SETTLES = /\b(?:say|i mean|i meant|rather|no|actually|make (?:it|that)|better)\b/g;
/** A part of the day without its day. */
const PART_ALONE =
  /^(?:(?:in|at|by|during)\s+)?(?:the\s+)?(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|midday)$/;

/**
 * A time as values of the slot. An hour alone belongs to the day that is known, a day alone keeps the hour that is known,
 * and what moves keeps its length. Days alone, where an instant is wanted and no hour is known, come out as the stretch that they are.
 */
export function timeEntities(draft: Draft, heard: SaidTime, slot: TimeSlot, known: Slots): Entity[] {
  const said = nearKnown(draft, heard, slot, known);
  const { main, day } = said;
  if (slot === 'date_range') return [spanned(draft, said, rangeEntity(draft, day ?? main))];
  const reading = main.readings[0];
  const hours = main.hasClock && reading?.grain !== 'part_of_day';
  if (hours && main.isRange && slot !== 'due_date') return bothEnds(draft, said, known);
  const own: PointSlot =
    slot === 'start' && main.lead === 'until' && known.start !== undefined ? 'end' : slot;
  const base = day ? dayOf(dueEntity(draft, day).value, draft) : knownDay(own, known, draft);
  const before = known[own];
  if (!hours && own !== 'due_date') {
    const kept = before === undefined ? null : civilFromIso(before, draft.timezone);
    if (reading && PART_ALONE.test(draft.folded.slice(main.leadStart, main.end)) && base !== null)
      return partOfDay(draft, said, { span: reading, own, base, kept, known });
    if (!kept?.hasTime || reading?.grain === 'part_of_day')
      return [spanned(draft, said, rangeEntity(draft, main))];
  }
  const entity = dueEntity(draft, main);
  const readings = nearest(merged(draft, entity.readings, { clockOnly: main.clockOnly, base, before, own }), {
    draft,
    own,
    before,
    known,
    apart: main.clockOnly,
  });
  const [first] = readings;
  if (!first) return [];
  const value = first.value;
  const moved: Entity = spanned(draft, said, {
    ...entity,
    slot: own,
    value,
    ...(first.grain && { grain: first.grain }),
    readings,
  });
  return own === 'start' ? [moved, ...lengthKept(draft, moved, known)] : [moved];
}

/** "The 25th" of what is known to be in december is in december. */
function nearKnown(draft: Draft, said: SaidTime, slot: TimeSlot, known: Slots): SaidTime {
  const item = knownDay(said.main.lead === 'until' && known.end !== undefined ? 'end' : slot, known, draft);
  if (item === null) return said;
  const { today } = timeContext(draft.now, draft.timezone, draft.preferences);
  const near = (match: TimeMatch): TimeMatch => nearItem(match, draft.folded, { item, today });
  return { ...said, main: near(said.main), day: said.day && near(said.day) };
}

export const KEPT_IN_PART = 'the hour is kept, in that part of the day';

/** "In the evening, I mean": the same hour of that half of the known day, else that part of it. */
function partOfDay(
  draft: Draft,
  said: SaidTime,
  around: {
    span: { start: number; end: number };
    own: PointSlot;
    base: number;
    kept: { moment: number; hasTime: boolean } | null;
    known: Slots;
  },
): Entity[] {
  const { span, own, base, kept, known } = around;
  const from = base + (span.start % DAY);
  const until = from + span.end - span.start;
  const hour = kept?.hasTime ? (kept.moment % (DAY / 2)) + base : null;
  const fitting = hour === null ? undefined : [hour, hour + DAY / 2].find((at) => at >= from && at < until);
  if (fitting === undefined) {
    const value = { start: formatInstant(from, draft.timezone), end: formatInstant(until, draft.timezone) };
    const reason = `the day is kept: ${formatDay(from)}`;
    return [{ ...entityAt(draft, 'date_range', said, value, reason), grain: 'part_of_day' }];
  }
  const value = formatInstant(fitting, draft.timezone);
  const entity: Entity = {
    ...entityAt(draft, own, said, value, KEPT_IN_PART),
    grain: 'minute',
  };
  return own === 'start' ? [entity, ...lengthKept(draft, entity, known)] : [entity];
}

/** "Half an hour earlier": counted from the instant that is known. */
export function shiftedEntities(
  draft: Draft,
  range: Range,
  { unit, count }: Shift,
  slot: PointSlot,
  known: Slots,
): Entity[] {
  const before = known[slot];
  const from = before === undefined ? null : civilFromIso(before, draft.timezone);
  if (!from?.hasTime) return [];
  const seconds = { minute: 60, hour: 3_600, day: DAY, workday: DAY, week: 7 * DAY }[unit as 'minute'];
  // Months and years are no distance that anybody moves a meeting of a moment ago by.
  if (seconds === undefined) return [];
  const value = formatInstant(from.moment + seconds * count, draft.timezone);
  const entity: Entity = {
    ...entityAt(draft, slot, range, value, 'counted from the time before'),
    grain: 'minute',
  };
  return slot === 'start' ? [entity, ...lengthKept(draft, entity, known)] : [entity];
}

/** Readings on the day that is known, or with the hour that is known. */
function merged(
  draft: Draft,
  readings: readonly Reading[],
  {
    clockOnly,
    base,
    before,
    own,
  }: { clockOnly: boolean; base: number | null; before: string | undefined; own: PointSlot },
): Reading[] {
  const kept = before === undefined ? null : civilFromIso(before, draft.timezone);
  return readings.flatMap((reading): Reading[] => {
    const now = typeof reading.value === 'string' ? civilFromIso(reading.value, draft.timezone) : null;
    if (!now) return [];
    if (now.hasTime && clockOnly && base !== null) {
      const moment = join(base, now.moment);
      return [
        {
          ...reading,
          value: formatInstant(moment, draft.timezone),
          reason: `the day is kept: ${formatDay(moment)}`,
        },
      ];
    }
    if (!now.hasTime && kept?.hasTime) {
      const value = formatInstant(join(now.moment, kept.moment), draft.timezone);
      return [{ value, grain: 'minute', reason: 'the hour is kept' }];
    }
    return own === 'due_date' || now.hasTime ? [reading] : [];
  });
}

/** An hour without its half of the day is of the half that was said before; an end comes after its start. */
function nearest(
  readings: readonly Reading[],
  around: { draft: Draft; own: PointSlot; before: string | undefined; known: Slots; apart: boolean },
): Reading[] {
  const { draft, own, before, known, apart } = around;
  if (!apart || readings.length === 0) return [...readings];
  const at = (reading: Reading): number =>
    (typeof reading.value === 'string' ? civilFromIso(reading.value, draft.timezone)?.moment : null) ?? 0;
  const start = own === 'end' && known.start !== undefined ? civilFromIso(known.start, draft.timezone) : null;
  const kept = before === undefined ? null : civilFromIso(before, draft.timezone);
  // Which half was past when it was said counts for today only.
  const today = formatDay(timeContext(draft.now, draft.timezone, draft.preferences).today);
  const usual = (reading: Reading): boolean => {
    const hour = Math.floor((at(reading) % DAY) / 3_600);
    if (own === 'start' && isInTheEvening(known.title ?? '')) return hour >= 16;
    return formatDay(at(reading)) !== today && hour >= 7 && hour < 19;
  };
  const fits = (reading: Reading): boolean =>
    start
      ? at(reading) > start.moment
      : kept?.hasTime
        ? half(at(reading)) === half(kept.moment) && !(isNight(at(reading)) && !isNight(kept.moment))
        : usual(reading);
  const ranked = [...readings.filter(fits), ...readings.filter((reading) => !fits(reading))];
  const [first] = ranked;
  if (!start || !first || fits(first)) return ranked;
  // Nothing of that day is after the start: it ends on the next one.
  const value = formatInstant(at(first) + DAY, draft.timezone);
  return [{ ...first, value, reason: 'the day after its start' }, ...ranked.slice(1)];
}

const isNight = (moment: number): boolean => moment % DAY < 6 * 3_600;
const half = (moment: number): number => Math.floor((moment % DAY) / (DAY / 2));

/** "3 to 4": a start and an end, on the day that is known. */
function bothEnds(draft: Draft, said: SaidTime, known: Slots): Entity[] {
  const { main, day } = said;
  const base = day ? dayOf(dueEntity(draft, day).value, draft) : knownDay('start', known, draft);
  const [span] = main.readings;
  if (!span) return [];
  const kept = known.start === undefined ? null : civilFromIso(known.start, draft.timezone);
  const on = main.clockOnly && base !== null ? base - Math.floor(span.start / DAY) * DAY : 0;
  // "9 to 10" of a dinner is in the evening.
  const later =
    main.clockOnly &&
    kept?.hasTime &&
    !/\b[ap]\.?m\b|:\d\d|morning|noon|night/.test(draft.folded.slice(main.start, main.end)) &&
    half(span.start) === 0 &&
    half(span.end) === 0 &&
    half(kept.moment) === 1
      ? DAY / 2
      : 0;
  return (['start', 'end'] as const).map((slot) => {
    const value = formatInstant(span[slot] + on + later, draft.timezone);
    const reason = on === 0 ? span.reason : `the day is kept: ${formatDay(span.start + on)}`;
    return spanned(draft, said, { ...entityAt(draft, slot, said, value, reason), grain: span.grain });
  });
}

/** The end moves with its start. */
function lengthKept(draft: Draft, moved: Entity, known: Slots): Entity[] {
  if (known.start === undefined || known.end === undefined || typeof moved.value !== 'string') return [];
  const length = Date.parse(known.end) - Date.parse(known.start);
  if (!(length > 0)) return [];
  const end = civilFromIso(moved.value, draft.timezone);
  if (!end) return [];
  const value = formatInstant(end.moment + Math.round(length / 1000), draft.timezone);
  return [{ ...entityAt(draft, 'end', moved, value, 'the length is kept'), grain: 'minute' }];
}

/** The day that an hour said alone belongs to. */
function knownDay(slot: TimeSlot, known: Slots, draft: Draft): number | null {
  const { start, remind_at, due_date, date_range } = known;
  const values = [known[slot], start, remind_at, due_date, date_range?.start];
  const value = values.find((other) => typeof other === 'string');
  return value === undefined ? null : dayOf(value, draft);
}

function dayOf(value: unknown, { timezone }: Draft): number | null {
  const read = typeof value === 'string' ? civilFromIso(value, timezone) : null;
  return read && Math.floor(read.moment / DAY) * DAY;
}

function join(day: number, clock: number): number {
  const { hour, minute } = civilParts(clock);
  return Math.floor(day / DAY) * DAY + hour * 3_600 + minute * 60;
}

const spanned = (draft: Draft, { start, end }: Range, entity: Entity): Entity => ({
  ...entity,
  start,
  end,
  text: draft.text.slice(start, end),
});
