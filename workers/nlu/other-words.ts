import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { exchanged } from './contrast.ts';
import type { Draft } from './draft.ts';
import { entityAt, newDraft, partOf, placedIn } from './draft.ts';
import { extractFor } from './extract/extract-for.ts';
import { targetEntity } from './extract/target.ts';
import { GIVEN_NAMES, WORD_NAMES } from './people/given-names.ts';
import { findPeople } from './people/people.ts';
import { recogniseByRules } from './recognise.ts';
import type { LastReceipt } from './nlu-input.ts';
import { isEvent } from './rules/nouns.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';
import { namesOf } from './said-values.ts';
import type { Range } from './text.ts';
import { foldText, trimRange } from './text.ts';

/** What is spoken of: an act with what is known of it. */
export interface Subject {
  action: Action;
  known: Slots;
  /** What the thing is called, where the act itself did not say so. */
  called?: string | undefined;
  /** What a reminder hangs on. */
  about?: LastReceipt['about'];
  /** Its date was said in words that are none. */
  undated?: boolean;
  /** What was said of its times was its end. */
  ends?: boolean;
}

const NAMED =
  /^(?:please\s+)?(?:(?:call|name|title|rename|retitle)\s+(?:it|that|this)(?:\s+(?:to|as))?|(?:the\s+)?(?:title|name)\s+(?:should\s+be|is|:)|rename\s+to)\s+(?<title>\S.*)$/d;

/** "call it team sync": its new name, word for word. */
export function renamed(draft: Draft, range: Range): Entity[] {
  const at = NAMED.exec(draft.folded.slice(range.start, range.end))?.indices?.groups?.['title'];
  if (!at) return [];
  const span = trimRange(draft.folded, { start: range.start + at[0], end: range.start + at[1] }, '.,!?"\'`');
  const title = draft.text.slice(span.start, span.end);
  // "Rename it back" takes the new name back.
  return title === '' || /^back$/i.test(title) ? [] : [entityAt(draft, 'title', span, title, 'its new name')];
}

/** Who says so has nothing in mind yet; a day of the month is no name either. */
const VAGUE =
  /^(?:(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\b|something|someone|somebody|anything|another|an?\s+(?:different|new|other)|the\s+other)\b/;

/** "change it to dinner": another name, with what stands around it left out ("dinner at 7"). */
export function becomes(draft: Draft, range: Range, { action, known }: Subject, made: boolean): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  if (known.title === undefined && known.target === undefined) return [];
  // "make it dinner" names a kind of event; "make it snappy" names nothing.
  if (made && !(action.endsWith('_event') && isEvent(words))) return [];
  if (VAGUE.test(words) || words.split(/\s+/).length > 8) return [];
  const maker = action.endsWith('_event') ? 'create_event' : 'create_task';
  return extractFor(partOf(draft, range), maker)
    .entities.filter(({ slot }) => slot === 'title')
    .map((entity) => placedIn(entity, range));
}

/** Somebody rather than something: a name that is known as one, or any capital where a name is expected. */
export function someoneIn(draft: Draft, range: Range, capitals: boolean): string[] | null {
  const known = findPeople(draft, range).filter(({ owner }) => !owner);
  // "call the landlord" has somebody in it, and is more than that.
  const whole = known[0]?.start === range.start && known.at(-1)?.end === range.end;
  const names = namesOf(draft, range, whole && known.length === 1);
  if (!names || names.some((name) => /^(?:an?|the|another|some|one)\s+\S+\s/i.test(name))) return null;
  return capitals || (whole && known.length === names.length) ? names : null;
}

/** Words for a kind of thing, or for none, and whole sentences: they exchange no word of a title. */
const NO_OBJECT =
  /\b(?:is|are|was|were|isn't|aren't|has|have|had|will|would|can|can't|could|does|did|i|i'm|you|we|they|he|she|it|ones?|same|other|others|another|mistake|fault|thing|latter|former|way|point|problem|idea|rest|whole)\b|^(?:(?:the|an?|my|our)\s+)?(?:task|to-?do|event|reminder|meeting|appointment|e-?mail|list|note)$/;
const DEFINITE = /^(?:the|my|our)\s/;

