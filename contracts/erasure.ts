import { z } from 'zod';
import { instant, uuid } from './ids.ts';

/** The word that stands for "I mean it": nobody erases an account by a slip. */
export const ERASE_WORD = 'erase';
export const erasureRequest = z.strictObject({ confirm: z.literal(ERASE_WORD) });

/** What was done in one store: rows, keys, jobs or lines. */
const storeErased = z.object({
  name: z.string(),
  deleted: z.int(),
  /** Kept for sums, under a random id that leads to nobody. */
  pseudonymised: z.int(),
});

/** Names nobody: whoever knows the id of an erasure may see it. */
export const erasureReceipt = z.object({
  erasure_id: uuid,
  state: z.enum(['erasing', 'done']),
  requested_at: instant,
  finished_at: instant.nullable(),
  stores: z.array(storeErased),
  /** By then files of the stores are cleaned, which may hold what is in no store any more, if nothing is in the way. */
  files_clean_by: instant,
  /** When all of them were; null while that is not known. */
  files_clean_at: instant.nullable(),
});
export type ErasureReceipt = z.infer<typeof erasureReceipt>;
