import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkoutDir } from '../../core/checkout.ts';
import { sha256 } from '../encoder/artefact.ts';
import type { Background } from './background.ts';

const manifestFile = z.object({
  /** The encoder whose hidden states it is of. */
  encoder: z.string(),
  dimension: z.int().positive(),
  directions: z.int().nonnegative(),
  /** Sentences that it was made from. */
  sentences: z.int().positive(),
  sha256: z.string(),
});

export const backgroundDir = (): string => join(checkoutDir(), 'models', 'recall', 'artefacts');
const MANIFEST = 'manifest.json';
/** 32-bit floats, little endian: the mean, then the directions. */
const NUMBERS = 'background.f32';

/** @throws Error when a file is missing or damaged */
export function readBackground(dir: string): { encoder: string; background: Background } {
  const manifest = manifestFile.parse(JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')));
  const bytes = readFileSync(join(dir, NUMBERS));
  if (sha256(bytes) !== manifest.sha256)
    throw new Error(
      `${join('models', 'recall', 'artefacts', NUMBERS)} is damaged; "npm run train" makes it anew`,
    );
  const numbers = new Float32Array(bytes.length / 4).map((_, at) => bytes.readFloatLE(at * 4));
  const row = (at: number): Float32Array =>
    numbers.slice(at * manifest.dimension, (at + 1) * manifest.dimension);
  return {
    encoder: manifest.encoder,
    background: {
      mean: row(0),
      common: Array.from({ length: manifest.directions }, (_, at) => row(at + 1)),
    },
  };
}

export function writeBackground(
  dir: string,
  { mean, common }: Background,
  made: { encoder: string; sentences: number },
): void {
  const bytes = Buffer.alloc((common.length + 1) * mean.length * 4);
  [mean, ...common].forEach((row, at) =>
    row.forEach((x, place) => bytes.writeFloatLE(x, (at * mean.length + place) * 4)),
  );
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, NUMBERS), bytes);
  const manifest: z.infer<typeof manifestFile> = {
    ...made,
    dimension: mean.length,
    directions: common.length,
    sha256: sha256(bytes),
  };
  writeFileSync(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
