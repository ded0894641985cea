import type { Action } from '../../../contracts/intents.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { Slots } from '../../../contracts/slots.ts';
import {
  civilFromIso,
  civilInZone,
  DAY,
  startOfDay,
  startOfMonth,
  startOfWeek,
  type Civil,
} from '../time/civil.ts';

/** Something that was made earlier, as it was asked for, with how near it is to what is spoken of now. */
export interface Remembered {
  turnId: string;
  /** When it was said, as an ISO instant. */
  at: string;
  action: Action;
  slots: Slots;
  /** −1 to 1; null where it came by its time alone. */
  similarity: number | null;
}

/** What can be made again. */
export const MAKERS = [
  'create_task',
  'create_event',
  'set_reminder',
  'draft_email',
] as const satisfies Action[];
const isMaker = (action: Action): boolean => (MAKERS as readonly Action[]).includes(action);

/** What is newer is likelier meant: this much more, half of it after a week. */
const NEWEST = 0.25;
const HALF_LIFE_DAYS = 7;
/** It was said, or took place, when the words say it did. */
const WAS_THEN = 1;

interface Place {
  now: Date;
  timezone: string;
}

/** Those that may be meant, the likeliest first. */
export function likeliest(
  remembered: readonly Remembered[],
  words: string,
  { now, timezone }: Place,
  fits: (one: Remembered) => boolean = () => true,
): Remembered[] {
  const then = spanAgo(words, civilInZone(now, timezone));
  const score = (one: Remembered): number => {
    const ageDays = Math.max(0, now.getTime() - Date.parse(one.at)) / (DAY * 1000);
    const isThen = then !== null && timesOf(one, timezone).some((at) => at >= then.start && at < then.end);
    return (one.similarity ?? 0) + NEWEST * 2 ** (-ageDays / HALF_LIFE_DAYS) + (isThen ? WAS_THEN : 0);
  };
  return remembered
    .filter((one) => isMaker(one.action) && fits(one))
    .map((one) => ({ one, score: score(one) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ one }) => one);
}

/** Whether something was said or took place when the words say that it did; true where they say no time. */
export function isFrom(one: Remembered, words: string, { now, timezone }: Place): boolean {
  const then = spanAgo(words, civilInZone(now, timezone));
  if (then) {
    // A series that began before goes on then.
    const isSeries = one.slots.recurrence !== undefined;
    return timesOf(one, timezone).some((at) => (isSeries || at >= then.start) && at < then.end);
  }
  const [day] = /\b\w+day\b/.exec(words) ?? [];
  const index = WEEKDAYS.indexOf(day ?? '');
  const [said, ...own] = timesOf(one, timezone);
  const times = own.length > 0 || said === undefined ? own : [said];
  return index < 0 || times.some((at) => Math.round((startOfDay(at) - startOfWeek(at)) / DAY) === index);
}

function timesOf({ at, slots }: Remembered, timezone: string): Civil[] {
  return [at, slots.start, slots.due_date, slots.remind_at].flatMap((iso) => {
    const said = iso === undefined ? null : civilFromIso(iso, timezone);
    return said ? [said.moment] : [];
  });
}

/** How an act says where its values come from. */
export function recalledOf({
  turnId,
  at,
  slots,
}: Pick<Remembered, 'turnId' | 'at' | 'slots'>): ActParams['recalled'] {
  const to = slots.recipient?.join(', ');
  const title = slots.title ?? (to === undefined ? undefined : `email to ${to}`);
  return { turn_id: turnId, at, ...(title !== undefined && { title }) };
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const NUMBERS: Partial<Record<string, number>> = { two: 2, three: 3 };

/** "last week", "yesterday", "two weeks ago"; null where no time is said. */
function spanAgo(words: string, now: Civil): { start: Civil; end: Civil } | null {
  const today = startOfDay(now);
  const week = startOfWeek(now);
  if (/\blast\s+week\b|\bthe\s+week\s+before\b/.test(words)) return { start: week - 7 * DAY, end: week };
  if (/\byesterday\b/.test(words)) return { start: today - DAY, end: today };
  if (/\blast\s+month\b/.test(words)) {
    const month = startOfMonth(now);
    return { start: startOfMonth(month - DAY), end: month };
  }
  const weekday = /\blast\s+(?<day>\w+day)\b/.exec(words)?.groups?.['day'];
  const index = weekday === undefined ? -1 : WEEKDAYS.indexOf(weekday);
  if (index >= 0) {
    const day = week + index * DAY;
    const start = day < today ? day : day - 7 * DAY;
    return { start, end: start + DAY };
  }
  const ago = /\b(?<count>\d+|two|three)\s+(?<unit>day|week)s?\s+ago\b/.exec(words)?.groups;
  if (!ago) return null;
  const count = NUMBERS[ago['count'] ?? ''] ?? Number(ago['count']);
  return ago['unit'] === 'week'
    ? { start: week - count * 7 * DAY, end: week - (count - 1) * 7 * DAY }
    : { start: today - count * DAY, end: today - (count - 1) * DAY };
}
