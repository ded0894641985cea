import { z } from 'zod';
import type { MemoryFilter, RememberedTurn } from '../contracts/memory.ts';
import { NOT_FORGOTTEN } from './forgotten-facts.ts';

/** A remembered turn as it is compared: with its vectors, of which one may be missing, and without what it made. */
export interface FoundTurn extends Omit<RememberedTurn, 'acts'> {
  /** The model of its vectors; null for a turn that has none, or none yet. */
  model: string | null;
  messageVector: Buffer | null;
  responseVector: Buffer | null;
}

export const COLUMNS = `t.id, t.session_id, coalesce(t.reference_time, t.received_at) as said_at, t.user_message, t.response,
  t.embedding_model, t.user_message_embedding, t.response_embedding`;

/** What was looked for before is no answer to the same question. */
export const NO_SEARCH = `t.intent is distinct from 'search' and ${NOT_FORGOTTEN}`;

const foundRow = z.object({
  id: z.string(),
  session_id: z.string(),
  said_at: z.date(),
  user_message: z.string(),
  response: z.string().nullable(),
  user_message_embedding: z.instanceof(Buffer).nullable(),
  embedding_model: z.string().nullable(),
  response_embedding: z.instanceof(Buffer).nullable(),
});

export function toFound(row: unknown): FoundTurn {
  const found = foundRow.parse(row);
  return {
    turnId: found.id,
    sessionId: found.session_id,
    at: found.said_at,
    message: found.user_message,
    response: found.response ?? '',
    model: found.embedding_model,
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
