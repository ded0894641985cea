import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { PulseError } from '../../contracts/errors.ts';
import { uuid } from '../../contracts/ids.ts';

export interface Identity {
  userId: string;
  role: 'user' | 'admin';
  expiresAt: Date;
}

const claims = z.object({
  sub: uuid,
  role: z.enum(['user', 'admin']).default('user'),
  iat: z.number(),
  exp: z.number(),
});

/** Reads a token; identity comes from nowhere else. */
export interface TokenVerifier {
  /** @throws PulseError `authentication_error` or `token_expired` */
  verify(token: string): Promise<Identity>;
}

/**
 * @param keys an HS256 secret of at least 32 characters, or the address of a key set (RS256, ES256, EdDSA and so on)
 */
export function createTokenVerifier(
  keys: { secret: string } | { jwksUrl: string },
  expect: { issuer?: string | undefined; audience?: string | undefined },
): TokenVerifier {
  const options: JWTVerifyOptions = {
    clockTolerance: 5,
    ...(expect.issuer ? { issuer: expect.issuer } : {}),
    ...(expect.audience ? { audience: expect.audience } : {}),
  };
  const check = verification(keys, options);
  return {
    async verify(token) {
      try {
        const parsed = claims.safeParse(await check(token));
        if (!parsed.success)
          throw new PulseError(
            'authentication_error',
            'The token lacks a claim: sub (a UUID), iat and exp are needed.',
          );
        return {
          userId: parsed.data.sub,
          role: parsed.data.role,
          expiresAt: new Date(parsed.data.exp * 1000),
        };
      } catch (error) {
        if (error instanceof PulseError) throw error;
        if (error instanceof errors.JWTExpired)
          throw new PulseError('token_expired', 'The token has expired. Sign in again.');
        if (error instanceof errors.JWKSTimeout)
          throw new PulseError('dependency_unavailable', 'The key server does not answer.');
        throw new PulseError('authentication_error', 'The token is not valid. Sign in again.');
      }
    },
  };
}

function verification(
  keys: { secret: string } | { jwksUrl: string },
  options: JWTVerifyOptions,
): (token: string) => Promise<JWTPayload> {
  if ('secret' in keys) {
    const secret = new TextEncoder().encode(keys.secret);
    return async (token) => (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload;
  }
  const keySet = createRemoteJWKSet(new URL(keys.jwksUrl));
  const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
  return async (token) => (await jwtVerify(token, keySet, { ...options, algorithms })).payload;
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
