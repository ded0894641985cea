import type { Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Segment } from './segment.ts';
import { bareClause, isNounAfterAll, openingOf } from './wording.ts';

/** "at 6 Ann": so bare an hour is one only beside others. */
const BARE_LEAD = /^\s*(?:at|around)\s+\d{1,2}(?::\d\d)?(?=\s+\p{L})/u;
/** What is shared begins with a verb or a noun, and is no frame that waits for its own time. */
const WAITS = /^(?:remind|wake|ping|nudge|alert|notify|poke|buzz|warn)\b/;

/**
 * Segments that each begin with their time are read as if it stood behind ("at 6 Ann" as "call Ann at 6"), where an
 * hour is never taken for part of a name. A day that ends the last of them holds for those before that have an hour only.
 */
export function withTimesBehind(draft: Draft, segments: readonly Segment[]): Segment[] {
  const alike = segments.map((segment, index) => {
    const [before, next] = [segments[index - 1], segments[index + 1]];
    const beside = [before, next].some((other) => other !== undefined && hasHour(draft, other));
    return beside ? timeBehind(draft, segment) : segment;
  });
  return withLaterDay(draft, alike);
}

const hasHour = (draft: Draft, segment: Segment): boolean =>
  leadOf(draft, segment).hour || timesIn(draft, segment).some(({ hasClock }) => hasClock);

/** The time that a segment begins with, a day with so bare an hour behind it included. */
function leadOf(draft: Draft, { start, end, shares }: Segment): { from: number; to: number; hour: boolean } {
  const from = start + shares.skip;
  const [first] = timesIn(draft, { start: from, end });
  const day = first && draft.folded.slice(from, first.leadStart).trim() === '' ? first : null;
  const at = day?.end ?? from;
  const bare = day?.hasClock === true ? null : BARE_LEAD.exec(draft.folded.slice(at, end));
  return { from, to: at + (bare?.[0].length ?? 0), hour: day?.hasClock === true || bare !== null };
}

function timeBehind(draft: Draft, segment: Segment): Segment {
  const { start, end, shares } = segment;
  if (shares.after !== '' || WAITS.test(shares.before)) return segment;
  const { from, to, hour } = leadOf(draft, segment);
  if (!hour || to >= end) return segment;
  const rest = draft.folded.slice(to, end).replace(/^[\s,:-]+/, '');
  const said = bareClause(rest);
  const sharesVerb = shares.before !== '' && openingOf(`${shares.before} x`) === 'activity';
  const isActivity = openingOf(said) === 'activity' && !isNounAfterAll(said);
  if (!/^\p{L}/u.test(rest) || (!sharesVerb && !isActivity)) return segment;
  const moved = { start: to - draft.folded.slice(from, to).trimStart().length, end: to };
  return {
    ...segment,
    shares: { ...shares, skip: end - rest.length - start, after: draft.text.slice(moved.start, moved.end) },
    moved,
  };
}

const CLOCK = /^(?:(?:at|around|by)\s+)?\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?\s+(?=\p{L})/u;

function withLaterDay(draft: Draft, segments: readonly Segment[]): Segment[] {
  let day = '';
  let holds = false;
  return segments
    .toReversed()
    .map((segment, back) => {
      const index = segments.length - 1 - back;
      const next = segments[index + 1];
      const { start, end, shares } = segment;
      const times = timesIn(draft, { start, end });
      const own = lastDay(draft, segment, times);
      const parted = next && draft.folded.slice(end, next.start);
      const goesOn = parted !== undefined && /^[\s,]*(?:(?:and|&|then|also)[\s,]+)*$/.test(parted);
      const told = times.some(({ hasClock }) => hasClock) || segment.moved !== undefined;
      const onlyHour = told && times.every(({ clockOnly }) => clockOnly);
      const shared = holds && goesOn && onlyHour && day !== '';
      const result = shared
        ? { ...segment, shares: { ...shares, after: `${shares.after} ${day}`.trim() } }
        : segment;
      if (!shared) day = own;
      // What has a verb of its own and no hour before its words begins something else.
      holds = shares.before !== '' || segment.moved !== undefined || leadOf(draft, segment).hour;
      return result;
    })
    .toReversed();
}

/** The day at the end of a segment whose hour was said before it: "at 6 Ann tomorrow", "Ann at 6 tomorrow". */
function lastDay(draft: Draft, { end, moved }: Segment, times: readonly TimeMatch[]): string {
  const last = times.at(-1);
  if (!last || /[\p{L}\p{N}]/u.test(draft.folded.slice(last.end, end))) return '';
  const clock = CLOCK.exec(draft.folded.slice(last.leadStart, last.end))?.[0].length ?? 0;
  const hourBefore = clock > 0 || moved !== undefined || times.length > 1;
  if (!hourBefore || last.clockOnly) return '';
  const from = last.leadStart + clock;
  const [day, more] = timesIn(draft, { start: from, end: last.end });
  if (!day || more || day.hasClock || day.past || day.isRange || day.readings[0]?.grain !== 'day') return '';
  return draft.text.slice(from, last.end).trim();
}
