import { z } from 'zod';
import { itemOf, titleOf } from '../../../db/items.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { BACK_NAME, UNDO_NAME, type Target } from '../../../contracts/slots.ts';
import { cardOfUndo, ID_FIELD } from '../items.ts';
import { ask, OUTCOME, type Outcome, type Step, type Work } from '../outcome.ts';
import type { ReceiptReader, UndoableEffect, UndoableReceipt } from '../ports.ts';
import { UNDO_RECEIPTS_MAX } from '../policy.ts';
import { number, quote } from '../sentences.ts';
import { differences } from '../differences.ts';
import { namingOverlaps } from '../undo-overlaps.ts';
import { asWasBefore, named, type MeantReceipt } from './undo-named.ts';
import { isOver, lastOf, SENT, sends, sentIn } from './undo-sent.ts';

/** The action of a receipt that took back an undo. */
export const REDO = 'redo';

/** Columns that every write sets; they are no part of what a change meant. */
const BOOKKEEPING = new Set(['version', 'updated_at']);

/** Rows as the table has them, by id; in the form that receipts keep. */
type Rows = ReadonlyMap<string, Record<string, unknown>>;

/**
 * Makes the changes that take effects back, latest effect first. Only what an effect changed is put back as it was; what
 * has changed since stays, and whether that is wanted is asked before.
 */
class Unwinder {
  private readonly rows: Map<string, Record<string, unknown>>;

  constructor(rows: Rows) {
    this.rows = new Map(rows);
  }

  /** What became of an item after the effect; null where it is as the effect left it. */
  changedSince({ item_id: id, after }: UndoableEffect): Record<string, unknown> | null {
    const row = this.rows.get(id);
    return row && !isSame(row, after) ? row : null;
  }

  /** An item as it is once what was unwound so far is taken back. */
  rowOf(id: string): Record<string, unknown> | undefined {
    return this.rows.get(id);
  }

  inverse(effect: UndoableEffect, now: Date): EffectWrite & { version: number } {
    const { kind, item_id: id, before, after } = effect;
    const row = this.rows.get(id);
    const version = Number((row ?? after)['version']);
    const deleted = { deleted_at: now.toISOString() };
    this.rows.set(id, { ...(before ?? { ...after, ...deleted }), version: version + 1 });
    if (!before) return { kind, op: 'delete', id, version, fields: deleted, reason: 'undo' };
    const fields = Object.fromEntries(
      Object.entries(before).filter(([key, value]) => !BOOKKEEPING.has(key) && differs(value, after[key])),
    );
    const [wasGone, isGone] = [before['deleted_at'] !== null, after['deleted_at'] !== null];
    return {
      kind,
      op: wasGone === isGone ? 'update' : wasGone ? 'delete' : 'restore',
      id,
      version,
      // What is deleted again is deleted now, not when it was deleted first.
      fields: { ...fields, ...(wasGone ? deleted : {}), updated_at: now.toISOString() },
      reason: 'undo',
    };
  }
}

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);
const isSame = (row: Record<string, unknown>, after: Record<string, unknown>): boolean =>
  Object.entries(after).every(([key, value]) => BOOKKEEPING.has(key) || !differs(value, row[key]));

/** Why a receipt can't be taken back, in plain words; null when it can. */
function undoObstacle(receipt: UndoableReceipt | null, now: Date): Outcome['refused'] {
  if (!receipt) return { code: 'not_found', message: NOTHING };
  if (sends(receipt) && !receipt.undone_by && isOver(receipt, now)) return SENT;
  if (receipt.undo_until === null && !receipt.undone_by)
    return { code: 'version_conflict', message: 'That can not be put back. Ask for it again.' };
  if (receipt.undone_by) return { code: 'version_conflict', message: 'That has been undone already.' };
  if (isOver(receipt, now)) return { code: 'version_conflict', message: 'That is too long ago to undo.' };
  return null;
}

/** A change that was put back is a change again, and can be undone again. */
export const isUndo = (receipt: UndoableReceipt): boolean =>
  receipt.undoes !== null && receipt.action !== REDO;

const STOPPED = 'Stopped. It was not sent, and is a draft again.';

