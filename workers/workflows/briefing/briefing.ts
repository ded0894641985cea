import { DateTime } from 'luxon';
import { clashesIn, takesTime } from '../clashes.ts';
import type { Event, Settings, Task } from '../../../contracts/entities.ts';
import type { Card } from '../../../contracts/result.ts';
import type { Ports } from '../ports.ts';
import { dayOf, instantOf, type Period } from './period.ts';
import { workDaysOf } from '../work-days.ts';

export type BriefingData = Extract<Card, { kind: 'briefing' }>['data'];

/** More of a kind than anybody wants to be told of at once. */
const EVENTS_MAX = 200;
const TASKS_MAX = 100;
const CONFLICTS_MAX = 10;
const CHANGES_MAX = 5;
const REMINDERS_MAX = 50;
/** A gap shorter than this is no time to do something in. */
const FREE_MINUTES_MIN = 30;

/** What a period holds. Nothing is written; times come from the caller. */
export async function briefingOf(ports: Ports, period: Period, now: Date): Promise<BriefingData> {
  const { from, to, reference } = period;
  const zone = reference.zoneName ?? 'utc';
  const today = dayOf(reference);
  const [firstDay, endDay] = [dayOf(from), dayOf(to.plus({ days: to.equals(to.startOf('day')) ? 0 : 1 }))];
  const isCurrent = from <= reference && reference < to;
  const [settings, events, due, late, told, changes] = await Promise.all([
    ports.settings.read(),
    ports.events.within({ from: from.toJSDate(), to: to.toJSDate() }),
    endDay <= today
      ? { tasks: [] }
      : ports.tasks.list(
          { status: 'open', dueFrom: firstDay > today ? firstDay : today, dueTo: endDay },
          TASKS_MAX,
        ),
    isCurrent ? ports.tasks.list({ status: 'open', dueTo: today }, TASKS_MAX) : { tasks: [] },
    ports.reminders.list(
      { status: ['scheduled', 'fired'], from: from.toJSDate(), to: to.toJSDate() },
      REMINDERS_MAX,
    ),
    isCurrent ? changesSinceYesterday(ports, zone, now) : { summaries: [], total: 0 },
  ]);
  // What was due at an hour that has passed is late, though its day is not over.
  const isLate = ({ due_date }: Task): boolean =>
    due_date !== null && due_date.length > 10 && Date.parse(due_date) < reference.toMillis();
  return {
    title: period.title,
    timezone: zone,
    range: { start: instantOf(from), end: instantOf(to) },
    events: events.slice(0, EVENTS_MAX),
    due: due.tasks.filter((task) => !isLate(task)),
    overdue: [...late.tasks, ...due.tasks.filter(isLate)],
    // What counts from the time of something else is told with it.
    reminders: told.reminders.filter(({ before_minutes: before }) => before === null),
    conflicts: clashesIn(events, CONFLICTS_MAX),
    free: freeIn(events, period, settings),
    changed: changes.summaries,
    changed_more: changes.total - changes.summaries.length,
  };
}

/** Receipts speak of the server's time, whatever day a turn counts from. */
function changesSinceYesterday(
  ports: Ports,
  zone: string,
  now: Date,
): Promise<{ summaries: string[]; total: number }> {
  const yesterday = DateTime.fromJSDate(now, { zone }).startOf('day').minus({ days: 1 });
  return ports.receipts.since(yesterday.toJSDate(), CHANGES_MAX);
}

/** What is left of the working hours, from now on. Days off count only where they alone were asked for. */
function freeIn(events: readonly Event[], period: Period, settings: Settings): BriefingData['free'] {
  const busy = events
    .filter(takesTime)
    .map(({ start, end }) => ({ from: Date.parse(start), to: Date.parse(end) }));
  const free: BriefingData['free'] = [];
  const days = period.days();
  const workDays = workDaysOf(settings);
  const working = days.length > 2 ? days.filter(({ weekday }) => workDays.has(weekday)) : days;
  for (const day of working) {
    const [begins, ends] = workingHours(day, settings);
    let at = Math.max(begins.toMillis(), period.from.toMillis(), roundedUp(period.reference).toMillis());
    const end = Math.min(ends.toMillis(), period.to.toMillis());
    const add = (until: number): void => {
      if (until - at >= FREE_MINUTES_MIN * 60_000)
        free.push({
          start: instantOf(begins.plus(at - begins.toMillis())),
          end: instantOf(begins.plus(until - begins.toMillis())),
        });
    };
    for (const { from, to } of busy) {
      if (to <= at) continue;
      if (from >= end) break;
      add(Math.min(from, end));
      at = Math.max(at, to);
    }
    add(end);
  }
  return free;
}

/** Hours that end before they start go through the night. */
function workingHours(day: DateTime, { working_hours: { start, end } }: Settings): [DateTime, DateTime] {
  const at = (time: string, of: DateTime): DateTime =>
    of.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3, 5)) });
  return [at(start, day), at(end, end <= start ? day.plus({ days: 1 }) : day)];
}

/** Nobody begins at 10:07. */
function roundedUp(at: DateTime): DateTime {
  const whole = at.startOf('minute');
  const over = whole.minute % 15;
  return over === 0 ? whole : whole.plus({ minutes: 15 - over });
}
