import type { EntityKind, Item } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { Card } from '../../contracts/result.ts';
import type { UndoableEffect } from './ports.ts';

type TaskChange = Extract<Card, { kind: 'task' }>['data']['change'];

const CHANGE_OF = { create: 'created', update: 'updated', delete: 'deleted', restore: 'restored' } as const;

/** The card of an item as a write leaves it, where the write takes back an effect; null for what nobody looks at. */
export function cardOfUndo({ kind, item }: Item, undone: UndoableEffect, { op }: EffectWrite): Card | null {
  const change = CHANGE_OF[op];
  switch (kind) {
    case 'task':
      return { kind, data: { task: item, change: taskChange(undone, op) } };
    case 'event':
      return { kind, data: { event: item, change, beside: [] } };
    case 'reminder':
      return { kind, data: { reminder: item, change } };
    case 'contact':
      return { kind, data: { contact: item, change } };
    case 'fact':
      return { kind, data: { fact: item, change } };
    case 'draft':
      return { kind: 'email', data: { draft: item, change } };
    case 'delivery':
    case 'setting':
      return null;
  }
}

/** How a card names the change of a task; one of its state has words of its own. */
function taskChange({ before, after }: UndoableEffect, op: EffectWrite['op']): TaskChange {
  if (op !== 'update' || !before || before['status'] === after['status']) return CHANGE_OF[op];
  return before['status'] === 'done' ? 'completed' : 'reopened';
}

/** Where an execution result names the item that was changed. */
export const ID_FIELD: Readonly<Record<EntityKind, string>> = {
  task: 'task_id',
  event: 'event_id',
  reminder: 'reminder_id',
  contact: 'contact_id',
  fact: 'fact_id',
  draft: 'draft_id',
  delivery: 'delivery_id',
  setting: 'user_id',
};

/** The items that a card shows. */
export function itemsOf(card: Card): Item[] {
  switch (card.kind) {
    case 'task':
      return [{ kind: 'task', item: card.data.task }];
    case 'tasks':
      return card.data.tasks.map((item) => ({ kind: 'task', item }));
    case 'event':
      return [{ kind: 'event', item: card.data.event }];
    case 'events':
      return card.data.events.map((item) => ({ kind: 'event', item }));
    case 'reminder':
      return [{ kind: 'reminder', item: card.data.reminder }];
    case 'reminders':
      return card.data.reminders.map((item) => ({ kind: 'reminder', item }));
    case 'contact':
      return [{ kind: 'contact', item: card.data.contact }];
    case 'fact':
      return [{ kind: 'fact', item: card.data.fact }];
    case 'facts':
      return card.data.facts.map((item) => ({ kind: 'fact', item }));
    case 'email':
      return [{ kind: 'draft', item: card.data.draft }];
    default:
      return [];
  }
}
