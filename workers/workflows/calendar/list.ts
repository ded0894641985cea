import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { LISTED_MAX } from '../../../db/events.ts';
import { alsoDue } from '../both-kinds.ts';
import { clashesIn } from '../clashes.ts';
import { done, type Handler, type Outcome, type Step, type Work } from '../outcome.ts';
import { lastSpoken } from '../../../contracts/last-spoken.ts';
import { capital, count, quote, sayDate, sayLength } from '../sentences.ts';
import { instantsOf } from './find.ts';
import { sayFree } from './free.ts';
import { habitOf } from './habits.ts';
import { nextDay } from './meant.ts';
import { sayRange } from '../say-range.ts';
import { sayAgain, sayAround, sayBusy, sayDay, sayLine, sayList, sayWhen } from './words.ts';

const SHOWN_MAX = 50;
const SPOKEN_MAX = 15;
/** Days that are looked at where none were named. */
const WEEK = 7;
const FREE =
  /\b(?:free|available|availability|busy|have (?:any )?time|got (?:any )?time|any (?:gaps?|openings?))\b/i;
const TIME = /^(?:(?:any|some|free|spare|enough)\s+)*(?:time|gaps?|slots?|openings?|room)$/i;
const NEXT =
  /\b(?:next|upcoming)\s+(?:meeting|event|appointment|call|thing|one|up|session)\b(?!s)|\bwhat(?:'s| is)\s+(?:up\s+)?next\b|\bwhat do i have next\b/i;
/** What only says that events are meant. */
const KIND = /\s+(?:appointments?|meetings?|events?|calls?|sessions?|bookings?)$/i;

const KIND_ALONE = /(?:^|\s)(?:appointments?|meetings?|events?|calls?|sessions?|bookings?|things?)$/i;

/** What stands in the calendar: in a range of days, with somebody, of a name, next, or what is free between. */
export const listEvents: Handler = async (work) => {
  const { slots, params, words } = work;
  const range = slots.date_range;
  if (range && FREE.test(words) && (slots.query === undefined || TIME.test(slots.query)))
    return sayFree(work, range);
  if (NEXT.test(words) && !range) return next(work);
  const isOfIt = params?.asks !== undefined && slots.query === undefined && slots.participants === undefined;
  if (slots.target?.reference === 'last' || isOfIt) return spoken(work);
  if (slots.query && params?.looks_back === 'last') return lastOne(work, slots.query);
  if (slots.query && params?.looks_back === 'usual') return usualHour(work, slots.query);
  if (slots.query) return named(work, slots.query);
  const people = slots.participants ?? [];
  const within = range ?? upcoming(work, people.length > 0 ? 366 : WEEK);
  const bounds = { ...instantsOf(within, work.timezone), participants: people };
  const events = await work.ports.events.within({ ...bounds, from: bounds.from ?? work.reference });
  if (params?.unread && params.unread.length > 0 && !range)
    return done({
      reply: `I could not read ${sayList(params.unread.map((one) => `"${one}"`))} as a date. Which days do you mean?`,
    });
  if (CONFLICTS.test(words)) return conflicts(work, events, within);
  const [first] = events;
  if (first && people.length > 0 && ONE.test(words) && events.every(({ id }) => id === first.id))
    return one(work, first);
  const due = range && people.length === 0 ? await alsoDue(work, range) : [];
  const told =
    events.length === 0
      ? await empty(work, range, people)
      : shown(work, events, titleFor(work, range, people, events.length));
  if (due.length === 0 || !('done' in told)) return told;
  return { done: { ...told.done, reply: [told.done.reply, ...due].join('\n') } };
};

/** "When is the one with Ann?" */
const ONE = /\b(?:the|my|our|that)\s+(?:one|event|appointment|meeting|call)\s+with\b/i;
const CONFLICTS = /\b(?:conflicts?|clash(?:es|ing)?|overlap(?:s|ping)?|double[- ]?booked)\b/i;
const CONFLICTS_MAX = 20;

/** "Do I have any conflicts?": what is at the same time as something else. */
function conflicts(work: Work, events: readonly Event[], within: DateRange): Step {
  const found = clashesIn(events, CONFLICTS_MAX);
  const where = sayRange(within, work);
  if (found.length === 0) return done({ reply: `Nothing overlaps ${where}.`, executionResult: { total: 0 } });
  const involved = [...new Set(found.flatMap(({ first, second }) => [first, second]))];
  const lines = found.map(
    ({ first, second }) => `• ${sayDay(second, work)}: ${sayBusy(first, work)} and ${sayBusy(second, work)}`,
  );
  const title = `${count(found.length, 'conflict')} ${where}`;
  return done({
    reply: [`You have ${title}:`, ...lines].join('\n'),
    cards: [{ kind: 'events', data: { events: involved, total: involved.length, title: capital(title) } }],
    executionResult: { total: found.length, event_ids: [...new Set(involved.map(({ id }) => id))] },
    shown: listedOf(involved),
  });
}

function upcoming({ timezone: zone, reference }: Work, days: number): DateRange {
  const from = DateTime.fromJSDate(reference, { zone });
  return { start: from.toISO() ?? '', end: from.startOf('day').plus({ days }).toISO() ?? '' };
}

const withWhom = (people: readonly string[]): string => (people.length > 0 ? ` with ${sayList(people)}` : '');

function titleFor(
  work: Work,
  range: DateRange | undefined,
  people: readonly string[],
  total: number,
): string {
  const when = range ? ` ${sayRange(range, work)}` : people.length > 0 ? ' coming up' : ' in the next 7 days';
  const many = total > LISTED_MAX ? 'more than 1,000 events' : count(total, 'event');
  return `${many}${withWhom(people)}${when}`;
}

async function empty(work: Work, range: DateRange | undefined, people: readonly string[]): Promise<Step> {
  const whose = withWhom(people);
  const when = range ? ` ${sayRange(range, work)}` : people.length > 0 ? ' coming up' : ' in the next 7 days';
  const later = range || people.length > 0 ? [] : await work.ports.events.within({ from: work.reference });
  const [first] = later;
  const then = first ? ` The next one is ${quote(first.title)}, ${sayWhen(first, work)}.` : '';
  return done({
    reply: `You have nothing in your calendar${whose}${when}.${then}`,
    executionResult: { total: 0 },
  });
}

function shown(work: Work, events: readonly Event[], title: string): Step {
  const listed = events.slice(0, SHOWN_MAX);
  const spoken = listed.slice(0, SPOKEN_MAX);
  const lines: string[] = [];
  let day = '';
  for (const [index, event] of spoken.entries()) {
    const own = sayDay(event, work);
    if (own !== day) lines.push(`${own}:`);
    day = own;
    lines.push(`${index + 1}. ${sayLine(event, work)}`);
  }
  const left = events.length > LISTED_MAX ? 'many' : events.length - spoken.length;
  const more = events.length > spoken.length ? [`… and ${left} more.`] : [];
  return done({
    reply: [`You have ${title}.`, ...lines, ...more].join('\n'),
    cards: [{ kind: 'events', data: { events: listed, total: events.length, title: capital(title) } }],
    executionResult: { total: events.length, event_ids: [...new Set(listed.map(({ id }) => id))] },
    shown: listedOf(listed),
  });
}

/** What "the second one" means after a list; of a series the day that was listed. */
const listedOf = (events: readonly Event[]): Outcome['shown'] =>
  events.map(({ id, title, recurrence, start }) => ({
    kind: 'event',
    id,
    title,
    ...(recurrence !== null && { start }),
  }));

/** "When is my dentist?": the next of that name, or the last where none is to come. */
async function named(work: Work, query: string): Promise<Step> {
  const { ports, slots, reference, timezone } = work;
  const people = slots.participants ?? [];
  const called = query.replace(/^(?:the|our)\s+(?=\S)/i, '');
  const texts = [...new Set([query, called, called.replace(KIND, '')])];
  for (const text of texts) {
    const range = slots.date_range ? instantsOf(slots.date_range, timezone) : {};
    const events = await ports.events.within({
      ...range,
      from: range.from ?? reference,
      text,
      participants: people,
    });
    const ids = new Set(events.map(({ id }) => id));
    const [first] = events;
    if (first && (ids.size === 1 || events.length === 1)) return one(work, first);
    if (events.length > 0)
      return shown(work, onceEach(events), `${count(ids.size, 'event')} like ${quote(text)}`);
  }
  const { events, grade } = await ports.events.match(texts.at(-1) ?? query, 1);
  const [match] = events;
  if (!match || grade === 'part')
    return done({
      reply: `I found no event ${quote(query)}${slots.date_range ? ` ${sayRange(slots.date_range, work)}` : ''}.`,
      executionResult: { total: 0 },
    });
  return one(work, (match.recurrence ? nextDay(match, reference) : null) ?? match);
}

/** Years that are looked back, a few first, so that a series of many days does not hide its last one. */
const YEARS_BACK = [0.25, 1, 10];

/** "When did I last have lunch with Ann?": the last of that name that has been. */
async function lastOne(work: Work, query: string): Promise<Step> {
  const { ports, reference, timezone: zone } = work;
  const now = DateTime.fromJSDate(reference, { zone });
  // Who takes part need not stand in its name, behind a "with".
  const words = query.replaceAll(/(?<=\s)(?:with|at|in|for|the|my)\s/gi, '');
  const texts = [...new Set([query, words, words.replace(KIND, '')])];
  for (const years of YEARS_BACK)
    for (const text of texts) {
      const from = now.minus({ days: 366 * years }).toJSDate();
      const events = await ports.events.within({ from, to: reference, text });
      const last = events.findLast(({ start }) => new Date(start) <= reference);
      if (last) return one(work, last);
    }
  const [coming] = await ports.events.within({ from: reference, text: query });
  const next = coming ? ` The next is ${sayWhen(coming, work)}.` : '';
  return done({
    reply: `I found no event ${quote(query)} that has been.${next}`,
    executionResult: { total: 0 },
  });
}

/** "When do I usually go to the gym?": as the last ones of that name agree, or as it was told. */
async function usualHour(work: Work, query: string): Promise<Step> {
  const title = query.replace(KIND, '');
  const hour = (await habitOf(work, title))?.hour;
  if (hour)
    return done({
      reply: `${quote(title)} usually begins at ${hour.clock}, ${hour.why}.`,
      executionResult: { total: 1 },
    });
  const { reference } = work;
  const from = DateTime.fromJSDate(reference).minus({ days: USUAL_DAYS }).toJSDate();
  const last = (await work.ports.events.within({ from, to: reference, text: title })).slice(-USUAL_MAX);
  if (last.length === 0)
    return done({ reply: `I found no event ${quote(title)} that has been.`, executionResult: { total: 0 } });
  const lines = last.map((event) => `• ${sayWhen(event, work)}`);
  return done({
    reply: [`${quote(title)} has no usual time that I know of. It was:`, ...lines].join('\n'),
    executionResult: { total: last.length },
    shown: listedOf(last),
  });
}
const USUAL_MAX = 3;
const USUAL_DAYS = 92;

/** "Where is it?" of what was spoken of last. */
async function spoken(work: Work): Promise<Step> {
  const { context, ports, reference, timezone } = work;
  const last = lastSpoken(context);
  const event = last?.kind === 'event' ? await ports.events.find(last.id) : null;
  if (event) {
    const from = last?.start === undefined ? reference : new Date(last.start);
    return one(work, (event.recurrence ? nextDay(event, from) : null) ?? event);
  }
  const task = last?.kind === 'task' ? await ports.tasks.find(last.id) : null;
  if (!task) return done({ reply: 'Which event do you mean? Name it, for example "where is the dinner?".' });
  const due =
    task.due_date === null ? 'has no due date' : `is due ${sayDate(task.due_date, timezone, reference)}`;
  return done({
    reply: `${quote(task.title)} ${due}.`,
    cards: [{ kind: 'task', data: { task, change: 'shown' } }],
    executionResult: { total: 1, task_id: task.id },
    shown: [{ kind: 'task', id: task.id, title: task.title }],
  });
}

/** Of a series the day that comes next. */
function onceEach(events: readonly Event[]): Event[] {
  const seen = new Set<string>();
  return events.filter(({ id }) => !seen.has(id) && seen.add(id));
}

async function next(work: Work): Promise<Step> {
  const { ports, reference, slots } = work;
  const text = slots.query?.replace(/^next\s+/i, '').replace(KIND_ALONE, '');
  const people = slots.participants ?? [];
  const events = await ports.events.within({ from: reference, participants: people, ...(text && { text }) });
  const first = events.find((event) => new Date(event.start) >= reference);
  const which = `${text ? ` like ${quote(text)}` : ''}${withWhom(people)}`;
  if (!first)
    return done({
      reply: `You have nothing${which} coming up in your calendar.`,
      executionResult: { total: 0 },
    });
  return one(work, first);
}

/** What was asked, where the line about the event does not say it. */
function answer({ location, participants, start, end, all_day }: Event, { params }: Work): string[] {
  switch (params?.asks) {
    case 'place':
      return location === null ? ['No place is set.'] : [];
    case 'people':
      return participants.length === 0 ? ['Nobody else is named.'] : [];
    case 'length':
      return all_day ? [] : [`It takes ${sayLength((Date.parse(end) - Date.parse(start)) / 60_000)}.`];
    default:
      return [];
  }
}

/** One event with all that is known of it. */
function one(work: Work, event: Event): Step {
  const over = new Date(event.end) <= work.reference;
  const again = event.recurrence ? ` It repeats ${sayAgain(event.recurrence)}.` : '';
  const when = `${quote(event.title)} ${over ? 'was' : 'is'} ${sayWhen(event, work)}${sayAround(event)}`;
  return done({
    reply: `${[...answer(event, work), when].join(' ')}.${again}`,
    cards: [{ kind: 'event', data: { event, change: 'shown', beside: [] } }],
    executionResult: { total: 1, event_id: event.id },
    shown: [
      { kind: 'event', id: event.id, title: event.title, ...(event.recurrence && { start: event.start }) },
    ],
    item: {
      kind: 'event',
      id: event.id,
      title: event.title,
      ...(event.recurrence && { start: event.start }),
    },
  });
}