/** What taking a receipt back comes to. */
function undoOutcome(
  receipt: MeantReceipt,
  now: Date,
  { unwinder, charge }: { unwinder: Unwinder; charge: string },
): Outcome {
  const unwound = receipt.effects
    .toReversed()
    .map((effect) => ({ effect, write: unwinder.inverse(effect, now) }));
  const redo = isUndo(receipt);
  const stops = sends(receipt);
  const what = receipt.summary.replace(/^Undone: /, '');
  const changed = unwound.toReversed().map(({ effect, write }) => {
    const left = itemOf(effect.kind, { ...(effect.before ?? effect.after), version: write.version + 1 });
    return { left, card: cardOfUndo(left, effect, write) };
  });
  const [first] = changed;
  const only = changed.length === 1 ? first?.left : undefined;
  return {
    ...OUTCOME,
    reply: receipt.isPart
      ? `${what}.`
      : redo
        ? `Put back: ${what}.`
        : stops
          ? STOPPED
          : `Undone: ${what}.${charge}`,
    summary: redo || receipt.isPart ? what : `Undone: ${what}`,
    effects: unwound.map(({ write }) => write),
    // A part of a change that goes back is a change of its own.
    undoes: receipt.isPart ? null : receipt.id,
    redoes: redo,
    cards: changed.flatMap(({ card }) => card ?? []),
    requiresTaskCard: only?.kind === 'task',
    executionResult: {
      undone_receipt_id: receipt.id,
      ...(first && { [ID_FIELD[first.left.kind]]: first.left.item.id }),
    },
    // "It" is never a fact: what was spoken of before stays so.
    item: only && only.kind !== 'fact' ? { kind: only.kind, id: only.item.id, title: titleOf(only) } : null,
  };
}

/** What "undo", "undo the last two", "undo the milk task" mean, the latest first. */
async function meant(
  reader: ReceiptReader,
  target: Target | undefined,
  { words, now, ...work }: Pick<Work, 'words' | 'now' | 'timezone' | 'reference'>,
): Promise<MeantReceipt[]> {
  const all = await reader.undoable(UNDO_RECEIPTS_MAX);
  const isBack = target?.kind === 'receipt' && target.query === BACK_NAME;
  if (RESTORES.test(words)) {
    const deletions = all.filter(isDeletion);
    return target?.query === undefined ? together(deletions, words) : named(deletions, target.query);
  }
  if (target?.kind === 'receipt' && target.query === UNDO_NAME) return together(all.filter(isUndo), words);
  if (isBack) return together(all, words).filter(takesAnything);
  const changes = all.filter((receipt) => !isUndo(receipt));
  // "All of it" is what one message did.
  if (target?.reference === 'all') {
    const turn = changes[0]?.turn_id ?? null;
    return turn === null ? changes.slice(0, 1) : changes.filter(({ turn_id }) => turn_id === turn);
  }
  if (target?.query && PUTS_BACK.test(words)) {
    const taken = changes.filter(takesAnything);
    return asWasBefore(taken, target.query, { words, ...work }) ?? named(taken, target.query);
  }
  if (target?.query)
    return asWasBefore(changes, target.query, { words, ...work }) ?? named(changes, target.query);
  if (target?.reference === 'ordinal' && target.ordinal)
    return changes.slice(target.ordinal - 1, target.ordinal);
  if (target?.reference === 'last' && target.ordinal !== undefined)
    return lastOf(reader, changes, target.ordinal, { now, lookedAt: UNDO_RECEIPTS_MAX });
  return together(changes, words);
}

/** Only what was deleted can be brought back: to take back what "milk" was added by would delete it. */
const RESTORES =
  /^\W*(?:(?:please|ok|okay|oh|no|wait|oops|actually|can you|could you)\W+)*(?:un-?delete|restore|recover|bring\s+back)\b/i;
/** "Put the bread back" where it was only added, would take it away. */
const PUTS_BACK =
  /^\W*(?:(?:please|ok|okay|oh|no|wait|oops|can you|could you)\W+)*(?:put|get|bring)\b.*\bback\b/i;
const isDeletion = ({ effects }: UndoableReceipt): boolean => effects.some(({ op }) => op === 'delete');

/** What was only added, or is back already, is nowhere that it could be put back from. */
const takesAnything = ({ effects }: UndoableReceipt): boolean =>
  effects.some(({ op }) => op !== 'create' && op !== 'restore');

/** What one message did was done together, and is taken back together unless only the last of it is meant. */
function together(receipts: readonly UndoableReceipt[], words: string): UndoableReceipt[] {
  const [last] = receipts;
  if (!last || last.turn_id === null || ONLY_LAST.test(words)) return receipts.slice(0, 1);
  return receipts.filter(({ turn_id: turn }) => turn === last.turn_id);
}
const ONLY_LAST = /\b(?:last|latest|previous)\b/i;

