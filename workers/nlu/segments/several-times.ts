import { newDraft, type Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { GIVEN_NAMES } from '../people/given-names.ts';
import { isOccasion } from '../rules/occasion-rules.ts';
import { trimRange, type Range } from '../text.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Segment } from './segment.ts';
import { NOTHING_SHARED, shares } from './sides.ts';

/** One thing told at several times, or with several people, in a message that says so with a colon. */
export const severalTimes = (draft: Draft): Segment[] | null => timesAhead(draft) ?? peopleInTurn(draft);

const BETWEEN = /^[\s,]*(?:(?:and|&|then)\s+)?(?:(?:also|again)\s+)?$/;

/** "tomorrow at 3 and friday at 4: lesson with Noah": once at each time. */
function timesAhead(draft: Draft): Segment[] | null {
  const colon = draft.folded.search(/:\s+\p{L}/u);
  const times = colon < 0 ? [] : timesIn(draft, { start: 0, end: colon });
  const [first, second] = times;
  if (!first || !second || !times.every(isMoment)) return null;
  const gaps = [0, ...times.map(({ end }) => end)].map((from, index) =>
    draft.folded.slice(from, times[index]?.leadStart ?? colon),
  );
  if (!gaps.every((gap) => BETWEEN.test(gap))) return null;
  const content = draft.text.slice(colon + 1).trim();
  const rest = { start: colon + 1, end: draft.folded.length };
  if (timesIn(draft, rest).length > 0 || /[,;:?]/.test(content)) return null;
  return times.map((time, index) => {
    const isLast = index === times.length - 1;
    return {
      start: time.leadStart,
      end: isLast ? draft.folded.length : time.end,
      shares: isLast ? NOTHING_SHARED : shares('', 0, `: ${content}`),
      form: 'item' as const,
    };
  });
}

const isMoment = ({ hasClock, clockOnly, isRange, past }: TimeMatch): boolean =>
  hasClock && !clockOnly && !isRange && !past;

const CLOCK = String.raw`(?:at\s+)?\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?`;
const NAME = String.raw`\p{L}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]*)?`;
const ONE = new RegExp(
  String.raw`^\s*(?:(?<clock>${CLOCK})\s+(?:with\s+)?(?<name>${NAME})|(?:with\s+)?(?<name2>${NAME})\s+(?<clock2>${CLOCK}))\s*[.!]*$`,
  'du',
);

/** "lessons on saturday: 10 Emma, 11 Jakob": one with each of them. */
function peopleInTurn(draft: Draft): Segment[] | null {
  const colon = draft.folded.indexOf(': ');
  if (colon < 0) return null;
  const [day, more] = timesIn(draft, { start: 0, end: colon });
  if (!day || more || day.hasClock || day.past || day.isRange || day.readings[0]?.grain !== 'day')
    return null;
  const named = draft.folded.slice(0, day.leadStart) + draft.folded.slice(day.end, colon);
  const kind = oneOf(named.trim());
  if (kind === null || !isNamedWith(draft, kind)) return null;
  const parts = partsOf(draft, { start: colon + 1, end: draft.folded.length });
  const when = draft.text.slice(day.leadStart, day.end);
  const segments = parts.map((part) => withOne(draft, part, kind, when));
  return segments.length > 1 && segments.every((segment) => segment !== null) ? segments : null;
}

/** "lesson", "call": one has it with somebody at an hour. */
function isNamedWith({ timezone, now, preferences }: Draft, kind: string): boolean {
  const said = newDraft(`${kind} with somebody tomorrow at 10`, timezone, now, preferences);
  return isOccasion(said, { start: 0, end: said.folded.length });
}

const partsOf = (draft: Draft, { start, end }: Range): Range[] => {
  const marks = [...draft.folded.slice(start, end).matchAll(/\s*(?:,\s*(?:and\s+)?|;\s*|\n+|\s+and\s+)/g)];
  return [...marks, null].map((mark, index) => {
    const before = marks[index - 1];
    return trimRange(draft.folded, {
      start: before ? start + before.index + before[0].length : start,
      end: mark ? start + mark.index : end,
    });
  });
};

function withOne(draft: Draft, part: Range, kind: string, when: string): Segment | null {
  // A name is told by its capital where words were folded.
  const match = ONE.exec(draft.text.slice(part.start, part.end));
  const groups = match?.indices?.groups;
  const [name, clock] = [groups?.['name'] ?? groups?.['name2'], groups?.['clock'] ?? groups?.['clock2']];
  if (!name || !clock || !isPerson(draft.text.slice(part.start + name[0], part.start + name[1]))) return null;
  const moved = { start: part.start + clock[0], end: part.start + clock[1] };
  const hour = draft.text.slice(moved.start, moved.end).replace(/^at\s+/i, '');
  return {
    start: part.start,
    end: part.start + name[1],
    shares: shares(`${kind} with`, name[0], `at ${hour} ${when}`),
    form: 'shared',
    moved,
  };
}

const isPerson = (name: string): boolean => /^\p{Lu}/u.test(name) || GIVEN_NAMES.has(name.toLowerCase());

/** "piano lessons" → "piano lesson"; null where only one is spoken of. */
function oneOf(words: string): string | null {
  const noun = words.replace(/^(?:my|the|our)\s+/, '');
  if (!/^\p{L}+(?:\s+\p{L}+){0,2}s$/u.test(noun) || noun.endsWith('ss')) return null;
  return noun.replace(/(?<=s)es$|s$/, '');
}
