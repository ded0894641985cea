import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { remindersAfter } from '../item-reminders.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { quote } from '../sentences.ts';
import { askAbout, freeInstead, KEEP, overlapsOf, type Overlaps } from './conflicts.ts';
import { columnsOf, patched } from './fields.ts';
import { namesWhich, resolveEvents } from './find.ts';
import { askShorter, refuseOften } from './limits.ts';
import { dateIn, isOver, nextDay, onDay, shownOf, type Meant } from './meant.ts';
import { newTimes } from './new-times.ts';
import { firstStart, withoutHour } from './rule.ts';
import {
  askScope,
  changeAll,
  changeDay,
  changeFollowing,
  isFirst,
  type Planned,
  type Scope,
} from './series.ts';
import { askPast } from './when.ts';
import { preview, sayAgain, sayBusy, sayCount, sayList, sayUnread, sayWhen, whyOf } from './words.ts';

/** A change of one event, or of several at once. Where it would overlap others, that is asked about and never refused. */
export const updateEvent: Handler = async (work) => {
  const often = refuseOften(work);
  if (often) return often;
  const { params } = work;
  const place = params?.where?.date_range ?? params?.was;
  const found = await resolveEvents(work, { verb: 'change', place, careful: false });
  if ('step' in found) return found.step;
  const [only] = found.items;
  return found.items.length === 1 && only ? updateOne(work, only) : updateMany(work, found.items);
};

/** What changes of an event, or of one day of a series. */
async function patchFor(work: Work, event: Event): Promise<EventPatch> {
  const { slots, params, ports, timezone } = work;
  const cleared = params?.clear ?? [];
  const recurrence = cleared.includes('recurrence')
    ? null
    : slots.recurrence === undefined
      ? undefined
      : withoutHour(slots.recurrence);
  const location = cleared.includes('location') ? null : slots.location;
  const participants = guestsAfter(work, event);
  const times = newTimes(work, event, await ports.settings.read()) ?? undefined;
  return {
    ...(slots.title !== undefined && { title: slots.title }),
    ...(location !== undefined && { location }),
    ...(participants && { participants }),
    ...(recurrence !== undefined && recurrence !== event.recurrence && { recurrence }),
    ...aligned(event, times, recurrence, timezone),
  };
}

type NewTimes = Pick<EventPatch, 'start' | 'end' | 'all_day'>;

/** What is to repeat begins on a day that its rule has. */
function aligned(
  event: Event,
  times: NewTimes | undefined,
  rule: string | null | undefined,
  zone: string,
): NewTimes {
  const start = times?.start ?? event.start;
  if (!rule) return times ?? {};
  const first = firstStart(rule, new Date(start), zone);
  const laterMs = first.getTime() - Date.parse(start);
  if (laterMs === 0) return times ?? {};
  const end = Date.parse(times?.end ?? event.end) + laterMs;
  return { ...times, start: first.toISOString(), end: new Date(end).toISOString() };
}

/** Who is to come: whoever is named is added, unless the name only says which event is meant. */
function guestsAfter(work: Work, event: Event): string[] | null {
  const gone = new Set(work.params?.uninvite?.map((name) => name.toLowerCase()));
  const isGone = (name: string): boolean =>
    [...gone].some((one) => name.toLowerCase() === one || name.toLowerCase().startsWith(`${one} `));
  const added = (work.slots.participants ?? []).filter(
    (name) => !gone.has(name.toLowerCase()) && !namesWhich(work, name),
  );
  const known = new Set(event.participants.map((name) => name.toLowerCase()));
  const after = [
    ...event.participants.filter((name) => !isGone(name)),
    ...added.filter((name) => !known.has(name.toLowerCase())),
  ];
  return after.length === event.participants.length && added.every((name) => known.has(name.toLowerCase()))
    ? null
    : after;
}

async function updateOne(work: Work, found: Meant): Promise<Step> {
  const { event } = found;
  const day = event.recurrence ? dayOf(work, found) : null;
  const base = day ?? event;
  const patch = await patchFor(work, base);
  if (Object.keys(patch).length === 0) return nothingNew(work, base);
  const other = askEnd(patch) ?? askShorter(patch);
  if (other) return other;
  const scope = day ? scopeOf(work, found, patch) : null;
  if (day && scope === null) return askScope(work, { event, day }, 'change');
  const planned = plan(work, event, day, scope, patch);
  const moved = patch.start !== undefined;
  if (moved && planned.event.recurrence === null) {
    const past = askPast(work, planned.event, sayWhen(planned.event, work));
    if (past) return past;
  }
  const isSelf = (other: Event): boolean =>
    other.id === event.id || (scope !== null && scope !== 'this' && other.series_id === event.id);
  const overlaps: Overlaps = moved
    ? await overlapsOf(work, {
        event: planned.event,
        isSelf: scope === 'this' ? (other) => isDay(other, day) : isSelf,
      })
    : { events: [], version: await work.ports.events.version() };
  if (overlaps.events.length > 0 && !work.chosen.includes(KEEP)) {
    const wanted = { event: spokenDay(planned.event, scope, work), isSelf };
    const known = settledSlots(work, event, day, scope);
    if (!work.skipped.includes('start')) return askAbout(work, wanted, overlaps, known);
    const free = await freeInstead(work, wanted);
    if (free) {
      const other = plan(work, event, day, scope, { ...patch, ...free });
      return changed(
        work,
        { before: base, scope, patch: { ...patch, ...free }, planned: other },
        { ...overlaps, events: [] },
      );
    }
  }
  return changed(work, { before: base, scope, patch, planned }, overlaps);
}

