import { z } from 'zod';
import type { AnalyticsEvent, AnalyticsProperties } from '../../contracts/analytics.ts';
import type { Action } from '../../contracts/intents.ts';
import type { ActResult, TurnResult } from '../../contracts/result.ts';
import { tier } from '../../contracts/usage.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import type { TurnModel } from './turn-model.ts';

/** What a report needs from outside. */
export interface ReportDeps {
  analytics: Analytics;
  metrics: Pick<Metrics, 'timeStage' | 'quotaRefusals'>;
}

type Event = { [E in AnalyticsEvent]: { event: E; properties: AnalyticsProperties<E> } }[AnalyticsEvent];

/** Counts what a turn came to, for metrics and analytics; ids and numbers only. */
export function reportTurn(
  { analytics, metrics }: ReportDeps,
  userId: string,
  result: TurnResult,
  { uses, workflowMs }: { uses: TurnModel['uses']; workflowMs: number },
): void {
  metrics.timeStage('workflow', workflowMs);
  if (result.error_code === 'quota_exceeded') metrics.quotaRefusals.inc();
  const events = [
    ...result.acts.flatMap((act) => [
      ...ofAnyAct(act, result, workflowMs),
      ...(act.action ? (OF_ACTIONS[act.action]?.(act, result) ?? []) : []),
    ]),
    ...uses.map((properties): Event => ({ event: 'premium_feature_used', properties })),
    ...ofUpgrades(result),
  ];
  for (const { event, properties } of events) analytics.capture(userId, event, properties);
  analytics.capture(userId, 'workflow_execution_latency', {
    workflow_type: result.workflow_type ?? 'none',
    duration_ms: workflowMs,
  });
}

function ofAnyAct(act: ActResult, { status }: TurnResult, workflowMs: number): Event[] {
  const { intent, action, clarification } = act;
  if (!intent || !action) return [];
  const workflow_type = act.workflow_type ?? 'none';
  const completed = { workflow_type, action, status, duration_ms: workflowMs };
  const executed = { intent, success: status !== 'refused', duration: workflowMs };
  return [
    { event: 'workflow_started', properties: { workflow_type, action } },
    { event: 'workflow_completed', properties: completed },
    { event: 'action_executed', properties: executed },
    ...(clarification ? [asked(intent, clarification)] : []),
  ];
}

const asked = (intent: string, { slot, kind }: { slot: string; kind: string }): Event => ({
  event: 'clarification_requested',
  properties: { intent, slot, kind },
});

/** What an act tells besides, by its action. */
const OF_ACTIONS: Partial<Record<Action, (act: ActResult, result: TurnResult) => Event[]>> = {
  create_task: ({ execution_result: made, receipt }) =>
    (receipt?.effects ?? [])
      .filter(({ kind }) => kind === 'task')
      .map(({ id }) => ({
        event: 'task_created',
        properties: { task_id: id, llm_enriched: made?.['llm_enriched'] === true },
      })),
  draft_email: ofDraft,
  plan_schedule: ofPlan,
};

const planned = z.object({ event_ids: z.array(z.string()), scheduled: z.int(), unscheduled: z.int() });

/** A plan that was put into the calendar. */
function ofPlan({ execution_result }: ActResult): Event[] {
  const made = planned.safeParse(execution_result);
  if (!made.success) return [];
  const { scheduled, unscheduled } = made.data;
  const goal = { optimization_goal: 'deadline_and_priority' };
  return [
    {
      event: 'schedule_generated',
      properties: { tasks_scheduled: scheduled, conflicts: unscheduled, ...goal },
    },
  ];
}

const drafted = z.object({
  draft_id: z.string(),
  method: z.enum(['template', 'llm']),
  subscription_tier: tier,
  /** Why its gate refused the language model, where it did. */
  gated: z.string().optional(),
});

function ofDraft({ execution_result }: ActResult, { cards }: TurnResult): Event[] {
  const made = drafted.safeParse(execution_result);
  if (!made.success) return [];
  const { draft_id, method, subscription_tier, gated } = made.data;
  const draft = cards.flatMap((card) => (card.kind === 'email' ? [card.data.draft] : []));
  const feature = 'email_draft_llm';
  return [
    {
      event: 'email_drafted',
      properties: {
        is_premium: subscription_tier === 'premium',
        method,
        recipient_count: draft.find(({ id }) => id === draft_id)?.recipients.length ?? 0,
      },
    },
    ...(gated === undefined
      ? []
      : [{ event: 'feature_gated' as const, properties: { feature, reason: gated } }]),
  ];
}

/** Offers of an upgrade; one of a feature stands where tokens were missing for it. */
const ofUpgrades = ({ cards }: TurnResult): Event[] =>
  cards.flatMap((card): Event[] => {
    if (card.kind !== 'upgrade') return [];
    const { feature, tokens_needed, tokens_remaining } = card.data;
    const missing = { tokens_needed, tokens_remaining };
    return [
      ...(feature === null
        ? []
        : [
            { event: 'feature_gated' as const, properties: { feature, reason: 'quota' } },
            { event: 'quota_exceeded' as const, properties: { feature, ...missing } },
          ]),
      { event: 'upgrade_prompt_shown', properties: { feature, ...missing } },
    ];
  });
