import { DateTime } from 'luxon';

/** An instant, or the beginning of a day in a zone. */
export const dayOrInstant = (value: string, zone: string): Date =>
  DateTime.fromISO(value, { zone }).toJSDate();
