import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkoutDir } from '../../core/checkout.ts';

/** What the encoder in the repository is, and where its files are. */

export const MODEL_NAME = 'universal-sentence-encoder-lite';
/** Numbers in a vector. */
export const ENCODER_DIMENSION = 512;
/** Pieces of a text that count; what comes after them is not read. */
export const MAX_TOKENS = 128;
/** Names that transformers.js gives to a model in this precision. */
export const MODEL_FILES = { fp32: 'onnx/model.onnx', int8: 'onnx/model_quantized.onnx' } as const;

const manifestFile = z.object({
  name: z.string(),
  dimension: z.number().int().positive(),
  max_tokens: z.number().int().positive(),
  precision: z.enum(['fp32', 'int8']),
  outputs: z.array(z.string()),
  source: z.object({ package: z.string(), version: z.string(), license: z.string() }),
  files: z.record(z.string(), z.object({ bytes: z.number().int().positive(), sha256: z.string() })),
});
/** `manifest.json` in the model's folder: what the files are, by hash. */
export type EncoderManifest = z.infer<typeof manifestFile>;

/** The folder of the model that is in the repository. */
export function encoderDir(): string {
  return join(checkoutDir(), 'models', 'encoder', 'artefacts', MODEL_NAME);
}

/** @throws when the folder holds no manifest, or another one than is written here */
export async function readManifest(dir: string): Promise<EncoderManifest> {
  return manifestFile.parse(JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')));
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
