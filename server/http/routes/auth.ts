import { PulseError } from '../../../contracts/errors.ts';
import { authConfig, demoLogin, demoToken } from '../../../contracts/rest.ts';
import { newId } from '../../../core/ids.ts';
import { demoUser } from '../../../db/users.ts';
import { signToken } from '../../auth/token-verifier.ts';
import { route } from '../route.ts';

const DEMO_TOKEN_SECONDS = 12 * 3600;

/** Signing in: what a page has to know before anybody has a token, and the demo's way to one. */
export const authRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/auth/config',
    summary: 'How people sign in here: by a demo name, at an OpenID provider, or neither',
    access: 'open',
    response: authConfig,
    handle: ({ services }) => {
      const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = services.config;
      const oidc = issuer && clientId ? { issuer, client_id: clientId } : null;
      return Promise.resolve({ demo: services.demoSecret !== null, oidc });
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/auth/demo',
    summary: 'A token for a demo user; the same name is the same user. In demo mode only',
    access: 'open',
    body: demoLogin,
    response: demoToken,
    handle: async ({ body, services, isLocal }) => {
      const secret = services.demoSecret;
      if (secret === null) throw new PulseError('not_found', 'There is no demo login here.');
      if (body.role === 'admin' && !isLocal)
        throw new PulseError('forbidden', 'An admin token is given out on this machine only.');
      const userId = await demoUser(services.db, { id: newId(), name: body.name, tier: body.tier });
      const token = await signToken(secret, {
        userId,
        role: body.role ?? 'user',
        lifetimeSeconds: DEMO_TOKEN_SECONDS,
      });
      return {
        token,
        user_id: userId,
        expires_at: new Date(Date.now() + DEMO_TOKEN_SECONDS * 1000).toISOString(),
      };
    },
  }),
];
