import { offersActions, type OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slot } from '../../contracts/slots.ts';
import type { Answer } from './answer.ts';
import type { Draft, Recognition } from './draft.ts';
import { extractEntities } from './extract/extract.ts';
import { namesAfterAll } from './imperatives.ts';
import { TASK_NOUN } from './rules/nouns.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';
import { continuesActivity } from './vague-titles.ts';

/** A request has to be surer than the answer by this much where nothing else tells the two apart. */
const MARGIN = 0.1;

/** Moves that are no requests: they are answers, or nothing. */
const NO_REQUEST = new Set<Action>(['out_of_scope', 'affirm', 'deny']);

/** How sure it is that the text asks for something of its own, 0–1. */
export function requestConfidence({ recognition }: Draft): number {
  return recognition && !NO_REQUEST.has(recognition.action) ? recognition.confidence : 0;
}

/**
 * Whether a text that could answer the question asks for something else instead. A command with an object
 * of its own does ("cancel my dentist task"), and so does a whole verb phrase with its own time that does not go on
 * with what was asked about ("buy milk tomorrow" to "study what?"). Noun phrases, gerunds and bare verb phrases are
 * answers.
 */
export function outweighs(draft: Draft, question: OpenQuestion, answer: Answer): boolean {
  const { recognition } = draft;
  if (!recognition || NO_REQUEST.has(recognition.action)) return false;
  if (question.slot === 'title' && answer.choiceId === undefined)
    return beatsTitle(draft, recognition, question.slots.title?.trim() ?? '', answer);
  if (offersActions(question)) return false;
  // "Lunch with Ann tomorrow" is one of two that were offered.
  if (answer.choiceId !== undefined && recognition.rule === 'events.occasion') return false;
  if (answer.choiceId !== undefined || question.kind === 'confirm')
    return (
      recognition.action !== question.action && isCommand(recognition, 0.85) && !isLabel(draft, question)
    );
  if (WORDS_OF_EMAIL.has(question.slot)) return isExplicit(recognition) || beatsWords(draft, recognition);
  if (question.slot === 'recipient' && namesAfterAll(draft)) return false;
  // "put it on the Aldi list", "let's do the bakery": it goes on with what is asked about.
  if (SETS_IT.test(draft.folded)) return false;
  const errand = isErrand(draft);
  // What is to be deleted may be called "buy paint"; "buy paint tomorrow" is something else.
  if (question.slot === 'target' && errand === 'undated' && !isExplicit(recognition)) return false;
  if (recognition.action === 'create_task' && (isExplicit(recognition) || errand !== null)) return true;
  if (
    recognition.action !== question.action &&
    isCommand(recognition, 0.8) &&
    !namesTime(recognition) &&
    !isAboutIt(draft)
  )
    return true;
  if (recognition.action === question.action && isAboutAnother(draft, question)) return true;
  // "move it to friday" goes on with the item that was asked about.
  if (recognition.action === question.action && isAboutIt(draft)) return false;
  return answer.confidence + MARGIN < recognition.confidence;
}

/** Slots that take sentences of any kind, commands to somebody else among them. */
const WORDS_OF_EMAIL = new Set<Slot>(['subject', 'body', 'email_type']);

/** "tell him to move the task" is said to somebody else; "show my tasks" and "draft an email to Bob" are said to us. */
function beatsWords(draft: Draft, { rule, action, confidence }: Recognition): boolean {
  if (/^(?:usage|email)\./.test(rule) && rule !== 'email.noun') return true;
  return action !== 'create_task' && confidence >= 0.95 && TASK_NOUN.test(draft.folded);
}

/** Whether a request names no item but what was spoken of. */
export function isAboutIt(draft: Draft): boolean {
  const target = slotsOf(extractEntities(draft).entities).target;
  return target?.reference === 'last';
}

/** Wording that names a task as such: never a mere title. */
const EXPLICIT = new Set([
  'create.command',
  'create.label',
  'create.into-list',
  'create.add-activity',
  'create.listed',
  'create.remember',
]);
const isExplicit = ({ rule }: Recognition): boolean => EXPLICIT.has(rule) || rule === 'create.add';

/** "due friday" asks for tasks as well as it says when. */
const namesTime = ({ rule }: Recognition): boolean => /^list\.(?:overdue|bare)$/.test(rule);

/** Whether a request names an item other than the one that was asked about. */
function isAboutAnother(draft: Draft, question: OpenQuestion): boolean {
  const { target } = slotsOf(extractEntities(draft).entities);
  const known = question.slots.target?.query;
  if (target?.query === undefined || question.slot === 'target' || known === undefined) return false;
  return target.query.toLowerCase() !== known.toLowerCase();
}

/** Rules that the name of a thing fits as well as a request: "my calendar", "the daily briefing", "a to-do list". */
const NOUN_RULES =
  /^(?:events\.list|reminder\.list|usage\.show|briefing\.(?:daily|weekly)|email\.search|list\.bare)$/;
