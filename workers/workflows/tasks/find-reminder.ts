import { DateTime } from 'luxon';
import type { Reminder } from '../../../contracts/entities.ts';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import { atPlace } from '../../../contracts/last-spoken.ts';
import type { Target } from '../../../contracts/slots.ts';
import type { Step, Work } from '../outcome.ts';
import { meansThose, notFound, resolveItems, thoseMeant } from '../references.ts';
import { sayDate } from '../sentences.ts';
import { shownTo } from '../shown.ts';
import { localTo } from '../reminder-fields.ts';

/** For this long after a notice, "done" and "snooze" mean it. */
const JUST_TOLD_MS = 60 * 60_000;
/** More of one person are not looked through. */
const LOOKED_MAX = 200;

const NAMED = /\b(?:reminders?|alarms?|timers?)\b|\bremind(?:ing)? me\b/i;
const TASK = /\b(?:tasks?|to-?\s?dos?|to do)\b/i;
const SNOOZE = /\bsnooz(?:e|ing)\b/i;
/** Nothing is named: it is about what was told just now. */
const BARE =
  /^(?:it|that|this|for|until|till|by|me|snooze|done|again|later|\d+ ?(?:m|min|mins|minutes?|h|hours?))$/i;

/**
 * Whether words that could be about a task are about a reminder: they say so, or answer what was told just now.
 *
 * @returns null where they are not; `told` is the one that was told just now, where there is one
 */
export async function reminderMeant(work: Work): Promise<{ told: Reminder | null } | null> {
  const { target } = work.slots;
  const { last_receipt: recent } = work.context;
  if (target?.kind === 'reminder') return { told: await toldJustNow(work) };
  if (target?.id || target?.ids) return null;
  if (NAMED.test(work.words) && !TASK.test(work.words)) return { told: await toldJustNow(work) };
  const place = target?.ordinal;
  const meant = place === undefined ? null : atPlace(work.context, place);
  if (meant) return meant.kind === 'reminder' ? { told: null } : null;
  if (target?.reference === 'ordinal') return null;
  if (target?.query !== undefined && !BARE.test(target.query))
    return (await namesReminder(work, target.query)) ? { told: null } : null;
  if (target?.reference === 'all') return areThoseReminders(work) ? { told: null } : null;
  const spoken = recent?.kind === 'reminder';
  // "Done", said of a reminder that was just put off.
  const isDone = work.action === 'complete_task' && target === undefined;
  if (spoken && (target?.reference === 'last' || isDone || SNOOZE.test(work.words)))
    return { told: await toldJustNow(work) };
  const answers = work.action === 'complete_task' || SNOOZE.test(work.words);
  const told = answers ? await toldJustNow(work) : null;
  return told ? { told } : null;
}

/** "Delete both" after two reminders were set. */
function areThoseReminders({ words, context }: Work): boolean {
  const those = meansThose(words) ? thoseMeant(words, context) : [];
  return those.length > 1 && those.every(({ kind }) => kind === 'reminder');
}

/** "Cancel the timesheet one" after reminders were spoken of, or where no task is called so. */
async function namesReminder(work: Work, query: string): Promise<boolean> {
  const { ports, context, action } = work;
  const spoken = context.last_receipt?.kind === 'reminder' || context.shown[0]?.kind === 'reminder';
  if ((!spoken && action !== 'delete_task') || TASK.test(work.words)) return false;
  const { tasks, grade: ofTasks } = await ports.tasks.match(query, 1);
  if (tasks.length > 0 && ofTasks !== 'part') return false;
  const { reminders, grade } = await ports.reminders.match(query, 1);
  return reminders.length > 0 && grade !== 'part';
}

/** The reminder that was told last, unless something was changed since, or it is long ago. */
export async function toldJustNow({ ports, now, context }: Work): Promise<Reminder | null> {
  const changedAt = context.last_receipt ? Date.parse(context.last_receipt.at) : 0;
  const { reminders } = await ports.reminders.list(
    {
      status: ['scheduled', 'fired'],
      firedFrom: new Date(Math.max(now.getTime() - JUST_TOLD_MS, changedAt)),
    },
    LOOKED_MAX,
  );
  return (
    reminders.toSorted((a, b) => Date.parse(b.fired_at ?? '') - Date.parse(a.fired_at ?? '')).at(0) ?? null
  );
}

