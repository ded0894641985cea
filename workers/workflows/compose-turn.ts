import type { OpenQuestion } from '../../contracts/clarification.ts';
import { offersActions, publicQuestion } from '../../contracts/clarification.ts';
import type { SessionContext } from '../../contracts/context.ts';
import type { FrameDraft } from '../../contracts/frames.ts';
import { actionEntry } from '../../contracts/intents.ts';
import type { ReceiptWrite, TurnCommit } from '../../contracts/records.ts';
import type { ActResult, Decision, TurnResult, UsageLine } from '../../contracts/result.ts';
import { commitOf, composeResult, NO_ACT } from '../../sessions/results.ts';
import type { PlacedFrame } from '../../sessions/session-store.ts';
import { roundCost } from '../../usage/cost.ts';
import { publicReceipt, receiptsOf } from './compose-receipts.ts';
import { daysShown, factTold, freeTold, peopleNamed, spokenOf } from './spoken-of.ts';
import type { ActRun, TurnRun } from './turn-run.ts';
import type { Question } from './outcome.ts';
import { JUST_DONE_MS, PARKED_MAX, QUESTION_ACTIVE_MS, QUESTION_KEPT_MS } from './policy.ts';

/** The frames go before the terminal one, which is made of the commit. */
export interface ComposedTurn {
  commit: TurnCommit;
  frames: PlacedFrame[];
  result: TurnResult;
}

function openQuestionOf(run: Extract<ActRun, { kind: 'asked' }>, now: Date, id: string): OpenQuestion {
  const { question } = run;
  return {
    clarification_id: id,
    slot: question.slot,
    kind: question.kind,
    question: question.question,
    choices: question.choices,
    expires_at: new Date(now.getTime() + QUESTION_KEPT_MS).toISOString(),
    asked_at: now.toISOString(),
    active_until: new Date(now.getTime() + QUESTION_ACTIVE_MS).toISOString(),
    asked_count: run.askedCount,
    intent: run.act.intent,
    action: run.act.action,
    slots: run.slots,
    params: run.act.params,
    choice_slots: question.choiceSlots,
    ...(run.plan && { plan: run.plan }),
  };
}

