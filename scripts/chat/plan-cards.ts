import type { Contact, Event, Reminder } from '../../contracts/entities.ts';
import { sayFact } from '../../contracts/fact-words.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import type { Card, SearchHit } from '../../contracts/result.ts';
import {
  dayOf,
  daysOfEvent,
  formatDate,
  formatMinutes,
  minutesBetween,
  sayTimes,
  sayWhen,
  toLocal,
} from '../../web/client/index.ts';
import { bold, dim } from './paper.ts';
import { taskLine } from './task-line.ts';

type Data<K extends Card['kind']> = Extract<Card, { kind: K }>['data'];

/** Cards of the calendar, of reminders and people, of plans and of what was found, as lines of text. */
export function planLines(card: Card): string[] {
  switch (card.kind) {
    case 'event':
      return eventLines(card.data);
    case 'events':
      return eventsLines(card.data);
    case 'reminder':
      return [`${reminderLine(card.data.reminder)}${changed(card.data.change)}`];
    case 'reminders': {
      const { title, reminders, total } = card.data;
      return [bold(title), ...reminders.map(reminderLine), ...more(total - reminders.length)];
    }
    case 'schedule':
      return scheduleLines(card.data);
    case 'briefing':
      return briefingLines(card.data);
    case 'search':
      return searchLines(card.data);
    case 'contact':
      return [`${contactLine(card.data.contact)}${changed(card.data.change)}`];
    case 'fact':
      return [`${bold(sayFact(card.data.fact))}${changed(card.data.change)}`];
    case 'facts': {
      const { title, facts, total } = card.data;
      return [bold(title), ...facts.map(sayFact), ...more(total - facts.length)];
    }
    default:
      return [];
  }
}

const changed = (change: string): string => (change === 'shown' ? '' : dim(`  (${change})`));
const more = (hidden: number): string[] => (hidden > 0 ? [dim(`and ${hidden} more`)] : []);
const details = (...pieces: (string | null)[]): string => {
  const said = pieces.filter((piece) => piece !== null && piece !== '');
  return said.length === 0 ? '' : dim(`  ${said.join(' · ')}`);
};

function eventLines({ event, change, beside }: Data<'event'>): string[] {
  const more = details(
    event.recurrence && sayRecurrence(event.recurrence),
    event.location,
    event.participants.join(', '),
  );
  return [
    `${bold(event.title)}  ${sayWhen(event, new Date())}${more}${changed(change)}`,
    ...beside.map((other) => `! overlaps with “${other.title}”, ${sayTimes(other)}`),
  ];
}

const eventLine = (event: Event): string =>
  `${(event.all_day ? 'all day' : sayTimes(event)).padEnd(14)} ${bold(event.title)}${details(event.location)}`;

function eventsLines({ title, events, total }: Data<'events'>): string[] {
  const rows: string[] = [bold(title)];
  let day = '';
  for (const event of events) {
    const { first } = daysOfEvent(event);
    if (first !== day) rows.push(dim(formatDate(first, new Date())));
    day = first;
    rows.push(eventLine(event));
  }
  return [...rows, ...more(total - events.length)];
}

function reminderLine({
  title,
  remind_at: at,
  status,
  recurrence,
  before_minutes: before,
  item_kind: kind,
}: Reminder): string {
  const relative = before === null || kind === null ? null : `${formatMinutes(before)} before the ${kind}`;
  const more = details(
    relative,
    recurrence && sayRecurrence(recurrence),
    status === 'scheduled' ? null : status,
  );
  return `${bold(title)}  ${formatDate(toLocal(at), new Date())}${more}`;
}

const contactLine = ({ name, address }: Contact): string =>
  `${bold(name)}  ${address ?? dim('no address so far')}`;

function scheduleLines({ title, state, blocks, slots, unscheduled }: Data<'schedule'>): string[] {
  const now = new Date();
  const when = (span: { start: string; end: string }): string =>
    `${formatDate(dayOf(span.start), now)}, ${sayTimes(span)}`;
  return [
    `${bold(title)}${blocks.length === 0 ? '' : dim(state === 'proposed' ? '  (proposed)' : '  (in your calendar)')}`,
    ...blocks.map(
      (block) =>
        `${block.was ? `${dim(when(block.was))} → ` : ''}${when(block)}  ${bold(block.title)}${details(block.reason)}`,
    ),
    ...slots.map((slot) => `${when(slot)}${details(formatMinutes(minutesBetween(slot.start, slot.end)))}`),
    ...unscheduled.map((left) => `! no place for ${bold(left.title)}${details(left.reason)}`),
  ];
}

function briefingLines({
  title,
  events,
  due,
  overdue,
  conflicts,
  free,
  changed: news,
}: Data<'briefing'>): string[] {
  const part = (name: string, rows: string[]): string[] => (rows.length === 0 ? [] : [dim(name), ...rows]);
  return [
    bold(title),
    ...part('overdue', overdue.map(taskLine)),
    ...part('events', events.map(eventLine)),
    ...part(
      'at the same time',
      conflicts.map(
        ({ first, second }) => `! ${first.title}, ${sayTimes(first)} · ${second.title}, ${sayTimes(second)}`,
      ),
    ),
    ...part('due', due.map(taskLine)),
    ...part(
      'free',
      free.map((slot) => `${sayTimes(slot)}${details(formatMinutes(minutesBetween(slot.start, slot.end)))}`),
    ),
    ...part('since yesterday', [...news]),
  ];
}

const KINDS: Record<SearchHit['kind'], string> = {
  task: 'task',
  event: 'event',
  draft: 'email',
  turn: 'said',
};

function searchLines({ query, hits, total }: Data<'search'>): string[] {
  if (hits.length === 0) return [`Nothing found for “${query}”`];
  return [
    bold(`Found for “${query}”`),
    ...hits.map(({ kind, title, snippet, at }) => {
      const when = at === null ? null : formatDate(at.length > 10 ? toLocal(at) : at, new Date());
      return `${dim(KINDS[kind].padEnd(6))} ${title}${details(snippet === title ? null : snippet, when)}`;
    }),
    ...more(total - hits.length),
  ];
}
