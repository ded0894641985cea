import { PulseError } from '../contracts/errors.ts';

const NUL = '\u0000';
/** A surrogate that stands alone is no character. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Refuses text that no store can hold, wherever in a request it stands. For input that has passed its schema: that
 * bounds how deep this goes.
 */
export function checkStorable(input: unknown, path = ''): void {
  if (typeof input === 'string') {
    if (!input.includes(NUL) && !LONE_SURROGATE.test(input)) return;
    const where = path === '' ? '' : ` "${path}":`;
    const message = 'holds characters that can’t be stored';
    throw new PulseError('validation_error', `The request is not valid.${where} ${message}.`, [
      { path, message },
    ]);
  }
  if (typeof input !== 'object' || input === null) return;
  for (const [key, value] of Object.entries(input))
    checkStorable(value, path === '' ? key : `${path}.${key}`);
}
