import { isDeepStrictEqual } from 'node:util';
import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { PlanBlock } from '../../../contracts/result.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { inZone } from '../../../db/events.ts';
import { patched } from '../event-fields.ts';
import { done, type Handler, type Step, type Work } from '../outcome.ts';
import { count, quote } from '../sentences.ts';
import { sayLeftOut } from '../work-days.ts';
import { calendarAround, stretchOf } from './around.ts';
import { instantsOf, meantEvents } from './meant-events.ts';
import { newTimeFor, type Destination } from './new-times.ts';
import { remindersAfter } from '../item-reminders.ts';
import { askToAgree, previewOf, type Preview, type Schedule } from './preview.ts';
import { frameOf, isOver, rangeOf, sayRange, sayTimes, type Range } from './when.ts';
import { created, moved } from './writes.ts';

/** As far ahead as new times are looked for where no day was said. */
const USUAL_DAYS = 14;

/** New times for events, always shown first. Of a series only the day that is meant moves. */
export const reschedule: Handler = async (work) => {
  if (work.confirmed === false) return done({ reply: 'All right, everything stays where it is.' });
  const agreed = work.confirmed ? previewOf(work.memo) : null;
  if (agreed && (await stillHolds(work, agreed))) return commit(work, agreed);
  const because = work.confirmed
    ? 'Your calendar has changed since I showed you the new times, so I looked again.'
    : '';
  const { slots, reference } = work;
  const isAll = slots.target?.reference === 'all';
  const { source, wanted } = await placesOf(work, isAll);
  if (source && source.to <= reference && isAll) return isOver('What was then stays as it was.');
  const found = await meantEvents(work, source);
  if ('step' in found) return found.step;
  const range = wanted ? rangeOf(wanted, work) : after(found.events, source, work, isAll);
  if (!range) return isOver('Name one that is still to come, for example "next week".');
  return propose(work, found.events, range, because);
};

const SAME_DAY = /\b(?:the )?same day\b/i;
/** What stands behind these is where something goes. */
const GOES =
  /\b(?:to|until|till|into)\s+(?:some ?time|any ?time|another|later|early|next|this|on|in|the (?:week|weekend|day|month|following|end)|mon|tues?|wed|thu|fri|sat|sun|tomorrow|today|tonight|\d)/i;

/**
 * Where the events are, and where they are to go, as far as that was said. "Everything tomorrow" and "tomorrow's standup"
 * say where they are; "the dentist next week" says where it goes, unless it is there already.
 */
async function placesOf(
  work: Work,
  isAll: boolean,
): Promise<{ source: { from: Date; to: Date } | null; wanted: DateRange | undefined }> {
  const { slots, params, timezone, reference, words } = work;
  const said = slots.date_range;
  const instants = (range: DateRange): { from: Date; to: Date } => instantsOf(range, timezone, reference);
  if (params?.was) {
    const wanted = isDeepStrictEqual(params.was, said) ? undefined : said;
    return { source: instants(params.was), wanted };
  }
  if (!said) return { source: null, wanted: undefined };
  const isSource = isAll || (!GOES.test(words) && (await takesPlace(work, instants(said))));
  return isSource
    ? { source: instants(said), wanted: SAME_DAY.test(words) ? said : undefined }
    : { source: null, wanted: said };
}

/** Whether what is named takes place within a range. */
async function takesPlace({ ports, slots }: Work, range: { from: Date; to: Date }): Promise<boolean> {
  const query = slots.target?.query;
  if (query === undefined) return false;
  const [{ events }, there] = await Promise.all([ports.events.match(query, 5), ports.events.within(range)]);
  return events.some(({ id }) => there.some((event) => event.id === id));
}

/** Where no time was said: the days after those that the events, or the words for them, are in. */
function after(
  events: readonly Event[],
  source: { to: Date } | null,
  { timezone: zone, reference }: Work,
  isAll: boolean,
): Range {
  const now = DateTime.fromJSDate(reference, { zone });
  const last = Math.max(...events.map(({ end }) => Date.parse(end)));
  const end = DateTime.fromMillis(Math.max(isAll ? (source?.to.getTime() ?? 0) : 0, last) - 1, { zone });
  const next = end.plus({ days: 1 }).startOf('day');
  // What was missed may take place at once.
  const from = next > now ? next : now;
  return { from, to: from.startOf('day').plus({ days: USUAL_DAYS }), hoursSaid: false, cut: false };
}

