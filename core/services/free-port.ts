import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { ServicesError } from './services-error.ts';

/**
 * Below the range from which systems give ports to outgoing connections. A store that is restarted must get its
 * port back, and a client that keeps trying a port of that range can end up connected to itself and hold it.
 */
const LOWEST_PORT = 15_000;
const HIGHEST_PORT = 32_000;
const ATTEMPTS = 100;

/** A loopback port that nobody listens on, `preferred` if that one is free. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (await isFree(port)) return port;
  }
  throw new ServicesError('start_failed', 'No free loopback port found for a private store.');
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
