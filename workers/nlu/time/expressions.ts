import type { Range } from '../text.ts';
import { composePieces } from './compose.ts';
import { readAwayFromHour, readLastingAfter, readLastingFirst } from './lasting.ts';
import type { Lead } from './leads.ts';
import { readLead, readTrailing } from './leads.ts';
import type { Piece, Span, TimeContext } from './pieces.ts';
import { longestPiece } from './pieces.ts';
import { readNeighbours, readRange, readSecondEnd } from './ranges.ts';
import { CLOCK_READERS, composeLongest, readSequence } from './sequence.ts';
import { mayBeginTime } from './starters.ts';
import type { Read, Token } from './tokens.ts';
import { TokenView } from './tokens.ts';
import { withoutPronouns } from './pronouns.ts';

/** A phrase of time found in a text, with offsets in it. */
export interface TimeMatch extends Range {
  /** Where the preposition before it begins; equal to `start` without one. */
  leadStart: number;
  lead: Lead;
  /** The preposition as typed, folded; empty without one. */
  leadText: string;
  /** Likelier first, at least one. */
  readings: Span[];
  /** Two ends were said ("2 to 5pm"), or the phrase covers several days. */
  isRange: boolean;
  /** Both ends were said, so that no preposition opens one of them. */
  closed: boolean;
  past: boolean;
  hasClock: boolean;
  /** Only a time of day was said, the day was guessed. */
  clockOnly: boolean;
}

/** In a very long text only its beginning and its end are looked through; what is said in between is a note. */
const HEAD_TOKENS = 100;
const TAIL_TOKENS = 150;

/** All phrases of time in the tokens, left to right, without overlaps; the longest at each place. */
export function findTimes(tokens: readonly Token[], around: TimeContext): TimeMatch[] {
  const view = new TokenView(withoutPronouns(tokens));
  const context = { ...around, memory: new Map() };
  const found: TimeMatch[] = [];
  const skipTo = Math.max(HEAD_TOKENS, view.length - TAIL_TOKENS);
  for (let index = 0; index < view.length;) {
    if (index >= HEAD_TOKENS && index < skipTo) index = skipTo;
    const match = mayStart(view, index, context) ? readExpression(view, index, context) : null;
    if (match && !isPossessive(view, match.next)) {
      found.push(match.value);
      index = match.next;
    } else index += 1;
  }
  return found;
}

/** A number glued to a letter or a money sign before it is part of a name ("a4", "$5", "v2"). */
function mayStart(view: TokenView, index: number, context: TimeContext): boolean {
  const token = view.tokens[index];
  if (!token || token.kind === 'masked' || isNamedEvening(view, index)) return false;
  if (token.kind === 'other') return context.lenient && mayBeginTime(view, index) && view.glued(index + 1);
  if (token.kind === 'word') return mayBeginTime(view, index);
  const before = view.tokens[index - 1];
  if (!before || before.end !== token.start) return true;
  return before.kind === 'other' && !['$', '€', '£', '#', '.', '/', '-', '+', '_', ':'].includes(before.text);
}

/** "parents' evening" is the name of an occasion. */
function isNamedEvening(view: TokenView, index: number): boolean {
  if (!view.is(index, 'evening')) return false;
  const named = view.is(index - 1, "'", "s'") ? index - 2 : index - 1;
  return view.is(named, 'parents', 'parent', 'teacher', 'teachers', 'open', 'options');
}

/** "friday's report" names a report, not a day. */
function isPossessive(view: TokenView, next: number): boolean {
  return view.is(next, "'s") || (view.is(next, "'") && view.word(next + 1) === 's' && view.glued(next));
}

/** What was read at a place: the stretches, and what they were put together from. */
interface Found {
  spans: Span[];
  pieces: readonly Piece[];
  next: number;
  closed: boolean;
  /** A preposition inside the phrase: "tomorrow before 11am". */
  innerLead?: Lead | undefined;
}

function readExpression(view: TokenView, index: number, context: TimeContext): Read<TimeMatch> | null {
  const found = readTwoSided(view, index, context) ?? readPlain(view, index, context);
  return found && { value: matchAt(view, index, found), next: matchEnd(view, index, found) };
}

/** Phrases that say both ends, or a start and a length. */
function readTwoSided(view: TokenView, index: number, context: TimeContext): Found | null {
  const lasts = context.lenient ? readLastingFirst(view, index, context) : null;
  if (lasts) return closed(lasts);
  const hour = context.lenient ? readAwayFromHour(view, index, context) : null;
  if (hour) return { spans: [hour.value.span], pieces: hour.value.pieces, next: hour.next, closed: false };
  const both =
    readNeighbours(view, index, context) ??
    (context.lenient ? readBetweenBounds(view, index, context) : null);
  if (both) return closed(both);
  const between = view.is(index, 'between', 'betw', 'btw', 'btwn');
  if (!between && !view.is(index, 'from')) {
    const range = readRange(view, index, false, context);
    const plain = range && readSequence(view, index, context);
    // "9-dec-2026" is one day rather than nine until December.
    return range && (!plain || range.next > plain.next) ? closed(range) : null;
  }
  // "from 2 to 5pm" is read as one piece, so that a day beside it is seen.
  if (longestPiece(CLOCK_READERS, view, index, context)?.value.kind === 'clock_range') {
    const days = readRange(view, index + 1, between, { ...context, lenient: context.lenient });
    const plain = readPlain(view, index, context);
    return days && plain && days.next > plain.next ? closed(days) : plain;
  }
  const range = readRange(view, index + 1, between, context);
  return range && closed(range);
}