/** All of a turn as one commit with its frames. Pure: nothing is read or written here. */
export function composeTurn(turn: TurnRun): ComposedTurn {
  const { body, runs, now } = turn;
  const actionIds = runs.map(() => turn.newId());
  const receipts = receiptsOf(turn, actionIds);
  const asked = runs.flatMap((run) =>
    run.kind === 'asked' ? [{ run, question: openQuestionOf(run, now, turn.newId()) }] : [],
  );

  const acts = runs.map((run, step): ActResult => {
    const receipt = receipts[step];
    const question = asked.find((entry) => entry.run === run)?.question;
    return {
      ...NO_ACT,
      action_id: actionIds[step] ?? null,
      intent: run.act.intent,
      action: run.act.action,
      workflow_type: actionEntry(run.act.action).workflow,
      confidence: run.act.confidence,
      source: run.act.source,
      entities: run.slots,
      ...(run.kind === 'done'
        ? {
            decision: run.outcome.decision,
            requires_task_card: run.outcome.requiresTaskCard,
            reply: run.outcome.reply,
            execution_result: run.outcome.executionResult,
            receipt: receipt ? publicReceipt(receipt, run) : null,
          }
        : {
            decision: decisionOf(run.question),
            reply: [run.preface, run.question.refused?.message, run.question.question]
              .filter(Boolean)
              .join(' ')
              // What was said in lines ends in one.
              .replaceAll('\n ', '\n'),
            clarification: question ? publicQuestion(question) : null,
          }),
    };
  });

  const refusals = runs.map((run) => (run.kind === 'done' ? run.outcome : run.question).refused ?? null);
  const refused = refusals.find((refusal) => refusal !== null) ?? null;
  const outcomes = runs.flatMap((run) => (run.kind === 'done' ? [run.outcome] : []));
  const cards = runs.flatMap((run) => (run.kind === 'done' ? run.outcome.cards : (run.question.cards ?? [])));
  const totalMs = Math.max(0, now.getTime() - Date.parse(body.received_at));
  const result = composeResult(body, {
    status:
      refused && refusals.every((refusal) => refusal !== null)
        ? 'refused'
        : asked.length > 0
          ? 'clarifying'
          : 'completed',
    acts,
    // Whichever of the acts asks, who looks at the whole sees that something is asked.
    ...askedOf(acts),
    cards,
    usage: sumOf(turn.model.lines),
    error: refused?.message ?? null,
    error_code: refused?.code ?? null,
    ...(refused?.tokens && {
      tokens_needed: refused.tokens.needed,
      tokens_remaining: refused.tokens.remaining,
    }),
    undone_receipt_id: outcomes.find((outcome) => outcome.undoes)?.undoes ?? null,
    timings_ms: {
      queued: round(Math.max(0, totalMs - turn.plan.nlu_ms - turn.workflowMs)),
      nlu: round(turn.plan.nlu_ms),
      workflow: round(turn.workflowMs),
      total: totalMs,
    },
  });
  if (turn.afterword) result.reply = [result.reply, turn.afterword].filter(Boolean).join('\n');

  const { context, dropped } = nextContext(
    turn,
    asked.map((entry) => entry.question),
    receipts,
    result.reply,
  );
  const closes = [...turn.closes, ...dropped.map((question) => ({ question, reason: 'dropped' as const }))];
  const commit: TurnCommit = {
    ...commitOf(body, {
      state: 'completed',
      result,
      at: now.toISOString(),
      fence: body.fence,
      fromStates: ['running'],
    }),
    nlu_version: turn.plan.nlu_version,
    understood: turn.plan.acts,
    flags: turn.plan.flags,
    closes: closes.map(({ question, reason }) => ({ id: question.clarification_id, reason })),
    asks: asked.map(({ run, question }) => ({
      id: question.clarification_id,
      question,
      workflow: run.workflow,
      checkpoint: run.checkpoint,
      expires_at: question.expires_at,
    })),
    receipts: receipts.filter((receipt) => receipt !== null),
    // An attempt before this one may have paid for what this one did not want.
    calls: body.fence > 1 || turn.model.callIds.length > 0 ? turn.model.callIds : null,
    context,
  };
  const head = {
    session_id: body.session_id,
    turn_id: body.turn_id,
    attempt: body.attempt,
    at: now.toISOString(),
  };
  const drafts: FrameDraft[] = [
    ...closes.map(({ question, reason }): FrameDraft => ({
      type: 'clarification.closed',
      ...head,
      clarification_id: question.clarification_id,
      reason,
    })),
    ...deltaAfter(turn.said.text, result.reply).map((text) => ({
      type: 'reply.delta' as const,
      ...head,
      text,
    })),
    ...cards.map((card): FrameDraft => ({ type: 'card', ...head, card })),
    ...asked.map(({ question }): FrameDraft => ({
      type: 'clarification.requested',
      ...head,
      clarification: publicQuestion(question),
    })),
  ];
  return {
    commit,
    result,
    frames: drafts.map((frame, index) => ({ ordinal: turn.said.ordinal + index, frame })),
  };
}

function askedOf(acts: readonly ActResult[]): Partial<Pick<TurnResult, 'clarification' | 'decision'>> {
  const asking = acts.find(({ clarification }) => clarification !== null);
  return asking ? { clarification: asking.clarification, decision: asking.decision } : {};
}

/** Where one action is offered and its like are not, it is to be confirmed. */
const decisionOf = (question: Question): Decision =>
  question.refused
    ? 'REFUSE'
    : question.kind === 'confirm' || (offersActions(question) && question.choices.length === 2)
      ? 'CONFIRM'
      : 'CLARIFY';

/** What is left to tell of a reply; all of it where something else was said before a step failed. */
function deltaAfter(said: string, reply: string): string[] {
  const rest = reply.startsWith(said) ? reply.slice(said.length) : `\n\n${reply}`;
  return rest === '' ? [] : [rest];
}

const sumOf = (lines: readonly UsageLine[]): TurnResult['usage'] => ({
  tokens_used: lines.reduce((sum, line) => sum + line.tokens_used, 0),
  cost_usd: roundCost(lines.reduce((sum, line) => sum + line.cost_usd, 0)),
  lines: [...lines],
});

