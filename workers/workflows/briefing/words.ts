import { DateTime } from 'luxon';
import type { Event, Reminder, Task } from '../../../contracts/entities.ts';
import { count, quote } from '../sentences.ts';
import type { BriefingData } from './briefing.ts';
import { dayOf, DAYS_MAX, type Period } from './period.ts';

const EVENTS_SAID = 6;
const TASKS_SAID = 4;
const CONFLICTS_SAID = 2;
const FREE_SAID = 3;
const CHANGES_SAID = 3;
const DAYS_SAID = 7;

/** A briefing in a few calm lines. */
export function sayBriefing(data: BriefingData, period: Period): string {
  const days = period.days();
  const said = days.length === 1 ? sayDay(data, period) : sayDays(data, period, days);
  return [
    ...said,
    ...sayConflicts(data, days.length > 1),
    ...sayOverdue(data),
    ...sayFree(data, days.length > 1),
    ...sayChanges(data),
    ...(period.cut ? [`That is a long time: I looked at its first ${DAYS_MAX} days.`] : []),
  ].join('\n');
}

/** The same as one line, for a notice. */
export function sayBriefly(data: BriefingData, name: string): string {
  const first = data.events.find(({ all_day }) => !all_day);
  const start = first ? ` First: ${quote(first.title)} at ${clock(first.start, data.timezone)}.` : '';
  const counts = countsOf(data);
  if (counts.length === 0) return `${name} is clear: no events and nothing due.`;
  return `${name}: ${counts.join(', ')}.${start}`;
}

const clock = (at: string, zone: string): string => DateTime.fromISO(at, { zone }).toFormat('HH:mm');

function countsOf({ events, due, overdue, reminders, conflicts }: BriefingData): string[] {
  return [
    events.length > 0 ? count(events.length, 'event') : '',
    due.length > 0 ? `${count(due.length, 'task')} due` : '',
    overdue.length > 0 ? `${overdue.length} overdue` : '',
    reminders.length > 0 ? count(reminders.length, 'reminder') : '',
    conflicts.length > 0 ? count(conflicts.length, 'conflict') : '',
  ].filter(Boolean);
}

function sayDay(data: BriefingData, period: Period): string[] {
  const { events, due, reminders, timezone } = data;
  const name = nameOf(period);
  if (countsOf(data).length === 0) return [`${name} is clear: no events and nothing due.`];
  const lines = events.slice(0, EVENTS_SAID).map((event) => `• ${sayEvent(event, timezone)}`);
  return [
    `${name}: ${countsOf(data).join(', ')}.`,
    ...lines,
    ...more(events.length - EVENTS_SAID, 'event'),
    ...(due.length > 0 ? [`Due: ${titles(due, timezone)}.`] : []),
    ...(reminders.length > 0 ? [`Reminders: ${remindersOf(reminders, timezone)}.`] : []),
  ];
}

function sayDays(data: BriefingData, period: Period, days: readonly DateTime[]): string[] {
  const { events, due, reminders, timezone } = data;
  const week = days.length === 7 && period.from.equals(period.from.startOf('day'));
  const name = week ? `The week of ${period.title}` : period.title;
  if (countsOf(data).length === 0) return [`${name} is clear: no events and nothing due.`];
  const today = dayOf(period.reference);
  // What is over needs no words; the card has it.
  const ahead = days.filter((day) => dayOf(day) >= today);
  const told = (ahead.length > 0 ? ahead : days).flatMap((day) => {
    const own = events.filter((event) => takesPlaceOn(event, day));
    const tasks = due.filter(
      ({ due_date }) => due_date !== null && dueDay(due_date, timezone) === dayOf(day),
    );
    const told = reminders.filter(({ remind_at: at }) => dayIn(at, timezone) === dayOf(day));
    if (own.length === 0 && tasks.length === 0 && told.length === 0) return [];
    const parts = [
      ...own.slice(0, EVENTS_SAID).map((event) => sayEvent(event, timezone)),
      ...more(own.length - EVENTS_SAID, 'event'),
      ...(tasks.length > 0 ? [`due ${titles(tasks, timezone)}`] : []),
      ...(told.length > 0 ? [`reminders ${remindersOf(told, timezone)}`] : []),
    ];
    return [`• ${day.toFormat('ccc d', { locale: 'en' })}: ${parts.join('; ')}`];
  });
  const rest = told.length - DAYS_SAID;
  return [
    `${name}: ${countsOf(data).join(', ')}.`,
    ...told.slice(0, DAYS_SAID),
    ...(rest > 0 ? [`… and ${count(rest, 'day')} more with something on.`] : []),
  ];
}

