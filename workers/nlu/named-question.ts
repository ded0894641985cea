import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Draft } from './draft.ts';
import { newDraft } from './draft.ts';
import { foldText } from './text.ts';

/** An open question that the text names, and what it says to it. */
export interface Named {
  question: OpenQuestion;
  move: 'answer' | 'drop' | 'skip' | 'return';
  /** The text with the name blanked out, so that offsets stay; for `answer`. */
  rest: Draft;
}

const QUESTION = String.raw`(?:question|one|thing|part|request|task|event|reminder|e-?mail|draft)`;
const NAME = String.raw`(?<name>[^:]{1,80}?)`;
/** "about the study question: physics", "the study one - physics", "for the report question, Anna" */
const INTRODUCED = new RegExp(
  String.raw`^[\s,.!]*(?:(?:ok|okay|so|and)[\s,]+)?(?:(?:about|regarding|re|as for|as to|for|to|on|in answer to|answering|back to|concerning)\s+)?(?:the|that|your|my|this)\s+${NAME}\s+${QUESTION}\s*(?:[:,]|\s-|\bis\b)\s*(?=\S)`,
  'd',
);
/** "study: physics", "study question: physics" */
const LABELLED = new RegExp(String.raw`^[\s,.!]*${NAME}(?:\s+${QUESTION})?\s*:\s*(?=\S)`, 'd');
/** "Back to the viewing, at 11" */
const BACK_WITH = new RegExp(
  String.raw`^[\s,.!]*(?:(?:ok|okay|so|let's|and|now|well|right|then)[\s,]+)*(?:(?:go|get|come)\s+)?back\s+to\s+(?:the|that|your|my|this)\s+${NAME}\s*(?:[:,]|\s-)\s*(?=\S)`,
  'd',
);
/** "The call to the office, remind me at 10" */
const REMINDED = new RegExp(
  String.raw`^[\s,.!]*(?:the|that|my|our|this)\s+${NAME}\s*(?:,|\s-)\s*(?=remind\s+me\b)`,
  'd',
);
const DROPPED = new RegExp(
  String.raw`^[\s,.!]*(?:please\s+)?(?:never\s?mind|nvm|forget|drop|cancel|close|dismiss|ignore|leave|discard|delete|remove|stop)\s+(?:about\s+)?(?:the|that|your|my|this)\s+${NAME}\s+(?:question|request|one)[\s.!]*$`,
);
/** "Forget the dinner", where it is the dinner that is asked about. */
const GIVEN_UP =
  /^[\s,.!]*(?:(?:ok|okay|oh|no|well|then|so|please)[\s,]+)*(?:never\s?mind|nvm|forget|drop|scrap|leave)\s+(?:about\s+)?(?:the|that|my)\s+(?<name>[^:]{1,80}?)(?:\s+then)?[\s.!]*$/;
const SKIPPED = new RegExp(
  String.raw`^[\s,.!]*(?:please\s+)?skip\s+(?:the|that|your|my|this)\s+${NAME}\s+(?:question|request|one)[\s.!]*$`,
);
const RETURNED = new RegExp(
  String.raw`^[\s,.!]*(?:(?:ok|okay|so|let's|and)[\s,]+)*(?:(?:go|get|come|take me)\s+)?(?:back to|return to|what about|how about|about|resume|continue(?: with)?|ask me again about)\s+(?:the|that|your|my|this)\s+(?<name>[^:,]{1,80}?)(?:\s+${QUESTION})?(?:[\s,]+(?:please|now|then))*[\s.!?]*$`,
);

/** "Ok back to the task", "where were we with the reminder": by its kind alone. */
const RETURNED_BARE = new RegExp(
  String.raw`^[\s,.!]*(?:(?:ok|okay|so|now|well|right|alright|anyway|thanks|great|good|let's|and|please|then|can\s+we|could\s+we)[\s,]+)*(?:(?:go|get|come)\s+)?(?:back\s+to|return\s+to|resume|continue(?:\s+with)?|go\s+on\s+with|carry\s+on\s+with|where\s+were\s+we(?:\s+with)?)(?:\s+(?:the|that|my|your|our|this)\s+(?:(?:new|open|last)\s+)?(?<kind>question|task|to-?do|event|appointment|meeting|reminder|e-?mail|mail|draft|thing|topic)(?:\s+(?:from\s+before|now|then|please|again|i\s+was\s+adding|we\s+were\s+adding))*)?[\s.!?]*$`,
);
const KINDS: Readonly<Record<string, RegExp>> = {
  task: /_task$/,
  todo: /_task$/,
  event: /_event$|^reschedule$|^find_time$/,
  appointment: /_event$|^reschedule$|^find_time$/,
  meeting: /_event$|^reschedule$|^find_time$/,
  reminder: /_reminder$/,
  email: /_email$/,
  mail: /_email$/,
  draft: /_email$/,
};

