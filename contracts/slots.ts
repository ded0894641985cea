import { z } from 'zod';
import { instant, localDate, uuid } from './ids.ts';

export const priority = z.enum(['low', 'medium', 'high', 'urgent']);
export type Priority = z.infer<typeof priority>;

/** A day, or an instant with the offset it was said in. */
export const dateOrInstant = z.union([localDate, instant], {
  error: 'wanted: a day such as 2026-11-30, or an instant with its offset such as 2026-11-30T09:00:00+01:00',
});

/** `end` is exclusive. A range that is open on one side has no such side: "overdue" has an end only. */
export const dateRange = z
  .object({ start: dateOrInstant.optional(), end: dateOrInstant.optional() })
  .refine(({ start, end }) => start !== undefined || end !== undefined, 'has neither a start nor an end');
export type DateRange = z.infer<typeof dateRange>;

/**
 * The item meant: by id, by words of its title, as "the last one" (`reference: last`), "the second" of a list just
 * shown (`reference: ordinal`, `ordinal: 2`, -1 is the last), or everything that the act's filters select (`all`).
 * `ids` are several of the choices that were offered ("both").
 */
export const target = z.object({
  kind: z.enum(['task', 'event', 'draft', 'reminder', 'receipt', 'any']),
  id: uuid.optional(),
  ids: z.array(uuid).max(20).optional(),
  query: z.string().max(4000).optional(),
  reference: z.enum(['last', 'ordinal', 'all']).optional(),
  ordinal: z.int().optional(),
  /** Which day of a series is meant: when it begins. */
  start: instant.optional(),
  /** How much of a series: that day, that one and all after it, or all of it. */
  scope: z.enum(['this', 'following', 'all']).optional(),
});
export type Target = z.infer<typeof target>;

/** The `query` of a receipt that stands for the undo that came last: "undo that undo", "redo". */
export const UNDO_NAME = 'undo';

/** The `query` of a receipt that stands for whatever was done last, an undo too: "put it back". */
export const BACK_NAME = 'back';

/** Canonical slot names with the shape of their normal form. */
export const slotValues = z.object({
  title: z.string().max(4000),
  due_date: dateOrInstant,
  start: instant,
  end: instant,
  all_day: z.boolean(),
  date_range: dateRange,
  duration_minutes: z
    .int()
    .positive()
    .max(60 * 24 * 366),
  recurrence: z.string().max(500),
  priority,
  participants: z.array(z.string().max(320)),
  location: z.string().max(4000),
  list: z.string().max(200),
  tags: z.array(z.string().max(200)),
  target,
  recipient: z.array(z.string().max(320)),
  subject: z.string().max(4000),
  body: z.string(),
  email_type: z.string().max(100),
  query: z.string().max(4000),
  remind_at: instant,
  preference: z.object({ key: z.string(), value: z.unknown() }),
});

export const slots = slotValues.partial();
export type Slots = z.infer<typeof slots>;
export type Slot = keyof Slots;
export const slot = z.enum(Object.keys(slotValues.shape) as [Slot, ...Slot[]]);
