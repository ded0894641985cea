import type { Draft } from '../draft.ts';
import { repetitionIn } from '../repetition.ts';
import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import { DAY, HOUR, civilParts } from '../time/civil.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Span } from '../time/pieces.ts';
import type { RecurrenceMatch } from '../time/recurrence.ts';
import { firstTimeOf } from '../time/recurrence/first-time.ts';
import { settledTimes } from '../time/recurrence/times.ts';
import { timeContext } from '../time/values.ts';
import type { Readiness } from './loose-times.ts';
import { readyTimes } from './loose-times.ts';
import { namesIn } from './names.ts';
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
  /** When it is for the first time, where the words tell: of what repeats, by its rule. */
  first: TimeMatch | null;
  /** A time said apart from the repetition: "every day, from monday". */
  apart: TimeMatch | null;
  /** Several days that stand for themselves: "monday, wednesday and friday". */
  days: TimeMatch[];
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
  const named = namesIn(draft, range);
  const closed = named.length > 0 ? [...masked, ...named] : masked;
  const times = readyTimes(draft, range, closed, readiness);
  const found = repetitionIn(draft, range);
  const repeats = found && !closed.some((mask) => overlaps(mask, found)) ? found : null;
  const items = itemsOf(draft, times, repeats);
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group && joins(draft, group, item)) group.push(item);
    else groups.push([item]);
  }
  const grouped = groups.map((group) => momentOf(draft, group));
  const moments = withHourApart(draft, paired(corrected(draft, grouped)));
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
      return time
        ? [{ ...span, cut: span, time, apart: time, repeats: null, first: null, days: [], attribute: true }]
        : [];
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
    // "on december 7 every 2 weeks" has its first day inside, and the hour of "at 9 until december 11" is read in the rule.
    const tells = repeats.rule.includes('BYHOUR=') || (!begins && repeats.startDay !== undefined);
    const day = tells ? inside[0] : undefined;
    const clock = said ?? inside.find(({ hasClock }) => hasClock) ?? day ?? null;
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
  const [head] = group;
  const last = group.at(-1);
  if (!head || !last) throw new Error('a moment without words');
  const start = head.start + leadLength(draft, head);
  // The dot of a sentence is no part of "wed.".
  const dot = /\p{L}{3,}\.$/u.test(draft.folded.slice(head.start, last.end)) ? 1 : 0;
  const end = last.end - dot;
  const times = group.map(({ time }) => time).filter((time) => time !== null);
  const repeats = group.find((item) => item.repeats !== null)?.repeats ?? null;
  const others = group
    .filter((item) => item.repeats === null)
    .map((item) => item.time)
    .filter((one) => one !== null);
  const apart = others.length > 1 ? together(draft, others) : (others[0] ?? null);
  const clock = group.find((item) => item.repeats !== null)?.time ?? null;
  const first = repeats && firstOf(draft, repeats, clock ?? apart);
  const time = first ?? (others.length === times.length ? apart : (apart ?? times[0] ?? null));
  const cut = { start: Math.min(head.lead, head.start), end };
  return {
    start,
    end,
    cut,
    time,
    first,
    apart,
    repeats,
    days: repeats ? [] : listedDays(draft, others),
    attribute: isAttribute(draft, { start, end }, time),
  };
}

/**
 * The first time of what repeats, where an hour or a start was said: "third friday of each month at 5" is no friday of
 * today's. The hours that were said beside it tell how long it lasts, and the other half of the day where that is open.
 */
