import { DateTime } from 'luxon';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import { cutText } from '../../../core/cut-text.ts';
import type { Reminder, Task } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { Card } from '../../../contracts/result.ts';
import { doneForNow } from '../done-for-now.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { localTo, newReminder, putOff } from '../reminder-fields.ts';
import { capital, count, quote, sayDate } from '../sentences.ts';
import { isAgreed, isShownAgain, sayMissing, showing, shownTo } from '../shown.ts';
import { seenReminder } from '../since-shown.ts';
import { completeTask } from './finish.ts';
import { reminderMeant, resolveReminders, toldJustNow } from './find-reminder.ts';
import { sayHeldBack } from './held-back.ts';
import { asFrom, momentBefore, momentIn } from './remind-when.ts';
import { findThing } from './reminded-item.ts';
import { firstTime } from './repetition.ts';

/** Where nothing is said, something is put off by this. */
const SNOOZE_MINUTES = 10;
const SNOOZE = /\bsnooz(?:e|ing)\b/i;
/** What stands for a title in "remind me again tomorrow". */
const AGAIN = /^(?:(?:me\s+)?again|(?:(?:it|that|this)\s+)?later|not now|(?:it|that|this)(?:\s+again)?)$/i;

type Change = Extract<Card, { kind: 'reminder' }>['data']['change'];

/** Tries an act on a reminder first, where one is meant, and otherwise leaves it to the tasks. */
export const orReminder =
  (task: Handler, reminder: (work: Work, told: Reminder | null) => Promise<Step>): Handler =>
  async (work) => {
    const shown = shownTo(work);
    if (shown) return shown.kind === 'reminder' ? reminder(work, null) : task(work);
    const meant = await reminderMeant(work);
    const thing = meant && (await taskBehind(work));
    // A day alone keeps the hour of the task, from which the reminder counts.
    if (thing) return task({ ...work, slots: { ...work.slots, target: { kind: 'task', id: thing.id } } });
    return meant ? reminder(work, meant.told) : task(work);
  };

/** "Move it to friday" after "remind me two hours before" is said of the task, and its reminder goes with it. */
async function taskBehind({ action, slots, params, words, context, ports }: Work): Promise<Task | null> {
  const { last_receipt: recent } = context;
  const isIt = action === 'update_task' && slots.target?.reference === 'last' && params?.before === undefined;
  if (!isIt || recent?.kind !== 'reminder' || /\bremind|\bsnooz|\balarm|\btimer/i.test(words)) return null;
  const reminder = await ports.reminders.find(recent.item_id);
  const counts = reminder !== null && reminder.before_minutes !== null && reminder.fired_at === null;
  return counts && reminder.item_kind === 'task' && reminder.item_id !== null
    ? ports.tasks.find(reminder.item_id)
    : null;
}

/** One that was told is over; of what it is about, if that is a task, so is the task. One that repeats comes again. */
export async function doneReminder(work: Work, told: Reminder | null): Promise<Step> {
  const found = await resolveReminders(work, 'complete', told);
  if ('step' in found) return found.step;
  const [first, other] = found.reminders;
  const named = /\b(?:reminder|alarm|timer)s?\b/i.test(work.words);
  const pointed = first?.id === told?.id || work.slots.target?.reference === 'last';
  if (first && !other && !named && first.item_kind === 'task' && first.item_id && pointed)
    return completeTask({ ...work, slots: { target: { kind: 'task', id: first.item_id } } });
  const columns = new Map(
    await Promise.all(
      found.reminders.map(async (one) => [one.id, await doneForNow(work.ports, one, work)] as const),
    ),
  );
  const ending = found.reminders.filter(({ id }) => columns.get(id) !== null);
  if (first && !other && ending.length === 0) {
    const at = sayAt(first.remind_at, work);
    return done({ reply: `Done. ${quote(first.title)} comes again ${at}.`, item: itemOf(first) });
  }
  const next = first && !other ? columns.get(first.id)?.['remind_at'] : undefined;
  return change(work, ending.length > 0 ? ending : found.reminders, {
    verb: 'complete',
    past: 'Done',
    op: 'update',
    change: 'updated',
    columns: ({ id }) => columns.get(id) ?? {},
    note: typeof next === 'string' ? ` It comes again ${sayAt(next, work)}.` : '',
  });
}

