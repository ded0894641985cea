import { DateTime } from 'luxon';
import type { Reminder } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import { toLocalInstant } from '../../db/tasks.ts';

/** What a reminder is told of and when; what is not given has its default. */
export interface NewReminder {
  title: string;
  remind_at: Date;
  timezone: string;
  recurrence?: string | null | undefined;
  item?: { kind: 'task' | 'event'; id: string } | null | undefined;
  /** Minutes before the item's time; it then moves with the item. */
  before_minutes?: number | null | undefined;
}

/**
 * A new reminder as clients see it, and the effect that makes it.
 *
 * @param change.saidAt when the moment was chosen, by the server's clock: one that was over by then is never told
 */
export function newReminder(
  id: string,
  said: NewReminder,
  { now, saidAt, reason }: { now: Date; saidAt: Date; reason: string },
): { reminder: Reminder; effect: EffectWrite } {
  const { item = null, recurrence = null, before_minutes = null } = said;
  const own = {
    title: said.title,
    timezone: said.timezone,
    status: 'scheduled' as const,
    recurrence,
    item_kind: item?.kind ?? null,
    item_id: item?.id ?? null,
    before_minutes,
    fired_at: null,
    created_at: now.toISOString(),
  };
  const remindAt = said.remind_at.toISOString();
  return {
    reminder: { ...own, id, remind_at: localTo(said.remind_at, said.timezone), version: 1 },
    effect: {
      kind: 'reminder',
      op: 'create',
      id,
      version: null,
      reason,
      fields: {
        ...own,
        remind_at: remindAt,
        series_start: recurrence === null ? null : remindAt,
        set_at: saidAt.toISOString(),
        updated_at: now.toISOString(),
        deleted_at: null,
      },
    },
  };
}

/** Columns of a reminder that is to come (again) at another moment; `saidAt` as with a new one. */
export function putOff(to: Date, now: Date, saidAt = now): Record<string, unknown> {
  return {
    remind_at: to.toISOString(),
    status: 'scheduled',
    fired_at: null,
    held_until: null,
    set_at: saidAt.toISOString(),
    updated_at: now.toISOString(),
  };
}

/** An instant with the offset of a zone, as clients are told. */
export const localTo = (at: Date, zone: string): string => toLocalInstant(DateTime.fromJSDate(at, { zone }));
