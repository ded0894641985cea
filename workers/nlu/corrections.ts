import { z } from 'zod';
import type { OpenQuestion } from '../../contracts/clarification.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { ActParams, Entity } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { valuesOf } from './answer.ts';
import { readContrast, swapped, type Contrast } from './contrast.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readEmailCorrection } from './email-corrections.ts';
import { DISTANCE } from './extract/change.ts';
import { readDuration } from './extract/attributes.ts';
import { findDistance } from './extract/how-far.ts';
import { preferenceOf } from './extract/preference.ts';
import { FRESH_MS } from './fresh.ts';
import type { LastReceipt, NluInput } from './nlu-input.ts';
import {
  addedPeople,
  becomes,
  meantInstead,
  otherTarget,
  otherGuest,
  renamed,
  withOthers,
  type Subject,
} from './other-words.ts';
import { isTimeSlot, KEPT_IN_PART, saidTime, timeSlotOf } from './said-times.ts';
import { isEndSaid } from './spoken-end.ts';
import { distanced, hoursOfDays } from './said-distances.ts';
import { IS, peel } from './peel.ts';
import { saidValues } from './said-values.ts';
import type { Range } from './text.ts';
import { formatEpoch } from './time/civil.ts';

export interface Correction {
  slots: Slots;
  entities: Entity[];
  /** What is corrected: the act of the open question, or what was done last. */
  action: Action;
  /** What is known of that. */
  known: Slots;
  /** Of what is done again. */
  params?: ActParams | undefined;
}

/** A changed value for what was said or done just before; it must be nothing but values. */
export function readCorrection(
  draft: Draft,
  input: NluInput,
  question: OpenQuestion | null,
): Correction | null {
  const other = question ? null : otherItem(draft, input);
  if (other) return other;
  const setting = question ? null : otherPreference(draft, input);
  if (setting) return setting;
  const last = freshSubject(input);
  if (!question && !last) return null;
  const asked = question && { action: question.action, known: question.slots };
  const found =
    (asked && correctionOf(draft, asked)) ??
    (last && besidePlan(correctionOf(draft, last, !question), question)) ??
    (question ? correctionOf(draft, { action: 'update_task', known: question.slots }) : null);
  if (!found) return null;
  // The value that was asked for is an answer, however it is introduced.
  const answers = question && (question.slot in found.slots || givesTime(question.slot, found.slots));
  return answers ? null : found;
}

/** "No, start with the exam" of a plan that waits for its yes gives nothing another name. */
const besidePlan = (found: Correction | null, question: OpenQuestion | null): Correction | null =>
  question?.action === 'plan_schedule' && found?.slots.title !== undefined ? null : found;

/** "No, the budget report" after something that was not found: the same is asked for of another item. */
function otherItem(draft: Draft, { lastRefused, now }: NluInput): Correction | null {
  const { target } = lastRefused?.slots ?? {};
  if (!lastRefused || !target || now.getTime() - Date.parse(lastRefused.at) >= FRESH_MS) return null;
  const entities = otherTarget(draft, peel(draft), target);
  if (entities.length === 0) return null;
  const { action, slots: known, params } = lastRefused;
  return { slots: valuesOf(entities) ?? {}, entities, action, known, params };
}

/** "No, at 8" after "brief me at 7": the same setting with another value. */
function otherPreference(draft: Draft, { lastReceipt, now }: NluInput): Correction | null {
  const { preference } = lastReceipt?.slots ?? {};
  if (!lastReceipt || !preference || now.getTime() - Date.parse(lastReceipt.at) >= FRESH_MS) return null;
  const said = peel(draft);
  const short = draft.folded.slice(said.start, said.end).split(/\s+/).length <= MOST_WORDS;
  const read = said.marked && short ? preferenceOf(preference.key, ...asHour(draft, said)) : [];
  const entities = read.map((entity) => {
    const value = sameEdge(entity.value, preference);
    return { ...entity, value, readings: entity.readings.map((one) => ({ ...one, value })) };
  });
  return entities.length > 0
    ? { slots: valuesOf(entities) ?? {}, entities, action: 'set_preference', known: {} }
    : null;
}

/** "5:30 is better" after "I finish at 6" is the end of the hours as well: a bare hour is of the edge that was set. */
function sameEdge(said: unknown, before: NonNullable<Slots['preference']>): unknown {
  const value = bareEdge.safeParse(said).data?.value;
  const isEnd = onlyEnd.safeParse(before.value).success;
  return value && isEnd ? { key: before.key, value: { end: value.start } } : said;
}
const bareEdge = z.object({ value: z.strictObject({ start: z.string() }) });
const onlyEnd = z.strictObject({ end: z.string() });

