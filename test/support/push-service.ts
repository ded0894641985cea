import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { importJWK, jwtVerify } from 'jose';

/** What a browser got, as it reads it. */
export interface Pushed {
  message: unknown;
  /** The signed claims that came along. */
  claims: Record<string, unknown>;
  /** The key that signed them, as browsers are given it. */
  key: string;
}

/** A browser that has subscribed. */
export interface Browser {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  got: Pushed[];
  /** What the service answers from now on. */
  answer(status: number): void;
}

export interface PushService {
  /** For PUSH_HOSTS. */
  host: string;
  /** Every request, also those that were refused. */
  requests(): number;
  browser(): Browser;
  close(): Promise<void>;
}

/** A push service on this machine with its browsers: it takes only what they can decrypt and what is signed. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, (request: IncomingMessage) => Promise<number>>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const take = browsers.get(request.url ?? '');
    (take ? take(request) : Promise.resolve(404))
      .catch(() => 400)
      .then((status) => response.writeHead(status).end())
      .catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    host,
    requests: () => requests,
    browser() {
      const path = `/push/${randomBytes(8).toString('hex')}`;
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const auth = randomBytes(16);
      const got: Pushed[] = [];
      let status = 201;
      browsers.set(path, async (request) => {
        const body = await buffer(request);
        const [claims, key] = await signed(request, `http://${host}`);
        const message: unknown = JSON.parse(decrypted(body, keys, auth));
        if (status < 300) got.push({ message, claims, key });
        return status;
      });
      const p256dh = keys.getPublicKey().toString('base64url');
      return {
        subscription: {
          endpoint: `http://${host}${path}`,
          keys: { p256dh, auth: auth.toString('base64url') },
        },
        got,
        answer: (next) => (status = next),
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The claims of RFC 8292, checked by the key that is named beside them. */
async function signed(
  request: IncomingMessage,
  audience: string,
): Promise<[Record<string, unknown>, string]> {
  const said = /^vapid t=(?<token>[^,]+), ?k=(?<key>[\w-]+)$/.exec(
    request.headers.authorization ?? '',
  )?.groups;
  const [token, key] = [said?.['token'] ?? '', said?.['key'] ?? ''];
  const point = Buffer.from(key, 'base64url');
  const half = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: half(1), y: half(33) }, 'ES256');
  const { payload } = await jwtVerify(token, jwk, { audience });
  return [payload, key];
}

/** `aes128gcm` of RFC 8188 with the keys of RFC 8291; one record. */
function decrypted(body: Buffer, keys: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const senderEnd = 21 + (body[20] ?? 0);
  const sender = body.subarray(21, senderEnd);
  const sealed = body.subarray(senderEnd);
  const derive = (secret: Uint8Array, with_: Uint8Array, info: Buffer, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, bytes));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const secret = derive(keys.computeSecret(sender), auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createDecipheriv('aes-128-gcm', key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}
