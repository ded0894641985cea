import { draft } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { draftPatch } from '../../../contracts/requests.ts';
import { draftsQuery, listOf } from '../../../contracts/rest.ts';
import { findDraft, pageDrafts } from '../../../db/drafts.ts';
import { changeRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const DRAFTS = { kind: 'draft', path: 'drafts' } as const;

export const draftRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/drafts',
    summary: "The user's emails, kept, on their way and sent, newest first",
    access: 'user',
    query: draftsQuery,
    response: listOf(draft),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const filter = { status: query.status };
      const found = await pageDrafts(services.db, identity.userId, filter, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
  readRoute(DRAFTS, findDraft),
  changeRoute(DRAFTS, draftPatch),
  deleteRoute(DRAFTS),
];
