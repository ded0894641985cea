import { z } from 'zod';
import { draft, outgoing } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { draftPatch, responseOf } from '../../../contracts/requests.ts';
import { draftsQuery, listOf, pageQuery } from '../../../contracts/rest.ts';
import { findDraft, pageDrafts } from '../../../db/drafts.ts';
import { pageOutgoing } from '../../../db/mail-outbox.ts';
import { applyChange, CHANGE_PATIENCE_MS } from '../apply-change.ts';
import { changeRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { IDEMPOTENCY_KEY, IF_MATCH, ifVersion } from '../request-headers.ts';
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
      const filter = { status: query.status && [query.status] };
      const found = await pageDrafts(services.db, identity.userId, filter, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
  readRoute(DRAFTS, findDraft),
  changeRoute(DRAFTS, draftPatch, (item, fields) => ({ op: 'update_draft', ...item, fields })),
  deleteRoute(DRAFTS),
  route({
    method: 'POST',
    path: '/api/v1/drafts/{id}/send',
    summary:
      'Sends an email in 20 seconds, to the addresses of its recipients. The call is the confirmation; the receipt can be ' +
      'undone until then',
    access: 'user',
    params: z.strictObject({ id: uuid }),
    body: z.strictObject({}),
    headers: [IF_MATCH, IDEMPOTENCY_KEY],
    response: responseOf(draft),
    answerHeaders: { ETag: 'The version of the draft, for If-Match' },
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) =>
      applyChange(
        input,
        { op: 'send_draft', item_id: input.params.id, if_version: ifVersion(input.headers) },
        responseOf(draft),
      ),
  }),
  route({
    method: 'GET',
    path: '/api/v1/outbox',
    summary: "The user's emails as they have gone out, newest first",
    access: 'user',
    query: pageQuery,
    response: listOf(outgoing),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const found = await pageOutgoing(services.db, identity.userId, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => last.id);
    },
  }),
];
