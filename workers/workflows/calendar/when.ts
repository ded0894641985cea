import { DateTime } from 'luxon';
import type { Settings } from '../../../contracts/entities.ts';
import { isInTheEvening, mealHours } from '../../../contracts/occasions.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import type { DateRange, Slots } from '../../../contracts/slots.ts';
import { inZone } from '../../../db/events.ts';
import { freeSlots } from '../free-time.ts';
import { ask, type Step, type Work } from '../outcome.ts';
import { isLength, quote, sayDate } from '../sentences.ts';
import type { Habit } from './habits.ts';
import { isDayOff } from '../work-days.ts';
import { dateIn } from './meant.ts';
import { sayRange } from '../say-range.ts';
import { firstStart, movedDays, withoutHour } from './rule.ts';
import { zoneSaid } from './said-zone.ts';

/** The times of an event, as a patch takes them. */
export type Times = Pick<EventPatch, 'end' | 'all_day' | 'recurrence' | 'timezone'> & { start: string };
type Found = { times: Times; chosen?: boolean } | { step: Step };

/** What takes whole days, unless an hour is said. */
const OF_DAYS =
  /\b(?:birthdays?|b-?day|anniversary|wedding(?=\s*$|\s+of\b)|holidays?|vacation|pto|days? off|off work|leave|trip|conference|convention|festival|retreat|camp|out of office|ooo|visit(?:s|ing)?|staycation|honeymoon|business travel|hackathon)\b/i;
/** A stretch that is meant as a whole: "from … to …", "for three days". */
const STRETCH =
  /\b(?:from|until|till|through|thru|between)\b|[–—]|\d\s*-\s*\d|\bfor\s+(?:\S+\s+){0,2}(?:days?|weeks?|weekend)\b/i;
const FREE_OFFERED = 3;
/** Within a part of the day, such as its morning or its evening. */
const WAKING = { start: '08:00', end: '22:00' };
const EVENING = { start: '18:00', end: '22:00' };
const BLOCKS = /^\s*(?:please\s+|can you\s+)?(?:block|reserve|keep)\b/i;

