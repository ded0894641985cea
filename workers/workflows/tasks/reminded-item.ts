import { DateTime } from 'luxon';
import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import type { Event, Task } from '../../../contracts/entities.ts';
import { atPlace } from '../../../contracts/last-spoken.ts';
import type { Target } from '../../../contracts/slots.ts';
import { nextTakingPlace } from '../../../db/occurrences.ts';
import { ask, type Step, type Work } from '../outcome.ts';
import type { MatchGrade } from '../ports.ts';
import { CHOICES_MAX } from '../references.ts';
import { quote, sayDate } from '../sentences.ts';

/** A task or an event that somebody is to be reminded of. */
export interface Thing {
  kind: 'task' | 'event';
  id: string;
  title: string;
  /** When it is due or begins; of a series its next day. Null where it has no hour. */
  at: Date | null;
  /** The day it is on, where it has no hour. */
  day: string | null;
  /** The rule of a whole series; null where one day of it is meant. */
  series: { recurrence: string; timezone: string } | null;
  /** One day of a series is meant: its time is not that of its row. */
  ofSeries: boolean;
}

/** `missing`: nothing is called so. */
export type FoundThing = { thing: Thing } | { step: Step } | { missing: string } | { nothing: true };

/** What "the dentist", "it" or "the second one" is: a task or an event. */
export async function findThing(work: Work, target: Target, beforeMinutes: number): Promise<FoundThing> {
  const one = async (kind: string, id: string, start?: string): Promise<FoundThing> => {
    const thing = await thingById(work, { kind, id, start }, beforeMinutes);
    return thing ? { thing } : { nothing: true };
  };
  if (target.id) return one(target.kind, target.id, target.start);
  const { shown, last_receipt: recent } = work.context;
  const meant = target.ordinal === undefined ? null : atPlace(work.context, target.ordinal);
  if (meant) return one(meant.kind, meant.id, meant.start);
  if (target.reference === 'ordinal') return { nothing: true };
  if (target.query) return named(work, target.query, beforeMinutes);
  const [only, other] = shown;
  if (recent) return one(recent.kind, recent.item_id, recent.start);
  return only && !other ? one(only.kind, only.id, only.start) : { nothing: true };
}

/** The one thing that is called just so; null where none or several are. */
export async function calledSo(work: Work, title: string): Promise<Thing | null> {
  const { things, grade } = await matching(work, title, 0);
  const [only, other] = things;
  return only && !other && grade === 'whole' ? only : null;
}

async function named(work: Work, said: string, beforeMinutes: number): Promise<FoundThing> {
  const query = said
    .replace(/^(?:every|each|the|my|all)\s+/i, '')
    .replace(/\s+(?:thing|one|is|starts?|begins?)$/i, '')
    .trim();
  const { things, grade } = await matching(work, query, beforeMinutes);
  const [only, other] = things;
  if (!only) return { missing: query };
  if (grade !== 'part' && !other) return { thing: only };
  return { step: whichThing(work, things, grade === 'part' ? query : null) };
}

const GRADES: readonly MatchGrade[] = ['whole', 'start', 'part'];

/** Open tasks and coming events with the words; only those that fit best. */
async function matching(
  work: Work,
  words: string,
  beforeMinutes: number,
): Promise<{ things: Thing[]; grade: MatchGrade }> {
  const { tasks, events } = work.ports;
  const [ofTasks, ofEvents] = await Promise.all([
    tasks.match(words, CHOICES_MAX),
    events.match(words, CHOICES_MAX),
  ]);
  const graded = [
    ...ofTasks.tasks
      .filter(({ status }) => status === 'open')
      .map((task) => ({ thing: ofTask(task), grade: ofTasks.grade })),
    ...ofEvents.events.map((event) => ({
      thing: ofEvent(work, event, undefined, beforeMinutes),
      grade: ofEvents.grade,
    })),
  ];
  const grade = GRADES.find((best) => graded.some((one) => one.grade === best)) ?? 'part';
  const best = graded.filter((one) => one.grade === grade).map(({ thing }) => thing);
  const ahead = best.filter(
    ({ at, kind }) => kind === 'task' || at === null || at.getTime() > work.reference.getTime(),
  );
  return { things: (ahead.length > 0 ? ahead : best).slice(0, CHOICES_MAX), grade };
}

/** @param loose the words, where they fit only in part */
function whichThing(work: Work, things: readonly Thing[], loose: string | null): Step {
  const choices = things.map(({ kind, id, title, at, day }) => {
    const time = at ? DateTime.fromJSDate(at, { zone: work.timezone }).toISO() : day;
    const when = time ? `, ${sayDate(time, work.timezone, work.reference)}` : '';
    return { choice_id: id, label: `${title}${when}`, target: { kind, id } };
  });
  return ask({
    slot: 'target',
    kind: 'choice',
    question:
      loose === null
        ? 'Which one do you mean?'
        : `I found nothing called ${quote(loose)}. Do you mean one of these?`,
    guess: loose !== null,
    choices: [
      ...choices.map(({ choice_id, label }) => ({ choice_id, label })),
      ...(loose === null ? [] : [{ choice_id: DROP_CHOICE, label: 'None of these' }]),
    ],
    choiceSlots: Object.fromEntries(choices.map(({ choice_id, target }) => [choice_id, { target }])),
  });
}

async function thingById(
  work: Work,
  { kind, id, start }: { kind: string; id: string; start?: string | undefined },
  beforeMinutes: number,
): Promise<Thing | null> {
  const { ports } = work;
  if (kind === 'task') {
    const task = await ports.tasks.find(id);
    return task && ofTask(task);
  }
  if (kind === 'event') {
    const event = await ports.events.find(id);
    return event && ofEvent(work, event, start, beforeMinutes);
  }
  if (kind !== 'reminder') return null;
  const reminder = await ports.reminders.find(id);
  const { item_kind, item_id } = reminder ?? {};
  return item_kind && item_id
    ? thingById(work, { kind: item_kind, id: item_id, start: undefined }, beforeMinutes)
    : null;
}

function ofTask({ id, title, due_date: due }: Task): Thing {
  const timed = due !== null && due.length > 10;
  return {
    kind: 'task',
    id,
    title,
    at: timed ? new Date(due) : null,
    day: timed ? null : due,
    series: null,
    ofSeries: false,
  };
}

function ofEvent(work: Work, event: Event, start: string | undefined, beforeMinutes: number): Thing {
  const { id, title, timezone, recurrence } = event;
  const oneDay = recurrence !== null && start !== undefined;
  const at = oneDay ? new Date(start) : nextStart(event, work.reference, beforeMinutes);
  return {
    kind: 'event',
    id,
    title,
    at: event.all_day ? null : at,
    day: event.all_day ? DateTime.fromJSDate(at, { zone: timezone }).toISODate() : null,
    series: recurrence === null || oneDay ? null : { recurrence, timezone },
    ofSeries: oneDay,
  };
}

/** When an event begins; of a series the next day that can still be told of that much before. */
function nextStart(event: Event, reference: Date, beforeMinutes: number): Date {
  const start = new Date(event.start);
  const { recurrence, timezone } = event;
  if (recurrence === null) return start;
  const after = new Date(reference.getTime() + beforeMinutes * 60_000);
  const leftOut = event.exceptions.map((at) => new Date(at));
  return nextTakingPlace({ start, timezone, recurrence }, leftOut, after) ?? start;
}