/** It is told no more; also how one that repeats is ended. */
export async function deleteReminder(work: Work, told: Reminder | null): Promise<Step> {
  const found = await resolveReminders(work, 'delete', told);
  if ('step' in found) return found.step;
  const at = work.now.toISOString();
  return change(work, found.reminders, {
    verb: 'delete',
    past: 'Deleted the reminder',
    op: 'delete',
    change: 'deleted',
    columns: () => ({ deleted_at: at, updated_at: at }),
  });
}

/** Another moment, name or repetition: "snooze it 10 minutes", "move the reminder to 6pm". */
export async function updateReminder(work: Work, told: Reminder | null): Promise<Step> {
  const { slots, params, now } = work;
  const found = await resolveReminders(work, SNOOZE.test(work.words) ? 'snooze' : 'change', told);
  if ('step' in found) return found.step;
  const [first] = found.reminders;
  if (!first) return done({ reply: 'There is nothing to change.' });
  const before = await beforeItsThing(work, first);
  const to = before ?? movedTo(work, first);
  const { title, recurrence } = slots;
  if (!to && title === undefined && recurrence === undefined && !params?.clear?.includes('recurrence'))
    return ask({ slot: 'due_date', question: `When should I remind you of ${quote(first.title)}?` });
  if (to && to <= work.reference) {
    const reply = `${capital(sayAt(localTo(to, work.timezone), work))} is over. Name a time to come.`;
    return done({ reply, decision: 'REFUSE', refused: { code: 'validation_error', message: reply } });
  }
  const snoozed = isSnooze(work, first);
  const columns = (one: Reminder): Record<string, unknown> => {
    const at = before ?? movedTo(work, one);
    const rule = recurrence ?? one.recurrence;
    return {
      updated_at: now.toISOString(),
      ...(title !== undefined && { title }),
      ...(recurrence !== undefined && repeated(one, recurrence, work)),
      ...(params?.clear?.includes('recurrence') && { recurrence: null }),
      ...(at && putOff(at, now, work.receivedAt)),
      // What was put off once keeps its place in the series; what was moved takes the series along.
      ...(at &&
        rule !== null &&
        !snoozed && {
          series_start: at.toISOString(),
          recurrence: asFrom(rule, DateTime.fromJSDate(at, { zone: one.timezone })),
        }),
      // From now on it stands by itself.
      ...(at && !snoozed && { before_minutes: before ? (params?.before ?? null) : null }),
    };
  };
  const again = to !== null && !snoozed && recurrence === undefined ? first.recurrence : null;
  const detail = [
    again !== null && to && sayRecurrence(asFrom(again, DateTime.fromJSDate(to, { zone: first.timezone }))),
    to &&
      `${again === null ? '' : 'next '}${snoozed ? 'until ' : ''}${sayAt(localTo(to, work.timezone), work)}`,
    recurrence !== undefined && `repeats ${sayRecurrence(recurrence)}`,
    title !== undefined && `it is called ${quote(title)} now`,
    params?.clear?.includes('recurrence') && 'it does not repeat',
  ].filter(Boolean);
  return change(work, found.reminders, {
    verb: 'change',
    past: snoozed ? 'Snoozed' : 'Changed the reminder',
    op: 'update',
    change: 'updated',
    columns,
    detail: detail.length > 0 ? `${snoozed ? '' : ':'} ${detail.join(', ')}` : '',
    note: to ? await sayHeldBack({ remind_at: to, timezone: first.timezone }, work) : '',
  });
}

/** By another rule: its next time stays only where the rule has it. */
function repeated(one: Reminder, recurrence: string, { now, receivedAt }: Work): Record<string, unknown> {
  const next = new Date(one.remind_at);
  const first = firstTime(recurrence, one.timezone, next);
  const zone = one.timezone;
  const { hour, minute } = DateTime.fromJSDate(next, { zone });
  const at =
    first !== null && first.length === 10
      ? DateTime.fromISO(first, { zone }).set({ hour, minute }).toJSDate()
      : new Date(first ?? next);
  return {
    ...(at.getTime() !== next.getTime() && putOff(at, now, receivedAt)),
    recurrence,
    series_start: at.toISOString(),
  };
}

/** "Two hours before" what it hangs on; null where no such distance was said. */
async function beforeItsThing(work: Work, { item_kind: kind, item_id: id }: Reminder): Promise<Date | null> {
  const minutes = work.params?.before;
  if (minutes === undefined || !kind || !id) return null;
  const found = await findThing(work, { kind, id }, minutes);
  return 'thing' in found ? momentBefore(found.thing, minutes, work) : null;
}

