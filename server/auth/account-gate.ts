import type { Erasures } from '../../sessions/erasure/erasures.ts';
import type { TokenVerifier } from './token-verifier.ts';

/**
 * Lets in whose token is right and whose account was not erased since it was issued. Whoever is let in has an account:
 * this is where people are seen first.
 */
export function withAccounts(tokens: TokenVerifier, accounts: Pick<Erasures, 'check'>): TokenVerifier {
  return {
    async verify(token) {
      const identity = await tokens.verify(token);
      await accounts.check(identity);
      return identity;
    },
  };
}
