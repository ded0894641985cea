import { z } from 'zod';
import type { sessionRecord } from '../contracts/rest.ts';
import { cutText } from '../core/cut-text.ts';
import type { Db } from './connect.ts';
import { NOT_FORGOTTEN } from './forgotten-facts.ts';
import { toSession, type SessionPlace } from './sessions.ts';

/** A message of this length is shown whole. */
const SNIPPET_MAX = 160;

/** Looked for at most; more words make nothing clearer. */
const TERMS_MAX = 12;

/**
 * Turns that fit, one row a turn as `(session_id, id)`. All words have to stand in one turn, each at least at the
 * beginning of a word.
 */
const FOUND_TURNS = `
  select t.session_id, t.id from conversation_turns t
  where t.user_id = :user and t.kind = 'text' and words_of(array[t.user_message]) @@ to_tsquery('english'::regconfig, :tsquery)
    and ${NOT_FORGOTTEN}`;

const hit = z.object({
  turn_id: z.string(),
  user_message: z.string(),
  snippet: z.string(),
  received_at: z.date(),
});
const noHit = z.object({ turn_id: z.null() });

/**
 * A user's conversations whose title, or something said in them, has all the words, the latest first. A title counts
 * also by any part of it, as it is typed.
 */
export async function searchSessions(
  db: Db,
  userId: string,
  words: string,
  page: { before?: SessionPlace | undefined; limit: number },
): Promise<z.infer<typeof sessionRecord>[]> {
  const terms = [...words.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, TERMS_MAX).map(([term]) => term);
  const answer = await db.raw<{ rows: unknown[] }>(
    `with said as (
        select distinct on (t.session_id) t.session_id, t.id, t.user_message, t.received_at
        from (${FOUND_TURNS}) found join conversation_turns t on t.user_id = :user and t.id = found.id
        order by t.session_id, t.turn_index desc
      ), page as (
        select s.id, s.title, s.started_at, s.last_activity_at, s.ended_at, s.turns,
          said.id as turn_id, said.user_message, said.received_at
        from conversation_sessions s left join said on said.session_id = s.id
        where s.user_id = :user and s.turns > 0
          and (said.id is not null or s.title ilike :part
            or words_of(array[s.title]) @@ to_tsquery('english'::regconfig, :tsquery))
          and (cast(:before_at as timestamptz) is null
            or (s.last_activity_at, s.id) < (cast(:before_at as timestamptz), cast(:before_id as uuid)))
        order by s.last_activity_at desc, s.id desc limit :limit
      )
      -- Only what is shown is cut to the words.
      select page.*,
        ts_headline('english'::regconfig, user_message, to_tsquery('english'::regconfig, :tsquery),
          'StartSel="", StopSel="", MaxWords=24, MinWords=12, ShortWord=0') as snippet
      from page order by last_activity_at desc, id desc`,
    {
      user: userId,
      tsquery: terms.map((term) => `'${term}':*`).join(' & '),
      part: `%${words.replace(/[\\%_]/g, '\\$&')}%`,
      before_at: page.before?.at ?? null,
      before_id: page.before?.id ?? null,
      limit: page.limit,
    },
  );
  return answer.rows.map((found) => {
    if (noHit.safeParse(found).success) return toSession(found, null);
    const { turn_id, user_message, snippet, received_at } = hit.parse(found);
    return toSession(found, {
      turn_id,
      snippet: shownOf(oneLine(user_message), oneLine(snippet)),
      at: received_at.toISOString(),
      by: 'words',
    });
  });
}

const alike = z.object({ turn_id: z.string(), user_message: z.string(), received_at: z.date() });

/** Conversations that were found by what they mean, in the order given, as the list shows them; what is gone is left out. */
export async function foundSessions(
  db: Db,
  userId: string,
  found: readonly { session_id: string; turn_id: string | null }[],
): Promise<z.infer<typeof sessionRecord>[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `select s.id, s.title, s.started_at, s.last_activity_at, s.ended_at, s.turns, t.id as turn_id, t.user_message, t.received_at
      from unnest(cast(:sessions as uuid[]), cast(:turns as uuid[])) with ordinality as f(session_id, turn_id, place)
      join conversation_sessions s on s.id = f.session_id and s.user_id = :user
      cross join lateral (
        select t.id, t.user_message, t.received_at from conversation_turns t
          where t.session_id = s.id and t.user_id = :user and t.kind = 'text' and t.id = coalesce(f.turn_id, t.id)
            and ${NOT_FORGOTTEN}
          order by t.turn_index desc limit 1
      ) t
      order by f.place`,
    {
      user: userId,
      sessions: found.map(({ session_id: id }) => id),
      turns: found.map(({ turn_id: id }) => id),
    },
  );
  return answer.rows.map((row) => {
    const { turn_id, user_message, received_at } = alike.parse(row);
    const snippet = cutText(oneLine(user_message), SNIPPET_MAX);
    return toSession(row, { turn_id, snippet, at: received_at.toISOString(), by: 'meaning' });
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The whole of a short message; of a long one what stands around the words. */
function shownOf(message: string, snippet: string): string {
  if (message.length <= SNIPPET_MAX) return message;
  const begin = message.startsWith(snippet) ? '' : '…';
  return `${begin}${cutText(snippet, SNIPPET_MAX)}${message.endsWith(snippet) && snippet.length <= SNIPPET_MAX ? '' : '…'}`;
}