/** The reminders that an act means, or what to say instead. */
export async function resolveReminders(
  work: Work,
  verb: string,
  told: Reminder | null,
): Promise<{ reminders: Reminder[] } | { step: Step }> {
  const { reminders: reader } = work.ports;
  const shown = shownTo(work);
  if (shown?.kind === 'reminder') {
    const left = await Promise.all(shown.shown.map((id) => reader.find(id)));
    const reminders = left.filter((one) => one !== null);
    return reminders.length > 0 ? { reminders } : notFound('Those reminders are gone.');
  }
  const active = async (limit: number) =>
    reader.list({ status: ['scheduled', 'fired'], ...within(work) }, limit);
  const target = cleaned(work.slots.target);
  const said = target ? { ...work.slots, target } : without(work.slots);
  const nothingNamed =
    !target?.id && !target?.ids && target?.query === undefined && target?.ordinal === undefined;
  if (nothingNamed && target?.reference !== 'all' && !days(work)) {
    const recent = work.context.last_receipt;
    if (told && recent?.kind !== 'reminder') return { reminders: [told] };
    const { reminders, total } = await active(1);
    const [only] = reminders;
    if (only && total === 1) return { reminders: [only] };
  }
  const found = await resolveItems<Reminder>(
    { ...work, slots: said },
    {
      kind: 'reminder',
      noun: 'reminder',
      find: (id) => reader.find(id),
      last: async () => told ?? (await active(1)).reminders[0] ?? null,
      match: async (words, limit) => {
        const hour = HOUR.exec(words);
        if (hour) return { items: atHour(hour, (await active(LOOKED_MAX)).reminders, work), grade: 'whole' };
        const { reminders, grade } = await reader.match(words, limit);
        return { items: reminders, grade };
      },
      select: async (limit) => {
        const { reminders, total } = await active(limit);
        return { items: reminders, total };
      },
      narrowed: days(work) !== null,
      usual: ({ status }) => status !== 'done',
      offered: async (limit) => (await active(limit)).reminders,
      labels: (reminders) => reminders.map((reminder) => sayReminder(reminder, work)),
      idOf: ({ id }) => id,
      careful: work.action === 'delete_task',
      none: 'You have no reminders.',
    },
    verb,
  );
  return 'items' in found ? { reminders: found.items } : found;
}

/** "The 3pm one" */
const HOUR = /^(?:at\s+)?(?<hour>\d{1,2})(?::(?<minute>\d\d))?\s*(?<half>[ap])?\.?m?\.?(?:\s+one)?$/i;

/** Those that come at an hour, in either half of the day where it was not said. */
function atHour(said: RegExpExecArray, reminders: readonly Reminder[], { timezone: zone }: Work): Reminder[] {
  const { hour = '', minute = '0', half } = said.groups ?? {};
  const own = Number(hour) % 12;
  return reminders.filter(({ remind_at }) => {
    const at = DateTime.fromISO(remind_at, { zone });
    const fits = half === undefined || (half.toLowerCase() === 'p') === at.hour >= 12;
    return at.hour % 12 === own && at.minute === Number(minute) && (fits || Number(hour) > 12);
  });
}

/** One line of a list. */
export function sayReminder(
  { title, remind_at, status, fired_at, recurrence, before_minutes }: Reminder,
  { timezone, reference }: Work,
): string {
  const at = sayDate(localTo(new Date(remind_at), timezone), timezone, reference);
  const again = recurrence !== null && before_minutes === null ? `${sayRecurrence(recurrence)}, next ` : '';
  return `${title} (${again}${at}${status === 'fired' && fired_at ? ', told' : ''})`;
}

const without = ({ target: _none, ...rest }: Work['slots']): Work['slots'] => rest;

/** The words of the title without those that only say that it is a reminder. */
function cleaned(target: Target | undefined): Target | undefined {
  if (target?.query === undefined) return target;
  const query = target.query
    .replace(/^(?:dismiss|please|don't|do not|stop|quit|no longer|snooze)\s+/i, '')
    .replace(
      /^(?:remind(?:ing)? me|(?:the|my|that|this)\s+(?:reminders?|alarms?|timers?)|reminders?|alarms?|timers?)(?:\s+|$)/i,
      '',
    )
    .replace(/^(?:(?:about|to|of|for|the|my|at)\s+)+/i, '')
    .replace(/(?:^|\s+)(?:reminders?|alarms?|timers?)$/i, '')
    .trim();
  const { query: _said, ...rest } = target;
  if (query === '' || BARE.test(query) || /^the$/i.test(query))
    return { ...rest, reference: rest.reference ?? 'last' };
  const ordinal = PLACES.indexOf(query.toLowerCase());
  if (query.toLowerCase() === 'last') return { ...rest, reference: 'last', ordinal: -1 };
  if (ordinal >= 0) return { ...rest, reference: 'ordinal', ordinal: ordinal + 1 };
  return DAYS.test(query) ? undefined : { ...target, query };
}

/** In a list of reminders: "the first reminder". */
const PLACES: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];
const DAYS =
  /^(?<day>today|tonight|tomorrow|this week|next week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The day that a name stands for: "cancel my reminder for tomorrow". */
function days({ slots, timezone, reference }: Work): { from: Date; to: Date } | null {
  const { date_range: range } = slots;
  if (range) {
    const at = (value: string | undefined) =>
      value === undefined ? undefined : DateTime.fromISO(value, { zone: timezone }).toJSDate();
    return { from: at(range.start) ?? new Date(0), to: at(range.end) ?? new Date(8.64e15) };
  }
  const name = DAYS.exec(slots.target?.query ?? '')?.groups?.['day']?.toLowerCase();
  if (name === undefined) return null;
  const today = DateTime.fromJSDate(reference, { zone: timezone }).startOf('day');
  const weeks = { 'this week': 0, 'next week': 1 }[name];
  if (weeks !== undefined) {
    const monday = today.startOf('week').plus({ weeks });
    return { from: monday.toJSDate(), to: monday.plus({ weeks: 1 }).toJSDate() };
  }
  const ahead =
    name === 'tomorrow' ? 1 : name.startsWith('to') ? 0 : (WEEKDAYS.indexOf(name) + 8 - today.weekday) % 7;
  const day = today.plus({ days: ahead });
  return { from: day.toJSDate(), to: day.plus({ days: 1 }).toJSDate() };
}

const within = (work: Work): { from?: Date; to?: Date } => days(work) ?? {};
