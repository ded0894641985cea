import {
  DROP_CHOICE,
  offersActions,
  SKIP_CHOICE,
  type CloseReason,
  type OpenQuestion,
  type PlannedAct,
} from '../../contracts/clarification.ts';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import type { Action } from '../../contracts/intents.ts';
import { slotsOf, type Act, type TurnPlan } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { afterRuns, contextAfter } from './act-chain.ts';
import { againRun, doubtRun, parkedRun, type QuestionReader, type WaitingQuestion } from './asked-runs.ts';
import { ActRoutes, actOf, doneRun } from './act-routes.ts';
import type { ActRun } from './turn-run.ts';
import type { WorkSetting } from './define-workflow.ts';
import {
  answerOf,
  asBefore,
  countedOn,
  correctedQuestion,
  crowdedOut,
  droppedWords,
  isActive,
  isSameAgain,
  offerReturn,
  sameQuestion,
  tooLateOutcome,
  withWaysOut,
  type Continued,
} from './open-questions.ts';
import { chosenAct, doubtAbout, doubtWords, isMereGuess } from './doubted-acts.ts';
import { breaks, brokenPlan, holdTogether, memoAfter } from './held-plan.ts';
import { ofItsKinds } from './kinds-apart.ts';
import { needsModel, readByModel, type SlotsIn } from './model-reading.ts';
import { ASKED_MAX } from './policy.ts';
import { withKindKnown } from './other-kind.ts';
import { onEventOfThatName, onTaskNamedToo, onTaskOfThatName, onTaskWithSteps } from './named-order.ts';
import { withOtherOne } from './other-one.ts';
import { WaitingPlans } from './planned-wish.ts';
import type { Route } from './registry.ts';
import { readPlan } from './run-saver.ts';
import { lower } from './sentences.ts';

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
]);

/** Carries out what a turn asks for, up to the point where everything is known that has to be written. */
export class ActRunner {
  private readonly routes: ActRoutes;
  private readonly plans: WaitingPlans;

  constructor(
    routes: ReadonlyMap<Action, Route>,
    private readonly questions: QuestionReader,
    private readonly slotsIn: SlotsIn,
  ) {
    this.routes = new ActRoutes(routes);
    this.plans = new WaitingPlans(this.routes, questions, slotsIn);
  }

  async run(body: TurnBody, plan: TurnPlan, context: SessionContext, setting: WorkSetting): Promise<ActsRun> {
    const acts = await this.carryOut(body, plan, context, setting);
    const asked = acts.runs.filter((run) => run.kind === 'asked').length;
    const closed = acts.closes.map(({ question }) => question);
    const crowded = crowdedOut(context, closed, asked, setting.now);
    if (crowded.length === 0) return acts;
    // Nothing that was open goes without a word.
    const dropped = crowded.map(
      (question) => `To make room I dropped the oldest question: ${lower(question.question)}`,
    );
    return {
      ...acts,
      closes: [...acts.closes, ...crowded.map((question) => ({ question, reason: 'dropped' as const }))],
      afterword: lines(acts.afterword, ...dropped),
    };
  }

  private async carryOut(
    body: TurnBody,
    plan: TurnPlan,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
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

    const replanned = await this.plans.asWished(body, plan, context, setting);
    if (replanned) return replanned;
    if (continuation.kind === 'correction') {
      const corrected = correctedQuestion(context, continuation.slots, setting.now);
      if (corrected) return this.correct(body, first, corrected, continuation.slots, setting);
    }
    const greeted =
      continuation.kind === 'none' ? await this.greeted(body, plan.acts, context, setting) : null;
    if (greeted) return greeted;
    if (continuation.kind === 'none' || continuation.kind === 'correction')
      return this.fresh(body, plan, context, setting);
    return this.continue(body, first, continuation, context, setting);
  }

