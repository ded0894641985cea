import { z } from 'zod';

/** Any UUID, lower-cased, so that one id has one spelling in every store. */
export const uuid = z.uuid().transform((id) => id.toLowerCase());

/** ISO 8601 with an offset, e.g. `2026-11-22T14:20:59.000Z` or `…+01:00`. */
export const instant = z.iso.datetime({ offset: true });

/** `2026-11-30`: a calendar day without a zone. */
export const localDate = z.iso.date();

/** IANA zone name such as `Europe/Vienna`; checked against the runtime's own table. */
export const timezone = z
  .string()
  .max(64)
  .refine(isTimezone, { message: 'is not a known time zone; use a name such as Europe/Vienna' });

/** Asking the runtime costs more than all the rest of a payload; there are some 600 names, with their aliases. */
const known = new Set<string>();
const KNOWN_MAX = 1_000;

function isTimezone(zone: string): boolean {
  if (known.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  if (known.size < KNOWN_MAX) known.add(zone);
  return true;
}
