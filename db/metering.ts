import { z } from 'zod';
import { FencedError } from '../contracts/records.ts';
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

/** How much of a period's tokens is used; nothing was used where there is no row. */
export async function findQuota(
  db: Db,
  userId: string,
  period: string,
): Promise<{ used: number; reserved: number }> {
  const row = await db('usage_quotas')
    .where({ user_id: userId, period })
    .first<{ tokens_used_this_month: number; tokens_reserved: number } | undefined>(
      'tokens_used_this_month',
      'tokens_reserved',
    );
  return { used: row?.tokens_used_this_month ?? 0, reserved: row?.tokens_reserved ?? 0 };
}

/**
 * What earlier tries of a turn hold of a period's tokens: charges and reservations that the next try takes over.
 *
 * @param taken calls that this try has taken over already
 */
export async function heldByTurn(
  db: Db,
  turn: { userId: string; turnId: string; period: string; taken: readonly string[] },
): Promise<{ charged: number; reserved: number }> {
  const rows = await db('llm_calls')
    .where({ user_id: turn.userId, scope_id: turn.turnId, period: turn.period })
    .whereIn('state', ['reserved', 'settled'])
    .whereNotIn('id', turn.taken)
    .select<{ state: string; reserved_tokens: number; charged_tokens: number }[]>(
      'state',
      'reserved_tokens',
      'charged_tokens',
    );
  return rows.reduce(
    ({ charged, reserved }, row) =>
      row.state === 'settled'
        ? { charged: charged + row.charged_tokens, reserved }
        : { charged, reserved: reserved + row.reserved_tokens },
    { charged: 0, reserved: 0 },
  );
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
