import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

const TIMEOUT_MS = 3_000;
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** The keys at an address; fetched when first needed, and again when a token names one that is not among them. */
export const keySetAt = (url: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { timeoutDuration: TIMEOUT_MS });

/**
 * The keys of an OpenID issuer, whose discovery document is read when the first token comes; until that has worked, each
 * later token tries again.
 */
export function discoveredKeySet(issuer: string): JWTVerifyGetKey {
  let known: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    known ??= discover(issuer).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return await (
      await known
    )(header, token);
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok)
    throw new Error(`The discovery document of the issuer can't be read (${response.status}).`);
  const found = discovery.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`The document at ${issuer} is that of ${found.issuer}.`);
  return keySetAt(found.jwks_uri);
}
