/** A vector as it is kept: eight-bit numbers. A cosine does not depend on their scale, so none is kept beside them. */
export type StoredVector = Int8Array;

const MOST = 127;

/**
 * Some vectors of one text as one, which compares by the mean of their cosines when each of them has length 1.
 *
 * @param parts in an order that is always the same
 */
export function storedVector(parts: readonly Float32Array[]): StoredVector {
  const most = parts.reduce((high, part) => part.reduce((max, x) => Math.max(max, Math.abs(x)), high), 0);
  const kept = new Int8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts)
    for (const x of part) {
      kept[at] = most === 0 ? 0 : Math.round((x / most) * MOST);
      at += 1;
    }
  return kept;
}

/** −1 to 1; 0 where one of them is empty or they have not the same length. */
export function cosine(a: StoredVector, b: StoredVector): number {
  if (a.length !== b.length) return 0;
  let [dot, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}

/** A vector that points between some of the same length. */
export function meanVector(vectors: readonly StoredVector[]): StoredVector {
  const [first] = vectors;
  if (!first) return new Int8Array();
  const sum = new Float32Array(first.length);
  for (const vector of vectors) {
    const length = Math.hypot(...vector) || 1;
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0) / length;
  }
  return storedVector([sum]);
}

/** Which numbers are above 0, as the text of a bit string. Texts that are alike differ in few of them. */
export const signBits = (vector: StoredVector): string =>
  Array.from(vector, (x) => (x > 0 ? '1' : '0')).join('');

export const bytesOf = (vector: StoredVector): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

export const vectorFrom = (bytes: Uint8Array): StoredVector =>
  new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