/** Whether a moment is only this once: said so, or of what was told already. */
const isSnooze = ({ words }: Work, { status }: Reminder): boolean => SNOOZE.test(words) || status === 'fired';

/** Where the words put a reminder; null where they name no time. A day alone keeps the hour. */
function movedTo(work: Work, reminder: Reminder): Date | null {
  const { slots, params, timezone: zone, reference, words } = work;
  const { shift } = params ?? {};
  const snooze = isSnooze(work, reminder);
  const now = DateTime.fromJSDate(reference, { zone });
  const was = DateTime.fromISO(reminder.remind_at, { zone });
  // What was told is put off from now; what is still to come from when it would have come.
  const from = reminder.fired_at !== null || was < now ? now : was;
  if (shift) {
    const unit = shift.unit === 'workday' ? 'day' : shift.unit;
    return (snooze ? from : was).plus({ [`${unit}s`]: shift.count }).toJSDate();
  }
  const due = slots.remind_at ?? slots.due_date ?? slots.start;
  if (due !== undefined && params?.day_kept === due)
    return atHourOf(was, DateTime.fromISO(due, { zone }), words);
  if (due !== undefined && due.length > 10) return new Date(due);
  if (due !== undefined)
    return DateTime.fromISO(due, { zone }).set({ hour: was.hour, minute: was.minute }).toJSDate();
  if (slots.date_range) return momentIn(slots.date_range, work);
  const minutes = slots.duration_minutes ?? spokenMinutes(words);
  if (minutes !== null) return from.plus({ minutes }).toJSDate();
  return SNOOZE.test(words) && slots.title === undefined
    ? from.plus({ minutes: SNOOZE_MINUTES }).toJSDate()
    : null;
}

/** Another hour of its day; where its half was not said, the one that is nearer to where it was. */
function atHourOf(was: DateTime, { hour, minute }: DateTime, words: string): Date {
  const said = was.set({ hour, minute, second: 0, millisecond: 0 });
  const other = said.set({ hour: (hour + 12) % 24 });
  const isSaid = /\d\s*[ap]\.?m\b|\b(?:1[3-9]|2[0-3]|0\d)[:.]\d\d|\bnoon\b|\bmidnight\b/i.test(words);
  const far = (at: DateTime): number => Math.abs(at.toMillis() - was.toMillis());
  return (isSaid || far(said) <= far(other) ? said : other).toJSDate();
}

/** "Snooze 15 min" */
function spokenMinutes(words: string): number | null {
  const said = /\bsnooze\b.*?\b(?<n>\d{1,3})\s*(?<unit>m|mins?|minutes?|h|hrs?|hours?)\b/i.exec(
    words,
  )?.groups;
  return said?.['n'] === undefined ? null : Number(said['n']) * (said['unit']?.startsWith('h') ? 60 : 1);
}

/**
 * "Remind me again tomorrow", or "remind me in 10 minutes" right after it was told: what there is comes again. What is
 * no reminder yet becomes one of what was spoken of.
 *
 * @returns null for a reminder of something else
 */
export async function putOffAgain(work: Work): Promise<Step | null> {
  const { slots, params } = work;
  if (slots.target || params?.before !== undefined || slots.recurrence) return null;
  const again = slots.title !== undefined && AGAIN.test(slots.title);
  if (!again && (slots.title !== undefined || !/\bremind me\b/i.test(work.words))) return null;
  const { last_receipt: recent } = work.context;
  const told = await toldJustNow(work);
  const spoken =
    again && recent?.kind === 'reminder' ? await work.ports.reminders.find(recent.item_id) : null;
  const meant = told ?? spoken;
  const { title: _again, ...rest } = slots;
  if (meant) {
    const hasTime = slots.remind_at !== undefined || slots.date_range !== undefined;
    if (!hasTime)
      return ask({ slot: 'remind_at', question: `When should I remind you of ${quote(meant.title)} again?` });
    const snooze = {
      ...work,
      words: `snooze ${work.words}`,
      slots: { ...rest, target: { kind: 'reminder' as const, id: meant.id } },
    };
    return updateReminder(snooze, told);
  }
  const at = slots.remind_at
    ? new Date(slots.remind_at)
    : slots.date_range
      ? momentIn(slots.date_range, work)
      : null;
  if (!again || !at || at <= work.reference) return null;
  const found = await findThing(work, { kind: 'any', reference: 'last' }, 0);
  if (!('thing' in found)) return null;
  const { thing } = found;
  const { reminder, effect } = newReminder(
    work.newId(),
    { title: thing.title, remind_at: at, timezone: work.timezone, item: thing },
    { now: work.now, saidAt: work.receivedAt, reason: whyOf(work) },
  );
  const held = await sayHeldBack({ remind_at: at, timezone: work.timezone }, work);
  return done({
    reply: `Reminder set: ${quote(thing.title)}, ${sayAt(reminder.remind_at, work)}.${held}`,
    summary: `Set a reminder: ${quote(thing.title)}`,
    effects: [effect],
    cards: [{ kind: 'reminder', data: { reminder, change: 'created' } }],
    executionResult: { reminder_id: reminder.id },
    item: itemOf(reminder),
  });
}