/** "after 9 and before 11", "later than 9:30 but before 11:00 on thursday" */
function readBetweenBounds(
  view: TokenView,
  index: number,
  context: TimeContext,
): Read<{ span: Span; pieces: readonly Piece[] }> | null {
  const { lead } = readLead(view, index);
  if (lead !== 'after' && lead !== 'since') return null;
  const first = readSequence(view, index, context);
  const joined = first && view.anyPhrase(first.next, [', but', ', and', 'and', 'but', ',']);
  const at =
    first &&
    view.anyPhrase(joined ?? first.next, [
      'no later than',
      'earlier than',
      'prior to',
      'before',
      'until',
      'till',
    ]);
  const [from] = first ? (composePieces(first.pieces, context) ?? []) : [];
  if (!first || !from || at === null) return null;
  const dated = first.pieces.some(({ kind }) => kind === 'date');
  const second = readSecondEnd(view, at, dated ? from.start : null, context);
  const end = second && composeLongest(second.sequence, second.context);
  const [to] = end?.spans ?? [];
  if (!end || !to) return null;
  // "after 9 and before 11 on thursday": the day is said once, and the hours settle each other.
  const dates = end.sequence.pieces.filter(({ kind }) => kind === 'date');
  const [one, other] = [first.pieces[0], end.sequence.pieces.find(({ kind }) => kind === 'clock')];
  const pieces = [...first.pieces, ...end.sequence.pieces];
  if (first.pieces.length === 1 && one?.kind === 'clock' && other?.kind === 'clock') {
    const [span] = composePieces([...dates, { kind: 'clock_range', from: one, to: other }], context) ?? [];
    return span ? { value: { span, pieces }, next: end.sequence.next } : null;
  }
  if (to.start <= from.start) return null;
  const point = from.grain === 'hour' || from.grain === 'minute';
  const start = lead === 'after' && !point ? from.end : from.start;
  const grain = from.grain === 'minute' ? from.grain : to.grain;
  const span: Span = { start, end: to.start, grain, reason: 'after the one and before the other' };
  return { value: { span, pieces }, next: end.sequence.next };
}

function closed(read: Read<{ span: Span; pieces: readonly Piece[] }>): Found {
  return { spans: [read.value.span], pieces: read.value.pieces, next: read.next, closed: true };
}

function readPlain(view: TokenView, index: number, context: TimeContext): Found | null {
  const sequence = readSequence(view, index, context);
  if (!sequence) return null;
  const [first] = sequence.pieces;
  if (
    first?.kind === 'part' &&
    sequence.pieces.length === 1 &&
    !partStandsAlone(view, index, sequence.next, context)
  )
    return null;
  const { leadText } = readLead(view, index);
  const fitting = composeLongest(sequence, leadText.endsWith('since') ? { ...context, back: true } : context);
  if (!fitting) return null;
  const { pieces, next, innerLead } = fitting.sequence;
  const [span] = fitting.spans;
  const lasts = context.lenient && span ? readLastingAfter(view, next, span) : null;
  if (lasts) return { spans: [lasts.value], pieces, next: lasts.next, closed: true };
  return { spans: fitting.spans, pieces, next, closed: false, innerLead };
}

/** "morning" alone is a word like any other; "this morning", "in the morning" and "tonight" are times. */
function partStandsAlone(view: TokenView, index: number, next: number, context: TimeContext): boolean {
  return context.lenient || next - index >= 2 || view.is(index, 'tonight', 'eod', 'cob');
}

function matchEnd(view: TokenView, index: number, found: Found): number {
  return trailingOf(view, index, found)?.next ?? found.next;
}

function trailingOf(
  view: TokenView,
  index: number,
  { next, closed: both }: Found,
): ReturnType<typeof readTrailing> {
  return both ? null : readTrailing(view, next, readLead(view, index).lead);
}

function matchAt(view: TokenView, index: number, found: Found): TimeMatch {
  const { pieces, spans, innerLead } = found;
  const said = readLead(view, index);
  const trailing = trailingOf(view, index, found);
  const clock = pieces.some(({ kind }) => kind === 'clock' || kind === 'clock_range' || kind === 'moment');
  const start = startOf(view, index);
  const lead = trailing ?? (innerLead ? { lead: innerLead, leadText: innerLead } : said);
  return {
    start,
    end: view.tokens[(trailing?.next ?? found.next) - 1]?.end ?? start,
    leadStart: startOf(view, said.leadIndex),
    lead: lead.lead,
    leadText: lead.leadText,
    readings: spans,
    isRange: found.closed || pieces.some(isStretch) || isWide(spans[0]),
    closed: found.closed || pieces.some(({ kind }) => kind === 'clock_range'),
    past: pieces.some((piece) => (piece.kind === 'date' || piece.kind === 'moment') && piece.past === true),
    hasClock: clock,
    clockOnly: clock && !pieces.some(saysDay),
  };
}

/** "At 8 in the evening" names no day; "at 8 tonight" does. */
const saysDay = (piece: Piece): boolean =>
  piece.kind === 'date' || piece.kind === 'moment' || (piece.kind === 'part' && piece.shift !== undefined);

/** Pieces that last although they are counted in hours: "9 to 5", "the next 30 minutes". */
function isStretch(piece: Piece): boolean {
  if (piece.kind === 'clock_range') return true;
  const grain = piece.kind === 'date' ? piece.readings[0]?.grain : undefined;
  return grain === 'hour' || grain === 'minute';
}

function isWide(span: Span | undefined): boolean {
  if (!span) return false;
  return !['minute', 'hour', 'day'].includes(span.grain) || span.end - span.start > 86_400;
}

function startOf(view: TokenView, index: number): number {
  return view.tokens[index]?.start ?? 0;
}
