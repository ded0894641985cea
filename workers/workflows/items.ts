import type { EntityKind } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { Card } from '../../contracts/result.ts';
import type { Item } from '../../db/items.ts';
import type { UndoableEffect } from './ports.ts';

type TaskChange = Extract<Card, { kind: 'task' }>['data']['change'];

const CHANGE_OF = { create: 'created', update: 'updated', delete: 'deleted', restore: 'restored' } as const;

/** The card of an item as a write leaves it, where the write takes back an effect. */
export function cardOfUndo({ kind, item }: Item, undone: UndoableEffect, { op }: EffectWrite): Card {
  switch (kind) {
    case 'task':
      return { kind: 'task', data: { task: item, change: taskChange(undone, op) } };
    case 'draft':
      return { kind: 'email', data: { draft: item, change: CHANGE_OF[op] } };
  }
}

/** How a card names the change of a task; one of its state has words of its own. */
function taskChange({ before, after }: UndoableEffect, op: EffectWrite['op']): TaskChange {
  if (op !== 'update' || !before || before['status'] === after['status']) return CHANGE_OF[op];
  return before['status'] === 'done' ? 'completed' : 'reopened';
}

/** Where an execution result names the item that was changed. */
export const ID_FIELD: Readonly<Record<EntityKind, string>> = { task: 'task_id', draft: 'draft_id' };

/** The items that a card shows. */
export function itemsOf(card: Card): Item[] {
  switch (card.kind) {
    case 'task':
      return [{ kind: 'task', item: card.data.task }];
    case 'tasks':
      return card.data.tasks.map((item) => ({ kind: 'task', item }));
    case 'email':
      return [{ kind: 'draft', item: card.data.draft }];
    case 'usage':
    case 'upgrade':
      return [];
  }
}
