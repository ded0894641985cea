import type { Contact, Draft, Event, Reminder, Task } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import type { Db } from '../../db/connect.ts';

/** Things that the cards of a story are about. */
export interface StoryThings {
  /** At least four of one day, in order; the second overlaps the third. */
  events: readonly Event[];
  tasks: readonly Task[];
  reminders: readonly Reminder[];
  contact: Contact;
  draft: Draft;
  sessionId: string;
  turnId: string;
}

const HOUR_MS = 3_600_000;
const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();

/** One card of each kind that a calendar, reminders, a plan and a search give. */
export function storyCards(things: StoryThings): Card[] {
  const { events, tasks, reminders, contact, draft, sessionId, turnId } = things;
  const [first, second, third, last] = events;
  const [task, other] = tasks;
  const [reminder] = reminders;
  if (!first || !second || !third || !last || !task || !other || !reminder)
    throw new Error('A story needs its things');
  const range = { start: later(first.start, -3), end: later(first.start, 66) };
  return [
    { kind: 'event', data: { event: second, change: 'created', beside: [third] } },
    { kind: 'events', data: { title: 'Your week', events: [...events], total: events.length + 2 } },
    { kind: 'reminder', data: { reminder, change: 'created' } },
    {
      kind: 'reminders',
      data: { title: 'Your reminders', reminders: [...reminders], total: reminders.length },
    },
    ...(['proposed', 'committed'] as const).map((state): Card => ({
      kind: 'schedule',
      data: {
        title: state === 'proposed' ? 'A plan for your week' : 'Your plan',
        timezone: 'UTC',
        state,
        range,
        blocks: [
          {
            task_id: task.id,
            title: task.title,
            start: later(last.end, 1),
            end: later(last.end, 2.5),
            was: null,
            reason: 'due first, and the longest free time before its date',
          },
          {
            task_id: other.id,
            title: other.title,
            start: later(first.start, 26),
            end: later(first.start, 28),
            was: { start: first.start, end: later(first.start, 2) },
            reason: 'makes room for the dentist, which can’t move',
          },
        ],
        slots: [],
        events: [...events],
        unscheduled: [
          { task_id: other.id, title: 'Paint the fence', reason: 'no 4 hours in one piece before its date' },
        ],
      },
    })),
    {
      kind: 'schedule',
      data: {
        title: 'Free for an hour and a half',
        timezone: 'UTC',
        state: 'proposed',
        range,
        blocks: [],
        slots: [
          { start: later(last.end, 1), end: later(last.end, 2.5) },
          { start: later(first.start, 24), end: later(first.start, 27) },
        ],
        events: [...events],
        unscheduled: [],
      },
    },
    {
      kind: 'briefing',
      data: {
        title: 'Your day',
        timezone: 'UTC',
        range: { start: later(first.start, -8), end: later(first.start, 16) },
        events: [...events],
        due: [task],
        overdue: [other],
        conflicts: [{ first: second, second: third }],
        free: [{ start: later(last.end, 0), end: later(last.end, 2) }],
        reminders: [],
        changed_more: 0,
        changed: ['“Dentist” moved from 14:00 to 15:00.', 'Two tasks were done.'],
      },
    },
    {
      kind: 'search',
      data: {
        query: 'physics dentist',
        total: 9,
        hits: [
          {
            kind: 'task',
            id: task.id,
            title: task.title,
            snippet: task.title,
            at: null,
            session_id: null,
            score: 0.9,
          },
          {
            kind: 'event',
            id: second.id,
            title: second.title,
            snippet: '… ask the dentist about <b>Tuesday</b> …',
            at: second.start,
            session_id: null,
            score: 0.8,
          },
          {
            kind: 'draft',
            id: draft.id,
            title: draft.subject,
            snippet: '… about my physics exam …',
            at: draft.updated_at,
            session_id: null,
            score: 0.6,
          },
          {
            kind: 'turn',
            id: turnId,
            title: 'hello',
            snippet: 'hello, and good morning',
            at: later(first.start, -48),
            session_id: sessionId,
            score: 0.4,
          },
        ],
      },
    },
    { kind: 'search', data: { query: 'zeppelin', total: 0, hits: [] } },
    { kind: 'contact', data: { contact, change: 'created' } },
    { kind: 'email', data: { draft, change: 'updated' } },
  ];
}

/** Gives a turn that has ended other cards, as if it had been answered with them. */
export async function tellCards(db: Db, turnId: string, cards: readonly Card[]): Promise<void> {
  await db('turn_results')
    .where({ turn_id: turnId })
    .update({ result: db.raw(`jsonb_set(result, '{cards}', ?::jsonb)`, [JSON.stringify(cards)]) });
}
