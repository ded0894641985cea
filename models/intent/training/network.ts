import type { SparseVector } from '../ngrams.ts';
import { randomFrom, shuffled } from './random.ts';

/** One text as the head sees it. */
export interface Example {
  /** Index into the labels. */
  label: number;
  /** Hidden vector of the encoder; empty where the head does without. */
  dense: Float32Array;
  sparse: SparseVector;
}

/** Sizes of a head. */
export interface HeadShape {
  labels: number;
  /** Length of the encoder's vector; 0 without encoder. */
  dense: number;
  buckets: number;
  /** Units of the hidden layer; 0 for a head that is linear. */
  hidden: number;
}

/**
 * A wide and deep head. With x the encoder's vector and s the n-grams, both as they come:
 * `logits = bias + x·denseOut + s·sparseOut + relu(hiddenBias + x·denseIn + s·sparseIn)·hiddenOut`.
 * The linear part remembers wordings, the hidden layer carries over to others. Matrices are row by row, one row for each input.
 */
export interface HeadWeights {
  shape: HeadShape;
  bias: Float32Array;
  denseOut: Float32Array;
  sparseOut: Float32Array;
  hiddenBias: Float32Array;
  denseIn: Float32Array;
  sparseIn: Float32Array;
  hiddenOut: Float32Array;
}

export interface TrainingSettings {
  epochs: number;
  seed: number;
  /** Examples between two steps. */
  batch: number;
  /** Of AdaGrad, for the linear part and for the hidden layer; a third of it in the last third of the epochs. */
  linearRate: number;
  hiddenRate: number;
  /** Share of n-grams that is left out of an example each time. */
  sparseDropout: number;
  /** Share of hidden units that is left out each time. */
  hiddenDropout: number;
  /** Share of examples that are shown without the encoder's or without the n-grams' part, so that neither leans on the other. */
  blockDropout: number;
  /** Probability mass that is spread over the other labels. */
  smoothing: number;
}

/** A matrix with the sums of its squared slopes, and the slopes of the running batch. */
class Trained {
  readonly values: Float32Array;
  private readonly squares: Float32Array;
  private readonly slopes: Float32Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
    start: (at: number) => number,
  ) {
    this.values = Float32Array.from({ length: rows * columns }, (_, at) => start(at));
    this.squares = new Float32Array(rows * columns).fill(1e-3);
    this.slopes = new Float32Array(rows * columns);
  }

  /** Adds input · row of slopes to the row's slopes. */
  slope(row: number, input: number, errors: Float32Array): void {
    const { slopes, columns } = this;
    const from = row * columns;
    for (let at = 0; at < columns; at += 1)
      slopes[from + at] = (slopes[from + at] as number) + input * (errors[at] as number);
  }

  /** Adds input · row to the sums. */
  addTo(sums: Float32Array, row: number, input: number): void {
    const { values, columns } = this;
    const from = row * columns;
    for (let at = 0; at < columns; at += 1)
      sums[at] = (sums[at] as number) + input * (values[from + at] as number);
  }

  step(row: number, rate: number): void {
    const { values, squares, slopes, columns } = this;
    const end = (row + 1) * columns;
    for (let at = row * columns; at < end; at += 1) {
      const slope = slopes[at] as number;
      if (slope === 0) continue;
      const square = (squares[at] as number) + slope * slope;
      squares[at] = square;
      values[at] = (values[at] as number) - (rate * slope) / Math.sqrt(square);
      slopes[at] = 0;
    }
  }

  stepAll(rate: number): void {
    for (let row = 0; row < this.rows; row += 1) this.step(row, rate);
  }
}

/** The encoder's vector has length 1 over hundreds of numbers; the hidden layer wants inputs around 0.1. */
const INPUT_SCALE = 3;

