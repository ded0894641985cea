import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import { cutText } from '../../../core/cut-text.ts';
import type { Work } from '../outcome.ts';
import { count, quote, sayDate } from '../sentences.ts';

type Times = Pick<Event, 'start' | 'end' | 'all_day' | 'timezone'>;

/** The zone and the moment that dates are said in. */
export interface Here {
  timezone: string;
  reference: Date;
}

export const whyOf = (work: Pick<Work, 'words'>): string => `you asked: "${cutText(work.words, 300)}"`;

const day = (at: DateTime, { reference, timezone }: Here): string =>
  sayDate(at.toFormat('yyyy-MM-dd'), timezone, reference);
const clock = (at: DateTime): string => at.toFormat('HH:mm');

/** "Thursday 19 November, 14:00 to 15:00"; where the event has another zone, its own times behind that. */
export function sayWhen(event: Times, here: Here): string {
  // Whole days are those of the event's zone, wherever one is.
  const zone = event.all_day ? event.timezone : here.timezone;
  const [start, end] = endsOf(event, zone);
  if (event.all_day) {
    const last = end.minus({ milliseconds: 1 });
    return start.hasSame(last, 'day')
      ? `${day(start, here)}, all day`
      : `${day(start, here)} to ${day(last, here)}, all day`;
  }
  return `${day(start, here)}, ${sayHours(event, here)}${elsewhere(event, start)}`;
}

function elsewhere(event: Times, start: DateTime): string {
  const [there, until] = endsOf(event, event.timezone);
  if (there.offset === start.offset) return '';
  const name = event.timezone.split('/').at(-1)?.replaceAll('_', ' ') ?? event.timezone;
  const other = there.hasSame(start, 'day') ? '' : `${there.toFormat('cccc', { locale: 'en' })} `;
  return ` (${other}${clock(there)} to ${clock(until)} in ${name})`;
}

/** "14:00 to 15:00", "22:00 to Sunday 22 November, 11:00", or "all day"; for where the day is known. */
export function sayHours(event: Times, here: Here): string {
  if (event.all_day) return 'all day';
  const [start, end] = endsOf(event, here.timezone);
  const isShort = start.hasSame(end, 'day') || end.toMillis() - start.toMillis() < 12 * 3_600_000;
  return `${clock(start)} to ${isShort ? '' : `${day(end, here)}, `}${clock(end)}`;
}

export const endsOf = (event: Pick<Times, 'start' | 'end'>, zone: string): [DateTime, DateTime] => [
  DateTime.fromISO(event.start, { zone }),
  DateTime.fromISO(event.end, { zone }),
];

/** "Thursday 19 November" */
export const sayDay = (event: Times, here: Here): string =>
  day(DateTime.fromISO(event.start, { zone: event.all_day ? event.timezone : here.timezone }), here);

/** "every weekday"; the hour stands with its first day. */
export const sayAgain = (rule: string): string => sayRecurrence(rule);

/** What is known of an event besides when it is: " at Luigi's with Ann", as far as its title does not say it. */
export function sayAround(event: Event): string {
  const title = event.title.toLowerCase();
  const unsaid = event.participants.filter((name) => !title.includes(name.toLowerCase()));
  const place =
    event.location && !title.includes(event.location.toLowerCase()) ? ` at ${event.location}` : '';
  return `${unsaid.length > 0 ? ` with ${sayList(unsaid)}` : ''}${place}`;
}

/** "Ann, Bob and Sue" */
export function sayList(words: readonly string[]): string {
  const last = words.at(-1);
  return words.length > 1 && last !== undefined
    ? `${words.slice(0, -1).join(', ')} and ${last}`
    : (last ?? '');
}

/** One line of a list under its day. */
export const sayLine = (event: Event, here: Here): string =>
  `${sayHours(event, here)} ${event.title}${sayAround(event)}${event.calendar === 'plan' ? ' (work block)' : ''}`;

/** `"Team sync" (14:00 to 15:00)`, told to be a block of work where it is one. */
export const sayBusy = (event: Event, here: Here): string =>
  `${event.calendar === 'plan' ? 'the work block ' : ''}${quote(event.title)} (${sayHours(event, here)})`;

/** Lines for events to choose from, no two alike. */
export function tellApart(events: readonly Event[], here: Here): string[] {
  const lines = events.map(
    (event) => `${event.title}, ${event.recurrence ? sayAgain(event.recurrence) : sayWhen(event, here)}`,
  );
  const fuller = events.map((event, index) =>
    lines.filter((line) => line === lines[index]).length > 1
      ? `${event.title}, ${sayWhen(event, here)}${sayAround(event)}`
      : (lines[index] ?? ''),
  );
  return fuller.map((line, index) => {
    const before = fuller.slice(0, index).filter((other) => other === line).length;
    return before === 0 ? line : `${line} (the ${before + 1}. of these)`;
  });
}

/** `"Gym", "Lunch" and 3 more` */
export function preview(titles: readonly string[]): string {
  const shown = titles.slice(0, 4).map(quote);
  return titles.length > 4 ? `${shown.join(', ')} and ${titles.length - 4} more` : sayList(shown);
}

export const sayCount = (n: number): string => count(n, 'event');
