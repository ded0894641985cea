import { dayNumber, todayOf, type SessionRecord } from '../client/index.ts';

const WEEK_DAYS = 7;

/** Conversations under today, yesterday, the last 7 days, and the months before; in the order given. */
export function groupSessions(
  sessions: readonly SessionRecord[],
  now: Date,
): [label: string, sessions: SessionRecord[]][] {
  const groups = new Map<string, SessionRecord[]>();
  for (const session of sessions) {
    const label = labelOf(todayOf(new Date(session.last_activity_at)), todayOf(now));
    const group = groups.get(label);
    if (group) group.push(session);
    else groups.set(label, [session]);
  }
  return [...groups];
}

function labelOf(day: string, today: string): string {
  const age = dayNumber(today) - dayNumber(day);
  if (age <= 0) return 'Today';
  if (age === 1) return 'Yesterday';
  if (age < WEEK_DAYS) return 'Last 7 days';
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat('en-GB', {
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(`${day}T12:00:00Z`));
}