const whyOf = ({ words }: Work): string => `you asked: "${cutText(words, 300)}"`;
const sayAt = (value: string, { timezone, reference }: Work): string =>
  sayDate(localTo(new Date(value), timezone), timezone, reference);
const itemOf = ({ id, title }: Reminder) => ({ kind: 'reminder', id, title });

interface Plan {
  verb: string;
  past: string;
  op: EffectWrite['op'];
  change: Change;
  columns(reminder: Reminder): Record<string, unknown>;
  detail?: string;
  /** Said behind it. */
  note?: string;
}

/** One change to one or several reminders: confirmed where policy wants it, otherwise planned at once. */
function change(work: Work, reminders: readonly Reminder[], plan: Plan): Step {
  const [first] = reminders;
  if (!first) return done({ reply: 'There is nothing to change.' });
  if (work.confirmed === false) return done({ reply: 'All right, nothing was changed.' });
  const many = reminders.length > 1;
  const subject = many ? count(reminders.length, 'reminder') : quote(first.title);
  const shown = shownTo(work);
  const memo = showing('reminder', reminders.map(seenReminder));
  const asks = needsConfirmation(work.action, reminders.length) || isShownAgain(work);
  if (asks && !isAgreed(work)) {
    const titles = reminders.slice(0, 3).map(({ title }) => quote(title));
    const more = reminders.length > 3 ? ` and ${reminders.length - 3} more` : '';
    return ask({
      slot: 'target',
      kind: 'confirm',
      question: `${capital(plan.verb)} ${subject}? (${titles.join(', ')}${more})`,
      choices: [
        { choice_id: 'yes', label: `Yes, ${plan.verb} them` },
        { choice_id: 'no', label: 'No' },
      ],
      choiceSlots: { yes: {}, no: {} },
      memo,
    });
  }
  const after = reminders.map((reminder) => changed(reminder, plan.columns(reminder)));
  const past = many ? plan.past.replace(/ the reminder$/, '') : plan.past;
  const sentence = `${past}${past === 'Done' ? ':' : ''} ${subject}${plan.detail ?? ''}`;
  const [card] = after;
  return done({
    reply: `${sentence}.${plan.note ?? ''}${sayMissing(shown, reminders.length, 'gone already')}`,
    decision: work.confirmed ? 'CONFIRM' : 'AUTO',
    summary: sentence,
    effects: reminders.map((reminder) => ({
      kind: 'reminder',
      op: plan.op,
      id: reminder.id,
      version: reminder.version,
      fields: plan.columns(reminder),
      reason: whyOf(work),
    })),
    cards:
      card && !many
        ? [{ kind: 'reminder', data: { reminder: card, change: plan.change } }]
        : [{ kind: 'reminders', data: { reminders: after, total: after.length, title: sentence } }],
    executionResult: many ? { reminder_ids: reminders.map(({ id }) => id) } : { reminder_id: first.id },
    item: card && !many ? itemOf(card) : null,
    memo,
  });
}

/** The reminder that columns lead to, as clients will see it after the commit. */
function changed(reminder: Reminder, columns: Record<string, unknown>): Reminder {
  const known = Object.fromEntries(Object.entries(columns).filter(([name]) => name in reminder));
  const at = typeof columns['remind_at'] === 'string' ? new Date(columns['remind_at']) : null;
  return {
    ...reminder,
    ...known,
    remind_at: at ? localTo(at, reminder.timezone) : reminder.remind_at,
    version: reminder.version + 1,
  };
}
