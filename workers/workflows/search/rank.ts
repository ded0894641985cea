import type { FoundItem } from '../ports.ts';
import { split, type Terms } from './terms.ts';

/** How well a thing fits, and how much of what was looked for it has. */
export interface Ranked {
  item: FoundItem;
  score: number;
  /** From 0 to 1. */
  coverage: number;
}

/** What was only said stands behind what was made of it. */
const KIND_WEIGHT: Record<FoundItem['kind'], number> = { task: 1, event: 1, draft: 0.95, turn: 0.7 };
const IN_BODY = 0.75;
const OVER = 0.9;
const FIRST_BONUS = 0.35;
const EXTRA_BONUS = 0.05;
const PHRASE_BONUS = 0.1;

/** The best first; what has none of the words is left out. */
export function rank(items: readonly FoundItem[], terms: Terms): Ranked[] {
  return items
    .map((item) => ranked(item, terms))
    .filter(({ coverage }) => coverage > 0)
    .sort((a, b) => b.score - a.score);
}

function ranked(item: FoundItem, { core, extra, first }: Terms): Ranked {
  const [title, body] = [split(item.title), split(item.body)];
  const fits = core.map((term) => Math.max(bestFit(term, title), IN_BODY * bestFit(term, body)));
  const coverage = core.length === 0 ? 1 : fits.filter((fit) => fit > 0).length / core.length;
  const fit = core.length === 0 ? 1 : fits.reduce((sum, one) => sum + one, 0) / core.length;
  const bonus =
    extra.filter((term) => bestFit(term, [...title, ...body]) > 0).length * EXTRA_BONUS +
    (core.length > 1 && title.join(' ').includes(core.join(' ')) ? PHRASE_BONUS : 0) +
    (first.includes(item.kind) ? FIRST_BONUS : 0);
  const score = fit * KIND_WEIGHT[item.kind] * (item.isOver ? OVER : 1) * 0.9 + bonus;
  return { item, coverage, score: Math.round(Math.min(1, score) * 1000) / 1000 };
}

/** 1 for the word itself, less for another form of it or its beginning, 0 for another word. */
export function fitOf(term: string, word: string): number {
  if (word === term) return 1;
  if (stem(word) === stem(term)) return 0.95;
  if (word.startsWith(term)) return 0.8;
  const long = Math.min(word.length, term.length) >= 5;
  return long && stem(word).slice(0, 5) === stem(term).slice(0, 5) && term.startsWith(stem(word)) ? 0.7 : 0;
}

const bestFit = (term: string, words: readonly string[]): number =>
  words.reduce((best, word) => Math.max(best, fitOf(term, word)), 0);

/** Roughly: "trips", "planning" and "planned" without what was added. */
const stem = (word: string): string =>
  word.length < 4
    ? word
    : word
        .replace(/(?:ies)$/, 'y')
        .replace(/(?<=[^aeious]{2}|[aeiou][^aeious])(?:ing|ed)$/, '')
        .replace(/([^aeioul])\1$/, '$1')
        .replace(/(?:(?<=[sxz]|ch|sh)es|(?<=[^s])s)$/, '')
        .replace(/e$/, '');
