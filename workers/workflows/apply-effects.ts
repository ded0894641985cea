import type { Task } from '../../contracts/entities.ts';
import { PulseError } from '../../contracts/errors.ts';
import type { EffectWrite, ReceiptWrite } from '../../contracts/records.ts';
import type { EffectsRequest, EffectsResponse, TaskPatch } from '../../contracts/requests.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { Committed } from '../../contracts/records.ts';
import type { Clock } from '../../core/clock.ts';
import { newsOf } from './compose-turn.ts';
import { REDO, undoById } from './dialogue/undo.ts';
import { UNDO_WINDOW_MS } from './policy.ts';
import { toTask } from '../../db/tasks.ts';
import type { Ports, UndoableReceipt } from './ports.ts';
import { columnsOf, newTask, newTaskColumns, patched } from './tasks/fields.ts';
import { quote } from './tasks/words.ts';

export interface EffectsDeps {
  portsOf(userId: string, now: Date): Ports;
  /** One transaction; a receipt id that exists already gives null, since the request was carried out before. */
  apply(userId: string, receipt: ReceiptWrite, at: Date): Promise<Committed['changed'] | null>;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
  clock: Clock;
}

interface Change {
  action: string;
  summary: string;
  effects: EffectWrite[];
  item: Task | null;
  undoes: string | null;
}

const REASON = 'changed directly';

/**
 * Changes without words: the same effects, receipts, version checks and undo as a turn's. What bears the same change id
 * is carried out once, however often and by however many workers it is tried.
 */
export async function applyEffects(deps: EffectsDeps, request: EffectsRequest): Promise<EffectsResponse> {
  const now = deps.clock.now();
  const ports = deps.portsOf(request.user_id, now);
  const earlier = await ports.receipts.find(request.change_id);
  if (earlier) return answerOf(earlier);
  try {
    await carryOut(deps, ports, request, now);
  } catch (error) {
    // Another worker has done it meanwhile, and the change is refused for what it did itself.
    const meanwhile = await ports.receipts.find(request.change_id);
    if (meanwhile) return answerOf(meanwhile);
    throw error;
  }
  const stored = await ports.receipts.find(request.change_id);
  if (!stored) throw new Error('A receipt that was written is gone');
  return answerOf(stored);
}

async function carryOut(deps: EffectsDeps, ports: Ports, request: EffectsRequest, now: Date): Promise<void> {
  const change = await plan(ports, request, now);
  const receipt: ReceiptWrite = {
    id: request.change_id,
    step: 0,
    intent: null,
    action: change.action,
    summary: change.summary,
    reason: { source: 'direct' },
    undoes: change.undoes,
    undo_until: new Date(now.getTime() + UNDO_WINDOW_MS).toISOString(),
    effects: change.effects,
  };
  const changed = await deps.apply(request.user_id, receipt, now);
  if (changed) await deps.publishNews(request.user_id, newsOf({ changed }, now));
}

/** What was done, as it was answered then or would have been. */
function answerOf(receipt: UndoableReceipt): EffectsResponse {
  const last = receipt.effects.at(-1);
  const gone = last === undefined || last.after['deleted_at'] !== null;
  const until = receipt.undo_until;
  return {
    item: gone ? null : toTask(last.after),
    receipt: {
      receipt_id: receipt.id,
      effects: receipt.effects.map((effect) => ({
        kind: effect.kind,
        op: effect.op,
        id: effect.item_id,
        title: toTask(effect.after).title,
        reason: effect.reason,
        undo: until === null ? null : `until ${until.toISOString()}`,
      })),
    },
  };
}

async function plan(ports: Ports, request: EffectsRequest, now: Date): Promise<Change> {
  switch (request.op) {
    case 'create_task': {
      const item = newTask(request.item_id, request.fields, now);
      const fields = newTaskColumns(request.fields, zoneOf(request.fields), now);
      return {
        action: 'create_task',
        summary: `Added ${quote(item.title)}`,
        item,
        undoes: null,
        effects: [{ kind: 'task', op: 'create', id: item.id, version: null, fields, reason: REASON }],
      };
    }
    case 'update_task': {
      const task = await existing(ports, request.item_id, request.if_version);
      const item = patched(task, request.fields, now);
      const fields = columnsOf(request.fields, zoneOf(request.fields), now);
      return {
        action: 'update_task',
        summary: `Changed ${quote(task.title)}`,
        item,
        undoes: null,
        effects: [{ kind: 'task', op: 'update', id: task.id, version: task.version, fields, reason: REASON }],
      };
    }
    case 'delete_task': {
      const task = await existing(ports, request.item_id, request.if_version);
      const fields = { deleted_at: now.toISOString(), updated_at: now.toISOString() };
      return {
        action: 'delete_task',
        summary: `Deleted ${quote(task.title)}`,
        item: null,
        undoes: null,
        effects: [{ kind: 'task', op: 'delete', id: task.id, version: task.version, fields, reason: REASON }],
      };
    }
    case 'undo': {
      const outcome = await undoById(ports.receipts, request.receipt_id, now);
      if (outcome.refused) throw new PulseError(outcome.refused.code, outcome.refused.message);
      const [card] = outcome.cards;
      const item = card?.kind === 'task' && card.data.change !== 'deleted' ? card.data.task : null;
      return {
        action: outcome.redoes ? REDO : 'undo',
        summary: outcome.summary,
        item,
        undoes: outcome.undoes,
        effects: outcome.effects,
      };
    }
  }
}

async function existing(ports: Ports, id: string, ifVersion: number | undefined): Promise<Task> {
  const task = await ports.tasks.find(id);
  if (!task) throw new PulseError('not_found', 'There is no such task.');
  if (ifVersion !== undefined && task.version !== ifVersion) {
    throw new PulseError(
      'version_conflict',
      `The task is at version ${task.version} now. Read it again and repeat the change.`,
    );
  }
  return task;
}

/** A due time without a zone of its own keeps the offset it was sent with. */
function zoneOf(fields: TaskPatch): string {
  const offset =
    fields.due_date && fields.due_date.length > 10
      ? /(?:Z|[+-]\d\d:\d\d)$/.exec(fields.due_date)?.[0]
      : undefined;
  return offset === undefined || offset === 'Z' ? 'utc' : `utc${offset}`;
}
