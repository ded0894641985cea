import { z } from 'zod';
import { action, ACTIONS } from '../contracts/intents.ts';
import type { MemoryFilter, RememberedAct, RememberedTurn } from '../contracts/memory.ts';
import { slots } from '../contracts/slots.ts';

/** A remembered turn with its vectors, of which one may be missing. */
export interface FoundTurn extends RememberedTurn {
  messageVector: Buffer | null;
  responseVector: Buffer | null;
}

const MADE = `select jsonb_agg(jsonb_build_object('action', r.action, 'step', r.step, 'item', (
    select jsonb_build_object('kind', e.kind, 'id', e.item_id) from receipt_effects e where e.receipt_id = r.id
      order by e.ordinal limit 1
  ))) from receipts r
  where r.user_id = t.user_id and r.turn_id = t.id and r.undone_by is null and r.undoes is null`;

/** What was made stands in the result, act by act, whatever was asked for in between. */
export const COLUMNS = `t.id, t.session_id, coalesce(t.reference_time, t.received_at) as said_at, t.user_message, t.response, t.user_message_embedding, t.response_embedding,
  (select r.result->'acts' from turn_results r where r.user_id = t.user_id and r.turn_id = t.id) as acts, (${MADE}) as made`;

/** What was looked for before is no answer to the same question. */
export const NO_SEARCH = `t.intent is distinct from 'search'`;

const foundRow = z.object({
  id: z.string(),
  session_id: z.string(),
  said_at: z.date(),
  user_message: z.string(),
  response: z.string().nullable(),
  user_message_embedding: z.instanceof(Buffer).nullable(),
  response_embedding: z.instanceof(Buffer).nullable(),
  // What another version wrote and this one can't read is no act to be done again.
  acts: z.array(z.unknown()).nullable().catch(null),
  made: z
    .array(
      z.object({
        action: z.string(),
        step: z.int(),
        item: z.object({ kind: z.string(), id: z.string() }).nullable(),
      }),
    )
    .nullable(),
});
const storedAct = z.object({ action, entities: slots });

export function toFound(row: unknown): FoundTurn {
  const found = foundRow.parse(row);
  const acts = (found.made ?? []).flatMap(({ action: name, step, item }): RememberedAct[] => {
    const act = storedAct.safeParse(found.acts?.[step]);
    return act.success && ACTIONS.has(name)
      ? [{ action: act.data.action, slots: act.data.entities, item }]
      : [];
  });
  return {
    turnId: found.id,
    sessionId: found.session_id,
    at: found.said_at,
    message: found.user_message,
    response: found.response ?? '',
    acts,
    messageVector: found.user_message_embedding,
    responseVector: found.response_embedding,
  };
}

/**
 * What a filter asks of a turn `t`.
 *
 * @param names by which the statement has the filter's values
 */
export const turnConditions = (names: { from: string; to: string; made: string }) => ({
  from: `coalesce(t.reference_time, t.received_at) >= ${names.from}`,
  to: `coalesce(t.reference_time, t.received_at) < ${names.to}`,
  made: `exists (select from receipts m where m.user_id = t.user_id and m.turn_id = t.id and m.undone_by is null
    and m.undoes is null and m.action = any(${names.made}))`,
});
const NAMED = turnConditions({ from: ':from', to: ':to', made: ':made' });

/** The conditions of a filter as the end of a statement that has its {@link bindings}. */
export const conditions = ({ from, to, made }: MemoryFilter): string =>
  [...(from ? [NAMED.from] : []), ...(to ? [NAMED.to] : []), ...(made ? [NAMED.made] : [])]
    .map((condition) => ` and ${condition}`)
    .join('');

export const bindings = ({ from, to, made }: MemoryFilter): Record<string, unknown> => ({
  from: from ?? null,
  to: to ?? null,
  made: made ? [...made] : null,
});
