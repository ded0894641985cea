import { isDeepStrictEqual } from 'node:util';
import {
  DROP_CHOICE,
  offersActions,
  SKIP_CHOICE,
  WAYS_OUT,
  type OpenQuestion,
} from '../../contracts/clarification.ts';
import type { SessionContext } from '../../contracts/context.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Understanding } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Answer } from './define-workflow.ts';
import { OUTCOME, type Outcome, type Question } from './outcome.ts';
import type { ActRun } from './turn-run.ts';
import { PARKED_MAX, QUESTION_ACTIVE_MS, RETURN_OFFER_MS } from './policy.ts';

/** What an input is to one open question. */
export type Continued = Extract<Understanding['continuation'], { clarification_id: string }>;

export const isActive = (question: OpenQuestion, now: Date): boolean =>
  Date.parse(question.active_until) > now.getTime();

/** The answer that the waiting graph goes on with. */
export function answerOf(
  question: OpenQuestion,
  continuation: Extract<Continued, { kind: 'answer' | 'skip' }>,
  amended: Slots,
  words: string,
): Answer {
  if (continuation.kind === 'skip')
    return {
      slots: amended,
      skipped: [question.slot],
      confirmed: question.kind === 'confirm' ? false : null,
      words,
    };
  const { choice_id, slots } = continuation;
  const confirmed = question.kind === 'confirm' ? choice_id === 'yes' : null;
  const chosen = choice_id === undefined ? {} : (question.choice_slots[choice_id] ?? {});
  const skipped = choice_id === SKIP_CHOICE ? [question.slot] : [];
  return { slots: { ...slots, ...chosen, ...amended }, skipped, confirmed, choice: choice_id ?? null, words };
}

/**
 * The question that a changed slot is about: the one that is being asked, when its action has such a slot and nothing
 * was done since. Otherwise what was done last is meant.
 */
export function correctedQuestion(
  context: SessionContext,
  slots: Slots,
  now: Date,
): OpenQuestion | undefined {
  const asking = context.questions.find((question) => isActive(question, now));
  if (!asking) return undefined;
  const doneSince = context.last_receipt !== null && context.last_receipt.at > asking.asked_at;
  const takes: readonly string[] = actionEntry(asking.action).slots;
  return !doneSince && Object.keys(slots).every((slot) => takes.includes(slot)) ? asking : undefined;
}

/**
 * After another request the question is offered once. A bare answer binds to it a little longer; the shortened time
 * also tells that the offer was made.
 */
export function offerReturn(
  context: SessionContext,
  closed: readonly OpenQuestion[],
  now: Date,
): { afterword: string; activeUntil?: Readonly<Record<string, string>> } {
  const waiting = context.questions.find((question) => isActive(question, now) && !closed.includes(question));
  if (!waiting) return { afterword: '' };
  const offered = Date.parse(waiting.active_until) - Date.parse(waiting.asked_at) < QUESTION_ACTIVE_MS;
  if (offered) return { afterword: '' };
  const until = Math.min(Date.parse(waiting.active_until) - 1, now.getTime() + RETURN_OFFER_MS);
  return {
    afterword: `Still open: ${inWords(waiting)}`,
    activeUntil: { [waiting.clarification_id]: new Date(until).toISOString() },
  };
}

/** The question once more with a way out by button. */
export function withWaysOut(question: OpenQuestion): Question {
  return { ...asBefore(question), choices: question.choices.length > 0 ? question.choices : [...WAYS_OUT] };
}

/** Whether what is asked is what was asked before, be it with some words before it. */
export const isSameAgain = (run: ActRun, { slot, kind, question }: OpenQuestion): boolean =>
  run.kind === 'asked' &&
  run.question.slot === slot &&
  run.question.kind === kind &&
  kind === 'slot' &&
  (run.question.question.endsWith(question) || question.endsWith(run.question.question));

