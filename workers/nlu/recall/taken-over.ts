import { actionEntry, type Action } from '../../../contracts/intents.ts';
import type { Act, ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Slot, Slots } from '../../../contracts/slots.ts';
import { literally } from '../../../core/literally.ts';
import { entityAt, newDraft } from '../draft.ts';
import { extractFor } from '../extract/extract-for.ts';
import { actOn, NOWHERE } from '../leaning/act-on.ts';
import type { NluInput } from '../nlu-input.ts';
import { withWords, type PlainText } from '../plain-text.ts';
import { civilFromIso, civilInZone, civilParts, formatInstant, startOfDay } from '../time/civil.ts';
import { foldText, trimRange } from '../text.ts';
import { leansBack, MOVES, type BackReference } from './back-reference.ts';
import { anotherOne, madeAgain, unknownAct } from './same-again.ts';
import { comingTimes } from './coming-times.ts';
import { isNamed, meantEarlier, namedIn, type Leans } from './meant.ts';
import { recalledOf, type Remembered } from './remembered.ts';

/** What a request of its own takes from an earlier one like it, where it says nothing of that itself. */
const TAKEN: Partial<Record<Action, readonly Slot[]>> = {
  create_event: ['duration_minutes', 'location', 'participants', 'start'],
  create_task: ['priority', 'list', 'tags', 'duration_minutes', 'location'],
  set_reminder: ['remind_at'],
  draft_email: ['subject', 'body', 'email_type'],
};
const WHERE: readonly Action[] = ['create_event', 'update_event', 'create_task', 'update_task'];
const WHEN: readonly Action[] = [...WHERE, 'set_reminder'];

/** What is said of something earlier in a request of its own, and how that request reads without it. */
export interface Leaning {
  words: PlainText;
  takeOver(acts: readonly Act[]): Act[];
}

/** A request and what it leans on. */
interface Request {
  reference: BackReference;
  leans: Leans;
  plain: PlainText;
  input: NluInput;
}

/**
 * A request that takes something from an earlier one: "draft an email to Tom like the one for Ann", "lunch with Ann friday as
 * last week", "dinner with Kim at the place we talked about", "gym tomorrow at the same time as yesterday".
 *
 * @returns null where it takes nothing
 */
export function takenOver(plain: PlainText, input: NluInput): Leaning | null {
  const { remembered } = input;
  const reference = remembered && leansBack(plain.text);
  if (!reference || reference.kind === 'same') return null;
  const words = withoutLeaning(plain, reference);
  const folded = foldText(plain.text);
  const { earlier, spans, kind, isHabit } = reference;
  const leans: Leans = {
    earlier: folded.slice(earlier.start, earlier.end),
    leaning: spans.map(({ start, end }) => folded.slice(start, end)).join(' '),
    request: foldText(words.text),
    isHabit,
    isTime: kind === 'time' || kind === 'place and time',
  };
  const request: Request = { reference, leans, plain, input };
  if (reference.isOptional && !meantEarlier(remembered, leans, input, namedIn(words.text))) return null;
  if (kind === 'time' && MOVES.test(folded)) return movedTo(request);
  return {
    words,
    // Of several requests it is the one before it.
    takeOver: (acts) =>
      acts.map((act, index) => (index === acts.length - 1 ? taken(act, words, request) : act)),
  };
}

/** "Move the chess to the same time as the yoga" is to move it to that hour. */
function movedTo({ reference, leans, plain, input }: Request): Leaning {
  const found = meantEarlier(
    input.remembered ?? [],
    leans,
    input,
    ({ slots }) => clockOf(slots, input.timezone) !== null,
  );
  const clock = found && clockOf(found.slots, input.timezone);
  if (!found || clock === null)
    return { words: plain, takeOver: () => [unknownAct(newDraft(plain.text, input.timezone, input.now))] };
  const [first] = reference.spans;
  const before = plain.text.slice(0, first?.start).trimEnd();
  const instead = /\b(?:to|at|for)$/i.test(before) ? ` ${clock}` : ` to ${clock}`;
  return {
    words: withoutLeaning(plain, { spans: reference.spans.map((span) => ({ ...span, instead })) }),
    takeOver: (acts) =>
      acts.map((act) => {
        const { params, otherwise } = act;
        const recalled = recalledOf(found);
        return {
          ...act,
          params: { ...params, recalled },
          ...(otherwise && { otherwise: { ...otherwise, params: { ...otherwise.params, recalled } } }),
        };
      }),
  };
}

