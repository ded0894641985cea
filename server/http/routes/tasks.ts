import { task } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { taskCreate, taskPatch } from '../../../contracts/requests.ts';
import { listOf, tasksQuery } from '../../../contracts/rest.ts';
import { findTask, pageTasks } from '../../../db/tasks.ts';
import { changeRoute, createRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const TASKS = { kind: 'task', path: 'tasks' } as const;
/** A date or an instant as the local day it names. */
const dayOf = (value: string | undefined): string | undefined => value?.slice(0, 10);

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
  readRoute(TASKS, findTask),
  createRoute(TASKS, taskCreate, (item_id, fields) => ({ op: 'create_task', item_id, fields })),
  changeRoute(TASKS, taskPatch, (item, fields) => ({ op: 'update_task', ...item, fields })),
  deleteRoute(TASKS),
];
