import type { RecalledTurn } from '../../contracts/memory.ts';
import type { Choice } from '../../contracts/clarification.ts';
import type { SessionContext } from '../../contracts/context.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Action } from '../../contracts/intents.ts';
import type { ActParams } from '../../contracts/nlu.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { Card, Decision } from '../../contracts/result.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import type { Ports, WordingModel } from './ports.ts';

/** A question that has to be answered before the act can go on. */
export interface Question {
  slot: Slot;
  kind: 'slot' | 'choice' | 'confirm';
  question: string;
  choices: Choice[];
  /** What each choice stands for. */
  choiceSlots: Record<string, Slots>;
  /** What is known by now, in place of the slots as they were said: an answer is understood with it and added to it. */
  settled?: Slots;
  /** What is known besides what was said, where that stays. */
  keep?: Slots;
  /** The choices fit what was said only loosely. */
  guess?: boolean;
  /** The act was refused as asked for; the choices are what can be had instead. */
  refused?: Refusal;
  cards?: Card[];
  /** Said before the question when it is put first; no part of it. */
  preface?: string;
  /** What has become of things that it showed before, for which it is put again; stands in the question. */
  since?: string;
  /** Kept for the answer, which finds it as `work.memo`: what exactly was shown. Plain JSON. */
  memo?: unknown;
  /** An open question of this action and slot is out of date with this one. */
  replaces?: boolean;
}

/** Why an act could not be done, and whose decision that was. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  /** Where tokens are missing. */
  tokens?: { needed: number; remaining: number };
}

/** What an act came to. Effects are only planned here: the runner commits them. */
export interface Outcome {
  reply: string;
  decision: Decision;
  effects: EffectWrite[];
  /** One sentence for the receipt: "Added "study physics"". */
  summary: string;
  cards: Card[];
  requiresTaskCard: boolean;
  executionResult: Record<string, unknown> | null;
  /** By id, what a receipt calls items that no card shows. */
  titles: Readonly<Record<string, string>>;
  /** A list just shown, for "the second one". */
  shown: SessionContext['shown'];
  /** One thing that the reply is about, which "it" then is; a list that was shown before stays. */
  opened?: SessionContext['opened'];
  /** The item this was about, for "it" and "undo". */
  item: { kind: string; id: string; title: string; start?: string } | null;
  /** The calendar that events were planned around; another one by the commit, and the act is planned anew. */
  calendarVersion: number | null;
  /** The receipt that is taken back. */
  undoes: string | null;
  /** What is taken back was an undo itself. */
  redoes: boolean;
  /** Set when the act could not be done. */
  refused: Refusal | null;
  /** What exactly it is about, where it has to wait for other acts; as the memo of a question. */
  memo?: unknown;
}

export const OUTCOME: Outcome = {
  reply: '',
  decision: 'AUTO',
  effects: [],
  summary: '',
  cards: [],
  requiresTaskCard: false,
  executionResult: null,
  titles: {},
  shown: [],
  item: null,
  calendarVersion: null,
  undoes: null,
  redoes: false,
  refused: null,
};

export type Step = { ask: Question } | { done: Outcome };

/** What a handler works with. Times come from the turn, never from the machine. */
export interface Work {
  action: Action;
  slots: Slots;
  params?: ActParams | undefined;
  /** Slots that the understanding found missing or too vague. */
  missing: readonly Slot[];
  /** The user said "skip" or "you choose" to the question on this slot. */
  skipped: readonly Slot[];
  /** The answer to a `confirm` question; null as long as it was not asked. */
  confirmed: boolean | null;
  /** The `choice_id` that the last question was answered with. */
  choice: string | null;
  /** Every `choice_id` that was answered so far. */
  chosen: readonly string[];
  /** What the answers so far have said. */
  answered: Slots;
  /** What the question that was answered had kept; undefined where it was lost, and has to be found again. */
  memo?: unknown;
  /** Number of the act within the turn. */
  step: number;
  /** The words that asked for it. */
  words: string;
  timezone: string;
  /** The instant that words count from. */
  reference: Date;
  /** When the words came in, by the server's clock. */
  receivedAt: Date;
  /** The server's clock, for `created_at` and `completed_at`. */
  now: Date;
  context: SessionContext;
  /** Earlier turns that it may be about, the likest first; none where nothing asks for any. */
  recalled: readonly RecalledTurn[];
  /** The user wants what was done before to be used. */
  remembers: boolean;
  ports: Ports;
  model: WordingModel;
  /** Tells the user that a longer step has begun. */
  say: { progress(stage: string, label: string): void };
  newId(): string;
}

export type Handler = (work: Work) => Promise<Step>;

/** An act that came to its end; what is not given is as in `OUTCOME`. */
export const done = (outcome: Partial<Outcome>): Step => ({ done: { ...OUTCOME, ...outcome } });
/** An act that goes on when this is answered; a free question unless told otherwise. */
export const ask = (question: Partial<Question> & Pick<Question, 'slot' | 'question'>): Step => ({
  ask: { kind: 'slot', choices: [], choiceSlots: {}, ...question },
});