  /** Who greets while something is asked is greeted, and asked again. */
  private async greeted(
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
  private async correct(
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
  private async tooLate(body: TurnBody, act: Act, row: WaitingQuestion | null): Promise<ActsRun> {
    const holds = row?.closedBy ? await this.questions.resultOf(body.user_id, row.closedBy) : null;
    const outcome = tooLateOutcome(row?.expired ?? false, holds);
    return { runs: [doneRun(act, {}, body.text, outcome)], closes: [], afterword: '' };
  }

  private async undo(receiptId: string, act: Act, setting: WorkSetting): Promise<ActsRun> {
    const slots: Slots = { target: { kind: 'receipt', id: receiptId } };
    return { runs: await this.routes.start(act, slots, 'undo', setting), closes: [], afterword: '' };
  }

  private async fresh(
    body: TurnBody,
    plan: TurnPlan,
    context: SessionContext,
    setting: WorkSetting,
  ): Promise<ActsRun> {
    const runs: ActRun[] = [];
    const closes: ActsRun['closes'] = [];
    // One act of a message at most: who writes riddles pays for one of them.
    const unclear = plan.acts.find((act) => needsModel(act, wordsOf(act, body)));
    const place = unclear && { ...setting, step: plan.acts.indexOf(unclear) };
    const reading = place && (await readByModel(unclear, wordsOf(unclear, body), place, this.slotsIn));
    let afterword = '';
    let isBulk = false;
    let left: ActsRun['activeUntil'];
    for (const [step, understood] of plan.acts.entries()) {
      const words = wordsOf(understood, body);
      const own = { ...setting, step, context: contextAfter(context, runs, setting.now) };
      const byModel = understood === unclear ? reading : null;
      const read = byModel?.act ?? understood;
      const said = { ...(byModel?.slots ?? slotsOf(read.entities)), ...amendedSlots(body) };
      const too = await onTaskNamedToo(read, said, words, own.ports);
      const onTask = await onTaskOfThatName(too.act, too.slots, own.ports);
      const ofTask = await onTaskWithSteps(onTask.act, onTask.slots, own.ports);
      const named = await onEventOfThatName(ofTask.act, ofTask.slots, words, own.ports);
      const { act: pointed, slots } = await withOtherOne(named.act, named.slots, own);
      const act = await withKindKnown(pointed, slots, own);
      const doubt = doubtAbout(act, slots);
      if (doubt) {
        runs.push(doubtRun(act, slots, words, doubt, byModel?.said ?? doubtWords(doubt)));
        const open = { action: act.action, slots, question: doubt };
        const same = sameQuestion(context, open, setting.now);
        if (same) closes.push({ question: same, reason: 'replaced' });
        continue;
      }
      afterword = lines(afterword, byModel?.said);
      const sure: Act = isMereGuess(act) ? { ...act, intent: 'out_of_scope', action: 'out_of_scope' } : act;
      const begun = await afterRuns(runs, own, sure.action, async (ports) => {
        const parts = await ofItsKinds(sure, slots, words, { ...own, ports });
        isBulk ||= parts.length > 1;
        const started: ActRun[] = [];
        for (const part of parts)
          started.push(...(await this.routes.start(part.act, part.slots, words, { ...own, ports })));
        return started;
      });
      for (const run of begun) {
        const merged = await this.merged(body.user_id, run, own);
        runs.push(...merged.runs);
        closes.push(...merged.closes);
        if (merged.activeUntil) left = { ...left, ...merged.activeUntil };
      }
    }
    const held = holdTogether(runs, isBulk);
    const turnedAway = runs.some((run) => !SMALL_TALK.has(run.act.action) && run.act.action !== 'undo');
    const replaced = closes.map(({ question }) => question);
    const offer = turnedAway && !left ? offerReturn(context, replaced, setting.now) : { afterword: '' };
    return {
      runs: held,
      closes,
      ...(left && { activeUntil: left }),
      ...offer,
      afterword: lines(afterword, offer.afterword),
    };
  }

  /** Asking for the same thing again goes on with the question that is open, and with what was said to it. */
  private async merged(
    userId: string,
    run: ActRun,
    setting: WorkSetting,
  ): Promise<Pick<ActsRun, 'runs' | 'closes' | 'activeUntil'>> {
    const { act, slots, words } = run;
    const older =
      run.kind === 'asked' && run.question.replaces
        ? setting.context.questions.find(
            (open) => open.action === act.action && open.slot === run.question.slot,
          )
        : undefined;
    if (older && (await this.questions.find(userId, older.clarification_id))?.open)
      return { runs: [run], closes: [{ question: older, reason: 'replaced' }] };
    const same =
      run.kind === 'asked' &&
      sameQuestion(setting.context, { action: act.action, slots, question: run.question }, setting.now);
    // It may have been closed by another device, or by its time.
    if (!same || !(await this.questions.find(userId, same.clarification_id))?.open)
      return { runs: [run], closes: [] };
    // An offer in place of what was refused is made anew; what was said of another one does not count for this.
    if (run.question.refused) return { runs: [run], closes: [{ question: same, reason: 'replaced' }] };
    const started = await this.routes.start(act, { ...same.slots, ...slots }, words, setting);
    if (same.asked_count >= ASKED_MAX && started.some((again) => isSameAgain(again, same)))
      return { ...parkedRun(act, same, words, setting.now), closes: [] };
    const runs = started.map((again) => countedOn(again, same));
    return { runs, closes: [{ question: same, reason: 'replaced' }] };
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

/** The words that ask for an act. */
const wordsOf = ({ span }: Act, { text }: TurnBody): string => text.slice(span.start, span.end) || text;

const lines = (...said: (string | undefined)[]): string => said.filter(Boolean).join('\n');

/** What was corrected while the turn ran. */
const amendedSlots = (body: TurnBody): Slots =>
  body.amendments.reduce<Slots>((all, amendment) => ({ ...all, ...amendment.slots }), {});
