import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { DateRange, Target } from '../../../contracts/slots.ts';
import type { Step, Work } from '../outcome.ts';
import type { MatchGrade } from '../ports.ts';
import { JUST_DONE_MS } from '../policy.ts';
import { notFound, resolveItems } from '../references.ts';
import { shownTo, type Shown } from '../shown.ts';
import { dateIn, isOver, nextDay, onDay, originOf, shownOf, startsWithin, type Meant } from './meant.ts';
import { sayRange } from '../say-range.ts';
import { singular } from '../singular.ts';
import { EACH_LEAD, meansEach, type Search } from './each-meant.ts';
import { dayFrom, nextOfSpoken, saysOne, spokenThere } from './said-place.ts';
import { tellApart } from './words.ts';

/** What only says that something is an event. */
const KIND = String.raw`(?:events?|meetings?|appointments?|calls?|sessions?|bookings?|entry|entries|ones?|things?|slots?|series|dates?|reservations?|plans?)`;
const KIND_ALONE = new RegExp(`^${KIND}$`, 'i');
const KIND_TAIL = new RegExp(String.raw`\s+${KIND}$`, 'i');
const WITH = new RegExp(
  String.raw`^(?:(?:the|my|our|that|all)\s+)?${KIND}\s+(?:with|w/)\s+(?<name>\S.*)$`,
  'i',
);
const DAY_LEAD =
  /^(?:this|next|the|on|my|our)?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|this (?:morning|afternoon|evening|week))(?:'s|’s)?\s+(?=\S)/i;
const HOUR =
  /^(?:(?:at|the|my)\s+)*(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?|noon|midday|midnight)(?:\s+(?:o'?clock|one|thing|meeting|event|appointment|call|slot))?$/i;

/** Whether an hour says which half of the day it is in. */
const HALF_SAID = /\d\s*[ap]\.?m\b|noon|midday|midnight|\b(?:0\d|1[3-9]|2[0-3])[:.]\d\d/i;

/** A range of words as instants; a day begins and ends at its midnight. */
export function instantsOf(range: DateRange, zone: string): { from?: Date; to?: Date } {
  const at = (value: string | undefined): Date | undefined =>
    value === undefined ? undefined : DateTime.fromISO(value, { zone }).toJSDate();
  const [from, to] = [at(range.start), at(range.end)];
  return { ...(from && { from }), ...(to && { to }) };
}

/** The words of a target without what only says that it is an event, or which day it is on. */
function searchOf(work: Work, place: DateRange | undefined): Search {
  const { slots, timezone } = work;
  const said = slots.target?.query?.trim().replace(EACH_LEAD, '').replace(DAY_LEAD, '');
  const within = place ? instantsOf(place, timezone) : null;
  const name = said === undefined ? undefined : WITH.exec(said)?.groups?.['name'];
  // Who is met is said by the words that name the event; others are to be added to it.
  const named = (slots.participants ?? []).filter((one) => said?.toLowerCase().includes(one.toLowerCase()));
  if (name !== undefined)
    return { text: undefined, people: named.length > 0 ? named : [name], place: within };
  const only = said === undefined || KIND_ALONE.test(said) || (HOUR.test(said) && within !== null);
  return { text: only ? undefined : said, people: [], place: within };
}

/** Whether somebody is named to say which event is meant, and not to be added to it. */
export function namesWhich({ slots }: Work, name: string): boolean {
  return slots.target?.query?.toLowerCase().includes(name.toLowerCase()) ?? false;
}

/** Which of those that are there is asked. */
const ONE_OF_THEM: Target = { kind: 'event', query: 'one' };

interface Options {
  verb: string;
  /** Where it is now, as said. */
  place: DateRange | undefined;
  /** Something is lost. */
  careful: boolean;
}

/** The events that an act means, or what to say instead. Of a series a day, where its time was said. */
export async function resolveEvents(
  work: Work,
  { verb, place, careful }: Options,
): Promise<{ items: Meant[] } | { step: Step }> {
  const { reference, timezone, ports } = work;
  const shown = shownTo(work);
  if (shown?.kind === 'event') return shownEvents(work, shown);
  const search = searchOf(work, place);
  const target = await meantTarget(work, search, careful);
  const there = target?.reference === 'last' && search.place ? await spokenThere(work, search.place) : null;
  const isOfOne = new Set(there?.map(({ event }) => originOf(event))).size === 1 && !saysOne(work.words);
  if (there && (there.length <= 1 || isOfOne))
    return there.length > 0
      ? { items: await Promise.all(there.map((meant) => stored(work, meant))) }
      : notFound(
          (await nextOfSpoken(work, place)) ?? `There is nothing ${place ? sayRange(place, work) : 'then'}.`,
        );
  const looked = new Looking(work, search);
  let isEach = false;
  const none = `You have no events${place ? ` ${sayRange(place, work)}` : ' coming up'}.`;
  if (target?.reference === 'all' && place && (await looked.inPlace()).length === 0) return notFound(none);
  const found = await resolveItems<Meant>(
    // Several are there: which one is meant has to be asked.
    { ...work, slots: { ...work.slots, target: there ? ONE_OF_THEM : target } },
    {
      kind: 'event',
      noun: 'event',
      find: (id, start) => findMeant(work, id, start),
      last: async () => {
        const event = await ports.events.last();
        return event && { event, day: null };
      },
      // Of all of them some are named, or left out.
      match: (words, limit) => (target?.reference === 'all' ? looked.called(words) : looked).match(limit),
      select: async () => {
        const items = search.place ? await looked.inPlace() : once(await looked.allUpcoming());
        return { items, total: items.length };
      },
      narrowed: search.place !== null || search.people.length > 0,
      usual: (meant) => search.place !== null || !isOver(meant.event, reference),
      each: (items) => (isEach = meansEach(work, search, items)),
      offered: async (limit) => once(await looked.upcoming()).slice(0, limit),
      labels: (items) => tellApart(items.map(shownOf), { timezone, reference }),
      idOf: ({ event }) => event.id,
      startOf: ({ day }) => day?.start,
      careful,
      where: place ? ` ${sayRange(place, work)}` : '',
      none,
    },
    verb,
  );
  if (!('items' in found)) return found;
  const inOrder = isEach ? found.items.toSorted(byStart) : found.items;
  return { items: await Promise.all(inOrder.map((meant) => stored(work, meant))) };
}

const byStart = (one: Meant, other: Meant): number =>
  Date.parse(shownOf(one).start) - Date.parse(shownOf(other).start);

/** Those that were shown and still take place. */
async function shownEvents({ ports }: Work, { shown }: Shown): Promise<{ items: Meant[] } | { step: Step }> {
  const all = await Promise.all(
    shown.map(async (key): Promise<Meant | null> => {
      const [id = '', start] = key.split(' ');
      const event = await ports.events.find(id);
      if (!event || start === undefined) return event && { event, day: null };
      const at = new Date(start);
      const isThere = startsWithin(event, at, new Date(at.getTime() + 1), 1).length > 0;
      return isThere ? { event, day: onDay(event, at) } : null;
    }),
  );
  const items = all.filter((meant) => meant !== null);
  if (items.length > 0) return { items };
  return notFound(shown.length === 1 ? 'That event is gone.' : 'Those events are gone.');
}

/** A listed day of a series has its own times; what is changed is the series as it is stored. */
async function stored({ ports }: Work, meant: Meant): Promise<Meant> {
  if (meant.event.recurrence === null) return meant;
  return { ...meant, event: (await ports.events.find(meant.event.id)) ?? meant.event };
}

/** The target with what the words say of it besides; by its time alone where nothing else is said. */
async function meantTarget(work: Work, search: Search, careful: boolean): Promise<Target | undefined> {
  const { target } = work.slots;
  const { query, ...rest } = target ?? { kind: 'event' as const };
  if (query === undefined || rest.id || rest.ids || rest.reference) return target;
  const unnamed = search.text === undefined && search.people.length === 0 && search.place === null;
  if (unnamed && KIND_ALONE.test(query) && (await isSpokenOf(work, query, careful)))
    return { ...rest, reference: 'last' };
  return { ...rest, query };
}

/**
 * Whether words for a kind mean the event spoken of last: "that meeting" does, and so does "the meeting" where nothing is
 * lost by it, unless another one was spoken of just before.
 */
async function isSpokenOf(
  { context, words, ports, now }: Work,
  kind: string,
  careful: boolean,
): Promise<boolean> {
  if (context.last_receipt?.kind !== 'event') return false;
  if (/\b(?:that|this)\b/i.test(words)) return true;
  if (careful) return false;
  const receipts = await ports.receipts.recent(SPOKEN_RECEIPTS);
  const recent = receipts.filter(({ created_at: at }) => now.getTime() - at.getTime() < JUST_DONE_MS);
  const named = recent.flatMap(({ effects }) =>
    effects.filter(({ kind: of, op, after }) => of === 'event' && op !== 'delete' && isCalledSo(after, kind)),
  );
  return new Set(named.map(({ item_id: id }) => id)).size <= 1;
}

/** Changes that are still in everybody's mind. */
const SPOKEN_RECEIPTS = 4;
const isCalledSo = ({ title }: Record<string, unknown>, kind: string): boolean =>
  typeof title === 'string' && title.toLowerCase().includes(kind.toLowerCase().replace(/s$/, ''));

async function findMeant({ ports }: Work, id: string, start: string | undefined): Promise<Meant | null> {
  const event = await ports.events.find(id);
  if (!event) return null;
  return { event, day: start !== undefined && event.recurrence ? dayFrom(event, new Date(start)) : null };
}

/** Looks for events by words, people and place in time. */
class Looking {
  constructor(
    private readonly work: Work,
    private readonly search: Search,
  ) {}

  /** The same looking, by other words. */
  called(text: string): Looking {
    return new Looking(this.work, { ...this.search, text, people: [] });
  }

  /** Those that are there, of series each day. */
  async inPlace(text = this.search.text): Promise<Meant[]> {
    const { place, people } = this.search;
    if (!place) return [];
    const { reference } = this.work;
    const bounds = place.from ? { ...place, from: place.from } : { ...place, from: reference };
    const events = await this.work.ports.events.within({ ...bounds, text, participants: people });
    // What began before is meant only by days that it fills.
    const begins = events.filter((event) => event.all_day || new Date(event.start) >= bounds.from);
    const there = (begins.length > 0 ? begins : events).map((event) => this.meant(event));
    // "From december 4th on", "from december on" is about the first of them and all that follow.
    const isOpen = this.work.slots.target?.scope === 'following';
    const seen = new Set<string>();
    return isOpen
      ? there.filter(({ event }) => !seen.has(originOf(event)) && seen.add(originOf(event)))
      : there;
  }

  async upcoming(text = this.search.text): Promise<Meant[]> {
    const { people } = this.search;
    const events = await this.work.ports.events.within({
      from: this.work.reference,
      text,
      participants: people,
    });
    return events.map((event) => this.meant(event));
  }

  /** Those of the words, however they are put: "swims" are those called "swim". */
  async allUpcoming(): Promise<Meant[]> {
    for (const words of wordings(this.search.text)) {
      const found = await this.upcoming(words);
      if (found.length > 0) return found;
    }
    return [];
  }

  async match(limit: number): Promise<{ items: Meant[]; grade: MatchGrade }> {
    const { text, people, place } = this.search;
    for (const words of wordings(text)) {
      if (place) {
        const there = await this.inPlace(words);
        if (there.length > 0) return { items: there.slice(0, limit), grade: gradeOf(words, there) };
      } else if (words === undefined || people.length > 0) {
        const coming = once(await this.upcoming(words));
        const first = coming[0];
        if (first) return { items: coming.slice(0, limit), grade: 'whole' };
      } else {
        const { events, grade } = await this.work.ports.events.match(words, limit);
        const known = withoutOwnDays(events, this.work).map((event): Meant => ({ event, day: null }));
        if (known.length > 0 && grade !== 'part') return { items: known, grade };
      }
    }
    const hour = this.hourAlone();
    if (text === undefined) {
      // "My 3pm" of a day without one may be that of another day.
      const alike = hour === null ? [] : await this.comingAt(hour);
      return { items: alike.slice(0, limit), grade: alike.length === 1 ? 'whole' : 'part' };
    }
    // Elsewhere than was said, or only something like it: offered, unless it was an hour that needs no day.
    const { events, grade } = await this.work.ports.events.match(text, limit);
    const items = withoutOwnDays(events, this.work).map((event): Meant => ({ event, day: null }));
    return { items, grade: place && hour === null ? 'part' : grade };
  }

  /** What comes at that hour, whatever the day; at the other half of the day where none was said and none is there. */
  private async comingAt(hour: string): Promise<Meant[]> {
    const coming = await this.upcoming();
    const at = (other: string): Meant[] =>
      once(coming.filter(({ event }) => this.hourOf(event.start) === other));
    const said = at(hour);
    if (said.length > 0 || HALF_SAID.test(this.work.slots.target?.query ?? '')) return said;
    return at(DateTime.fromFormat(hour, 'HH:mm').plus({ hours: 12 }).toFormat('HH:mm'));
  }

  /** The hour where the place is no more than that; it was taken for today's. */
  private hourAlone(): string | null {
    const { place } = this.search;
    if (!place?.from || !place.to || place.to.getTime() - place.from.getTime() > 3_600_000) return null;
    return this.hourOf(place.from.toISOString());
  }

  private hourOf(at: string): string {
    return DateTime.fromISO(at, { zone: this.work.timezone }).toFormat('HH:mm');
  }

  private meant(found: Event): Meant {
    return { event: found, day: found.recurrence ? found : null };
  }
}

/**
 * Where no day is said, the series is meant and not a day of it that was changed by itself. Of the parts of a series that
 * was changed from a day on, the one is meant that comes on the day it is to be, or comes next.
 */
function withoutOwnDays(events: readonly Event[], work: Work): Event[] {
  const ids = new Set(events.map(({ id }) => id));
  const whole = events.filter(
    ({ recurrence, series_id }) => recurrence !== null || series_id === null || !ids.has(series_id),
  );
  return whole.filter((event) => event.recurrence === null || isMeantPart(event, whole, work));
}

function isMeantPart(
  event: Event,
  all: readonly Event[],
  { slots, reference, timezone: zone }: Work,
): boolean {
  const parts = all.filter((other) => other.recurrence !== null && originOf(other) === originOf(event));
  if (parts.length === 1) return true;
  const nextOf = (part: Event, from: Date): number =>
    Date.parse(nextDay(part, from)?.start ?? '9999-12-31T00:00:00Z');
  const dayOf = (said: string | undefined): Date | null =>
    said === undefined ? null : DateTime.fromISO(said, { zone }).startOf('day').toJSDate();
  const wanted = dayOf(slots.start);
  const there =
    wanted && parts.find((part) => dateIn(new Date(nextOf(part, wanted)), zone) === dateIn(wanted, zone));
  // "From monday on" begins in the part that monday is in.
  const from = (slots.date_range?.end === undefined && dayOf(slots.date_range?.start)) || reference;
  const next = parts.toSorted((a, b) => nextOf(a, from) - nextOf(b, from))[0];
  return event === (there ?? next);
}

/** The words as said, without what says only the kind, and in the singular. */
function wordings(text: string | undefined): (string | undefined)[] {
  if (text === undefined) return [undefined];
  const bare = text.replace(KIND_TAIL, '');
  return [...new Set([text, bare, singular(text), singular(bare)])];
}

/** Words that stand whole in every title are sure. */
function gradeOf(words: string | undefined, found: readonly Meant[]): MatchGrade {
  if (words === undefined) return 'whole';
  const said = words.toLowerCase().split(/\s+/);
  const whole = found.every(({ event }) => {
    const own = [event.title, event.location ?? '', ...event.participants]
      .join(' ')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u);
    return said.every((word) => own.includes(word));
  });
  return whole ? 'whole' : 'start';
}

/** A series once, whatever parts it has, by its first day of those. */
function once(found: readonly Meant[]): Meant[] {
  const seen = new Set<string>();
  return found.flatMap((meant) => {
    if (seen.has(originOf(meant.event))) return [];
    seen.add(originOf(meant.event));
    return [{ event: meant.event, day: null }];
  });
}
