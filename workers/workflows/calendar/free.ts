import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { freeSlots, nearestFree } from '../free-time.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { quote } from '../sentences.ts';
import { isDayOff } from '../work-days.ts';
import { instantsOf } from './find.ts';
import { sayRange } from '../say-range.ts';
import { sayBusy, sayDay, sayList, sayWhen } from './words.ts';

/** Free time that is shorter than this is not spoken of. */
const GAP_MINUTES = 30;
const GAPS_MAX = 6;
/** These have a day, and take none of its hours. */
const NOBODY_AWAY = /\b(?:birthdays?|b-?day|anniversar(?:y|ies)|name ?day)\b/i;

/** "Am I free friday afternoon?": yes, or what is there and what is left. */
export async function sayFree(work: Work, range: DateRange): Promise<Step> {
  const { ports, timezone: zone, reference } = work;
  const said = instantsOf(range, zone);
  const from = new Date(
    Math.max((said.from ?? reference).getTime(), said.to && said.to <= reference ? 0 : reference.getTime()),
  );
  const to = said.to ?? DateTime.fromJSDate(from, { zone }).startOf('day').plus({ days: 7 }).toJSDate();
  const events = await ports.events.within({ from, to });
  const timed = events.filter(({ all_day }) => !all_day);
  const whole = events.filter(({ all_day }) => all_day);
  const when = sayRange(range, work);
  const also = whole.length > 0 ? ` All day: ${sayList(whole.map(({ title }) => quote(title)))}.` : '';
  const shown = events.map(({ id, title, recurrence, start }) => ({
    kind: 'event',
    id,
    title,
    ...(recurrence !== null && { start }),
  }));
  const cards =
    events.length > 0
      ? [{ kind: 'events' as const, data: { events, total: events.length, title: `Your calendar ${when}` } }]
      : [];
  const executionResult = { free: timed.length === 0, event_ids: [...new Set(events.map(({ id }) => id))] };
  const taking = whole.filter(({ title }) => !NOBODY_AWAY.test(title));
  const covered = taking.some(({ start, end }) => new Date(start) <= from && new Date(end) >= to);
  if (covered || (taking.length > 0 && timed.length === 0)) {
    const busy = [...taking, ...timed].map((event) => `${quote(event.title)} (${sayWhen(event, work)})`);
    const reply = `${covered ? 'No' : 'Not all of it'}: ${when} you have ${sayList(busy.slice(0, GAPS_MAX))}.`;
    return done({ reply, cards, shown, executionResult: { ...executionResult, free: false } });
  }
  const settings = await ports.settings.read();
  const isOneDay = to.getTime() - from.getTime() <= 25 * 3_600_000;
  const day = DateTime.fromJSDate(from, { zone });
  const off =
    isOneDay && isDayOff(day, settings)
      ? ` You don't work on ${day.toFormat('cccc', { locale: 'en' })}s.`
      : '';
  if (timed.length === 0)
    return done({ reply: `Yes, you are free ${when}.${off}${also}`, cards, shown, executionResult });
  const days = range.start === undefined || range.start.length === 10;
  const gaps = freeSlots({
    busy: timed.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
    from,
    to,
    minutes: days || to.getTime() - from.getTime() > 2 * 3_600_000 ? GAP_MINUTES : 15,
    hours: days ? settings.working_hours : { start: '00:00', end: '24:00' },
    timezone: zone,
  });
  const busy = timed
    .slice(0, 5)
    .map((event) => (isOneDay ? sayBusy(event, work) : `${sayBusy(event, work)} on ${sayDay(event, work)}`));
  const more = timed.length > 5 ? ` and ${timed.length - 5} more` : '';
  const free = gaps.slice(0, GAPS_MAX).map(({ start, end }) => {
    const [begin, finish] = [start, end].map((at) => DateTime.fromJSDate(at, { zone }).toFormat('HH:mm'));
    const day = isOneDay ? '' : `${DateTime.fromJSDate(start, { zone }).toFormat('cccc', { locale: 'en' })} `;
    return `${day}${begin} to ${finish}`;
  });
  const left = free.length > 0 ? `You are free ${sayList(free)}.` : 'There is no free time left.';
  const short = to.getTime() - from.getTime() <= 3_600_000;
  const reply = short
    ? `No: ${when} you have ${sayList(busy)}${more}.${await around(work, from, timed)}`
    : `${free.length > 0 ? 'Partly' : 'No'}: ${when} you have ${sayList(busy)}${more}. ${left}`;
  return done({
    reply: `${reply}${off}${also}`,
    cards,
    shown,
    executionResult: { ...executionResult, free: false },
  });
}

/** The free hours beside a time that is taken. */
async function around(work: Work, wanted: Date, busyThen: readonly Event[]): Promise<string> {
  const { ports, timezone: zone, reference } = work;
  const day = DateTime.fromJSDate(wanted, { zone }).startOf('day');
  const from = new Date(Math.max(day.toMillis(), reference.getTime()));
  const to = day.plus({ days: 1 }).toJSDate();
  const there = await ports.events.within({ from, to });
  const free = nearestFree(
    wanted,
    {
      busy: [...there, ...busyThen]
        .filter(({ all_day }) => !all_day)
        .map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
      from,
      to,
      minutes: 60,
      hours: { start: '08:00', end: '22:00' },
      timezone: zone,
      stepMinutes: 30,
    },
    2,
  ).toSorted((a, b) => a.start.getTime() - b.start.getTime());
  const times = free.map(({ start }) => DateTime.fromJSDate(start, { zone }).toFormat('HH:mm'));
  return times.length > 0 ? ` The nearest free hours are at ${sayList(times)}.` : '';
}
