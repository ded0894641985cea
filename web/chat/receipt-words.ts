import type { Fact } from '../../contracts/entities.ts';
import { factName } from '../../contracts/fact-words.ts';
import type { Card, Receipt } from '../../contracts/result.ts';
import type { UnderstoodAct } from '../client/index.ts';
import { isSecret } from '../memory/secrets.ts';
import { capitalised } from '../parts/capitalised.ts';

const OPS = { create: 'Created', update: 'Changed', delete: 'Deleted', restore: 'Restored' } as const;
const FACT_OPS = {
  create: 'Remembered',
  update: 'Changed',
  delete: 'Forgot',
  restore: 'Remembered again',
} as const;

/** What a turn shows around its receipt. */
interface Around {
  cards: readonly Card[];
  understood: readonly UnderstoodAct[];
  /** A fact as this page knows it. */
  factOf: (id: string) => Fact | undefined;
}

/** What was changed, in a few words: "Created “buy milk” and 1 more", "Dentist: Dr. Weber → Dr. Kim". */
export function sayReceipt({ effects }: Receipt, around: Around): string {
  const [first] = effects;
  if (!first) return '';
  // How an email travels is no change of anybody's, and what has the same name needs no second mention.
  const more = effects
    .slice(1)
    .filter(({ kind, title }) => kind !== 'delivery' && !(kind === 'fact' && title === first.title)).length;
  const andMore = more > 0 ? ` and ${more} more` : '';
  if (first.kind === 'fact')
    return sayFacts(effects, around) ?? `${FACT_OPS[first.op]} ${first.title}${andMore}`;
  if (first.kind === 'setting') return `Changed your ${settingOf(around) ?? 'settings'}`;
  return `${OPS[first.op]} “${first.title}”${andMore}`;
}

/** Which setting was said; null where several were, or none. */
function settingOf({ understood }: Around): string | null {
  const [piece, ...others] = understood
    .flatMap(({ pieces }) => pieces)
    .filter(({ slot }) => slot === 'preference');
  return piece && others.length === 0 ? piece.label : null;
}

/** Something new, and what it took the place of; null for any other change of what was told. */
function sayFacts(effects: Receipt['effects'], { cards, factOf }: Around): string | null {
  const [made, ...ended] = effects;
  const fact = cards
    .flatMap((card) => (card.kind === 'fact' ? card.data.fact : []))
    .find(({ id }) => id === made?.id);
  const isPlain = ended.every(({ kind, op }) => kind === 'fact' && op === 'update');
  if (made?.op !== 'create' || !fact || !isPlain || isSecret(fact)) return null;
  const before = ended.flatMap(({ id }) => factOf(id)?.value ?? []);
  const name = fact.subject === 'me' ? fact.attribute : factName(fact);
  if (before.length < ended.length) return null;
  return `${capitalised(name)}: ${[before.join(' and '), fact.value].filter((value) => value !== '').join(' → ')}`;
}
