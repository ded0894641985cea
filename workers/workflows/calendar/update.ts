import type { Event } from '../../../contracts/entities.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { quote, sayUnread } from '../sentences.ts';
import { about, isShownAgain, showing, shownTo } from '../shown.ts';
import { seenEvent } from '../since-shown.ts';
import { sayAway } from './away.ts';
import { askAbout, freeInstead, KEEP, overlapsOfEach, type Overlaps, type Wanted } from './conflicts.ts';
import { dayToChange } from './day-to-change.ts';
import { resolveEvents } from './find.ts';
import { askShorter, refuseOften } from './limits.ts';
import { asItComes, nextDay, type Meant } from './meant.ts';
import { wholeOf, type Whole } from './parts.ts';
import { hasNoHourYet } from './new-times.ts';
import { patchFor } from './patch.ts';
import { followed, planAll, type PlannedAll } from './plan-change.ts';
import { askScope, type Planned, type Scope } from './series.ts';
import { updateMany } from './update-many.ts';
import { askPast } from './when.ts';
import { sayAgain, sayBusy, sayList, sayWhen } from './words.ts';

/** A change of one event, or of several at once. Where it would overlap others, that is asked about and never refused. */
export const updateEvent: Handler = async (work) => {
  const often = refuseOften(work);
  if (often) return often;
  const { params } = work;
  const place = params?.where?.date_range ?? params?.was;
  const found = await resolveEvents(work, { verb: 'change', place, careful: false });
  if ('step' in found) return found.step;
  const [only] = found.items;
  // What is left of several is told as such.
  const alone = (shownTo(work) ?? { shown: found.items }).shown.length === 1;
  if (alone && only && !isShownAgain(work) && !params?.swap)
    return about(await updateOne(work, only), showing('event', [seenEvent(only.event, only.day)]));
  return updateMany(work, found.items);
};

async function updateOne(work: Work, found: Meant): Promise<Step> {
  const { event } = found;
  const day = event.recurrence ? dayToChange(work, found) : null;
  const base = day ?? event;
  const patch = await patchFor(work, base);
  if (Object.keys(patch).length === 0) return nothingNew(work, base);
  const other = askEnd(patch) ?? askShorter(patch);
  if (other) return other;
  const scope = day ? scopeOf(work, found, patch) : null;
  if (day && scope === null) return askScope(work, { event, day }, 'change');
  const whole = day && scope !== null && scope !== 'this' ? await wholeOf(work.ports.events, event) : null;
  // A new rule is that of the whole series, whichever part of it was spoken of last.
  const coming = scope === 'all' && !found.day && patch.recurrence && whole ? comingPart(work, whole) : null;
  if (coming && coming.id !== event.id) return updateOne(work, { event: coming, day: null });
  const planOf = (how: EventPatch): Promise<PlannedAll> =>
    planAll(work, found, { day, scope, patch: how, whole });
  const planned = await planOf(patch);
  const moved = patch.start !== undefined;
  if (moved && planned.event.recurrence === null) {
    const past = askPast(work, planned.event, sayWhen(planned.event, work));
    if (past) return past;
  }
  const own = new Set([event, ...(whole?.parts ?? [])].map(({ id }) => id));
  const isSelf = (other: Event): boolean =>
    own.has(other.id) || (whole !== null && other.series_id !== null && own.has(other.series_id));
  const [overlaps, effects] = await Promise.all([
    moved
      ? overlapsOfAll(
          work,
          [planned.event, ...planned.others].map((one) => ({
            event: one,
            isSelf: scope === 'this' ? (other) => isDay(other, day) : isSelf,
          })),
        )
      : null,
    followed(work.ports, planned, work.now),
  ]);
  if (overlaps && overlaps.events.length > 0 && !work.chosen.includes(KEEP)) {
    const wanted = {
      event: scope === null ? planned.event : asItComes(planned.event, work.reference),
      isSelf,
    };
    const known = settledSlots(work, event, day, scope);
    if (!work.skipped.includes('start')) return askAbout(work, wanted, overlaps, known);
    const free = await freeInstead(work, wanted);
    if (free) {
      const other = await planOf({ ...patch, ...free });
      const effects = await followed(work.ports, other, work.now);
      const change = { before: base, scope, patch: { ...patch, ...free }, planned: { ...other, effects } };
      return changed(work, change, { ...overlaps, events: [], away: [] });
    }
  }
  return changed(work, { before: base, scope, patch, planned: { ...planned, effects } }, overlaps);
}

