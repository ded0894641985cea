import {
  DROP_CHOICE,
  offersActions,
  SKIP_CHOICE,
  type OpenQuestion,
  type PlannedAct,
} from '../../contracts/clarification.ts';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { afterRuns, contextAfter } from './act-chain.ts';
import { actOf, doneRun, type ActRoutes } from './act-routes.ts';
import { againRun, parkedRun, type QuestionReader, type WaitingQuestion } from './asked-runs.ts';
import type { WorkSetting } from './define-workflow.ts';
import { chosenAct } from './doubted-acts.ts';
import { breaks, brokenPlan, memoAfter } from './held-plan.ts';
import {
  answerOf,
  asBefore,
  countedOn,
  droppedWords,
  isActive,
  isSameAgain,
  tooLateOutcome,
  withWaysOut,
  type Continued,
} from './open-questions.ts';
import { ASKED_MAX } from './policy.ts';
import { readPlan } from './run-saver.ts';
import { amendedSlots, type ActRun, type ActsRun } from './turn-run.ts';

/** What belongs to a question that is open: an answer to it, a way out of it, a change of what is asked about. */
export class QuestionRuns {
  constructor(
    private readonly routes: ActRoutes,
    private readonly questions: QuestionReader,
  ) {}

  /** Who greets while something is asked is greeted, and asked again. */
  async greeted(
    body: TurnBody,
    [act, ...others]: readonly Act[],
    context: SessionContext,
    { now }: WorkSetting,
  ): Promise<ActsRun | null> {
    const question = context.questions.find((open) => isActive(open, now));
    if (!question || act?.action !== 'greeting' || others.length > 0) return null;
    const row = await this.questions.find(body.user_id, question.clarification_id);
    if (!row?.open) return null;
    const asked = { asked: question.asked_count, in: asBefore, preface: 'Hello!' };
    return {
      runs: [againRun(body, act, question, row, asked)],
      closes: [{ question, reason: 'replaced' }],
      afterword: '',
    };
  }

  /** What was said belongs to an open question. */
  async continue(
    body: TurnBody,
    first: Act,
    continuation: Continued,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const { clarification_id: id } = continuation;
    const question = context.questions.find((open) => open.clarification_id === id);
    const row = await this.questions.find(body.user_id, id);
    const byWords = body.request.kind === 'text';
    if (continuation.kind === 'drop' && byWords && !row?.open) return this.nothingOpen(body, first, setting);
    if (!question || !row?.open) return this.tooLate(body, first, row);
    const button = continuation.kind === 'answer' ? continuation.choice_id : undefined;
    if (continuation.kind === 'reask') return this.reask(body, first, question, row, setting.now);
    if (continuation.kind === 'return') {
      const again = againRun(body, first, question, row, { asked: question.asked_count, in: asBefore });
      return { runs: [again], closes: [{ question, reason: 'replaced' }], afterword: '' };
    }
    if (continuation.kind === 'drop' || button === DROP_CHOICE) {
      const reply = droppedWords(question);
      return {
        runs: [doneRun(first, {}, body.text, { reply })],
        closes: [{ question, reason: 'dropped' }],
        afterword: '',
      };
    }
    if (question.plan) {
      const memos = readPlan(row.checkpoint)?.memos ?? [];
      return this.together(first, { question, memos }, question.plan, button === 'yes', setting);
    }
    if (offersActions(question)) return this.chosen(body, first, question, button, setting);
    const answer = answerOf(question, continuation, amendedSlots(body), body.text);
    const runs = await this.routes.resume(first, question, row.checkpoint, answer, body, setting);
    // Words that name nothing for sure are no answer to "which one?".
    const missed = runs.some((run) =>
      run.kind === 'done' ? run.outcome.refused?.code === 'not_found' : run.question.guess,
    );
    if (question.kind === 'choice' && button === undefined && missed)
      return this.reask(body, first, question, row, setting.now);
    if (byWords && runs.some((run) => isSameAgain(run, question)) && question.asked_count >= ASKED_MAX)
      return this.reask(body, first, question, row, setting.now);
    const skipped = continuation.kind === 'skip' || button === SKIP_CHOICE;
    const counted = runs.map((run) => countedOn(run, question));
    return { runs: counted, closes: [{ question, reason: skipped ? 'skipped' : 'answered' }], afterword: '' };
  }