/** "no, with Anna": another guest in place of the only one, also in the title. */
export function otherGuest(draft: Draft, range: Range, subject: Subject): Entity[] {
  const lead = /^with\s+/.exec(draft.folded.slice(range.start, range.end))?.[0].length;
  const span = { start: range.start + (lead ?? 0), end: range.end };
  return lead === undefined ? [] : otherPerson(draft, span, subject, true);
}

function otherPerson(draft: Draft, range: Range, { action, known }: Subject, capitals: boolean): Entity[] {
  const names = someoneIn(draft, range, capitals);
  const person = names?.length === 1 ? onlyPerson(draft, known) : null;
  const takes: readonly (Slot | 'when')[] = actionEntry(action).slots;
  return person === null
    ? []
    : exchanged(draft, range, person, known).filter(({ slot }) => takes.includes(slot));
}

/** "I meant sync with Ren", "no, Anna", "no, the bread": other words for what was named, or another item. */
export function meantInstead(
  draft: Draft,
  range: Range,
  subject: Subject,
  { meant, denied }: { meant: boolean; denied: boolean },
): Entity[] {
  const { action, known } = subject;
  const words = draft.folded.slice(range.start, range.end);
  const takes: readonly Slot[] = actionEntry(action).slots;
  if (words.split(/\s+/).length > (meant ? 8 : 4) || VAGUE.test(words)) return [];
  const person = otherPerson(draft, range, subject, meant);
  if (person.length > 0) return person;
  const definite = DEFINITE.test(words) && (meant || !NO_OBJECT.test(words));
  if (definite && known.target?.query !== undefined) {
    const target = targetEntity(draft, range);
    if (!target) return [];
    const value = { ...(target.value as NonNullable<Slots['target']>), kind: known.target.kind };
    return [{ ...target, value, readings: [{ value, reason: 'what was meant' }] }];
  }
  const { title } = known;
  if (!takes.includes('title') || title === undefined) return [];
  const shared = sharedAt(words, title);
  const said = draft.text.slice(range.start, range.end);
  const named = (value: string): Entity[] => [entityAt(draft, 'title', range, value, 'what was meant')];
  const does = looksLikeActivity(words);
  // "actually buy bread" after "buy milk" is something else to do; "no, oat milk" is not.
  if (shared !== null && (shared > 0 || meant)) return named((does ? '' : title.slice(0, shared)) + said);
  if (does) return denied && !action.endsWith('_event') && isPlain(draft, range) ? named(said) : [];
  const thing = DEFINITE.test(words) || (meant && words.split(/\s+/).length <= 3);
  if (!thing || NO_OBJECT.test(words)) return [];
  // "the bread" after "buy milk" is to be bought as well; after "dentist" it is what the title should have been.
  const verb = looksLikeActivity(foldText(title)) ? (/^\S+\s+/.exec(title)?.[0] ?? '') : '';
  return named(verb === '' ? said.replace(/^(?:the|my|our|an?)\s+/i, '') : verb + said);
}

const OTHER_WORDS_MAX = 8;

/** "I meant milk", "no, the budget report" where the item that was named is not there. */
export function otherTarget(
  draft: Draft,
  { start, end, marked, meant, denied }: Range & { marked: boolean; meant: boolean; denied: boolean },
  named: NonNullable<Slots['target']>,
): Entity[] {
  const range = { start, end };
  const words = draft.folded.slice(start, end);
  if (!marked || start >= end || words.split(/\s+/).length > OTHER_WORDS_MAX) return [];
  if (/\?\s*$/.test(draft.folded) || (!meant && NO_OBJECT.test(words))) return [];
  // "Actually buy milk" is something to do, and "no, show my tasks" asks for something else.
  if (!meant && !denied && looksLikeActivity(words)) return [];
  if (!isPlain(draft, range)) return [];
  const target = targetEntity(draft, range);
  if (!target) return [];
  const value = { ...(target.value as NonNullable<Slots['target']>), kind: named.kind };
  return [{ ...target, value, readings: [{ value, reason: 'what was meant' }] }];
}

/** Whether words only say what is to be done: "no, show my tasks" asks for it. */
function isPlain(draft: Draft, range: Range): boolean {
  const { recognition } = recogniseByRules(partOf(draft, range));
  return recognition === null || recognition.rule.startsWith('statement.');
}