/** With its half of the day, which nothing has to be guessed of. */
function clockOf(slots: Slots, timezone: string): string | null {
  const at = civilFromIso(timeOf(slots) ?? '', timezone);
  if (!at?.hasTime) return null;
  const { hour } = civilParts(at.moment);
  const minute = formatInstant(at.moment, timezone).slice(14, 16);
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? 'am' : 'pm'}`;
}

/** A text without the words that lean, and with what it reads instead. */
function withoutLeaning(plain: PlainText, { spans }: Pick<BackReference, 'spans'>): PlainText {
  return spans.toReversed().reduce((text, { start, end, instead = '' }) => {
    const said = trimRange(foldText(text.text), { start: 0, end: start }, ',');
    return withWords(text, { start: said.end, end }, instead);
  }, plain);
}

function taken(asked: Act, said: PlainText, request: Request): Act {
  const { reference, leans, plain, input } = request;
  const words = said.text.trim();
  const act = isBareName(asked, words, reference) ? newEvent(said, input) : asked;
  const again = asksAnew(act, words, reference) ? ofThatName(words, request) : null;
  if (again) return again;
  // What is deleted, done or looked at takes nothing.
  if (act.source !== 'classifier' && !MAKES.includes(act.action)) return act;
  const fits = (one: Remembered): boolean =>
    fitsTo(act, reference, one) && (!reference.isOptional || namedIn(words)(one));
  const found = meantEarlier(input.remembered ?? [], leans, input, fits);
  if (found) return withValues(act, valuesFrom(act, request, found), found, plain);
  if (reference.isOptional) return act;
  return saysNothing(act, reference)
    ? unknownAct(newDraft(plain.text, input.timezone, input.now))
    : { ...act, params: { ...act.params, unremembered: true } };
}

/** "Dinner with Ben, same place as last time": what has a place or an hour and is not said to be changed is to be one. */
function isBareName({ action, source }: Act, words: string, { kind }: BackReference): boolean {
  return (
    kind !== 'like' && source === 'classifier' && !MAKERS.includes(action) && !MOVES.test(foldText(words))
  );
}

function newEvent(words: PlainText, { timezone, now, preferences }: NluInput): Act {
  const draft = newDraft(words.text, timezone, now, preferences);
  return words.restore(actOn(draft, 'create_event', extractFor(draft, 'create_event').entities));
}
const MAKERS: readonly Action[] = ['create_event', 'create_task', 'set_reminder'];

/** No rule has found a request in it: a name may stand there alone. "Again" is no such, where it is of something else. */
const asksAnew = ({ action, source }: Act, words: string, { kind, isOptional }: BackReference): boolean =>
  kind === 'like' &&
  source === 'classifier' &&
  (!isOptional || MAKES.includes(action)) &&
  !MOVES.test(foldText(words)) &&
  !ENDS.test(foldText(words));
const ENDS =
  /^[\s,.!]*(?:(?:and|please|ok|okay|now|(?:can|could)\s+you)[\s,]+)*(?:cancel|delete|remove|drop|scrap|kill|skip|stop|clear|complete|finish|mark|tick|check|done|undo|show|list|find|search|tell|explain)\b/;
const MAKES: readonly Action[] = [...WHEN, 'draft_email'];

/** Without what was to be taken there is nothing to do: a letter with nothing in it, a name alone, a change of nothing. */
function saysNothing({ action, entities, source }: Act, { spans: [first] }: BackReference): boolean {
  const has = (...slots: readonly string[]): boolean => entities.some(({ slot }) => slots.includes(slot));
  if (action === 'draft_email') return !has('subject', 'body');
  if (action.startsWith('update_')) return true;
  const isName = source === 'classifier' || first?.start === 0;
  return isName && !has('start', 'date_range', 'due_date', 'remind_at', 'when');
}

/** "Standup as last time" names what is to be made again, and asks for it by nothing else. */
function ofThatName(name: string, { leans, input }: Request): Act | null {
  const found = meantEarlier(input.remembered ?? [], { ...leans, isHabit: true }, input, (one) =>
    isNamed(name, one),
  );
  if (!found) return null;
  const draft = newDraft(name, input.timezone, input.now);
  const all = { start: 0, end: name.length };
  const slots = anotherOne(draft, all, found);
  return slots && madeAgain(draft, all, found, slots);
}

function fitsTo({ action }: Act, { kind, made: only }: BackReference, one: Remembered): boolean {
  const { action: made, slots } = one;
  if (only !== undefined && made !== only) return false;
  const hasPlace = WHERE.includes(action) && slots.location !== undefined;
  const hasTime = WHEN.includes(action) && timeOf(slots) !== undefined;
  if (kind === 'place') return hasPlace;
  if (kind === 'time') return hasTime;
  if (kind === 'place and time') return hasPlace || hasTime;
  return made === action && TAKEN[action] !== undefined;
}

const timeOf = ({ start, remind_at: at, due_date: due }: Slots): string | undefined =>
  start ?? at ?? (due !== undefined && due.length > 10 ? due : undefined);

function valuesFrom(act: Act, request: Request, found: Remembered): Slots {
  const { reference, input } = request;
  const { kind } = reference;
  if (kind !== 'like')
    return {
      ...(kind !== 'time' && placeOf(act, found)),
      ...(kind !== 'place' && hourOf(found, act, input)),
    };
  const has = new Set(act.entities.map(({ slot }) => slot));
  const known = comingTimes(found.slots, input);
  const takes = TAKEN[act.action] ?? [];
  const values = Object.fromEntries(
    takes.filter((slot) => !has.has(slot) && known[slot] !== undefined).map((slot) => [slot, known[slot]]),
  ) as Slots;
  const { start, end } = found.slots;
  if (
    act.action === 'create_event' &&
    start !== undefined &&
    end !== undefined &&
    !has.has('end') &&
    !has.has('duration_minutes')
  )
    values.duration_minutes ??= Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
  // A day was said: the hour is the one that it had.
  const days = act.entities.find(({ slot }) => slot === 'date_range');
  if (days && (values.start ?? values.remind_at) !== undefined)
    Object.assign(values, hourOf(found, act, input));
  return inOtherNames(values, { act, request, found });
}

function placeOf({ entities }: Act, { slots: { location } }: Remembered): Slots {
  const isSaid = entities.some(({ slot }) => slot === 'location');
  return isSaid || location === undefined ? {} : { location };
}

/** The time of a request, as an instant or as days. */
function ownTime({ entities }: Act): Entity | undefined {
  return entities.find(
    ({ slot }) => slot === 'start' || slot === 'remind_at' || slot === 'due_date' || slot === 'date_range',
  );
}

/** Where a request keeps its time. */
const TIME_SLOT: Partial<Record<Action, Slot>> = {
  create_event: 'start',
  update_event: 'start',
  create_task: 'due_date',
  update_task: 'due_date',
  set_reminder: 'remind_at',
};

/** The day of the one, with the hour of the other; without a day of its own it is the other's, or today. */
function hourOf(found: Remembered, act: Act, { timezone, now }: NluInput): Slots {
  const before = timeOf(found.slots);
  const at = before === undefined ? null : civilFromIso(before, timezone);
  if (!at?.hasTime) return {};
  const said = ownTime(act);
  const today = civilInZone(now, timezone);
  const day = said ? dayOf(said, timezone) : at.moment > today ? at.moment : today;
  if (day === null) return {};
  const moment = startOfDay(day) + (at.moment - startOfDay(at.moment));
  if (!said && moment <= today) return {};
  const instant = formatInstant(moment, timezone);
  const slot =
    said === undefined || said.slot === 'date_range' || said.slot === 'when'
      ? (TIME_SLOT[act.action] ?? 'start')
      : said.slot;
  return { [slot]: instant };
}

function dayOf({ value }: Entity, timezone: string): number | null {
  const day =
    typeof value === 'string'
      ? value
      : typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'string'
        ? value.start
        : null;
  return day === null ? null : (civilFromIso(day, timezone)?.moment ?? null);
}

/** "Dear Ann" of the one for Ann is "Dear Tom" in the one for Tom; and it is not Ann who comes. */
function inOtherNames(
  values: Slots,
  { act, request: { leans }, found }: { act: Act; request: Request; found: Remembered },
): Slots {
  const { recipient = [], participants = [] } = found.slots;
  const [named] = [...recipient, ...participants].filter((name) => isNamedIn(leans.earlier, name));
  if (leans.earlier === '') return values;
  const { participants: _others, ...rest } = values;
  const [other] = act.entities.flatMap(({ slot, value }) =>
    slot === 'recipient' || slot === 'participants' ? namesIn(value) : [],
  );
  if (other === undefined || named === undefined) return rest;
  const instead = (text: string): string =>
    text.replaceAll(new RegExp(`(?<!\\p{L})${literally(named)}(?!\\p{L})`, 'giu'), other);
  return {
    ...rest,
    ...(rest.subject !== undefined && { subject: instead(rest.subject) }),
    ...(rest.body !== undefined && { body: instead(rest.body) }),
  };
}

/** Whether words name somebody: "the one to Ann". */
const isNamedIn = (words: string, name: string): boolean =>
  new RegExp(`(?<!\\p{L})${literally(foldText(name))}(?!\\p{L})`, 'u').test(words);
const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];

function withValues(act: Act, values: Slots, found: Remembered, plain: PlainText): Act {
  const takes: readonly Slot[] = actionEntry(act.action).slots;
  const slots = (Object.keys(values) as Slot[]).filter((slot) => takes.includes(slot));
  if (slots.length === 0) return act;
  const draft = newDraft(plain.text, 'UTC', new Date(0));
  const params: ActParams = {
    ...act.params,
    recalled: recalledOf(found),
  };
  const missing = act.gate.missing.filter((slot) => !slots.includes(slot));
  // What was taken is the change that was asked for.
  const isWhole =
    (act.gate.verdict === 'incomplete' && missing.length === 0) || act.action.startsWith('update_');
  const { otherwise } = act;
  return {
    ...act,
    ...(otherwise && { otherwise: { ...otherwise, slots: { ...otherwise.slots, ...values } } }),
    entities: [
      ...act.entities.filter(
        ({ slot }) =>
          !(slot !== 'when' && slots.includes(slot)) &&
          !((slots.includes('start') || slots.includes('remind_at')) && slot === 'date_range'),
      ),
      ...slots.map((slot) => entityAt(draft, slot, NOWHERE, values[slot], 'as in an earlier request')),
    ],
    params,
    gate: {
      ...act.gate,
      missing,
      verdict: isWhole ? 'pass' : act.gate.verdict,
    },
  };
}
