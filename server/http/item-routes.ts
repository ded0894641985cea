import { z } from 'zod';
import { ENTITIES, type EntityKind } from '../../contracts/entities.ts';
import { PulseError } from '../../contracts/errors.ts';
import { uuid } from '../../contracts/ids.ts';
import { responseOf } from '../../contracts/requests.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../db/connect.ts';
import { applyChange, CHANGE_PATIENCE_MS, etagOf, type Change } from './apply-change.ts';
import { IDEMPOTENCY_KEY, IF_MATCH, ifVersion } from './request-headers.ts';
import { route } from './route.ts';

const byId = z.strictObject({ id: uuid });

/** A kind of things under its own address, such as `/api/v1/tasks`. */
interface Kind {
  kind: Exclude<EntityKind, 'setting' | 'delivery'>;
  /** The last part of the address. */
  path: string;
}
/** The thing that is changed, and the version that the caller has seen. */
interface Existing {
  item_id: string;
  if_version: number | undefined;
}

const versionHeader = (kind: string): Record<string, string> => ({
  ETag: `The version of the ${kind}, for If-Match`,
});

/** `GET /things/{id}` */
export const readRoute = (
  { kind, path }: Kind,
  find: (db: Db, userId: string, id: string) => Promise<{ version: number } | null>,
) =>
  route({
    method: 'GET',
    path: `/api/v1/${path}/{id}`,
    summary: `One ${kind}`,
    access: 'user',
    params: byId,
    response: ENTITIES[kind] as z.ZodType,
    answerHeaders: versionHeader(kind),
    handle: async ({ params, identity, services, reply }) => {
      const found = await find(services.db, identity.userId, params.id);
      if (!found) throw new PulseError('not_found', `There is no such ${kind}.`);
      reply.header('etag', etagOf(found));
      return found;
    },
  });

/** `POST /things` */
export const createRoute = <F extends object>(
  { kind, path }: Kind,
  body: z.ZodType<F>,
  change: (item_id: string, fields: F) => Change,
) =>
  route({
    method: 'POST',
    path: `/api/v1/${path}`,
    summary: `A new ${kind}, without words`,
    access: 'user',
    body,
    headers: [IDEMPOTENCY_KEY],
    response: responseOf(ENTITIES[kind]),
    answerHeaders: versionHeader(kind),
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) => applyChange(input, change(newId(), input.body), responseOf(ENTITIES[kind])),
  });

/** What else a kind of things lets a change say in its query. */
interface More<Q> {
  query: z.ZodType<Q>;
  /** What it adds to the change. */
  of(query: Q): object;
}
const NOTHING_MORE: More<object> = { query: z.strictObject({}), of: () => ({}) };

/** `PATCH /things/{id}` */
export const changeRoute = <F extends object, Q = object>(
  { kind, path }: Kind,
  body: z.ZodType<F>,
  change: (item: Existing, fields: F) => Change,
  more = NOTHING_MORE as More<Q>,
) =>
  route({
    method: 'PATCH',
    path: `/api/v1/${path}/{id}`,
    summary: `Changes fields of a ${kind}; with If-Match only the version that the caller has seen`,
    access: 'user',
    params: byId,
    query: more.query,
    body,
    headers: [IF_MATCH, IDEMPOTENCY_KEY],
    response: responseOf(ENTITIES[kind]),
    answerHeaders: versionHeader(kind),
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) => {
      const { params, query, body: fields, headers } = input;
      if (Object.keys(fields).length === 0)
        throw new PulseError('validation_error', 'There is nothing to change: give at least one field.');
      const item = { item_id: params.id, if_version: ifVersion(headers) };
      return applyChange(input, { ...change(item, fields), ...more.of(query) }, responseOf(ENTITIES[kind]));
    },
  });

/** `DELETE /things/{id}` */
export const deleteRoute = <Q = object>({ kind, path }: Kind, more = NOTHING_MORE as More<Q>) =>
  route({
    method: 'DELETE',
    path: `/api/v1/${path}/{id}`,
    summary: `Deletes a ${kind}; it can be undone`,
    access: 'user',
    params: byId,
    query: more.query,
    headers: [IF_MATCH, IDEMPOTENCY_KEY],
    response: responseOf(ENTITIES[kind]),
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) =>
      applyChange(
        input,
        {
          op: `delete_${kind}`,
          item_id: input.params.id,
          if_version: ifVersion(input.headers),
          ...more.of(input.query),
        },
        responseOf(ENTITIES[kind]),
      ),
  });