const ARTICLE = /^[\s,.!]*(?:an?|the|my|our|his|her|their|some)\s/;
/** Asked for a whole title, these are titles: what they ask for can be a task, and can't be done otherwise. */
const WORK = new Set<Action>([
  'create_event',
  'update_event',
  'cancel_event',
  'draft_email',
  'send_email',
  'plan_schedule',
]);

function beatsTitle(draft: Draft, recognition: Recognition, known: string, answer: Answer): boolean {
  const { action, rule, confidence } = recognition;
  const said = answer.said?.toLowerCase() ?? '';
  if (isExplicit(recognition)) return true;
  const namesTask = TASK_NOUN.test(draft.folded);
  // "cancel my gym membership" says what to cancel; "cancel the gym task" means the list.
  if (known !== '' && said.split(/\s/)[0] === known.toLowerCase().split(/\s/)[0])
    return namesTask && action !== 'create_task';
  if (action !== 'create_task') {
    // "lunch with mom on sunday", "papers on black holes", "math is urgent" say what it is about.
    if (rule === 'events.occasion' && ADDS.test(draft.folded) && (answer.slots.due_date?.length ?? 0) > 10)
      return true;
    // "Add another meeting at 4" asks for one, which no title does.
    if (action === 'create_event' && ADDS_EVENT.test(draft.folded)) return true;
    if (rule === 'events.occasion' || (rule === 'search.all' && confidence < 0.9)) return false;
    if (rule === 'email.noun') return false;
    if (rule === 'update.state') return namesTask;
    const thing = rule === 'list.bare' ? /^[\s,.!]*an?\s/ : ARTICLE;
    if (NOUN_RULES.test(rule) && thing.test(draft.folded) && !/\?\s*$/.test(draft.folded)) return false;
    if (known === '' && WORK.has(action)) return false;
    // "complete the tax form" is work of its own; "complete milk" ticks something off.
    if (
      known === '' &&
      rule === 'complete.verb' &&
      !namesTask &&
      /^[\s,.!]*complete\s+(?:the|an?|my)\s/.test(draft.folded)
    )
      return false;
    return isCommand(recognition, known === '' ? 0.85 : 0.7);
  }
  const timed = answer.slots.due_date !== undefined || answer.slots.recurrence !== undefined;
  return timed && known !== '' && isVerbPhrase(said) && !continuesActivity(known, said);
}

const ADDS_EVENT =
  /^[\s,.!]*(?:(?:oh|ok|okay|wait|also|and|no|please)[\s,]+)*(?:add|enter|new|another|(?:create|make)(?=\s+(?:an?|another|the)\s+(?:\S+\s+)?(?:meeting|event|appointment)\b))\s+(?:an?|another|the|my|meeting|event|appointment)\b/;

/** "And lunch with Tom on friday at 1" is one thing more. */
const ADDS = /^[\s,.!]*(?:(?:oh|ok|okay|wait)[\s,]+)*(?:and|also|plus)[\s,]/;

function isCommand({ action, confidence }: Recognition, floor: number): boolean {
  return action !== 'create_task' && confidence >= floor;
}

function isLabel(draft: Draft, question: OpenQuestion): boolean {
  return question.choices.some(({ label }) => label.toLowerCase() === draft.folded.trim());
}

/** "buy milk tomorrow" has a day in it, but does not answer "for when?". */
function isErrand(draft: Draft): 'dated' | 'undated' | null {
  if (draft.recognition?.action !== 'create_task') return null;
  const { title, due_date } = slotsOf(extractEntities(draft).entities);
  if (title === undefined || !isVerbPhrase(title.toLowerCase())) return null;
  return due_date === undefined ? 'undated' : 'dated';
}

const SETS_IT =
  /^[\s,.!]*(?:(?:uh+|um+|hm+|oh|ok|okay|yes|well|so|please|just|maybe|can you|could you|i want to|i'd like to)[\s,]+)*(?:(?:put|add|make|set|move|save|stick|file|schedule|book|push|shift|mark|send|write|address|mail|do)\s+(?:it|that|this|them)\b|let's\s+(?:do|say|make|meet|go|take)\b)/;

/** Verbs that are as often nouns: "plant biology", "test prep", "water colours". */
const EITHER =
  /^(?:book|code|design|drive|exercise|file|film|google|iron|mail|paint|plant|play|post|practice|record|report|request|research|run|sand|service|shop|sign|swim|test|text|trade|train|trim|vote|walk|watch|water|work)\s/;
const OBJECT =
  /^\S+\s+(?:the|an?|my|our|your|his|her|their|its|this|that|these|those|some|all|it|them|me|up|out|back|off|for|to|with)\b/;

/** Whether words are an imperative with an object rather than the name of a thing. */
function isVerbPhrase(said: string): boolean {
  return looksLikeActivity(said) && (!EITHER.test(said) || OBJECT.test(said));
}
