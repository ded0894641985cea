import type { CloseReason, OpenQuestion } from '../../contracts/clarification.ts';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import { slotsOf, type Act, type Understanding } from '../../contracts/nlu.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { TurnResult } from '../../contracts/result.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { ActRun } from './compose-turn.ts';
import type { Answer, RunResult, WorkSetting } from './define-workflow.ts';
import { undoObstacle, undoOutcome } from './dialogue/undo.ts';
import { done, type Outcome } from './outcome.ts';
import { ASKED_MAX, QUESTION_ACTIVE_MS, RETURN_OFFER_MS } from './policy.ts';
import type { Route } from './registry.ts';
import { readCheckpoint } from './run-saver.ts';

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

type Continued = Extract<Understanding['continuation'], { clarification_id: string }>;

/** Buttons that every repeated question has. */
const SKIP = 'skip';
const DROP = 'drop';

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

  async run(
    body: TurnBody,
    plan: Understanding,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const { request } = body;
    if (request.kind === 'undo') return this.undo(request.receipt_id, plan, setting);
    const { continuation } = plan;
    const [first] = plan.acts;
    if (!first) throw new Error('A turn was understood as nothing');
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
    const run = await this.resume(first, question, row, answerOf(question, continuation), body, setting);
    // Words that name nothing are no answer to "which one?".
    const missed = run.kind === 'done' && run.outcome.refused?.code === 'not_found';
    if (question.kind === 'choice' && button === undefined && missed)
      return this.reask(body, first, question, row, setting.now);
    const skipped = continuation.kind === 'skip' || button === SKIP;
    return { runs: [run], closes: [{ question, reason: skipped ? 'skipped' : 'answered' }], afterword: '' };
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
    const run = await this.start(original, { ...question.slots, ...slots }, body.text, setting);
    return { runs: [run], closes: [{ question, reason: 'replaced' }], afterword: '' };
  }

  /** Another device was first, or nobody in time: nothing is done, and what holds is told. */
  private async tooLate(body: TurnBody, act: Act, row: WaitingQuestion | null): Promise<ActsRun> {
    const outcome = row?.expired
      ? refusal('clarification_expired', 'That question has expired. Please ask again from the start.')
      : refusal('already_answered', 'This question has been answered already.');
    const holds = row?.closedBy ? await this.questions.resultOf(body.user_id, row.closedBy) : null;
    const told = holds
      ? {
          ...outcome,
          reply: `${outcome.reply} ${holds.reply}`.trim(),
          executionResult: holds.execution_result,
        }
      : outcome;
    return { runs: [doneRun(act, {}, body.text, told)], closes: [], afterword: '' };
  }

  private async undo(receiptId: string, plan: Understanding, setting: WorkSetting): Promise<ActsRun> {
    const [act] = plan.acts;
    if (!act) throw new Error('A turn was understood as nothing');
    const receipt = await setting.ports.receipts.find(receiptId);
    const refused = undoObstacle(receipt, setting.now);
    const outcome =
      refused || !receipt
        ? { reply: refused?.message ?? '', decision: 'REFUSE' as const, refused }
        : undoOutcome(receipt, setting.now);
    return { runs: [doneRun(act, {}, 'undo', outcome)], closes: [], afterword: '' };
  }

  private async fresh(
    body: TurnBody,
    plan: Understanding,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const runs: ActRun[] = [];
    for (const act of plan.acts) {
      const amended = body.amendments.reduce<Slots>(
        (all, amendment) => ({ ...all, ...amendment.slots }),
        slotsOf(act.entities),
      );
      runs.push(
        await this.start(act, amended, body.text.slice(act.span.start, act.span.end) || body.text, setting),
      );
    }
    const turnedAway = runs.some((run) => !SMALL_TALK.has(run.act.action) && run.act.action !== 'undo');
    return { runs, closes: [], ...(turnedAway ? offerReturn(context, setting.now) : { afterword: '' }) };
  }

  private async start(act: Act, slots: Slots, words: string, setting: WorkSetting): Promise<ActRun> {
    const route = this.routes.get(act.action);
    if (!route) throw new Error(`No handler for ${act.action}`);
    const missing = act.gate.missing.filter((slot) => slot !== 'title' || act.gate.verdict === 'incomplete');
    if ('handler' in route) {
      const step = await route.handler({
        ...setting,
        action: act.action,
        slots,
        missing,
        words,
        skipped: [],
        confirmed: null,
      });
      if ('ask' in step)
        return {
          kind: 'asked',
          act,
          slots,
          words,
          question: step.ask,
          checkpoint: null,
          askedCount: 1,
          workflow: null,
        };
      return { kind: 'done', act, slots, words, outcome: step.done };
    }
    const result = await route.workflow.start({ action: act.action, slots, missing, words }, setting);
    return toRun(act, words, result, route.workflow.type, 1);
  }

  /** The graph goes on where it asked; one that can't be read any more is planned anew from what was said. */
  private async resume(
    act: Act,
    question: OpenQuestion,
    row: WaitingQuestion,
    answer: Answer,
    body: TurnBody,
    setting: WorkSetting,
  ): Promise<ActRun> {
    const route = this.routes.get(question.action);
    if (!route || !('workflow' in route)) throw new Error(`No workflow for ${question.action}`);
    const checkpoint = readCheckpoint(row.checkpoint);
    const original: Act = { ...act, intent: question.intent, action: question.action };
    if (checkpoint) {
      const result = await route.workflow.resume(checkpoint, answer, setting);
      return toRun(original, body.text, result, route.workflow.type, 1);
    }
    const slots = { ...question.slots, ...answer.slots };
    const anew = {
      ...original,
      gate: { ...original.gate, missing: original.gate.missing.filter((slot) => !(slot in answer.slots)) },
    };
    return this.start(anew, slots, body.text, setting);
  }

  /** Nothing fitted: the same question in other words, then with choices, then it is parked and said so. */
  private reask(
    body: TurnBody,
    act: Act,
    question: OpenQuestion,
    row: WaitingQuestion,
    now: Date,
  ): ActsRun {
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
      workflow: 'tasks',
      askedCount: question.asked_count + 1,
      checkpoint: readCheckpoint(row.checkpoint),
      question: {
        slot: question.slot,
        kind: question.kind,
        question: `Sorry, I could not read that as an answer. ${question.question}`.replace(
          /^(Sorry, I could not read that as an answer\. )+/,
          '$1',
        ),
        choices:
          question.choices.length > 0
            ? question.choices
            : [
                { choice_id: SKIP, label: 'Skip this' },
                { choice_id: DROP, label: 'Never mind' },
              ],
        choiceSlots: question.choice_slots,
      },
    };
    return { runs: [again], closes: [{ question, reason: 'replaced' }], afterword: '' };
  }
}

