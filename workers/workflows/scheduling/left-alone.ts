import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import type { Work } from '../outcome.ts';
import { count, quote } from '../sentences.ts';
import { minutesOf } from './plan-problem.ts';

/** Open tasks that no time is looked for. */
export interface LeftAlone {
  /** Done at an hour of their own, which is taken for nothing else. */
  atTheirHour: Task[];
  /** Things rather than work. */
  things: Task[];
}

/** What stands on such a list is got together, and nothing of it takes a block of the day. */
const THINGS =
  /\b(?:shopping|grocer(?:y|ies)|(?:super)?market|pharmacy|drug\s?store|packing|wish|gifts?|presents?)\b/i;

/**
 * A task that is said to be done at six is done at six, and the plan puts it nowhere else; one that is due *by* six is work
 * like any other. Where neither was said, the hour is a deadline.
 */
export async function leftAlone({ ports, reference }: Work, open: readonly Task[]): Promise<LeftAlone> {
  const timed = open.filter(({ due_date }) => (due_date?.length ?? 0) > 10);
  // Once its hour is over, it is work to be done some time.
  const once = timed.filter(
    ({ due_date, recurrence }) => recurrence === null && Date.parse(due_date ?? '') > reference.getTime(),
  );
  const words =
    once.length === 0 ? new Map<string, string>() : await ports.receipts.dueWords(once.map(({ id }) => id));
  return {
    atTheirHour: timed.filter(({ id, recurrence }) => recurrence !== null || isAtHour(words.get(id) ?? '')),
    things: open.filter(({ list, duration_minutes }) => duration_minutes === null && THINGS.test(list ?? '')),
  };
}

const isAtHour = (words: string): boolean => AT_HOUR.test(words) && !DEADLINE.test(words);
const AT_HOUR =
  /\bat\s+(?:\d|noon|midnight|half|quarter|\w+\s+o['’]?clock)|\b\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)\b|\b\d{1,2}:\d\d\b/i;
const DEADLINE = /\b(?:by|before|until|till|til|due|deadline|latest|no\s+later)\b/i;

/** The time that tasks at their own hour take, as far as it is known. */
export const hoursOf = (
  { atTheirHour }: LeftAlone,
  usual: number,
): { id: string; title: string; start: string; end: string }[] =>
  atTheirHour.flatMap((task) => {
    const at = DateTime.fromISO(task.due_date ?? '', { setZone: true });
    const end = at.plus({ minutes: minutesOf(task, usual) });
    const [start, until] = [at.toUTC().toISO(), end.toUTC().toISO()];
    return start && until ? [{ id: task.id, title: task.title, start, end: until }] : [];
  });

const NAMED_MAX = 3;

/** Which tasks were left alone, and why. */
export function sayLeftAlone({ atTheirHour, things }: LeftAlone): string[] {
  return [
    atTheirHour.length > 0
      ? `${named(atTheirHour)} ${atTheirHour.length === 1 ? 'stays at its' : 'stay at their'} own hour.`
      : '',
    things.length > 0
      ? `${count(things.length, 'thing')} on your ${listsOf(things)} ${things.length === 1 ? 'takes' : 'take'} no block of time: add "do the shopping, 1 hour" to plan it.`
      : '',
  ].filter(Boolean);
}

function named(tasks: readonly Task[]): string {
  const titles = tasks.slice(0, NAMED_MAX).map(({ title }) => quote(title));
  const more = tasks.length - titles.length;
  const all = more > 0 ? [...titles, `${more} more`] : titles;
  const last = all.pop() ?? '';
  return all.length > 0 ? `${all.join(', ')} and ${last}` : last;
}

function listsOf(tasks: readonly Task[]): string {
  const [first, ...others] = [...new Set(tasks.map(({ list }) => list ?? ''))];
  return others.length > 0 ? 'lists of things' : `${first ?? ''} list`.replace(/list list$/i, 'list');
}