/** The part of a series that comes next. */
function comingPart({ reference }: Work, { parts }: Whole): Event | null {
  const next = parts.flatMap((part) => {
    const day = nextDay(part, reference);
    return day ? [{ part, at: Date.parse(day.start) }] : [];
  });
  return next.toSorted((a, b) => a.at - b.at)[0]?.part ?? null;
}

/** What a series in several parts would overlap, each once. */
async function overlapsOfAll(work: Work, wanted: readonly Wanted[]): Promise<Overlaps> {
  const { found, away, version } = await overlapsOfEach(work, wanted);
  const all = new Map(found.flat().map((busy) => [`${busy.id} ${busy.start}`, busy]));
  return { events: [...all.values()], away: away.flat(), version };
}

/** The day itself; other days of its series may well be overlapped. */
const isDay = (other: Event, day: Event | null): boolean =>
  other.id === day?.id && Date.parse(other.start) === Date.parse(day.start);

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

function askEnd({ start, end }: EventPatch): Step | null {
  if (start === undefined || end === undefined || Date.parse(end) > Date.parse(start)) return null;
  return ask({ slot: 'end', question: 'That would end before it begins. When does it end?' });
}

function nothingNew({ params, slots, ...work }: Work, event: Event): Step {
  const said = [
    slots.start,
    slots.end,
    slots.date_range,
    slots.duration_minutes,
    slots.participants,
    slots.title,
    slots.location,
  ].some((value) => value !== undefined);
  const known = `${quote(event.title)} is ${sayWhen(event, work)}`;
  if (event.all_day && hasNoHourYet({ ...work, params, slots }))
    return done({
      reply: `${known}, so there is no hour to count from, and nothing was changed. From when to when is it to be, or how many days longer?`,
      opened: { kind: 'event', id: event.id, title: event.title },
    });
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

/** @param overlaps null where it stays at its time: then it does not matter what else is in the calendar */
function changed(work: Work, { before, scope, patch, planned }: Change, overlaps: Overlaps | null): Step {
  const { event, effects } = planned;
  const sentence = sayChange(work, before, patch, event);
  const beside = overlaps?.events ?? [];
  const overlap =
    beside.length > 0
      ? ` It overlaps ${sayList(beside.slice(0, 3).map((other) => sayBusy(other, work)))}.`
      : '';
  const told = planned.ofSomeDays ? ' Its other days stay as they are.' : scope ? SCOPE_WORDS[scope] : '';
  return done({
    reply: `${sentence}.${told}${overlap}${sayAway(overlaps?.away ?? [], work)}${sayUnread(work.params?.unread)}`,
    summary: sentence,
    effects,
    cards: [{ kind: 'event', data: { event, change: 'updated', beside } }],
    executionResult: { event_id: event.id },
    item: { kind: 'event', id: event.id, title: event.title },
    calendarVersion: overlaps?.version ?? null,
  });
}

function sayChange(work: Work, before: Event, patch: EventPatch, event: Event): string {
  const name = quote(before.title);
  const again = event.recurrence && patch.recurrence !== undefined ? `, ${sayAgain(event.recurrence)}` : '';
  const next = asItComes(event, work.reference);
  const others = [
    patch.title === undefined ? null : `it is called ${quote(patch.title)} now`,
    patch.notes && work.params?.note ? `noted ${quote(work.params.note)}` : null,
    patch.location === undefined ? null : patch.location === null ? 'no place' : `at ${patch.location}`,
    patch.participants === undefined ? null : sayGuests(before.participants, patch.participants),
    patch.recurrence === null ? 'it does not repeat any more' : null,
    patch.recurrence && event.recurrence && patch.start === undefined
      ? `repeats ${sayAgain(event.recurrence)}`
      : null,
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