/** Who alone is named, folded: the only guest, or the only person of the title. */
function onlyPerson(draft: Draft, { participants, title }: Slots): string | null {
  if (participants !== undefined && participants.length > 0)
    return participants.length === 1 ? foldText(participants[0] ?? '') : null;
  if (title === undefined) return null;
  const people = findPeople(newDraft(title, draft.timezone, draft.now, draft.preferences), {
    start: 0,
    end: title.length,
  });
  return people.length === 1 && people[0]?.owner === false ? foldText(people[0].name) : null;
}

/** Where in a title the first telling word stands that it shares with the words; null when it shares none. */
function sharedAt(words: string, title: string): number | null {
  const said = new Set(words.match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  for (const word of foldText(title).matchAll(/[\p{L}\p{N}]{3,}/gu))
    if (said.has(word[0]) && !COMMON.has(word[0])) return word.index;
  return null;
}

const COMMON = new Set(['the', 'and', 'with', 'for', 'about', 'from', 'that', 'this', 'your', 'you']);

const ADDED =
  /^(?:(?:please|can you|could you)\s+)*(?<verb>invite|add|include|bring|loop in)\s+(?<who>\S.{0,200}?)(?<too>\s+(?:too|also|along|as well|to (?:it|that|this|the (?:meeting|event|call|invite|list))))*$/d;
const JOINS =
  /^(?<with>(?:and|also|plus)\s+with\s+|with\s+|plus\s+)?(?<who>\S.{0,100}?)(?<comes>\s+(?:(?:(?:is|are|will|should|wants? to|would like to|can)\s+(?:also\s+)?(?:be\s+)?(?:com(?:e|ing)|join(?:ing)?|there)|'s\s+(?:coming|joining))(?:\s+us)?|comes?(?=\s+(?:too|also|as well|along)\b)|joins?(?:\s+us)?))?(?<too>\s+(?:too|also|as well|along))*$/d;

/** "and invite Bill", "add Bob", "with Tom too": beside those who are invited already. */
export function addedPeople(draft: Draft, range: Range, known: Slots, alone: boolean): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const told = ADDED.exec(words);
  const match = told ?? (alone && !/\?\s*$/.test(draft.folded) ? JOINS.exec(words) : null);
  const at = match?.indices?.groups?.['who'];
  if (!match || !at) return [];
  // "Bring it back" brings nobody.
  if (/^(?:it|that|this|them|everything|all)\b/.test(words.slice(...at))) return [];
  const { verb, with: beside, comes, too } = match.groups ?? {};
  const also = /^[\s,.!]*(?:and|also|plus)[\s,]/.test(draft.folded);
  if (!told && beside === undefined && comes === undefined && too === undefined && !also) return [];
  const span = { start: range.start + at[0], end: range.start + at[1] };
  const others = (known.participants ?? []).length > 0 || onlyPerson(draft, known) !== null;
  // "add Milk" may be something to buy, unless others are invited.
  const capitals = told
    ? verb !== 'add' || too !== undefined || others
    : beside !== undefined || (comes !== undefined && isNamed(draft.text.slice(span.start, span.end)));
  const names =
    told && capitals && (verb !== 'add' || too !== undefined)
      ? namesOf(draft, span, span.end - span.start <= 60)
      : someoneIn(draft, span, capitals);
  // "Add Bob to the dinner" is about an event of its own.
  if (names?.some((name) => /\sto\s/i.test(name))) return [];
  if (!names || names.some((name) => /\s/.test(name) && /^(?:an?|the|another|some|one)\s/i.test(name)))
    return [];
  return [entityAt(draft, 'participants', span, withOthers(names, known), 'invited as well')];
}

/** A name that is a word as well, or no common one, begins a sentence like any word: "Ben is coming", "Dinner is coming". */
const isNamed = (words: string): boolean =>
  words.split(/\s*(?:,|&|\band\b)\s*/i).every((name) => {
    const folded = foldText(name);
    const known = WORD_NAMES.has(folded) || GIVEN_NAMES.has(folded);
    return /^\p{Lu}/u.test(name) && known && !SEASONS.has(folded);
  });
const SEASONS = new Set(['summer', 'autumn', 'april', 'may', 'june', 'august', 'easter', 'noel']);

/** Names beside those that are known already. */
export function withOthers(names: readonly string[], { participants: before = [] }: Slots): string[] {
  return [...before, ...names.filter((name) => !before.includes(name))];
}
