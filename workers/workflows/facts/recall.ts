import { ME, type Fact, type Settings } from '../../../contracts/entities.ts';
import { factName, sayFact, saysVerb, sayWho } from '../../../contracts/fact-words.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { notFound } from '../references.ts';
import { saySetting } from '../setting-words.ts';
import { capital, count } from '../sentences.ts';
import { begun, keyOf, knownOf, namesOf } from './same.ts';
import { factCard, openedOf, saidOn, sayNext, sayWhole } from './words.ts';

type Talk = NonNullable<ActParams['fact']>;

const SHOWN_MAX = 20;

/** "Who is my dentist?" */
export async function findFacts(work: Work, talk: Talk): Promise<Step> {
  const { subject = ME, attribute } = talk;
  if (attribute === undefined) return listFacts(work, talk);
  if (talk.is_over) return findFormer(work, subject, attribute);
  const facts = await work.ports.facts.list(work.reference);
  const known =
    attribute === MEALS
      ? facts.filter((one) => one.subject === ME && IS_MEAL.test(one.attribute))
      : knownOf(facts, subject, attribute);
  const name = factName({ subject, attribute });
  const [first] = begun(known, work.reference).length > 0 ? begun(known, work.reference) : known;
  if (!first) return unknown(work, subject, attribute, name);
  const now = begun(known, work.reference);
  // What holds for a while stands for what holds for good.
  const told = now.length === 0 ? [first] : first.valid_until === null ? now : [first];
  const reply =
    told.length === 1
      ? `${sayWhole(first, work)}${sayNext(first, work)}. You told me on ${saidOn(first, work)}.`
      : [
          `You told me ${count(told.length, 'thing')}:`,
          ...told.map((one) => `• ${sayWhole(one, work)} (${saidOn(one, work)})`),
        ].join('\n');
  return done({
    reply,
    cards: told.length === 1 ? [factCard(first, 'shown')] : [listCard(told, capital(name))],
    ...(told.length === 1 && { opened: openedOf(first) }),
    executionResult: { total: told.length },
  });
}

const MEALS = 'meals';
const IS_MEAL = /^(?:breakfast|lunch|dinner|supper)$/;

/** "Who was my dentist before?" */
async function findFormer(work: Work, subject: string, attribute: string): Promise<Step> {
  const all = knownOf(await work.ports.facts.list(), subject, attribute);
  const [last, ...others] = all
    .filter(({ valid_until: until }) => until !== null && Date.parse(until) <= work.reference.getTime())
    .toSorted((a, b) => Date.parse(b.valid_until ?? '') - Date.parse(a.valid_until ?? ''));
  const name = factName({ subject, attribute });
  const [now] = begun(all, work.reference);
  if (!last)
    return now
      ? done({
          reply: `I know of none before: ${sayWhole(now, work).replace(/^Y/, 'y')}, as you told me on ${saidOn(now, work)}.`,
          cards: [factCard(now, 'shown')],
          executionResult: { total: 0 },
        })
      : notFound(`You have not told me of ${name}.`).step;
  const before = others.length > 0 ? ` Before that: ${others.map(({ value }) => value).join(', ')}.` : '';
  return done({
    reply: `${saidAsWas(last, work)}.${before}`,
    cards: [factCard(last, 'shown')],
    executionResult: { total: others.length + 1 },
  });
}

/** "Your dentist was Dr. Weber until Tuesday 3 November" */
const saidAsWas = (fact: Fact, work: Work): string =>
  saysVerb(fact)
    ? `It was so${/ until .*$/.exec(sayWhole(fact, work))?.[0] ?? ''} that ${sayFact(fact)}`
    : sayWhole(fact, work).replace(/ is (?=\S)/, ' was ');

async function unknown(work: Work, subject: string, attribute: string, name: string): Promise<Step> {
  const past = knownOf(await work.ports.facts.list(), subject, attribute);
  const [last] = past;
  if (last)
    return done({
      reply: `I don't know ${name} now. ${saidAsWas(last, work)}.`,
      cards: [factCard(last, 'shown')],
      opened: openedOf(last),
      executionResult: { total: 0 },
    });
  return notFound(`You have not told me of ${name}. Say for example "${ownWords(subject, attribute)} …".`)
    .step;
}

