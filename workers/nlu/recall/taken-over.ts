import { actionEntry, type Action } from '../../../contracts/intents.ts';
import type { Act, ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Slot, Slots } from '../../../contracts/slots.ts';
import { entityAt, newDraft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { withWords, type PlainText } from '../plain-text.ts';
import { civilFromIso, formatInstant, startOfDay } from '../time/civil.ts';
import { foldText, trimRange } from '../text.ts';
import { leansBack, type BackReference } from './back-reference.ts';
import { madeAgain } from './same-again.ts';
import { comingTimes } from './coming-times.ts';
import { likeliest, recalledOf, type Remembered } from './remembered.ts';

/** What a request of its own takes from an earlier one like it, where it says nothing of that itself. */
const TAKEN: Partial<Record<Action, readonly Slot[]>> = {
  create_event: ['duration_minutes', 'location', 'participants', 'start'],
  create_task: ['priority', 'list', 'tags', 'duration_minutes', 'location'],
  set_reminder: ['remind_at'],
  draft_email: ['subject', 'body', 'email_type'],
};
const WHERE: readonly Action[] = ['create_event', 'update_event', 'create_task', 'update_task'];
const NOWHERE = { start: 0, end: 0 };

/** What is said of something earlier in a request of its own, and how that request reads without it. */
export interface Leaning {
  words: PlainText;
  takeOver(acts: readonly Act[]): Act[];
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
  const { start, end } = reference.span;
  const said = trimRange(foldText(plain.text), { start: 0, end: start }, ',');
  const words = withWords(plain, { start: said.end, end }, '');
  const leaning = foldText(plain.text.slice(start, end));
  return {
    words,
    takeOver: (acts) =>
      acts.map((act, index) => {
        // Of several requests it is the one before it.
        if (index !== acts.length - 1) return act;
        const named = isNoRequest(act) ? ofThatName(words.text.trim(), leaning, input) : null;
        if (named) return named;
        const found = likeliest(remembered, leaning, input, (one) => fitsTo(act, reference, one))[0];
        return found
          ? withValues(act, valuesFrom(act, reference, found, { plain, input }), found, plain)
          : { ...act, params: { ...act.params, unremembered: true } };
      }),
  };
}

/** No rule has found a request in it: a name may stand there alone. */
const isNoRequest = ({ source }: Act): boolean => source === 'classifier';

/** "Standup as last time" names what is to be made again, and asks for it by nothing else. */
function ofThatName(name: string, leaning: string, input: NluInput): Act | null {
  const words = foldText(name).split(/\s+/);
  const isIt = ({ slots: { title = '' } }: Remembered): boolean => {
    const known = new Set(foldText(title).split(/\s+/));
    return words.every((word) => known.has(word));
  };
  const found = likeliest(input.remembered ?? [], leaning, input, isIt)[0];
  if (!found) return null;
  const draft = newDraft(name, input.timezone, input.now);
  return madeAgain(draft, { start: 0, end: name.length }, found, comingTimes(found.slots, input));
}

function fitsTo({ action }: Act, { kind }: BackReference, { action: made, slots }: Remembered): boolean {
  if (kind === 'place') return WHERE.includes(action) && slots.location !== undefined;
  if (kind === 'time') return timeOf(slots) !== undefined;
  return made === action && TAKEN[action] !== undefined;
}

const timeOf = ({ start, remind_at: at, due_date: due }: Slots): string | undefined =>
  start ?? at ?? (due !== undefined && due.length > 10 ? due : undefined);

interface Around {
  plain: PlainText;
  input: NluInput;
}

function valuesFrom(act: Act, reference: BackReference, found: Remembered, around: Around): Slots {
  const has = new Set(act.entities.map(({ slot }) => slot));
  if (reference.kind === 'place')
    return has.has('location') || found.slots.location === undefined
      ? {}
      : { location: found.slots.location };
  const own = ownTime(act);
  if (reference.kind === 'time') return own ? hourOf(found, own, around.input) : {};
  const known = comingTimes(found.slots, around.input);
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
  if (days && values.start !== undefined) Object.assign(values, hourOf(found, days, around.input));
  return inOtherNames(values, act, reference, around);
}

/** The time of a request, as an instant or as days. */
function ownTime({ entities }: Act): Entity | undefined {
  return entities.find(
    ({ slot }) => slot === 'start' || slot === 'remind_at' || slot === 'due_date' || slot === 'date_range',
  );
}

/** The day of the one, with the hour of the other. */
function hourOf(found: Remembered, said: Entity, { timezone }: NluInput): Slots {
  const value: unknown = said.value;
  const day =
    typeof value === 'string'
      ? value
      : typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'string'
        ? value.start
        : null;
  const before = timeOf(found.slots);
  const [on, at] = [day, before ?? null].map((iso) => (iso === null ? null : civilFromIso(iso, timezone)));
  if (!on || !at?.hasTime) return {};
  const instant = formatInstant(startOfDay(on.moment) + (at.moment - startOfDay(at.moment)), timezone);
  const slot = said.slot === 'date_range' || said.slot === 'when' ? 'start' : said.slot;
  return { [slot]: instant };
}

/** "Dear Ann" of the one for Ann is "Dear Tom" in the one for Tom; and it is not Ann who comes. */
function inOtherNames(values: Slots, act: Act, { about }: BackReference, { plain }: Around): Slots {
  const named = plain.text
    .slice(about.start, about.end)
    .replace(/^(?:for|with|to|about)\s+/i, '')
    .trim();
  if (named === '') return values;
  const { participants: _others, ...rest } = values;
  const [other] = act.entities.flatMap(({ slot, value }) =>
    slot === 'recipient' || slot === 'participants' ? namesIn(value) : [],
  );
  if (other === undefined) return rest;
  const instead = (text: string): string =>
    text.replaceAll(new RegExp(`(?<!\\p{L})${escaped(named)}(?!\\p{L})`, 'giu'), other);
  return {
    ...rest,
    ...(rest.subject !== undefined && { subject: instead(rest.subject) }),
    ...(rest.body !== undefined && { body: instead(rest.body) }),
  };
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
const escaped = (words: string): string => words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

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
  return {
    ...act,
    entities: [
      ...act.entities.filter(
        ({ slot }) =>
          !(slot !== 'when' && slots.includes(slot)) && !(slots.includes('start') && slot === 'date_range'),
      ),
      ...slots.map((slot) => entityAt(draft, slot, NOWHERE, values[slot], 'as in an earlier request')),
    ],
    params,
    gate: {
      ...act.gate,
      missing,
      verdict: act.gate.verdict === 'incomplete' && missing.length === 0 ? 'pass' : act.gate.verdict,
    },
  };
}
