import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { OpenAiModel, type CallTimes } from './openai-model.ts';

const TIMES: CallTimes = { firstByteMs: 10_000, silenceMs: 10_000, wholeMs: 30_000, coolDownMs: 15_000 };

/**
 * The language model of a process.
 *
 * @param options.apiKey may be left out where the server at `baseUrl` needs none
 * @param options.times in milliseconds; what is left out has its default
 * @returns null when neither a key nor an address is set
 */
export function createLanguageModel(options: {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
  log: Logger;
  clock: Pick<Clock, 'now'>;
  times?: Partial<CallTimes>;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
}): OpenAiModel | null {
  const apiKey = options.apiKey?.trim() || null;
  const baseUrl = options.baseUrl?.trim() || null;
  if (apiKey === null && baseUrl === null) return null;
  return new OpenAiModel({
    apiKey,
    baseUrl,
    times: { ...TIMES, ...options.times },
    log: options.log,
    clock: options.clock,
    sleep: options.sleep ?? ((ms, signal) => wait(ms, undefined, { signal })),
    random: options.random ?? Math.random,
  });
}
