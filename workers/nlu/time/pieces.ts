import type { Grain } from '../../../contracts/nlu.ts';
import type { Civil } from './civil.ts';
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
  /** The day that an hour alone belongs to, if one was said before. */
  saidDay?: Civil;
}

/** Days and longer: the likelier reading first. */
export interface DatePiece {
  kind: 'date';
  readings: Span[];
  /** Set when only a weekday was said, so that "next week" beside it can say which one. */
  weekday?: number;
  /** Looks back: "yesterday", "2 days ago". */
  past?: boolean;
}

/** A time of day; `definite` when morning and afternoon can't be confused. */
export interface ClockPiece {
  kind: 'clock';
  hour: number;
  minute: number;
  definite: boolean;
  grain: 'hour' | 'minute';
}

/** "morning", "tonight": hours of some day; `shift` counts days from today when the word says which day. */
export interface PartPiece {
  kind: 'part';
  name: string;
  fromHour: number;
  toHour: number;
  shift?: number;
}

/** "2-5pm": two times of one day. */
export interface ClockRangePiece {
  kind: 'clock_range';
  from: ClockPiece;
  to: ClockPiece;
}

/** A moment counted from now. */
export interface MomentPiece {
  kind: 'moment';
  span: Span;
  past?: boolean;
}

export type Piece = DatePiece | ClockPiece | PartPiece | ClockRangePiece | MomentPiece;
export type PieceReader = (view: TokenView, index: number, context: TimeContext) => Read<Piece> | null;

/** The longest of what the readers find at the index. */
export function longestPiece(
  readers: readonly PieceReader[],
  view: TokenView,
  index: number,
  context: TimeContext,
): Read<Piece> | null {
  let best: Read<Piece> | null = null;
  for (const read of readers) {
    const found = read(view, index, context);
    if (found && (best === null || found.next > best.next)) best = found;
  }
  return best;
}

export function datePiece(...readings: (Span | null)[]): DatePiece {
  return { kind: 'date', readings: readings.filter((span) => span !== null) };
}

/** Index after an optional word. */
export function skip(view: TokenView, index: number, ...words: string[]): number {
  return view.is(index, ...words) ? index + 1 : index;
}
