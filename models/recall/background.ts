/** What most sentences have in common, to be taken out of their vectors before these are compared. */
export interface Background {
  mean: Float32Array;
  /** Directions of length 1, at right angles to each other. */
  common: readonly Float32Array[];
}

const DIRECTIONS = 3;
const ROUNDS = 30;

/**
 * The mean of some vectors and the directions in which they differ most. The hidden states of an encoder point into one
 * narrow cone, since frequent words pull all of them the same way; what is left without that is what sentences are about
 * (Mu and Viswanath, "All-but-the-Top", 2018). The same vectors give the same background.
 *
 * @param vectors all of one length, thousands of them
 */
export function fitBackground(vectors: readonly Float32Array[]): Background {
  const length = vectors[0]?.length ?? 0;
  const mean = new Float32Array(length);
  for (const vector of vectors)
    for (let at = 0; at < length; at += 1) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / vectors.length;
  const common: Float32Array[] = [];
  while (common.length < DIRECTIONS) {
    let direction = unit(new Float32Array(length).fill(1));
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = new Float32Array(length);
      for (const vector of vectors) {
        const rest = without(vector, { mean, common });
        const share = dot(rest, direction);
        for (let at = 0; at < length; at += 1) next[at] = (next[at] ?? 0) + share * (rest[at] ?? 0);
      }
      direction = unit(next);
    }
    common.push(direction);
  }
  return { mean, common };
}

/** A vector without what most have in common. */
export function without(vector: Float32Array, { mean, common }: Background): Float32Array {
  const rest = vector.map((x, at) => x - (mean[at] ?? 0));
  for (const direction of common) {
    const share = dot(rest, direction);
    for (let at = 0; at < rest.length; at += 1) rest[at] = (rest[at] ?? 0) - share * (direction[at] ?? 0);
  }
  return rest;
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((x) => x / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