async function propose(work: Work, events: readonly Event[], range: Range, because: string): Promise<Step> {
  const { timezone, reference, words } = work;
  const settings = await work.ports.settings.read();
  const { hours, days } = frameOf(range, settings, words);
  const to: Destination = { from: range.from, to: range.to, hours, days };
  const off = sayLeftOut(range, days, settings);
  const around = await calendarAround(work, { from: range.from.toJSDate(), to: range.to.toJSDate() });
  const isMoving = (event: Event): boolean =>
    events.some((one) => one.id === event.id && Date.parse(one.start) === Date.parse(event.start));
  const fixed = around.events.filter((event) => !isMoving(event));
  const busy = [...fixed];
  const blocks: PlanBlock[] = [];
  const unscheduled: Schedule['unscheduled'] = [];
  for (const event of events) {
    const found = newTimeFor(event, busy, to);
    if (!found) {
      unscheduled.push({
        task_id: event.id,
        title: event.title,
        reason: `nothing is free ${sayRange(range, work)}`,
      });
      continue;
    }
    const [start, end] = [inZone(found.time.start, timezone), inZone(found.time.end, timezone)];
    const was = { start: event.start, end: event.end };
    blocks.push({ task_id: event.id, title: event.title, start, end, was, reason: found.reason });
    busy.push({ ...event, start, end });
  }
  const where = sayRange(range, work);
  if (blocks.length === 0)
    return done({
      reply: `I found no free time ${where} for ${events.length === 1 ? quote(events[0]?.title ?? '') : count(events.length, 'event')}.${off && ` ${off}`} More days would help, for example "to some time in the next two weeks".`,
      executionResult: { scheduled: 0, unscheduled: unscheduled.length },
    });
  const schedule: Schedule = {
    title: `New times, ${where}`,
    timezone,
    state: 'proposed',
    range: { start: inZone(range.from.toJSDate(), timezone), end: inZone(range.to.toJSDate(), timezone) },
    blocks,
    slots: [],
    events: fixed,
    unscheduled,
  };
  const [only] = blocks;
  const lines = blocks.map(
    (block) =>
      `• ${block.title}: from ${sayTimes(stretchOf(block.was ?? block), timezone, reference)} to ${sayTimes(stretchOf(block), timezone, reference)} (${block.reason})`,
  );
  const left = unscheduled.map(({ title, reason }) => `• ${title} stays: ${reason}`);
  const people = [...new Set(events.flatMap(({ participants }) => participants))];
  const told =
    people.length > 0
      ? [`I don't tell ${people.slice(0, 3).join(', ')}${people.length > 3 ? ' and others' : ''} about it.`]
      : [];
  const single = blocks.length === 1 && only ? only : null;
  return askToAgree(
    { version: around.version, tasks: {}, schedule },
    {
      preface: [because, ...lines, ...left, ...told, ...(off ? [off] : []), '']
        .filter((line, index) => line !== '' || index > 0)
        .join('\n'),
      question: single
        ? `Shall I move ${quote(single.title)} to ${sayTimes(stretchOf(single), timezone, reference)}?`
        : `Shall I move these ${blocks.length} events?`,
      yes: single ? 'Yes, move it' : 'Yes, move them',
    },
  );
}

async function stillHolds({ ports, reference }: Work, { version, schedule }: Preview): Promise<boolean> {
  const inTime = schedule.blocks.every(({ start }) => Date.parse(start) >= reference.getTime());
  return inTime && (await ports.events.version()) === version;
}

async function commit(work: Work, { schedule, version }: Preview): Promise<Step> {
  const { timezone, reference, ports } = work;
  const effects: EffectWrite[] = [];
  const after: Event[] = [];
  /** Series with the days of them that have an event of their own from now on. */
  const parted = new Map<string, { series: Event; days: string[] }>();
  const parting: EffectWrite[] = [];
  for (const block of schedule.blocks) {
    const event = await ports.events.find(block.task_id);
    if (!event || !block.was) continue;
    const to = { start: block.start, end: block.end };
    if (event.recurrence === null) {
      const [effect, ...reminders] = await moved(work, event, to, block.reason);
      if (effect) after.push(patched(event, effect.fields));
      effects.push(...(effect ? [effect] : []), ...reminders);
      continue;
    }
    const known = parted.get(event.id) ?? { series: event, days: [] };
    parted.set(event.id, { ...known, days: [...known.days, block.was.start] });
    const { title, participants, location, notes, calendar, task_id } = event;
    const more = { location, notes, calendar, task_id, series_id: event.id, original_start: block.was.start };
    const made = created(work, { title, participants, ...to }, more, block.reason);
    after.push(made.event);
    parting.push(made.effect);
  }
  for (const { series, days } of parted.values())
    parting.push({
      kind: 'event',
      op: 'update',
      id: series.id,
      version: series.version,
      fields: { exceptions: [...series.exceptions, ...days], updated_at: work.now.toISOString() },
      reason: 'that day has an event of its own now',
    });
  effects.push(...parting, ...(await remindersAfter(ports, parting, work.now)));
  const [only] = after;
  const single = after.length === 1 && only ? only : null;
  const sentence = single
    ? `Moved ${quote(single.title)} to ${sayTimes(stretchOf(single), timezone, reference)}`
    : `Moved ${count(after.length, 'event')}`;
  return done({
    reply: `${sentence}.`,
    decision: 'CONFIRM',
    summary: sentence,
    effects,
    calendarVersion: version,
    cards: single
      ? [{ kind: 'event', data: { event: single, change: 'updated', beside: [] } }]
      : [{ kind: 'schedule', data: { ...schedule, state: 'committed' } }],
    titles: Object.fromEntries(
      [...after, ...[...parted.values()].map(({ series }) => series)].map(({ id, title }) => [id, title]),
    ),
    executionResult: single ? { event_id: single.id } : { event_ids: after.map(({ id }) => id) },
    item: single ? { kind: 'event', id: single.id, title: single.title } : null,
    shown: single ? [] : after.map(({ id, title }) => ({ kind: 'event', id, title })),
  });
}
