import { DateTime } from 'luxon';
import { z } from 'zod';
import { sayUnderstood } from '../../../contracts/change-words.ts';
import { itemOf, titleOf as nameOf } from '../../../db/items.ts';
import { differences } from '../differences.ts';
import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import { UNDO_RECEIPTS_MAX } from '../policy.ts';
import type { UndoableEffect, UndoableReceipt } from '../ports.ts';
import { capital, count, quote, sayDate } from '../sentences.ts';
import { named } from './undo-named.ts';
import { isUndo } from './undo.ts';
import { IS_TIME, isPlan, whyPlaced } from './why-planned.ts';

/** What a receipt keeps of the understanding that led to it. */
const cause = z.object({
  source: z.string().catch('direct'),
  confidence: z.number().optional().catch(undefined),
  words: z.string().optional().catch(undefined),
  read: z
    .array(z.object({ text: z.string(), value: z.string().optional(), reason: z.string() }))
    .optional()
    .catch(undefined),
});
type Cause = z.infer<typeof cause>;
type Reading = NonNullable<Cause['read']>[number];

/** Changes that are told at once. */
const TOLD_MAX = 10;

/**
 * Why something was changed, from the receipt of it: what was done, when, the words that asked for it and how they were
 * read. No language model is asked.
 *
 * @returns null where no change is meant
 */
export async function why(work: Work): Promise<Outcome | null> {
  const { target } = work.slots;
  const receipts = await work.ports.receipts.recent(UNDO_RECEIPTS_MAX);
  const [meant] = target?.query === undefined ? receipts : aboutIt(receipts, target.query);
  // "Why friday?" is about what was done last.
  const told = meant ?? (target?.query !== undefined && IS_TIME.test(target.query) ? receipts[0] : undefined);
  if (!told) {
    if (target?.query === undefined) return { ...OUTCOME, reply: 'Nothing has been changed yet.' };
    return null;
  }
  return {
    ...OUTCOME,
    reply: [
      ...notDeleted(told, work),
      ...(isPlan(told)
        ? [...whyPlaced(told, work), `You agreed to that ${whenDone(told, work)}.`]
        : explain(told, askedFor(told, receipts), work)),
      ...undone(told, receipts),
    ].join(' '),
    executionResult: { receipt_id: told.id },
  };
}

/** The latest change of a thing that has the words in its name, or that is told in these words. */
function aboutIt(receipts: readonly UndoableReceipt[], query: string): UndoableReceipt[] {
  const withTitles = receipts
    .filter((receipt) => !isUndo(receipt))
    .map((receipt) => ({
      ...receipt,
      summary: [
        receipt.summary,
        ...receipt.effects.map(titleOf),
        ...(cause.parse(receipt.reason).read ?? []).map(({ text }) => text),
      ].join(' '),
    }));
  const [found] = named(withTitles, query);
  return receipts.filter(({ id }) => id === found?.id);
}

const titleOf = ({ kind, after }: UndoableEffect): string => nameOf(itemOf(kind, after));

/** What was put back was asked for before: the change that the undo took back. */
function askedFor(receipt: UndoableReceipt, receipts: readonly UndoableReceipt[]): UndoableReceipt {
  const before = receipts.find(({ id }) => id === receipt.undoes);
  return before && !isUndo(receipt)
    ? askedFor(receipts.find(({ id }) => id === before.undoes) ?? before, receipts)
    : receipt;
}

/** "Why did you delete the dentist?" of what is still there. */
function notDeleted({ action, effects, undone_by }: UndoableReceipt, { words, slots }: Work): string[] {
  const isGone = /^(?:delete|cancel)_/.test(action) || effects.some(({ op }) => op === 'delete');
  const [first] = effects;
  const isThere = first && !isGone && undone_by === null && slots.target?.query !== undefined;
  return isThere && DELETED.test(words) ? [`I did not delete ${quote(titleOf(first))}.`] : [];
}
const DELETED =
  /\b(?:you|u)\s+(?:just\s+)?(?:delete|cancel|erase)|\b(?:deleted|cancell?ed|erased|gone|missing)\b/i;

