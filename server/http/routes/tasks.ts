import { z } from 'zod';
import { task } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import { uuid } from '../../../contracts/ids.ts';
import { taskCreate, taskPatch, taskResponse } from '../../../contracts/requests.ts';
import { listOf, tasksQuery } from '../../../contracts/rest.ts';
import { newId } from '../../../core/ids.ts';
import { findTask, pageTasks } from '../../../db/tasks.ts';
import { applyChange, CHANGE_PATIENCE_MS, etagOf } from '../apply-change.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { IDEMPOTENCY_KEY, IF_MATCH, ifVersion } from '../request-headers.ts';
import { route } from '../route.ts';

const byId = z.strictObject({ id: uuid });
/** A date or an instant as the local day it names. */
const dayOf = (value: string | undefined): string | undefined => value?.slice(0, 10);

const VERSION_HEADER = { ETag: 'The version of the task, for If-Match' };

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
    answerHeaders: VERSION_HEADER,
    handle: async ({ params, identity, services, reply }) => {
      const found = await findTask(services.db, identity.userId, params.id);
      if (!found) throw new PulseError('not_found', 'There is no such task.');
      reply.header('etag', etagOf(found));
      return found;
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/tasks',
    summary: 'A new task, without words',
    access: 'user',
    body: taskCreate,
    headers: [IDEMPOTENCY_KEY],
    response: taskResponse,
    answerHeaders: VERSION_HEADER,
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) =>
      applyChange(input, { op: 'create_task', item_id: newId(), fields: input.body }, taskResponse),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/tasks/{id}',
    summary: 'Changes fields of a task; with If-Match only the version that the caller has seen',
    access: 'user',
    params: byId,
    body: taskPatch,
    headers: [IF_MATCH, IDEMPOTENCY_KEY],
    response: taskResponse,
    answerHeaders: VERSION_HEADER,
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) => {
      const { params, body, headers } = input;
      if (Object.keys(body).length === 0)
        throw new PulseError('validation_error', 'There is nothing to change: give at least one field.');
      const if_version = ifVersion(headers);
      return applyChange(
        input,
        { op: 'update_task', item_id: params.id, if_version, fields: body },
        taskResponse,
      );
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/tasks/{id}',
    summary: 'Deletes a task; it can be undone',
    access: 'user',
    params: byId,
    headers: [IF_MATCH, IDEMPOTENCY_KEY],
    response: taskResponse,
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) =>
      applyChange(
        input,
        { op: 'delete_task', item_id: input.params.id, if_version: ifVersion(input.headers) },
        taskResponse,
      ),
  }),
];