/** When a new event is to be, or what has to be asked first. */
export async function whenOf(work: Work, title: string, habit: Habit | null): Promise<Found> {
  const { slots, timezone: zone, reference } = work;
  const answered =
    work.answered.start !== undefined || work.answered.date_range !== undefined || work.answered.all_day;
  const unread = work.params?.unread ?? [];
  // How long it takes has a default.
  const isKnown = slots.start !== undefined && unread.every(isLength);
  if (unread.length > 0 && !isKnown && !answered && !work.skipped.includes('start'))
    return { step: askUnread(title, unread) };
  const recurrence = slots.recurrence === undefined ? undefined : withoutHour(slots.recurrence);
  const rule = recurrence === undefined ? {} : { recurrence };
  const days = daysOf(slots, zone);
  if (slots.all_day && (days ?? slots.start)) {
    const first = onRule(days?.start ?? slots.start ?? '', recurrence, zone);
    const length = days ? lengthInDays(days, zone) : 1;
    return {
      times: { start: midnight(first, zone), end: midnight(first, zone, length), all_day: true, ...rule },
    };
  }
  if (slots.start !== undefined) {
    const there = zoneSaid(work.words);
    if (!there) return { times: { ...timed(slots, zone, recurrence), ...rule } };
    // The rule was read in the zone of the speaker, where it may be another day.
    const [here, then] = [zone, there].map((own) =>
      DateTime.fromISO(slots.start ?? '', { zone: own }).setZone('utc', { keepLocalTime: true }),
    );
    const own = recurrence && here && then && movedDays(recurrence, here, then);
    const times = timed(slots, there, own);
    return { times: { ...times, timezone: there, ...(own && { recurrence: own }) } };
  }
  if (days && isOfDays(title, work.words, days, zone))
    return {
      times: { start: midnight(days.start, zone), end: midnight(days.end, zone), all_day: true, ...rule },
    };
  const first = recurrence === undefined ? undefined : firstDay(recurrence, slots.date_range, work);
  if (first !== undefined && OF_DAYS.test(title))
    return { times: { start: midnight(first, zone), end: midnight(first, zone, 1), all_day: true, ...rule } };
  const range: DateRange | undefined =
    first === undefined
      ? (slots.date_range ?? untilThen(slots, zone))
      : { start: first, end: dateIn(midnight(first, zone, 1), zone) };
  // What has a length of its own takes up no whole part of a day, nor a day.
  const isOfLength = slots.duration_minutes !== undefined;
  const whole = isOfLength ? null : await wholePart(work, range);
  if (whole && BLOCKS.test(work.words)) return { times: { ...whole, ...rule } };
  const usual = usualStart(habit, range, zone);
  const free = await freeIn(work, range, usual);
  if (work.skipped.includes('start') && free[0])
    return { times: { start: inZone(free[0], zone), ...rule }, chosen: true };
  const isOneDay = range && lengthInDays({ start: range.start ?? '', end: range.end ?? '' }, zone) <= 1;
  const choices = (isOneDay ? free : []).map((at, index) => ({
    choice_id: `free_${index + 1}`,
    label: `${DateTime.fromJSDate(at, { zone }).toFormat('HH:mm')}${at.getTime() === usual?.getTime() ? `, ${habit?.hour?.why ?? ''}` : ''}`,
    slots: { start: inZone(at, zone) } satisfies Slots,
  }));
  const stretch = whole
    ? [{ choice_id: 'whole', label: sayClocks(whole, zone), slots: whole satisfies Slots }]
    : range && !isOfLength
      ? [{ choice_id: 'all_day', label: 'All day', slots: { all_day: true } satisfies Slots }]
      : [];
  const all = [...choices, ...stretch];
  const isEndAlone = slots.end !== undefined && slots.date_range === undefined && first === undefined;
  const when = !range
    ? `When is ${quote(title)}?`
    : isEndAlone
      ? `When is ${quote(title)}? It ends on ${sayDate(slots.end ?? '', zone, reference)}.`
      : isOneDay
        ? `At what time is ${quote(title)}${first === undefined ? ` ${sayRange(range, work)}` : ''}?`
        : `When is ${quote(title)}, ${sayRange(range, { timezone: zone, reference })}? Give me a day and a time.`;
  return {
    step: ask({
      slot: 'start',
      question: when,
      choices: all.map(({ choice_id, label }) => ({ choice_id, label })),
      choiceSlots: Object.fromEntries(all.map(({ choice_id, slots: meant }) => [choice_id, meant])),
      ...(range && { settled: { ...slots, date_range: range } }),
    }),
  };
}

/** "December 3 to 7pm": the day that an end is of, up to it. */
function untilThen({ end }: Slots, zone: string): DateRange | undefined {
  if (end === undefined) return undefined;
  const at = DateTime.fromISO(end, { zone });
  const from = at.startOf('day');
  return at > from ? { start: inZone(from.toJSDate(), zone), end: inZone(at.toJSDate(), zone) } : undefined;
}

/** "Friday morning" from its beginning to its end, as far as it is within working hours; null where whole days were said. */
async function wholePart(
  { ports, timezone: zone }: Work,
  range: DateRange | undefined,
): Promise<{ start: string; end: string } | null> {
  if (range?.start === undefined || range.end === undefined || range.start.length <= 10) return null;
  const [from, to] = [range.start, range.end].map((at) => DateTime.fromISO(at, { zone }));
  if (!from || !to || !from.hasSame(to.minus(1), 'day')) return null;
  const { working_hours: working } = await ports.settings.read();
  const [hour = 0, minute = 0] = working.start.split(':').map(Number);
  const begin = from.set({ hour, minute });
  const first = begin > from && begin < to ? begin : from;
  return { start: inZone(first.toJSDate(), zone), end: inZone(to.toJSDate(), zone) };
}

const sayClocks = ({ start, end }: { start: string; end: string }, zone: string): string =>
  [start, end].map((at) => DateTime.fromISO(at, { zone }).toFormat('HH:mm')).join(' to ');

