import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { TurnBody } from '../../contracts/context.ts';
import { PulseError } from '../../contracts/errors.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { ActRun } from './turn-run.ts';
import { besides } from './facts/besides.ts';
import { withItsFact } from './facts/its-day.ts';
import { asKnown, whyKnown } from './known-facts.ts';
import type { Answer, RunResult, Workflow, WorkSetting } from './define-workflow.ts';
import { OUTCOME, type Outcome } from './outcome.ts';
import type { Route } from './registry.ts';
import { memoIn, readCheckpoint, type StoredCheckpoint } from './run-saver.ts';

/** Brings an act to whoever carries it out, from its beginning or from where it asked. */
export class ActRoutes {
  constructor(private readonly routes: ReadonlyMap<Action, Route>) {}

  /**
   * Begins an act.
   *
   * @param said slots that hold for it
   * @param answer what was answered already, when it is planned anew
   */
  async start(
    act: Act,
    said: Slots,
    words: string,
    setting: WorkSetting,
    answer?: Answer,
  ): Promise<ActRun[]> {
    const route = this.routes.get(act.action);
    if (!route) throw new Error(`No handler for ${act.action}`);
    const { action, params } = act;
    const missing = act.gate.missing.filter((slot) => slot !== 'title' || act.gate.verdict === 'incomplete');
    // A distance counts from the date that the item has; the understanding could count from today only.
    const { due_date: _fromToday, ...rest } = said;
    const { slots, used } = await asKnown(act, params?.shift ? rest : said, setting);
    const told = besides(whyKnown(used, setting), act, { ...setting, words });
    if ('workflow' in route) {
      const result = await route.workflow.start({ action, slots, params, missing, words }, setting, answer);
      return [await withItsFact(told(toRun(act, words, result, workflowOf(act))), { ...setting, words })];
    }
    const work = {
      ...setting,
      action,
      params,
      slots,
      missing,
      words,
      skipped: answer?.skipped ?? [],
      confirmed: answer?.confirmed ?? null,
      choice: answer?.choice ?? null,
      chosen: answer?.choice ? [answer.choice] : [],
      answered: answer?.slots ?? {},
      memo: answer?.memo,
    };
    return (await route.steps(work)).map((step) =>
      'done' in step
        ? doneRun(act, slots, words, step.done)
        : toRun(act, words, { kind: 'asked', question: step.ask, slots, checkpoint: null }, null),
    );
  }

  /** The graph goes on where it asked; one that can't be read any more is planned anew from what was said. */
  async resume(
    act: Act,
    question: OpenQuestion,
    stored: unknown,
    answer: Answer,
    body: TurnBody,
    setting: WorkSetting,
  ): Promise<ActRun[]> {
    const route = this.routes.get(question.action);
    if (!route) throw new Error(`No handler for ${question.action}`);
    const checkpoint = 'workflow' in route ? readCheckpoint(stored) : null;
    const original = actOf(act, question);
    const known = await asKnown(original, answer.slots, setting);
    const result =
      checkpoint && 'workflow' in route
        ? await this.tryResume(
            route.workflow,
            checkpoint,
            question,
            { ...answer, slots: known.slots },
            setting,
          )
        : null;
    if (result) {
      const told = besides(whyKnown(known.used, setting), original, { ...setting, words: body.text });
      const run = told(toRun(original, body.text, result, workflowOf(original)));
      return [await withItsFact(run, { ...setting, words: body.text })];
    }
    const slots = { ...question.slots, ...answer.slots };
    const anew = {
      ...original,
      gate: { ...original.gate, missing: original.gate.missing.filter((slot) => !(slot in answer.slots)) },
    };
    // What the question was about is known all the same, where it can be read.
    return this.start(anew, slots, body.text, setting, { ...answer, memo: memoIn(stored) });
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
        result.question.kind === question.kind &&
        // In other words it is another question: what it was about has changed.
        result.question.question === question.question;
      return kept && !again ? result : null;
    } catch (error) {
      if (error instanceof PulseError) throw error;
      return null;
    }
  }
}

/** The act that was asked about, as this turn goes on with it. */
export const actOf = (act: Act, { intent, action, params }: OpenQuestion): Act => ({
  ...act,
  intent,
  action,
  params,
});

const workflowOf = ({ action }: Act): string | null => actionEntry(action).workflow;

function toRun(
  act: Act,
  words: string,
  result:
    | Exclude<RunResult, { kind: 'asked' }>
    | (Omit<Extract<RunResult, { kind: 'asked' }>, 'checkpoint'> & { checkpoint: StoredCheckpoint | null }),
  workflow: string | null,
): ActRun {
  const { slots } = result;
  return result.kind === 'done'
    ? doneRun(act, slots, words, result.outcome)
    : {
        kind: 'asked',
        act,
        slots,
        words,
        question: result.question,
        ...(result.question.preface !== undefined && { preface: result.question.preface }),
        checkpoint: result.checkpoint,
        askedCount: 1,
        workflow,
      };
}

/** An act that has come to its outcome. */
export function doneRun(act: Act, slots: Slots, words: string, outcome: Partial<Outcome>): ActRun {
  return { kind: 'done', act, slots, words, outcome: { ...OUTCOME, ...outcome } };
}
