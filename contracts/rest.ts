import { z } from 'zod';
import { userText } from './events.ts';
import { instant, timezone, uuid } from './ids.ts';
import { receipt, turnRecord } from './result.ts';
import { dateOrInstant, priority } from './slots.ts';

/**
 * What a body or query may hold. The caller's own `user_id` may stand in any of them besides (any other is
 * `not_found`): the gateway looks at it in one place, so that no schema here names it.
 */
export const agentQuery = z.strictObject({
  query: userText,
  session_id: uuid.optional(),
  turn_id: uuid.optional(),
  timezone: timezone.optional(),
  reference_time: instant.optional(),
});

/** Answer of a query whose turn did not end within 30 s. */
export const agentQueryPending = z.object({ turn_id: uuid, session_id: uuid, status: z.literal('running') });

export const demoLogin = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  tier: z.enum(['free', 'premium']).optional(),
  role: z.enum(['user', 'admin']).optional(),
});
export const demoToken = z.object({ token: z.string(), user_id: uuid, expires_at: instant });

/** How people sign in here: by a demo name, at an OpenID provider, or, with neither, not on the page. */
export const authConfig = z.object({
  demo: z.boolean(),
  oidc: z.object({ issuer: z.string(), client_id: z.string() }).nullable(),
});
export type AuthConfig = z.infer<typeof authConfig>;

const page = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
};
/** An empty filter is more likely a slip than a wish for everything. */
const filterText = (maxChars: number) => z.string().trim().min(1).max(maxChars);
export const pageQuery = z.strictObject(page);
export const tasksQuery = z.strictObject({
  ...page,
  status: z.enum(['open', 'done']).optional(),
  due_from: dateOrInstant.optional(),
  due_to: dateOrInstant.optional(),
  list: filterText(200).optional(),
  tag: filterText(200).optional(),
  priority: priority.optional(),
  q: filterText(400).optional(),
});
export const sessionTurnsQuery = z.strictObject({
  ...page,
  /** The number of a turn; the page ends before it. `cursor` says the same of a page that was given out. */
  before: z.coerce.number().int().positive().optional(),
});

/** A page of a list. `next_cursor` is given back as `cursor` for the next one, and null on the last. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

export const sessionRecord = z.object({
  session_id: uuid,
  title: z.string().nullable(),
  started_at: instant,
  last_activity_at: instant,
  turns: z.int(),
});
export const receiptRecord = receipt.extend({
  turn_id: uuid.nullable(),
  session_id: uuid.nullable(),
  created_at: instant,
  summary: z.string(),
  undone: z.boolean(),
  undo_until: instant.nullable(),
  changes: z.array(
    z.object({
      kind: z.string(),
      id: uuid,
      before: z.record(z.string(), z.unknown()).nullable(),
      after: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});
export const turnsPage = z.object({ items: z.array(turnRecord), next_cursor: z.string().nullable() });

/** `00:00` to `23:59`. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30');

export const settings = z.object({
  timezone,
  week_start: z.enum(['monday', 'sunday']),
  working_hours: z.object({ start: timeOfDay, end: timeOfDay }),
  briefing_time: timeOfDay.nullable(),
  email_style: z.enum(['neutral', 'formal', 'friendly']),
});
export const settingsPatch = settings
  .extend({ working_hours: settings.shape.working_hours.strict() })
  .partial()
  .strict();
export type Settings = z.infer<typeof settings>;

export const health = z.object({
  status: z.enum(['ok', 'degraded', 'down', 'stopping']),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
});
