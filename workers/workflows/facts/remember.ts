import { z } from 'zod';
import { ME, type Fact } from '../../../contracts/entities.ts';
import { factName, holdsMany, sayFact } from '../../../contracts/fact-words.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { notFound } from '../references.ts';
import { number } from '../sentences.ts';
import { begun, keyOf, knownOf } from './same.ts';
import { factCard, openedOf, saidOn, sayWhole, whyOf } from './words.ts';

type Talk = NonNullable<ActParams['fact']>;
/** A fact that was told whole. */
type Told = Required<Pick<Talk, 'subject' | 'attribute' | 'value'>> & Talk;

/** Nobody tells so much; whoever does is told to clear up. */
const TOLD_MAX = 1_000;
export const REPLACE = 'replace';
export const BOTH = 'both';
export const LEAVE = 'leave';

/** "My dentist is Dr. Weber": kept beside what is known, in its place, or asked about. */
export async function remember(work: Work, talk: Talk): Promise<Step> {
  const { subject = ME, attribute, value } = talk;
  if (attribute === undefined) return ask({ slot: 'preference', question: 'What shall I remember?' });
  const facts = await work.ports.facts.list(work.reference);
  const known = knownOf(facts, subject, attribute);
  if (talk.is_over) return end(work, { ...talk, subject, attribute }, known);
  if (value === undefined)
    return ask({ slot: 'preference', question: `What is ${factName({ subject, attribute })}?` });
  const told = { ...talk, subject, attribute, value };
  const same = known.find((one) => keyOf(one.value) === keyOf(value) && isAlike(one, told));
  if (same)
    return done({
      reply: `I know that already: ${sayWhole(same, work).replace(/^Y/, 'y')}. You told me on ${saidOn(same, work)}.`,
      cards: [factCard(same, 'shown')],
      opened: openedOf(same),
    });
  if (facts.length >= TOLD_MAX)
    return notFound(
      `I keep ${number(TOLD_MAX)} things that you told me at most. Forget some of them first, for example on the page "Memory".`,
    ).step;
  return settle(work, told, begun(known, work.reference));
}

/** What is told for a while stands before what holds for good, and so do things of which there may be many. */
function settle(work: Work, told: Told, known: readonly Fact[]): Step {
  const lasting = known.filter(({ valid_until: until }) => until === null);
  const [other] = lasting;
  const isBeside = told.until !== undefined || holdsMany(told.attribute) || !other;
  if (isBeside || work.choice === BOTH) return keep(work, told, []);
  if (work.choice === LEAVE || work.confirmed === false)
    return done({ reply: `All right, I left it: ${sayFact(other)}.`, opened: openedOf(other) });
  const isMeant = work.choice === REPLACE || work.confirmed === true || work.skipped.length > 0;
  if (!told.is_change && !isMeant) return askWhich(work, told, lasting);
  return keep(work, told, lasting);
}

function askWhich(work: Work, told: Told, known: readonly Fact[]): Step {
  const [first] = known;
  const many = known.length > 1;
  const since = first ? `on ${saidOn(first, work)} ` : '';
  const others = known.map(({ value }) => value).join(' and ');
  const was = first ? sayFact({ ...first, value: others }).replace(/ is /, many ? ' are ' : ' is ') : '';
  const isPerson = told.value_kind !== 'date';
  return ask({
    slot: 'preference',
    kind: 'choice',
    question: `You told me ${since}that ${was}. Is it ${told.value_kind === 'date' ? 'on ' : ''}${told.value} now${isPerson ? ', or are there both' : ''}?`,
    choices: [
      { choice_id: REPLACE, label: 'Replace' },
      { choice_id: BOTH, label: 'Keep both' },
      { choice_id: LEAVE, label: 'Leave it' },
    ],
    // The words that are asked about are those of the fact, not "replace"; what is there now is for whoever answers with its name.
    choiceSlots: {
      [REPLACE]: { preference: { key: told.attribute, value: saidBy(work) } },
      [BOTH]: { preference: { key: told.attribute, value: saidBy(work) } },
      [LEAVE]: { preference: { key: told.attribute, value: others } },
    },
  });
}