function askUnread(title: string, unread: readonly string[]): Step {
  const [one = ''] = unread;
  const backwards = /\bto\b|-|–|until/.test(one) && /\d/.test(one);
  const why = backwards
    ? `I could not read "${one}" as a time: the end has to come after the start.`
    : `I could not read "${one}" as a date or time.`;
  return ask({ slot: 'start', question: `${why} When is ${quote(title)}?` });
}

/** An hour on the clock, with its length. */
function timed(slots: Slots, zone: string, recurrence: string | undefined): Times {
  const said = slots.start ?? '';
  const start = onRule(said, recurrence, zone);
  const shift = Date.parse(start) - Date.parse(said);
  const end =
    slots.duration_minutes !== undefined && (slots.end === undefined || slots.end <= said)
      ? new Date(Date.parse(start) + slots.duration_minutes * 60_000)
      : slots.end === undefined
        ? undefined
        : new Date(Date.parse(slots.end) + shift);
  return { start, ...(end && { end: inZone(end, zone) }) };
}

/** The first day of the rule from there on, at the same hour. */
function onRule(start: string, recurrence: string | undefined, zone: string): string {
  if (recurrence === undefined || start === '') return start;
  const at = DateTime.fromISO(start, { zone }).toJSDate();
  return inZone(firstStart(recurrence, at, zone), zone);
}

function firstDay(
  recurrence: string,
  range: DateRange | undefined,
  { timezone: zone, reference }: Work,
): string {
  const from = range?.start ?? dateIn(reference, zone);
  const at = DateTime.fromISO(from, { zone }).startOf('day').toJSDate();
  return dateIn(firstStart(recurrence, at, zone), zone);
}

/** Whole days that were said, as dates; null for hours of a day. */
function daysOf({ date_range: range }: Slots, zone: string): { start: string; end: string } | null {
  if (range?.start === undefined || range.end === undefined) return null;
  const [from, to] = [range.start, range.end].map((at) => DateTime.fromISO(at, { zone }));
  if (!from || !to) return null;
  const whole = [from, to].every((at) => at.equals(at.startOf('day')));
  return whole ? { start: dateIn(range.start, zone), end: dateIn(range.end, zone) } : null;
}

function lengthInDays(days: { start: string; end: string }, zone: string): number {
  const [from, to] = [days.start, days.end].map((at) => DateTime.fromISO(at, { zone }));
  return from && to ? Math.max(1, Math.round(to.diff(from, 'days').days)) : 1;
}

function isOfDays(title: string, words: string, days: { start: string; end: string }, zone: string): boolean {
  return OF_DAYS.test(title) || (lengthInDays(days, zone) > 1 && STRETCH.test(words));
}

const midnight = (day: string, zone: string, later = 0): string =>
  inZone(DateTime.fromISO(day, { zone }).startOf('day').plus({ days: later }).toJSDate(), zone);

/** The first free times of a range in working hours, or of the days that come where none is said; an hour or so apart. */
async function freeIn(
  { ports, slots, timezone, reference }: Work,
  range: DateRange | undefined,
  usual: Date | null,
): Promise<Date[]> {
  const settings = await ports.settings.read();
  const at = (value: string | undefined, other: Date): Date =>
    value === undefined ? other : DateTime.fromISO(value, { zone: timezone }).toJSDate();
  const from = new Date(Math.max(reference.getTime(), at(range?.start, reference).getTime()));
  const to = at(range?.end, DateTime.fromJSDate(from).plus({ days: 7 }).toJSDate());
  if (to <= from) return [];
  const minutes = slots.duration_minutes ?? settings.event_minutes;
  const there = await ports.events.within({ from, to });
  const busy = there
    .filter((event) => !event.all_day)
    .map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
  // A part of the day that was said is within its own hours.
  const part = range?.start !== undefined && range.start.length > 10;
  const title = slots.title ?? '';
  const own = isInTheEvening(title) ? EVENING : (mealHours(title) ?? settings.working_hours);
  const hours = part ? WAKING : own;
  const gaps = freeSlots({ busy, from, to, minutes, hours, timezone, stepMinutes: 30 });
  const isFree =
    usual !== null &&
    usual >= from &&
    !busy.some(({ start, end }) => start < new Date(usual.getTime() + minutes * 60_000) && end > usual);
  const isOff = daysOff({ from, to }, settings, timezone);
  const others = gaps
    .filter(({ start }) => hours !== settings.working_hours || !isOff(start))
    .flatMap(({ start, end }) => {
      const fits = Math.floor((end.getTime() - start.getTime()) / (minutes * 60_000));
      return Array.from(
        { length: Math.min(fits, FREE_OFFERED) },
        (_, index) => new Date(start.getTime() + index * Math.max(minutes, 60) * 60_000),
      ).filter((begin) => begin.getTime() + minutes * 60_000 <= end.getTime());
    })
    .filter((at) => !isFree || at.getTime() !== usual.getTime());
  return (isFree ? [usual, ...others] : others).slice(0, FREE_OFFERED);
}