/** Trains a head by AdaGrad. The same input gives the same bytes: plain arithmetic in a fixed order. */
export function trainHead(
  examples: readonly Example[],
  shape: HeadShape,
  settings: TrainingSettings,
): HeadWeights {
  const { labels, dense, buckets, hidden } = shape;
  const random = randomFrom(settings.seed);
  const normal = (spread: number) => (): number => {
    let sum = -3;
    for (let count = 0; count < 6; count += 1) sum += random();
    return sum * Math.SQRT2 * spread;
  };
  const zero = (): number => 0;
  const bias = new Trained(1, labels, zero);
  const denseOut = new Trained(dense, labels, zero);
  const sparseOut = new Trained(buckets, labels, zero);
  const hiddenBias = new Trained(1, hidden, zero);
  const denseIn = new Trained(dense, hidden, normal(dense > 0 ? 1 / Math.sqrt(dense) : 0));
  const sparseIn = new Trained(buckets, hidden, normal(0.05));
  const hiddenOut = new Trained(hidden, labels, normal(hidden > 0 ? 1 / Math.sqrt(hidden) : 0));
  const logits = new Float32Array(labels);
  const units = new Float32Array(hidden);
  const kept = new Float32Array(hidden);
  const unitErrors = new Float32Array(hidden);
  const touched = new Set<number>();
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    const share = epoch < (settings.epochs * 2) / 3 ? 1 : 1 / 3;
    const [linearRate, hiddenRate] = [settings.linearRate * share, settings.hiddenRate * share];
    const order = shuffled(examples.length, random);
    for (let place = 0; place < order.length; place += 1) {
      const example = examples[order[place] as number];
      if (example) {
        const block = random();
        const withSparse = block >= settings.blockDropout / 2;
        const withDense = dense > 0 && (block < settings.blockDropout / 2 || block >= settings.blockDropout);
        const grams = withSparse
          ? example.sparse.indices.filter(() => random() >= settings.sparseDropout)
          : new Int32Array(0);
        const weight = grams.length > 0 ? 1 / Math.sqrt(grams.length) : 0;
        logits.set(bias.values);
        units.set(hiddenBias.values);
        if (withDense)
          for (let at = 0; at < dense; at += 1) {
            const input = example.dense[at] as number;
            denseOut.addTo(logits, at, input);
            denseIn.addTo(units, at, input * INPUT_SCALE);
          }
        for (const gram of grams) {
          sparseOut.addTo(logits, gram, weight);
          sparseIn.addTo(units, gram, weight * INPUT_SCALE);
        }
        for (let at = 0; at < hidden; at += 1) {
          const on = (units[at] as number) > 0 && random() >= settings.hiddenDropout;
          kept[at] = on ? 1 / (1 - settings.hiddenDropout) : 0;
          units[at] = (units[at] as number) * (kept[at] as number);
          if (on) hiddenOut.addTo(logits, at, units[at] as number);
        }
        toErrors(logits, example.label, settings.smoothing);
        bias.slope(0, 1, logits);
        for (let at = 0; at < hidden; at += 1) {
          let error = 0;
          if (kept[at] !== 0) {
            for (let label = 0; label < labels; label += 1)
              error += (hiddenOut.values[at * labels + label] as number) * (logits[label] as number);
            hiddenOut.slope(at, units[at] as number, logits);
          }
          unitErrors[at] = error * (kept[at] as number);
        }
        hiddenBias.slope(0, 1, unitErrors);
        if (withDense)
          for (let at = 0; at < dense; at += 1) {
            const input = example.dense[at] as number;
            denseOut.slope(at, input, logits);
            denseIn.slope(at, input * INPUT_SCALE, unitErrors);
          }
        for (const gram of grams) {
          sparseOut.slope(gram, weight, logits);
          sparseIn.slope(gram, weight * INPUT_SCALE, unitErrors);
          touched.add(gram);
        }
      }
      if ((place + 1) % settings.batch !== 0 && place + 1 < order.length) continue;
      bias.stepAll(linearRate);
      denseOut.stepAll(linearRate);
      hiddenBias.stepAll(hiddenRate);
      denseIn.stepAll(hiddenRate);
      hiddenOut.stepAll(hiddenRate);
      for (const gram of touched) {
        sparseOut.step(gram, linearRate);
        sparseIn.step(gram, hiddenRate);
      }
      touched.clear();
    }
  }
  return {
    shape,
    bias: bias.values,
    denseOut: denseOut.values,
    sparseOut: sparseOut.values,
    hiddenBias: hiddenBias.values,
    denseIn: denseIn.values.map((value) => value * INPUT_SCALE),
    sparseIn: sparseIn.values.map((value) => value * INPUT_SCALE),
    hiddenOut: hiddenOut.values,
  };
}

/** Logits become what the softmax got wrong. */
function toErrors(logits: Float32Array, right: number, smoothing: number): void {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  let sum = 0;
  for (let at = 0; at < logits.length; at += 1) {
    const power = Math.exp((logits[at] as number) - largest);
    logits[at] = power;
    sum += power;
  }
  for (let at = 0; at < logits.length; at += 1) {
    const wanted = at === right ? 1 - smoothing : smoothing / (logits.length - 1);
    logits[at] = (logits[at] as number) / sum - wanted;
  }
}

/** Logits of one text. */
export function logitsOf(weights: HeadWeights, dense: Float32Array, sparse: SparseVector): Float32Array {
  const { shape, bias, denseOut, sparseOut, hiddenBias, denseIn, sparseIn, hiddenOut } = weights;
  const logits = Float32Array.from(bias);
  const units = Float32Array.from(hiddenBias);
  const add = (sums: Float32Array, matrix: Float32Array, row: number, input: number): void => {
    const from = row * sums.length;
    for (let at = 0; at < sums.length; at += 1)
      sums[at] = (sums[at] as number) + input * (matrix[from + at] as number);
  };
  for (let at = 0; at < shape.dense; at += 1) {
    add(logits, denseOut, at, dense[at] as number);
    add(units, denseIn, at, dense[at] as number);
  }
  sparse.indices.forEach((gram, at) => {
    add(logits, sparseOut, gram, sparse.values[at] as number);
    add(units, sparseIn, gram, sparse.values[at] as number);
  });
  for (let at = 0; at < shape.hidden; at += 1)
    if ((units[at] as number) > 0) add(logits, hiddenOut, at, units[at] as number);
  return logits;
}
