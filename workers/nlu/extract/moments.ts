import type { Entity, Reading } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import { firstTime } from '../../../core/first-time.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { repetitionEntity, repetitionIn } from '../repetition.ts';
import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import { DAY, civilFromIso, formatInstant, startOfDay } from '../time/civil.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { RecurrenceMatch } from '../time/recurrence.ts';
import { timeContext, rangeValue, whenValue } from '../time/values.ts';
import type { Readiness } from './loose-times.ts';
import { readyTimes } from './loose-times.ts';
import { timesIn } from './times.ts';

/**
 * One stretch that says when: a phrase, several that stand together ("tuesday 24 november, 1pm", "today or tomorrow"),
 * or a repetition with its hour. The span leaves out the preposition before it.
 */
export interface Moment extends Range {
  /** With the preposition: what leaves the title. */
  cut: Range;
  /** The phrase that holds for all of it; null where only a repetition was said. */
  time: TimeMatch | null;
  repeats: RecurrenceMatch | null;
  /** A time said apart from the repetition: "every day, from monday". */
  apart: TimeMatch | null;
  /** Belongs to the name of something: "the 3pm meeting", "tomorrow's standup". */
  attribute: boolean;
}

const JOINT =
  /^[\s,]*(?:(?:on|at|in|from|between|around|about|the|by|before|after|until|till|till|starting|for|of)\s+)*$/;
const ALTERNATIVE = /^\s*,?\s*(?:and|or|&|\/|-)\s*(?:on\s+|the\s+)*$/;
const LEADING =
  /^(?:(?:on|at|in(?=\s+(?:the\s+)?(?:morning|afternoon|evening|\d{4}|[a-z]+(?:uary|ch|il|ay|une|uly|ust|ber)))|from|between|around|about|by|before|after|until|till|for|since)\s+)+/;

interface Item extends Range {
  lead: number;
  time: TimeMatch | null;
  repeats: RecurrenceMatch | null;
}

/** Every stretch of time in the range, left to right. */
export function findMoments(
  draft: Draft,
  range: Range,
  masked: readonly Range[] = [],
  readiness: Readiness = 'calendar',
): Moment[] {
  const times = readyTimes(draft, range, masked, readiness);
  const found = repetitionIn(draft, range);
  const repeats = found && !masked.some((mask) => overlaps(mask, found)) ? found : null;
  const items = itemsOf(draft, times, repeats);
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group && joins(draft, group, item)) group.push(item);
    else groups.push([item]);
  }
  const moments = paired(
    corrected(
      draft,
      groups.map((group) => momentOf(draft, group)),
    ),
  );
  return readiness === 'calendar'
    ? [...moments, ...owningDays(draft, range, masked)].toSorted((a, b) => a.start - b.start)
    : moments;
}

