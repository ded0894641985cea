import type { OpenQuestion } from '../../contracts/clarification.ts';
import { actionEntry } from '../../contracts/intents.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slot, Target } from '../../contracts/slots.ts';
import { trimChatter } from './chatter.ts';
import type { Draft } from './draft.ts';
import { entityAt, partOf, placedIn } from './draft.ts';
import { findDuration, readPriority } from './extract/attributes.ts';
import { findDistance } from './extract/how-far.ts';
import { readShift } from './extract/change.ts';
import { extractFor } from './extract/extract-for.ts';
import { targetEntity } from './extract/target.ts';
import { readSlot } from './parse-slot.ts';
import { isTimeSlot, saidTime, shiftedEntities, timeEntities, type PointSlot } from './said-times.ts';
import { namesOf, saidValues } from './said-values.ts';
import { hourOfUnread } from './unread-hour.ts';
import type { Range } from './text.ts';
import { blank, overlaps, trimRange } from './text.ts';
import { readAmounts } from './time/amounts.ts';
import { TokenView, tokenize } from './time/tokens.ts';
import { CARDINALS, type TimeUnit } from './time/words.ts';

/** A text as the answer to what is asked, with what it says besides ("tomorrow at 5 for an hour"). */
export function readTypedAnswer(draft: Draft, question: OpenQuestion): Entity[] {
  if (draft.folded.length > 4_000) return readSlot(draft, question.slot);
  const range = trimChatter(draft.folded, { start: 0, end: draft.folded.length });
  if (range.start >= range.end) return [];
  const own = ownValue(draft, range, question);
  if (own === null) return readSlot(withoutWish(draft), question.slot);
  return own.length === 0 ? [] : [...own, ...extras(draft, range, question, own)];
}

/** "I want to send it to Ann" without the wish; offsets stay. */
function withoutWish(draft: Draft): Draft {
  const wish = WISH.exec(draft.folded)?.[0].length ?? 0;
  const cut = (text: string): string => ' '.repeat(wish) + text.slice(wish);
  return wish === 0 ? draft : { ...draft, text: cut(draft.text), folded: cut(draft.folded) };
}

