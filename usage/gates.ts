import type { ErrorCode } from '../contracts/errors.ts';
import type { FlagName, Flags } from '../contracts/flags.ts';
import { isFeature, type Feature, type Tier, type UsageSettings } from '../contracts/usage.ts';
import type { Accounts } from './accounts.ts';
import { quotaWords } from './quota-exceeded.ts';
import type { UsageSettingsSource } from './settings-source.ts';

/** Which of the configured models is asked; null where none is. */
export type ModelRole = 'default' | 'draft' | null;

/** What a turn may be charged for: the features, and calls that take what they used. */
export type GatedOperation = Feature | 'intent_classification';

/** What an operation needs, and what anybody can have instead without tokens. */
interface OperationGate {
  plans: readonly Tier[];
  flag: FlagName | null;
  model: ModelRole;
  instead: string;
}

const EVERYBODY: readonly Tier[] = ['free', 'premium'];

/** Metered operations by plan and flag; what they cost stands in the usage settings. */
export const OPERATION_GATES: Record<GatedOperation, OperationGate> = {
  email_draft_llm: { plans: EVERYBODY, flag: null, model: 'draft', instead: 'a draft from a template' },
  schedule_optimization: {
    plans: EVERYBODY,
    flag: 'enable_advanced_scheduling',
    model: null,
    instead: 'the quick plan',
  },
  bulk_task_operations: { plans: EVERYBODY, flag: null, model: null, instead: 'batches of up to 20 items' },
  advanced_search: { plans: EVERYBODY, flag: null, model: 'default', instead: 'the list of what was found' },
  title_enrichment: {
    plans: EVERYBODY,
    flag: 'enable_llm_enrichment',
    model: 'default',
    instead: 'the title as you said it',
  },
  conflict_explanation: { plans: EVERYBODY, flag: null, model: 'default', instead: 'the conflict as a list' },
  conversation_context: {
    plans: EVERYBODY,
    flag: 'enable_multi_turn_memory',
    model: 'default',
    instead: 'a draft without what was said before',
  },
  intent_classification: {
    plans: EVERYBODY,
    flag: 'enable_llm_enrichment',
    model: 'default',
    instead: 'the request in other words',
  },
};

/**
 * Whether an operation may be used now. A refusal says why, what to do, and what is free. `cost` and `needed` are tokens:
 * the flat price of a feature, the estimate for any other call.
 */
export type GateVerdict =
  | {
      allowed: true;
      operation: GatedOperation;
      tier: Tier;
      cost: number;
      used: number;
      limit: number | null;
      resetsAt: Date;
    }
  | {
      allowed: false;
      operation: GatedOperation;
      tier: Tier;
      reason: 'quota' | 'plan' | 'flag' | 'off' | 'no_model' | 'no_price';
      code: ErrorCode;
      message: string;
      instead: string;
      needed: number;
      remaining: number;
      limit: number | null;
      resetsAt: Date;
    };

/** The name of the model for a role. */
export const modelFor = (settings: UsageSettings, role: Exclude<ModelRole, null>): string =>
  role === 'draft' ? settings.draft_model : settings.default_model;

/** Looks at plan, flag, price and tokens, in this order; reserves nothing. */
export class Gates {
  constructor(
    private readonly deps: {
      accounts: Accounts;
      settings: UsageSettingsSource;
      /** False where no language model is set up. */
      hasModel: boolean;
    },
  ) {}

  /** @param turn what earlier tries of it have paid for is there for this one */
  async check(
    userId: string,
    operation: GatedOperation,
    flags: Flags,
    now: Date,
    turn?: { turnId: string; taken: readonly string[] },
  ): Promise<GateVerdict> {
    const { accounts, settings: source, hasModel } = this.deps;
    const [settings, standing] = await Promise.all([source.at(now), accounts.standing(userId, now, turn)]);
    const gate = OPERATION_GATES[operation];
    const feature = isFeature(operation) ? operation : null;
    const cost = isFeature(operation)
      ? settings.feature_costs[operation]
      : settings.operation_costs[operation];
    const { used, limit, available } = standing;
    const resetsAt = standing.period.resetsAt;
    const refuse = (
      reason: Extract<GateVerdict, { allowed: false }>['reason'],
      code: ErrorCode,
      message: string,
    ): GateVerdict => ({
      allowed: false,
      operation,
      tier: standing.tier,
      reason,
      code,
      message,
      instead: gate.instead,
      needed: cost,
      remaining: available ?? 0,
      limit,
      resetsAt,
    });
    const off = feature !== null && settings.disabled_features.includes(feature);
    if (off || (gate.flag && !flags[gate.flag]))
      return refuse(off ? 'off' : 'flag', 'feature_unavailable', 'This is switched off here at the moment.');
    if (!gate.plans.includes(standing.tier))
      return refuse('plan', 'feature_unavailable', 'This is part of the premium plan. Upgrade to premium.');
    if (gate.model !== null) {
      if (!hasModel) return refuse('no_model', 'feature_unavailable', 'No language model is set up here.');
      const model = modelFor(settings, gate.model);
      if (settings.model_prices[model] === undefined)
        return refuse('no_price', 'feature_unavailable', noPrice(model));
    }
    if (available !== null && available < cost)
      return refuse('quota', 'quota_exceeded', quotaWords(cost, available, standing.tier));
    return { allowed: true, operation, tier: standing.tier, cost, used, limit, resetsAt };
  }
}

/** Said where a model may not be called because nobody knows what it costs. */
export const noPrice = (model: string): string =>
  `No price is set for the model "${model}", so it is not called. Whoever runs this can set it in MODEL_PRICES.`;
