import { z } from 'zod';
import { action } from '../contracts/intents.ts';
import type { MemoryFilter, RememberedAct, RememberedTurn } from '../contracts/memory.ts';
import { slots } from '../contracts/slots.ts';
import { NOT_FORGOTTEN } from './forgotten-facts.ts';

/** A remembered turn as it is compared: with its vectors, of which one may be missing. */
export interface FoundTurn extends Omit<RememberedTurn, 'acts'> {
  messageVector: Buffer | null;
  responseVector: Buffer | null;
  /** Read for the few that are chosen. */
  readActs(): RememberedAct[];
}

/** What a turn made that still stands comes along with it: to ask for it afterwards is one more trip of a turn that waits. */
export const COLUMNS = `t.id, t.session_id, coalesce(t.reference_time, t.received_at) as said_at, t.user_message, t.response,
  t.user_message_embedding, t.response_embedding, (
    select json_agg(json_build_object('act', r.result->'acts'->m.step, 'item', (
        select json_build_object('kind', e.kind, 'id', e.item_id) from receipt_effects e where e.receipt_id = m.id
          order by e.ordinal limit 1
      )) order by m.step)
      from receipts m join turn_results r on r.user_id = m.user_id and r.turn_id = m.turn_id
      where m.user_id = t.user_id and m.turn_id = t.id and m.undone_by is null and m.undoes is null
  ) as made`;

/** What was looked for before is no answer to the same question. */
export const NO_SEARCH = `t.intent is distinct from 'search' and ${NOT_FORGOTTEN}`;

const foundRow = z.object({
  id: z.string(),
  session_id: z.string(),
  said_at: z.date(),
  user_message: z.string(),
  response: z.string().nullable(),
  user_message_embedding: z.instanceof(Buffer).nullable(),
  response_embedding: z.instanceof(Buffer).nullable(),
  made: z.unknown(),
});

const acts = z
  .array(
    z.object({
      // What another version wrote and this one can't read is no act to be done again.
      act: z.object({ action, entities: slots }).nullable().catch(null),
      item: z.object({ kind: z.string(), id: z.string() }).nullable(),
    }),
  )
  .nullable();

const readActs = (made: unknown): RememberedAct[] =>
  (acts.parse(made) ?? []).flatMap(({ act, item }) =>
    act ? [{ action: act.action, slots: act.entities, item }] : [],
  );

export function toFound(row: unknown): FoundTurn {
  const found = foundRow.parse(row);
  return {
    turnId: found.id,
    sessionId: found.session_id,
    at: found.said_at,
    message: found.user_message,
    response: found.response ?? '',
    messageVector: found.user_message_embedding,
    responseVector: found.response_embedding,
    readActs: () => readActs(found.made),
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
