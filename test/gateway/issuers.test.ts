import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { v5 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';
import { startProduct } from '../support/product.ts';
import { at, call, signFor, Wire } from '../support/wire.ts';

describe('what tells a page how to sign in', () => {
  const config = async (env: Record<string, string>): Promise<unknown> => {
    const product = await startProduct({ roles: ['gateway'], env });
    const { status, body } = await call(product.url, 'GET', '/api/v1/auth/config');
    expect(status).toBe(200);
    const page = await fetch(`${product.url}/healthz`);
    await product.close();
    return { ...(body as object), csp: page.headers.get('content-security-policy') };
  };

  it('needs no token, and names the provider and nothing else of the configuration', async () => {
    const [demo, none, provider] = await Promise.all([
      config({}),
      config({ NODE_ENV: 'production', PULSEPLAN_DEMO: '' }),
      config({ OIDC_ISSUER: 'https://id.example.test/realm', OIDC_CLIENT_ID: 'page' }),
    ]);
    expect(demo).toMatchObject({ demo: true, oidc: null });
    expect(none).toMatchObject({ demo: false, oidc: null });
    expect(provider).toMatchObject({
      demo: false,
      oidc: { issuer: 'https://id.example.test/realm', client_id: 'page' },
      // The page may fetch tokens there; nothing may be loaded from there.
      csp: expect.stringMatching(
        /^default-src 'self';connect-src 'self' ws: wss: https:\/\/id\.example\.test;/,
      ),
    });
  });
});

describe('an OpenID issuer', () => {
  it('is asked where its keys are; its names become users of their own, the same ones every time', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    let document: object | null = null;
    const server = createServer((request, response) => {
      const answer = request.url === '/jwks' ? { keys: [jwk] } : document;
      response
        .writeHead(answer ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    await once(server, 'listening');
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const product = await startProduct({
      roles: ['gateway'],
      env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'page' },
    });
    const sign = (sub: string, audience = 'page', from = issuer): Promise<string> =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime('1h')
        .setIssuer(from)
        .setAudience(audience)
        .sign(privateKey);
    const who = async (token: string): Promise<string> => {
      const me = await Wire.open(product.url, { token });
      return me.ready.user_id;
    };

    // A provider that is not there yet is no fault of the token, and is asked again.
    const ask = async (token: string) => (await call(product.url, 'GET', '/api/v1/tasks', { token })).status;
    expect(await ask(await sign('auth0|mia'))).toBe(503);
    document = { issuer: 'https://evil.test', jwks_uri: `${issuer}/jwks` };
    expect(await ask(await sign('auth0|mia'))).toBe(503);
    document = { issuer, jwks_uri: `${issuer}/jwks` };
    expect(await ask(await sign('auth0|mia'))).toBe(200);
    expect(await ask(await sign('auth0|mia', 'another-app'))).toBe(401);
    expect(await ask(await sign('auth0|mia', 'page', 'https://evil.test'))).toBe(401);

    const mia = await who(await sign('auth0|mia'));
    expect(mia).toBe(v5('auth0|mia', v5(issuer, v5.URL)));
    expect(await who(await sign('auth0|mia'))).toBe(mia);
    expect(await who(await sign('auth0|ben'))).not.toBe(mia);
    // What is an id already stays as it is.
    const id = randomUUID();
    expect(await who(await sign(id))).toBe(id);
    server.closeAllConnections();
    server.close();
  });
});

describe('a key server', () => {
  let keys: Server;
  let served: object | null;
  afterAll(() => {
    keys.closeAllConnections();
    keys.close();
  });

  it('is asked for the keys; without it nobody is told that their token is bad', async () => {
    const [good, bad] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
    served = { keys: [{ ...(await exportJWK(good.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
    keys = createServer((_request, response) => {
      response.statusCode = served ? 200 : 503;
      response.setHeader('content-type', 'application/json');
      response.end(served ? JSON.stringify(served) : '');
    }).listen(0, '127.0.0.1');
    await once(keys, 'listening');
    const { port } = keys.address() as AddressInfo;
    const env = {
      JWKS_URL: `http://127.0.0.1:${port}/keys`,
      JWT_ISSUER: 'https://issuer.test',
      JWT_AUDIENCE: 'pulseplan',
    };
    const product = await startProduct({ roles: ['gateway'], env });
    const sign = (
      key: CryptoKey,
      more: { kid?: string; issuer?: string; audience?: string } = {},
    ): Promise<string> =>
      new SignJWT({ role: 'user' })
        .setProtectedHeader({ alg: 'ES256', kid: more.kid ?? 'one' })
        .setSubject(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1h')
        .setIssuer(more.issuer ?? 'https://issuer.test')
        .setAudience(more.audience ?? 'pulseplan')
        .sign(key);
    const ask = async (token: string) => {
      const { status, body } = await call(product.url, 'GET', '/api/v1/tasks', { token });
      return [status, at(body, 'error_code')];
    };

    served = null;
    expect(await ask(await sign(good.privateKey))).toEqual([503, 'dependency_unavailable']);
    served = { keys: [{ ...(await exportJWK(good.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
    expect(await ask(await sign(good.privateKey))).toEqual([200, undefined]);
    expect(await ask(await sign(bad.privateKey))).toEqual([401, 'authentication_error']);
    expect(await ask(await sign(good.privateKey, { kid: 'two' }))).toEqual([401, 'authentication_error']);
    expect(await ask(await sign(good.privateKey, { issuer: 'https://evil.test' }))).toEqual([
      401,
      'authentication_error',
    ]);
    expect(await ask(await sign(good.privateKey, { audience: 'others' }))).toEqual([
      401,
      'authentication_error',
    ]);
    // A secret is no key here, and a public key is no secret.
    expect(await ask(await signFor())).toEqual([401, 'authentication_error']);
    // Nor does this product hand out tokens itself.
    expect((await call(product.url, 'POST', '/api/v1/auth/demo', { body: {} })).status).toBe(404);
  });
});
