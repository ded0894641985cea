import { z } from 'zod';
import { sayState } from '../../contracts/change-words.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import { isSecret, MASK } from '../memory/secrets.ts';
import { capitalised } from '../parts/capitalised.ts';
import { formatDate, formatMinutes, toLocal } from '../client/index.ts';

type Row = Record<string, unknown>;
/** One thing that became another; null where there was nothing, or is nothing any more. */
export interface Difference {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The longest text that is shown of a value; more of a letter is no easier to compare. */
const SHOWN_CHARS = 160;

/** What differs between two rows of a kind, each value as a person would say it. */
export function differencesOf(
  { kind, before, after }: { kind: string; before: Row | null; after: Row | null },
  now: Date,
): Difference[] {
  const say = SAYERS[kind];
  if (!say) return [];
  const [was, is] = [before && say(before, now), after && say(after, now)];
  return Object.keys({ ...was, ...is }).flatMap((label) => {
    const one = { label, before: was?.[label] ?? null, after: is?.[label] ?? null };
    // Its name stands above what is new, and what all new things are needs no words.
    const isSaid = !before && (NAMES.has(label) || USUAL[label]?.includes(one.after ?? '') === true);
    return one.before === one.after || isSaid ? [] : [one];
  });
}

/** What a summary calls a thing by. */
const NAMES = new Set(['title', 'subject', 'name']);
const USUAL: Readonly<Record<string, readonly string[]>> = {
  status: ['open', 'to come', 'not sent'],
  priority: ['medium'],
  tone: ['neutral'],
  'all day': ['no'],
};

type Said = Record<string, string | null>;
type Sayer = (row: Row, now: Date) => Said;

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? cut(value.replaceAll(/\s+/g, ' ').trim()) : null;
const cut = (value: string): string =>
  value.length > SHOWN_CHARS ? `${value.slice(0, SHOWN_CHARS).trimEnd()}…` : value;
const list = (value: unknown): string | null =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(', ') : null;
const minutes = (value: unknown): string | null => (typeof value === 'number' ? formatMinutes(value) : null);
const state = (kind: string, { status }: Row): string | null =>
  typeof status === 'string' ? sayState(kind, status) : null;
const repeats = (value: unknown): string | null => (typeof value === 'string' ? sayRecurrence(value) : null);

const moment = z.iso.datetime({ offset: true, local: true });
/** A database's spelling of an instant is taken as well. */
function at(value: unknown, now: Date): string | null {
  if (typeof value !== 'string' || !moment.safeParse(value.replace(' ', 'T')).success) return null;
  return formatDate(toLocal(value), now);
}

const task: Sayer = (row, now) => ({
  title: text(row['title']),
  status: state('task', row),
  due: at(row['due_at'], now) ?? (typeof row['due_on'] === 'string' ? formatDate(row['due_on'], now) : null),
  priority: text(row['priority']),
  takes: minutes(row['duration_minutes']),
  list: text(row['list']),
  tags: list(row['tags']),
  repeats: repeats(row['recurrence']),
  place: text(row['location']),
  notes: text(row['notes']),
});

const event: Sayer = (row, now) => ({
  title: text(row['title']),
  from: row['all_day'] === true ? dayIn(row, 'start_at', 0, now) : at(row['start_at'], now),
  to: row['all_day'] === true ? dayIn(row, 'end_at', -1, now) : at(row['end_at'], now),
  'all day': row['all_day'] === true ? 'yes' : 'no',
  repeats: repeats(row['recurrence']),
  'left out': Array.isArray(row['exceptions'])
    ? list(row['exceptions'].map((one) => at(one, now)).filter((one) => one !== null))
    : null,
  with: list(row['participants']),
  place: text(row['location']),
  notes: text(row['notes']),
});

/** A whole day is one of the event's own calendar; its end is the midnight after. */
function dayIn(row: Row, column: string, shiftMs: number, now: Date): string | null {
  const [value, zone] = [row[column], row['timezone']];
  if (typeof value !== 'string' || typeof zone !== 'string') return null;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(
    new Date(Date.parse(value) + shiftMs),
  );
  return formatDate(day, now);
}

const reminder: Sayer = (row, now) => ({
  title: text(row['title']),
  at: at(row['remind_at'], now),
  status: state('reminder', row),
  repeats: repeats(row['recurrence']),
});

const draft: Sayer = (row) => ({
  to: list(row['recipients']),
  subject: text(row['subject']),
  text: text(row['body']),
  tone: text(row['tone']),
  status: state('draft', row),
});

const contact: Sayer = (row) => ({ name: text(row['name']), address: text(row['address']) });

const fact: Sayer = (row, now) => ({
  name: text(row['attribute']),
  value: isSecret({ attribute: String(row['attribute']) }) ? MASK : text(row['value']),
  until: at(row['valid_until'], now),
});

const SETTINGS: Readonly<Record<string, string>> = {
  timezone: 'time zone',
  week_start: 'week begins on',
  working_hours: 'working hours',
  work_days: 'work days',
  briefing_time: 'briefing at',
  email_style: 'style of emails',
  quiet_hours: 'quiet hours',
  event_minutes: 'an event takes',
  task_minutes: 'a task takes',
  next_weekday: '“next friday” is',
  memory: 'earlier conversations are remembered',
};
const hours = z.object({ start: z.string(), end: z.string() });

const setting: Sayer = (row) => {
  const found = z.record(z.string(), z.unknown()).safeParse(row['settings']);
  if (!found.success) return {};
  const values = found.data;
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, label]) => [label, saySetting(name, values[name])]),
  );
};

function saySetting(name: string, value: unknown): string | null {
  const span = hours.safeParse(value);
  if (span.success) return `${span.data.start} – ${span.data.end}`;
  if (Array.isArray(value)) return list(value.map((day) => capitalised(String(day))));
  if (typeof value === 'number') return formatMinutes(value);
  if (value === 'coming') return 'the coming one';
  if (value === 'next_week') return 'that of next week';
  if (name === 'week_start' && typeof value === 'string') return value === 'sunday' ? 'Sunday' : 'Monday';
  return text(value);
}

const SAYERS: Readonly<Record<string, Sayer>> = { task, event, reminder, draft, contact, fact, setting };

/** Whether a change of this kind is told; how an email travels is nobody's business. */
export const isTold = (kind: string): boolean => SAYERS[kind] !== undefined;
