import { z } from 'zod';
import { fact, ME, type Fact } from '../../../contracts/entities.ts';
import { factName, holdsMany, sayFact, saysVerb } from '../../../contracts/fact-words.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { notFound } from '../references.ts';
import { number } from '../sentences.ts';
import { movedDay } from './its-day.ts';
import { begun, covers, isSameValue, knownOf, without } from './same.ts';
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
  if (talk.is_over) return end(work, { ...talk, subject, attribute }, begun(known, work.reference), facts);
  const answered = asAnswered(work);
  const told = { ...talk, subject, attribute, value: value ?? '', ...answered };
  const isMany = holdsMany(attribute);
  const wrong = talk.was === undefined ? undefined : wrongOf(known, talk.was, isMany);
  if (told.value === '' && wrong && work.skipped.length > 0)
    return done({ reply: `All right, I left it: ${sayFact(wrong)}.`, opened: openedOf(wrong) });
  if (told.value === '')
    return ask({
      slot: 'preference',
      question: wrong
        ? `You told me that ${sayFact(wrong)}. What is right instead?`
        : `What is ${factName({ subject, attribute })}?`,
    });
  const same = known.find(
    (one) =>
      (isSameValue(one.value, told.value) || (isMany && covers(one.value, told.value))) && isAlike(one, told),
  );
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
  if (wrong) return correct(work, told, wrong);
  return settle(work, told, begun(known, work.reference));
}

/** What was wrong: as it was said, or the newest. */
const wrongOf = (known: readonly Fact[], was: string, isMany: boolean): Fact | undefined =>
  known.find(({ value }) => isSameValue(value, was)) ?? (isMany ? undefined : known[0]);

const right = z.object({ value: z.string(), value_kind: fact.shape.value_kind });

/** What was told when it was asked what is right. */
const asAnswered = ({ slots }: Work): Partial<z.infer<typeof right>> =>
  right.safeParse(slots.preference?.value).data ?? {};

/** The day of a birthday is corrected, and the year stays. */
function withYear(value: string, { value: before, value_kind: kind }: Fact): string {
  const year = /\s\d{4}$/.exec(before)?.[0];
  return kind === 'date' && year !== undefined && !/\d{4}$/.test(value) ? `${value}${year}` : value;
}

/** What was wrong never held: another value stands in its place, and no history is made of it. */
async function correct(work: Work, told: Told, wrong: Fact): Promise<Step> {
  const { value_kind = wrong.value_kind } = told;
  const value = withYear(told.value, wrong);
  const { words, turn } = work;
  const fields = { value, value_kind, said: words, turn_id: turn.id, session_id: turn.sessionId };
  const now: Fact = { ...wrong, ...fields, version: wrong.version + 1 };
  const effect: EffectWrite = {
    kind: 'fact',
    op: 'update',
    id: wrong.id,
    version: wrong.version,
    fields: { ...fields, updated_at: work.now.toISOString() },
    reason: whyOf(work),
  };
  const moved = await movedDay(work, wrong, value);
  return done({
    reply: [`Corrected: ${sayWhole(now, work).replace(/^Y/, 'y')}. I had ${wrong.value}.`, moved.told]
      .filter(Boolean)
      .join(' '),
    summary: `Corrected ${factName(wrong)}`,
    effects: [effect, ...moved.effects],
    cards: [factCard(now, 'updated')],
    titles: moved.titles,
    opened: openedOf(now),
    executionResult: { fact_id: wrong.id },
  });
}

/** What is told for a while stands before what holds for good, and so do things of which there may be many. */
async function settle(work: Work, told: Told, known: readonly Fact[]): Promise<Step> {
  const lasting = known.filter(({ valid_until: until }) => until === null);
  const [other] = lasting;
  const isBeside = told.until !== undefined || !other;
  // "Nuts and eggs" says again what "nuts" said.
  if (holdsMany(told.attribute) && told.until === undefined)
    return keep(
      work,
      told,
      lasting.filter(({ value }) => covers(told.value, value)),
      true,
    );
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
  const isDouble = told.value_kind !== 'date';
  return ask({
    slot: 'preference',
    kind: 'choice',
    question: `You told me ${since}that ${was}. Is it ${told.value_kind === 'date' ? 'on ' : ''}${told.value} now${isDouble ? ', or are there both' : ''}?`,
    choices: [
      { choice_id: REPLACE, label: 'Replace' },
      // Nobody has two birthdays.
      ...(isDouble ? [{ choice_id: BOTH, label: 'Keep both' }] : []),
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
async function keep(work: Work, told: Told, replaced: readonly Fact[], isMore = false): Promise<Step> {
  const { fact, effect } = newFact(work, told);
  const ends = replaced.map((one) => ending(work, one, fact.valid_from));
  const [old] = replaced;
  const whole = sayWhole(fact, work);
  const moved = old ? await movedDay(work, old, told.value) : { effects: [], titles: {}, told: '' };
  const reply =
    old && !isMore
      ? `${whole} now. It was ${replaced.map(({ value }) => value).join(' and ')}.`
      : `I will remember: ${whole.replace(/^Y/, 'y')}.`;
  return done({
    reply: [reply, moved.told].filter(Boolean).join(' '),
    summary: old ? `Changed ${factName(fact)}` : `Remembered ${factName(fact)}`,
    effects: [effect, ...ends, ...moved.effects],
    cards: [factCard(fact, 'created')],
    titles: { ...moved.titles, ...Object.fromEntries(replaced.map((one) => [one.id, factName(one)])) },
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
  facts: readonly Fact[],
): Step | Promise<Step> {
  const own = known.filter((one) => value === undefined || isSameValue(one.value, value));
  // "I eat meat again" ends a diet without it, where nothing else was told.
  const diets = attribute === 'not eaten' && own.length === 0 ? knownOf(facts, subject, 'diet') : [];
  const meant = own.length > 0 ? own : diets;
  const among =
    value !== undefined && meant.length === 0 ? known.find((one) => covers(one.value, value)) : undefined;
  // "Nuts and eggs" without the eggs is nuts.
  if (among && value !== undefined)
    return correct(work, { subject, attribute, move: 'save', value: without(among.value, value) }, among);
  const [first] = meant;
  const name = factName(first ?? { subject, attribute });
  if (!first)
    return notFound(
      value === undefined
        ? `You have not told me of ${name}, so there is nothing to change.`
        : `You have not told me that ${sayFact({ subject, attribute, value, value_kind: 'text' })}, so there is nothing to change.`,
    ).step;
  const at = momentOf(work).toISOString();
  const ended: Fact = { ...first, valid_until: at, version: first.version + 1 };
  return done({
    reply: saysVerb(first)
      ? `All right: it is over that ${meant.map(sayFact).join(' and that ')}.`
      : `All right: ${meant.map((one) => one.value).join(' and ')} ${meant.length > 1 ? 'are' : 'is'} not ${name} any more.`,
    summary: `Ended ${name}`,
    effects: meant.map((one) => ending(work, one, at)),
    cards: [factCard(ended, 'updated')],
    titles: Object.fromEntries(meant.map((one) => [one.id, name])),
    executionResult: { fact_id: first.id },
  });
}

const isAlike = ({ valid_until: until }: Fact, told: Told): boolean =>
  (until === null) === (told.until === undefined);