const round = (ms: number): number => Math.round(ms * 100) / 100;

/** A request that named nothing that there is, so that the right name can follow by itself. */
function refusedOf({ runs, now }: TurnRun): SessionContext['last_refused'] {
  const [run] = runs;
  if (runs.length !== 1 || run?.kind !== 'done') return undefined;
  if (run.outcome.refused?.code !== 'not_found' || run.slots.target === undefined) return undefined;
  const { action, params } = run.act;
  return { action, slots: run.slots, params, at: now.toISOString() };
}

/** The question that this turn dropped, so that it can be wanted after all. */
function droppedOf({ closes, now }: TurnRun): SessionContext['last_dropped'] {
  const dropped = closes.find(({ reason }) => reason === 'dropped')?.question;
  return dropped && 'slots' in dropped
    ? { action: dropped.action, slots: dropped.slots, at: now.toISOString() }
    : undefined;
}

function nextContext(
  turn: TurnRun,
  asked: readonly OpenQuestion[],
  receipts: readonly (ReceiptWrite | null)[],
  reply: string,
): { context: SessionContext; dropped: OpenQuestion[] } {
  const closed = new Set(turn.closes.map(({ question }) => question.clarification_id));
  // What has expired is closed by its own job and must not take a place here.
  const waiting = turn.context.questions
    .filter(
      (question) =>
        !closed.has(question.clarification_id) && Date.parse(question.expires_at) > turn.now.getTime(),
    )
    .map((question) => ({
      ...question,
      active_until: turn.activeUntil?.[question.clarification_id] ?? question.active_until,
    }));
  const open = [...asked, ...waiting];
  const questions = open.slice(0, PARKED_MAX + 1);
  const lastDone = turn.runs.findLast(
    (run, step) => run.kind === 'done' && receipts[step] && run.outcome.item,
  );
  const shown = turn.runs.flatMap((run) => (run.kind === 'done' ? run.outcome.shown : []));
  const receipt = lastDone ? receipts[turn.runs.indexOf(lastDone)] : undefined;
  const item = lastDone?.kind === 'done' ? lastDone.outcome.item : null;
  const context: SessionContext = {
    v: 1,
    questions,
    last_receipt:
      lastDone?.kind === 'done' && receipt && item
        ? spokenOf(lastDone, item, receipt.id, turn.now)
        : turn.context.last_receipt,
    last_refused: refusedOf(turn),
    last_dropped: droppedOf(turn),
    last_people: peopleNamed(turn) ?? turn.context.last_people,
    last_free: freeTold(turn) ?? turn.context.last_free,
    last_days: daysShown(turn) ?? turn.context.last_days,
    shown: shown.length > 0 ? shown : turn.context.shown,
    opened: turn.runs.map((run) => (run.kind === 'done' ? run.outcome.opened : undefined)).findLast(Boolean),
    last_fact: factTold(turn),
    made: shown.length > 0 ? [] : madeInARow(turn),
    last_reply: reply,
  };
  return { context, dropped: open.slice(PARKED_MAX + 1) };
}

/** What this turn made, behind what was made just before: "both", "the second one". Several things that one message changed are such a list too. */
function madeInARow({ runs, context, now }: TurnRun): SessionContext['made'] {
  const { made = [], last_receipt: last } = context;
  const changed = runs.flatMap((run) =>
    run.kind === 'done' && run.outcome.effects.length > 0 && run.outcome.item
      ? [{ item: run.outcome.item, isNew: run.outcome.effects.some(({ op }) => op === 'create') }]
      : [],
  );
  const items = changed.filter(({ isNew }) => isNew || changed.length > 1).map(({ item }) => item);
  const isRecent = last !== null && now.getTime() - Date.parse(last.at) < JUST_DONE_MS;
  // Several things of one message stand for themselves.
  const before = items.length > 1 || !isRecent ? [] : made;
  return items.length > 0 ? [...before, ...items].slice(-MADE_MAX) : made;
}
const MADE_MAX = 10;
