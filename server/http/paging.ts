import type { z } from 'zod';
import { PulseError } from '../../contracts/errors.ts';

export const PAGE_DEFAULT = 50;

/** A place in a list, as we gave it out. */
export function parseCursor<T extends z.ZodType>(schema: T, cursor: unknown): z.output<T> {
  const parsed = schema.safeParse(cursor);
  if (!parsed.success) throw new PulseError('validation_error', 'The cursor is not one that was given out.');
  return parsed.data;
}

/**
 * One page of what was read with one item more than asked for, which tells whether there are others.
 *
 * @param cursorOf the place of the page's last item
 */
export function pageOf<T>(
  found: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
): { items: T[]; next_cursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next_cursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