/** A question that comes back unchanged counts on, and has a way out by button from then on. */
export function countedOn(run: ActRun, before: OpenQuestion): ActRun {
  if (run.kind !== 'asked' || !isSameAgain(run, before)) return run;
  const choices = run.question.choices.length > 0 ? run.question.choices : [...WAYS_OUT];
  return { ...run, askedCount: before.asked_count + 1, question: { ...run.question, choices } };
}

/** The question in words alone, with what there is to choose from. */
export function inWords({ question, kind, choices }: OpenQuestion): string {
  const labels = choices.filter(({ choice_id: id }) => id !== SKIP_CHOICE && id !== DROP_CHOICE);
  // One thing that is offered stands in the question.
  if (kind !== 'choice' || labels.length < 2) return question;
  return `${question} ${labels.map(({ label }, index) => `${index + 1}. ${label}`).join('; ')}`;
}

/** What is said when a question is given up. */
export const droppedWords = (open: OpenQuestion): string =>
  open.kind === 'confirm' || offersActions(open)
    ? 'All right, I did not do that. Nothing was changed.'
    : `All right, I dropped that question: "${open.question}"${aboutWhat(open)}`;

/** With several questions open, the wording alone does not tell which one it was. */
const aboutWhat = ({ slot, slots: { title } }: OpenQuestion): string =>
  title === undefined || slot === 'title' ? '' : ` It was about "${title}".`;

/** The question once more as it was. */
export function asBefore(question: OpenQuestion): Question {
  const { slot, kind, choices, choice_slots: choiceSlots } = question;
  return { slot, kind, question: question.question, choices, choiceSlots };
}

/** Open questions without those whose time is over; a job of their own closes these. */
const unexpired = (context: SessionContext, now: Date): OpenQuestion[] =>
  context.questions.filter(({ expires_at: until }) => Date.parse(until) > now.getTime());

/**
 * The open question that asks for just what is about to be asked. What was said to the active one counts on; a parked
 * one is the same only when nothing else was said of it.
 */
export function sameQuestion(
  context: SessionContext,
  asked: { action: Action; slots: Slots; question: Question },
  now: Date,
): OpenQuestion | undefined {
  const { slot, kind, question, choices } = asked.question;
  return unexpired(context, now).find(
    (open) =>
      open.action === asked.action &&
      open.slot === slot &&
      open.kind === kind &&
      open.question === question &&
      (choices.length === 0 || isDeepStrictEqual(open.choices, choices)) &&
      (isActive(open, now)
        ? isAboutOneThing(open.slots, asked.slots)
        : isDeepStrictEqual(open.slots, asked.slots)),
  );
}

/** "Remind me to pay the rent" is another thing than "remind me to call mum", though the same is asked of both. */
const isAboutOneThing = (one: Slots, other: Slots): boolean =>
  (['title', 'target'] as const).every(
    (slot) =>
      one[slot] === undefined || other[slot] === undefined || isDeepStrictEqual(one[slot], other[slot]),
  );

/** The oldest questions, for which there is no place beside the new ones. */
export function crowdedOut(
  context: SessionContext,
  closed: readonly OpenQuestion[],
  asked: number,
  now: Date,
): OpenQuestion[] {
  const staying = unexpired(context, now).filter((open) => !closed.includes(open));
  return asked === 0 ? [] : staying.slice(Math.max(0, PARKED_MAX + 1 - asked));
}

/** What is told to whoever answers a question that is no longer open, with the answer that holds. */
export function tooLateOutcome(
  expired: boolean,
  holds: { reply: string; execution_result: Outcome['executionResult'] } | null,
): Outcome {
  const refused = expired
    ? ({
        code: 'clarification_expired',
        message: 'That question has expired. Please ask again from the start.',
      } as const)
    : ({ code: 'already_answered', message: 'This question has been answered already.' } as const);
  return {
    ...OUTCOME,
    reply: [refused.message, holds?.reply].filter(Boolean).join(' '),
    decision: 'REFUSE',
    refused,
    executionResult: holds?.execution_result ?? null,
  };
}
