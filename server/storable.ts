import { PulseError } from '../contracts/errors.ts';
import { faultOfText } from '../contracts/text.ts';

/**
 * Refuses text that no store can hold or no reader should be shown, wherever in a request it stands. For input that has
 * passed its schema: that bounds how deep this goes.
 */
export function checkStorable(input: unknown, path = ''): void {
  if (typeof input === 'string') {
    const message = faultOfText(input);
    if (message === null) return;
    const where = path === '' ? '' : ` "${path}":`;
    throw new PulseError('validation_error', `The request is not valid.${where} ${message}.`, [
      { path, message },
    ]);
  }
  if (typeof input !== 'object' || input === null) return;
  for (const [key, value] of Object.entries(input))
    checkStorable(value, path === '' ? key : `${path}.${key}`);
}
