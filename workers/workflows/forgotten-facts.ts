import type { Fact } from '../../contracts/entities.ts';
import { PulseError } from '../../contracts/errors.ts';
import { factName } from '../../contracts/fact-words.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import { factCard, whyOf } from './facts/words.ts';
import { OUTCOME, type Outcome, type Work } from './outcome.ts';
import type { Ports } from './ports.ts';

/** What was told or shown by the last reply is forgotten, where "forget that" means it; null where nothing was. */
export async function forgetThat(work: Work): Promise<Outcome | null> {
  const { opened } = work.context;
  if (opened?.kind !== 'fact' || !FORGET_THAT.test(work.words)) return null;
  const all = await work.ports.facts.list();
  const fact = all.find(({ id }) => id === opened.id);
  if (!fact) return null;
  return { ...OUTCOME, ...forgotten(work, [fact], factName(fact)) };
}
const FORGET_THAT = /\bforget\s+(?:about\s+)?(?:that|this)\b/i;

/** What forgetting comes to; it can be undone. */
export function forgotten(work: Work, facts: readonly Fact[], what: string): Partial<Outcome> {
  const [first] = facts;
  return {
    reply: `I forgot ${what}. Say "undo" to bring it back.`,
    summary: `Forgot ${what}`,
    effects: facts.map((one) => deletion(one, work.now, whyOf(work))),
    cards: first && facts.length === 1 ? [factCard({ ...first, version: first.version + 1 }, 'deleted')] : [],
    titles: Object.fromEntries(facts.map((one) => [one.id, factName(one)])),
    executionResult: { forgotten: facts.length },
  };
}

function deletion({ id, version }: Fact, now: Date, reason: string): EffectWrite {
  const at = now.toISOString();
  const fields = { deleted_at: at, updated_at: at };
  return { kind: 'fact', op: 'delete', id, version, fields, reason };
}

/** Everything that was told, without words. */
export async function forgetAllFacts(
  { facts }: Ports,
  now: Date,
): Promise<{ action: string; summary: string; effects: EffectWrite[] }> {
  const all = await facts.list();
  if (all.length === 0) throw new PulseError('not_found', 'There is nothing to forget.');
  return {
    action: 'delete_all_facts',
    summary: 'Forgot everything about you',
    effects: all.map((one) => deletion(one, now, 'changed directly')),
  };
}
