import { differences } from '../differences.ts';
import type { UndoableReceipt } from '../ports.ts';
import { quote } from '../sentences.ts';

/** A receipt that is to be taken back, or only a part of what it did. */
export interface MeantReceipt extends UndoableReceipt {
  isPart?: boolean;
}

/** Words around what is meant: "the milk task". */
const FILLER = new Set([
  'the',
  'my',
  'a',
  'an',
  'that',
  'task',
  'tasks',
  'todo',
  'change',
  'one',
  'thing',
  'about',
  'of',
]);

/** What people call a change by that has no title. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  plan_schedule: ['plan', 'planning', 'schedule', 'blocks', 'for', 'week', 'day', 'today', 'tomorrow'],
};

/** The latest receipt that the words are about. */
export function named(receipts: readonly UndoableReceipt[], words: string): UndoableReceipt[] {
  const terms =
    words
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.filter((term) => !FILLER.has(term)) ?? [];
  if (terms.length === 0) return receipts.slice(0, 1);
  const has = ({ summary, action }: UndoableReceipt): boolean => {
    const said = summary.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const own = [...said, ...(CALLED[action] ?? [])];
    // "Timezone" and "time zone" are one.
    const known = new Set([...own, ...own.map((word, index) => `${word}${own[index + 1] ?? ''}`)]);
    return terms.every(
      (term) => known.has(term) || known.has(`${term}s`) || known.has(term.replace(/s$/, '')),
    );
  };
  return receipts.filter(has).slice(0, 1);
}

/** "Leave the window repair where it was" takes back what it was moved by, and never that it was made. */
const WHERE_IT_WAS = /\b(?:where|when|how|what|as|the\s+way)\s+(?:it|they|that)\s+(?:was|were|had\s+been)\b/i;

/** The latest change of what the words name; of several that were changed together that one alone. Null for other words. */
export function asWasBefore(
  receipts: readonly UndoableReceipt[],
  query: string,
  { words, ...around }: { words: string; timezone: string; reference: Date },
): MeantReceipt[] | null {
  if (!WHERE_IT_WAS.test(words)) return null;
  for (const receipt of receipts) {
    const effects = receipt.effects.filter(
      ({ op, after }) =>
        op === 'update' && named([{ ...receipt, summary: String(after['title']) }], query).length > 0,
    );
    const [effect] = effects;
    if (!effect) continue;
    if (effects.length === receipt.effects.length) return [receipt];
    const { kind, before, after } = effect;
    const [what] = before ? differences(kind, after, before, around) : [];
    const summary = `Put back ${quote(String(after['title']))}${what === undefined ? '' : `: ${what}`}`;
    return [{ ...receipt, effects: [effect], summary, isPart: true }];
  }
  return [];
}
