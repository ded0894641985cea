import { join } from 'node:path';
import { encoderModel, LOCAL_MODEL } from '../../../models/encoder/encoder-model.ts';
import { Encoder } from '../../../models/encoder/encoder.ts';
import { RecallVectors } from '../../../models/recall/recall-vectors.ts';
import type { Plan } from '../plan.ts';
import { fixed, table } from '../report.ts';
import type { BenchScene } from '../run-bench.ts';
import { percentile } from '../statistics.ts';
import { writeTables } from '../write-tables.ts';
import { searchByBits, searchWithVectors, type Looks, type Volume } from './search.ts';
import { measureTurns } from './turns.ts';

const VOLUME: Volume = { own: 100_000, others: 100, people: 100 };
const QUICK_VOLUME: Volume = { own: 10_000, others: 100, people: 10 };
const PGLITE_TURNS = { full: 3_000, quick: 600 };
const ROUNDS = { full: 200, quick: 40 };

/** What remembering adds to a turn, how soon earlier turns are found, and how many are stored. */
export async function benchMemory(plan: Plan, { stacks, dir, lifecycle, say }: BenchScene): Promise<string> {
  say('Turns with and without memory');
  const turns = await measureTurns(stacks, plan.quick ? ROUNDS.quick : ROUNDS.full);
  await stacks.close();
  const encoder = await Encoder.start({ model: encoderModel(LOCAL_MODEL, '') });
  lifecycle.onClose('encoder', () => encoder.close());
  const vectors = RecallVectors.open(encoder);
  const volume = plan.quick ? QUICK_VOLUME : VOLUME;
  say(`Looking through ${volume.own} turns`);
  const { bits, storedPerSecond } = await searchByBits(join(dir, 'memory'), vectors, volume);
  const few = plan.quick ? PGLITE_TURNS.quick : PGLITE_TURNS.full;
  say(`Looking through ${few} turns in PGlite`);
  const pglite = await searchWithVectors(vectors, few);

  const times = (all: readonly number[]): string[] => [0.5, 0.95].map((p) => fixed(percentile(all, p)));
  const looks = (what: string, { all, made }: Looks, aim: string): string[][] => [
    [what, ...times(all), aim],
    [`${what}, only what made a task`, ...times(made), aim],
  ];
  const added = (some: readonly number[], others: readonly number[]): string[] =>
    [0.5, 0.95].map((p) => fixed(percentile(some, p) - percentile(others, p)));
  const text = table(
    ['what', 'p50 ms', 'p95 ms', 'p95 to reach'],
    [
      ...looks(`${volume.own} turns by bits, private Postgres`, bits, '150'),
      ...looks(`${few} turns by bits, PGlite`, pglite.bits, ''),
      ...looks(`${few} turns by pgvector one by one, PGlite`, pglite.sorted, ''),
      ...looks(`${few} turns by pgvector's index, PGlite`, pglite.index, ''),
      [`turn that leans on nothing (${turns.remembering.length})`, ...times(turns.remembering), ''],
      ['the same in a product without memory', ...times(turns.forgetful), ''],
      ['memory adds to it', ...added(turns.remembering, turns.forgetful), '0'],
      ['turn that leans on an earlier conversation, of 51', ...times(turns.leaning), ''],
      ['that adds to a turn that leans on nothing', ...added(turns.leaning, turns.remembering), '3'],
      [`turn while turns are stored (${turns.whileStoring.length})`, ...times(turns.whileStoring), ''],
      ['storing adds to it', ...added(turns.whileStoring, turns.whileIdle), ''],
    ],
  );
  const answer = `${text}\n\nStored: ${fixed(storedPerSecond, 0)} turns a second, one text at a time.`;
  if (plan.write) writeTables(answer, { page: 'docs/memory.md', mark: 'bench-memory' });
  return `${answer}\n`;
}
