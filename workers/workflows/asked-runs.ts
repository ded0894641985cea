import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { TurnBody } from '../../contracts/context.ts';
import { actionEntry } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { TurnResult } from '../../contracts/result.ts';
import type { Slots } from '../../contracts/slots.ts';
import { actOf, doneRun } from './act-routes.ts';
import type { Question } from './outcome.ts';
import { readCheckpoint, readPlan } from './run-saver.ts';
import type { ActRun } from './turn-run.ts';

/** A question's row, as the runner reads it when an answer comes. */
export interface WaitingQuestion {
  open: boolean;
  expired: boolean;
  checkpoint: unknown;
  /** The turn that closed it, when one did. */
  closedBy: string | null;
}

/** Questions as Postgres has them. */
export interface QuestionReader {
  find(userId: string, clarificationId: string): Promise<WaitingQuestion | null>;
  /** How the turn ended that gave the answer which holds. */
  resultOf(userId: string, turnId: string): Promise<TurnResult | null>;
}

/** An act that waits until it is known which one it is; no graph was begun. */
export function doubtRun(act: Act, slots: Slots, words: string, question: Question, preface: string): ActRun {
  return {
    kind: 'asked',
    act,
    slots,
    words,
    question,
    preface,
    checkpoint: null,
    askedCount: 1,
    workflow: actionEntry(act.action).workflow,
  };
}

/** The question put again, with the waiting graph behind it. */
export function againRun(
  body: TurnBody,
  act: Act,
  question: OpenQuestion,
  row: WaitingQuestion,
  words: { asked: number; in(question: OpenQuestion): Question; preface?: string },
): ActRun {
  return {
    kind: 'asked',
    act: actOf(act, question),
    slots: question.slots,
    words: body.text,
    workflow: actionEntry(question.action).workflow,
    askedCount: words.asked,
    checkpoint: question.plan ? readPlan(row.checkpoint) : readCheckpoint(row.checkpoint),
    question: words.in(question),
    ...(question.plan && { plan: question.plan }),
    ...(words.preface !== undefined && { preface: words.preface }),
  };
}

/** A question that was asked often enough waits to be named or answered by its button. */
export function parkedRun(
  act: Act,
  { clarification_id: id, slots, question }: OpenQuestion,
  words: string,
  now: Date,
): { runs: ActRun[]; activeUntil: Readonly<Record<string, string>> } {
  const reply = `I'll leave that for now. It stays open for a day: "${question}" You can answer it by its button whenever you like.`;
  return {
    runs: [doneRun(act, slots, words, { reply })],
    activeUntil: { [id]: now.toISOString() },
  };
}