/** The day of a series that is spoken of: as named, that on which it is to be, or the next. */
function dayOf({ slots, params, reference, timezone: zone }: Work, { event, day }: Meant): Event {
  const next = nextDay(event, reference) ?? onDay(event, new Date(event.start));
  if (day) return day;
  const to = slots.start !== undefined && params?.day_kept !== slots.start ? slots.start : undefined;
  if (to === undefined) return next;
  const begin = DateTime.fromISO(to, { zone }).startOf('day');
  const there = nextDay(event, begin.toJSDate());
  const named =
    there && (dateIn(there.start, zone) === dateIn(to, zone) || slots.target?.scope === 'following');
  return named ? there : next;
}

/** The day itself; other days of its series may well be overlapped. */
const isDay = (other: Event, day: Event | null): boolean =>
  other.id === day?.id && Date.parse(other.start) === Date.parse(day.start);

/** Of a series that began long ago, the day that comes next is spoken of. */
function spokenDay(event: Event, scope: Scope | null, { reference }: Work): Event {
  if (event.recurrence === null || scope === null) return event;
  return nextDay(event, reference) ?? event;
}

/** What is known once a time is asked about: the item and how much of it are no question any more. */
function settledSlots({ slots }: Work, event: Event, day: Event | null, scope: Scope | null): Slots {
  const { duration_minutes: _length, date_range: _days, ...known } = slots;
  return {
    ...known,
    target: { kind: 'event', id: event.id, ...(day && { start: day.start }), ...(scope && { scope }) },
  };
}

/** How much of a series changes, as said; what is no matter of a day changes for all. Null where it has to be asked. */
function scopeOf({ slots }: Work, { day }: Meant, patch: EventPatch): Scope | null {
  if (slots.target?.scope) return slots.target.scope;
  if (patch.recurrence !== undefined) return 'all';
  if (day) return 'this';
  return patch.start === undefined ? 'all' : null;
}

function plan(work: Work, event: Event, day: Event | null, scope: Scope | null, patch: EventPatch): Planned {
  if (day && scope === 'this') return changeDay(work, event, day, patch);
  if (day && scope === 'following' && !isFirst(event, day)) return changeFollowing(work, event, day, patch);
  if (day && patch.recurrence === undefined) return changeAll(work, event, day, patch);
  // What does not repeat any more takes place when it would have come next.
  const ends = patch.recurrence === null && day ? { start: day.start, end: day.end } : {};
  const columns = {
    ...columnsOf({ ...ends, ...patch }, event, work.now),
    ...(patch.recurrence !== undefined && { exceptions: [] }),
  };
  return { effects: [updateOf(work, event, columns)], event: patched(event, columns) };
}

const updateOf = (work: Work, { id, version }: Event, fields: Record<string, unknown>): EffectWrite => ({
  kind: 'event',
  op: 'update',
  id,
  version,
  fields,
  reason: whyOf(work),
});

function askEnd({ start, end }: EventPatch): Step | null {
  if (start === undefined || end === undefined || Date.parse(end) > Date.parse(start)) return null;
  return ask({ slot: 'end', question: 'That would end before it begins. When does it end?' });
}

function nothingNew({ params, slots, ...work }: Work, event: Event): Step {
  const said =
    slots.start !== undefined || slots.date_range !== undefined || slots.participants !== undefined;
  const known = `${quote(event.title)} is ${sayWhen(event, work)}`;
  if (said && !params?.unread)
    return done({
      reply: `${known} already: there is nothing to change.`,
      item: { kind: 'event', id: event.id, title: event.title },
    });
  return ask({
    slot: 'start',
    question:
      `${sayUnread(params?.unread)} ${known}. What should change about it? You can give a new time, a place or a new name.`.trimStart(),
  });
}

interface Change {
  before: Event;
  scope: Scope | null;
  patch: EventPatch;
  planned: Planned;
}

const SCOPE_WORDS: Record<Scope, string> = {
  this: ' Only this one; the others stay as they are.',
  following: ' This one and all following.',
  all: ' All of them.',
};

