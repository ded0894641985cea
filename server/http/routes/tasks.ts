import { z } from 'zod';
import { task } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import { uuid } from '../../../contracts/ids.ts';
import { effectsResponse, taskCreate, taskPatch } from '../../../contracts/requests.ts';
import { listOf, tasksQuery } from '../../../contracts/rest.ts';
import { newId } from '../../../core/ids.ts';
import { findTask, pageTasks } from '../../../db/tasks.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const EFFECT_TIMEOUT_MS = 10_000;
const byId = z.strictObject({ id: uuid });
/** A date or an instant as the local day it names. */
const dayOf = (value: string | undefined): string | undefined => value?.slice(0, 10);

/** `If-Match: "3"` or `3`: the version that the caller has seen. */
function ifVersion(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const header = headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"?(?<version>\d{1,9})"?$/.exec(String(header).trim())?.groups?.['version'];
  if (version === undefined)
    throw new PulseError('validation_error', 'If-Match must be the version of the task, for example "3".');
  return Number(version);
}

export const taskRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/tasks',
    summary: "The user's tasks, newest first; `due_to` is exclusive",
    access: 'user',
    query: tasksQuery,
    response: listOf(task),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const filter = {
        status: query.status,
        dueFrom: dayOf(query.due_from),
        dueTo: dayOf(query.due_to),
        list: query.list,
        tags: query.tag === undefined ? undefined : [query.tag],
        priority: query.priority,
        text: query.q,
      };
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const found = await pageTasks(services.db, identity.userId, filter, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/tasks/{id}',
    summary: 'One task',
    access: 'user',
    params: byId,
    response: task,
    handle: async ({ params, identity, services }) => {
      const found = await findTask(services.db, identity.userId, params.id);
      if (!found) throw new PulseError('not_found', 'There is no such task.');
      return found;
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/tasks',
    summary: 'A new task, without words',
    access: 'user',
    body: taskCreate,
    response: effectsResponse,
    handle: ({ body, identity, services }) =>
      services.requests.ask(
        'effects.apply',
        { op: 'create_task', user_id: identity.userId, item_id: newId(), fields: body },
        { timeoutMs: EFFECT_TIMEOUT_MS },
      ),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/tasks/{id}',
    summary: 'Changes fields of a task; with If-Match only the version that the caller has seen',
    access: 'user',
    params: byId,
    body: taskPatch,
    response: effectsResponse,
    handle: ({ params, body, headers, identity, services }) => {
      if (Object.keys(body).length === 0)
        throw new PulseError('validation_error', 'There is nothing to change: give at least one field.');
      return services.requests.ask(
        'effects.apply',
        {
          op: 'update_task',
          user_id: identity.userId,
          item_id: params.id,
          if_version: ifVersion(headers),
          fields: body,
        },
        { timeoutMs: EFFECT_TIMEOUT_MS },
      );
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/tasks/{id}',
    summary: 'Deletes a task; it can be undone',
    access: 'user',
    params: byId,
    response: effectsResponse,
    handle: ({ params, headers, identity, services }) =>
      services.requests.ask(
        'effects.apply',
        { op: 'delete_task', user_id: identity.userId, item_id: params.id, if_version: ifVersion(headers) },
        { timeoutMs: EFFECT_TIMEOUT_MS },
      ),
  }),
];
