import { PulseError } from '../../contracts/errors.ts';
import type { Committed, EffectWrite, ReceiptWrite } from '../../contracts/records.ts';
import type { EffectsRequest, EffectsResponse } from '../../contracts/requests.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { Intent } from '../../contracts/intents.ts';
import type { Clock } from '../../core/clock.ts';
import { REDO, undoById } from './dialogue/undo.ts';
import { planDirectly } from './direct-changes.ts';
import { undoUntil } from './effect-classes.ts';
import { itemOf, titleOf } from '../../db/items.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import { newsOf } from '../../sessions/news.ts';
import type { Ports, UndoableReceipt } from './ports.ts';

/** What writing without words needs from outside. */
export interface EffectsDeps {
  portsOf(userId: string, now: Date): Ports;
  /** One transaction; a receipt id that exists already gives null, since the request was carried out before. */
  apply(userId: string, receipt: ReceiptWrite, at: Date): Promise<Committed['changed'] | null>;
  /** What a receipt has changed, each item as it stands now. */
  changesOf(userId: string, receiptId: string): Promise<Committed['changed']>;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
  analytics: Analytics;
  clock: Clock;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

interface Change {
  action: string;
  summary: string;
  effects: EffectWrite[];
  undoes: string | null;
}

/** How often a change that named no version is planned anew, because its item has changed in between. */
const REPLANS_MAX = 3;

/**
 * Changes without words: the same effects, receipts, version checks and undo as a turn's. What bears the same change id
 * is carried out once, however often and by however many workers it is tried.
 */
export async function applyEffects(deps: EffectsDeps, request: EffectsRequest): Promise<EffectsResponse> {
  const { user_id: userId, change_id: changeId } = request;
  const ports = deps.portsOf(userId, deps.clock.now());
  const changed = (await ports.receipts.find(changeId)) ? null : await carryOutOnce(deps, ports, request);
  // Whoever carried it out before may have died before it told anybody.
  const told = changed ?? (await deps.changesOf(userId, changeId));
  await deps.publishNews(userId, newsOf(told, deps.clock.now()));
  const stored = await ports.receipts.find(changeId);
  if (!stored) throw new Error('A receipt that was written is gone');
  return answerOf(stored);
}

/** @returns null when another worker has carried it out meanwhile */
async function carryOutOnce(
  deps: EffectsDeps,
  ports: Ports,
  request: EffectsRequest,
): Promise<Committed['changed'] | null> {
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  try {
    const changed = await carryOut(deps, ports, request);
    await deps.fault('effects-applied');
    if (changed) report(deps, request, changed, true, elapsedMs());
    return changed;
  } catch (error) {
    // It is refused for what another worker has done of it.
    if (await ports.receipts.find(request.change_id)) return null;
    if (error instanceof PulseError) report(deps, request, [], false, elapsedMs());
    throw error;
  }
}

async function carryOut(
  deps: EffectsDeps,
  ports: Ports,
  request: EffectsRequest,
): Promise<Committed['changed'] | null> {
  for (let tries = 1; ; tries += 1) {
    const now = deps.clock.now();
    const change = await plan(ports, request, now);
    const receipt: ReceiptWrite = {
      id: request.change_id,
      step: 0,
      intent: null,
      action: change.action,
      summary: change.summary,
      reason: { source: 'direct' },
      undoes: change.undoes,
      undo_until: undoUntil(change.effects, now),
      effects: change.effects,
      calendar_version: null,
    };
    try {
      return await deps.apply(request.user_id, receipt, now);
    } catch (error) {
      // Without a version the item may have been deleted meanwhile, or the change undone, which the next plan finds.
      const conflict = error instanceof PulseError && error.code === 'version_conflict';
      if (!conflict || !namesNoVersion(request) || tries > REPLANS_MAX) throw error;
    }
  }
}

const namesNoVersion = (request: EffectsRequest): boolean =>
  !('if_version' in request) || request.if_version === undefined;

const INTENT_OF: Readonly<Record<string, Intent>> = {
  task: 'task_management',
  event: 'calendar_event',
  reminder: 'reminder',
  contact: 'email',
  draft: 'email',
  fact: 'preferences',
  all_facts: 'preferences',
  setting: 'preferences',
};

function report(
  { analytics }: EffectsDeps,
  { op, user_id }: EffectsRequest,
  changed: Committed['changed'],
  success: boolean,
  duration: number,
): void {
  const intent = INTENT_OF[op.slice(op.indexOf('_') + 1)] ?? 'undo';
  analytics.capture(user_id, 'action_executed', { intent, success, duration });
  for (const change of op === 'create_task' ? changed : [])
    analytics.capture(user_id, 'task_created', { task_id: change.id, llm_enriched: false });
}

/** What was done, as it was answered then or would have been. */
function answerOf(receipt: UndoableReceipt): EffectsResponse {
  // What was asked for stands first; what follows from it comes behind.
  const [last] = receipt.effects;
  const gone = last === undefined || last.after['deleted_at'] !== null;
  const until = receipt.undo_until;
  return {
    item: gone ? null : itemOf(last.kind, last.after).item,
    receipt: {
      receipt_id: receipt.id,
      effects: receipt.effects.map((effect) => ({
        kind: effect.kind,
        op: effect.op,
        id: effect.item_id,
        title: titleOf(itemOf(effect.kind, effect.after)),
        reason: effect.reason,
        undo: until === null ? null : `until ${until.toISOString()}`,
      })),
    },
  };
}

async function plan(ports: Ports, request: EffectsRequest, now: Date): Promise<Change> {
  if (request.op !== 'undo') return { ...(await planDirectly(ports, request, now)), undoes: null };
  const outcome = await undoById(ports.receipts, request.receipt_id, now);
  if (outcome.refused) throw new PulseError(outcome.refused.code, outcome.refused.message);
  return {
    action: outcome.redoes ? REDO : 'undo',
    summary: outcome.summary,
    undoes: outcome.undoes,
    effects: outcome.effects,
  };
}