const WISH =
  /^[\s,.!]*i(?:'d like| want| would like| wanna| need) to (?=(?:send|write|address|mail) (?:it|that|this) )/;

/** The values of the asked slot; null where it is read as it is without a conversation. */
function ownValue(draft: Draft, range: Range, question: OpenQuestion): Entity[] | null {
  const { slot } = question;
  if (isTimeSlot(slot)) return timeAnswer(draft, range, question);
  switch (slot) {
    case 'duration_minutes': {
      const length = lengthAnswer(draft, range);
      return length.length > 0 ? length : lengthBetween(draft, range, question);
    }
    case 'priority':
      return priorityAnswer(draft, range);
    case 'participants':
      return peopleAnswer(draft, range);
    case 'location':
      return placeAnswer(draft, range);
    case 'list':
      return listAnswer(draft, range);
    case 'target':
      return targetAnswer(draft, range, question);
    case 'query':
      return queryAnswer(draft, range);
    case 'all_day':
      return dayAnswer(draft, range);
    case 'preference':
      return extractFor(draft, 'set_preference').entities.filter((entity) => entity.slot === slot);
    default:
      return null;
  }
}

/** More words than this beside a time say something of their own. */
const MOST_BESIDE = 6;

function timeAnswer(draft: Draft, range: Range, question: OpenQuestion): Entity[] {
  const { slot } = question;
  if (!isTimeSlot(slot)) return [];
  const later = slot === 'date_range' ? [] : laterThanKnown(draft, range, slot, question);
  if (later.length > 0) return later;
  const length = findDuration(draft, range, []);
  const masked = length && slot !== 'date_range' ? [length.cut] : [];
  const said = saidTime(draft, range, masked);
  if (!said && slot !== 'date_range') return inAWhile(draft, range, slot);
  // "same time as last week": a stretch of the past is no time for something to come.
  if (said?.main.past === true && said.main.isRange && slot !== 'date_range') return [];
  if (!said) return readSlot(draft, slot);
  const rest = blank(draft.folded, [said.cut, ...masked]).slice(range.start, range.end);
  if (rest.trim().split(/[\s,.!?]+/).length > MOST_BESIDE || movesAnother(rest, question)) return [];
  const known = said.main.hasClock ? question.slots : hourOfUnread(draft, question);
  return timeEntities(draft, said, slot, known);
}

/** "From december on make the standup 9:30" moves something that was not asked about. */
function movesAnother(rest: string, { slots }: OpenQuestion): boolean {
  const noun = MOVES.exec(rest)?.groups?.['noun'];
  const asked = `${slots.title ?? ''} ${slots.target?.query ?? ''}`.toLowerCase().split(/\s+/);
  return noun !== undefined && !asked.includes(noun);
}
const MOVES =
  /\b(?:make|move|push|shift|change|reschedule|cancel|delete)\s+(?:the|my|our|\w+'s)\s+(?!(?:time|date|day|hour|start|end|deadline|reminder|alarm|alert|task|event|meeting|one|due)\b)(?<noun>\w+)/;

/** "An hour later then", where a time was refused: counted from that. */
function laterThanKnown(draft: Draft, range: Range, slot: PointSlot, question: OpenQuestion): Entity[] {
  const far = findDistance(draft, range);
  const [span] = far?.cuts ?? [];
  return far?.params.shift && span
    ? shiftedEntities(draft, trimRange(draft.folded, span, ',.!'), far.params.shift, slot, question.slots)
    : [];
}

/** "3 days" to "by when?": that long from now. */
function inAWhile(draft: Draft, range: Range, slot: Slot): Entity[] {
  const shift = slot === 'end' ? null : readShift(draft, range);
  if (!shift || shift.shift.count < 0) return [];
  const { entity } = shift;
  if (slot !== 'due_date' && !(typeof entity.value === 'string' && entity.value.includes('T'))) return [];
  const readings = entity.readings.map((reading) => ({ ...reading, reason: 'counted from now' }));
  return [{ ...entity, slot, readings }];
}

const MINUTES: Partial<Record<TimeUnit, number>> = { minute: 1, hour: 60, day: 24 * 60 };

const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50 };
const LENGTH = /\d\s*(?:m|h)?\s*(?:-|to|or)\s*\d+\s*(?:m|h)|\b(?:minutes?|mins?|hours?|hrs?|days?)\b/;

/** The length that stands anywhere in the answer. */
function lengthAnswer(draft: Draft, range: Range): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  // Nobody meets for two minutes.
  const hours = /^(?:about |around )?(?<count>[1-4])$/.exec(words)?.groups?.['count'];
  if (hours !== undefined)
    return [entityAt(draft, 'duration_minutes', range, Number(hours) * 60, 'hours, for so few')];
  const between = /\b(?:\d+|an?|one|two|three|four|five|half an)\s*(?:-|to|or)\s*(?=\S)/.exec(words);
  const upper = between && { start: range.start + between.index + between[0].length, end: range.end };
  if (upper && LENGTH.test(words)) {
    const [most] = lengthAnswer(draft, upper);
    const start = range.start + between.index;
    return most ? [{ ...most, start, text: draft.text.slice(start, most.end) }] : [];
  }
  const plain = /\b(?:twenty|thirty|forty|fifty)[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b/.test(
    words,
  )
    ? []
    : readSlot(partOf(draft, range), 'duration_minutes').map((entity) => placedIn(entity, range));
  if (plain.length > 0) return plain;
  const quarters = /\b(?:a|one|three|3)?\s*(?<q>quarters?)\s+of\s+an\s+hour\b/.exec(
    draft.folded.slice(range.start, range.end),
  );
  if (quarters) {
    const span = {
      start: range.start + quarters.index,
      end: range.start + quarters.index + quarters[0].length,
    };
    return [
      entityAt(draft, 'duration_minutes', span, quarters.groups?.['q'] === 'quarters' ? 45 : 15, 'as said'),
    ];
  }
  const tokens = tokenize(draft.folded.slice(0, range.end)).filter(({ start }) => start >= range.start);
  const view = new TokenView(tokens);
  for (let index = 0; index < Math.min(tokens.length, 40); index += 1) {
    const read = readAmounts(view, index);
    const [first, last] = [tokens[index], read && tokens[read.next - 1]];
    if (!read || !first || !last) continue;
    // "forty five minutes"
    const before = tokens[index - 1];
    const tens = before && (read.value[0]?.count ?? 10) < 10 ? (TENS[before.text] ?? 0) : 0;
    const minutes = Math.round(
      read.value.reduce(
        (sum, { count, unit }, place) =>
          sum + (count + (place === 0 ? tens : 0)) * (MINUTES[unit] ?? Number.NaN),
        0,
      ),
    );
    if (!(minutes >= 1 && minutes <= 60 * 24 * 366)) continue;
    const span = { start: tens > 0 && before ? before.start : first.start, end: last.end };
    return [entityAt(draft, 'duration_minutes', span, minutes, 'as said')];
  }
  return [];
}

/** "From 9 to 11", or "until 10" where the start is known. */
function lengthBetween(draft: Draft, range: Range, { slots: known }: OpenQuestion): Entity[] {
  const said = saidTime(draft, range);
  if (!said?.main.hasClock) return [];
  const times = timeEntities(draft, said, said.main.isRange ? 'start' : 'end', known);
  const at = (slot: Slot): number => {
    const value = times.find((entity) => entity.slot === slot)?.value ?? known[slot];
    return typeof value === 'string' ? Date.parse(value) : Number.NaN;
  };
  const minutes = Math.round((at('end') - at('start')) / 60_000);
  if (!(said.main.isRange || said.main.lead === 'until') || !(minutes >= 1 && minutes <= 24 * 60)) return [];
  return [entityAt(draft, 'duration_minutes', said, minutes, 'from its start to its end'), ...times];
}

const CALM =
  /^(?:it'?s |it is )?(?:not (?:very|really|so much|much)|not (?:at all |so |very |really |that |too |particularly )?(?:important|urgent|pressing)(?: at all)?|unimportant|no (?:rush|hurry)|whenever you can)$/;

function priorityAnswer(draft: Draft, range: Range): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const number = /^(?:number |level |prio(?:rity)? )?(?<level>[1-4])$/.exec(words)?.groups?.['level'];
  const level = CALM.test(words)
    ? 'low'
    : /^(?:somewhere |something )?(?:in (?:the middle|between)|average|so[- ]so)$/.test(words)
      ? 'medium'
      : (readPriority(number === undefined ? words : `p${number}`) ??
        readPriority(words) ??
        readPriority(
          words.replace(
            /^(?:(?:kinda|sort of|a bit|somewhat|pretty|fairly|rather|extremely|a|it|is|quite|so|kind of|set|to|make)\s+)+/,
            '',
          ),
        ));
  if (level !== null) return [entityAt(draft, 'priority', range, level, 'as said')];
  return readSlot(draft, 'priority');
}

function peopleAnswer(draft: Draft, range: Range): Entity[] {
  const lead = /^(?:(?:it'?s |just |only |invite |add |include )*(?:with |for )?)/.exec(
    draft.folded.slice(range.start, range.end),
  );
  const span = { start: range.start + (lead?.[0].length ?? 0), end: range.end };
  const names = namesOf(draft, span, true);
  return names ? [entityAt(draft, 'participants', span, names, 'as said')] : [];
}

const AT =
  /^(?:(?:it'?s|we(?:'ll| will)? meet|let's meet|meet(?: me)?|let's do|probably|just)\s+)*(?:(?:over )?(?:at|in|to)\s+(?=\S))?/;

function placeAnswer(draft: Draft, range: Range): Entity[] {
  const lead = AT.exec(draft.folded.slice(range.start, range.end))?.[0].length ?? 0;
  const span = { start: range.start + lead, end: range.end };
  const value = draft.text.slice(span.start, span.end);
  // "at 5" says when.
  const when = /^[\d:.\s]+(?:[ap]\.?m\.?)?$|^(?:today|tomorrow|noon|tonight)$/.test(value.toLowerCase());
  return value === '' || when ? [] : [entityAt(draft, 'location', span, value, 'as said')];
}

const LIST =
  /^(?:(?:put|add|stick|save|file|throw) (?:it|that|this|them) )?(?:(?:a|the) new (?:one|list)[\s,:-]*)?(?:(?:call|name) it |called |named )?(?:(?:in|on|to|into|onto|under) )?(?:my |the |our |a )?/;

function listAnswer(draft: Draft, range: Range): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const lead = LIST.exec(words)?.[0].length ?? 0;
  const tail = /\s+(?:(?:to-?do )?list|one)$/.exec(words.slice(lead));
  const span = { start: range.start + lead, end: range.end - (tail?.[0].length ?? 0) };
  const name = draft.text.slice(span.start, span.end).replace(/^["'`]|["'`]$/g, '');
  return name === '' || name.length > 200 ? [] : [entityAt(draft, 'list', span, name, 'as said')];
}

const ITEM =
  /^(?:(?:the|my|that|this)\s+)?(?:one|thing|task|event|meeting|appointment)\s+(?:with|for|about|called|named|to|at)\s+(?=\S)/;

function targetAnswer(draft: Draft, range: Range, question: OpenQuestion): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const lead = ITEM.exec(words)?.[0].length ?? 0;
  const kind = kindOf(question);
  // "the planning meeting" is called so; of "the dentist thing" the last word says nothing.
  const cut = words.endsWith(' thing') ? ' thing'.length : 0;
  const entity = targetEntity(draft, { start: range.start + lead, end: range.end - cut });
  if (!entity) return [];
  const place = CARDINALS.get(/^(?:the )?number (?<place>[a-z]+)$/.exec(words)?.groups?.['place'] ?? '');
  const value: Target =
    place === undefined
      ? { ...(entity.value as Target), kind }
      : { kind, reference: 'ordinal', ordinal: place };
  return [{ ...entity, value, readings: entity.readings.map((reading) => ({ ...reading, value })) }];
}

function kindOf({ action }: OpenQuestion): Target['kind'] {
  const { intent } = actionEntry(action);
  if (intent === 'calendar_event' || intent === 'scheduling') return 'event';
  if (intent === 'email') return 'draft';
  return intent === 'reminder' ? 'reminder' : 'task';
}

function queryAnswer(draft: Draft, range: Range): Entity[] {
  const lead =
    /^(?:(?:search|look|looking|find|show me)\s+(?:for\s+)?|anything\s+(?:about|on|with|from)\s+)/.exec(
      draft.folded.slice(range.start, range.end),
    )?.[0].length ?? 0;
  const span = { start: range.start + lead, end: range.end };
  const value = draft.text.slice(span.start, span.end);
  return value === '' ? [] : [entityAt(draft, 'query', span, value, 'as said')];
}

function dayAnswer(draft: Draft, range: Range): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const whole = draft.folded.trim().replace(/[.!]+$/, '');
  const yes =
    /^(?:(?:yes|yeah|yep|sure|ok)[\s,]*)?(?:it(?:'s| is|'ll be)\s+)?(?:the\s+|an?\s+)?(?:all|whole|full|entire)(?:\s+the)?[\s-]+day(?:\s+(?:long|event))?$|^(?:yes|yeah|yep|yup|sure|true)$/;
  const no = /^(?:no|nope|nah|false)\b|^not\s+(?:all|the whole)/;
  if (yes.test(words) || yes.test(whole)) return [entityAt(draft, 'all_day', range, true, 'as said')];
  return no.test(whole) ? [entityAt(draft, 'all_day', range, false, 'as said')] : [];
}

/** Other slots of the same act that an answer fills besides. Of an answer in free words only the asked slot is taken. */
function extras(draft: Draft, range: Range, question: OpenQuestion, own: readonly Entity[]): Entity[] {
  if (FREE.has(question.slot)) return [];
  const masked = own.map(({ start, end }) => withLead(draft, { start, end }));
  const { entities } = saidValues(draft, range, { action: question.action, known: {} }, masked);
  const filled = new Set<string>(own.map(({ slot }) => slot));
  return entities.filter(
    (entity) => !filled.has(entity.slot) && !own.some((other) => overlaps(other, entity)),
  );
}

const FREE = new Set<Slot>(['location', 'list', 'target', 'query', 'participants', 'all_day']);

/** The preposition before a value belongs to it. */
function withLead(draft: Draft, span: Range): Range {
  const lead = /(?:^|\s)(?:on|at|by|in|for|from|until|till|around|about)\s+$/.exec(
    draft.folded.slice(0, span.start),
  );
  return { start: lead ? lead.index : span.start, end: span.end };
}
