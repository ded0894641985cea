import { contact } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { contactCreate, contactPatch } from '../../../contracts/requests.ts';
import { listOf, pageQuery } from '../../../contracts/rest.ts';
import { findContact, pageContacts } from '../../../db/contacts.ts';
import { changeRoute, createRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const CONTACTS = { kind: 'contact', path: 'contacts' } as const;

export const contactRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/contacts',
    summary: 'The people whom the user writes to, newest first',
    access: 'user',
    query: pageQuery,
    response: listOf(contact),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const found = await pageContacts(services.db, identity.userId, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
  readRoute(CONTACTS, findContact),
  createRoute(CONTACTS, contactCreate, (item_id, fields) => ({ op: 'create_contact', item_id, fields })),
  changeRoute(CONTACTS, contactPatch, (item, fields) => ({ op: 'update_contact', ...item, fields })),
  deleteRoute(CONTACTS),
];
