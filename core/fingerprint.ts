import { createHash } from 'node:crypto';

/** All that analytics may know of a user's text. */
export function fingerprint(text: string): { query_length: number; query_hash: string } {
  return {
    query_length: text.length,
    query_hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
  };
}
