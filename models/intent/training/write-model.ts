import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of, type IntentManifest } from '../manifest.ts';
import { headModel } from './export-head.ts';
import type { Sentence } from './sentences.ts';
import type { HeadRecipe, TrainedIntent } from './train-intent.ts';

/** What the head's input is made by. */
export interface EncoderFacts {
  name: string;
  sha256: string;
  dimension: number;
}

/** Writes a head with its labels and its manifest into a folder that is its own. */
export function writeIntentModel(
  dir: string,
  { weights, temperature, limits, rules }: TrainedIntent,
  recipe: HeadRecipe,
  from: { labels: readonly string[]; sentences: readonly Sentence[]; encoder: EncoderFacts },
): IntentManifest {
  const model = headModel(weights, temperature);
  const labels = `${from.labels.join('\n')}\n`;
  const manifest: IntentManifest = {
    name: recipe.name,
    model: { file: 'head.onnx', sha256: sha256Of(model) },
    labels: { file: 'labels.txt', sha256: sha256Of(labels) },
    encoder: recipe.withEncoder ? from.encoder : null,
    ngrams: recipe.ngrams,
    temperature,
    floor: limits.floor,
    margin: limits.margin,
    out_of_scope: limits.outOfScope,
    rules: { pooled: rules.pooled, by_rule: rules.byRule },
    data: {
      sentences: from.sentences.length,
      families: new Set(from.sentences.map(({ family }) => family)).size,
      sha256: sha256Of(from.sentences.map(({ action, text }) => `${action}\t${text}\n`).join('')),
    },
  };
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, manifest.model.file), model);
  writeFileSync(join(dir, manifest.labels.file), labels);
  writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
