import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { LanguageModel } from './language-model.ts';

export function createLanguageModel(_options: {
  apiKey: string | undefined;
  baseUrl: string | undefined;
  log: Logger;
  clock: Clock;
}): LanguageModel | null {
  return null;
}