function toRun(act: Act, words: string, result: RunResult, workflow: string, askedCount: number): ActRun {
  return result.kind === 'done'
    ? { kind: 'done', act, slots: result.slots, words, outcome: result.outcome }
    : {
        kind: 'asked',
        act,
        slots: result.slots,
        words,
        question: result.question,
        checkpoint: result.checkpoint,
        askedCount,
        workflow,
      };
}

function doneRun(act: Act, slots: Slots, words: string, outcome: Partial<Outcome>): ActRun {
  const step = done(outcome);
  if (!('done' in step)) throw new Error('An outcome asks nothing');
  return { kind: 'done', act, slots, words, outcome: step.done };
}

function answerOf(
  question: OpenQuestion,
  continuation: Extract<Understanding['continuation'], { kind: 'answer' | 'skip' }>,
): Answer {
  if (continuation.kind === 'skip')
    return { slots: {}, skipped: [question.slot], confirmed: question.kind === 'confirm' ? false : null };
  const { choice_id, slots } = continuation;
  const confirmed = question.kind === 'confirm' ? choice_id === 'yes' : null;
  const chosen = choice_id === undefined ? {} : (question.choice_slots[choice_id] ?? {});
  return { slots: { ...slots, ...chosen }, skipped: choice_id === SKIP ? [question.slot] : [], confirmed };
}

/**
 * The question that a changed slot is about: the one that is being asked, when its action has such a slot and nothing
 * was done since. Otherwise what was done last is meant.
 */
function correctedQuestion(context: SessionContext, slots: Slots, now: Date): OpenQuestion | undefined {
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
function offerReturn(context: SessionContext, now: Date): Pick<ActsRun, 'afterword' | 'activeUntil'> {
  const waiting = context.questions.find((question) => isActive(question, now));
  if (!waiting) return { afterword: '' };
  const offered = Date.parse(waiting.active_until) - Date.parse(waiting.asked_at) < QUESTION_ACTIVE_MS;
  if (offered) return { afterword: '' };
  const until = Math.min(Date.parse(waiting.active_until) - 1, now.getTime() + RETURN_OFFER_MS);
  return {
    afterword: `Still open: ${waiting.question}`,
    activeUntil: { [waiting.clarification_id]: new Date(until).toISOString() },
  };
}

const isActive = (question: OpenQuestion, now: Date): boolean =>
  Date.parse(question.active_until) > now.getTime();

function refusal(
  code: 'already_answered' | 'clarification_expired',
  message: string,
): Pick<Outcome, 'reply' | 'decision' | 'refused'> {
  return { reply: message, decision: 'REFUSE', refused: { code, message } };
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
