import { z } from 'zod';
import { PulseError } from '../../contracts/errors.ts';
import { uuid } from '../../contracts/ids.ts';
import type { HeaderParameter, RequestHeaders } from './route.ts';

export const IF_MATCH: HeaderParameter = {
  name: 'If-Match',
  description: 'The version that the caller has seen, as `ETag` or `version` gave it; another one is refused',
  schema: z.string(),
};
export const IDEMPOTENCY_KEY: HeaderParameter = {
  name: 'Idempotency-Key',
  description:
    'A UUID that the caller makes for this write. The same request with the same key is carried out once, however ' +
    'often it is sent within a day, and answers with what was done; another request with the same key is refused ' +
    '(turn_id_conflict)',
  schema: uuid,
};

/** `If-Match: "3"` or `3`: the version that the caller has seen. */
export function ifVersion(headers: RequestHeaders): number | undefined {
  const header = headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"?(?<version>\d{1,9})"?$/.exec(String(header).trim())?.groups?.['version'];
  if (version === undefined)
    throw new PulseError('validation_error', 'If-Match must be the version of the task, for example "3".');
  return Number(version);
}

/** The caller's own id of a write, with or without quotes. */
export function idempotencyKey(headers: RequestHeaders): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = uuid.safeParse(
    String(header)
      .trim()
      .replace(/^"(.*)"$/, '$1'),
  );
  if (!key.success)
    throw new PulseError(
      'validation_error',
      'Idempotency-Key must be a UUID: make a new one for each write.',
    );
  return key.data;
}
