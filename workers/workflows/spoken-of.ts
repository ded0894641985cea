import type { SessionContext } from '../../contracts/context.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Outcome } from './outcome.ts';
import type { ActRun } from './turn-run.ts';

type Done = Extract<ActRun, { kind: 'done' }>;

/** What a session remembers of a change, for "it" and "actually 4pm". */
export function spokenOf(
  { act, slots, outcome }: Done,
  item: NonNullable<Outcome['item']>,
  receiptId: string,
  now: Date,
): NonNullable<SessionContext['last_receipt']> {
  return {
    receipt_id: receiptId,
    action: act.action,
    slots: { ...slots, ...timesOf(outcome, item.id) },
    kind: item.kind,
    item_id: item.id,
    title: item.title,
    ...(item.start !== undefined && { start: item.start }),
    at: now.toISOString(),
  };
}

/** The times as they are now, also where the act changed something else: "no, friday" keeps its hour. */
function timesOf({ cards }: Outcome, itemId: string): Slots {
  for (const card of cards) {
    if (card.kind === 'task' && card.data.task.id === itemId && card.data.task.due_date !== null)
      return { due_date: card.data.task.due_date };
    if (card.kind === 'event' && card.data.event.id === itemId)
      return { start: card.data.event.start, end: card.data.event.end };
    if (card.kind === 'reminder' && card.data.reminder.id === itemId)
      return { remind_at: card.data.reminder.remind_at };
  }
  return {};
}
