import { DateTime } from 'luxon';
import type { DateRange } from '../../../contracts/slots.ts';
import { freeSlots } from '../free-time.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { quote } from '../sentences.ts';
import { instantsOf } from './find.ts';
import { sayRange } from './range.ts';
import { sayBusy, sayDay, sayList } from './words.ts';

/** Free time that is shorter than this is not spoken of. */
const GAP_MINUTES = 30;
const GAPS_MAX = 6;

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
  if (timed.length === 0)
    return done({ reply: `Yes, you are free ${when}.${also}`, cards, shown, executionResult });
  const { working_hours: working } = await ports.settings.read();
  const days = range.start === undefined || range.start.length === 10;
  const gaps = freeSlots({
    busy: timed.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
    from,
    to,
    minutes: days || to.getTime() - from.getTime() > 2 * 3_600_000 ? GAP_MINUTES : 15,
    hours: days ? working : { start: '00:00', end: '24:00' },
    timezone: zone,
  });
  const isOneDay = to.getTime() - from.getTime() <= 25 * 3_600_000;
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
  const yesNo = free.length > 0 ? 'Partly' : 'No';
  return done({
    reply: `${yesNo}: ${when} you have ${sayList(busy)}${more}. ${left}${also}`,
    cards,
    shown,
    executionResult: { ...executionResult, free: false },
  });
}
