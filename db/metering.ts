import { z } from 'zod';
import { FencedError } from '../contracts/records.ts';
import type { UsageLine } from '../contracts/result.ts';
import {
  tier,
  usageEvent,
  usageSettingsPatch,
  type Tier,
  type UsageSettingsPatch,
} from '../contracts/usage.ts';
import type { Db } from './connect.ts';
import { retrying } from './turns.ts';

/** A call that is about to be made. `tokens` is what is reserved: its flat cost, or its worst case. */
export interface CallReservation {
  id: string;
  user_id: string;
  session_id: string | null;
  /** Null for a side feature; otherwise the turn must be running with this fence. */
  turn_id: string | null;
  fence: number | null;
  /** The turn, or the job of a side feature. With step and ordinal it names the call, whatever the attempt. */
  scope_id: string;
  step: number;
  ordinal: number;
  intent: string | null;
  operation: string;
  function: string;
  model: string;
  /** Of model and prompt: a stored answer is used again for the same question only. */
  input_hash: string;
  period: string;
  period_start: string;
  limits: Record<Tier, number | null>;
  flat: boolean;
  tokens: number;
  at: string;
  expires_at: string;
}

const room = { used: z.int(), reserved: z.int(), limit: z.int().nullable(), tier };
const reserved = z.discriminatedUnion('status', [
  z.object({ status: z.literal('fenced') }),
  z.object({
    status: z.literal('known'),
    id: z.string(),
    model: z.string(),
    answer: z.string(),
    charged: z.int(),
    cost_usd: z.number(),
  }),
  z.object({ status: z.literal('refused'), ...room }),
  z.object({ status: z.literal('reserved'), id: z.string(), ...room }),
]);
export type Reserved = Exclude<z.infer<typeof reserved>, { status: 'fenced' }>;

/** What came of a call. */
export interface CallFinish {
  id: string;
  /** `success`, or the type of its error. */
  outcome: string;
  /** Tokens to charge for a success, and for an abort after text was shown. */
  charge: number;
  answer: string | null;
  provider_tokens: number;
  /** USD for 1,000 provider tokens, as a decimal number. */
  price: string;
  at: string;
  metadata: Omit<z.infer<typeof usageEvent>['metadata'], 'function'>;
  /** Notices that are due when the used share of the limit reaches their percent. */
  alerts: readonly { percent: number; notice_id: string; text: string; data: Record<string, unknown> }[];
}

const finished = z.object({
  state: z.enum(['reserved', 'settled', 'released', 'refunded']),
  charged: z.int(),
  alerts: z.array(z.int()),
  event: usageEvent.optional(),
});
export type Finished = z.infer<typeof finished>;

/**
 * Reserves tokens for a call in one conditional update, so that calls at the same time can't overshoot.
 *
 * @throws FencedError when the turn has ended or belongs to another attempt; nothing is reserved then
 */
export async function reserveCall(db: Db, call: CallReservation): Promise<Reserved> {
  const answer = await retrying(() =>
    db
      .raw<{ rows: { done: unknown }[] }>('select reserve_call(?) as done', [JSON.stringify(call)])
      .options({ name: 'reserve_call' }),
  );
  const parsed = reserved.parse(answer.rows[0]?.done);
  if (parsed.status === 'fenced') throw new FencedError('The turn has ended or belongs to another attempt');
  return parsed;
}

/** Ends a reservation and writes the call's usage event; the second time changes nothing. */
export async function finishCall(db: Db, call: CallFinish): Promise<Finished> {
  const answer = await retrying(() =>
    db
      .raw<{ rows: { done: unknown }[] }>('select finish_call(?) as done', [JSON.stringify(call)])
      .options({ name: 'finish_call' }),
  );
  return finished.parse(answer.rows[0]?.done);
}

/** The user has seen the first of an answer, which may have ended before that. */
export async function markShown(db: Db, callId: string, at: Date): Promise<void> {
  await db('llm_calls')
    .where({ id: callId })
    .whereIn('state', ['reserved', 'settled'])
    .whereNull('shown_at')
    .update({ shown_at: at });
}

/** Ends reservations whose maker died. Answers how many calls were ended or reported. */
export async function expireCalls(db: Db, now: Date, limit: number): Promise<number> {
  const answer = await db.raw<{ rows: { n: number }[] }>('select expire_calls(?, ?) as n', [now, limit]);
  return answer.rows[0]?.n ?? 0;
}