async function changed(
  work: Work,
  { before, scope, patch, planned }: Change,
  overlaps: Overlaps,
): Promise<Step> {
  const { event, effects } = planned;
  const sentence = sayChange(work, before, patch, event);
  const beside = overlaps.events;
  const overlap =
    beside.length > 0
      ? ` It overlaps ${sayList(beside.slice(0, 3).map((other) => sayBusy(other, work)))}.`
      : '';
  return done({
    reply: `${sentence}.${scope ? SCOPE_WORDS[scope] : ''}${overlap}${sayUnread(work.params?.unread)}`,
    summary: sentence,
    effects: [...effects, ...(await followed(work, effects))],
    cards: [{ kind: 'event', data: { event, change: 'updated', beside } }],
    executionResult: { event_id: event.id },
    item: { kind: 'event', id: event.id, title: event.title },
    calendarVersion: overlaps.version,
  });
}

/** What the changes mean for reminders. */
export async function followed(work: Work, effects: readonly EffectWrite[]): Promise<EffectWrite[]> {
  const after = await Promise.all(
    effects.map((effect) => remindersAfter(work.ports.reminders, effect, work.now)),
  );
  return after.flat();
}

function sayChange(work: Work, before: Event, patch: EventPatch, event: Event): string {
  const name = quote(before.title);
  const again = event.recurrence && patch.recurrence !== undefined ? `, ${sayAgain(event.recurrence)}` : '';
  const next = event.recurrence ? (nextDay(event, work.reference) ?? event) : event;
  const others = [
    patch.title === undefined ? null : `it is called ${quote(patch.title)} now`,
    patch.location === undefined ? null : patch.location === null ? 'no place' : `at ${patch.location}`,
    patch.participants === undefined ? null : sayGuests(before.participants, patch.participants),
    patch.recurrence === null ? 'it does not repeat any more' : null,
    patch.recurrence && patch.start === undefined ? `repeats ${sayAgain(patch.recurrence)}` : null,
  ].filter((part) => part !== null);
  if (patch.start === undefined) return `Changed ${name}: ${others.join(', ')}`;
  const stays = Date.parse(patch.start) === Date.parse(before.start);
  const when = `${event.recurrence ? 'from ' : ''}${sayWhen(next, work)}`;
  const also = others.length > 0 ? `; ${others.join(', ')}` : '';
  return stays
    ? `Changed ${name}: ${when}${again}${also}`
    : `Moved ${name} to ${sayWhen(next, work)}${again}${also}`;
}

function sayGuests(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !after.includes(name));
  return [
    added.length > 0 ? `with ${sayList(added)}` : null,
    gone.length > 0 ? `without ${sayList(gone)}` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** One change to several events: confirmed with a preview; of series only the days meant. */
async function updateMany(work: Work, items: readonly Meant[]): Promise<Step> {
  if (work.confirmed === false) return done({ reply: 'All right, nothing was changed.' });
  const patches = await Promise.all(
    items.map(async (meant) => ({ meant, patch: await patchFor(work, shownOf(meant)) })),
  );
  const some = patches.filter(({ patch }) => Object.keys(patch).length > 0);
  if (some.length === 0)
    return ask({ slot: 'start', question: `What should change about these ${sayCount(items.length)}?` });
  const titles = some.map(({ meant }) => meant.event.title);
  if (work.confirmed === null && needsConfirmation(work.action, some.length))
    return ask({
      slot: 'target',
      kind: 'confirm',
      question: `Change ${sayCount(some.length)}? ${preview(titles)}`,
      choices: [
        { choice_id: 'yes', label: 'Yes, change them' },
        { choice_id: 'no', label: 'No' },
      ],
      choiceSlots: { yes: {}, no: {} },
    });
  const planned = some.map(({ meant: { event, day }, patch }) =>
    plan(
      work,
      event,
      event.recurrence ? (day ?? nextDay(event, work.reference)) : null,
      day ? 'this' : 'all',
      patch,
    ),
  );
  const effects = merged(planned.flatMap((one) => one.effects));
  const events = planned.map(({ event }) => event);
  const over = events.some((event) => isOver(event, work.reference)) ? ' Some of that is in the past.' : '';
  const lines = events.map((event) => `${event.title}: ${sayWhen(event, work)}`);
  return done({
    reply: `Changed ${sayCount(events.length)}:\n${lines.join('\n')}${over}`,
    decision: 'CONFIRM',
    summary: `Changed ${sayCount(events.length)}`,
    effects: [...effects, ...(await followed(work, effects))],
    cards: [
      { kind: 'events', data: { events, total: events.length, title: `Changed ${sayCount(events.length)}` } },
    ],
    executionResult: { event_ids: events.map(({ id }) => id) },
    calendarVersion: await work.ports.events.version(),
  });
}

/** Several days of one series are left out by one change of it. */
export function merged(effects: readonly EffectWrite[]): EffectWrite[] {
  const all: EffectWrite[] = [];
  for (const effect of effects) {
    const index = all.findIndex(({ id, op }) => id === effect.id && op === effect.op);
    const known = all[index];
    if (!known) {
      all.push(effect);
      continue;
    }
    const exceptions = [known, effect].flatMap(({ fields }): unknown[] => {
      const gone = fields['exceptions'];
      return Array.isArray(gone) ? gone : [];
    });
    all[index] = {
      ...known,
      fields: { ...known.fields, ...effect.fields, exceptions: [...new Set(exceptions)] },
    };
  }
  return all;
}
