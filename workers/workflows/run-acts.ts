import type { CloseReason, OpenQuestion } from '../../contracts/clarification.ts';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import { PulseError } from '../../contracts/errors.ts';
import { slotsOf, type Act, type TurnPlan } from '../../contracts/nlu.ts';
import type { TurnResult } from '../../contracts/result.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { ActRun } from './compose-turn.ts';
import type { Answer, RunResult, Workflow, WorkSetting } from './define-workflow.ts';
import { undoById } from './dialogue/undo.ts';
import {
  answerOf,
  correctedQuestion,
  DROP,
  inOtherWords,
  offerReturn,
  SKIP,
  tooLateOutcome,
  type Continued,
} from './open-questions.ts';
import { OUTCOME, type Outcome } from './outcome.ts';
import { ASKED_MAX } from './policy.ts';
import type { Route } from './registry.ts';
import { readCheckpoint, type StoredCheckpoint } from './run-saver.ts';

/** A question's row, as the runner reads it when an answer comes. */
export interface WaitingQuestion {
  open: boolean;
  expired: boolean;
  checkpoint: unknown;
  /** The turn that closed it, when one did. */
  closedBy: string | null;
}
export interface QuestionReader {
  find(userId: string, clarificationId: string): Promise<WaitingQuestion | null>;
  /** How the turn ended that gave the answer which holds. */
  resultOf(userId: string, turnId: string): Promise<TurnResult | null>;
}

export interface ActsRun {
  runs: ActRun[];
  closes: { question: OpenQuestion; reason: CloseReason }[];
  afterword: string;
  /** Until when a bare answer still binds to a question that stays open, where this turn shortens it. */
  activeUntil?: Readonly<Record<string, string>>;
}

const SMALL_TALK = new Set<Action>([
  'greeting',
  'goodbye',
  'thanks',
  'help',
  'repeat',
  'affirm',
  'deny',
  'cancel',
  'out_of_scope',
]);

/** Carries out what a turn asks for, up to the point where everything is known that has to be written. */
export class ActRunner {
  constructor(
    private readonly routes: ReadonlyMap<Action, Route>,
    private readonly questions: QuestionReader,
  ) {}

  async run(body: TurnBody, plan: TurnPlan, context: SessionContext, setting: WorkSetting): Promise<ActsRun> {
    const { request } = body;
    const { continuation } = plan;
    const [first] = plan.acts;
    if (!first) throw new Error('A turn was understood as nothing');
    if (request.kind === 'undo') return this.undo(request.receipt_id, first, setting);
    // An answer by button or id was meant for its question and for nothing else.
    const meant = request.kind === 'answer' ? request.clarification_id : undefined;
    const row = meant === undefined ? null : await this.questions.find(body.user_id, meant);
    const known = context.questions.some((open) => open.clarification_id === meant);
    if (meant !== undefined && !(known && row?.open)) return this.tooLate(body, first, row);

    if (continuation.kind === 'correction') {
      const corrected = correctedQuestion(context, continuation.slots, setting.now);
      if (corrected) return this.correct(body, first, corrected, continuation.slots, setting);
    }
    if (continuation.kind === 'none' || continuation.kind === 'correction')
      return this.fresh(body, plan, context, setting);
    return this.continue(body, first, continuation, context, setting);
  }

  /** What was said belongs to an open question. */
  private async continue(
    body: TurnBody,
    first: Act,
    continuation: Continued,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const { clarification_id: id } = continuation;
    const question = context.questions.find((open) => open.clarification_id === id);
    const row = await this.questions.find(body.user_id, id);
    if (!question || !row?.open) return this.tooLate(body, first, row);
    const button = continuation.kind === 'answer' ? continuation.choice_id : undefined;
    if (continuation.kind === 'reask') return this.reask(body, first, question, row, setting.now);
    if (continuation.kind === 'drop' || button === DROP) {
      const reply = `All right, I dropped that: ${lower(question.question)}`;
      return {
        runs: [doneRun(first, {}, body.text, { reply })],
        closes: [{ question, reason: 'dropped' }],
        afterword: '',
      };
    }
    const answer = answerOf(question, continuation, amendedSlots(body), body.text);
    const runs = await this.resume(first, question, row, answer, body, setting);
    // Words that name nothing are no answer to "which one?".
    const missed = runs.some((run) => run.kind === 'done' && run.outcome.refused?.code === 'not_found');
    if (question.kind === 'choice' && button === undefined && missed)
      return this.reask(body, first, question, row, setting.now);
    const skipped = continuation.kind === 'skip' || button === SKIP;
    return { runs, closes: [{ question, reason: skipped ? 'skipped' : 'answered' }], afterword: '' };
  }

  /** Another slot of what is being asked about was changed: kept, and the question is put again. */
  private async correct(
    body: TurnBody,
    act: Act,
    question: OpenQuestion,
    slots: Slots,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const missing = question.kind === 'slot' ? [question.slot] : [];
    const original: Act = {
      ...act,
      intent: question.intent,
      action: question.action,
      gate: { verdict: missing.length > 0 ? 'incomplete' : 'pass', missing, alternatives: [] },
    };
    const runs = await this.start(original, { ...question.slots, ...slots }, body.text, setting);
    return { runs, closes: [{ question, reason: 'replaced' }], afterword: '' };
  }

  /** Another device was first, or nobody in time: nothing is done, and what holds is told. */
  private async tooLate(body: TurnBody, act: Act, row: WaitingQuestion | null): Promise<ActsRun> {
    const holds = row?.closedBy ? await this.questions.resultOf(body.user_id, row.closedBy) : null;
    const outcome = tooLateOutcome(row?.expired ?? false, holds);
    return { runs: [doneRun(act, {}, body.text, outcome)], closes: [], afterword: '' };
  }

