import { DateTime } from 'luxon';
import type { Settings } from '../../../contracts/entities.ts';
import type { DateRange } from '../../../contracts/slots.ts';

/** Longer than this is no briefing any more. */
export const DAYS_MAX = 31;

/** What a briefing is about. All times are in the zone of the person; `to` is exclusive. */
export interface Period {
  from: DateTime;
  to: DateTime;
  /** The instant that "today" counts from. */
  reference: DateTime;
  title: string;
  /** It was asked for more than can be told. */
  cut: boolean;
  /** The beginnings of its days. */
  days(): DateTime[];
}

export const dayOf = (at: DateTime): string => at.toFormat('yyyy-MM-dd');
/** With its offset, as everywhere on the wire. */
export const instantOf = (at: DateTime): string => at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");

/** One day: the one that was said, or today. */
export function dayPeriod(range: DateRange | undefined, reference: DateTime): Period {
  const today = reference.startOf('day');
  const from = edge(range?.start, reference) ?? today;
  const to = edge(range?.end, reference) ?? from.startOf('day').plus({ days: 1 });
  return period(from, to, reference);
}

/**
 * A week: the one that was said, or the one that holds today.
 *
 * @param weekStart counts only where no beginning was said
 */
export function weekPeriod(
  range: DateRange | undefined,
  reference: DateTime,
  weekStart: Settings['week_start'] | null,
): Period {
  const said = edge(range?.start, reference);
  const from = said ?? startOfWeek(reference, weekStart);
  const end = edge(range?.end, reference);
  // "By friday" has no beginning: it counts from today.
  if (!said && end) return period(reference.startOf('day'), end, reference);
  return period(from, end ?? from.plus({ weeks: 1 }), reference);
}

/** Of the week that holds a moment. */
function startOfWeek(at: DateTime, weekStart: Settings['week_start'] | null): DateTime {
  const day = at.startOf('day');
  return day.minus({ days: weekStart === 'sunday' ? day.weekday % 7 : day.weekday - 1 });
}

function edge(value: string | undefined, { zoneName }: DateTime): DateTime | undefined {
  return value === undefined ? undefined : DateTime.fromISO(value, { zone: zoneName ?? 'utc' });
}

function period(from: DateTime, end: DateTime, reference: DateTime): Period {
  const last = from.startOf('day').plus({ days: DAYS_MAX });
  const cut = end > last;
  const to = cut ? last : end > from ? end : from.startOf('day').plus({ days: 1 });
  const days = (): DateTime[] => {
    const all: DateTime[] = [];
    for (let day = from.startOf('day'); day < to; day = day.plus({ days: 1 })) all.push(day);
    return all;
  };
  return { from, to, reference, cut, days, title: titleOf(days(), reference) };
}

/** "Wednesday 18 November", "16 to 22 November", "30 November to 6 December"; the year only where it is another one. */
function titleOf(days: readonly DateTime[], reference: DateTime): string {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return '';
  const say = (day: DateTime, format: string): string =>
    day.toFormat(day.year === reference.year ? format : `${format} yyyy`, { locale: 'en' });
  if (days.length === 1) return say(first, 'cccc d LLLL');
  const isOneMonth = first.month === last.month && first.year === last.year;
  return `${isOneMonth ? first.toFormat('d') : say(first, 'd LLLL')} to ${say(last, 'd LLLL')}`;
}
