import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import { dateRange } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { readAmounts } from '../time/amounts.ts';
import { civilFromIso, civilInZone, formatEpoch, formatInstant } from '../time/civil.ts';
import { TokenView, tokenize } from '../time/tokens.ts';
import { contentOf } from './frames.ts';
import { findLength } from './lengths.ts';
import type { Moment } from './moments.ts';
import { instantEntity, recurrenceEntity, stretchEntity, withSettledHour } from './moment-entities.ts';
import { findMoments } from './moments.ts';
import { piecesOf, stripped, wordsEntity } from './pieces.ts';
import { readTarget } from './target.ts';

/** Wherever it stands in a sentence, behind it stands what one is to be reminded of. */
const CALLS =
  /(?:^|[\s,.!?:])(?:(?:to\s+)?(?:remind|rmeind|remnid|remaind|remeind|remember|ping|nudge|notify|alert|poke|prompt|buzz|warn|bug|nag|holler at|yell at|shout at)(?:\s+to)?\s+(?:me|us|myself|future me)|(?:wake|get)\s*me(?:\s+up)?|wake\s+up\s+me|(?:be|get)\s+(?:pinged|nudged|notified|alerted|poked|prompted|buzzed|warned|told)|(?:do\s+not|don'?t|never|mustn'?t|must\s+not|can'?t|cannot|shouldn'?t)\s+(?:you\s+)?let\s+me\s+forget|reminded|woken(?:\s+up)?|reminding\s+me|reminder|remidner|tell\s+me|remind|alarm|alram|timer|timmer|told)(?![\p{L}'])/u;
const ALARM = /\b(?:alarm|alram|timer|timmer|wake|woken|wakeme|get me up|snooze|clock)\b/;
const TIMER = /\b(?:timer|timmer|countdown|set clock of|egg timer)\b/;
const LEAD =
  /^(?:(?:and|to|too|that|about|abuot|of|for|regarding|re|is|it's|its|when|when it's|when it is|on|at|in|me|called|named|titled|labelled|saying|please|also|so|then|an?|my|the(?=\s+(?!\S+\s+(?:is|are|has|will|starts|shuts|closes|opens)\b)\S)|reminder|alarm|timer|task|event|there's|up|just|from|with|i must(?=\s)|i have to|i need to|i should)\s+|[:,-]\s*)/;
const TAIL =
  /(?:[\s,]+(?:on|at|in|for|by|about|and|to|of|the|a|around|every|please|pls|when|when it's|when it is|it's|it is|is|that|starting|from|until|before|so|thanks|lol|sharp|early|as)|[\s,]+(?:alarm|reminder)(?=$))$/;
const NOTHING =
  /^(?:me|up|it|that|this|to|an?|the|alarm|reminder|timer|an alarm|a timer|a reminder|please|please set|set|set an?|and|or|it's|sharp|nothing|don't let me sleep in|wake|wake up|when|i|one|my|my alarm|get|from|if|i will forget|i always forget|clock|myself|reminded|time|ish|(?:but\s+|ok\s+)?(?:actually\s+)?(?:please\s+)?do|actually)$/;

/** "remind me 10 minutes before the call": when, what, and what the moment hangs on where it is no date. */
export function extractReminder(draft: Draft, core: Range): { entities: Entity[]; params?: ActParams } {
  const content = contentOf(draft, core, 'reminder');
  const region = content.region;
  const before = offsetIn(draft, region);
  const masked = before ? [before] : [];
  const found = findMoments(draft, region, masked);
  const called = CALLS.exec(draft.folded.slice(region.start, region.end));
  const callEnd = called ? region.start + called.index + called[0].length : content.body.start;
  const timer = TIMER.test(draft.folded.slice(region.start, region.end))
    ? findLength(draft, region, found)
    : null;
  const moments = found.filter(({ attribute }) => !attribute);
  const wakes = /\b(?:wake|woken|wakeme|alarm|alram|get me up)\b/.test(draft.folded);
  const entities: Entity[] = timer
    ? timerEntities(draft, timer.entity)
    : withSettledHour(momentsOf(draft, moments).map((entity) => (wakes ? inTheMorning(entity) : entity)));
  const cuts: Range[] = [...moments.map(({ cut }) => cut), ...content.idle, ...masked];
  if (timer) cuts.push(timer.cut);
  const body = { start: Math.max(content.body.start, called ? callEnd : 0), end: content.body.end };
  const range = body.start < body.end ? body : { start: callEnd, end: region.end };
  const pieces = piecesOf(draft, range, cuts)
    .map((piece) => stripped(draft, piece, LEAD, TAIL))
    .filter(({ start, end }) => end > start && !NOTHING.test(draft.folded.slice(start, end)));
  const title =
    pieces.length > 0
      ? titleOf(draft, pieces, cuts)
      : titleAhead(draft, { region, whole: core }, called, cuts);
  const ahead = before && aheadOfTime(draft, before, { title, moments, at: entities[0] });
  if (ahead) entities.splice(0, 1, ahead);
  if (before) entities.push(...offsetEntities(draft, before, isAbout(draft, title) ? title : null));
  const read = entities.map((entity) => withTimeAhead(draft, entity));
  const coming = read.filter((entity) => !isOver(draft, entity));
  const unread = read.filter((entity) => !coming.includes(entity)).map(({ text }) => text);
  const params: ActParams = {
    ...(unread.length > 0 && { unread: [...new Set(unread)] }),
    ...(before && before.minutes > 0 && { before: before.minutes }),
  };
  return {
    entities: title ? [...coming, title] : coming,
    ...(Object.keys(params).length > 0 && { params }),
  };
}

/** "About the vet on saturday at 11, one day before": the time is that of the thing, and what is told before it counts from there. */
function aheadOfTime(
  draft: Draft,
  { minutes, event, end }: Offset,
  { title, moments, at }: { title: Entity | null; moments: readonly Moment[]; at: Entity | undefined },
): Entity | null {
  const [moment, other] = moments;
  if (!moment?.time || other || moment.time.clockOnly || at?.slot !== 'remind_at' || minutes === 0)
    return null;
  const isBehind = moment.start >= end && /^\s*$/.test(draft.folded.slice(end, moment.cut.start));
  if (event === null ? !isAbout(draft, title) || moment.end > end : !isBehind) return null;
  const readings = at.readings.flatMap((reading) => {
    const then = typeof reading.value === 'string' ? civilFromIso(reading.value, draft.timezone) : null;
    if (!then) return [];
    const value = formatInstant(then.moment - minutes * 60, draft.timezone);
    return [{ ...reading, value, reason: 'counted back from the time that was said' }];
  });
  const [first] = readings;
  return first ? { ...at, value: first.value, readings } : null;
}

/** Nobody is reminded in the past: such words are told back, and the time is asked for. */
function isOver(draft: Draft, { slot, value }: Entity): boolean {
  if (slot === 'remind_at') return typeof value === 'string' && Date.parse(value) <= draft.now.getTime();
  if (slot !== 'date_range') return false;
  const end = dateRange.safeParse(value).data?.end;
  const over = end === undefined ? null : civilFromIso(end, draft.timezone);
  return over !== null && over.moment <= civilInZone(draft.now, draft.timezone);
}

/** "At 10", said at ten, is the next one. */
function withTimeAhead(draft: Draft, entity: Entity): Entity {
  if (entity.slot !== 'remind_at' || !isOver(draft, entity)) return entity;
  const later = entity.readings.find(({ value }) => !isOver(draft, { ...entity, value }));
  if (!later) return entity;
  const others = entity.readings.filter((reading) => reading !== later);
  return { ...entity, value: later.value, readings: [later, ...others] };
}

/** "about the dentist": what stands behind these words is no deed. */
const isAbout = (draft: Draft, title: Entity | null): boolean =>
  title !== null &&
  /\b(?:about|abuot|of|for|regarding|re)\s+(?:(?:the|my|our|an?)\s+)?$/.test(
    draft.folded.slice(0, title.start),
  );

/** An alarm needs no words of its own. */
export function isAlarm({ folded }: Draft): boolean {
  return ALARM.test(folded);
}

/** "flowers friday reminder", "the rent, remind me on friday": what stands before the word. */
function titleAhead(
  draft: Draft,
  { region, whole }: { region: Range; whole: Range },
  called: RegExpExecArray | null,
  cuts: readonly Range[],
): Entity | null {
  if (!called || ALARM.test(called[0])) return null;
  const call = region.start + called.index;
  const inRegion = { start: region.start, end: call };
  const range =
    called.index < 3 ? trimRange(draft.folded, { start: whole.start, end: call }, ',-') : inRegion;
  const words = draft.folded.slice(range.start, range.end);
  if (words.length < 3 || SAYS_MORE.test(words) || (range !== inRegion && !/^[^,.;:!?]+$/.test(words)))
    return null;
  const [first] = piecesOf(draft, range, cuts)
    .map((piece) => stripped(draft, piece, LEAD, TAIL))
    .filter(({ start, end }) => end > start && !NOTHING.test(draft.folded.slice(start, end)));
  if (!first) return null;
  // "the call to the office" is to call it.
  const to = CALL_TO.exec(draft.folded.slice(first.start, first.end))?.[0];
  const parts = to
    ? [
        { start: first.start, end: first.start + 'call'.length },
        { start: first.start + to.length, end: first.end },
      ]
    : [first];
  return wordsEntity(draft, 'title', parts, 'what is to be remembered');
}
/** An order of its own, a reason, a statement. */
const SAYS_MORE =
  /\b(?:i|you|me|we|can|could|please|set|create|add|make|need|because|if|is|are|was|were|has|have|will|i'm|we're|don't|tell|show|cancel|delete|move)\b/;
const CALL_TO = /^call\s+(?:to|with)\s+(?=\S)/;

function titleOf(draft: Draft, pieces: readonly Range[], cuts: readonly Range[]): Entity | null {
  const [first, second] = pieces;
  if (!first) return null;
  // "call Bob tomorrow about the rent": goes on behind the time.
  const joined =
    second &&
    /^(?:with|about|for|to|from|and|of)\s/.test(draft.folded.slice(second.start, second.end)) &&
    cuts.some((cut) => cut.start >= first.end - 1 && cut.end <= second.start + 1);
  // A list with commas is one thing: "eggs, milk and bread".
  const last =
    !joined &&
    second &&
    pieces.every(
      (piece, index) =>
        index === 0 ||
        /^\s*,\s*(?:and\s+)?$/.test(draft.folded.slice(pieces[index - 1]?.end ?? 0, piece.start)),
    )
      ? pieces.at(-1)
      : undefined;
  if (last)
    return wordsEntity(draft, 'title', [{ start: first.start, end: last.end }], 'what is to be remembered');
  return wordsEntity(draft, 'title', joined ? [first, second] : [first], 'what is to be remembered');
}

function momentsOf(draft: Draft, moments: readonly Moment[]): Entity[] {
  return moments.slice(0, 4).flatMap((moment) => {
    const entity = instantEntity(draft, 'remind_at', moment) ?? stretchEntity(draft, moment);
    return [recurrenceEntity(draft, moment), entity].filter((one) => one !== null);
  });
}

/** Alarms ring in the morning unless something says otherwise. */
function inTheMorning(entity: Entity): Entity {
  const early = entity.readings.find(({ value }) => typeof value === 'string' && /T0[4-9]/.test(value));
  if (entity.slot !== 'remind_at' || !early || entity.readings[0] === early) return entity;
  return {
    ...entity,
    value: early.value,
    readings: [early, ...entity.readings.filter((other) => other !== early)],
  };
}

/** A timer runs from now. */
function timerEntities(draft: Draft, length: Entity): Entity[] {
  const minutes = Number(length.value);
  const value = formatEpoch(draft.now.getTime() / 1000 + minutes * 60, draft.timezone);
  const reading = { value, grain: 'minute' as const, reason: 'from now' };
  return [length, { ...length, slot: 'remind_at', value, grain: 'minute', readings: [reading] }];
}

/** "half an hour before the meeting": how long before what. */
interface Offset extends Range {
  minutes: number;
  /** The words that name it; null where it is what was spoken of last. */
  event: Range | null;
}

const BEFORE =
  /\s(?:before|prior to|ahead of)\s+(?<event>(?:(?:the|my|our|every|each|it|that)\b\s*)?(?:(?!to\b|that\b|about\b|for\b|remind\b|so\b)[\p{L}\d:'’-]+\s*){0,4})/du;
/** "an hour before", "2 days in advance": nothing behind it says before what. */
const BEFORE_IT =
  /\s+(?:before(?:hand)?(?:\s+(?:it|that|then|it starts|that starts|it begins))?|earlier|prior|ahead(?: of (?:it|that|time))?|in advance)(?=\s*(?:$|[,.!?;]|please\b|to\b|about\b|(?:at|around)\s+(?:\d|noon|midday)))/;
/** A time of the day where nothing is counted from it. */
const MEAL = /^(?:the |my )?(?:lunch|dinner|breakfast|supper|brunch)$/;
/** "30 minutes before it's due": what was spoken of last. */
const SPOKEN_OF = /^(?:it|that|this)(?:'s|\s+is)?(?:\s+(?:due|starts?|begins?|starting))?$/;
const CALLED = /(?:\bme|\bnudge|\bping|\breminder|\bpoke|\bheads-?up|\balert|\balarm|\bnotification)\s*$/;

function offsetIn(draft: Draft, region: Range): Offset | null {
  const end = Math.min(region.end, region.start + 600);
  const alone = BEFORE_IT.exec(draft.folded.slice(region.start, end));
  const ahead = alone && amountAtEnd(draft, draft.folded.slice(0, region.start + alone.index));
  if (alone && ahead) return { ...ahead, end: region.start + alone.index + alone[0].length, event: null };
  const match = BEFORE.exec(draft.folded.slice(region.start, end));
  const at = match?.indices?.groups?.['event'];
  if (!match || !at) return null;
  const eventStart = region.start + at[0];
  const head = draft.folded.slice(0, region.start + match.index);
  const amount = amountAtEnd(draft, head);
  if (!amount && !CALLED.test(head)) return null;
  const start = amount?.start ?? region.start + match.index + 1;
  // What has a date of its own is a moment like any other: "two days before christmas".
  const dated = findMoments(draft, { start: region.start, end }).find(
    (moment) => moment.end > eventStart && moment.start < region.start + at[1],
  );
  const meal = MEAL.test(draft.folded.slice(eventStart, region.start + at[1]).trim());
  if (dated && dated.cut.start <= eventStart && !(meal && amount)) return null;
  const nextMoment = meal ? end : (dated?.cut.start ?? end);
  const named = draft.folded.slice(eventStart, Math.min(region.start + at[1], nextMoment));
  const says = /\s+(?:is due|are due|is|are|starts?|begins?)\s*$/.exec(named)?.index ?? named.length;
  const event = trimRange(draft.folded, { start: eventStart, end: eventStart + says });
  const spoken = trimRange(draft.folded, { start: eventStart, end: eventStart + named.length });
  if (SPOKEN_OF.test(draft.folded.slice(spoken.start, spoken.end)) && amount)
    return { start, end: spoken.end, minutes: amount.minutes, event: null };
  return event.end > event.start ? { start, end: spoken.end, minutes: amount?.minutes ?? 0, event } : null;
}

/** The amount right before: "half an hour". */
function amountAtEnd(draft: Draft, head: string): { start: number; minutes: number } | null {
  const day = /(?<=^|\s)(?:the|a)\s+(?<unit>day|week|evening|night)$/.exec(head);
  if (day) return { start: day.index, minutes: IN_MINUTES[day.groups?.['unit'] ?? ''] ?? 0 };
  const view = new TokenView(tokenize(head.slice(-80)));
  const shift = Math.max(0, head.length - 80);
  for (let index = Math.max(0, view.length - 8); index < view.length; index += 1) {
    const read = readAmounts(view, index);
    if (!read || read.next !== view.length) continue;
    const minutes = read.value.reduce(
      (sum, { count, unit }) => sum + count * (IN_MINUTES[unit] ?? Number.NaN),
      0,
    );
    const start = shift + (view.tokens[index]?.start ?? 0);
    return minutes > 0 && !draft.quotes.some((quote) => quote.start < start && start < quote.end)
      ? { start, minutes }
      : null;
  }
  return null;
}

const IN_MINUTES: Record<string, number> = {
  minute: 1,
  hour: 60,
  day: 1_440,
  week: 10_080,
  evening: 1_440,
  night: 1_440,
};

/**
 * Its words stay readable, since when it is due is known only to whoever knows the event. Where none is named it is what
 * one is reminded about ("about the dentist the day before"), else what was spoken of last.
 */
function offsetEntities(draft: Draft, offset: Offset, about: Entity | null): Entity[] {
  const { minutes } = offset;
  const event = offset.event ?? about;
  if (!event) {
    const value = { before: 'it', minutes };
    const last = { kind: 'event', reference: 'last' };
    return [
      entityAt(draft, 'when', offset, value, 'counted back from the event'),
      entityAt(draft, 'target', offset, last, 'the item spoken of last'),
    ];
  }
  const target = readTarget(
    draft.folded.slice(event.start, event.end),
    draft.text.slice(event.start, event.end),
  );
  const value = { before: draft.text.slice(event.start, event.end), ...(minutes > 0 && { minutes }) };
  const when = entityAt(draft, 'when', offset, value, 'counted back from the event');
  return target
    ? [when, entityAt(draft, 'target', event, { ...target, kind: 'event' }, 'what it is counted from')]
    : [when];
}