const nameOf = ({ from, reference, title }: Period): string => {
  const days = Math.round(from.startOf('day').diff(reference.startOf('day'), 'days').days);
  const near = days === 0 ? 'Today' : days === 1 ? 'Tomorrow' : '';
  return near ? `${near}, ${title}` : title;
};

function sayEvent({ title, start, end, all_day, location }: Event, zone: string): string {
  const at = all_day
    ? 'all day'
    : start === end
      ? clock(start, zone)
      : `${clock(start, zone)}–${clock(end, zone)}`;
  return `${at} ${quote(title)}${location ? ` at ${location}` : ''}`;
}

const dayIn = (at: string, zone: string): string => dayOf(DateTime.fromISO(at, { zone }));
const dueDay = (due: string, zone: string): string => (due.length === 10 ? due : dayIn(due, zone));

/** An event of several days is told on each of them. */
function takesPlaceOn({ start, end }: Event, day: DateTime): boolean {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  return (
    from < day.plus({ days: 1 }).toMillis() &&
    (to > day.toMillis() || (from === to && from >= day.toMillis()))
  );
}

function titles(tasks: readonly Task[], zone: string): string {
  const said = tasks
    .slice(0, TASKS_SAID)
    .map(({ title, due_date }) =>
      due_date !== null && due_date.length > 10
        ? `${quote(title)} at ${clock(due_date, zone)}`
        : quote(title),
    );
  const rest = tasks.length - said.length;
  return `${said.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function remindersOf(reminders: readonly Reminder[], zone: string): string {
  const said = reminders
    .slice(0, TASKS_SAID)
    .map(({ title, remind_at: at }) => `${clock(at, zone)} ${quote(title)}`);
  const rest = reminders.length - said.length;
  return `${said.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const more = (rest: number, noun: string): string[] => (rest > 0 ? [`… and ${count(rest, noun)} more`] : []);

function sayConflicts({ conflicts, timezone }: BriefingData, withDay: boolean): string[] {
  const said = conflicts.slice(0, CONFLICTS_SAID).map(({ first, second }) => {
    const at = DateTime.fromISO(second.start, { zone: timezone });
    const when = at.toFormat(withDay ? "ccc 'at' HH:mm" : 'HH:mm', { locale: 'en' });
    return `${quote(first.title)} and ${quote(second.title)} overlap ${withDay ? 'on' : 'at'} ${when}.`;
  });
  const rest = conflicts.length - said.length;
  return [...said, ...(rest > 0 ? [`${count(rest, 'more conflict')}.`] : [])];
}

const sayOverdue = ({ overdue, timezone }: BriefingData): string[] =>
  overdue.length > 0 ? [`Overdue: ${overdueTitles(overdue, timezone)}.`] : [];

function overdueTitles(tasks: readonly Task[], zone: string): string {
  const said = tasks.slice(0, TASKS_SAID).map(({ title, due_date }) => {
    const day = due_date === null ? '' : dueDay(due_date, zone);
    return `${quote(title)} (${DateTime.fromISO(day, { zone }).toFormat('d LLLL', { locale: 'en' })})`;
  });
  const rest = tasks.length - said.length;
  return `${said.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function sayFree({ free, timezone }: BriefingData, withDay: boolean): string[] {
  if (free.length === 0) return [];
  const span = ({ start, end }: BriefingData['free'][number]): string =>
    `${clock(start, timezone)}–${clock(end, timezone)}`;
  if (!withDay) {
    const rest = free.length - FREE_SAID;
    return [`Free: ${free.slice(0, FREE_SAID).map(span).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
  }
  const lengthOf = ({ start, end }: BriefingData['free'][number]): number =>
    Date.parse(end) - Date.parse(start);
  const longest = free.reduce((best, slot) => (lengthOf(slot) > lengthOf(best) ? slot : best));
  const day = DateTime.fromISO(longest.start, { zone: timezone }).toFormat('cccc', { locale: 'en' });
  return [`Most room: ${day} ${span(longest)}.`];
}

function sayChanges({ changed, changed_more: besides }: BriefingData): string[] {
  if (changed.length === 0) return [];
  const rest = changed.length - CHANGES_SAID + besides;
  const said = changed.slice(0, CHANGES_SAID).join('; ');
  return [`Since yesterday: ${said}${rest > 0 ? `; and ${count(rest, 'other change')}` : ''}.`];
}
