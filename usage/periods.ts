import { DateTime } from 'luxon';

/** A calendar month of a billing zone. */
export interface Period {
  /** Its first day, `2026-11-01`: the period's name wherever it is stored. */
  period: string;
  /** For people and REST: `2026-11`. */
  label: string;
  startsAt: Date;
  /** The first instant of the next one. */
  resetsAt: Date;
}

/**
 * The month that an instant counts in. Nothing is reset when one ends: another period simply has another name.
 *
 * @param zone IANA name; one that the runtime doesn't know counts as UTC
 */
export function periodAt(instant: Date, zone: string): Period {
  const local = DateTime.fromJSDate(instant, { zone });
  const start = (local.isValid ? local : DateTime.fromJSDate(instant, { zone: 'utc' })).startOf('month');
  return {
    period: start.toFormat('yyyy-MM-dd'),
    label: start.toFormat('yyyy-MM'),
    startsAt: start.toJSDate(),
    resetsAt: start.plus({ months: 1 }).startOf('month').toJSDate(),
  };
}

/** The first instant of the local day that an instant falls in. */
export function dayStart(instant: Date, zone: string): Date {
  const local = DateTime.fromJSDate(instant, { zone });
  return (local.isValid ? local : DateTime.fromJSDate(instant, { zone: 'utc' })).startOf('day').toJSDate();
}
