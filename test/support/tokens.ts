import { signToken } from '../../server/auth/token-verifier.ts';
import { TEST_SECRET } from './product.ts';

/** A token that the product under test accepts. */
export function tokenFor(
  userId: string,
  role: 'user' | 'admin' = 'user',
  lifetimeSeconds = 3600,
): Promise<string> {
  return signToken(TEST_SECRET, { userId, role, lifetimeSeconds });
}