/** Why there is nothing to take back, and what is there instead. */
async function nothingMeant(reader: ReceiptReader, work: Work): Promise<Outcome['refused']> {
  const { slots, words } = work;
  const { target } = slots;
  const code = 'not_found';
  if (RESTORES.test(words))
    return {
      code,
      message: `Nothing ${target?.query === undefined ? '' : `called ${quote(target.query)} `}was deleted that I could bring back.`,
    };
  if (target?.query === UNDO_NAME || target?.query === BACK_NAME)
    return { code, message: 'There is nothing to put back.' };
  if (target?.query !== undefined && PUTS_BACK.test(words))
    return {
      code,
      message: `${quote(target.query)} was not taken away or moved, so there is nothing to put back.`,
    };
  const others = target?.query === undefined ? [] : await meant(reader, undefined, { ...work, words: '' });
  if (target?.query === undefined || others.length === 0) return { code, message: NOTHING };
  return {
    code,
    message: `I know of no change about ${quote(target.query)} that can be undone. Say "undo" to take back the last one.`,
  };
}
const NOTHING = 'There is nothing to undo.';

/**
 * One step for each receipt that is meant, so that each of them can be put back again. What has changed since is shown
 * and asked about.
 */
export async function undo(work: Work): Promise<Step[]> {
  const reader = work.ports.receipts;
  const { target } = work.slots;
  const byId = target?.kind === 'receipt' && target.id !== undefined ? target.id : null;
  // What came last is meant, though it can't be had.
  const isLast = byId === null && !target?.query && target?.ordinal === undefined;
  const last = isLast ? await reader.last() : null;
  if (last && sends(last) && isOver(last, work.now)) return [{ done: refused(SENT) }];
  const receipts = byId === null ? await meant(reader, target, work) : [await reader.find(byId)];
  if (receipts.length === 0) return [{ done: refused(await nothingMeant(reader, work)) }];
  const known = receipts.filter((receipt) => receipt !== null);
  const unwinder = new Unwinder(await rowsOf(reader, known));
  const steps: Step[] = [];
  // One after the other: what one takes back is what the next one left.
  const sent = new Set<string>();
  for (const receipt of receipts) {
    const gone = receipts.length > 1 && receipt ? sentIn(receipt, unwinder, work.now) : null;
    // Of one email that has left it is told once, whatever was done to it.
    if (gone && !sent.has(gone.id)) steps.push({ done: refused(gone.refused) });
    if (gone) sent.add(gone.id);
    else steps.push(await undoOne(work, receipt, unwinder));
  }
  return namingOverlaps(work, steps);
}

async function undoOne(work: Work, meant: MeantReceipt | null, unwinder: Unwinder): Promise<Step> {
  const obstacle = undoObstacle(meant, work.now) ?? sentIn(meant, unwinder, work.now)?.refused ?? null;
  if (obstacle || !meant) return { done: refused(obstacle) };
  const receipt = toTakeBack(meant, unwinder);
  if (work.confirmed === false) return { done: { ...OUTCOME, reply: 'All right, nothing was changed.' } };
  const since = work.confirmed ? null : changedSince(work, receipt, unwinder);
  if (since) {
    const meanwhile = await takenBackMeanwhile(work.ports.receipts, receipt.id, work.now);
    return meanwhile ? { done: refused(meanwhile) } : since;
  }
  const charge = await chargeWords(work.ports.receipts, receipt);
  const outcome = undoOutcome(receipt, work.now, { unwinder, charge });
  // What another act of the message plans around events sees the calendar as this one leaves it.
  const moves = outcome.effects.some(({ kind }) => kind === 'event');
  const calendarVersion = moves ? await work.ports.events.version() : null;
  return { done: { ...outcome, calendarVersion, decision: work.confirmed ? 'CONFIRM' : 'AUTO' } };
}

/**
 * What of a receipt is taken back. Of several things that were made, those that are gone by now are no obstacle: they
 * would be taken away. Whose address was learnt when an email was sent is known, whether or not it went.
 */
function toTakeBack(receipt: MeantReceipt, unwinder: Unwinder): MeantReceipt {
  const learns = sends(receipt);
  const effects = receipt.effects.filter(({ kind, before, item_id: id }) => {
    const isGone = before === null && (unwinder.rowOf(id)?.['deleted_at'] ?? null) !== null;
    return !isGone && !(learns && kind === 'contact');
  });
  return effects.length > 0 ? { ...receipt, effects } : receipt;
}

/** What has changed may be this very receipt, which another device has taken back since it was read. */
const takenBackMeanwhile = async (
  reader: ReceiptReader,
  id: string,
  now: Date,
): Promise<Outcome['refused']> => undoObstacle(await reader.find(id), now);

