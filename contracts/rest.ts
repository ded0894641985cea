import { z } from 'zod';
import { settings } from './entities.ts';
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

/** Settings with what is taken where nothing was set; `timezone_chosen` tells a zone that was set from that. */
export const settingsAnswer = settings.extend({ timezone_chosen: z.boolean() });

const page = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
};
/** An empty filter is more likely a slip than a wish for everything. */
const filterText = (maxChars: number) => z.string().trim().min(1).max(maxChars);
export const pageQuery = z.strictObject(page);
/** `past` lists what does not hold any more as well; `q` is looked for in all that is kept of a fact. */
export const memoryQuery = z.strictObject({
  ...page,
  past: z.enum(['true', 'false']).optional(),
  q: filterText(400).optional(),
});
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
/** `to` is exclusive. With either of them, each day of a series is listed by itself. */
export const eventsQuery = z.strictObject({
  ...page,
  from: dateOrInstant.optional(),
  to: dateOrInstant.optional(),
  q: filterText(400).optional(),
});
/** Which day of a series a change is about, by when it begins, and how much changes with it; without, the whole event. */
export const eventDayQuery = z.strictObject({
  day: instant.optional(),
  scope: z.enum(['this', 'following', 'all']).optional(),
});
export const remindersQuery = z.strictObject({
  ...page,
  status: z.enum(['scheduled', 'fired', 'done']).optional(),
});
export const draftsQuery = z.strictObject({
  ...page,
  status: z.enum(['draft', 'sending', 'sent']).optional(),
});
/** `q` is looked for in titles and in what was said. */
export const sessionsQuery = z.strictObject({ ...page, q: filterText(400).optional() });
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
  /** When it was over, since nothing was said for the session timeout; null while it is alive. */
  ended_at: instant.nullable(),
  turns: z.int(),
  /**
   * Where something was looked for: the last turn that has the words, with what stands around them; or, where nothing has
   * them, one that means something like it.
   */
  match: z
    .object({ turn_id: uuid, snippet: z.string(), at: instant, by: z.enum(['words', 'meaning']) })
    .nullable(),
});
export const sessionDeleted = z.object({ session_id: uuid, deleted: z.literal(true) });
export const receiptRecord = receipt.extend({
  turn_id: uuid.nullable(),
  session_id: uuid.nullable(),
  created_at: instant,
  summary: z.string(),
  undone: z.boolean(),
  /** The change that it took back; null for any other. */
  undoes: uuid.nullable(),
  undo_until: instant.nullable(),
  /** Where it came from: words and how sure their reading was; `direct` was made by hand. */
  why: z.object({ source: z.string(), words: z.string().nullable(), confidence: z.number().nullable() }),
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

export const health = z.object({
  status: z.enum(['ok', 'degraded', 'down', 'stopping']),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
});

/** What a browser subscribes with. */
export const pushKey = z.object({ public_key: z.string() });
/** As `PushSubscription.toJSON()` of a browser gives it. */
export const pushSubscription = z.strictObject({
  endpoint: z.url().max(2_000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    p256dh: z.string().regex(/^[\w-]{87}=?$/, 'must be a public key in base64url'),
    auth: z.string().regex(/^[\w-]{22}(?:==)?$/, 'must be 16 bytes in base64url'),
  }),
});
export const pushEndpoint = z.strictObject({ endpoint: z.url().max(2_000) });
export const pushState = z.object({ subscribed: z.boolean() });