/** The words that asked for it, those before an answer included. */
function wordsOf({ effects }: UndoableReceipt, { words }: Cause): string | undefined {
  const asked = effects.map(({ reason }) => ASKED.exec(reason)?.groups?.['words']).find(Boolean);
  return words !== undefined && asked?.endsWith(` … ${words}`) ? asked : words;
}
const ASKED = /^you (?:asked|confirmed): "(?<words>.*)"$/s;

function explain(receipt: UndoableReceipt, asked: UndoableReceipt, work: Work): string[] {
  const { timezone, reference } = work;
  const read = cause.parse(asked.reason);
  const known = { ...read, words: wordsOf(asked, read) };
  const [first] = receipt.effects;
  const changed =
    first?.before && receipt.effects.length === 1
      ? differences(first.kind, first.before, first.after, { timezone, reference })
      : [];
  const details = changed.length > 0 ? ` (${changed.join(', ')})` : '';
  const reasons = [...new Set(receipt.effects.map(({ reason }) => reason))].filter(
    (reason) => !/^(?:you asked|undo$|changed directly)/.test(reason),
  );
  return [
    `${receipt.summary.replace(/\.$/, '')}${details}: ${because(known)}, ${whenDone(receipt, work)}.`,
    ...(known.read ?? []).flatMap((one) => sayRead(one, work)),
    ...reasons.slice(0, 3).map((reason) => `${capital(reason)}.`),
  ];
}

/** "today at 09:53", by the clock that changes are kept by. */
function whenDone({ created_at: done }: UndoableReceipt, { timezone: zone, now }: Work): string {
  const at = DateTime.fromJSDate(done, { zone });
  const today = at.hasSame(DateTime.fromJSDate(now, { zone }), 'day');
  return `${today ? 'today' : at.toFormat('cccc d LLLL', { locale: 'en' })} at ${at.toFormat('HH:mm')}`;
}

/** What a time was taken for, and by which reading; nothing where that says no more than the words. */
function sayRead({ text, value, reason }: Reading, { timezone, reference }: Work): string[] {
  const how = reason === 'as said' ? '' : reason;
  const what = value === undefined ? '' : sayDate(value, timezone, reference);
  if (!what) return how ? [`I read ${quote(text)} as ${how}.`] : [];
  return [`I read ${quote(text)} as ${what}${how && !what.startsWith(how) ? ` (${how})` : ''}.`];
}

/** Whose wish it was, in which words, and how sure it was understood. */
function because({ words, ...understood }: Cause): string {
  if (words === undefined) return 'you changed it yourself, without words';
  return `you wrote ${quote(words)}${sayUnderstood(understood)}`;
}

function undone(receipt: UndoableReceipt, receipts: readonly UndoableReceipt[]): string[] {
  const by = receipts.find(({ id }) => id === receipt.undone_by);
  return by ? ['It has been taken back since.'] : [];
}

/** What was changed last, the latest first. */
export async function changes(work: Work): Promise<Outcome> {
  const { timezone, now, words } = work;
  const all = await work.ports.receipts.recent(UNDO_RECEIPTS_MAX);
  const day = DateTime.fromJSDate(now, { zone: timezone }).startOf('day').toMillis();
  const meant = /\btoday\b/i.test(words) ? all.filter(({ created_at: at }) => at.getTime() >= day) : all;
  if (meant.length === 0) return { ...OUTCOME, reply: 'Nothing has been changed yet.' };
  const just = /\bjust\b/i.test(words) ? meant.filter(({ turn_id }) => turn_id === meant[0]?.turn_id) : meant;
  const lines = just
    .slice(0, TOLD_MAX)
    .map(({ summary, undone_by }, index) => `${index + 1}. ${summary}${undone_by ? ' (taken back)' : ''}`);
  const more = just.length > TOLD_MAX ? [`… and ${just.length - TOLD_MAX} more in your history.`] : [];
  return {
    ...OUTCOME,
    reply: [`${count(just.length, 'change')}, the latest first:`, ...lines, ...more].join('\n'),
    executionResult: { receipt_ids: just.slice(0, TOLD_MAX).map(({ id }) => id) },
  };
}