const OWNING =
  /(?<![\p{L}\p{N}])(?<day>today|tomorrow|tonight|yesterday|(?:this|next|last)\s+(?:week|month|morning|afternoon|evening|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s+(?:morning|afternoon|evening|night))?(?='s\s+[\p{L}\d])/gu;

/** "tomorrow's standup": the day that a name begins with. */
function owningDays(draft: Draft, range: Range, masked: readonly Range[]): Moment[] {
  return [...draft.folded.slice(range.start, Math.min(range.end, range.start + 600)).matchAll(OWNING)]
    .slice(0, 4)
    .flatMap((match) => {
      const span = { start: range.start + match.index, end: range.start + match.index + match[0].length };
      if ([...masked, ...draft.quotes].some((mask) => overlaps(mask, span))) return [];
      const [time] = timesIn({ ...draft, folded: draft.folded.slice(0, span.end) }, span, [], true);
      return time ? [{ ...span, cut: span, time, apart: time, repeats: null, attribute: true }] : [];
    });
}

function itemsOf(draft: Draft, times: readonly TimeMatch[], repeats: RecurrenceMatch | null): Item[] {
  const items: Item[] = times
    .filter((time) => !repeats || !overlaps(time, repeats))
    .map((time) => ({ start: time.start, end: time.end, lead: time.leadStart, time, repeats: null }));
  if (repeats) {
    // "every tuesday at 6": the hour inside is the first time it happens.
    const inside = times.filter((time) => overlaps(time, repeats));
    const end = Math.max(repeats.end, ...inside.map((time) => time.end));
    const begins = repeats.startsOn;
    const said = begins && overlaps(begins, repeats) ? timesIn(draft, begins, [], true)[0] : undefined;
    const clock = said ?? inside.find(({ hasClock }) => hasClock) ?? null;
    const lead = /(?:^|\s)(?:on|at|for|from)\s+$/.exec(draft.folded.slice(0, repeats.start));
    const start = lead ? lead.index + (lead[0].startsWith(' ') ? 1 : 0) : repeats.start;
    items.push({ start: repeats.start, end, lead: start, time: clock, repeats });
  }
  return items.toSorted((a, b) => a.start - b.start);
}

function joins(draft: Draft, group: readonly Item[], item: Item): boolean {
  const last = group.at(-1);
  if (!last) return false;
  const gap = draft.folded.slice(last.end, item.start);
  if (ALTERNATIVE.test(gap)) return last.time !== null && item.time !== null;
  if (!JOINT.test(gap)) return false;
  const clocks = [...group, item].filter(({ time }) => time?.hasClock === true).length;
  return clocks <= 1 || (gap.includes(',') === false && /\bbefore\b|\bafter\b/.test(gap));
}

function momentOf(draft: Draft, group: readonly Item[]): Moment {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) throw new Error('a moment without words');
  const start = first.start + leadLength(draft, first);
  // The dot of a sentence is no part of "wed.".
  const dot = /\p{L}{3,}\.$/u.test(draft.folded.slice(first.start, last.end)) ? 1 : 0;
  const end = last.end - dot;
  const times = group.map(({ time }) => time).filter((time) => time !== null);
  const repeats = group.find((item) => item.repeats !== null)?.repeats ?? null;
  const others = group
    .filter((item) => item.repeats === null)
    .map((item) => item.time)
    .filter((one) => one !== null);
  const apart = others.length > 1 ? together(draft, others) : (others[0] ?? null);
  const time = others.length === times.length ? apart : (apart ?? times[0] ?? null);
  const cut = { start: Math.min(first.lead, first.start), end };
  return { start, end, cut, time, apart, repeats, attribute: isAttribute(draft, { start, end }, time) };
}

/** "from 2" and "between 9 and 11" begin with their number. */
function leadLength(draft: Draft, item: Item): number {
  const words = draft.folded.slice(item.start, item.end);
  // "is coming thursday" tells who comes; "this coming thursday" tells which.
  const comes = /^coming\s+/.exec(words)?.[0] ?? '';
  if (comes !== '' && /\b(?:is|are|was|be|'s|he|she|they)\s+$/.test(draft.folded.slice(0, item.start)))
    return comes.length;
  const lead = LEADING.exec(words)?.[0] ?? '';
  return lead.length < words.length ? lead.length : 0;
}

/** What several phrases that stand together mean: a day with its hour, or the stretch from the first to the last. */
function together(draft: Draft, times: readonly TimeMatch[]): TimeMatch {
  const [first, second] = times;
  const last = times.at(-1);
  if (!first || !second || !last) throw new Error('no times');
  const day = times.find((time) => !time.hasClock);
  const clock = times.find(({ clockOnly }) => clockOnly);
  if (day && clock) return onDay(clock, day) ?? clock;
  const gap = draft.folded.slice(first.end, second.start);
  const [from, to] = [first.readings[0], last.readings[0]];
  if (ALTERNATIVE.test(gap) && from && to && from.start < to.end)
    return {
      ...first,
      end: last.end,
      readings: [{ ...from, end: to.end, reason: 'from the first to the last' }],
      isRange: true,
      clockOnly: false,
    };
  return times.findLast(({ hasClock }) => hasClock) ?? last;
}

/** "tomorrow … at 5": the hours of one phrase on the day of another. */
export function onDay(clock: TimeMatch, day: TimeMatch): TimeMatch | null {
  const on = day.readings[0];
  if (!on || on.end - on.start > DAY) return null;
  const noon = Math.floor(on.start / DAY) * DAY;
  const readings = clock.readings.flatMap((reading) => {
    if (reading.epoch !== undefined) return [];
    const shift = noon - Math.floor(reading.start / DAY) * DAY;
    return [{ ...reading, start: reading.start + shift, end: reading.end + shift, reason: on.reason }];
  });
  // "tomorrow evening … at 8": the part of the day settles the half.
  const fitting = readings.filter(
    ({ start }) => on.grain !== 'part_of_day' || (on.start <= start && start <= on.end),
  );
  const kept = fitting.length > 0 ? fitting : readings;
  return kept.length > 0 ? { ...clock, readings: kept, clockOnly: false, lead: clock.lead } : null;
}

/** Hours said apart from their day ("tomorrow call Bob at 5") belong to it; both places then mean the same. */
function paired(moments: readonly Moment[]): Moment[] {
  const usable = moments.filter(({ attribute }) => !attribute);
  const clocks = usable.filter(({ time, repeats }) => time?.clockOnly === true && !repeats);
  const days = usable.filter(
    ({ time, repeats }) => time !== null && !time.hasClock && !time.past && !repeats,
  );
  const [clock] = clocks;
  const [day] = days;
  if (clocks.length !== 1 || days.length !== 1 || !clock?.time || !day?.time) return [...moments];
  const time = onDay(clock.time, day.time);
  return time
    ? moments.map((moment) =>
        moment === clock || moment === day ? { ...moment, time, apart: time } : moment,
      )
    : [...moments];
}

const CORRECTS =
  /^[\s,.;-]*(?:no|nope|wait|sorry|scratch that|i mean|i meant|or rather|rather|actually|make (?:it|that))(?:[\s,]+(?:no|wait|sorry|i mean|i meant|rather|actually|make (?:it|that)|on|at|by|to|the))*[\s,]*$/;

/** "by friday, no, saturday": what was said last holds, and the words before it say nothing any more. */
function corrected(draft: Draft, moments: readonly Moment[]): Moment[] {
  const kept: Moment[] = [];
  for (const moment of moments) {
    const before = kept.at(-1);
    const gap = before ? draft.folded.slice(before.end, moment.start) : '';
    if (!before?.time || !moment.time || moment.repeats || !CORRECTS.test(gap)) {
      kept.push(moment);
      continue;
    }
    const day = before.time.hasClock && before.time.clockOnly ? null : before.time;
    const own = moment.time.lead === 'none' ? { ...moment.time, lead: before.time.lead } : moment.time;
    const time = (moment.time.clockOnly && day ? onDay(own, day) : null) ?? own;
    const cut = { start: before.cut.start, end: moment.cut.end };
    kept.splice(-1, 1, { ...moment, time, apart: time, cut });
  }
  return kept;
}

const AFTER =
  /^\s*(?:$|[,.;:!?()\]&-]|(?:at|on|in|by|for|with|to|and|or|please|pls|before|after|until|about|from|due|tagged|high|low|urgent|it|its|it's|asap|because|so|then|if|when|but|now|instead|too|also|again|thanks|lol|otherwise|takes|for|via|is|free|busy|available|works|i|we|the|my|not|rather|sharp|next|every|ish|only)\b|[#!])/;

function isAttribute(draft: Draft, span: Range, time: TimeMatch | null): boolean {
  const article = /^(?:the|my|our)\s+/.exec(draft.folded.slice(span.start, span.end))?.[0].length ?? 0;
  const before = draft.folded.slice(0, span.start + article);
  const words = draft.folded.slice(span.start + article, span.end);
  const after = draft.folded.slice(span.end);
  if (/^'s?\s+\S/.test(after)) return true;
  if (!/\b(?:the|a|an|my|our|his|her|their|your)\s+$/.test(before) || AFTER.test(after)) return false;
  // "the 8th party" is one; "the 14th now" and "the wednesday 9 december" are not.
  if (/^(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|last)\b/.test(words)) return false;
  return time !== null && words.split(/\s+/).length <= 3;
}

type TimeSlot = Extract<Slot, 'start' | 'end' | 'due_date' | 'remind_at' | 'date_range' | 'recurrence'>;

function at(draft: Draft, slot: TimeSlot, moment: Range, value: unknown, base: Partial<Entity>): Entity {
  return { ...entityAt(draft, slot, moment, value, ''), ...base, slot, value };
}

export function recurrenceEntity(draft: Draft, moment: Moment): Entity | null {
  if (!moment.repeats) return null;
  const { start, end } = moment;
  return { ...repetitionEntity(draft, moment.repeats), start, end, text: draft.text.slice(start, end) };
}

/**
 * When what repeats comes for the first time: by its rule, from now on or from the day that was said. The hour of its rule
 * is the first reading, that of the other half of the day the second where both were possible.
 */
function firstTimes(draft: Draft, { repeats, time, apart }: Moment): Reading[] {
  if (!repeats) return [];
  const day = [apart, time].find((one) => one && !one.clockOnly && one.lead !== 'until')?.readings[0];
  const from = day ? new Date(formatInstant(startOfDay(day.start), draft.timezone)) : draft.now;
  // What would begin at this very moment begins the next time.
  const since = from > draft.now ? from : new Date(draft.now.getTime() + 1_000);
  const first = firstTime(repeats.rule, draft.timezone, since);
  const read = first === null ? null : civilFromIso(first, draft.timezone);
  if (first === null || !read) return [];
  const reason = 'the first time that it comes';
  const hours = time?.hasClock === true && time.readings[0]?.epoch === undefined ? time.readings : [];
  // A rule without its hour has only the days: "every friday" beside "3pm".
  if (!read.hasTime)
    return hours
      .filter(({ grain }) => grain === 'hour' || grain === 'minute')
      .map((span) => ({ value: formatInstant(read.moment + (span.start % DAY), draft.timezone), reason }));
  const otherHalf = repeats.rule.replace(/(?<=BYHOUR=)\d+(?=;|$)/, (hour) =>
    String((Number(hour) + 12) % 24),
  );
  const other = hours.length > 1 ? firstTime(otherHalf, draft.timezone, since) : null;
  return [
    { value: first, reason },
    ...(other === null ? [] : [{ value: other, reason: 'the other half of the day' }]),
  ];
}

/** A moment to a slot that takes an instant; null where only a day or longer was said. */
export function instantEntity(
  draft: Draft,
  slot: 'start' | 'end' | 'remind_at',
  moment: Moment,
): Entity | null {
  const { time } = moment;
  const repeated = slot === 'end' ? [] : firstTimes(draft, moment);
  if (repeated[0]) return at(draft, slot, moment, repeated[0].value, { grain: 'minute', readings: repeated });
  if (!time) return null;
  const { grain, readings } = whenValue({ ...time, isRange: false, lead: 'on' }, draft.timezone);
  const usable = readings.filter(({ value }) => typeof value === 'string' && value.includes('T'));
  const [first] = usable;
  return first
    ? at(draft, slot, moment, first.value, { grain: first.grain ?? grain, readings: usable })
    : null;
}

/** Days or hours as a stretch, `end` exclusive. */
export function stretchEntity(draft: Draft, moment: Moment): Entity | null {
  const { time } = moment;
  if (!time) return null;
  const context = timeContext(draft.now, draft.timezone);
  // "The next 3 days" includes today, "the next 3rd" does not.
  const spans = time.readings.map((span) => ({
    ...span,
    reason: span.reason.replace(/^the next (?=\d+(?:st|nd|rd|th)\b)/, 'the coming '),
  }));
  const { value, grain, readings } = rangeValue({ ...time, readings: spans }, context, draft.timezone);
  return at(draft, 'date_range', moment, value, { grain, readings });
}

/** When something is: its start, its end where one was said, or the days alone. */
export function scheduleEntities(draft: Draft, moment: Moment): Entity[] {
  const { time } = moment;
  const found: Entity[] = [];
  const repeated = recurrenceEntity(draft, moment);
  if (repeated) found.push(repeated);
  const start = repeated ? instantEntity(draft, 'start', moment) : null;
  if (start) return [...found, start, ...endOf(draft, moment, start)];
  if (!time) return found;
  const reading = time.readings[0];
  const hours = time.hasClock && reading !== undefined && reading.grain !== 'part_of_day';
  if (hours && time.isRange) {
    const edges = whenValue(time, draft.timezone);
    const pick = (side: 'start' | 'end'): Entity | null => {
      const readings = edges.readings.flatMap((one) => {
        const value = sideOf(one.value, side);
        return value?.includes('T') === true ? [{ ...one, value }] : [];
      });
      const [first] = readings;
      return first
        ? at(draft, side, moment, first.value, { grain: first.grain ?? edges.grain, readings })
        : null;
    };
    return [...found, pick('start'), pick('end')].filter((entity) => entity !== null);
  }
  // "until 5" ends it, "from 5 on" begins it.
  if (hours) {
    const slot = time.lead === 'until' ? 'end' : 'start';
    const entity = instantEntity(draft, slot, moment);
    return entity ? [...found, entity] : found;
  }
  const stretch = stretchEntity(draft, { ...moment, time: { ...time, lead: 'on' } });
  return stretch ? [...found, stretch] : found;
}

/** Dinners are in the evening and alarms in the morning, and what repeats does so at the hour of its first time. */
export function atTheirHour(entities: Entity[]): Entity[] {
  const first = entities.find(({ slot }) => slot === 'start' || slot === 'remind_at')?.value;
  const hour = typeof first === 'string' ? /T(\d\d)/.exec(first)?.[1] : undefined;
  return entities.map((entity) => {
    const { slot, value, readings } = entity;
    if (slot !== 'recurrence' || hour === undefined || typeof value !== 'string') return entity;
    const rule = value.replace(/BYHOUR=\d+(?=;|$)/, `BYHOUR=${Number(hour)}`);
    if (rule === value) return entity;
    const reason = 'at the hour that such things have';
    return { ...entity, value: rule, readings: [{ value: rule, reason }, ...readings] };
  });
}

/** The end of what repeats: as long after its first time as the hours say. */
function endOf(draft: Draft, moment: Moment, start: Entity): Entity[] {
  const span = moment.time?.isRange === true ? moment.time.readings[0] : undefined;
  const from = typeof start.value === 'string' ? civilFromIso(start.value, draft.timezone) : null;
  if (!span || !from || moment.time?.hasClock !== true || span.end - span.start >= DAY) return [];
  const value = formatInstant(from.moment + span.end - span.start, draft.timezone);
  return [at(draft, 'end', moment, value, { grain: span.grain, readings: [{ value, reason: span.reason }] })];
}

function sideOf(value: unknown, side: 'start' | 'end'): string | undefined {
  if (typeof value !== 'object' || value === null || !(side in value)) return undefined;
  const found: unknown = Reflect.get(value, side);
  return typeof found === 'string' ? found : undefined;
}
