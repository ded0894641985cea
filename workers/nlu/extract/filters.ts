import type { Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { findList, findPriority, findTags } from './attributes.ts';
import { formatDay } from '../time/civil.ts';
import { timeContext } from '../time/values.ts';
import { stretchEntity } from './moment-entities.ts';
import { findMoments } from './moments.ts';
import { rangeEntity, timesIn } from './times.ts';

export interface Filters {
  entities: Entity[];
  /** What stands before the first filter, or after it when nothing does. */
  rest: Range;
}

type FilterSlot = Extract<Slot, 'date_range' | 'priority' | 'list' | 'tags'>;

/** Filters of a listing or of a bulk change: days, priority, list, tags. */
export function filterEntities(
  draft: Draft,
  range: Range,
  slots: readonly FilterSlot[] = ['date_range', 'priority', 'list', 'tags'],
): Filters {
  const cuts: Range[] = [];
  const entities: Entity[] = [];
  if (slots.includes('tags'))
    for (const { entity, cut } of findTags(draft, range, cuts)) {
      entities.push(entity);
      cuts.push(cut);
    }
  const list = slots.includes('list') ? (findList(draft, range, cuts) ?? namedList(draft, range)) : null;
  if (list) {
    entities.push(list.entity);
    cuts.push(list.cut);
  }
  const priority = slots.includes('priority')
    ? (findPriority(draft, range, cuts) ?? adjective(draft, range))
    : null;
  if (priority) {
    entities.push(priority.entity);
    cuts.push(priority.cut);
  }
  const about = aboutWords(draft, range);
  if (slots.includes('date_range')) {
    const moments = findMoments(draft, range, about ? [...cuts, about] : cuts, 'task').filter(
      ({ time }) => time !== null,
    );
    const moment = moments.find(({ time }) => time?.lead !== 'none') ?? moments[0];
    const period =
      (moment && stretchEntity(draft, moment)) ?? namedDay(draft, range) ?? overdue(draft, range);
    if (period) {
      entities.push(period);
      cuts.push(moment?.cut ?? { start: period.start, end: period.end });
    }
  }
  const first = cuts.toSorted((a, b) => a.start - b.start)[0];
  const rest = first
    ? trimRange(draft.folded, { start: range.start, end: Math.max(range.start, first.start) }, ',')
    : range;
  return { entities, rest };
}

/** "today's tasks": a possessive that the grammar of times leaves alone elsewhere. */
function namedDay(draft: Draft, range: Range): Entity | null {
  const match =
    /\b(?<day>today|tomorrow|yesterday|this week|next week|this month|next month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)'s\b/d.exec(
      draft.folded.slice(range.start, range.end),
    );
  const at = match?.indices?.groups?.['day'];
  if (!at) return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  const words: Draft = { ...draft, folded: draft.folded.slice(0, span.end) };
  const found = timesIn(words, span, [], true)[0];
  return found ? rangeEntity(draft, found) : null;
}

/** "overdue": everything whose day is past, so the filter ends where today begins. */
function overdue(draft: Draft, range: Range): Entity | null {
  const match = /\b(?:overdue|past due)\b/.exec(draft.folded.slice(range.start, range.end));
  return match && overdueEntity(draft, range.start + match.index, match[0].length);
}

export function overdueEntity(draft: Draft, start: number, length: number): Entity {
  const { today } = timeContext(draft.now, draft.timezone, draft.preferences);
  const value = { end: formatDay(today) };
  const span = { start, end: start + length };
  return { ...entityAt(draft, 'date_range', span, value, 'everything due before today'), grain: 'day' };
}

/** "urgent tasks", "important to-dos" */
function adjective(draft: Draft, range: Range): { entity: Entity; cut: Range } | null {
  const match = /\b(?<level>urgent|important|critical)\b/d.exec(draft.folded.slice(range.start, range.end));
  const at = match?.indices?.groups?.['level'];
  if (!at) return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  const value = draft.folded.slice(span.start, span.end) === 'important' ? 'high' : 'urgent';
  return { entity: entityAt(draft, 'priority', span, value, 'as said'), cut: span };
}

const NOT_A_LIST =
  /^(?:to|todo|to-?do|task|tasks|my|the|all|me|day|days|week|weeks|month|months|year|morning|afternoon|evening|hour|hours|today|tomorrow|general|order|detail|full|total|short|progress|next|this|last|priority|plate|mind|agenda|time)$/;