/** "Make it 8" as "make at 8": where a setting is spoken of, a bare number is an hour. Offsets stay. */
function asHour(draft: Draft, range: Range): [Draft, Range] {
  const start = range.start - 3;
  if (start < 1 || !/^\d{1,2}(?:$|\s(?:to|-)\s)/.test(draft.folded.slice(range.start, range.end)))
    return [draft, range];
  const led = (text: string): string => `${text.slice(0, start - 1)} at ${text.slice(range.start)}`;
  return [
    { ...draft, text: led(draft.text), folded: led(draft.folded) },
    { ...range, start },
  ];
}

/** Days alone are an answer to "at what time?", too. */
const givesTime = (asked: Slot, slots: Slots): boolean =>
  (asked === 'start' || asked === 'remind_at') && slots.date_range !== undefined;

/** What was done last, while it is still what people speak of. */
export function freshSubject(input: Pick<NluInput, 'lastReceipt' | 'now'>): Subject | null {
  const last = freshReceipt(input);
  if (!last) return null;
  const { action, slots } = bookedAsEvent(last);
  // An email that is kept is changed in ways of its own, see `draft-edits.ts`.
  return actionEntry(action).workflow === null || action === 'draft_email'
    ? null
    : {
        action,
        known: slots,
        called: last.title,
        about: last.about,
        undated: (last.said?.params?.unread?.length ?? 0) > 0,
        ends: isEndSaid(last),
      };
}

/** What was found and booked is an event from then on, and no search. */
function bookedAsEvent({ action, slots, kind }: LastReceipt): Pick<LastReceipt, 'action' | 'slots'> {
  if (action !== 'find_time' || kind !== 'event') return { action, slots };
  const { date_range: _searched, duration_minutes: _wanted, ...booked } = slots;
  return { action: 'create_event', slots: booked };
}

/** What was done a moment ago. */
export const freshReceipt = ({
  lastReceipt,
  now,
}: Pick<NluInput, 'lastReceipt' | 'now'>): NluInput['lastReceipt'] =>
  lastReceipt && now.getTime() - Date.parse(lastReceipt.at) < FRESH_MS ? lastReceipt : null;

/** @param alone nothing is asked, so that bare values can only be about the subject */
function correctionOf(draft: Draft, subject: Subject, alone = false): Correction | null {
  if (draft.folded.length > 1_000) return null;
  const { action, known } = subject;
  // "Make the meeting 11 instead" after a reminder is about the meeting.
  if (!action.endsWith('_event') && NAMES_EVENT.test(draft.folded)) return null;
  if (action === 'draft_email') {
    const slots = readEmailCorrection(draft);
    return slots && { slots, entities: [], ...subject };
  }
  const far = action.endsWith('_event') ? hoursOfDays(draft, known) : null;
  if (far) return { slots: {}, entities: [], ...subject, params: far };
  const entities = correctedEntities(draft, subject, alone).filter(
    // An hour picks no days of a list.
    ({ slot, grain }) => slot !== 'date_range' || !(grain === 'hour' || grain === 'minute'),
  );
  const takes: readonly Slot[] = [...actionEntry(action).slots, 'date_range'];
  const slots = entities.length > 0 ? valuesOf(entities) : null;
  // "In the morning" of what is then already is heard, and no greeting.
  const part = entities.length > 0 && entities.every(({ readings: [one] }) => one?.reason === KEPT_IN_PART);
  const same =
    !part && slots !== null && Object.entries(slots).every(([slot, value]) => known[slot as Slot] === value);
  // Who says it all the same is told that it is so already.
  const insists = alone && (peel(draft).marked || slots?.title !== undefined) && CHANGES.test(action);
  if (!slots || (same && !insists) || !Object.keys(slots).every((slot) => takes.includes(slot as Slot)))
    return null;
  const params = dayKept(draft, slots, known) ?? othersInstead(slots, known);
  // "Invite Ben to it" is said of the one that was looked at.
  const changed = action === 'list_events' && slots.participants ? 'update_event' : action;
  return { slots, entities, ...subject, action: changed, ...(params && { params }) };
}

const CHANGES = /^(?:create|update)_(?:task|event)$/;

/** "With Tim" instead of Tom: as many as before, so that somebody does not come any more. */
function othersInstead({ participants: after }: Slots, { participants: before }: Slots): ActParams | null {
  const gone = before?.filter((name) => !after?.includes(name)) ?? [];
  return gone.length > 0 && after?.length === before?.length ? { uninvite: gone } : null;
}

const NAMES_EVENT =
  /\b(?:make|move|change|set|push|shift)\s+the\s+(?:meeting|event|appointment|call|lunch|dinner)\b/;

