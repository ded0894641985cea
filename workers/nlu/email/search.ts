import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { formatDay } from '../time/civil.ts';
import { timeContext } from '../time/values.ts';
import { dateRange } from '../../../contracts/slots.ts';
import { filterEntities } from '../extract/filters.ts';
import { coreOf } from '../rules/rule.ts';
import { findPeople } from '../people/people.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { peopleEntity } from './people.ts';

/** Words before the noun that choose nothing. */
const PLAIN =
  /^(?:(?:me|all|any|every|my|our|the|those|these|of|saved|stored|unsent|sent|outgoing|open|unread|new|old|older|recent|latest|last|newest|first|e-?mail|mail|drafts?|existing|other|some|current|previous|most)\s+)*$/;
const TRAIL =
  /(?:[\s,]+(?:do i have|do we have|have i got|have i (?:written|saved|made)|i have|i've got|i (?:wrote|made|saved|started)|did i (?:write|make|save)|are there|there are|that i have|so far|please|again|left|yet|there|now|folder))+[\s.!?]*$/;
const TO =
  /(?<=^|\s)(?:(?:written|addressed|sent|saved|meant)\s+)?(?:to|for)\s+(?<words>\S.*?)(?=\s+(?:about|regarding|re|on|concerning|with|from|containing|mentioning|that)\b|$)/ds;
const ABOUT =
  /(?<=^|\s)(?:about|regarding|re:?|concerning|on|of|with|from|containing|mentioning|matching|called|titled|named|saying|(?:that|which)\s+(?:mentions?|contains?|says?))\s+(?:the\s+words?\s+)?(?<words>\S.*?)(?=\s+(?:to|for)\s+\S|$)/ds;

/** What drafts and e-mails are looked for, from the groups `before`, `noun` and `after`; null when none are. */
export function readEmailSearch(draft: Draft, groups: Record<string, string | undefined>): Entity[] | null {
  const core = coreOf(draft.folded);
  const { before = '', noun = '', after = '' } = groups;
  const end = core.end;
  const nounStart = end - after.length - noun.length;
  const verb = draft.folded.slice(core.start, nounStart - before.length).trim();
  if (!isMeant(verb, before, noun, after)) return null;
  const rest = withoutTrail(draft, { start: nounStart + noun.length, end });
  const { entities: days } = filterEntities(draft, { start: core.start, end: rest.end }, ['date_range']);
  const day = days.find(({ slot }) => slot === 'date_range');
  // "check my email tomorrow", "find the draft by friday": nothing is written yet on a day to come.
  if (day && isAhead(draft, day)) return null;
  const [words, wordsEnd] = [
    rest.start,
    day && day.start >= rest.start ? dayStart(draft, rest.start, day) : rest.end,
  ];
  const range = { start: words, end: wordsEnd };
  const forWords =
    /^(?:search|look)/.test(verb) && /^\s*for\s/.test(draft.folded.slice(range.start, range.end));
  const to = forWords ? null : group(draft, range, TO);
  const about = forWords
    ? { start: draft.folded.indexOf('for', range.start) + 3, end: range.end }
    : (group(draft, range, ABOUT) ?? named(draft, { start: nounStart - before.length, end: nounStart }));
  const writer = about && !to ? writerIn(draft, about) : null;
  const topic = writer ? group(draft, { start: writer.end, end: range.end }, ABOUT) : about;
  const query = topic && queryEntity(draft, topic);
  return [writer ?? (to && peopleEntity(draft, to)), query, day].filter(
    (entity): entity is Entity => entity != null,
  );
}

/** "emails from Bob": somebody, not words that are looked for. */
function writerIn(draft: Draft, about: Range): Entity | null {
  if (!/\bfrom\s+$/.test(draft.folded.slice(0, about.start))) return null;
  const [person] = findPeople(draft, { start: about.start - 5, end: about.end });
  if (!person || person.owner || person.start !== about.start) return null;
  const rest = draft.folded.slice(person.end, about.end);
  if (/^\s+(?:about|regarding|re:?|concerning|with|mentioning)\s/.test(rest))
    return peopleEntity(draft, person);
  return person.end >= about.end - 1 ? peopleEntity(draft, about) : null;
}

function isAhead(draft: Draft, day: Entity): boolean {
  const { start } = dateRange.parse(day.value);
  if (start === undefined) return /\b(?:by|due)\s+$/.test(draft.folded.slice(0, day.start));
  return start.slice(0, 10) > formatDay(timeContext(draft.now, draft.timezone, draft.preferences).today);
}

/** "get the mail" is an errand, "check email" a habit, "write drafts" nothing of ours. */
function isMeant(verb: string, before: string, noun: string, after: string): boolean {
  const words = before.trim();
  const plural = /s$|^inbox$/.test(noun);
  const mine = /\b(?:my|the|that|our)\b/.test(words);
  if (verb === '' && !PLAIN.test(before)) return false;
  if (verb === '')
    return (
      (noun.startsWith('draft') || noun === 'inbox' || (plural && words !== '') || /^my\b/.test(words)) &&
      (plural || mine || /\b(?:last|latest|newest)\b/.test(words))
    );
  if (/^(?:get|go)/.test(verb)) return plural && noun !== 'mails' && !/\bthe\b/.test(words);
  if (/^(?:check|see|read)/.test(verb)) return mine || after.trim() !== '';
  if (noun === 'mail') return /\bmy\b/.test(words) || /^(?:find|search|look|show)/.test(verb);
  return plural || mine || words === '' || /\b(?:any|last|latest)\b/.test(words);
}

function withoutTrail(draft: Draft, { start, end }: Range): Range {
  const trail = TRAIL.exec(draft.folded.slice(start, end));
  return trimRange(draft.folded, { start, end: trail ? start + trail.index : end }, '.!?,:');
}

function dayStart(draft: Draft, from: number, day: Entity): number {
  const lead = /(?:\s+(?:from|since|of|for|in|on|written|saved|i wrote|made|after|before))?\s*$/.exec(
    draft.folded.slice(from, day.start),
  );
  return day.start - (lead?.[0].length ?? 0);
}

function group(draft: Draft, { start, end }: Range, pattern: RegExp): Range | null {
  const at = pattern.exec(draft.folded.slice(start, end))?.indices?.groups?.['words'];
  return at ? { start: start + at[0], end: start + at[1] } : null;
}

/** "the heating draft": words before the noun. */
function named(draft: Draft, range: Range): Range | null {
  const words = draft.folded.slice(range.start, range.end);
  const lead = /^(?:(?:me|all|any|my|our|the|that|saved|last|latest)\s+)*/.exec(words)?.[0].length ?? 0;
  return PLAIN.test(words) || PLAIN.test(words.slice(lead)) || /'s\s*$/.test(words)
    ? null
    : { start: range.start + lead, end: range.end };
}

function queryEntity(draft: Draft, range: Range): Entity | null {
  const span = trimRange(draft.folded, range, '.!?,:"`');
  if (span.start >= span.end) return null;
  return entityAt(
    draft,
    'query',
    span,
    draft.text.slice(span.start, span.end).slice(0, 4000),
    'the words looked for',
  );
}