const ownWords = (subject: string, attribute: string): string =>
  attribute === 'allergy'
    ? subject === ME
      ? "I'm allergic to"
      : `${subject} is allergic to`
    : `${subject === ME ? 'my' : `${subject}'s`} ${attribute} is`;

/** "What do you know about me?", "what do you know about Ann?", or all that was told. */
export async function listFacts(work: Work, { subject }: Talk): Promise<Step> {
  const facts = await work.ports.facts.list(work.reference);
  const settings = subject === undefined || subject === ME ? await settingsSaid(work) : [];
  const told = subject === undefined || subject === ME ? facts : aboutOf(facts, subject);
  const addresses = subject === undefined || subject === ME ? [] : await addressesOf(work, subject, facts);
  if (told.length === 0 && settings.length === 0 && addresses.length === 0)
    return subject === undefined || subject === ME
      ? done({
          reply:
            'You have told me nothing about you yet. Say for example "my dentist is Dr. Weber" or "I never work on fridays".',
          executionResult: { total: 0 },
        })
      : notFound(
          `You have told me nothing about ${sayWho(subject)}. Say for example "${subject}'s birthday is on may 3rd".`,
        ).step;
  const own = told.filter((one) => one.subject === ME);
  const others = told.filter((one) => one.subject !== ME);
  const shown = [...own, ...others].slice(0, SHOWN_MAX);
  const who = subject === undefined ? 'you' : sayWho(subject);
  const lines = [
    ...shown.map((one) => `• ${sayWhole(one, work)}${sayNext(one, work)}, told on ${saidOn(one, work)}`),
    ...(told.length > shown.length ? [`… and ${told.length - shown.length} more.`] : []),
    ...addresses.map((line) => `• ${line}`),
    ...settings.map((line) => `• ${line.replace(/\.$/, '')}, as set`),
  ];
  const [only] = told;
  return done({
    reply: [`This is what I know about ${who}:`, ...lines].join('\n'),
    cards: shown.length > 0 ? [listCard(shown, `What I know about ${who}`, told.length)] : [],
    ...(only && told.length === 1 && settings.length + addresses.length === 0 && { opened: openedOf(only) }),
    executionResult: { total: told.length },
  });
}

/** What is told of somebody, and what they are to the user. */
export function aboutOf(facts: readonly Fact[], subject: string): Fact[] {
  const names = namesOf(subject, facts);
  return facts.filter(
    (one) =>
      names.has(keyOf(one.subject)) ||
      (one.subject === ME &&
        one.value_kind === 'person' &&
        (names.has(keyOf(one.value)) || names.has(keyOf(one.attribute)))),
  );
}

/** What is in the contacts of somebody, whatever they are called. */
async function addressesOf({ ports }: Work, subject: string, facts: readonly Fact[]): Promise<string[]> {
  const names = [...namesOf(subject, facts)];
  const found = await Promise.all(
    names.map(async (name) =>
      (await ports.contacts.match(name, CONTACTS_MAX)).filter((one) => keyOf(one.name) === name),
    ),
  );
  return found
    .flat()
    .flatMap(({ name, address }) =>
      address === null ? [] : [`${factName({ subject: name, attribute: 'email address' })} is ${address}`],
    );
}
const CONTACTS_MAX = 5;

/** What was set is known as well: "I never work on fridays" is one. */
async function settingsSaid({ ports }: Work): Promise<string[]> {
  const [{ settings: set }, settings] = await Promise.all([ports.settings.stored(), ports.settings.read()]);
  const isKey = (name: string): name is keyof Settings => Object.hasOwn(settings, name);
  return Object.keys(set)
    .filter(isKey)
    .map((name) => saySetting(name, settings));
}

const listCard = (facts: readonly Fact[], title: string, total = facts.length) => ({
  kind: 'facts' as const,
  data: { facts: [...facts], total, title },
});
