import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

export interface TestProvider {
  issuer: string;
  clientId: string;
  /** ID tokens that were given for a refresh token. */
  renewals(): number;
  /** How long the ID tokens hold that are given from now on. */
  tokensLast(seconds: number): void;
  /** People who are signed in there are forgotten, refresh tokens with them. */
  close(): Promise<void>;
}

const CLIENT_ID = 'pulseplan-page';

/**
 * A real OpenID provider on this machine with a form that takes any name. Its people are called what they type, so no
 * `sub` is a UUID.
 *
 * @param options.pageUrl where the page that signs people in stands
 */
export async function startOidcProvider(options: { pageUrl: () => string }): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  let renewals = 0;
  let idTokenSeconds = 600;
  let provider: Provider | undefined;
  // The page's port is known only after its gateway has started, and that needs the issuer.
  const make = async (): Promise<Provider> => {
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT_ID,
          application_type: 'web',
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          redirect_uris: [`${options.pageUrl()}/`],
          post_logout_redirect_uris: [`${options.pageUrl()}/`],
        },
      ],
      clientBasedCORS: (_context, origin) => origin === options.pageUrl(),
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' }] },
      claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
      conformIdTokenClaims: false,
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, name: `${id} Weber`, email: `${id}@example.test` }),
      }),
      issueRefreshToken: () => true,
      ttl: {
        IdToken: () => idTokenSeconds,
        AccessToken: 60,
        AuthorizationCode: 60,
        Grant: 600,
        Interaction: 600,
        RefreshToken: 600,
        Session: 600,
      },
      cookies: { keys: ['a-key-of-the-tests'] },
    });
    made.on('grant.success', ({ oidc }) => {
      if (oidc.params?.['grant_type'] === 'refresh_token') renewals += 1;
    });
    return made;
  };
  server.on('request', (request, response) => {
    void (async () => {
      provider ??= await make();
      await provider.callback()(request, response);
    })();
  });
  return {
    issuer,
    clientId: CLIENT_ID,
    renewals: () => renewals,
    tokensLast: (seconds) => void (idTokenSeconds = seconds),
    close: () => closed(server),
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