/** "tasks in work", "my groceries list", "what's on my shopping list" */
function namedList(draft: Draft, range: Range): { entity: Entity; cut: Range } | null {
  const region = draft.folded.slice(range.start, range.end);
  const patterns = [
    /\b(?:tasks?|to-?dos?|todos?|items?|everything|things)\s+(?<cut>(?:in|under|from|on)\s+(?:my\s+|the\s+)?(?<name>[\p{L}][\p{L}\p{N}&'-]*))(?=\s*$|\s*[,.!?]|\s+(?:due|for|by|tagged|with|this|next|today|tomorrow|list)\b)/du,
    /(?<cut>(?:\b(?:my|the|on|in|all)\s+|^)(?<name>[\p{L}][\p{L}\p{N}&'-]*)\s+(?:list|tasks|to-?dos)\b)/du,
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(region);
    const [cut, name] = [match?.indices?.groups?.['cut'], match?.indices?.groups?.['name']];
    if (!cut || !name) continue;
    const span = { start: range.start + name[0], end: range.start + name[1] };
    const word = draft.folded.slice(span.start, span.end);
    if (NOT_A_LIST.test(word) || NOT_A_NAME.test(word)) continue;
    if (timesIn(draft, span, [], true).length > 0) continue;
    return {
      entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'as said'),
      cut: { start: range.start + cut[0], end: range.start + cut[1] },
    };
  }
  return null;
}

const NOT_A_NAME =
  /^(?:open|overdue|pending|remaining|unfinished|outstanding|due|upcoming|urgent|important|high|low|medium|top|current|new|old|completed|finished|done|any|some|what|which|late|own|of|other|others|same|such|these|those|your|our|recurring|repeating|repeated|daily|weekly|monthly|yearly|single|blocked|finish|complete|planned|scheduled|unscheduled|dated|both|whole|entire|incomplete|undone|undated|'?s|.+'s)$/;

const ABOUT =
  /\b(?:about|containing|contain|contains|matching|mentioning|that mention|mention|related to|regarding|with the words?|with|that have|called|named|including|that include|concerning)\s+(?<words>\S.*)$/ds;

function aboutWords(draft: Draft, range: Range): Range | null {
  const match =
    /\b(?:about|containing|matching|mentioning|related to|regarding|called|named)\s+(?<words>\S.*)$/ds.exec(
      draft.folded.slice(range.start, range.end),
    );
  const at = match?.indices?.groups?.['words'];
  if (!at) return null;
  // A time at the end ("tasks about physics due friday") is a filter of its own.
  const tail = /\s(?:due|by|for|before|this|next|today|tomorrow|in my|on my)\b/.exec(
    draft.folded.slice(range.start + at[0], range.end),
  );
  return { start: range.start + at[0], end: tail ? range.start + at[0] + tail.index : range.start + at[1] };
}

/** "tasks about physics", "tasks containing "exam"" as a text filter. */
export function queryEntity(draft: Draft, range: Range, others: readonly Entity[]): Entity | null {
  const match = ABOUT.exec(draft.folded.slice(range.start, range.end));
  const at = match?.indices?.groups?.['words'];
  if (!at) return null;
  let end = range.start + at[1];
  const start = range.start + at[0];
  for (const other of others) if (other.start >= start && other.start < end) end = other.start;
  const quote = draft.quotes.find((other) => other.start === start);
  if (quote) end = quote.end;
  let span = trimRange(draft.folded, { start, end }, '.!?,"`');
  const dangling = /\s+(?:due|by|for|on|in|with|tagged|and|before|after|that are|this|next|in my|from)$/.exec(
    draft.folded.slice(span.start, span.end),
  );
  if (dangling) span = trimRange(draft.folded, { start: span.start, end: span.start + dangling.index });
  if (
    span.start >= span.end ||
    /^no\s+(?:due date|deadline|date|priority)|^(?:the\s+|all\s+)*(?:completed|finished|done)\b|^(?:it|them|that|no|a|the|high|low|medium|urgent|top|due|priority|tags?|deadlines?)\b(?!\s+\S)/.test(
      draft.folded.slice(span.start, span.end),
    )
  )
    return null;
  if (others.some((other) => other.start < span.end && span.start < other.end)) return null;
  return entityAt(
    draft,
    'query',
    span,
    draft.text.slice(span.start, span.end).slice(0, 4000),
    'the words looked for',
  );
}
