import { v5 } from 'uuid';
import { uuid } from '../../contracts/ids.ts';

/**
 * The user that a token stands for. A `sub` that is a UUID is the user's id; any other name gets a stable one, made of
 * the issuer and the name (UUID v5), so that equal names of two issuers stay two people.
 *
 * @returns null for a name that no issuer stands behind
 */
export function userIdOf(sub: string, issuer: string | undefined): string | null {
  const parsed = uuid.safeParse(sub);
  if (parsed.success) return parsed.data;
  return issuer ? v5(sub, v5(issuer, v5.URL)) : null;
}