/** "Move it to 2pm" of something whose day is known where it is looked for only. */
export function dayKept(draft: Draft, { start, due_date }: Slots, known: Slots): ActParams | null {
  const hour = start ?? due_date;
  const days = [known.start, known.due_date, known.date_range];
  if (hour === undefined || days.some((day) => day !== undefined)) return null;
  const said = saidTime(draft, wholeOf(draft));
  return said?.main.clockOnly && !said.day && !said.main.isRange ? { day_kept: hour } : null;
}

function correctedEntities(draft: Draft, subject: Subject, alone: boolean): Entity[] {
  const { action, known } = subject;
  const takes = (slot: Slot): boolean => (actionEntry(action).slots as readonly Slot[]).includes(slot);
  const said = peel(draft);
  // "Put it back and make it due friday" takes something back first.
  if (said.start >= said.end || BACK_AND.test(draft.folded)) return [];
  const contrast = readContrast(draft, said);
  if (contrast) return contrasted(draft, contrast, subject, said.marked);
  const added = takes('participants') ? addedPeople(draft, said, known, alone && !said.marked) : [];
  if (added.length > 0) return added;
  const named = takes('title') ? renamed(draft, said) : [];
  if (named.length > 0) return named;
  const slot = timeSlotOf(actionEntry(action).slots);
  const far = slot ? findDistance(draft, wholeOf(draft)) : null;
  // A task that is moved by some days is a request of its own, since its date counts.
  if (slot === 'due_date' && far?.params.shift) return [];
  const distance = slot === 'start' || slot === 'remind_at' ? far : null;
  if (distance && slot && slot !== 'date_range') return distanced(draft, distance, slot, known);
  if (DISTANCE.test(draft.folded.slice(said.start, said.end))) return [];
  if (!said.marked) return alone ? bareValues(draft, said, subject) : alsoValues(draft, said, subject);
  const guest = takes('participants') ? otherGuest(draft, said, subject) : [];
  if (guest.length > 0) return guest;
  const later = lengthFromNow(draft, said, subject);
  if (later.length > 0) return later;
  const { entities, complete } = saidValues(draft, said, subject);
  if (complete) return entities;
  const minutes = bareMinutes(draft, said, subject);
  if (minutes.length > 0) return minutes;
  if (said.wrong === 'list' && takes('list')) {
    const name = stripped(draft, said, /^(?:in|on|to|the|my)\s+/, /\s+list$/);
    return [entityAt(draft, 'list', name, draft.text.slice(name.start, name.end), 'as said')];
  }
  const title = said.becomes && takes('title') ? becomes(draft, said, subject, said.becomes === 'made') : [];
  if (title.length > 0) return [...title, ...entities.filter(({ start }) => start >= (title[0]?.end ?? 0))];
  return meantInstead(draft, said, subject, said);
}

const BACK_AND = /\b(?:it|that|this|them)\s+back\s*,?\s+(?:and|but|then)\b/;

/** A bare number that is no hour: "make it 30" after "in 20 minutes", or of something that takes 20. */
function bareMinutes(draft: Draft, range: Range, { action, known }: Subject): Entity[] {
  const said = /^(?:\d{2,3})$/.exec(draft.folded.slice(range.start, range.end))?.[0];
  const minutes = Number(said);
  if (said === undefined || minutes < 25 || minutes > 240) return [];
  if (action !== 'set_reminder') {
    const takes: readonly Slot[] = actionEntry(action).slots;
    return takes.includes('duration_minutes')
      ? [entityAt(draft, 'duration_minutes', range, minutes, 'minutes, for so many')]
      : [];
  }
  return fromNow(draft, range, minutes, known);
}

/** "Make that 3 hours" after "in 2 hours". */
function lengthFromNow(draft: Draft, range: Range, { action, known, about }: Subject): Entity[] {
  if (action !== 'set_reminder' || about) return [];
  const minutes = readDuration(draft.folded.slice(range.start, range.end));
  return minutes === null ? [] : fromNow(draft, range, minutes, known);
}

function fromNow(draft: Draft, range: Range, minutes: number, { remind_at: before }: Slots): Entity[] {
  const soon = before !== undefined && Date.parse(before) - draft.now.getTime() < SOON_MS;
  if (!soon) return [];
  const at = formatEpoch(draft.now.getTime() / 1000 + minutes * 60, draft.timezone);
  return [{ ...entityAt(draft, 'remind_at', range, at, 'that long from now'), grain: 'minute' }];
}
/** Who is to be told within this time counts from now. */
const SOON_MS = 4 * 3_600_000;

const wholeOf = ({ folded }: Draft): Range => ({ start: 0, end: folded.length });

const ALSO = /^[\s,.!]*(?:oh\s+|ok\s+|okay\s+)?(?:and|also|plus)[\s,]/;