/** What was said, and where, before the question about it. */
const before = z.object({ said: z.string(), turn: z.string() });

function saidBy({ words, turn, slots }: Pick<Work, 'words' | 'turn' | 'slots'>): z.infer<typeof before> {
  return before.safeParse(slots.preference?.value).data ?? { said: words, turn: turn.id };
}

/** The fact as it is written, and the end of what it takes the place of. */
function keep(work: Work, told: Told, replaced: readonly Fact[]): Step {
  const { fact, effect } = newFact(work, told);
  const ends = replaced.map((one) => ending(work, one, fact.valid_from));
  const [old] = replaced;
  const whole = sayWhole(fact, work);
  const reply = old
    ? `${whole} now. It was ${replaced.map(({ value }) => value).join(' and ')}.`
    : `I will remember: ${whole.replace(/^Y/, 'y')}.`;
  return done({
    reply,
    summary: old ? `Changed ${factName(fact)}` : `Remembered ${factName(fact)}`,
    effects: [effect, ...ends],
    cards: [factCard(fact, 'created')],
    titles: Object.fromEntries(replaced.map((one) => [one.id, factName(one)])),
    opened: openedOf(fact),
    executionResult: { fact_id: fact.id },
  });
}

/** A row for what was told in this turn. */
export function newFact(
  work: Pick<Work, 'now' | 'reference' | 'turn' | 'words' | 'slots' | 'newId'>,
  told: Told,
): { fact: Fact; effect: EffectWrite } {
  const { now, turn } = work;
  const { said, turn: turnId } = saidBy(work);
  const { subject, attribute, value, value_kind = 'text', from, until } = told;
  const at = now.toISOString();
  const fact: Fact = {
    id: work.newId(),
    subject,
    attribute,
    value,
    value_kind,
    said,
    turn_id: turnId,
    session_id: turn.sessionId,
    valid_from: (from === undefined ? momentOf(work) : new Date(from)).toISOString(),
    valid_until: until === undefined ? null : new Date(until).toISOString(),
    version: 1,
    created_at: at,
  };
  const { id, version: _first, ...columns } = fact;
  const fields = { ...columns, updated_at: at, deleted_at: null };
  return {
    fact,
    effect: { kind: 'fact', op: 'create', id, version: null, fields, reason: whyOf({ words: said }) },
  };
}

/** From now on, also where words count from another day: neither clock finds it in the future. */
const momentOf = ({ now, reference }: Pick<Work, 'now' | 'reference'>): Date =>
  reference < now ? reference : now;

const ending = (work: Work, one: Fact, at: string): EffectWrite => ({
  kind: 'fact',
  op: 'update',
  id: one.id,
  version: one.version,
  fields: { valid_until: at, updated_at: work.now.toISOString() },
  reason: whyOf(work),
});

/** "Dr. Weber is not my dentist any more": nothing takes its place. */
function end(
  work: Work,
  { subject, attribute, value }: Talk & { subject: string; attribute: string },
  known: readonly Fact[],
): Step {
  const meant = known.filter((one) => value === undefined || keyOf(one.value) === keyOf(value));
  const [first] = meant;
  const name = factName({ subject, attribute });
  if (!first)
    return notFound(
      value === undefined
        ? `You have not told me of ${name}, so there is nothing to change.`
        : `You have not told me that ${sayFact({ subject, attribute, value, value_kind: 'text' })}, so there is nothing to change.`,
    ).step;
  const at = momentOf(work).toISOString();
  const ended: Fact = { ...first, valid_until: at, version: first.version + 1 };
  return done({
    reply: `All right: ${meant.map((one) => one.value).join(' and ')} ${meant.length > 1 ? 'are' : 'is'} not ${name} any more.`,
    summary: `Ended ${name}`,
    effects: meant.map((one) => ending(work, one, at)),
    cards: [factCard(ended, 'updated')],
    titles: Object.fromEntries(meant.map((one) => [one.id, name])),
    executionResult: { fact_id: first.id },
  });
}

const isAlike = ({ valid_until: until }: Fact, told: Told): boolean =>
  (until === null) === (told.until === undefined);
