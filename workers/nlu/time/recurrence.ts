import type { Range } from '../text.ts';
import type { TimeContext } from './pieces.ts';
import type { TokenView } from './tokens.ts';
import type { Phrase, PhraseOptions } from './recurrence/phrase.ts';
import { joinDetails, readPhrase } from './recurrence/phrase.ts';
import { ANY_DAY } from './recurrence/calendar.ts';
import type { RuleReading } from './recurrence/rule.ts';
import { rulesOf } from './recurrence/rule.ts';
import { CARDINALS } from './words.ts';
import { repetitionView } from './recurrence/spelling.ts';

/** A repetition as an RRULE, with the stretch of the text it was said in. */
export interface RecurrenceMatch extends Range {
  rule: string;
  /** Counted from when it was done last rather than by the calendar. */
  fromCompletion: boolean;
  /** Where its first time is said, "starting monday": beside the stretch or within it. */
  startsOn?: Range;
  /** That day, as civil seconds. */
  startDay?: number;
  /** Which half of the day an hour is in was not said. */
  openHour: boolean;
  /** The part of the day that was said, "every morning". */
  partOfDay?: string;
  /** Likelier first, at least one; the first is the rule. */
  readings: RuleReading[];
}

/** In a very long text only its beginning and its end are looked through; what is said in between is a note. */
const HEAD_TOKENS = 100;
const TAIL_TOKENS = 60;

/**
 * The repetition a text speaks of. A lone "weekly" or "daily" inside a phrase is an adjective ("write the weekly
 * report"): it counts only at the end of the text unless `lenient`. Ends that need the calendar ("until friday") are
 * left out of the rule without a `context`.
 */
export function findRecurrence(
  folded: string,
  range: Range,
  lenient = false,
  context: TimeContext | null = null,
): RecurrenceMatch | null {
  const view = repetitionView(folded, range, lenient);
  const options: PhraseOptions = { context: { ...(context ?? ANY_DAY), memory: new Map() }, lenient };
  let implied: Phrase | null = null;
  const skipTo = Math.max(HEAD_TOKENS, view.length - TAIL_TOKENS);
  for (let index = 0; index < view.length;) {
    if (index >= HEAD_TOKENS && index < skipTo) index = skipTo;
    const phrase = readPhrase(view, index, options);
    const sureness = phrase ? surenessOf(view, phrase) : null;
    const match = phrase && sureness === 'sure' ? matchOf(view, phrase, options, context) : null;
    if (match) return match;
    const fits = lenient && !implied && sureness === 'implied';
    if (phrase && fits && rulesOf(phrase.said, context).length > 0) implied = phrase;
    // What is no repetition from its beginning is none from its middle.
    index = Math.max(index + 1, phrase?.next ?? 0);
  }
  return implied && matchOf(view, implied, options, context);
}

/** Whether the phrase is a repetition wherever it stands, or only where a repetition is expected. */
function surenessOf(view: TokenView, phrase: Phrase): 'sure' | 'implied' | null {
  const { parts } = phrase;
  if (parts.some(({ sureness }) => sureness === 'sure')) return 'sure';
  const apart = parts.some((part, index) =>
    part.sureness === 'adverb'
      ? isAdverb(view, phrase, index)
      : part.sureness === 'plural' && isOfMany(view, phrase, index),
  );
  if (apart) return 'sure';
  return parts.some(({ sureness }) => sureness !== 'detail') ? 'implied' : null;
}

const OWNERS =
  'the a an my our your his her their this that next last new old first second another some for of from about and love hate like'.split(
    ' ',
  );

/** "daily" beside a time or at the end of the text; "the daily report" is a report. */
function isAdverb(view: TokenView, { parts, next }: Phrase, index: number): boolean {
  const here = parts[index];
  if (!here || (index === 0 && view.is(here.from - 1, ...OWNERS))) return false;
  return index < parts.length - 1 || endsHere(view, next);
}

/** "on mondays", "mondays at 6", "weekends": not the "sundays" of a name. */
function isOfMany(view: TokenView, { parts, next }: Phrase, index: number): boolean {
  const here = parts[index];
  if (!here) return false;
  // "two fridays from now" are counted.
  const counted = view.digits(here.from - 1) !== '' || CARDINALS.has(view.word(here.from - 1));
  if (index === 0 && counted && !view.is(here.from - 2, 'at', 'to', '-')) return false;
  if (view.is(here.from - 1, 'on') || view.is(here.from, 'weekdays', 'weekends', 'workdays')) return true;
  if (index === 0 && view.is(here.from - 1, ...OWNERS)) return false;
  return index < parts.length - 1 || index > 0 || endsHere(view, next);
}

function endsHere(view: TokenView, next: number): boolean {
  let at = next;
  while (view.is(at, '.', '!', ',', ')', 'please', 'thanks', 'pls')) at += 1;
  return at >= view.length;
}

function matchOf(
  view: TokenView,
  phrase: Phrase,
  options: PhraseOptions,
  calendar: TimeContext | null,
): RecurrenceMatch | null {
  const said = joinDetails(view, phrase, options);
  const readings = rulesOf(said, calendar);
  const [first] = readings;
  const { startsOn, startDay } = said;
  if (!first) return null;
  const openHour = said.partOfDay === undefined && said.clocks?.some(({ definite }) => !definite) === true;
  return {
    ...edgesOf(view, phrase, startsOn),
    rule: first.rule,
    fromCompletion: said.fromCompletion === true,
    ...(startsOn && { startsOn }),
    ...(startDay !== undefined && { startDay }),
    openHour,
    ...(said.partOfDay !== undefined && { partOfDay: said.partOfDay }),
    readings,
  };
}

/** From the first part to the last; a start said before or after them is not among them. */
function edgesOf(view: TokenView, { parts, from, next }: Phrase, startsOn: Range | undefined): Range {
  const inner = parts.filter(({ says }) => says.startsOn === undefined || says.until !== undefined);
  const [first, last] = [inner[0], inner.at(-1)];
  const closing = view.tokens.slice(from, next).some(({ text }) => text === '(') && view.is(next, ')');
  const outer = {
    start: view.tokens[from]?.start ?? 0,
    end: view.tokens[closing ? next : next - 1]?.end ?? 0,
  };
  if (!startsOn || !first || !last) return outer;
  // "from january to march, every day": the end hangs on the start.
  const hangs = first.says.until !== undefined && view.is(first.from, 'to', '-');
  const begins = parts[0] !== first && !hangs ? view.tokens[first.from]?.start : undefined;
  const ends = parts.at(-1) !== last ? view.tokens[last.to - 1]?.end : undefined;
  return { start: begins ?? outer.start, end: ends ?? outer.end };
}
