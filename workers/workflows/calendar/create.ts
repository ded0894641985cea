import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { inZone } from '../../../db/events.ts';
import { occurrencesOf } from '../../../db/occurrences.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { isLength, quote, sayDate, sayUnread } from '../sentences.ts';
import { sayAway } from './away.ts';
import { askAbout, freeInstead, KEEP, overlapsOf, type Overlaps } from './conflicts.ts';
import { habitOf, sayHabit, type Habit } from './habits.ts';
import { newEvent, newEventColumns } from '../event-fields.ts';
import { askShorter, refuseOften } from './limits.ts';
import { seriesOf } from './meant.ts';
import { askPast, whenOf, type Times } from './when.ts';
import { sayAgain, sayAround, sayBusy, sayList, sayWhen, whyOf } from './words.ts';

/** A title and a time are needed; everything else has a default that an undo can take back. */
export const createEvent: Handler = async (work) => {
  const often = refuseOften(work);
  if (often) return often;
  const title = titleOf(work);
  if (title === null) return ask({ slot: 'title', question: `What is the event${endDay(work)} called?` });
  const habit = needsHabit(work) ? await habitOf(work, title) : null;
  const when = await whenOf(work, title, habit);
  if ('step' in when) return when.step;
  const other = askEnd(work, when.times) ?? askShorter(when.times);
  if (other) return other;
  const taken = takenFrom(habit, work, when.times);
  const { event, columns } = await planned(work, title, when.times, taken);
  if (event.recurrence === null) {
    const past = askPast(work, event, sayWhen(event, work));
    if (past) return past;
  }
  const wanted = { event, isSelf: () => false };
  const overlaps = await overlapsOf(work, wanted);
  const { duration_minutes: _length, date_range: _days, ...known } = work.slots;
  if (overlaps.events.length > 0 && !work.chosen.includes(KEEP)) {
    if (!work.skipped.includes('start')) return askAbout(work, wanted, overlaps, { ...known, title });
    const free = await freeInstead(work, wanted);
    if (free) {
      const other = await planned(work, title, { ...when.times, ...free }, taken);
      return created(
        work,
        other.event,
        other.columns,
        { ...overlaps, events: [], away: [] },
        {
          isChosen: true,
          taken,
        },
      );
    }
  }
  return created(work, event, columns, overlaps, { isChosen: when.chosen ?? false, taken });
};

/** Something is left open that events of the same name may tell. */
const needsHabit = ({ slots }: Work): boolean =>
  slots.location === undefined ||
  slots.start === undefined ||
  (slots.end === undefined && slots.duration_minutes === undefined);

type Taken = Pick<Habit, 'minutes' | 'location'>;

function takenFrom(habit: Habit | null, { slots }: Work, times: Times): Taken {
  const isOpen = times.end === undefined && !times.all_day && slots.duration_minutes === undefined;
  return {
    minutes: isOpen ? (habit?.minutes ?? null) : null,
    location: slots.location === undefined ? (habit?.location ?? null) : null,
  };
}

/** The day of which only an end was said: "december 3 to 7pm". */
function endDay({ slots: { start, end }, timezone: zone, reference }: Work): string {
  if (start !== undefined || end === undefined) return '';
  return ` on ${sayDate(DateTime.fromISO(end, { zone }).toFormat('yyyy-MM-dd'), zone, reference)}`;
}

/** "Put something in my calendar" names nothing yet. */
const PLACEHOLDER = /^(?:some(?:thing|\s?one|body)|anything|stuff|things?)$/i;

function titleOf({ slots, skipped, answered }: Work): string | null {
  const isNamed =
    slots.title !== undefined && (answered.title !== undefined || !PLACEHOLDER.test(slots.title));
  if (isNamed && slots.title !== undefined) return slots.title;
  if (slots.participants && slots.participants.length > 0)
    return `Meeting with ${sayList(slots.participants)}`;
  return skipped.includes('title') ? 'Untitled event' : null;
}

/** An end that is not after its start is asked for. */
function askEnd({ timezone: zone, reference }: Work, { start, end, all_day }: Times): Step | null {
  if (end === undefined || Date.parse(end) > Date.parse(start) || all_day) return null;
  const at = (value: string): string =>
    sayDate(DateTime.fromISO(value, { zone }).toISO() ?? value, zone, reference);
  return ask({
    slot: 'end',
    question: `The end (${at(end)}) is not after the start (${at(start)}). When does it end?`,
  });
}

async function planned(
  work: Work,
  title: string,
  times: Times,
  taken: Taken,
): Promise<{ event: Event; columns: Record<string, unknown> }> {
  const { slots, timezone, now, ports } = work;
  const { event_minutes: usual } = await ports.settings.read();
  const minutes = taken.minutes ?? usual;
  const { participants, location = taken.location ?? undefined } = slots;
  const patch = { title, ...times, ...(participants && { participants }), ...(location && { location }) };
  const columns = newEventColumns(patch, { timezone, minutes }, now);
  const event = newEvent(work.newId(), columns);
  const exceptions = leftOutOf(work, event);
  if (exceptions.length === 0) return { event, columns };
  const without = { ...columns, exceptions };
  return { event: newEvent(event.id, without), columns: without };
}

/** The times of a series that are on the days which it is said to leave out. */
function leftOutOf({ params, timezone: zone }: Work, event: Event): string[] {
  if (!event.recurrence) return [];
  return (params?.without ?? []).flatMap(({ start, end }) =>
    occurrencesOf(seriesOf(event), {
      from: DateTime.fromISO(start ?? '', { zone }).toJSDate(),
      to: DateTime.fromISO(end ?? '', { zone }).toJSDate(),
    }).map((at) => at.toISOString()),
  );
}

function created(
  work: Work,
  event: Event,
  columns: Record<string, unknown>,
  { events: beside, away, version }: Overlaps,
  { isChosen, taken }: { isChosen: boolean; taken: Taken },
): Step {
  const again = event.recurrence ? `, ${sayAgain(event.recurrence)}, first on ` : ', ';
  const overlap =
    beside.length > 0
      ? ` It overlaps ${sayList(beside.slice(0, 3).map((other) => sayBusy(other, work)))}.`
      : '';
  const gone = event.exceptions
    .slice(0, 3)
    .map((at) => sayDate(inZone(new Date(at), work.timezone).slice(0, 10), work.timezone, work.reference));
  const left = gone.length > 0 ? `, but not on ${sayList(gone)}` : '';
  const choice = isChosen ? ' I chose a free time for it.' : '';
  const sentence = `Added ${quote(event.title)}${again}${sayWhen(event, work)}${sayAround(event)}${left}`;
  const unread = sayUnread(work.params?.unread?.filter(isLength));
  return done({
    reply: `${sentence}.${unread}${sayHabit(taken)}${overlap}${sayAway(away, work)}${choice}`,
    summary: `Added ${quote(event.title)}`,
    effects: [
      { kind: 'event', op: 'create', id: event.id, version: null, fields: columns, reason: whyOf(work) },
    ],
    cards: [{ kind: 'event', data: { event, change: 'created', beside } }],
    executionResult: { event_id: event.id },
    item: { kind: 'event', id: event.id, title: event.title },
    calendarVersion: version,
  });
}
