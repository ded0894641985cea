import { createHash } from 'node:crypto';
import type { Event, Reminder, Task } from '../../contracts/entities.ts';
import { onDay } from './calendar/meant.ts';
import type { Step, Work } from './outcome.ts';
import type { Ports } from './ports.ts';
import { quote } from './sentences.ts';
import { shownTo, type Seen, type Shown } from './shown.ts';

/** All that a person goes by who says yes to it: what comes by itself, as a reminder that was told, is no change. */
type Look = readonly unknown[];

const hashed = (look: Look): string =>
  createHash('sha256').update(JSON.stringify(look)).digest('hex').slice(0, 16);

export const seenTask = (task: Task): Seen => ({ key: task.id, look: hashed(lookOfTask(task)) });
const lookOfTask = (task: Task): Look => [
  task.title,
  task.status,
  task.due_date,
  task.priority,
  task.list,
  task.tags,
  task.recurrence,
  task.parent_id,
];

export const seenReminder = (reminder: Reminder): Seen => ({
  key: reminder.id,
  look: hashed([reminder.title, Date.parse(reminder.remind_at), reminder.recurrence]),
});

/** @param day of a series, where one is meant; other days of it are no matter then */
export const seenEvent = (event: Event, day: Event | null): Seen => {
  const { title, start, end, location, participants } = day ?? event;
  const look = [title, Date.parse(start), Date.parse(end), location, participants];
  return day
    ? { key: `${event.id} ${day.start}`, look: hashed(look) }
    : { key: event.id, look: hashed([...look, event.recurrence]) };
};

/** What a yes is about, where some of it was changed since it was shown. */
export interface Since {
  /** To be shown again: those that are as they were, or all of them where none is. */
  again: Shown;
  /** What has become of the others. */
  told: string;
}

/**
 * What has been changed by somebody else between a question and its yes, which then means the rest.
 *
 * @returns null where all is as it was; what is gone is none of it, and told where the rest is acted on
 */
export async function sinceShown(
  work: Pick<Work, 'action' | 'confirmed' | 'memo' | 'ports'>,
): Promise<Since | null> {
  const shown = shownTo(work);
  if (!shown || shown.looks.length !== shown.shown.length) return null;
  const now = await lookAgain(work.ports, shown);
  const changed = new Map<string, string>();
  for (const [index, key] of shown.shown.entries()) {
    const found = now.get(key);
    if (!found || found.look === shown.looks[index]) continue;
    // Whoever wants them done is content with those that are.
    if (work.action === 'complete_task' && found.isDone) continue;
    changed.set(key, found.title);
  }
  if (changed.size === 0) return null;
  const left = shown.shown.filter((key) => !changed.has(key) && now.has(key));
  const again = left.length > 0 ? left : [...changed.keys()];
  return {
    again: { ...shown, shown: again, looks: [], again: true },
    told: sayChanged([...changed.values()], left.length > 0),
  };
}

/** The step of an act that shows its things once more, behind what is told of the others. */
export function asShownAgain(step: Step, { told }: Since): Step {
  return 'ask' in step
    ? { ask: { ...step.ask, question: `${told} ${step.ask.question}`, since: told } }
    : { done: { ...step.done, reply: `${told} ${step.done.reply}` } };
}

interface Found {
  title: string;
  look: string;
  isDone: boolean;
}

/** Those of what was shown that are there, by their keys. */
async function lookAgain(ports: Ports, { kind, shown }: Shown): Promise<Map<string, Found>> {
  if (kind === 'task') {
    const { tasks } = await ports.tasks.list({ ids: shown }, shown.length);
    return new Map(
      tasks.map((task) => [
        task.id,
        { title: task.title, look: seenTask(task).look, isDone: task.status === 'done' },
      ]),
    );
  }
  const all = await Promise.all(
    shown.map(async (key) => {
      const [id = '', start] = key.split(' ');
      const item = kind === 'event' ? await ports.events.find(id) : await ports.reminders.find(id);
      if (!item) return null;
      const seen =
        'remind_at' in item
          ? seenReminder(item)
          : seenEvent(item, start === undefined ? null : onDay(item, new Date(start)));
      return [key, { title: item.title, look: seen.look, isDone: false }] as const;
    }),
  );
  return new Map(all.filter((found) => found !== null));
}

function sayChanged(titles: readonly string[], areLeft: boolean): string {
  const named = titles.slice(0, NAMED_MAX).map(quote);
  const more = titles.length - named.length;
  const [last = '', ...others] = [...named, ...(more > 0 ? [`${more} more`] : [])].toReversed();
  const names = others.length > 0 ? `${others.toReversed().join(', ')} and ${last}` : last;
  const one = titles.length === 1;
  const left = areLeft ? `, so ${one ? 'it stays' : 'they stay'} as ${one ? 'it is' : 'they are'}` : '';
  return `${names} ${one ? 'has' : 'have'} been changed since I showed ${one ? 'it' : 'them'}${left}.`;
}
const NAMED_MAX = 3;
