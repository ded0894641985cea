import type { Entity } from '../../contracts/nlu.ts';
import type { Slot } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readDuration, readPriority, splitTags } from './extract/attributes.ts';
import { filterEntities } from './extract/filters.ts';
import { readEmailSlot } from './email/answers.ts';
import { readChange } from './extract/change.ts';
import { targetEntity } from './extract/target.ts';
import { coversRange, dueEntity, rangeEntity, timesIn, whenEntity } from './extract/times.ts';
import { titleEntity } from './extract/title.ts';
import { repetitionEntity, repetitionIn } from './repetition.ts';
import { trimRange } from './text.ts';
import type { TimeMatch } from './time/expressions.ts';

/** A dot behind "3 p.m." and "31.12." belongs to them rather than to the sentence. */
const OWN_DOT = /(?:[ap]\.m|\d\.\d{1,2})$/;

/** Reads a text as the answer to one slot; empty when it does not fit. */
export function readSlot(draft: Draft, slot: Slot | 'when'): Entity[] {
  const range = trimRange(draft.folded, { start: 0, end: draft.folded.length }, ',.!');
  if (range.start >= range.end) return [];
  const words = draft.folded.slice(range.start, range.end);
  const one = (entity: Entity | null): Entity[] => (entity ? [entity] : []);
  switch (slot) {
    case 'when': {
      const dot = OWN_DOT.test(words) && draft.folded[range.end] === '.' ? 1 : 0;
      const match = longest(timesIn(draft, { ...range, end: range.end + dot }, [], true));
      return match ? [whenEntity(draft, match)] : [];
    }
    case 'recurrence': {
      const match = repetitionIn(draft, range, true);
      return match ? [repetitionEntity(draft, match)] : [];
    }
    case 'due_date':
      return one(mostly(draft, (match) => dueEntity(draft, match)));
    case 'start':
    case 'end':
    case 'remind_at':
      return one(mostly(draft, (match) => (match.hasClock ? { ...dueEntity(draft, match), slot } : null)));
    case 'date_range':
      return filterEntities(draft, range, ['date_range']).entities.length > 0
        ? filterEntities(draft, range, ['date_range']).entities
        : one(mostly(draft, (match) => rangeEntity(draft, match)));
    case 'priority': {
      const priority = readPriority(words);
      if (priority !== null) return [entityAt(draft, 'priority', range, priority, 'as said')];
      return readChange(draft, range).entities.filter((entity) => entity.slot === 'priority');
    }
    case 'duration_minutes': {
      const minutes = readDuration(words, true);
      if (minutes !== null) return [entityAt(draft, 'duration_minutes', range, minutes, 'as said')];
      return readChange(draft, range).entities.filter((entity) => entity.slot === 'duration_minutes');
    }
    case 'recipient':
    case 'subject':
    case 'body':
    case 'email_type':
      return readEmailSlot(draft, slot, range);
    case 'tags':
    case 'participants': {
      const names = splitTags(draft.text.slice(range.start, range.end)).slice(0, 50);
      return names.length > 0 && words.length <= 320 ? [entityAt(draft, slot, range, names, 'as said')] : [];
    }
    case 'list': {
      const name = draft.text
        .slice(range.start, range.end)
        .replace(/^(?:in|on|to|into)?\s*(?:my|the)?\s*/i, '')
        .replace(/\s+list$/i, '')
        .trim();
      return name !== '' && name.length <= 200 ? [entityAt(draft, 'list', range, name, 'as said')] : [];
    }
    case 'target':
      return one(targetEntity(draft, range));
    case 'title':
      return one(titleEntity(draft, range, []));
    case 'all_day':
      return /^(?:yes|yeah|all day|whole day|true)$/.test(words)
        ? [entityAt(draft, 'all_day', range, true, 'as said')]
        : /^(?:no|false)$/.test(words)
          ? [entityAt(draft, 'all_day', range, false, 'as said')]
          : [];
    case 'location':
    case 'query':
      return words.length <= 4_000
        ? [entityAt(draft, slot, range, draft.text.slice(range.start, range.end), 'as said')]
        : [];
    case 'preference':
      return [];
  }
}

function longest(matches: readonly TimeMatch[]): TimeMatch | null {
  return matches.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0] ?? null;
}

/** A time that is the whole of the answer, give or take "please" and "maybe", or that a preposition marks as such. */
function mostly(draft: Draft, read: (match: TimeMatch) => Entity | null): Entity | null {
  const range = { start: 0, end: draft.folded.length };
  const match = longest(timesIn(draft, range, [], true));
  if (!match) return null;
  return coversRange(draft, match, range) || draft.folded.trim().split(/\s+/).length <= 8
    ? read(match)
    : null;
}
