import { reminder } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { reminderPatch } from '../../../contracts/requests.ts';
import { listOf, remindersQuery } from '../../../contracts/rest.ts';
import { findReminder, pageReminders } from '../../../db/reminders.ts';
import { changeRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const REMINDERS = { kind: 'reminder', path: 'reminders' } as const;

export const reminderRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/reminders',
    summary: "The user's reminders, newest first",
    access: 'user',
    query: remindersQuery,
    response: listOf(reminder),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const filter = { status: query.status && [query.status] };
      const found = await pageReminders(services.db, identity.userId, filter, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
  readRoute(REMINDERS, findReminder),
  changeRoute(REMINDERS, reminderPatch, (item, fields) => ({ op: 'update_reminder', ...item, fields })),
  deleteRoute(REMINDERS),
];
