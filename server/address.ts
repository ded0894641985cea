import type { IncomingMessage } from 'node:http';

/** Proxies in front of the gateway whose word is taken, where any is. */
export const TRUSTED_HOPS = 1;

/** Whom a connection comes from. Behind a proxy that is what the proxy itself saw: the last entry of its header. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const header = request.headers['x-forwarded-for'];
  if (!trustProxy || header === undefined) return peer;
  return String(header).split(',').at(-1)?.trim() || peer;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether somebody on this very machine asks. What a proxy passes on never counts, whoever the header names. */
export function isLocal(request: IncomingMessage): boolean {
  const { headers, socket } = request;
  const passedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => name in headers);
  return !passedOn && LOOPBACK.has(socket.remoteAddress ?? '');
}
