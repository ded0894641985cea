import { fact } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { effectsResponse, factPatch } from '../../../contracts/requests.ts';
import { listOf, memoryQuery } from '../../../contracts/rest.ts';
import { findFact, pageFacts } from '../../../db/facts.ts';
import { applyChange, CHANGE_PATIENCE_MS } from '../apply-change.ts';
import { changeRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { IDEMPOTENCY_KEY } from '../request-headers.ts';
import { route } from '../route.ts';

const MEMORY = { kind: 'fact', path: 'memory' } as const;

/** What the user has told about themselves and others. It is told in words, so nothing is made here. */
export const memoryRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/memory',
    summary: 'What the user has told, newest first; with `past=true` also what does not hold any more',
    access: 'user',
    query: memoryQuery,
    response: listOf(fact),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const at = query.past === 'true' ? undefined : services.clock.now();
      const page = { after, limit: limit + 1, at, text: query.q };
      return pageOf(await pageFacts(services.db, identity.userId, page), limit, (last) => last.id);
    },
  }),
  readRoute(MEMORY, findFact),
  changeRoute(MEMORY, factPatch, (item, fields) => ({ op: 'update_fact', ...item, fields })),
  deleteRoute(MEMORY),
  route({
    method: 'DELETE',
    path: '/api/v1/memory',
    summary: 'Forgets everything that the user has told; it can be undone',
    access: 'user',
    headers: [IDEMPOTENCY_KEY],
    response: effectsResponse,
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) => applyChange(input, { op: 'delete_all_facts' }, effectsResponse),
  }),
];
