import { ME, type Fact } from '../../contracts/entities.ts';
import { sayFact } from '../../contracts/fact-words.ts';
import type { Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Work } from './outcome.ts';
import type { Ports } from './ports.ts';
import { capital } from './sentences.ts';
import { begun, isCalledSo, keyOf, knownOf } from './facts/same.ts';
import { saidOn } from './facts/words.ts';

type Here = Pick<Work, 'ports' | 'timezone' | 'reference'>;

/** Slots with what the user's own words for people and places stand for, and the facts that say so. */
interface Known {
  slots: Slots;
  used: readonly Fact[];
}

/** Actions that are about people and places; others only look for what is there by the words it has. */
const ABOUT: ReadonlySet<Action> = new Set([
  'create_event',
  'update_event',
  'find_time',
  'draft_email',
  'send_email',
  'set_reminder',
  'create_task',
]);
/** Whose they are, as people say it: "my dentist", "Ann's husband". */
const THEIRS = /^(?:(?<whose>\p{L}[^'’]*)['’]s?\s+(?<of>\S.*)|(?:my|our|the)\s+(?<own>\S.*))$/iu;
const SOMEWHERE = /^(?:(?:my|our|the)\s+)?(?<place>\S.*)$/i;
const MAY_BE_KNOWN = /\b(?:my|our|the)\s|['’]s?\s/i;

/** "Lunch with my dentist at my gym" is with Dr. Weber on Main Street, where that was told. */
export async function asKnown(
  { action, params }: Pick<Act, 'action' | 'params'>,
  slots: Slots,
  { ports, reference }: Here,
): Promise<Known> {
  if (action === 'list_events' && params?.fact?.attribute !== undefined) {
    const { subject = ME, attribute } = params.fact;
    const facts = begun(await ports.facts.list(reference), reference);
    return { slots, used: knownOf(facts, subject, attribute).slice(0, 1) };
  }
  const said = [slots.participants, slots.recipient, slots.title].flat().join(' | ');
  const isNamed =
    MAY_BE_KNOWN.test(said) ||
    slots.location !== undefined ||
    [slots.participants, slots.recipient].flat().some((name) => isCalledSo(name ?? ''));
  if (!ABOUT.has(action) || !isNamed) return { slots, used: [] };
  const facts = begun(await ports.facts.list(reference), reference);
  if (facts.length === 0) return { slots, used: [] };
  const used = new Set<Fact>();
  const take = (fact: Fact): string => {
    used.add(fact);
    return fact.value;
  };
  const people = async (names: readonly string[]): Promise<string[]> =>
    Promise.all(
      names.map(async (name) => {
        const fact = personOf(name, facts);
        return fact && !(await isContact(ports, name)) ? take(fact) : name;
      }),
    );
  const participants = slots.participants && (await people(slots.participants));
  const recipient = slots.recipient && (await people(slots.recipient));
  const place = slots.location === undefined ? null : placeOf(slots.location, facts);
  const title = slots.title === undefined ? undefined : titled(slots.title, action, facts, take);
  return {
    slots: {
      ...slots,
      ...(participants && { participants }),
      ...(recipient && { recipient }),
      ...(place && { location: take(place).replace(/^(?:on|in|at)\s+(?:the\s+)?/i, '') }),
      ...(title !== undefined && { title }),
    },
    used: [...used],
  };
}

/** Why somebody or some place is meant that was not named. */
export const whyKnown = (used: readonly Fact[], here: Here): string =>
  used.map((fact) => `${capital(sayFact(fact))}, as you told me on ${saidOn(fact, here)}.`).join(' ');

function personOf(name: string, facts: readonly Fact[]): Fact | undefined {
  const bare = isCalledSo(name) ? name : undefined;
  const { own = bare, whose = ME, of = own } = THEIRS.exec(name.trim())?.groups ?? {};
  if (of === undefined) return undefined;
  const known = knownOf(facts, whose, of).filter(({ value_kind: kind }) => kind === 'person');
  // Of two dentists neither is meant for sure.
  return known.length === 1 || known[0]?.valid_until ? known[0] : undefined;
}

function placeOf(location: string, facts: readonly Fact[]): Fact | undefined {
  const place = SOMEWHERE.exec(location.trim())?.groups?.['place'] ?? '';
  const known = facts.filter(
    (one) => one.subject === ME && one.value_kind === 'place' && keyOf(one.attribute) === keyOf(place),
  );
  return known.length === 1 ? known[0] : undefined;
}

/** Who has an address under the words themselves needs no other name. */
async function isContact({ contacts }: Ports, name: string): Promise<boolean> {
  const known = await contacts.match(keyOf(name), 3);
  return known.some((one) => keyOf(one.name) === keyOf(name) && one.address !== null);
}

/** Where it is to be read again, as "call my dentist (Dr. Weber)"; an event is with whoever it is. */
function titled(title: string, action: Action, facts: readonly Fact[], take: (fact: Fact) => string): string {
  const found = facts.filter((one) => one.value_kind === 'person');
  return found.reduce((words, fact) => {
    const isOwn = fact.subject === ME;
    if (personOf(isOwn ? `my ${fact.attribute}` : `${fact.subject}'s ${fact.attribute}`, facts) !== fact)
      return words;
    const [name, owner] = [fact.attribute, fact.subject].map((one) => one.replace(/[^\p{L}\p{N}\s-]/gu, ''));
    const whose = isOwn ? '(?:my|our)' : `${owner}['’]s?`;
    const phrase = new RegExp(String.raw`\b${whose}\s+${name}(?=$|[,.;!?]|\s+(?:${BEHIND})\b)`, 'iu');
    if (!phrase.test(words)) return words;
    const value = take(fact);
    return words.replace(phrase, (said) =>
      action === 'create_event' || action === 'find_time' ? value : `${said} (${value})`,
    );
  }, title);
}
const BEHIND = 'about|for|and|or|to|at|on|in|with|that|if|because|before|after|back|again|re|regarding';

/** Who is meant by "my boss", for what is looked up by name; null where nobody was told. */
export async function whoIs(
  name: string,
  { ports, reference }: Pick<Work, 'ports' | 'reference'>,
): Promise<Fact | null> {
  if (!MAY_BE_KNOWN.test(name) && !isCalledSo(name)) return null;
  const fact = personOf(name, begun(await ports.facts.list(reference), reference));
  return fact && !(await isContact(ports, name)) ? fact : null;
}

/** What the user is called, for the end of an email; null where it was not told. */
export async function ownName({
  ports,
  reference,
}: Pick<Work, 'ports' | 'reference'>): Promise<string | null> {
  const facts = begun(await ports.facts.list(reference), reference);
  return knownOf(facts, ME, 'name')[0]?.value ?? null;
}

const MEAL = /\b(?<meal>breakfast|lunch|dinner|supper)\b/i;

/** "I usually have lunch at 12:30", as `HH:mm`; null where words name no meal, or nothing was told of it. */
export async function mealClock(
  { ports, reference }: Pick<Work, 'ports' | 'reference'>,
  words: string,
): Promise<string | null> {
  const meal = MEAL.exec(words)?.groups?.['meal'];
  if (meal === undefined) return null;
  const [told] = knownOf(begun(await ports.facts.list(reference), reference), ME, meal);
  return /\b\d\d:\d\d$/.exec(told?.value ?? '')?.[0] ?? null;
}