/** What to say where items are no longer as the receipt left them; null where they all are. */
function changedSince(work: Work, receipt: UndoableReceipt, unwinder: Unwinder): Step | null {
  const changed = receipt.effects.flatMap((effect) => {
    const row = unwinder.changedSince(effect);
    return row ? [{ effect, row, title: titleOf(itemOf(effect.kind, row)) }] : [];
  });
  const [first] = changed;
  if (!first) return null;
  const gone = changed.find(
    ({ effect, row }) => row['deleted_at'] !== null && effect.after['deleted_at'] === null,
  );
  if (gone) {
    const message = `${quote(gone.title)} has been deleted since. Bring it back first: say "restore ${gone.title}".`;
    return { done: refused({ code: 'version_conflict', message }) };
  }
  const details = changed.slice(0, 3).map(({ effect, row, title }) => {
    const back = effect.before ?? { ...effect.after, deleted_at: work.now.toISOString() };
    const told = differences(effect.kind, effect.after, row, work);
    const what = told.length > 0 ? ` (${told.join(', ')})` : '';
    return `${quote(title)} has changed since${what}${back === effect.before ? '' : ', and would be deleted'}`;
  });
  return ask({
    slot: 'target',
    kind: 'confirm',
    question: `${details.join('. ')}. Do you still want to undo "${receipt.summary}"?`,
    choices: [
      { choice_id: 'yes', label: 'Yes, undo it' },
      { choice_id: 'no', label: 'No, leave it' },
    ],
    choiceSlots: { yes: { target: { kind: 'receipt', id: receipt.id } }, no: {} },
  });
}

/** An undo gives back no tokens, and says so where a language model worded what is taken back. */
async function chargeWords(reader: ReceiptReader, { id, effects }: UndoableReceipt): Promise<string> {
  const worded = effects.some(
    ({ kind, op, after }) => kind === 'draft' && op === 'create' && after['method'] === 'llm',
  );
  const charged = worded ? await reader.charged(id) : 0;
  if (charged === 0) return '';
  return charged === 1
    ? ' The 1 token it took stays used.'
    : ` The ${number(charged)} tokens it took stay used.`;
}

/** Takes back the sending of an email that has not left yet; null when none waits. */
export async function stopSending(reader: ReceiptReader, now: Date): Promise<Outcome | null> {
  const last = await reader.last();
  return last && sends(last) && !isOver(last, now) ? undoById(reader, last.id, now) : null;
}

/** Brings back what was deleted, called off, ticked off or switched off last; null where the last change did nothing of it. */
export async function keepAfterAll(reader: ReceiptReader, now: Date): Promise<Outcome | null> {
  const [last] = await reader.undoable(1);
  const isGone = last && (REMOVES.has(last.action) || last.effects.some(takesAway));
  return isGone && !isRestored(last) ? undoById(reader, last.id, now) : null;
}
const REMOVES = new Set(['delete_task', 'cancel_event', 'complete_task']);
/** Something is gone with it, or a value that was there is there no more. */
const takesAway = ({ before, after }: UndoableEffect): boolean => {
  if (!before) return false;
  if (before['status'] !== after['status']) return after['status'] === 'done';
  const isDeleted = before['deleted_at'] === null && after['deleted_at'] !== null;
  return isDeleted || isEmptied(before, after) || isEmptied(before['settings'], after['settings']);
};
const isEmptied = (before: unknown, after: unknown): boolean => {
  const [was, is] = [values.safeParse(before).data, values.safeParse(after).data];
  return Object.entries(was ?? {}).some(
    ([key, value]) =>
      key !== 'deleted_at' && !BOOKKEEPING.has(key) && value !== null && (is?.[key] ?? null) === null,
  );
};
const values = z.record(z.string(), z.unknown());
/** An undo of a deletion has the action of the deletion. */
const isRestored = ({ effects }: UndoableReceipt): boolean => effects.some(({ op }) => op === 'restore');

const rowsOf = (reader: ReceiptReader, receipts: readonly UndoableReceipt[]): Promise<Rows> =>
  reader.rows(receipts.flatMap(({ effects }) => effects.map((effect) => effect.item_id)));

/** One certain receipt, over REST. */
export async function undoById(reader: ReceiptReader, id: string, now: Date): Promise<Outcome> {
  const found = await reader.find(id);
  const obstacle = undoObstacle(found, now);
  if (obstacle || !found) return refused(obstacle);
  const unwinder = new Unwinder(await rowsOf(reader, [found]));
  const receipt = toTakeBack(found, unwinder);
  const sent = sentIn(receipt, unwinder, now);
  if (sent) return refused(sent.refused);
  // Nobody can be asked here.
  if (receipt.effects.some((effect) => unwinder.changedSince(effect) !== null))
    return refused(
      (await takenBackMeanwhile(reader, id, now)) ?? {
        code: 'version_conflict',
        message: 'It has changed since then. Take back the later change first, or change it yourself.',
      },
    );
  return undoOutcome(receipt, now, { unwinder, charge: await chargeWords(reader, receipt) });
}

function refused(reason: Outcome['refused']): Outcome {
  return { ...OUTCOME, reply: reason?.message ?? '', decision: 'REFUSE', refused: reason };
}
