import { actionEntry } from '../../../contracts/intents.ts';
import type { Act, Entity } from '../../../contracts/nlu.ts';
import type { Slot, Slots } from '../../../contracts/slots.ts';
import { valuesOf } from '../answer.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import { actOn, NOWHERE } from '../leaning/act-on.ts';
import type { NluInput } from '../nlu-input.ts';
import { someoneIn } from '../other-words.ts';
import { namesOf, saidValues } from '../said-values.ts';
import { timesIn } from '../extract/times.ts';
import { trimRange, type Range } from '../text.ts';
import { civilFromIso, DAY, formatDay, formatInstant, startOfWeek } from '../time/civil.ts';
import { readBackReference, type BackReference } from './back-reference.ts';
import { comingTimes } from './coming-times.ts';
import { inPlaceOf, somebodyInPlace } from './in-place-of.ts';
import { meantEarlier } from './meant.ts';
import { MAKERS, recalledOf, type Remembered } from './remembered.ts';

/** What is made again, and which of its values are other ones. */
const CARRIED: readonly Slot[] = [
  'title',
  'due_date',
  'start',
  'end',
  'all_day',
  'remind_at',
  'duration_minutes',
  'recurrence',
  'priority',
  'list',
  'tags',
  'location',
  'participants',
  'recipient',
  'subject',
  'body',
  'email_type',
];

/**
 * "The same for chemistry", "same again next week", "do the same with Tom on monday": what was made last, or what is
 * remembered, once more with what is said to be other.
 *
 * @returns null where a message says nothing of the kind
 */
export function sameAgain(draft: Draft, input: NluInput): Act[] | null {
  const reference = readBackReference(draft);
  if (reference?.kind !== 'same') return null;
  const anchor = anchorOf(reference, draft, input);
  if (anchor === null) return input.remembered === undefined ? null : [unknownAct(draft)];
  const slots = anotherOne(draft, reference.about, anchor);
  const [span = NOWHERE] = reference.spans;
  return slots && [madeAgain(draft, span, anchor, slots)];
}

type Anchor = Pick<Remembered, 'action' | 'slots' | 'at'> & { turnId?: string };

function anchorOf(reference: BackReference, draft: Draft, input: NluInput): Anchor | null {
  const { earlier, spans, made, isOld } = reference;
  const fits = ({ action, slots }: Anchor): boolean =>
    (made === undefined || action === made) && !isTalk(slots.title);
  const said = draft.folded.slice(earlier.start, earlier.end);
  const last = isOld ? null : freshReceipt(input);
  if (last && (MAKERS as readonly string[]).includes(last.action)) {
    const { title = last.title, ...slots } = last.slots;
    const anchor: Anchor = {
      action: last.action,
      slots: { ...slots, ...(title !== undefined && { title }) },
      at: last.at,
    };
    if (fits(anchor)) return anchor;
  }
  const leaning = spans.map(({ start, end }) => draft.folded.slice(start, end)).join(' ');
  // All of it is said by these words, so there is no request that it could have something in common with.
  const leans = { earlier: said, leaning, request: '', isHabit: false };
  return meantEarlier(input.remembered ?? [], leans, draft, fits);
}