/** The hour at which events of this name mostly begin, on the one day that was said. */
function usualStart(habit: Habit | null, range: DateRange | undefined, zone: string): Date | null {
  if (!habit?.hour || range?.start === undefined || range.start.length > 10) return null;
  return DateTime.fromISO(`${range.start}T${habit.hour.clock}`, { zone }).toJSDate();
}

/** Working hours are none on a day on which most people work and this one does not, unless it alone was asked for. */
function daysOff(
  { from, to }: { from: Date; to: Date },
  settings: Settings,
  zone: string,
): (at: Date) => boolean {
  const isOneDay = to.getTime() - from.getTime() <= 25 * 3_600_000;
  return (at) => !isOneDay && isDayOff(DateTime.fromJSDate(at, { zone }), settings);
}

/** The choice that leaves a time in the past. */
const PAST = 'keep_past';

/** Asks about a time that is over; null where none is, or where it was said to be meant. */
export function askPast(
  work: Work,
  event: { start: string; end: string; all_day: boolean; timezone: string },
  said: string,
): Step | null {
  const { timezone: zone, reference } = work;
  if (new Date(event.end) > reference || work.chosen.includes(PAST)) return null;
  const start = DateTime.fromISO(event.start, { zone });
  const lengthMs = Date.parse(event.end) - Date.parse(event.start);
  const now = DateTime.fromJSDate(reference, { zone });
  const today = now.set({ hour: start.hour, minute: start.minute, second: 0, millisecond: 0 });
  const soon = event.all_day ? now.startOf('day') : today > now ? today : today.plus({ days: 1 });
  const week = start.plus({ weeks: Math.max(1, Math.ceil(now.diff(start, 'weeks').weeks)) });
  const offers = soon.hasSame(week, 'day') ? [soon] : [soon, week];
  const timesAt = (at: DateTime): Slots => ({
    start: inZone(at.toJSDate(), zone),
    end: inZone(new Date(at.toMillis() + lengthMs), zone),
    ...(event.all_day && {
      all_day: true,
      date_range: {
        start: dateIn(at.toJSDate(), zone),
        end: dateIn(at.plus({ milliseconds: lengthMs }).toJSDate(), zone),
      },
    }),
  });
  const choices = [
    ...offers.map((at, index) => ({
      choice_id: `later_${index + 1}`,
      label: sayDate(
        event.all_day ? at.toFormat('yyyy-MM-dd') : inZone(at.toJSDate(), zone),
        zone,
        reference,
      ),
      slots: timesAt(at),
    })),
    { choice_id: PAST, label: 'Keep it in the past', slots: timesAt(start) },
  ];
  return ask({
    slot: 'start',
    kind: 'choice',
    question: `${said} is in the past. When should it be?`,
    choices: choices.map(({ choice_id, label }) => ({ choice_id, label })),
    choiceSlots: Object.fromEntries(choices.map(({ choice_id, slots }) => [choice_id, slots])),
  });
}
