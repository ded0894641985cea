import { hashNgrams, type NgramSettings } from '../ngrams.ts';
import { fitTemperature, probabilities, type HeldOut } from './fit-limits.ts';
import { placeOf, type Sentence } from './sentences.ts';
import { logitsOf, trainSoftmax, type Example, type LinearHead, type TrainingSettings } from './softmax.ts';

/** How one head is trained; everything that its bytes depend on beside the sentences. */
export interface HeadRecipe {
  name: string;
  ngrams: NgramSettings;
  training: TrainingSettings;
  /** Length of the encoder's hidden vector, 0 for a head on n-grams alone. */
  dense: number;
  /** Parts that the families are dealt into for cross-validation. */
  folds: number;
  /** Share of requests that may be turned away as out of scope on held-out families. */
  falseRefusals: number;
}

export interface TrainedHead {
  head: LinearHead;
  temperature: number;
  floor: number;
  margin: number;
  outOfScope: number;
  /** What was said of each sentence by a head that had seen none of its family. */
  heldOut: HeldOut[];
}

/**
 * Trains a head on all sentences. Temperature and limits are fitted on what heads that had not seen a sentence's family said
 * of it, so that no paraphrase of a training sentence makes them look better than they are.
 *
 * @param vectors hidden vector of each sentence, empty ones for a head without encoder
 */
export function trainHead(
  sentences: readonly Sentence[],
  vectors: readonly Float32Array[],
  labels: readonly string[],
  recipe: HeadRecipe,
): TrainedHead {
  const examples = sentences.map(({ text, action }, index): Example => ({
    label: labels.indexOf(action),
    dense: vectors[index] ?? new Float32Array(0),
    sparse: hashNgrams(text, recipe.ngrams),
    weight: 1,
  }));
  const shape = { labels: labels.length, dense: recipe.dense, buckets: recipe.ngrams.buckets };
  const foldOf = sentences.map(({ family }) => Math.floor(placeOf(family) * recipe.folds));
  const heldOut: HeldOut[] = [];
  for (let fold = 0; fold < recipe.folds; fold += 1) {
    const others = examples.filter((_, index) => foldOf[index] !== fold);
    const head = trainSoftmax(others, shape, recipe.training);
    examples.forEach(({ label, dense, sparse }, index) => {
      if (foldOf[index] === fold) heldOut[index] = { label, logits: logitsOf(head, dense, sparse) };
    });
  }
  const temperature = fitTemperature(heldOut);
  const said = heldOut.map(({ label, logits }) => ({ label, shares: probabilities(logits, temperature) }));
  const nothing = labels.indexOf('out_of_scope');
  return {
    head: trainSoftmax(examples, shape, recipe.training),
    temperature,
    outOfScope: fitRefusal(said, nothing, recipe.falseRefusals),
    floor: fitFloor(said, nothing),
    margin: fitMargin(said, nothing),
    heldOut,
  };
}

interface Said {
  label: number;
  shares: Float64Array;
}

const STEP = 0.01;

/** The lowest share of "out of scope" from which on no more requests are refused than may be. */
function fitRefusal(said: readonly Said[], nothing: number, allowed: number): number {
  const requests = said.filter(({ label }) => label !== nothing);
  for (let limit = 0.3; limit < 0.95; limit += STEP) {
    const refused = requests.filter(({ shares }) => (shares[nothing] ?? 0) >= limit).length;
    if (refused <= allowed * requests.length) return rounded(limit);
  }
  return 0.95;
}

/** The highest floor that turns away at least as many wrong guesses as right ones. */
function fitFloor(said: readonly Said[], nothing: number): number {
  let floor = 0;
  for (let limit = STEP; limit < 0.6; limit += STEP) {
    const below = said.filter(({ shares, label }) => label !== nothing && top(shares).share < limit);
    const right = below.filter(({ shares, label }) => top(shares).at === label).length;
    if (below.length > 0 && right * 2 <= below.length) floor = limit;
  }
  return rounded(floor);
}

/** The margin below which the second guess is right nearly as often as the first, so that asking pays. */
function fitMargin(said: readonly Said[], nothing: number): number {
  let margin = 0;
  for (let limit = 0.02; limit <= 0.4; limit += 0.02) {
    const close = said.filter(({ shares, label }) => {
      const { share, second } = top(shares);
      return label !== nothing && share - second.share < limit && share - second.share >= limit - 0.02;
    });
    const first = close.filter(({ shares, label }) => top(shares).at === label).length;
    const second = close.filter(({ shares, label }) => top(shares).second.at === label).length;
    if (close.length < 5 || second < first * 0.6) break;
    margin = limit;
  }
  return rounded(margin);
}

function top(shares: Float64Array): { at: number; share: number; second: { at: number; share: number } } {
  let [at, second] = [0, -1];
  shares.forEach((share, index) => {
    if (index === 0) return;
    if (share > (shares[at] ?? 0)) [at, second] = [index, at];
    else if (second < 0 || share > (shares[second] ?? 0)) second = index;
  });
  return { at, share: shares[at] ?? 0, second: { at: second, share: shares[second] ?? 0 } };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
