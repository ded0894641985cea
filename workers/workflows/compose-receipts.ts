import type { Act } from '../../contracts/nlu.ts';
import type { ReceiptWrite } from '../../contracts/records.ts';
import type { Receipt } from '../../contracts/result.ts';
import { titleOf } from '../../db/items.ts';
import type { ActRun, TurnRun } from './turn-run.ts';
import { REDO } from './dialogue/undo.ts';
import { undoUntil } from './effect-classes.ts';
import { itemsOf } from './items.ts';

/** One receipt for each act that changed something, with its place among the acts. */
export function receiptsOf(turn: TurnRun, actionIds: readonly string[]): (ReceiptWrite | null)[] {
  return turn.runs.map((run, step) => {
    if (run.kind !== 'done' || run.outcome.effects.length === 0) return null;
    return {
      id: turn.newId(),
      step,
      intent: run.act.intent,
      action: run.outcome.redoes ? REDO : run.act.action,
      summary: run.outcome.summary,
      reason: {
        source: run.act.source,
        confidence: run.act.confidence,
        words: run.words,
        action_id: actionIds[step],
        read: readingsOf(run.act),
      },
      undoes: run.outcome.undoes,
      undo_until: undoUntil(run.outcome.effects, turn.now),
      effects: run.outcome.effects,
      calendar_version: run.outcome.calendarVersion,
    };
  });
}

/** How its dates and hours were read, for whoever asks "why friday?". */
const readingsOf = ({ entities }: Act): { text: string; value?: string; reason: string }[] =>
  entities.flatMap(({ slot, text, readings: [taken] }) => {
    if (!taken || !TIMES.has(slot) || text === '') return [];
    const { value, reason } = taken;
    return [{ text, ...(typeof value === 'string' && slot !== 'recurrence' && { value }), reason }];
  });
const TIMES: ReadonlySet<string> = new Set([
  'due_date',
  'start',
  'end',
  'date_range',
  'remind_at',
  'recurrence',
]);

/** A receipt as a client sees it. */
export function publicReceipt(receipt: ReceiptWrite, run: Extract<ActRun, { kind: 'done' }>): Receipt {
  const titles = new Map(run.outcome.cards.flatMap(itemsOf).map((shown) => [shown.item.id, titleOf(shown)]));
  return {
    receipt_id: receipt.id,
    effects: receipt.effects.map((effect) => ({
      kind: effect.kind,
      op: effect.op,
      id: effect.id,
      title: titles.get(effect.id) ?? run.outcome.titles[effect.id] ?? run.outcome.item?.title ?? '',
      reason: effect.reason,
      undo: receipt.undo_until === null ? null : `until ${receipt.undo_until}`,
    })),
  };
}