function firstOf(draft: Draft, repeats: RecurrenceMatch, said: TimeMatch | null): TimeMatch | null {
  const { rule, startDay } = repeats;
  const timed = rule.includes('BYHOUR=');
  if (!said || (!timed && startDay === undefined) || !/^FREQ=(?:DAI|WEEK|MONTH|YEAR)LY/.test(rule))
    return null;
  const { now, today } = timeContext(draft.now, draft.timezone, draft.preferences);
  // A day that has begun is the first of those without an hour.
  // What would begin at this very moment begins the next time.
  const from = Math.max(startDay ?? 0, timed ? now + 1 : today);
  const reading = said.readings[0];
  const spoken = reading ? reading.end - reading.start : 0;
  const lasts = timed && said.isRange && said.hasClock && spoken < DAY ? spoken : null;
  const at = (one: string): Span[] => {
    const start = firstTimeOf(one, from);
    if (start === null) return [];
    const grain = timed ? (start % HOUR === 0 ? 'hour' : 'minute') : 'day';
    const end = start + (lasts ?? (timed ? (grain === 'hour' ? HOUR : 60) : DAY));
    return [{ start, end, grain, reason: 'the first time' }];
  };
  const others = repeats.openHour
    ? said.readings
        .map(({ start }) => rule.replace(/BYHOUR=\d+(?=;|$)/, `BYHOUR=${civilParts(start).hour}`))
        .filter((one) => isOtherHalf(one, rule))
    : [];
  const readings = [rule, ...others].flatMap(at);
  return readings.length > 0
    ? {
        ...said,
        readings,
        isRange: lasts !== null,
        closed: lasts !== null,
        lead: 'on',
        hasClock: timed,
        clockOnly: false,
        past: false,
      }
    : null;
}

/** "at 9" may be in the evening; nothing else that the words were read as moves the hour. */
function isOtherHalf(one: string, rule: string): boolean {
  return Math.abs(hourIn(one) - hourIn(rule)) === 12;
}

const hourIn = (rule: string): number => Number(/BYHOUR=(\d+)(?=;|$)/.exec(rule)?.[1]);

/**
 * "every monday review the numbers at 9": an hour that stands apart from its repetition belongs to it. The hour then means
 * the first time, and the rule holds it.
 */
function withHourApart(draft: Draft, moments: readonly Moment[]): Moment[] {
  const usable = moments.filter(({ attribute }) => !attribute);
  const repeating = usable.find(({ repeats }) => repeats !== null);
  const [other, ...more] = usable.filter((moment) => moment !== repeating && moment.time?.past !== true);
  const { repeats } = repeating ?? {};
  if (!repeating || !repeats || !other?.time?.clockOnly || more.length > 0) return [...moments];
  if (other.time.lead === 'until' || repeating.apart !== null) return [...moments];
  if (/BYHOUR=|^FREQ=(?:HOUR|MINUTE)LY/.test(repeats.rule)) return [...moments];
  const timed = atHour(repeats, other.time);
  const first = timed && firstOf(draft, timed, other.time);
  if (!timed || !first) return [...moments];
  return moments.map((moment) => {
    if (moment === repeating) return { ...moment, repeats: timed };
    return moment === other ? { ...moment, time: first, apart: first } : moment;
  });
}

/** The rule with the hour of a phrase, in the half of the day that its words put it. */
function atHour(repeats: RecurrenceMatch, { readings }: TimeMatch): RecurrenceMatch | null {
  const [said] = readings;
  if (!said || said.epoch !== undefined) return null;
  const open = readings.length > 1;
  const { hour, minute } = civilParts(said.start);
  const { partOfDay } = repeats;
  const clocks = [{ hour: open ? hour % 12 || 12 : hour, minute, definite: !open }];
  const [settled] = settledTimes({ clocks, ...(partOfDay !== undefined && { partOfDay }) });
  if (!settled) return null;
  const timed = (rule: string): string =>
    rule.replace(/(?=;(?:COUNT|UNTIL)=|$)/, `;BYHOUR=${settled.hour};BYMINUTE=${settled.minute}`);
  return {
    ...repeats,
    rule: timed(repeats.rule),
    openHour: open && partOfDay === undefined,
    readings: repeats.readings.map((one) => ({ ...one, rule: timed(one.rule) })),
  };
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

/** "monday, wednesday and friday": days of which each is meant, the first to come first. */
function listedDays(draft: Draft, times: readonly TimeMatch[]): TimeMatch[] {
  const apart = times.slice(1).every((time, index) => {
    const before = times[index];
    return before !== undefined && LISTED.test(draft.folded.slice(before.end, time.start));
  });
  const plain = times.every(
    ({ hasClock, isRange, lead, past, readings: [day] }) =>
      !hasClock && !isRange && !past && day?.grain === 'day' && (lead === 'none' || lead === 'on'),
  );
  return times.length > 1 && apart && plain
    ? times.toSorted((a, b) => (a.readings[0]?.start ?? 0) - (b.readings[0]?.start ?? 0))
    : [];
}

const LISTED = /^\s*(?:,|&|,?\s*and\b)\s*(?:on\s+)?$/;

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
