import { ME, type Fact } from '../../../contracts/entities.ts';

/** Words for the same, by the one that stands for all of them. */
const ALSO: Readonly<Record<string, string>> = {
  mum: 'mother',
  mom: 'mother',
  mummy: 'mother',
  mommy: 'mother',
  mama: 'mother',
  dad: 'father',
  daddy: 'father',
  papa: 'father',
  gp: 'doctor',
  hubby: 'husband',
  sis: 'sister',
  bro: 'brother',
  grandma: 'grandmother',
  granny: 'grandmother',
  gran: 'grandmother',
  grandpa: 'grandfather',
  grandad: 'grandfather',
  granddad: 'grandfather',
  bday: 'birthday',
  'b-day': 'birthday',
  mobile: 'phone number',
  phone: 'phone number',
  'mobile number': 'phone number',
  'cell number': 'phone number',
  number: 'phone number',
};
/** Whom people call so without "my". */
const CALLED_SO =
  /^(?:mum|mom|mummy|mommy|mama|mother|dad|daddy|papa|father|grandma|granny|gran|grandmother|grandpa|grandad|granddad|grandfather)$/i;
export const isCalledSo = (name: string): boolean => CALLED_SO.test(name.trim());

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/^(?:my|our|the|dear)\s+/, '')
    .replace(/\bfavorite\b/g, 'favourite')
    .replace(/\s+/g, ' ')
    .trim();

/** What two ways to call a thing or somebody have in common. */
export const keyOf = (words: string): string => ALSO[plain(words)] ?? plain(words);

const spelled = (words: string): string =>
  keyOf(words)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\bdoctor\b/g, 'dr')
    .replace(/\bmister\b/g, 'mr')
    .replace(/\bprofessor\b/g, 'prof')
    .replace(/[^\p{L}\p{N}@+]+/gu, ' ')
    .trim();

/** "Dr. Weber" and "doctor weber" are one, and a birthday is the same with its year or without. */
export function isSameValue(one: string, other: string): boolean {
  const [a, b] = [spelled(one), spelled(other)];
  const [dayA, dayB] = [a, b].map((value) => /^(\d{1,2} \p{L}{3,9}) \d{4}$/u.exec(value)?.[1]);
  return a === b || a === dayB || b === dayA;
}

/** "Nuts and eggs" as nuts, and eggs. */
const split = (value: string): string[] => value.split(/\s*,\s*(?:and\s+)?|\s+(?:and|or|&)\s+/i);
const partsOf = (value: string): string[] => split(value).map(spelled);

/** What is left of "nuts and eggs" without the eggs; empty where nothing is. */
export function without(value: string, gone: string): string {
  const off = new Set(partsOf(gone));
  return new Intl.ListFormat('en-GB').format(split(value).filter((part) => !off.has(spelled(part))));
}

/** Whether one names everything that the other does. */
export function covers(one: string, other: string): boolean {
  const all = new Set(partsOf(one));
  return partsOf(other).every((part) => all.has(part));
}

/**
 * All that somebody is called by: who "my sister" is, and what Ann is to the user.
 *
 * @param facts what holds
 */
export function namesOf(subject: string, facts: readonly Fact[]): ReadonlySet<string> {
  const key = keyOf(subject);
  if (key === ME) return new Set([ME]);
  const own = facts.filter((one) => one.subject === ME && one.value_kind === 'person');
  return new Set([
    key,
    ...own.filter(({ attribute }) => keyOf(attribute) === key).map(({ value }) => keyOf(value)),
    ...own.filter(({ value }) => keyOf(value) === key).map(({ attribute }) => keyOf(attribute)),
  ]);
}

/** What is known of an attribute of somebody: what holds for a while first, then the newest. */
export function knownOf(facts: readonly Fact[], subject: string, attribute: string): Fact[] {
  const names = namesOf(subject, facts);
  const key = keyOf(attribute);
  return facts
    .filter((one) => names.has(keyOf(one.subject)) && keyOf(one.attribute) === key)
    .toSorted((a, b) => Number(a.valid_until === null) - Number(b.valid_until === null));
}

/** Those that have begun by then. */
export const begun = (facts: readonly Fact[], at: Date): Fact[] =>
  facts.filter(({ valid_from: from }) => Date.parse(from) <= at.getTime());
