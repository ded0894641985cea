import { pino, type Logger as PinoLogger } from 'pino';
import { describeError } from './describe-error.ts';

export type Logger = PinoLogger;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const LOG_FORMATS = ['json', 'text'] as const;

/** How much is logged, and in which form. */
export interface LogSettings {
  level: (typeof LOG_LEVELS)[number];
  /** By default text on a terminal, where somebody reads along, and JSON everywhere else. */
  format?: (typeof LOG_FORMATS)[number] | undefined;
}

/**
 * Structured logs on stderr, so that stdout stays for what a command answers. Messages are fixed sentences and fields
 * are ids, numbers and codes: never words of a user, an address or a token.
 */
export function createLogger(options: LogSettings & { role: string }): Logger {
  const format = options.format ?? (process.stderr.isTTY ? 'text' : 'json');
  return pino(
    {
      level: options.level,
      base: { role: options.role, pid: process.pid },
      redact: ['token', '*.token', 'authorization', 'text', 'query', 'password'],
      serializers: { err: describeError },
    },
    format === 'json' ? pino.destination(2) : { write: (line) => void process.stderr.write(asText(line)) },
  );
}

/** A structured line as a person reads it: time, who, what, then the fields. */
function asText(line: string): string {
  const { level, time, role, pid: _pid, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const name = pino.levels.labels[Number(level)] ?? '';
  const { type, code, stack } = (err ?? {}) as Record<string, unknown>;
  const details = [
    ...Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
    ...[type, code].filter((part) => part !== undefined).map(String),
  ];
  const text = [clock, String(role), ...(name === 'info' ? [] : [name]), String(msg), ...details].join('  ');
  return `${text}\n${typeof stack === 'string' && stack !== '' ? `${stack}\n` : ''}`;
}
