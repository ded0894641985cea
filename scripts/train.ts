/** `npm run train`: builds the encoder from its source package, trains the intent classifiers and fits recall, the same bytes each time. */
import { join } from 'node:path';
import { ACTIONS } from '../contracts/intents.ts';
import { checkoutDir } from '../core/checkout.ts';
import { refuseNativeTelemetry } from '../core/config.ts';
import { encoderDir, MODEL_FILES, readManifest } from '../models/encoder/artefact.ts';
import { writeEncoder } from '../models/encoder/build/build-encoder.ts';
import { encoderModel, LOCAL_MODEL } from '../models/encoder/encoder-model.ts';
import { normaliseText } from '../models/encoder/normalise-text.ts';
import { SentenceModel } from '../models/encoder/sentence-model.ts';
import { intentModelDir } from '../models/intent/intent-model.ts';
import { CURRENT, PREVIOUS, SLIPS } from '../models/intent/training/recipes.ts';
import { mistyped } from '../models/intent/training/slips.ts';
import { readSentences } from '../models/intent/training/sentences.ts';
import { trainIntent } from '../models/intent/training/train-intent.ts';
import { writeIntentModel } from '../models/intent/training/write-model.ts';
import { backgroundDir, writeBackground } from '../models/recall/artefact.ts';
import { fitBackground } from '../models/recall/background.ts';
import { newDraft } from '../workers/nlu/draft.ts';
import { isExplicit, recogniseByRules } from '../workers/nlu/recognise.ts';

refuseNativeTelemetry();
const startedAt = performance.now();
const say = (text: string): void => {
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);
};

await writeEncoder(encoderDir(), 'int8');
const { name, dimension, files } = await readManifest(encoderDir());
const encoder = { name, dimension, sha256: files[MODEL_FILES.int8]?.sha256 ?? '' };
say(`encoder ${name}, ${dimension} numbers a text`);

const labels = [...ACTIONS.keys()];
const written = readSentences(join(checkoutDir(), 'models', 'intent', 'data'));
const sentences = [...written, ...mistyped(written, SLIPS.share, SLIPS.seed)];
const model = await SentenceModel.load(encoderModel(LOCAL_MODEL, ''));
const vectors: Float32Array[] = [];
for (const { text } of sentences) vectors.push((await model.encode(normaliseText(text))).hid);
await model.close();
say(
  `${written.length} sentences of ${labels.length} actions encoded, ${sentences.length - written.length} mistyped ones beside them`,
);

writeBackground(backgroundDir(), fitBackground(vectors.slice(0, written.length)), {
  encoder: `${name}+background`,
  sentences: written.length,
});
say('what all sentences have in common, for recall');

/** Which zone and moment a sentence is read in makes no difference to who recognises it. */
const ruled = (text: string): { rule: string; explicit: boolean; action: string } | null => {
  const { recognition } = recogniseByRules(newDraft(text, 'UTC', new Date(0)));
  return recognition && { ...recognition, explicit: isExplicit(recognition) };
};

for (const [place, recipe] of [
  ['previous', PREVIOUS],
  ['current', CURRENT],
] as const) {
  const trained = trainIntent(sentences, vectors, labels, recipe, ruled);
  const { floor, margin, out_of_scope } = writeIntentModel(intentModelDir(place), trained, recipe, {
    labels,
    sentences: written,
    encoder,
  });
  say(
    `${place}: ${recipe.name}, temperature ${trained.temperature}, floor ${floor}, margin ${margin}, out of scope from ${out_of_scope}`,
  );
}
say('Figures: npm run evaluate');
