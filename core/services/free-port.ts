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

/** Whether a server on loopback could listen there at this moment. */
export function isFree(port: number): Promise<boolean> {
  return tryListening(port, '127.0.0.1').then(
    () => true,
    () => false,
  );
}

/** @throws the fault of a server that would listen there, e.g. `EADDRINUSE` */
export function tryListening(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}
