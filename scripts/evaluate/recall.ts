import {
  measureRecall,
  readDistractors,
  readPairs,
  type RecallReport,
} from '../../models/recall/measure-recall.ts';
import { RecallVectors } from '../../models/recall/recall-vectors.ts';
import type { Encoder } from '../../models/encoder/encoder.ts';
import { lookedFor } from '../../workers/nlu/recall/looked-for.ts';
import { likeness, sought } from '../../sessions/memory/memory.ts';
import { storedVector, type StoredVector } from '../../sessions/memory/vectors.ts';

/** How well earlier messages are found by other words, as they are kept and compared in the product. */
export async function judgeRecall(encoder: Encoder): Promise<RecallReport> {
  const vectors = RecallVectors.open(encoder);
  const [pairs, distractors] = [readPairs(), readDistractors()];
  const texts = [...pairs.map(({ earlier }) => earlier), ...distractors];
  const kept = await stored(vectors, texts);
  const asked = await stored(
    vectors,
    pairs.map(({ query }) => lookedFor(query)),
  );
  return measureRecall(pairs, distractors, (query, message) => {
    const [vector, other] = [asked[query], kept[message]];
    if (!vector || !other) throw new Error('A text has no vector');
    return likeness(sought(lookedFor(pairs[query]?.query ?? ''), vector), texts[message] ?? '', other);
  });
}

async function stored(vectors: RecallVectors, texts: readonly string[]): Promise<StoredVector[]> {
  const found: StoredVector[] = [];
  for (const text of texts) found.push(storedVector([await vectors.vectorOf(text)]));
  return found;
}

/** The tables of a report, in Markdown. */
export function recallText({ all, bands, thresholds }: RecallReport): string {
  const row = (name: string, { pairs, at1, at3 }: RecallReport['all']): string =>
    `| ${name} | ${pairs} | ${at1.toFixed(1)} % | ${at3.toFixed(1)} % |`;
  return [
    '| words in common | queries | right one first | among the first three |',
    '| --- | --- | --- | --- |',
    row('many', bands.near),
    row('some', bands.middle),
    row('hardly any', bands.far),
    row('all', all),
    '',
    '| likeness of at least | right messages that pass | queries that something wrong passes with |',
    '| --- | --- | --- |',
    ...thresholds.map(
      ({ threshold, right, wrong }) =>
        `| ${threshold.toFixed(2)} | ${right.toFixed(0)} % | ${wrong.toFixed(0)} % |`,
    ),
  ].join('\n');
}