/** Who tells what they think has told of nothing to be made once more. */
const isTalk = (title = ''): boolean => /^(?:i|we|you|he|she|it|they|there)(?:['’]|\s)/i.test(title);

/** What is said of the new one, over what is known of the one before. */
export function anotherOne(draft: Draft, about: Range, anchor: Anchor): Slots | null {
  const { action } = anchor;
  const known = comingTimes(anchor.slots, draft);
  const object = objectIn(draft, about);
  const rest = object ? { start: object.end, end: about.end } : about;
  const { entities } = saidValues(draft, rest, { action, known }, []);
  const read = entities.length > 0 ? (valuesOf(entities) ?? {}) : {};
  const named = object ? objectValues(draft, object, anchor) : {};
  if (named === null) return null;
  const { date_range: _days, ...values } = { ...read, ...inThatWeek(draft, rest, known) };
  return { ...known, ...values, ...named };
}

/** "Again next week" is on the same day of that week, at the same hour. */
function inThatWeek(draft: Draft, rest: Range, { start, end, remind_at: at }: Slots): Slots {
  const before = start ?? at;
  const week = timesIn(draft, rest).find(({ readings: [one] }) => one?.grain === 'week');
  const from = before === undefined ? null : civilFromIso(before, draft.timezone);
  const [span] = week?.readings ?? [];
  if (!span || !from) return {};
  const days = Math.round((startOfWeek(span.start) - startOfWeek(from.moment)) / DAY);
  const moved = (iso: string): string => {
    const civil = civilFromIso(iso, draft.timezone);
    if (!civil) return iso;
    const moment = civil.moment + days * DAY;
    return civil.hasTime ? formatInstant(moment, draft.timezone) : formatDay(moment);
  };
  return {
    ...(start !== undefined && { start: moved(start) }),
    ...(end !== undefined && { end: moved(end) }),
    ...(at !== undefined && { remind_at: moved(at) }),
  };
}

interface SaidObject extends Range {
  preposition: string;
  words: Range;
}
const OBJECT = /^[\s,]*(?:but\s+)?(?<preposition>for|with|about|to|of)\s+(?<words>\S.*)$/ds;
const ENDS =
  /\s*(?:[,;]|\s(?:but|and\s+(?:at|on|with)|at|on|from|in|until|till|by|instead|please|too|as\s+well)\b|$)/;

/** "for chemistry", "with Tom", up to what says when or where. */
function objectIn(draft: Draft, range: Range): SaidObject | null {
  const match = OBJECT.exec(draft.folded.slice(range.start, range.end));
  const at = match?.indices?.groups?.['words'];
  if (!match || !at) return null;
  const start = range.start + at[0];
  const times = timesIn(draft, { start, end: range.end });
  const stops = [
    start + (ENDS.exec(draft.folded.slice(start, range.end))?.index ?? range.end - start),
    ...times.map(({ leadStart }) => leadStart),
  ];
  const words = trimRange(draft.folded, { start, end: Math.min(...stops) }, ',.!');
  if (words.start >= words.end) return null;
  return { start: range.start, end: words.end, preposition: match.groups?.['preposition'] ?? 'for', words };
}

function objectValues(draft: Draft, { preposition, words }: SaidObject, anchor: Anchor): Slots | null {
  const { action, slots } = anchor;
  const said = draft.text.slice(words.start, words.end);
  const people = preposition === 'with' ? namesOf(draft, words, true) : someoneIn(draft, words, true);
  const takes: readonly Slot[] = actionEntry(action).slots;
  if (people && takes.includes('recipient')) return { recipient: people };
  const before = slots.participants ?? [];
  if (people && takes.includes('participants') && (preposition === 'with' || before.length > 0)) {
    const title = slots.title === undefined ? undefined : withOthers(slots.title, before, people);
    return { participants: people, ...(title !== undefined && { title }) };
  }
  if (slots.title === undefined) return null;
  // Somebody whom nobody stood for comes behind: "write the report", "the same for Tom".
  const hasPart = new RegExp(String.raw`\s${preposition}\s`, 'i').test(slots.title);
  const title =
    (people && somebodyInPlace(slots.title, said)) ??
    (people && !hasPart
      ? `${slots.title} ${preposition} ${said}`
      : inPlaceOf(slots.title, preposition, said));
  return title === null ? null : { title };
}

/** "lunch with Ann" with Tom is "lunch with Tom"; "standup" stays what it is. */
function withOthers(title: string, before: readonly string[], after: readonly string[]): string {
  const [old] = before;
  const at = old === undefined ? -1 : title.toLowerCase().indexOf(old.toLowerCase());
  if (at < 0 || old === undefined) return title;
  const last = before.at(-1) ?? old;
  const end = title.toLowerCase().lastIndexOf(last.toLowerCase()) + last.length;
  return title.slice(0, at) + listed(after) + title.slice(end);
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** What was made before, with other values. */
export function madeAgain(draft: Draft, span: Range, anchor: Anchor, slots: Slots): Act {
  const takes: readonly Slot[] = actionEntry(anchor.action).slots;
  const reason = 'the same as before';
  const entities = CARRIED.filter((slot) => takes.includes(slot) && slots[slot] !== undefined).map(
    (slot): Entity =>
      entityAt(draft, slot, slots[slot] === anchor.slots[slot] ? NOWHERE : span, slots[slot], reason),
  );
  return actOn(draft, anchor.action, entities, {
    ...(anchor.turnId !== undefined && { recalled: recalledOf({ ...anchor, turnId: anchor.turnId }) }),
  });
}

/** Something was to be the same as what nobody knows of. */
export const unknownAct = (draft: Draft): Act => actOn(draft, 'out_of_scope', [], { unremembered: true });
