import type { Grain } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { headEnd, headsList } from '../extract/lists.ts';
import { timesIn } from '../extract/times.ts';
import { coreOf } from '../rules/rule.ts';
import { foldText, type Range } from '../text.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { speaksForItself } from './left-side.ts';
import { withoutNeed } from './errands.ts';
import { NOTHING_SHARED, type Shares } from './sides.ts';
import { bareClause, isPlannerOnly, openingOf } from './wording.ts';

/** A day or a list at the beginning that all holds for which follows: "tomorrow: …", "on sunday fix …", "groceries: …". */
export interface Heading {
  kind: 'day' | 'list';
  words: string;
  /** Where the first thing under it begins. */
  end: number;
  /** A colon stands behind it, so that lines of a list are under it as well. */
  marked: boolean;
  /** It announces more than one thing. */
  several: boolean;
  /** The first thing under it is read behind `words` as well, since what was said is no heading in its form. */
  replaces?: true;
}

const MAX_CHARS = 70;

/** @param joints those behind `from` */
export function headingOf(draft: Draft, from: number, [first]: readonly Joint[]): Heading | null {
  if (!first) return null;
  const range = { start: from, end: first.start };
  const begin = from + coreOf(draft.folded.slice(from, first.start)).start;
  if (!MARK.test(draft.folded.slice(first.start, first.end)))
    return listMade(draft, begin, first) ?? leadingDay(draft, range);
  if (first.start - begin > MAX_CHARS) return null;
  const words = `${draft.text.slice(begin, first.start).trim()}:`;
  const heading = { words, end: first.end, marked: true, several: SEVERAL.test(foldText(words)) };
  if (headsList(foldText(`${words} x`))) return { ...heading, kind: 'list' };
  const [day, more] = timesIn(draft, range);
  const isAll = day && !more && day.leadStart <= from && day.end >= first.start;
  return isAll && !day.hasClock && !day.past ? { ...heading, kind: 'day' } : null;
}

/** "saturday: …", "saturday - …" */
const MARK = /^\s*(?::|-)/;

/** "make a packing list with socks, …" */
function listMade(draft: Draft, begin: number, first: Joint): Heading | null {
  const length = headEnd(draft.folded.slice(begin));
  const end = begin + length;
  if (length === 0 || length > MAX_CHARS || first.start <= end) return null;
  const words = draft.text.slice(begin, end).replace(/\s+with\b.*$/is, ':');
  return { kind: 'list', words, end, marked: true, several: false, replaces: true };
}

/** So many are announced that an "and" alone parts them. */
const SEVERAL = /\b(?:these|the following)\b/;

/** "on sunday fix the bike, …": a day before the first thing to do. */
function leadingDay(draft: Draft, range: Range): Heading | null {
  const [day] = timesIn(draft, range);
  if (!day || !isDay(day) || draft.folded.slice(range.start, day.leadStart).trim() !== '') return null;
  const words = bareClause(draft.folded.slice(day.end, range.end).replace(/^[\s,]+/, ''));
  if (openingOf(withoutNeed(words)) !== 'activity') return null;
  return {
    kind: 'day',
    words: draft.text.slice(day.leadStart, day.end).trim(),
    end: day.end,
    marked: false,
    several: false,
  };
}

const isDay = ({ hasClock, past, isRange, readings: [first] }: TimeMatch): boolean =>
  !hasClock &&
  !past &&
  first !== undefined &&
  (first.grain === 'day' ? !isRange : STRETCHES.has(first.grain));
/** "this weekend", "tomorrow morning" */
const STRETCHES: ReadonlySet<Grain> = new Set<Grain>(['weekend', 'week', 'part_of_day']);

/**
 * Whether a clause stands under the heading and has nothing else from the request before it; `own` is what it has, null
 * where no word says that it begins something. Things on a list are apart all the same.
 */
export function isUnder(
  { kind, marked, several }: Heading,
  joint: Joint,
  right: Clause,
  own: Shares | null,
  isFirst: boolean,
): boolean {
  if (own !== null && own !== NOTHING_SHARED) return false;
  if (kind === 'day') {
    const isErrand =
      right.opening === 'activity' || (right.opening === 'command' && !isPlannerOnly(right.bare));
    return (
      own !== null &&
      isErrand &&
      (marked || joint.kind !== 'break') &&
      right.times.every(({ clockOnly }) => clockOnly)
    );
  }
  if (speaksForItself(right) || isPlannerOnly(right.bare) || right.isRemark || right.opening === 'value')
    return false;
  if (joint.kind === 'so' || joint.kind === 'colon' || right.wordCount === 0) return false;
  // "mac and cheese" alone is one thing.
  return joint.kind !== 'and' || joint.comma || !isFirst || several;
}

/** Whether the heading goes on beyond this clause. */
export function holdsOn({ kind }: Heading, joint: Joint, right: Clause): boolean {
  if (joint.kind === 'end' || joint.kind === 'so') return false;
  return kind === 'day' ? right.times.every(({ clockOnly }) => clockOnly) : !speaksForItself(right);
}
