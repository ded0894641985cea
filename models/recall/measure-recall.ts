import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutDir } from '../../core/checkout.ts';

/** One way to speak of an earlier message, with that message. */
export interface Pair {
  query: string;
  earlier: string;
}

/** How often the right message was among the first, in percent, and how near it was. */
export interface RecallScores {
  pairs: number;
  at1: number;
  at3: number;
}

/** In thirds of the pairs: with many, some and hardly any words in common. */
const BANDS = ['near', 'middle', 'far'] as const;
export type Band = (typeof BANDS)[number];

export interface RecallReport {
  all: RecallScores;
  bands: Record<Band, RecallScores>;
  /** For each threshold: right messages that pass, and queries of which something wrong passes as well, in percent. */
  thresholds: { threshold: number; right: number; wrong: number }[];
}

const THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];
const dataPath = (name: string): string => join(checkoutDir(), 'models', 'recall', 'data', name);
const linesOf = (name: string): string[] => readFileSync(dataPath(name), 'utf8').trim().split('\n');

/** Paraphrases written for this measurement and used for nothing else, in the order of the bands. */
export function readPairs(): Pair[] {
  return linesOf('pairs.tsv').map((line) => {
    const [query = '', earlier = ''] = line.split('\t');
    return { query, earlier };
  });
}

/** Messages that no query is about, many of them close to one that is. */
export const readDistractors = (): string[] => linesOf('distractors.txt');

/**
 * Looks every query up among all earlier messages and distractors.
 *
 * @param likeness of a query and a message, by their places; messages are those of the pairs, then the distractors
 */
export function measureRecall(
  pairs: readonly Pair[],
  distractors: readonly string[],
  likeness: (query: number, message: number) => number,
): RecallReport {
  const messages = pairs.length + distractors.length;
  const found = pairs.map((_, query) => {
    const own = likeness(query, query);
    const others = Array.from({ length: messages }, (__, at) => (at === query ? -1 : likeness(query, at)));
    return { own, rank: others.filter((other) => other > own).length, best: Math.max(...others) };
  });
  const third = Math.ceil(pairs.length / BANDS.length);
  const scores = (some: typeof found): RecallScores => ({
    pairs: some.length,
    at1: percent(some.filter(({ rank }) => rank < 1).length, some.length),
    at3: percent(some.filter(({ rank }) => rank < 3).length, some.length),
  });
  const [near, middle, far] = BANDS.map((_, at) => scores(found.slice(at * third, (at + 1) * third)));
  const none = scores([]);
  return {
    all: scores(found),
    bands: { near: near ?? none, middle: middle ?? none, far: far ?? none },
    thresholds: THRESHOLDS.map((threshold) => ({
      threshold,
      right: percent(found.filter(({ own }) => own >= threshold).length, found.length),
      wrong: percent(found.filter(({ best }) => best >= threshold).length, found.length),
    })),
  };
}

const percent = (some: number, all: number): number => (all === 0 ? 0 : (some / all) * 100);
