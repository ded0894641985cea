import { z } from 'zod';
import { draft } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import { uuid } from '../../../contracts/ids.ts';
import { listOf, pageQuery } from '../../../contracts/rest.ts';
import { findDraft, pageDrafts } from '../../../db/drafts.ts';
import { etagOf } from '../apply-change.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

export const draftRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/drafts',
    summary: "The user's drafts of emails, newest first",
    access: 'user',
    query: pageQuery,
    response: listOf(draft),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const found = await pageDrafts(services.db, identity.userId, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/drafts/{id}',
    summary: 'One draft',
    access: 'user',
    params: z.strictObject({ id: uuid }),
    response: draft,
    answerHeaders: { ETag: 'The version of the draft' },
    handle: async ({ params, identity, services, reply }) => {
      const found = await findDraft(services.db, identity.userId, params.id);
      if (!found) throw new PulseError('not_found', 'There is no such draft.');
      reply.header('etag', etagOf(found));
      return found;
    },
  }),
];
