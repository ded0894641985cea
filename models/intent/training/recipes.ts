import type { HeadRecipe } from './train-intent.ts';

/** Share of sentences that are shown mistyped as well. */
export const SLIPS = { share: 0.4, seed: 7 };

const NGRAMS = { buckets: 1 << 14, words: 2, characters: [3, 4] as [number, number] };
const TRAINING = {
  epochs: 8,
  seed: 1,
  batch: 8,
  linearRate: 0.2,
  hiddenRate: 0.06,
  sparseDropout: 0.3,
  hiddenDropout: 0.3,
  blockDropout: 0.2,
  smoothing: 0.05,
};

/** The classifier in use: encoder and n-grams, wide and deep. */
export const CURRENT: HeadRecipe = {
  name: 'intent-encoder',
  ngrams: NGRAMS,
  training: TRAINING,
  withEncoder: true,
  hidden: 64,
  heldOutShare: 0.2,
  falseRefusals: 0.05,
};

/** The one before it, for comparison and to go back to: a linear head on n-grams alone. */
export const PREVIOUS: HeadRecipe = {
  ...CURRENT,
  name: 'intent-ngrams',
  withEncoder: false,
  hidden: 0,
};
