import { z } from 'zod';
import { setting, settings } from '../../../contracts/entities.ts';
import { uuid } from '../../../contracts/ids.ts';
import { effectsResponse, responseOf, settingsPatch } from '../../../contracts/requests.ts';
import { listOf, pageQuery, receiptRecord, settingsAnswer } from '../../../contracts/rest.ts';
import { pageReceipts, type StoredReceipt } from '../../../db/receipts.ts';
import { findSettings, storedSettings } from '../../../db/users.ts';
import { applyChange, CHANGE_PATIENCE_MS } from '../apply-change.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { IDEMPOTENCY_KEY } from '../request-headers.ts';
import { route } from '../route.ts';

const byId = z.strictObject({ id: uuid });

export const accountRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/receipts',
    summary: 'Every change with what was before, after, and why; newest first',
    access: 'user',
    query: pageQuery,
    response: listOf(receiptRecord),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
      const found = await pageReceipts(services.db, identity.userId, { after, limit: limit + 1 });
      const now = services.clock.now();
      return pageOf(
        found.map((receipt) => toRecord(receipt, now)),
        limit,
        (last) => last.receipt_id,
      );
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/receipts/{id}/undo',
    summary: 'Takes a change back; that is a change too and can be undone',
    access: 'user',
    params: byId,
    headers: [IDEMPOTENCY_KEY],
    response: effectsResponse,
    answerHeaders: { ETag: 'The version of the item, where one is left' },
    patienceMs: CHANGE_PATIENCE_MS,
    handle: (input) => applyChange(input, { op: 'undo', receipt_id: input.params.id }, effectsResponse),
  }),
  route({
    method: 'GET',
    path: '/api/v1/settings',
    summary: "The user's settings",
    access: 'user',
    response: settingsAnswer,
    handle: async ({ identity: { userId }, services: { db } }) => {
      const [set, stored] = await Promise.all([findSettings(db, userId), storedSettings(db, userId)]);
      return { ...set, timezone_chosen: stored.settings['timezone'] !== undefined };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/settings',
    summary: 'Sets what is given and leaves the rest',
    access: 'user',
    body: settingsPatch,
    headers: [IDEMPOTENCY_KEY],
    response: settings,
    patienceMs: CHANGE_PATIENCE_MS,
    handle: async (input) => {
      const { body, identity, services } = input;
      const change = { op: 'update_setting', item_id: identity.userId, fields: body } as const;
      const { item } = await applyChange(input, change, responseOf(setting));
      return item?.settings ?? (await findSettings(services.db, identity.userId));
    },
  }),
];

function toRecord(receipt: StoredReceipt, now: Date): z.infer<typeof receiptRecord> {
  const open = receipt.undone_by === null && receipt.undo_until !== null && receipt.undo_until > now;
  return {
    receipt_id: receipt.id,
    turn_id: receipt.turn_id,
    session_id: receipt.session_id,
    created_at: receipt.created_at.toISOString(),
    summary: receipt.summary,
    undone: receipt.undone_by !== null,
    undoes: receipt.undoes,
    undo_until: open ? (receipt.undo_until?.toISOString() ?? null) : null,
    effects: receipt.effects.map((effect) => ({
      kind: effect.kind,
      op: effect.op,
      id: effect.item_id,
      title: nameIn(effect.after),
      reason: effect.reason,
      undo: open ? `until ${receipt.undo_until?.toISOString()}` : null,
    })),
    why: whyIn(receipt.reason),
    changes: receipt.effects.map((effect) => ({
      kind: effect.kind,
      id: effect.item_id,
      before: effect.before,
      after: effect.after,
    })),
  };
}

/** What a person calls the thing that a row is of. */
function nameIn(row: Record<string, unknown>): string {
  const name = row['title'] ?? row['subject'] ?? row['name'];
  return typeof name === 'string' ? name : '';
}

const reasonOf = receiptRecord.shape.why.extend({
  source: z.string().catch('direct'),
  words: z.string().nullable().catch(null),
  confidence: z.number().nullable().catch(null),
});
const whyIn = (reason: Record<string, unknown>): z.infer<typeof reasonOf> => reasonOf.parse(reason);
