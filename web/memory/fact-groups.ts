import { ME, type Fact } from '../../contracts/entities.ts';
import { sayFact, sayWho } from '../../contracts/fact-words.ts';
import { capitalised } from '../parts/capitalised.ts';

/** What is known of one, newest first. */
export interface FactGroup {
  key: string;
  name: string;
  facts: Fact[];
}

/** Facts that hold by whom they are about, the user first; with words only those that have them. */
export function groupFacts(facts: Iterable<Fact>, now: Date, words: string): FactGroup[] {
  const sought = words.trim().toLowerCase();
  const groups = new Map<string, FactGroup>();
  const shown = [...facts]
    .filter(({ valid_until: until }) => until === null || Date.parse(until) > now.getTime())
    .filter((fact) => `${sayFact(fact)} ${fact.attribute} ${fact.said ?? ''}`.toLowerCase().includes(sought))
    .toSorted((a, b) => Date.parse(b.valid_from) - Date.parse(a.valid_from) || (a.id < b.id ? 1 : -1));
  for (const fact of shown) {
    const key = fact.subject.toLowerCase();
    const group = groups.get(key) ?? { key, name: capitalised(sayWho(fact.subject)), facts: [] };
    group.facts.push(fact);
    groups.set(key, group);
  }
  return [...groups.values()].toSorted(
    (a, b) => Number(b.key === ME) - Number(a.key === ME) || a.name.localeCompare(b.name),
  );
}
