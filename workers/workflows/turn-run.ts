import type { CloseReason, OpenQuestion, PlannedAct } from '../../contracts/clarification.ts';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import type { Act, TurnPlan } from '../../contracts/nlu.ts';
import type { UsageLine } from '../../contracts/result.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Outcome, Question } from './outcome.ts';
import type { KeptPlan, StoredCheckpoint } from './run-saver.ts';

/** What became of one act, before anything is written. */
export type ActRun = { act: Act; slots: Slots; words: string } & (
  | { kind: 'done'; outcome: Outcome }
  | {
      kind: 'asked';
      question: Question;
      /** Said before the question in this turn's reply; no part of the question, which is shown later, too. */
      preface?: string;
      checkpoint: StoredCheckpoint | KeptPlan | null;
      askedCount: number;
      workflow: string | null;
      /** Acts that are carried out together when the question is confirmed. */
      plan?: PlannedAct[];
    }
);

/** A turn that was carried out and is not written yet. `now` is the end of it. */
export interface TurnRun {
  body: TurnBody;
  plan: TurnPlan;
  context: SessionContext;
  runs: readonly ActRun[];
  /** Questions that this turn closes. */
  closes: readonly { question: OpenQuestion | { clarification_id: string }; reason: CloseReason }[];
  /** Said after the acts' own replies. */
  afterword: string;
  /** Shortened times of questions that stay open; kept with the context, not with the question's row. */
  activeUntil?: Readonly<Record<string, string>>;
  now: Date;
  workflowMs: number;
  /** What calls of a language model took, and which of them the turn has used. */
  model: { lines: readonly UsageLine[]; callIds: readonly string[] };
  /** What the user has been told already, and the ordinal that comes next. */
  said: { text: string; ordinal: number };
  newId(): string;
}

/** What the acts of a turn came to. */
export interface ActsRun {
  runs: ActRun[];
  closes: { question: OpenQuestion; reason: CloseReason }[];
  afterword: string;
  /** Until when a bare answer still binds to a question that stays open, where this turn shortens it. */
  activeUntil?: Readonly<Record<string, string>>;
}

/** What was corrected while the turn ran. */
export const amendedSlots = (body: TurnBody): Slots =>
  body.amendments.reduce<Slots>((all, amendment) => ({ ...all, ...amendment.slots }), {});
