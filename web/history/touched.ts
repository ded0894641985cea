import type { ReceiptRecord } from '../client/index.ts';
import { differencesOf, isTold, type Difference } from './change-words.ts';

/** The things that a change touched, each once: blocks of one task that go together are one line. */
export interface Touched {
  readonly key: string;
  /** Its name, and what it is where other kinds stand beside it. */
  readonly name: string;
  readonly gone: boolean;
  /** How many it stands for. */
  readonly count: number;
  readonly differences: readonly Difference[];
}

type Change = ReceiptRecord['changes'][number];
const KINDS: Readonly<Record<string, string>> = {
  task: 'task',
  event: 'event',
  reminder: 'reminder',
  draft: 'email',
  contact: 'contact',
  fact: 'memory',
};

/** What is to be told of a change. */
export function touchedBy(
  { changes, effects }: Pick<ReceiptRecord, 'changes' | 'effects'>,
  now: Date,
): Touched[] {
  const own = changes.flatMap((change, index) =>
    isTold(change.kind) ? [{ change, effect: effects[index] }] : [],
  );
  const kinds = new Set(own.map(({ change }) => nounOf(change)));
  const lines = own.map(({ change, effect }): Touched => {
    const gone = effect?.op === 'delete';
    const noun = nounOf(change);
    const title = effect?.title ?? '';
    return {
      key: change.id,
      name: [title === '' ? 'It' : title, kinds.size > 1 && noun !== '' ? ` (${noun})` : ''].join(''),
      gone,
      count: 1,
      differences: gone ? [] : differencesOf(change, now),
    };
  });
  return lines.reduce<Touched[]>((all, line) => {
    const index = all.findIndex((one) => isSameLine(one, line));
    const known = all[index];
    return known ? all.with(index, { ...known, count: known.count + 1 }) : [...all, line];
  }, []);
}

const nounOf = ({ kind, after, before }: Change): string =>
  (after ?? before)?.['calendar'] === 'plan' ? 'planned time' : (KINDS[kind] ?? '');

const isSameLine = (one: Touched, other: Touched): boolean =>
  one.name === other.name &&
  one.gone === other.gone &&
  one.differences.length + other.differences.length === 0;