  private async undo(receiptId: string, act: Act, setting: WorkSetting): Promise<ActsRun> {
    const outcome = await undoById(setting.ports.receipts, receiptId, setting.now);
    return { runs: [doneRun(act, {}, 'undo', outcome)], closes: [], afterword: '' };
  }

  private async fresh(
    body: TurnBody,
    plan: TurnPlan,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const runs: ActRun[] = [];
    for (const act of plan.acts) {
      const slots = { ...slotsOf(act.entities), ...amendedSlots(body) };
      const words = body.text.slice(act.span.start, act.span.end) || body.text;
      runs.push(...(await this.start(act, slots, words, setting)));
    }
    const turnedAway = runs.some((run) => !SMALL_TALK.has(run.act.action) && run.act.action !== 'undo');
    return { runs, closes: [], ...(turnedAway ? offerReturn(context, setting.now) : { afterword: '' }) };
  }

  private async start(
    act: Act,
    slots: Slots,
    words: string,
    setting: WorkSetting,
    answer?: Answer,
  ): Promise<ActRun[]> {
    const route = this.routes.get(act.action);
    if (!route) throw new Error(`No handler for ${act.action}`);
    const missing = act.gate.missing.filter((slot) => slot !== 'title' || act.gate.verdict === 'incomplete');
    if ('workflow' in route) {
      const result = await route.workflow.start(
        { action: act.action, slots, missing, words },
        setting,
        answer,
      );
      return [toRun(act, words, result, route.workflow.type)];
    }
    const work = { ...setting, action: act.action, slots, missing, words, skipped: [], confirmed: null };
    return (await route.outcomes(work)).map((outcome) => doneRun(act, slots, words, outcome));
  }

  /** The graph goes on where it asked; one that can't be read any more is planned anew from what was said. */
  private async resume(
    act: Act,
    question: OpenQuestion,
    row: WaitingQuestion,
    answer: Answer,
    body: TurnBody,
    setting: WorkSetting,
  ): Promise<ActRun[]> {
    const route = this.routes.get(question.action);
    if (!route || !('workflow' in route)) throw new Error(`No workflow for ${question.action}`);
    const checkpoint = readCheckpoint(row.checkpoint);
    const original: Act = { ...act, intent: question.intent, action: question.action };
    const result = checkpoint
      ? await this.tryResume(route.workflow, checkpoint, question, answer, setting)
      : null;
    if (result) return [toRun(original, body.text, result, route.workflow.type)];
    const slots = { ...question.slots, ...answer.slots };
    const anew = {
      ...original,
      gate: { ...original.gate, missing: original.gate.missing.filter((slot) => !(slot in answer.slots)) },
    };
    return this.start(anew, slots, body.text, setting, answer);
  }

  /** @returns null for a checkpoint that this version can't go on from */
  private async tryResume(
    workflow: Workflow,
    checkpoint: StoredCheckpoint,
    question: OpenQuestion,
    answer: Answer,
    setting: WorkSetting,
  ): Promise<RunResult | null> {
    try {
      const result = await workflow.resume(checkpoint, answer, setting);
      // A graph that has lost its place begins anew and forgets what was said.
      const kept = Object.keys(answer.slots).every((slot) => slot in result.slots);
      const again =
        result.kind === 'asked' &&
        result.question.slot === question.slot &&
        result.question.kind === question.kind;
      return kept && !again ? result : null;
    } catch (error) {
      if (error instanceof PulseError) throw error;
      return null;
    }
  }

  /** Nothing fitted: the same question in other words, then with choices, then it is parked and said so. */
  private reask(body: TurnBody, act: Act, question: OpenQuestion, row: WaitingQuestion, now: Date): ActsRun {
    const original: Act = { ...act, intent: question.intent, action: question.action };
    if (question.asked_count >= ASKED_MAX) {
      const reply = `I'll leave that for now. It stays open for a day: "${question.question}" You can answer it by its button whenever you like.`;
      return {
        runs: [doneRun(original, question.slots, body.text, { reply })],
        closes: [],
        afterword: '',
        activeUntil: { [question.clarification_id]: now.toISOString() },
      };
    }
    const again: ActRun = {
      kind: 'asked',
      act: original,
      slots: question.slots,
      words: body.text,
      workflow: actionEntry(question.action).workflow,
      askedCount: question.asked_count + 1,
      checkpoint: readCheckpoint(row.checkpoint),
      question: inOtherWords(question),
    };
    return { runs: [again], closes: [{ question, reason: 'replaced' }], afterword: '' };
  }
}

function toRun(act: Act, words: string, result: RunResult, workflow: string): ActRun {
  const { slots } = result;
  return result.kind === 'done'
    ? doneRun(act, slots, words, result.outcome)
    : {
        kind: 'asked',
        act,
        slots,
        words,
        question: result.question,
        checkpoint: result.checkpoint,
        askedCount: 1,
        workflow,
      };
}

function doneRun(act: Act, slots: Slots, words: string, outcome: Partial<Outcome>): ActRun {
  return { kind: 'done', act, slots, words, outcome: { ...OUTCOME, ...outcome } };
}

/** What was corrected while the turn ran. */
const amendedSlots = (body: TurnBody): Slots =>
  body.amendments.reduce<Slots>((all, amendment) => ({ ...all, ...amendment.slots }), {});

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
