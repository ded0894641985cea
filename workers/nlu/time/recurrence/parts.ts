import type { Range } from '../../text.ts';
import type { TimeContext } from '../pieces.ts';
import type { Read, TokenView } from '../tokens.ts';

/** Units that a rule can step by, each a frequency of RFC 5545. */
export type RuleUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A time of day; without `definite` its half of the day is open. */
export interface DayTime {
  hour: number;
  minute: number;
  definite: boolean;
}

/** The third friday, or with a minus from the end. `weekday` 1 is Monday. */
export interface NthDay {
  place: number;
  weekday: number;
}

/** What the words of one repetition have said so far; lists grow, everything else is said once. */
export interface Said {
  unit?: RuleUnit;
  interval?: number;
  /** 1 is Monday. */
  weekdays?: number[];
  nth?: NthDay[];
  /** Places among the working or the weekend days of a month. */
  places?: number[];
  among?: number[];
  /** Days of the month; from its end with a minus. */
  monthDays?: number[];
  /** "the last day", "the 30th day" of whatever stretch is named. */
  dayPlaces?: number[];
  months?: number[];
  dates?: { month: number; day: number }[];
  clocks?: DayTime[];
  /** "at 9 london time": by how many minutes the person's clocks are ahead of those that were said. */
  zoneShift?: number;
  partOfDay?: string;
  /** "from 9 to 5" */
  window?: { from: DayTime; to: DayTime }[];
  /** Minutes of every hour: "on the half hour". */
  minutes?: number[];
  /** "three times a week" */
  timesPer?: number;
  count?: number;
  /** "for six weeks" */
  length?: { count: number; unit: RuleUnit | 'workday' };
  /** The last day, as civil seconds; or the moment, where minutes count. */
  until?: number;
  untilClock?: boolean;
  notDays?: number[];
  notMonths?: number[];
  notMonthDays?: number[];
  fromCompletion?: boolean;
  startsOn?: Range;
  startDay?: number;
  /** What else the words may mean, where that is sensible. */
  otherwise?: Said;
  /** Why the reading was chosen, where the words leave it open. */
  reason?: string;
}

/**
 * How far a part makes a repetition of the phrase: `sure` does anywhere, an `adverb` and a `plural` where nothing makes
 * them words of a title, `implied` only in a text known to be a repetition, a `detail` never.
 */
export type Sureness = 'sure' | 'adverb' | 'plural' | 'implied' | 'detail';

export interface Part {
  says: Said;
  sureness: Sureness;
}

/** What a reader of parts looks into. */
export interface Scan {
  view: TokenView;
  context: TimeContext;
  /** The whole text is known to speak of a repetition. */
  lenient: boolean;
  said: Said;
  /** A word that leads to a day or a time ("on", "at") or a list goes right before. */
  led: boolean;
}

export type PartReader = (scan: Scan, index: number) => Read<Part> | null;

export function part(says: Said, sureness: Sureness, next: number): Read<Part> {
  return { value: { says, sureness }, next };
}

/** Whether anything was said that a rule can begin with. */
export function hasBegun(said: Said): boolean {
  const { unit, weekdays, nth, places, monthDays, dayPlaces, months, dates } = said;
  return (unit ?? weekdays ?? nth ?? places ?? monthDays ?? dayPlaces ?? months ?? dates) !== undefined;
}

/** Both together, or null where one contradicts the other. */
export function joinSaid(before: Said, after: Said): Said | null {
  const joined: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after) as [string, unknown][]) {
    const had = joined[key];
    if (value === undefined) continue;
    if (had === undefined) joined[key] = value;
    else if (Array.isArray(had) && Array.isArray(value))
      joined[key] = [...(had as unknown[]), ...(value as unknown[])];
    else if (had !== value) return null;
  }
  return joined as Said;
}
