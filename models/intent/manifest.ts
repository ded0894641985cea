import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { action, ACTIONS } from '../../contracts/intents.ts';

/**
 * What belongs to one trained head: its files by name and hash, how its input is made, and the limits that were fitted
 * with it. Two of them may be in use side by side.
 */
const manifestSchema = z.strictObject({
  name: z.string(),
  /** The head as ONNX, beside the manifest. */
  model: z.strictObject({ file: z.string(), sha256: z.string() }),
  /** One action a line, in the order of the head's outputs. */
  labels: z.strictObject({ file: z.string(), sha256: z.string() }),
  /** Hash of the encoder whose hidden vector the head takes; null for a head on n-grams alone. */
  encoder: z.strictObject({ name: z.string(), sha256: z.string(), dimension: z.int() }).nullable(),
  ngrams: z.strictObject({
    buckets: z.int(),
    words: z.int(),
    characters: z.tuple([z.int(), z.int()]),
  }),
  /** Divides the logits, so that 0.8 is right four times in five. */
  temperature: z.number().positive(),
  /** Below this probability nothing is taken for granted. */
  floor: z.number().min(0).max(1),
  /** Two actions closer than this are put to the user. */
  margin: z.number().min(0).max(1),
  /** A text counts as out of scope only from this probability of that label on. */
  out_of_scope: z.number().min(0).max(1),
  /** A rule is outweighed by another action from this probability of it on. */
  rules: z.strictObject({
    /** For rules that met no other opinion when this was fitted, by the kind of their wording. */
    pooled: z.strictObject({ explicit: z.number().min(0).max(1), plain: z.number().min(0).max(1) }),
    by_rule: z.record(z.string(), z.number().min(0).max(1)),
  }),
  /** What it was trained on. */
  data: z.strictObject({ sentences: z.int(), families: z.int(), sha256: z.string() }),
});
export type IntentManifest = z.infer<typeof manifestSchema>;

/** Wrong or missing files of a model, in words that say which. */
export class ModelFileError extends Error {
  override name = 'ModelFileError';
}

/** A manifest with the files that it names, each checked against its hash. */
export interface LoadedManifest {
  manifest: IntentManifest;
  labels: z.infer<typeof action>[];
  model: Uint8Array;
}

/** @throws ModelFileError where a file is missing, damaged, of another model, or trained on other actions */
export function readManifest(path: string): LoadedManifest {
  const manifest = manifestSchema.parse(JSON.parse(read(path).toString('utf8')));
  const labels = checked(join(dirname(path), manifest.labels.file), manifest.labels.sha256);
  const model = checked(join(dirname(path), manifest.model.file), manifest.model.sha256);
  const names = labels.toString('utf8').trim().split('\n');
  // A head that knows other actions than the product would answer with the wrong ones.
  if (names.join() !== [...ACTIONS.keys()].join())
    throw new ModelFileError(`${path} was trained on other actions than there are now. Run: npm run train`);
  return { manifest, labels: z.array(action).parse(names), model };
}

function checked(path: string, sha256: string): Buffer {
  const bytes = read(path);
  if (sha256Of(bytes) !== sha256)
    throw new ModelFileError(`${path} is not the file that its manifest names. Run: npm run train`);
  return bytes;
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ModelFileError(`${path} is missing: the checkout is incomplete. Run: npm run train`);
  }
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
