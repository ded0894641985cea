import type { OpenQuestion } from '../../contracts/clarification.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { valuesOf } from './answer.ts';
import { readContrast, swapped, type Contrast } from './contrast.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readEmailCorrection } from './email-corrections.ts';
import { DISTANCE } from './extract/change.ts';
import { targetEntity } from './extract/target.ts';
import { FRESH_MS } from './fresh.ts';
import type { NluInput } from './nlu-input.ts';
import { isTimeSlot, shiftedEntities, timeSlotOf } from './said-times.ts';
import { namesOf, saidValues } from './said-values.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';
import type { Range } from './text.ts';
import { foldText, trimRange } from './text.ts';

export interface Correction {
  slots: Slots;
  entities: Entity[];
  /** What is corrected: the act of the open question, or what was done last. */
  action: Action;
  /** What is known of that. */
  known: Slots;
}

/** What is spoken of: an act with what is known of it. */
interface Subject {
  action: Action;
  known: Slots;
}

const NOISE =
  /^(?:can you|could you|please|oh+|ah+|h+m+|u+h+|u+m+|well|ok|okay|please|lol|haha|and|but|so|yeah|also)(?=[\s,.!:-]|$)[\s,.!:-]*/;
/** What says that the words before were wrong. */
const STRONG =
  /^(?:no+|nope|nah|oops|whoops|sorry|my bad|wait|hang on|hold on|actually|rather|i (?:really )?(?:mean|meant)(?: to (?:say|write|put|type))?|i said|correction|scratch that|on second thoughts?|better|not quite|typo|wrong(?<what> (?:day|date|time|hour|list|person|name|one|place|location|task|event))?|(?:that|it)(?:'s| is| was) wrong)(?=[\s,.!:-]|$)[\s,.!:-]*/;
/** What says that a value is to be changed. */
const FRAME =
  /^(?:(?:please )?(?:make|change|set|move|switch|put|push|reschedule) (?:it|that|this)(?: to| for| on| as)?|let's (?:make|say|do)(?: it)?|(?:it|that|this|they) (?:should|was supposed to|is supposed to|has to|needs to) (?:have been|be|go(?: to| on| in)?|say|read|start|end)|should (?:have been|be)|supposed to be)(?=[\s,.!:-])[\s,.!:-]*/;
/** These frame a value only after something was called wrong. */
const IS = /^(?:it'?s|it is|that'?s|that is|it was)(?=\s)\s*/;
const TAIL =
  /[\s,]+(?:(?<strong>instead|rather|actually|i mean|i meant|i said|that is)|please|pls|lol|haha|sorry|thanks|my bad|though|then)[\s,.!]*$/;

/** A text without what marks it as a correction. */
interface Peeled extends Range {
  /** Nothing but the wording of a new value, or what calls the old one wrong. */
  marked: boolean;
  /** What is said to be wrong: "list" of "wrong list, groceries". */
  wrong: string;
  /** "I meant": the words before stood for other ones. */
  meant: boolean;
}

function peel({ folded }: Draft): Peeled {
  let { start, end } = trimRange(folded, { start: 0, end: folded.length }, ',.!');
  let [marked, meant, wrong] = [false, false, ''];
  for (let turn = 0; turn < 8 && start < end; turn += 1) {
    const rest = folded.slice(start, Math.min(end, start + 200));
    const strong = STRONG.exec(rest);
    const frame = FRAME.exec(rest);
    const found = strong ?? frame ?? (marked ? IS.exec(rest) : null) ?? NOISE.exec(rest);
    if (!found) break;
    if (strong ?? frame) marked = true;
    if (strong && /^i |^wrong/.test(strong[0])) meant = true;
    wrong = strong?.groups?.['what']?.trim() ?? wrong;
    start = Math.min(end, start + found[0].length);
  }
  for (let turn = 0; turn < 4; turn += 1) {
    const from = Math.max(start, end - 40);
    const tail = TAIL.exec(folded.slice(from, end));
    if (!tail) break;
    if (tail.groups?.['strong'] !== undefined) marked = true;
    if (/i (?:mean|said)/.test(tail[0])) meant = true;
    ({ start, end } = trimRange(folded, { start, end: from + tail.index }, ',.!?'));
  }
  return { ...trimRange(folded, { start, end }, ',.!?'), marked, wrong, meant };
}

/** A changed value for what was said or done just before; it must be nothing but values. */
export function readCorrection(
  draft: Draft,
  input: NluInput,
  question: OpenQuestion | null,
): Correction | null {
  const last = freshSubject(input);
  if (!question && !last) return null;
  const asked = question && { action: question.action, known: question.slots };
  const found =
    (asked && correctionOf(draft, asked)) ??
    (last && correctionOf(draft, last)) ??
    (question ? correctionOf(draft, { action: 'update_task', known: question.slots }) : null);
  if (!found) return null;
  // The value that was asked for is an answer, however it is introduced.
  const answers = question && (question.slot in found.slots || givesTime(question.slot, found.slots));
  return answers ? null : found;
}

/** Days alone are an answer to "at what time?", too. */
const givesTime = (asked: Slot, slots: Slots): boolean =>
  (asked === 'start' || asked === 'remind_at') && slots.date_range !== undefined;

function freshSubject({ lastReceipt, now }: NluInput): Subject | null {
  if (!lastReceipt || now.getTime() - Date.parse(lastReceipt.at) >= FRESH_MS) return null;
  const { action, slots } = lastReceipt;
  return actionEntry(action).workflow === null ? null : { action, known: slots };
}

function correctionOf(draft: Draft, subject: Subject): Correction | null {
  if (draft.folded.length > 1_000) return null;
  const { action, known } = subject;
  if (action === 'draft_email') {
    const slots = readEmailCorrection(draft);
    return slots && { slots, entities: [], ...subject };
  }
  const entities = correctedEntities(draft, subject).filter(
    // An hour picks no days of a list.
    ({ slot, grain }) => slot !== 'date_range' || !(grain === 'hour' || grain === 'minute'),
  );
  const takes: readonly Slot[] = [...actionEntry(action).slots, 'date_range'];
  const slots = entities.length > 0 ? valuesOf(entities) : null;
  const same =
    slots !== null && Object.entries(slots).every(([slot, value]) => known[slot as Slot] === value);
  if (!slots || same || !Object.keys(slots).every((slot) => takes.includes(slot as Slot))) return null;
  return { slots, entities, ...subject };
}

function correctedEntities(draft: Draft, subject: Subject): Entity[] {
  const { action, known } = subject;
  const takes = (slot: Slot): boolean => (actionEntry(action).slots as readonly Slot[]).includes(slot);
  const said = peel(draft);
  if (said.start >= said.end) return [];
  const contrast = readContrast(draft, said);
  if (contrast) return contrasted(draft, contrast, subject, said.marked);
  const added = takes('participants') ? addedPeople(draft, said, known) : [];
  if (added.length > 0) return added;
  const named = takes('title') ? renamed(draft, said) : [];
  if (named.length > 0) return named;
  const words = draft.folded.slice(said.start, said.end);
  // "actually two days later" counts from the date that the item has; for a task that is a request of its own.
  if (DISTANCE.test(words)) {
    const slot = timeSlotOf(actionEntry(action).slots);
    return slot === null ? [] : shiftedEntities(draft, said, slot, known);
  }
  if (!said.marked) return ALSO.test(draft.folded) ? addedValues(draft, said, subject) : [];
  const { entities, complete } = saidValues(draft, said, subject);
  if (complete) return entities;
  if (said.wrong === 'list' && takes('list')) {
    const name = stripped(draft, said, /^(?:in|on|to|the|my)\s+/, /\s+list$/);
    return [entityAt(draft, 'list', name, draft.text.slice(name.start, name.end), 'as said')];
  }
  return meantInstead(draft, said, subject);
}

const ALSO = /^[\s,.!]*(?:oh\s+|ok\s+|okay\s+)?(?:and|also|plus)[\s,]/;

/** "and high priority": what says when may be about something new ("and tomorrow?"). */
function addedValues(draft: Draft, range: Range, subject: Subject): Entity[] {
  const { entities, complete } = saidValues(draft, range, subject);
  return complete && !entities.some(({ slot }) => slot !== 'when' && isTimeSlot(slot)) ? entities : [];
}

/** "tomorrow not friday" is a value, "Bill not Bob" a word in place of another. */
function contrasted(draft: Draft, contrast: Contrast, subject: Subject, marked: boolean): Entity[] {
  const exchanged = swapped(draft, contrast, subject.known);
  const takes: readonly Slot[] = actionEntry(subject.action).slots;
  const usable = exchanged.filter(({ slot }) => slot !== 'when' && takes.includes(slot));
  if (usable.length > 0) return usable;
  const right = saidValues(draft, contrast.right, subject);
  if (!right.complete) return [];
  // Without any other mark both have to be values: "buy milk not cheese" is something to do.
  const wrong = marked || saidValues(draft, contrast.wrong, subject).entities.length > 0;
  return wrong || contrast.wrong.start < contrast.right.start ? right.entities : [];
}

const ADDED =
  /^(?:(?:please|can you|could you)\s+)*(?<verb>invite|add|include|bring|loop in)\s+(?<who>\S.{0,200}?)(?<too>\s+(?:too|also|along|as well|to (?:it|that|this|the (?:meeting|event|call|invite|list))))*$/d;

/** "and invite Bill", "add Bill too": beside those who are invited already. */
function addedPeople(draft: Draft, range: Range, known: Slots): Entity[] {
  const match = ADDED.exec(draft.folded.slice(range.start, range.end));
  const at = match?.indices?.groups?.['who'];
  if (!match || !at) return [];
  const span = { start: range.start + at[0], end: range.start + at[1] };
  // "add Milk" may be something to buy.
  if (match.groups?.['verb'] === 'add' && match.groups['too'] === undefined) return [];
  const names = namesOf(draft, span, span.end - span.start <= 60);
  if (!names || names.some((name) => /\s/.test(name) && /^(?:an?|the|another|some|one)\s/i.test(name)))
    return [];
  const before = known.participants ?? [];
  const all = [...before, ...names.filter((name) => !before.includes(name))];
  return [entityAt(draft, 'participants', span, all, 'invited as well')];
}

const NAMED =
  /^(?:please\s+)?(?:(?:call|name|title|rename|retitle)\s+(?:it|that|this)(?:\s+(?:to|as))?|(?:the\s+)?(?:title|name)\s+(?:should\s+be|is|:)|rename\s+to)\s+(?<title>\S.*)$/d;

/** "call it team sync": its new name, word for word. */
function renamed(draft: Draft, range: Range): Entity[] {
  const at = NAMED.exec(draft.folded.slice(range.start, range.end))?.indices?.groups?.['title'];
  if (!at) return [];
  const span = trimRange(draft.folded, { start: range.start + at[0], end: range.start + at[1] }, '.,!?"\'`');
  const title = draft.text.slice(span.start, span.end);
  return title === '' ? [] : [entityAt(draft, 'title', span, title, 'its new name')];
}

/** "I meant sync with Ren", "I meant the retro": other words for the title, or another item. */
function meantInstead(draft: Draft, range: Peeled, { action, known }: Subject): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const takes: readonly Slot[] = actionEntry(action).slots;
  if (words.split(/\s+/).length > (range.meant ? 8 : 4)) return [];
  if (range.meant && known.target?.query !== undefined && /^(?:the|my|our)\s/.test(words)) {
    const target = targetEntity(draft, range);
    if (!target) return [];
    const value = { ...(target.value as NonNullable<Slots['target']>), kind: known.target.kind };
    return [{ ...target, value, readings: [{ value, reason: 'what was meant' }] }];
  }
  const { title } = known;
  if (!takes.includes('title') || title === undefined) return [];
  const shared = sharedAt(words, title);
  // "actually buy bread" after "buy milk" is something else to do; "no, oat milk" is not.
  if (shared === null || (shared === 0 && !range.meant)) return [];
  const said = draft.text.slice(range.start, range.end);
  const kept = looksLikeActivity(words) ? '' : title.slice(0, shared);
  return [entityAt(draft, 'title', range, kept + said, 'what was meant')];
}

/** Where in a title the first telling word stands that it shares with the words; null when it shares none. */
function sharedAt(words: string, title: string): number | null {
  const said = new Set(words.match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  for (const word of foldText(title).matchAll(/[\p{L}\p{N}]{3,}/gu))
    if (said.has(word[0]) && !COMMON.has(word[0])) return word.index;
  return null;
}

const COMMON = new Set(['the', 'and', 'with', 'for', 'about', 'from', 'that', 'this', 'your', 'you']);

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