/** The newest open question about such a thing; of no kind in particular the newest of all. */
function calledByKind(questions: readonly OpenQuestion[], folded: string): OpenQuestion | undefined {
  const match = RETURNED_BARE.exec(folded);
  const kind = match?.groups?.['kind']?.replace('-', '') ?? '';
  const pattern = KINDS[kind];
  return match ? questions.find(({ action }) => !pattern || pattern.test(action)) : undefined;
}

/** Words of a question's own wording that tell it from no other. */
const STOP = new Set(
  'a about an and be called can date do for give i in is it list me my name new of one or priority question should sorry task tasks that the them this thing to want what when which who would you your yes'.split(
    ' ',
  ),
);

/**
 * The question that the text names by its words ("the study question"), newest first; null when it names none. Only
 * the two short forms need no name: what begins with a parked activity ("study physics") goes on with it.
 *
 * @param questions those that are open, newest first
 */
export function readNamed(draft: Draft, questions: readonly OpenQuestion[]): Named | null {
  if (questions.length === 0 || draft.folded.length > 4_000) return null;
  const whole = draft;
  for (const [move, pattern] of [
    ['drop', DROPPED],
    ['skip', SKIPPED],
    ['return', RETURNED],
  ] as const) {
    const question = called(questions, pattern.exec(draft.folded)?.groups?.['name']);
    if (question) return { question, move, rest: whole };
  }
  const given = wordsOf(GIVEN_UP.exec(draft.folded)?.groups?.['name'] ?? '');
  const dropped = questions.find(({ action, slots }) => {
    const title = new Set(wordsOf(slots.title ?? ''));
    return /^(?:create|set)_/.test(action) && given.length > 0 && given.every((word) => title.has(word));
  });
  if (dropped) return { question: dropped, move: 'drop', rest: whole };
  const returned = calledByKind(questions, draft.folded);
  if (returned) return { question: returned, move: 'return', rest: whole };
  const reminders = questions.filter(({ action }) => action === 'set_reminder');
  for (const [pattern, meant] of [
    [INTRODUCED, questions],
    [BACK_WITH, questions],
    [LABELLED, questions],
    [REMINDED, reminders],
  ] as const) {
    const match = pattern.exec(draft.folded);
    const question = called(meant, match?.groups?.['name']);
    if (match && question) return { question, move: 'answer', rest: without(draft, match[0].length) };
  }
  return null;
}

/** The parked question whose activity the text goes on with: "study physics" for "What do you want to study?" */
export function readResumed(draft: Draft, parked: readonly OpenQuestion[]): OpenQuestion | null {
  const said = draft.folded.replace(/^[\s,.!]+/, '');
  const fits = ({ slot, slots }: OpenQuestion): boolean => {
    const known = foldText(slots.title?.trim() ?? '');
    return slot === 'title' && known !== '' && said.startsWith(`${known} `);
  };
  return parked.find(fits) ?? null;
}

/** A name fits when each of its telling words stands in the question, in what is known of it or in its choices. */
function called(questions: readonly OpenQuestion[], name: string | undefined): OpenQuestion | undefined {
  const words = wordsOf(name ?? '');
  if (words.length === 0) return undefined;
  const telling = words.filter((word) => !STOP.has(word));
  // "the name question" is the one that asks for a title where nothing is known yet.
  const asksName = words.some((word) => word === 'name' || word === 'title' || word === 'task');
  return questions.find((question) => {
    if (telling.length === 0) return asksName && question.slot === 'title' && !question.slots.title;
    const own = new Set(wordsOf(wordingOf(question)));
    return telling.every((word) => own.has(word) || own.has(word.replace(/(?:ing|s)$/, '')));
  });
}

function wordingOf({ question, slots, choices, action }: OpenQuestion): string {
  const labels = choices.map(({ label }) => label);
  return [question, slots.title, slots.target?.query, action.replace('_', ' '), ...labels].join(' ');
}

const wordsOf = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function without(draft: Draft, length: number): Draft {
  return newDraft(
    ' '.repeat(length) + draft.text.slice(length),
    draft.timezone,
    draft.now,
    draft.preferences,
  );
}
