import { sayRecurrence } from '../../../contracts/recurrence.ts';
import type { Card } from '../../../contracts/result.ts';
import { done, type Outcome, type Step, type Work } from '../outcome.ts';
import { quote, sayDate } from '../sentences.ts';
import { localTo } from '../reminder-fields.ts';

/** "When do I take my pills?": the task that is due then, the reminder of it, or what stands in the calendar. */
export async function whenIs({ ports, timezone, reference }: Work, query: string): Promise<Step> {
  const [{ tasks, grade }, { reminders, grade: ofReminders }, { events, grade: ofEvents }] =
    await Promise.all([
      ports.tasks.match(query, MATCHED_MAX),
      ports.reminders.match(query, MATCHED_MAX),
      ports.events.match(query, MATCHED_MAX),
    ]);
  const day = (at: string): string => sayDate(at, timezone, reference);
  const task = grade === 'part' ? undefined : tasks.find(({ status }) => status === 'open');
  const reminder = ofReminders === 'part' ? undefined : reminders.find(({ status }) => status !== 'done');
  const coming = ofEvents === 'part' ? [] : events.slice(0, 1);
  const [event] = await Promise.all(
    coming.map(async ({ title }) => (await ports.events.within({ from: reference, text: title }))[0]),
  );
  if (task && (task.due_date !== null || !(reminder ?? event)))
    return told(
      `${quote(task.title)} ${task.due_date === null ? 'is on your list, and has no due date' : `is due ${day(task.due_date)}`}.`,
      { kind: 'task', data: { task, change: 'shown' } },
      { kind: 'task', id: task.id, title: task.title },
    );
  if (reminder) {
    const at = day(localTo(new Date(reminder.remind_at), timezone));
    const again = reminder.recurrence === null ? '' : ` ${sayRecurrence(reminder.recurrence)}, next`;
    return told(
      `I remind you of ${quote(reminder.title)}${again} ${at}.`,
      { kind: 'reminder', data: { reminder, change: 'shown' } },
      { kind: 'reminder', id: reminder.id, title: reminder.title },
    );
  }
  if (event)
    return told(
      `${quote(event.title)} is ${day(event.all_day ? event.start.slice(0, 10) : event.start)}.`,
      { kind: 'event', data: { event, change: 'shown', beside: [] } },
      { kind: 'event', id: event.id, title: event.title },
    );
  return done({
    reply: `I found no task, reminder or event ${quote(query)}.`,
    executionResult: { total: 0 },
  });
}

const MATCHED_MAX = 5;

const told = (reply: string, card: Card, opened: NonNullable<Outcome['opened']>): Step =>
  done({ reply, cards: [card], executionResult: { total: 1, [`${opened.kind}_id`]: opened.id }, opened });
