import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../contracts/intents.ts';
import { loadHead } from '../../models/intent/head.ts';
import { INTENT_MODELS, intentModelDir, manifestPath } from '../../models/intent/intent-model.ts';
import { ModelFileError, readManifest, sha256Of } from '../../models/intent/manifest.ts';
import { hashNgrams } from '../../models/intent/ngrams.ts';
import { probabilities } from '../../models/intent/training/fit-limits.ts';
import { logitsOf, trainHead } from '../../models/intent/training/network.ts';
import { CURRENT } from '../../models/intent/training/recipes.ts';
import { trainIntent } from '../../models/intent/training/train-intent.ts';
import { writeIntentModel } from '../../models/intent/training/write-model.ts';
import type { Sentence } from '../../models/intent/training/sentences.ts';

const LABELS = [...ACTIONS.keys()];
const DENSE = 4;
const RECIPE = {
  ...CURRENT,
  name: 'small',
  hidden: 6,
  ngrams: { ...CURRENT.ngrams, buckets: 256 },
  training: { ...CURRENT.training, epochs: 3 },
};
/** Three actions in ten families each: enough to train on and to hold some out. */
const SENTENCES: Sentence[] = (['create_task', 'list_events', 'thanks'] as const).flatMap((action) =>
  Array.from({ length: 40 }, (_, at) => ({
    action,
    family: `${action}/${at % 10}`,
    text: `${action.replace('_', ' ')} number ${at} please`,
  })),
);
const VECTORS = SENTENCES.map((_, at) =>
  Float32Array.from({ length: DENSE }, (__, place) => Math.sin(at + place)),
);
const dirs: string[] = [];
const freshDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pulseplan-intent-'));
  dirs.push(dir);
  return dir;
};
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function write(dir: string) {
  const trained = trainIntent(SENTENCES, VECTORS, LABELS, RECIPE, () => null);
  const encoder = { name: 'any', sha256: 'any', dimension: DENSE };
  writeIntentModel(dir, trained, RECIPE, { labels: LABELS, sentences: SENTENCES, encoder });
  return trained;
}

describe('training', () => {
  test('makes the same bytes each time', () => {
    const [one, two] = [freshDir(), freshDir()];
    write(one);
    write(two);
    for (const file of ['head.onnx', 'labels.txt', 'manifest.json'])
      expect(sha256Of(readFileSync(join(one, file)))).toBe(sha256Of(readFileSync(join(two, file))));
  });

  test('writes a head that says what was trained, but for its eight bits', async () => {
    const dir = freshDir();
    const { weights, temperature } = write(dir);
    const head = await loadHead(join(dir, 'manifest.json'));
    for (const [at, { text }] of SENTENCES.entries()) {
      const vector = VECTORS[at] ?? new Float32Array(DENSE);
      const said = await head.run(text, vector);
      const meant = probabilities(logitsOf(weights, vector, hashNgrams(text, RECIPE.ngrams)), temperature);
      said.forEach((share, label) => expect(Math.abs(share - (meant[label] ?? 0))).toBeLessThan(0.02));
    }
  });

  test('of another seed makes another head', () => {
    const shape = { labels: 2, dense: 0, buckets: 16, hidden: 4 };
    const examples = [0, 1].map((label) => ({
      label,
      dense: new Float32Array(0),
      sparse: hashNgrams(`text ${label}`, { ...RECIPE.ngrams, buckets: 16 }),
    }));
    const [one, two] = [1, 2].map((seed) => trainHead(examples, shape, { ...RECIPE.training, seed }));
    expect(one?.hiddenOut).not.toEqual(two?.hiddenOut);
  });
});

describe('the models in the repository', () => {
  test.each(INTENT_MODELS)('%s is whole and knows every action', (name) => {
    expect(readManifest(manifestPath(name)).labels).toEqual(LABELS);
  });

  test('are refused when a file is damaged, missing or of other actions', () => {
    const dir = freshDir();
    cpSync(intentModelDir('current'), dir, { recursive: true });
    const manifest = join(dir, 'manifest.json');
    writeFileSync(join(dir, 'head.onnx'), 'damaged');
    expect(() => readManifest(manifest)).toThrow(ModelFileError);
    rmSync(join(dir, 'head.onnx'));
    expect(() => readManifest(manifest)).toThrow(/missing/);
    write(dir);
    const labels = LABELS.slice(1).join('\n');
    writeFileSync(join(dir, 'labels.txt'), labels);
    const known = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, known.replace(sha256Of(`${LABELS.join('\n')}\n`), sha256Of(labels)));
    expect(() => readManifest(manifest)).toThrow(/other actions/);
  });
});