/** A preposition before it makes a value a part of what was said before. */
const PART_OF_IT =
  /^(?:(?:by|due|on|at|for|until|till|with|in|before|from|every)\s|(?:morning|afternoon|evening)[\s,]+(?:at\s+)?\d|\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b|in the (?:morning|afternoon|evening)))/;
const MOST_WORDS = 8;

/** "at the park", "it's by friday", "it's urgent" after something was made or changed: what it lacks. */
function bareValues(draft: Draft, range: Range, subject: Subject): Entity[] {
  const is = IS.exec(draft.folded.slice(range.start, range.end))?.[0].length ?? 0;
  const stretch = { start: range.start + is, end: range.end };
  const words = draft.folded.slice(stretch.start, stretch.end);
  const { recognition } = draft;
  // "due monday" asks for a list where nothing was made just now.
  const isDue = recognition?.rule === 'list.overdue' && subject.action.endsWith('_task');
  const fits =
    (recognition === null ||
      recognition.rule === 'list.bare' ||
      recognition.action === 'greeting' ||
      isDue) &&
    !/\?\s*$/.test(draft.folded) &&
    words.split(/\s+/).length <= MOST_WORDS &&
    /^(?:create|update|set|list|plan|find)_/.test(subject.action);
  if (!fits || !(PART_OF_IT.test(words) || subject.undated))
    return alsoValues(draft, stretch, subject, fits && is > 0);
  const { entities, complete } = saidValues(draft, stretch, subject);
  const told = entities.some(({ slot, text }) => slot === 'location' && !isShortPlace(text));
  if (!complete || told) return alsoValues(draft, range, subject);
  return entities.map((entity) =>
    entity.slot === 'participants' && Array.isArray(entity.value)
      ? entityAt(draft, entity.slot, entity, withOthers(entity.value, subject.known), 'invited as well')
      : entity,
  );
}

/** "at the park"; "in the garden plant tulips" and "at home I have to cook" say something else. */
const isShortPlace = (words: string): boolean =>
  words.split(/\s+/).length <= (/[\p{Lu}\d]/u.test(words) ? 5 : 3) &&
  !/\b(?:i|we|you|he|she|they|is|are|have|has)\b/i.test(words);

/** "and high priority": what says when may be about something new ("and tomorrow?"). */
function alsoValues(draft: Draft, range: Range, subject: Subject, part = false): Entity[] {
  // "And with Ben?" asks, and changes nothing.
  if (!part && (!ALSO.test(draft.folded) || /\?\s*$/.test(draft.folded))) return [];
  const { entities, complete } = saidValues(draft, range, subject);
  return complete && !entities.some(({ slot }) => slot !== 'when' && isTimeSlot(slot)) ? entities : [];
}

/** "tomorrow not friday" is a value, "Bill not Bob" a word in place of another. */
function contrasted(draft: Draft, contrast: Contrast, subject: Subject, marked: boolean): Entity[] {
  const { called, known } = subject;
  const exchanged = swapped(draft, contrast, called === undefined ? known : { title: called, ...known });
  const takes: readonly Slot[] = actionEntry(subject.action).slots;
  const usable = exchanged.filter(({ slot }) => slot !== 'when' && takes.includes(slot));
  if (usable.length > 0) return usable;
  const right = saidValues(draft, contrast.right, subject);
  if (!right.complete) return [];
  // Without any other mark both have to be values: "buy milk not cheese" is something to do.
  const wrong = marked || saidValues(draft, contrast.wrong, subject).entities.length > 0;
  return wrong || contrast.wrong.start < contrast.right.start ? right.entities : [];
}

function stripped(draft: Draft, range: Range, head: RegExp, tail: RegExp): Range {
  const words = draft.folded.slice(range.start, range.end);
  const from = head.exec(words)?.[0].length ?? 0;
  const cut = tail.exec(words.slice(from))?.[0].length ?? 0;
  return { start: range.start + from, end: range.end - cut };
}

/** Values of other slots said instead of the one asked for ("tomorrow" to "study what?"): kept, and the question stays. */
export function readBesides(draft: Draft, question: OpenQuestion): Correction | null {
  const whole = { start: 0, end: draft.folded.length };
  const subjects: Subject[] = [
    { action: question.action, known: question.slots },
    { action: 'update_task', known: question.slots },
  ];
  for (const subject of subjects) {
    const { entities, complete } = saidValues(draft, whole, subject);
    const slots = complete ? valuesOf(entities) : null;
    if (slots && !(question.slot in slots)) return { slots, entities, ...subject };
  }
  return null;
}

/** The new values of "actually 4pm", "no, friday", "make it high priority"; null when the text is no correction. */
export function correctionValues(draft: Draft): Correction | null {
  const said = peel(draft);
  if (!said.marked || DISTANCE.test(draft.folded.slice(said.start, said.end))) return null;
  return correctionOf(draft, { action: 'update_task', known: {} });
}
