import { DateTime } from 'luxon';
import { defineWorkflow } from '../define-workflow.ts';
import { done, type Handler, type Work } from '../outcome.ts';
import { briefingOf } from './briefing.ts';
import { dayPeriod, weekPeriod, type Period } from './period.ts';
import { sayBriefing } from './words.ts';

const daily: Handler = async (work) => brief(work, dayPeriod(work.slots.date_range, localReference(work)));

const weekly: Handler = async (work) => {
  const { date_range: range } = work.slots;
  // What is said of a week has been read by the person's own settings.
  const begins = range?.start === undefined ? (await work.ports.settings.read()).week_start : null;
  return brief(work, weekPeriod(range, localReference(work), begins));
};

const localReference = ({ reference, timezone }: Work): DateTime =>
  DateTime.fromJSDate(reference, { zone: timezone });

async function brief({ ports, now }: Work, period: Period): ReturnType<Handler> {
  const data = await briefingOf(ports, period, now);
  const { events, due, overdue } = data;
  return done({
    reply: sayBriefing(data, period),
    cards: [{ kind: 'briefing', data }],
    executionResult: {
      event_ids: events.map(({ id }) => id),
      task_ids: [...due, ...overdue].map(({ id }) => id),
      conflicts: data.conflicts.length,
    },
    shown: [
      ...events.map(({ id, title, start, recurrence }) => ({
        kind: 'event',
        id,
        title,
        ...(recurrence !== null && { start }),
      })),
      ...[...due, ...overdue].map(({ id, title }) => ({ kind: 'task', id, title })),
    ],
  });
}

/** What a day or a week holds: events, what is due and late, conflicts, room, and what has changed. */
export const briefingWorkflow = defineWorkflow('briefing', {
  daily_briefing: daily,
  weekly_briefing: weekly,
});
