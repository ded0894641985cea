import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import type { Action } from '../../contracts/intents.ts';
import { slotsOf, type Act, type TurnPlan } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { afterRuns, contextAfter } from './act-chain.ts';
import { doubtRun, parkedRun, type QuestionReader } from './asked-runs.ts';
import { ActRoutes } from './act-routes.ts';
import type { WorkSetting } from './define-workflow.ts';
import {
  correctedQuestion,
  countedOn,
  crowdedOut,
  isSameAgain,
  offerReturn,
  sameQuestion,
} from './open-questions.ts';
import { doubtAbout, doubtWords, isMereGuess } from './doubted-acts.ts';
import { holdTogether } from './held-plan.ts';
import { ofItsKinds } from './kinds-apart.ts';
import { needsModel, readByModel, type SlotsIn } from './model-reading.ts';
import { ASKED_MAX } from './policy.ts';
import { withKindKnown } from './other-kind.ts';
import {
  asLookedFor,
  onEventOfThatName,
  onTaskNamedToo,
  onTaskOfThatName,
  onTaskWithSteps,
} from './named-order.ts';
import { withOtherOne } from './other-one.ts';
import { WaitingPlans } from './planned-wish.ts';
import { sayRecalled } from './recalled.ts';
import type { Route } from './registry.ts';
import { ofFacts } from './facts/instead.ts';
import { overtakenBy } from './facts/overtaken.ts';
import { QuestionRuns } from './question-runs.ts';
import { lower } from './sentences.ts';
import { amendedSlots, type ActRun, type ActsRun } from './turn-run.ts';

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

/** What is asked about a thing that goes away has no answer any more, and is not offered again. */
function withoutThoseOfGone(acts: ActsRun, { questions }: SessionContext): ActsRun {
  const effects = acts.runs.flatMap((run) => (run.kind === 'done' ? run.outcome.effects : []));
  const gone = new Set(effects.filter(({ op }) => op === 'delete').map(({ id }) => id));
  const closed = new Set(acts.closes.map(({ question }) => question));
  const idle = questions.filter((question) => {
    const ids = [question.slots, ...Object.values(question.choice_slots)].flatMap(
      ({ target }) => target?.id ?? [],
    );
    return ids.length > 0 && ids.every((id) => gone.has(id)) && !closed.has(question);
  });
  if (idle.length === 0) return acts;
  return {
    ...acts,
    closes: [...acts.closes, ...idle.map((question) => ({ question, reason: 'expired' as const }))],
    afterword: idle.some(({ question }) => acts.afterword.includes(question)) ? '' : acts.afterword,
  };
}

/** Carries out what a turn asks for, up to the point where everything is known that has to be written. */
export class ActRunner {
  private readonly routes: ActRoutes;
  private readonly asked: QuestionRuns;
  private readonly plans: WaitingPlans;

  constructor(
    routes: ReadonlyMap<Action, Route>,
    private readonly questions: QuestionReader,
    private readonly slotsIn: SlotsIn,
  ) {
    this.routes = new ActRoutes(routes);
    this.asked = new QuestionRuns(this.routes, questions);
    this.plans = new WaitingPlans(this.routes, questions, slotsIn);
  }

  async run(body: TurnBody, plan: TurnPlan, context: SessionContext, setting: WorkSetting): Promise<ActsRun> {
    const acts = withoutThoseOfGone(await this.carryOut(body, plan, context, setting), context);
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
    if (meant !== undefined && !(known && row?.open)) return this.asked.tooLate(body, first, row);

    const replanned = await this.plans.asWished(body, plan, context, setting);
    if (replanned) return replanned;
    if (continuation.kind === 'correction') {
      const corrected = correctedQuestion(context, continuation.slots, setting.now);
      if (corrected) return this.asked.correct(body, first, corrected, continuation.slots, setting);
    }
    const greeted =
      continuation.kind === 'none' ? await this.asked.greeted(body, plan.acts, context, setting) : null;
    if (greeted) return greeted;
    if (continuation.kind === 'none' || continuation.kind === 'correction')
      return this.fresh(body, plan, context, setting);
    return this.asked.continue(body, first, continuation, context, setting);
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
      const told = await ofFacts(read, said, { ...own, words });
      const too = await onTaskNamedToo(told.act, told.slots, words, own.ports);
      const looked = await asLookedFor(too.act, too.slots, words, own.ports);
      const onTask = await onTaskOfThatName(looked.act, looked.slots, own.ports);
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
      afterword = lines(
        afterword,
        byModel?.said,
        act.action === 'out_of_scope' ? '' : sayRecalled(act, setting),
      );
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
        const idle = overtakenBy(run, context).filter(
          (question) => !closes.some((close) => close.question === question),
        );
        closes.push(...idle.map((question) => ({ question, reason: 'replaced' as const })));
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
}

/** The words that ask for an act. */
const wordsOf = ({ span }: Act, { text }: TurnBody): string => text.slice(span.start, span.end) || text;

const lines = (...said: (string | undefined)[]): string => said.filter(Boolean).join('\n');
