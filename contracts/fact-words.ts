import { ME, type Fact } from './entities.ts';

type Words = Pick<Fact, 'subject' | 'attribute' | 'value' | 'value_kind'>;

/** What is said with a verb rather than as something of somebody's; of "you" and of several, and of one. */
const VERBS: Readonly<Record<string, readonly [many: string, one: string]>> = {
  allergy: ['are allergic to', 'is allergic to'],
  diet: ['are', 'is'],
  'not eaten': ["don't eat", "doesn't eat"],
  'not drunk': ["don't drink", "doesn't drink"],
  'home office': ['work from home', 'works from home'],
  likes: ['like', 'likes'],
  dislikes: ["don't like", "doesn't like"],
  home: ['live', 'lives'],
  work: ['work', 'works'],
  name: ['are called', 'is called'],
};
/** Whether it is said with a verb: "you live in Graz". */
export const saysVerb = ({ attribute }: Pick<Words, 'attribute'>): boolean => Object.hasOwn(VERBS, attribute);
const SEVERAL = /\b(?:parents|grandparents|children|kids|folks|twins|neighbou?rs|boys|girls|friends)$/i;

/** Of these several may hold side by side. */
const MANY: ReadonlySet<string> = new Set([
  'allergy',
  'not eaten',
  'not drunk',
  'home office',
  'likes',
  'dislikes',
]);
export const holdsMany = (attribute: string): boolean => MANY.has(attribute);

/** Somebody as the user calls them, said back: "my mother" is "your mother". */
export const sayWho = (subject: string): string =>
  subject === ME ? 'you' : subject.replace(/^(?:my|our)\b/i, 'your');

/** "your dentist", "Ann's birthday", "your allergy" */
export const factName = ({ subject, attribute }: Pick<Words, 'subject' | 'attribute'>): string => {
  const who = sayWho(subject);
  return `${subject === ME ? 'your' : /s$/i.test(who) ? `${who}'` : `${who}'s`} ${attribute}`;
};

/** "Your dentist is Dr. Weber", "Ann is allergic to nuts"; begins with a small letter and has no dot. */
export function sayFact(fact: Words): string {
  const { subject, attribute, value, value_kind: kind } = fact;
  const verb = VERBS[attribute];
  if (verb) {
    const isMany = subject === ME || SEVERAL.test(subject);
    return `${sayWho(subject)} ${verb[isMany ? 0 : 1]} ${value}`;
  }
  return `${factName(fact)} is ${kind === 'date' ? 'on ' : ''}${value}`;
}
