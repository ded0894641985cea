import { entityKind, type EntityKind } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import { UNDO_WINDOW_MS } from './policy.ts';

/**
 * How an effect is taken back: by writing what was before; by stopping what it has ordered, as long as that has not
 * begun; or not at all.
 */
export type EffectClass = 'reversible' | 'compensable' | 'irreversible';

type Op = EffectWrite['op'];
const KEPT_HERE: Record<Op, EffectClass> = {
  create: 'reversible',
  update: 'reversible',
  delete: 'reversible',
  restore: 'reversible',
};

/** A call to the outside world that was stopped has lost its delay and its confirmation: it is not begun again. */
const CLASSES: Record<EntityKind, Record<Op, EffectClass>> = {
  task: KEPT_HERE,
  event: KEPT_HERE,
  reminder: KEPT_HERE,
  draft: KEPT_HERE,
  contact: KEPT_HERE,
  fact: KEPT_HERE,
  setting: KEPT_HERE,
  delivery: {
    create: 'compensable',
    update: 'irreversible',
    delete: 'irreversible',
    restore: 'irreversible',
  },
};

/** @throws on a kind that is none */
export const classOf = ({ kind, op }: Pick<EffectWrite, 'kind' | 'op'>): EffectClass =>
  CLASSES[entityKind.parse(kind)][op];

/**
 * Until when effects can be taken back together, as an instant: a day, or what they have ordered begins before; null
 * where one of them can't be taken back.
 */
export function undoUntil(effects: readonly EffectWrite[], now: Date): string | null {
  let until = now.getTime() + UNDO_WINDOW_MS;
  for (const effect of effects) {
    const effectClass = classOf(effect);
    if (effectClass === 'irreversible') return null;
    const begins = effectClass === 'compensable' ? effect.fields['not_before'] : undefined;
    if (typeof begins === 'string') until = Math.min(until, Date.parse(begins));
  }
  return new Date(until).toISOString();
}