/** Answers hold words of users and serve only while their turn may be tried again. Calls themselves go with age. */
export async function pruneCalls(db: Db, answersBefore: Date, callsBefore: Date): Promise<void> {
  await db('llm_calls')
    .where('started_at', '<', answersBefore)
    .whereNotNull('answer')
    .update({ answer: null });
  await db('llm_calls').where('started_at', '<', callsBefore).whereNotNull('reported_at').delete();
}

const account = z.object({
  tier,
  zone: z.string().nullable(),
  quotas: z.array(z.object({ period: z.string(), used: z.int(), reserved: z.int() })),
  held: z.array(z.object({ period: z.string(), charged: z.int(), reserved: z.int() })),
});
/** What an account may have, where its months begin (null: nowhere said), and what is used of the latest ones. */
export type AccountRow = z.infer<typeof account>;

/**
 * All that decides on a quota, in one trip.
 *
 * @param turn `held` is then what its earlier tries hold, charges and reservations that the next try takes over, but for
 *   the calls that this try has `taken` already
 */
export async function accountAt(
  db: Db,
  userId: string,
  now: Date,
  turn: { turnId: string; taken: readonly string[] } | undefined,
): Promise<AccountRow> {
  const answer = await db
    .raw<{ rows: unknown[] }>(
      `select tier_of(:userId, :now) as tier, (select u.settings->>'timezone' from users u where u.id = :userId) as zone,
        (select coalesce(jsonb_agg(jsonb_build_object('period', q.period, 'used', q.tokens_used_this_month,
            'reserved', q.tokens_reserved)), '[]')
          from usage_quotas q where q.user_id = :userId and q.period > (:now::timestamptz - interval '70 days')::date) as quotas,
        (select coalesce(jsonb_agg(jsonb_build_object('period', c.period, 'charged', c.charged_tokens,
            'reserved', case when c.state = 'reserved' then c.reserved_tokens else 0 end)), '[]')
          from llm_calls c where c.user_id = :userId and c.scope_id = :turnId and c.state in ('reserved', 'settled')
            and c.id <> all(:taken::uuid[])) as held`,
      { userId, now, turnId: turn?.turnId ?? null, taken: turn?.taken ?? [] },
    )
    .options({ name: 'account_at' });
  return account.parse(answer.rows[0]);
}

/** What a turn's calls are charged of which the user has seen something; the provider's cost is not known yet. */
export async function shownUsage(db: Db, userId: string, turnId: string): Promise<UsageLine[]> {
  const rows = await db('llm_calls')
    .where({ user_id: userId, scope_id: turnId })
    .whereNotNull('shown_at')
    .whereIn('state', ['reserved', 'settled'])
    .where((query) => void query.where({ flat: true }).orWhere({ state: 'settled' }))
    .orderBy(['step', 'ordinal'])
    .select<
      { operation: string; model: string; state: string; reserved_tokens: number; charged_tokens: number }[]
    >('operation', 'model', 'state', 'reserved_tokens', 'charged_tokens');
  return rows.map(({ operation, model, state, reserved_tokens, charged_tokens }) => ({
    operation,
    model,
    tokens_used: state === 'settled' ? charged_tokens : reserved_tokens,
    cost_usd: 0,
  }));
}

const settingsRow = z.object({ effective_from: z.date(), settings: z.unknown(), id: z.int() });

/** A change of limits, costs or prices, from its instant on. */
export interface DatedSettings {
  id: number;
  effectiveFrom: Date;
  /** Null for a row that is not valid: it has no effect. */
  settings: UsageSettingsPatch | null;
}

/** All changes of the usage settings, in the order in which they hold. */
export async function usageSettingsRows(db: Db): Promise<DatedSettings[]> {
  const rows: unknown[] = await db('usage_settings').orderBy(['effective_from', 'id']);
  return rows.map((row) => {
    const parsed = settingsRow.parse(row);
    const settings = usageSettingsPatch.safeParse(parsed.settings);
    return {
      id: parsed.id,
      effectiveFrom: parsed.effective_from,
      settings: settings.success ? settings.data : null,
    };
  });
}

/** Adds a change that was checked. */
export async function addUsageSettings(
  db: Db,
  change: { effectiveFrom: Date; settings: UsageSettingsPatch; changedBy: string },
): Promise<void> {
  await db('usage_settings').insert({
    effective_from: change.effectiveFrom,
    settings: JSON.stringify(change.settings),
    changed_by: change.changedBy,
  });
}

/** The zone in which a user's months begin: the one of the settings, null where none was set. */
export async function billingZoneOf(db: Db, userId: string): Promise<string | null> {
  const row = await db('users')
    .where({ id: userId })
    .first<{ zone: string | null } | undefined>(db.raw("settings->>'timezone' as zone"));
  return row?.zone ?? null;
}
