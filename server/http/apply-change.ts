import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { PulseError } from '../../contracts/errors.ts';
import type { EffectsRequest, EffectsResponse } from '../../contracts/requests.ts';
import { newId } from '../../core/ids.ts';
import { claimWriteKey } from '../../db/write-keys.ts';
import { idempotencyKey } from './request-headers.ts';
import type { RouteInput } from './route.ts';

const WORKER_MS = 10_000;
/** For the route: the worker's time, and a little for the key. */
export const CHANGE_PATIENCE_MS = WORKER_MS + 2_000;

type Bare<T> = T extends unknown ? Omit<T, 'change_id' | 'user_id'> : never;
/** A change as a route knows it: whose it is, and under what id, is added here. */
export type Change = Bare<EffectsRequest>;

/**
 * Has a worker carry out a change without words. The same change with the same Idempotency-Key is done once and
 * answered again.
 *
 * @param response the shape that the answer has for this call
 * @throws PulseError `turn_id_conflict` for a key that stands for another change; what the worker refused; or
 *   `deadline_exceeded` when it may still be done
 */
export async function applyChange<T extends z.ZodType<EffectsResponse>>(
  input: RouteInput<unknown, unknown, unknown>,
  change: Change,
  response: T,
): Promise<z.output<T>> {
  const { identity, services } = input;
  const change_id = await changeIdOf(input, change);
  const request = { ...change, change_id, user_id: identity.userId } as EffectsRequest;
  const answer = await services.requests.ask('effects.apply', request, { timeoutMs: WORKER_MS });
  if (answer.item) input.reply.header('etag', etagOf(answer.item));
  return response.parse(answer);
}

/** What `If-Match` takes. */
export const etagOf = (item: { version: number }): string => `"${item.version}"`;

async function changeIdOf(
  { headers, identity, services }: RouteInput<unknown, unknown, unknown>,
  change: Change,
): Promise<string> {
  const key = idempotencyKey(headers);
  const fresh = newId();
  if (key === undefined) return fresh;
  const claim = { userId: identity.userId, key, changeId: fresh, bodyHash: hashOf(change) };
  const claimed = await claimWriteKey(services.db, claim, services.clock.now());
  if (claimed.bodyHash !== claim.bodyHash)
    throw new PulseError(
      'turn_id_conflict',
      'This Idempotency-Key was used for another request. Make a new one for a new request.',
    );
  return claimed.changeId;
}

/** A new item has an id of our own making, which is another one each time. */
function hashOf(change: Change): string {
  const asked = change.op.startsWith('create_') ? { ...change, item_id: null } : change;
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}
