import { expect, test } from 'vitest';
import type { ReceiptRecord } from '../../web/client/index.ts';
import { foldUndos } from '../../web/history/fold-undos.ts';
import { idOf } from './session-log.ts';

const AT = '2026-11-22T14:10:00.000Z';
const receiptOf = (n: number, undoes: number | null, undone: boolean): ReceiptRecord => ({
  receipt_id: idOf(3, n),
  effects: [],
  turn_id: null,
  session_id: null,
  created_at: AT,
  summary: `change ${n}`,
  undone,
  undoes: undoes === null ? null : idOf(3, undoes),
  undo_until: null,
  why: { source: 'direct', words: null, confidence: null },
  changes: [],
});
const told = (...receipts: ReceiptRecord[]): string[] =>
  foldUndos(receipts).map(
    ({ receipt, latest, takenBack }) =>
      `${receipt.summary}${takenBack ? ', taken back' : ''}${latest === receipt ? '' : ` by ${latest.summary}`}`,
  );

test('a change and all that took it back, and brought it back, are one', () => {
  const [change, undo, redo] = [receiptOf(1, null, true), receiptOf(2, 1, true), receiptOf(3, 2, false)];
  const other = receiptOf(9, null, false);
  expect(told(other)).toEqual(['change 9']);
  expect(told(receiptOf(2, 1, false), other, change)).toEqual([
    'change 9',
    'change 1, taken back by change 2',
  ]);
  expect(told(redo, undo, change)).toEqual(['change 1 by change 3']);
  expect(told(receiptOf(4, 3, false), receiptOf(3, 2, true), undo, change)).toEqual([
    'change 1, taken back by change 4',
  ]);
});

test('what takes back a change that is not at hand stands by itself, and so does that change', () => {
  expect(told(receiptOf(2, 1, false))).toEqual(['change 2']);
  expect(told(receiptOf(1, null, true))).toEqual(['change 1, taken back']);
});
