import { DROP_CHOICE, SKIP_CHOICE, type OpenQuestion } from '../../contracts/clarification.ts';
import type { Answer } from './answer.ts';
import type { Draft } from './draft.ts';
import { readOrdinal } from './extract/target.ts';
import { readSlot } from './parse-slot.ts';
import { byTime } from './choice-times.ts';
import { choiceWords } from './choice-words.ts';
import { foldText } from './text.ts';
import { CARDINALS } from './time/words.ts';

const YES = /^(?:yes|y|ok|okay|confirm(?:ed)?|affirm|sure|do it|go ahead|delete.*|proceed|accept|true)$/;
const NO = /^(?:no|n|cancel|deny|keep.*|don't.*|reject|never ?mind|stop|false|decline)$/;

/** The choice that stands for yes, or for no; null when the question has none. */
export function matchConfirm(question: OpenQuestion, yes: boolean): string | null {
  const pattern = yes ? YES : NO;
  const found =
    question.choices.find(({ choice_id: id }) => pattern.test(foldText(id))) ??
    question.choices.find(
      ({ label }) => pattern.test(normal(label)) || pattern.test(normal(label).split(/[\s,]/)[0] ?? ''),
    );
  return found?.choice_id ?? null;
}

/** The choice that a text names: by its label, its number, its place, or a value that equals its own. */
export function matchChoice(draft: Draft, question: OpenQuestion): string | null {
  const { choices } = question;
  const plain = normal(draft.folded.replace(/^[\s]*(?:no,?\s+)?(?:it's\s+)?not [^,]+,\s*/, ''));
  const said = question.kind === 'confirm' ? plain : choiceWords(plain);
  if (said === '') return null;
  const exact = choices.filter(({ label, choice_id: id }) => normal(label) === said || foldText(id) === said);
  if (exact.length === 1) return exact[0]?.choice_id ?? null;
  if (NONE.test(said) && choices.some(({ choice_id: id }) => id === DROP_CHOICE)) return DROP_CHOICE;
  const offered = choices.filter(({ choice_id: id }) => id !== DROP_CHOICE && id !== SKIP_CHOICE);
  if (isHour(said, question)) return byValue(draft, question);
  const beside = BESIDE.exec(said)?.groups?.['side'];
  if (beside !== undefined && question.choice_slots[beside]) return beside;
  const place = placeOf(said, offered.length);
  if (place !== null) return offered[place - 1]?.choice_id ?? null;
  return (
    byValue(draft, question) ??
    byWords(said, choices) ??
    byTime(draft, said, offered) ??
    byKeyword(said, question)
  );
}

/** "Right after it", "before the standup": beside what is there already. */
const BESIDE =
  /^(?:(?:how|what) about |(?:(?:can|could|shall|should) (?:we|you|i) (?:please )?)?(?:put|move|make|schedule|book|do|have) (?:it|that|this) )?(?:(?:right|straight|just|directly|immediately|some ?time) )?(?<side>before|after)(?:wards?|hand)?(?: (?:it|that|this|them|(?:the|my|our) \S+(?: \S+)?))?$/;
const NONE =
  /^(?:no )?(?:none|neither|nothing|not any|not one)(?: of (?:them|these|those|the above))?(?: (?:works?|fits?|suits?|will do|is good|are good))?(?: (?:for )?me)?$/;

/** A bare number to "which time?", where the times that are offered are hours of a day that is known. */
const isHour = (said: string, { slot, choices }: OpenQuestion): boolean =>
  slot === 'start' && /^\d{1,2}$/.test(said) && choices.some(({ label }) => /^\d{1,2}:\d\d$/.test(label));

const KEPT =
  /^(?:(?:no|nah|ok|okay|yes|yeah|yep|sure|just|please|well|oh|then|actually|great|alright|good|i know(?: that)?|i'm aware(?: of (?:it|that))?|i (?:saw|see) that|(?:that|it)(?:'?s| is) (?:fine|ok(?:ay)?|alright|all right|good)|no problem|fine|(?:it |that )?doesn't matter|so what|whatever|no worries|i don't (?:mind|care)|never ?mind(?: that)?)[\s,]+)*(?:(?:i want |let's (?:have|do|keep) )?(?:them )?both(?: of them| then)?|(?:just\s+)?(?:keep|leave|book|add|put|make|move|do|schedule|create)\s+(?:it|that|this|them|the time|both)(?:\s+(?:there|in|in anyway|at that time|as (?:it )?(?:is|was)|where it is|both))?(?<any1>\s+(?:anyways?|regardless|still|all the same|in spite of that|even so))?|(?<any2>anyways?|regardless|all the same)|(?:that'?s|it'?s|that is|it is)\s+(?:ok(?:ay)?|fine|alright|all right|no problem)(?:\s+(?:with me|anyway|by me))?|(?:it |that )?doesn't matter|(?:i )?don'?t (?:mind|care)(?:\s+(?:the overlap|that|about (?:that|it)))?|(?:ignore|forget)\s+(?:it|that|the (?:overlap|conflict))|(?:an? |the )?(?:overlaps?|conflict|double booking)(?:'s| is| are)? (?:fine|ok(?:ay)?))(?:\s+please)?$/;
/** Words that keep a time only where "anyway" or "keep" stands by them. */
const CHANGES = /^(?:\S+[\s,]+)*?(?:leave|add|put|make|move|do|schedule|create|book)\s/;

/** "Keep it anyway", where a choice leaves everything as it was asked for; null for anything else. */
export function matchKeep({ folded }: Pick<Draft, 'folded'>, question: OpenQuestion): Answer | null {
  const keep = question.choices.find(({ choice_id: id }) => /^keep(?:_|$)/.test(id));
  const match = keep && KEPT.exec(normal(folded));
  const anyway = match?.groups?.['any1'] ?? match?.groups?.['any2'];
  if (!keep || !match || (CHANGES.test(normal(folded)) && anyway === undefined)) return null;
  return {
    confidence: 0.97,
    slots: { ...question.choice_slots[keep.choice_id] },
    entities: [],
    choiceId: keep.choice_id,
  };
}

function placeOf(said: string, count: number): number | null {
  if (/^(?:the )?(?:last|bottom)(?: one| option)?$/.test(said)) return count;
  if (/^(?:the )?(?:top)(?: one| option)?$/.test(said)) return 1;
  if (/^(?:the )?(?:former)(?: one)?$/.test(said) && count === 2) return 1;
  if (/^(?:the )?(?:latter|other)(?: one)?$/.test(said) && count === 2) return 2;
  const number = /^#?\s?(\d{1,2})\.?$/.exec(said)?.[1];
  const letter = /^([a-h])\)?$/.exec(said)?.[1];
  const place =
    (number === undefined ? undefined : Number(number)) ??
    (letter === undefined || letter === 'y' ? undefined : letter.charCodeAt(0) - 96) ??
    readOrdinal(said.replace(/ (?:option|choice|answer)$/, ' one')) ??
    CARDINALS.get(said);
  return place !== undefined && place >= 1 && place <= count ? place : null;
}

/** "friday" chooses "Friday 27 November" because it means the same day. */
function byValue(draft: Draft, question: OpenQuestion): string | null {
  if (question.slot === 'title' || question.slot === 'target' || question.slot === 'query') return null;
  const [entity] = readSlot(draft, question.slot);
  if (!entity) return null;
  const key = JSON.stringify(entity.value);
  const found = question.choices.filter(
    ({ choice_id: id }) => JSON.stringify(question.choice_slots[id]?.[question.slot]) === key,
  );
  return found.length === 1 ? (found[0]?.choice_id ?? null) : null;
}

/** The only label that has all the words said, or that is wholly said. */
function byWords(said: string, choices: OpenQuestion['choices']): string | null {
  const words = said
    .replace(/^(?:the|my|a) (?:(?:one|task) (?:for|about|called|with|to|in|on|due) )?/, '')
    .replace(/ (?:one|task|option)$/, '')
    .split(' ')
    .filter((word) => word.length > 1 || /\d/.test(word));
  if (words.length === 0 || words.length > 12) return null;
  const holding = choices.filter(({ label }) => {
    const own = normal(label).split(' ');
    return words.every((word) => own.includes(word));
  });
  if (holding.length === 1) return holding[0]?.choice_id ?? null;
  const within = choices.filter(
    ({ label }) =>
      normal(label).length > 3 &&
      words.length <= normal(label).split(' ').length + 2 &&
      ` ${said} `.includes(` ${normal(label)} `),
  );
  return within.length === 1 ? (within[0]?.choice_id ?? null) : null;
}

/** Words that choose nothing by themselves. */
const EMPTY = new Set(
  "a ahead an and can could do draft fine go good i i'd i'll it just let let's lets me my now of ok okay one option please sure take that the then this try use using version way well with write would yeah yep yes you".split(
    ' ',
  ),
);
/** What people call a choice by, besides its label. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  template: 'free templates standard',
  upgrade: 'premium pro subscribe',
};

/** "ok use the free one": the only choice that has all the telling words. Titles are too alike for that. */
function byKeyword(said: string, { choices, kind, slot }: OpenQuestion): string | null {
  if (kind !== 'choice' || slot === 'target' || slot === 'title') return null;
  const words = said.split(' ').filter((word) => !EMPTY.has(word));
  if (words.length === 0 || words.length > 6) return null;
  const found = choices.filter(({ choice_id: id, label }) => {
    const own = new Set(normal(`${label} ${id} ${ALSO_CALLED[id] ?? ''}`).split(' '));
    return words.every((word) => own.has(word));
  });
  return found.length === 1 ? (found[0]?.choice_id ?? null) : null;
}

function normal(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}\s'#]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
