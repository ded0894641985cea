import { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import type { UserNews } from '../../../contracts/frames.ts';
import { instant, uuid } from '../../../contracts/ids.ts';
import { sessionPatch } from '../../../contracts/requests.ts';
import {
  listOf,
  sessionDeleted,
  sessionRecord,
  sessionsQuery,
  sessionTurnsQuery,
  turnsPage,
} from '../../../contracts/rest.ts';
import { REDIS_ANSWER_MS, withDeadline } from '../../../core/deadline.ts';
import { forgetSession } from '../../../db/forget-sessions.ts';
import { foundSessions, searchSessions } from '../../../db/session-search.ts';
import { findSession, pageSessions, renameSession, sessionOwner } from '../../../db/sessions.ts';
import { turnHistory } from '../../../db/turns.ts';
import { deleteSession } from '../../../sessions/delete-session.ts';
import { publishNews } from '../../../sessions/news.ts';
import type { GatewayServices } from '../../gateway-services.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const byId = z.strictObject({ id: uuid });
const MISSING = 'There is no such conversation.';

/** Conversations: listed and searched, read, named, deleted. */
export const sessionRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/sessions',
    summary:
      "The user's conversations, the latest first. With `q` those whose title, or something said in them, has all the words; " +
      '`match` then is the last turn that has them. Where none has them, at most five that mean something like it',
    access: 'user',
    query: sessionsQuery,
    response: listOf(sessionRecord),
    handle: async ({ query, identity, services }) => {
      const { db } = services;
      const limit = query.limit ?? PAGE_DEFAULT;
      const before = query.cursor === undefined ? undefined : sessionCursor(query.cursor);
      const page = { before, limit: limit + 1 };
      const found =
        query.q === undefined
          ? await pageSessions(db, identity.userId, page)
          : await searchSessions(db, identity.userId, query.q, page);
      if (query.q !== undefined && found.length === 0 && before === undefined)
        return {
          items: (await meaning(services, identity.userId, query.q)).slice(0, limit),
          next_cursor: null,
        };
      return pageOf(found, limit, (last) => `${last.last_activity_at}_${last.session_id}`);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/sessions/{id}',
    summary: 'One conversation in which something was said',
    access: 'user',
    params: byId,
    response: sessionRecord,
    handle: async ({ params, identity, services }) => {
      const found = await findSession(services.db, identity.userId, params.id);
      if (!found) throw new PulseError('not_found', MISSING);
      return found;
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/sessions/{id}',
    summary: 'Names a conversation; what is said in it later gives it no other title',
    access: 'user',
    params: byId,
    body: sessionPatch,
    response: sessionRecord,
    handle: async ({ params, body: { title }, identity: { userId }, services }) => {
      const renamed = await renameSession(services.db, userId, params.id, title);
      if (!renamed) throw new PulseError('not_found', MISSING);
      const at = services.clock.now().toISOString();
      await tell(services, userId, [{ type: 'session.renamed', session_id: params.id, title, at }]);
      return renamed;
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/sessions/{id}',
    summary:
      'Deletes a conversation with all that was said and asked in it. What was made stays, and so do its receipts. It ' +
      'can not be undone, and is refused (`session_busy`) while something is being worked on in it',
    access: 'user',
    params: byId,
    response: sessionDeleted,
    handle: async ({ params, identity: { userId }, services }) => {
      const { db, store, clock } = services;
      await deleteSession(
        {
          store,
          clock,
          forget: (owner, id, drop) => forgetSession(db, owner, id, drop),
          publishNews: (owner, news) => tell(services, owner, news),
        },
        userId,
        params.id,
      );
      return { session_id: params.id, deleted: true as const };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/sessions/{id}/turns',
    summary: 'Turns of a conversation, oldest first; pages go back in time',
    access: 'user',
    params: byId,
    query: sessionTurnsQuery,
    response: turnsPage,
    handle: async ({ params, query, identity, services }) => {
      if ((await sessionOwner(services.db, params.id)) !== identity.userId)
        throw new PulseError('not_found', MISSING);
      const limit = query.limit ?? PAGE_DEFAULT;
      const before = query.cursor === undefined ? query.before : parseCursor(turnNumber, query.cursor);
      const turns = await turnHistory(services.db, {
        userId: identity.userId,
        sessionId: params.id,
        before,
        limit,
      });
      const oldest = turns.at(-1);
      return {
        items: turns.reverse(),
        next_cursor: oldest && turns.length === limit && oldest.turn_seq > 1 ? String(oldest.turn_seq) : null,
      };
    },
  }),
];

/** What is done is done: devices that do not hear of it read their lists again sooner or later. */
async function tell(
  { redis, log }: Pick<GatewayServices, 'redis' | 'log'>,
  userId: string,
  news: readonly UserNews[],
): Promise<void> {
  try {
    await withDeadline(publishNews(redis, userId, news), REDIS_ANSWER_MS);
  } catch (error) {
    log.warn({ err: error }, 'The devices of a user could not be told of a conversation');
  }
}

/** The number of the oldest turn that was given. */
const turnNumber = z.coerce.number().int().positive();

/** Conversations go by their last activity, and by id where two have the same. */
function sessionCursor(cursor: string): { at: Date; id: string } {
  const [at, id] = cursor.split('_');
  return { at: new Date(parseCursor(instant, at)), id: parseCursor(uuid, id) };
}

/** Words were found nowhere: to look for what they mean takes a worker, and is left out where none answers at once. */
const ALIKE_MS = 1_000;

async function meaning(
  { db, requests }: GatewayServices,
  userId: string,
  text: string,
): Promise<z.infer<typeof sessionRecord>[]> {
  try {
    const { conversations } = await requests.ask(
      'nlu.alike',
      { user_id: userId, text },
      { timeoutMs: ALIKE_MS },
    );
    return conversations.length === 0 ? [] : await foundSessions(db, userId, conversations);
  } catch (error) {
    if (
      error instanceof PulseError &&
      (error.code === 'deadline_exceeded' || error.code === 'dependency_unavailable')
    )
      return [];
    throw error;
  }
}
