import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/**
 * Structured logs on stderr, so that stdout stays for what a command answers. Messages are fixed sentences and fields
 * are ids, numbers and codes: never words of a user, an address or a token.
 */
export function createLogger(options: { level: string; role: string }): Logger {
  return pino(
    {
      level: options.level,
      base: { role: options.role, pid: process.pid },
      redact: ['token', '*.token', 'authorization', 'text', 'query', 'password'],
      serializers: { err: describeError },
    },
    pino.destination(2),
  );
}

/** Type, code and stack without the message of a foreign error, which may quote what a user wrote. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { type: error.name, code, stack: frames?.slice(0, 12).join('\n') };
}
