import { ME, type Fact } from '../../../contracts/entities.ts';
import { factName, sayWho } from '../../../contracts/fact-words.ts';
import { PulseError } from '../../../contracts/errors.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { ask, done, OUTCOME, type Outcome, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { notFound } from '../references.ts';
import type { Ports } from '../ports.ts';
import { count } from '../sentences.ts';
import { aboutOf } from './recall.ts';
import { keyOf, knownOf } from './same.ts';
import { factCard, whyOf } from './words.ts';

type Talk = NonNullable<ActParams['fact']>;

/** "Forget my dentist", "forget everything about Ann": with all that does not hold any more. */
export async function forget(work: Work, talk: Talk): Promise<Step> {
  const { subject, attribute, value } = talk;
  const all = await work.ports.facts.list();
  if (attribute !== undefined) {
    const known = knownOf(all, subject ?? ME, attribute);
    const meant = value === undefined ? known : known.filter((one) => keyOf(one.value) === keyOf(value));
    const name = factName({ subject: subject ?? ME, attribute });
    return meant.length === 0
      ? notFound(`You have not told me of ${name}, so there is nothing to forget.`).step
      : done(forgotten(work, meant, name));
  }
  const isAll = subject === undefined || subject === ME;
  const meant = isAll ? all : aboutOf(all, subject);
  const who = subject === undefined || subject === ME ? 'you' : sayWho(subject);
  if (meant.length === 0) return notFound(`You have told me nothing about ${who}.`).step;
  if (work.confirmed === false || work.choice === 'no')
    return done({ reply: 'All right, I will keep it in mind.' });
  const isBulk = isAll || needsConfirmation('delete_task', meant.length);
  if (isBulk && !work.confirmed) return askWhether(meant, who, isAll);
  return done({
    ...forgotten(work, meant, `everything about ${who}`),
    decision: isBulk ? 'CONFIRM' : 'AUTO',
  });
}

function askWhether(meant: readonly Fact[], who: string, isAll: boolean): Step {
  const what = isAll ? 'everything that you told me' : `everything about ${who}`;
  return ask({
    slot: 'preference',
    kind: 'confirm',
    replaces: true,
    question: `Forget ${what}? That is ${count(meant.length, 'thing')}${isAll ? '; your settings stay' : ''}.`,
    choices: [
      { choice_id: 'yes', label: 'Yes, forget it' },
      { choice_id: 'no', label: 'No, keep it' },
    ],
    choiceSlots: { yes: {}, no: {} },
  });
}

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

function forgotten(work: Work, facts: readonly Fact[], what: string): Partial<Outcome> {
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
