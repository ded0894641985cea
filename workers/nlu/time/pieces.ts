import type { Grain } from '../../../contracts/nlu.ts';
import type { Civil } from './civil.ts';
import { mayBeginTime } from './starters.ts';
import type { Read, TokenView } from './tokens.ts';

/** A stretch of the time line that a phrase may mean, with the reason in plain words. `end` is exclusive. */
export interface Span {
  start: Civil;
  end: Civil;
  grain: Grain;
  reason: string;
  /** Seconds since the Unix epoch when the phrase counts from now ("in 2 hours"): such a moment needs no zone. */
  epoch?: number;
}

/** What a phrase is read against. */
export interface TimeContext {
  now: Civil;
  today: Civil;
  nowEpoch: number;
  /** The whole text is known to be a time, so that "5" or "may" alone can be taken as one. */
  lenient: boolean;
  /** 03/04 is the 4th of March rather than the 3rd of April. */
  monthFirst: boolean;
  /** Looks back from now: what "since" introduces has begun. */
  back?: boolean;
  /** The words around speak of what has been: "what did I do on …". */
  pastTense?: boolean;
  /** The day that weeks begin with: 1 is Monday, 7 Sunday. */
  firstDay: 1 | 7;
  /** "Next friday" is the coming one, also where it lies in this week. */
  nextIsComing: boolean;
  /** Where the person is, for feasts and seasons that depend on it. */
  timezone: string;
  /** All readers of dates, for phrases that hold another ("the day after the 6th"). */
  dates: readonly PieceReader[];
  /** What was found before in the text that is being read. */
  memory: Map<readonly PieceReader[], Map<string, readonly Read<Piece>[]>>;
  /** How many phrases deep the reading is ("two days before the monday after easter"); bounds its cost. */
  depth: number;
  /** The day that an hour alone belongs to, if one was said before. */
  saidDay?: Civil;
  /** The day that "that day" and "the day before" count from. */
  thatDay?: Civil;
}

/** Days and longer: the likelier reading first. */
export interface DatePiece {
  kind: 'date';
  readings: Span[];
  /** Set when only a weekday was said, so that "next week" beside it can say which one. */
  weekday?: number;
  /** What the words leave open, so that the other end of a range ("3 to 7 june 2027") can settle it. */
  open?: 'week' | 'month' | 'year';
  /** What the same words mean inside a stretch named beside them ("june next year", "last month on the 5th"). */
  within?: (frame: Span) => Span[];
  /** The week that a count of weeks leads to, in which a weekday beside it is looked for ("friday in two weeks"). */
  week?: Span;
  /** Looks back: "yesterday", "2 days ago". */
  past?: boolean;
}

/** A time of day; `definite` when morning and afternoon can't be confused. */
export interface ClockPiece {
  kind: 'clock';
  hour: number;
  minute: number;
  second?: number;
  definite: boolean;
  /** "midnight" beside a day is the one that closes it; "0:00" opens it. */
  closing?: boolean;
}

/** "morning", "tonight": hours of some day; `shift` counts days from today when the word says which day. */
export interface PartPiece {
  kind: 'part';
  name: string;
  fromHour: number;
  toHour: number;
  shift?: number;
  /** "end of day": as a deadline it is the day itself. */
  wholeDay?: boolean;
}

/** "early", "late" of a part of the day that stands elsewhere: "early tomorrow morning". */
export interface HalfPiece {
  kind: 'half';
  half: 'early' | 'late';
}

/** "2-5pm": two times of one day. */
export interface ClockRangePiece {
  kind: 'clock_range';
  from: ClockPiece;
  to: ClockPiece;
}

/** "EST", "Tokyo time": where the clocks are that show the time of day. */
export interface ZonePiece {
  kind: 'zone';
  /** Minutes east of Greenwich at a moment of that zone's clocks. */
  offsetAt: (local: Civil) => number;
}

/** A moment counted from now. */
export interface MomentPiece {
  kind: 'moment';
  span: Span;
  past?: boolean;
}

export type Piece =
  DatePiece | ClockPiece | PartPiece | HalfPiece | ClockRangePiece | ZonePiece | MomentPiece;
export type PieceReader = (view: TokenView, index: number, context: TimeContext) => Read<Piece> | null;

/** The longest of what the readers find at the index. */
export function longestPiece(
  readers: readonly PieceReader[],
  view: TokenView,
  index: number,
  context: TimeContext,
): Read<Piece> | null {
  return longestOf(allPieces(readers, view, index, context));
}

export function longestOf(found: readonly Read<Piece>[]): Read<Piece> | null {
  let best: Read<Piece> | null = null;
  for (const read of found) if (best === null || read.next > best.next) best = read;
  return best;
}

/**
 * All that the readers find at the index. The same place is asked for as one end of a range, as a phrase of its own and
 * inside others: without remembering, a text of "the day after the day after …" would take seconds.
 */
export function allPieces(
  readers: readonly PieceReader[],
  view: TokenView,
  index: number,
  context: TimeContext,
): readonly Read<Piece>[] {
  if (!mayBeginTime(view, index)) return [];
  const { lenient, depth, today, now } = context;
  const key = `${index} ${lenient ? 1 : 0} ${depth} ${today} ${now}`;
  const known = context.memory.get(readers) ?? new Map<string, readonly Read<Piece>[]>();
  context.memory.set(readers, known);
  const before = known.get(key);
  if (before) return before;
  const found = readers.map((read) => read(view, index, context)).filter((read) => read !== null);
  known.set(key, found);
  return found;
}

export function datePiece(...readings: (Span | null)[]): DatePiece {
  return { kind: 'date', readings: readings.filter((span) => span !== null) };
}

/** Index after an optional word. */
export function skip(view: TokenView, index: number, ...words: string[]): number {
  return view.is(index, ...words) ? index + 1 : index;
}

/** A date inside another phrase, known to be one. Null where phrases are nested deeper than anybody speaks. */
export function nestedDate(view: TokenView, index: number, context: TimeContext): Read<DatePiece> | null {
  if (context.depth >= 3) return null;
  const inner = { ...context, lenient: true, depth: context.depth + 1 };
  const read = longestPiece(context.dates, view, index, inner);
  return read?.value.kind === 'date' ? { value: read.value, next: read.next } : null;
}
