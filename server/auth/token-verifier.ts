import { errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { PulseError } from '../../contracts/errors.ts';
import { discoveredKeySet, keySetAt } from './key-set.ts';
import { userIdOf } from './user-id.ts';

/** Who calls, by a token that was checked. `userId` is a UUID. */
export interface Identity {
  userId: string;
  role: 'user' | 'admin';
  issuedAt: Date;
  expiresAt: Date;
}

const claims = z.object({
  sub: z.string().min(1).max(255),
  iss: z.string().optional(),
  role: z.enum(['user', 'admin']).default('user'),
  iat: z.number(),
  exp: z.number(),
});

/** Reads a token; identity comes from nowhere else. */
export interface TokenVerifier {
  /** @throws PulseError `authentication_error`, `token_expired`, or `dependency_unavailable` without the key server */
  verify(token: string): Promise<Identity>;
}

/** Clocks of an issuer may run ahead of ours (`nbf`); an expiry holds to the second. */
const CLOCK_TOLERANCE_S = 5;
/** Never the symmetric ones: a public key must not be usable as a secret. */
const PUBLIC_KEY_ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(
  ' ',
);

/** What jose throws when the key server, and not the token, is at fault. */
const KEY_SERVER_FAULTS = [errors.JWKSTimeout, errors.JWKSInvalid];

/** Whose signature counts. */
export type TokenKeys = { secret: string } | { jwksUrl: string } | { issuer: string };

/**
 * @param keys an HS256 secret of at least 32 characters; or the address of a key set (RS256, ES256, EdDSA and so on); or
 * an OpenID issuer, which tells where its key set is
 * @param expect the issuer a token must name, and the audiences of which it must name one; not checked where not given
 */
export function createTokenVerifier(
  keys: TokenKeys,
  expect: { issuer?: string | undefined; audiences?: readonly string[] },
): TokenVerifier {
  const options: JWTVerifyOptions = {
    clockTolerance: CLOCK_TOLERANCE_S,
    ...(expect.issuer ? { issuer: expect.issuer } : {}),
    ...(expect.audiences?.length ? { audience: [...expect.audiences] } : {}),
  };
  const check = verification(keys, options);
  return {
    async verify(token) {
      const payload = await check(token).catch((error: unknown) => {
        throw refusalOf(error);
      });
      const parsed = claims.safeParse(payload);
      const userId = parsed.success ? userIdOf(parsed.data.sub, parsed.data.iss) : null;
      if (!parsed.success || userId === null)
        throw new PulseError(
          'authentication_error',
          'The token lacks a claim: sub (a UUID, or any name with iss), iat and exp are needed, and role may be user or admin.',
        );
      const { role, iat, exp } = parsed.data;
      const issuedAt = new Date(iat * 1000);
      const expiresAt = new Date(exp * 1000);
      // A date that no calendar has is no expiry.
      if (Number.isNaN(issuedAt.getTime()) || Number.isNaN(expiresAt.getTime()) || expiresAt <= new Date())
        throw expired();
      return { userId, role, issuedAt, expiresAt };
    },
  };
}

const expired = (): PulseError => new PulseError('token_expired', 'The token has expired. Sign in again.');

function refusalOf(error: unknown): PulseError {
  if (error instanceof errors.JWTExpired) return expired();
  // Of its own class are faults of a token; the base class and foreign errors come from fetching the keys.
  const ofToken =
    error instanceof errors.JOSEError &&
    error.constructor !== errors.JOSEError &&
    !KEY_SERVER_FAULTS.some((fault) => error instanceof fault);
  return ofToken
    ? new PulseError('authentication_error', 'The token is not valid. Sign in again.')
    : new PulseError('dependency_unavailable', 'The key server does not answer. Try again in a moment.');
}

function verification(keys: TokenKeys, options: JWTVerifyOptions): (token: string) => Promise<JWTPayload> {
  if ('secret' in keys) {
    const secret = new TextEncoder().encode(keys.secret);
    return async (token) => (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload;
  }
  const keySet = 'jwksUrl' in keys ? keySetAt(keys.jwksUrl) : discoveredKeySet(keys.issuer);
  return async (token) =>
    (await jwtVerify(token, keySet, { ...options, algorithms: PUBLIC_KEY_ALGORITHMS })).payload;
}

/** A token of our own, for the demo login. */
export function signToken(
  secret: string,
  identity: { userId: string; role: 'user' | 'admin'; lifetimeSeconds: number },
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ role: identity.role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(identity.userId)
    .setIssuedAt(now)
    .setExpirationTime(now + identity.lifetimeSeconds)
    .sign(new TextEncoder().encode(secret));
}
