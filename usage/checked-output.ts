import type { z } from 'zod';
import { LanguageModelError } from '../integrations/llm/language-model.ts';

/**
 * What a model wrote is data until it was checked.
 *
 * @param read takes the text or throws; what it throws is not passed on, since it may quote the text
 * @throws LanguageModelError `bad_answer`
 */
export function checkOutput<T>(text: string, read: (text: string) => T): T {
  try {
    return read(text);
  } catch {
    throw new LanguageModelError('bad_answer', { received: text });
  }
}

/**
 * Reads JSON that a model wrote, bare or in a code fence.
 *
 * @throws LanguageModelError `bad_answer` when it is no JSON or does not fit the schema
 */
export function parseOutput<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  return checkOutput(text, (output) => schema.parse(JSON.parse(withoutFence(output))));
}

const FENCE = '```';

/** Models like to put a fence around JSON, and a sentence before it. */
function withoutFence(text: string): string {
  const bare = text.trim();
  const start = bare.indexOf(FENCE);
  const end = bare.lastIndexOf(FENCE);
  if (/^[{["]/.test(bare) || start === -1 || end === start) return bare;
  return bare.slice(start + FENCE.length, end).replace(/^[\w-]*\s/, '');
}
