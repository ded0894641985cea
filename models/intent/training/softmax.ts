import type { SparseVector } from '../ngrams.ts';
import { randomFrom, shuffled } from './random.ts';

/** One text as the head sees it. */
export interface Example {
  /** Index into the labels. */
  label: number;
  /** Hidden vector of the encoder; empty where the head does without. */
  dense: Float32Array;
  sparse: SparseVector;
  /** How much it counts, 1 for most. */
  weight: number;
}

/** A linear head: logits = bias + dense · denseWeights + sparse · sparseWeights. */
export interface LinearHead {
  labels: number;
  dense: number;
  buckets: number;
  bias: Float32Array;
  /** `[dense][labels]` */
  denseWeights: Float32Array;
  /** `[buckets][labels]` */
  sparseWeights: Float32Array;
}

export interface TrainingSettings {
  epochs: number;
  seed: number;
  denseRate: number;
  sparseRate: number;
  /** L2 on each step, relative to the rate. */
  decay: number;
  /** Share of n-grams that is left out of an example in each epoch. */
  sparseDropout: number;
  /** Share of examples that are shown without the encoder's or without the n-grams' part, so that neither leans on the other. */
  blockDropout: number;
  /** Probability mass that is spread over the other labels. */
  smoothing: number;
}

/**
 * Softmax regression by AdaGrad, one example at a time; the weights are the mean over the later half of the epochs.
 * The same input gives the same bytes: plain arithmetic in a fixed order.
 */
export function trainSoftmax(
  examples: readonly Example[],
  shape: { labels: number; dense: number; buckets: number },
  settings: TrainingSettings,
): LinearHead {
  const { labels, dense, buckets } = shape;
  const random = randomFrom(settings.seed);
  const bias = new Float32Array(labels);
  const denseWeights = new Float32Array(dense * labels);
  const sparseWeights = new Float32Array(buckets * labels);
  const biasSquares = new Float32Array(labels).fill(1e-2);
  const denseSquares = new Float32Array(dense * labels).fill(1e-4);
  const sparseSquares = new Float32Array(buckets * labels).fill(1e-4);
  const mean = {
    bias: new Float64Array(labels),
    dense: new Float64Array(dense * labels),
    sparse: new Float64Array(buckets * labels),
  };
  let averaged = 0;
  const gradient = new Float64Array(labels);
  const logits = new Float64Array(labels);
  const averageFrom = Math.floor(settings.epochs / 2);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    for (const index of shuffled(examples.length, random)) {
      const example = examples[index];
      if (!example) continue;
      const { indices, values } = example.sparse;
      const block = settings.blockDropout > 0 ? random() : 1;
      const withoutSparse = block < settings.blockDropout / 2;
      const withoutDense = !withoutSparse && block < settings.blockDropout;
      const useDense = dense > 0 && !withoutDense;
      const kept: number[] = [];
      if (!withoutSparse)
        for (let at = 0; at < indices.length; at += 1)
          if (settings.sparseDropout === 0 || random() >= settings.sparseDropout) kept.push(at);
      const scale = kept.length > 0 ? Math.sqrt(indices.length / kept.length) : 0;
      for (let label = 0; label < labels; label += 1) logits[label] = bias[label] ?? 0;
      if (useDense)
        for (let at = 0; at < dense; at += 1) {
          const value = example.dense[at] ?? 0;
          const row = at * labels;
          for (let label = 0; label < labels; label += 1)
            logits[label] = (logits[label] ?? 0) + value * (denseWeights[row + label] ?? 0);
        }
      for (const at of kept) {
        const value = (values[at] ?? 0) * scale;
        const row = (indices[at] ?? 0) * labels;
        for (let label = 0; label < labels; label += 1)
          logits[label] = (logits[label] ?? 0) + value * (sparseWeights[row + label] ?? 0);
      }
      softmaxInPlace(logits);
      for (let label = 0; label < labels; label += 1) {
        const target = label === example.label ? 1 - settings.smoothing : settings.smoothing / (labels - 1);
        gradient[label] = ((logits[label] ?? 0) - target) * example.weight;
      }
      for (let label = 0; label < labels; label += 1)
        step(bias, biasSquares, label, gradient[label] ?? 0, settings.sparseRate, 0);
      if (useDense)
        for (let at = 0; at < dense; at += 1) {
          const value = example.dense[at] ?? 0;
          const row = at * labels;
          for (let label = 0; label < labels; label += 1)
            step(
              denseWeights,
              denseSquares,
              row + label,
              value * (gradient[label] ?? 0),
              settings.denseRate,
              settings.decay,
            );
        }
      for (const at of kept) {
        const value = (values[at] ?? 0) * scale;
        const row = (indices[at] ?? 0) * labels;
        for (let label = 0; label < labels; label += 1)
          step(
            sparseWeights,
            sparseSquares,
            row + label,
            value * (gradient[label] ?? 0),
            settings.sparseRate,
            settings.decay,
          );
      }
    }
    if (epoch < averageFrom) continue;
    averaged += 1;
    addTo(mean.bias, bias);
    addTo(mean.dense, denseWeights);
    addTo(mean.sparse, sparseWeights);
  }
  return {
    labels,
    dense,
    buckets,
    bias: divided(mean.bias, averaged),
    denseWeights: divided(mean.dense, averaged),
    sparseWeights: divided(mean.sparse, averaged),
  };
}

function step(
  weights: Float32Array,
  squares: Float32Array,
  at: number,
  slope: number,
  rate: number,
  decay: number,
): void {
  const weight = weights[at] ?? 0;
  const whole = slope + decay * weight;
  const sum = (squares[at] ?? 0) + whole * whole;
  squares[at] = sum;
  weights[at] = weight - (rate * whole) / Math.sqrt(sum);
}

function addTo(sum: Float64Array, values: Float32Array): void {
  for (let at = 0; at < values.length; at += 1) sum[at] = (sum[at] ?? 0) + (values[at] ?? 0);
}

function divided(sum: Float64Array, count: number): Float32Array {
  return Float32Array.from(sum, (value) => value / count);
}

/** Logits of one example. */
export function logitsOf(head: LinearHead, dense: Float32Array, sparse: SparseVector): Float64Array {
  const logits = Float64Array.from(head.bias);
  const add = (weights: Float32Array, row: number, value: number): void => {
    for (let label = 0; label < head.labels; label += 1)
      logits[label] = (logits[label] ?? 0) + value * (weights[row * head.labels + label] ?? 0);
  };
  for (let at = 0; at < head.dense; at += 1) add(head.denseWeights, at, dense[at] ?? 0);
  for (let at = 0; at < sparse.indices.length; at += 1)
    add(head.sparseWeights, sparse.indices[at] ?? 0, sparse.values[at] ?? 0);
  return logits;
}

/** Probabilities in place of logits. */
export function softmaxInPlace(logits: Float64Array, temperature = 1): void {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  let sum = 0;
  for (let at = 0; at < logits.length; at += 1) {
    const value = Math.exp(((logits[at] ?? 0) - largest) / temperature);
    logits[at] = value;
    sum += value;
  }
  for (let at = 0; at < logits.length; at += 1) logits[at] = (logits[at] ?? 0) / sum;
}