  /** Which action was meant has been said; left to us, it is the likeliest. */
  private async chosen(
    body: TurnBody,
    act: Act,
    question: OpenQuestion,
    choiceId: string | undefined,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const meant = chosenAct(act, question, choiceId);
    const slots = { ...question.choice_slots[meant.action], ...amendedSlots(body) };
    const runs = await this.routes.start(meant, slots, body.text, setting);
    return { runs, closes: [{ question, reason: 'answered' }], afterword: '' };
  }

  /**
   * All acts of one message, confirmed in one: planned anew for what was shown, as it is now, and done together or not at
   * all.
   */
  private async together(
    answering: Act,
    { question, memos }: { question: OpenQuestion; memos: readonly unknown[] },
    plan: readonly PlannedAct[],
    confirmed: boolean,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const closes: ActsRun['closes'] = [{ question, reason: 'answered' }];
    const acts = plan.map(({ words, slots, ...planned }) => ({
      words,
      slots,
      act: { ...answering, ...planned },
    }));
    if (!confirmed) {
      const [first] = acts.map(({ act, slots, words }) =>
        doneRun(act, slots, words, { reply: NOTHING_CHANGED }),
      );
      return { runs: first ? [first] : [], closes, afterword: '' };
    }
    const runs: ActRun[] = [];
    for (const [step, { act, slots, words }] of acts.entries()) {
      const own = { ...setting, step, context: contextAfter(setting.context, runs, setting.now) };
      const memo = memoAfter(memos[step], runs);
      const answer = { slots: {}, skipped: [], confirmed: true, words: '', memo };
      const begun = await afterRuns(runs, own, act.action, (ports) =>
        this.routes.start(act, slots, words, { ...own, ports }, answer),
      );
      const broken = begun.find((run) => breaks(run, memo));
      if (broken) {
        const reply = brokenPlan(broken);
        return { runs: [doneRun(act, slots, words, { reply })], closes, afterword: '' };
      }
      runs.push(...begun);
    }
    return { runs, closes, afterword: '' };
  }

  /** "Never mind" to a question that has gone meanwhile: as if there had been none. */
  private async nothingOpen(body: TurnBody, act: Act, setting: WorkSetting): Promise<ActsRun> {
    const cancel: Act = { ...act, intent: 'cancel', action: 'cancel' };
    return { runs: await this.routes.start(cancel, {}, body.text, setting), closes: [], afterword: '' };
  }

  /** Another slot of what is being asked about was changed: kept, and the question is put again. */
  async correct(
    body: TurnBody,
    act: Act,
    question: OpenQuestion,
    slots: Slots,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const missing = question.kind === 'slot' ? [question.slot] : [];
    const original: Act = {
      ...actOf(act, question),
      // The same is asked of fewer, or an hour of the day that it is on.
      ...((act.params?.among ?? act.params?.where ?? act.params?.day_kept) && { params: act.params }),
      gate: { verdict: missing.length > 0 ? 'incomplete' : 'pass', missing, alternatives: [] },
    };
    const runs = await this.routes.start(original, { ...question.slots, ...slots }, body.text, setting);
    return { runs, closes: [{ question, reason: 'replaced' }], afterword: '' };
  }

  /** Another device was first, or nobody in time: nothing is done, and what holds is told. */
  async tooLate(body: TurnBody, act: Act, row: WaitingQuestion | null): Promise<ActsRun> {
    const holds = row?.closedBy ? await this.questions.resultOf(body.user_id, row.closedBy) : null;
    const outcome = tooLateOutcome(row?.expired ?? false, holds);
    return { runs: [doneRun(act, {}, body.text, outcome)], closes: [], afterword: '' };
  }

  /** Nothing fitted: the same question in other words, then with choices, then it is parked and said so. */
  private reask(body: TurnBody, act: Act, question: OpenQuestion, row: WaitingQuestion, now: Date): ActsRun {
    const original = actOf(act, question);
    if (question.asked_count >= ASKED_MAX)
      return { ...parkedRun(original, question, body.text, now), closes: [], afterword: '' };
    const again = againRun(body, act, question, row, {
      asked: question.asked_count + 1,
      in: withWaysOut,
      preface: 'Sorry, I could not read that as an answer.',
    });
    return { runs: [again], closes: [{ question, reason: 'replaced' }], afterword: '' };
  }
}

const NOTHING_CHANGED = 'All right, nothing was changed.';
