/** What the hashed n-grams of a text are made of; kept in the manifest, since a head fits one choice only. */
export interface NgramSettings {
  /** Number of buckets, a power of two. */
  buckets: number;
  /** Longest run of words. */
  words: number;
  /** Shortest and longest run of characters inside a word, its two borders included. */
  characters: [shortest: number, longest: number];
}

/** A sparse vector of length 1: `values[i]` stands in bucket `indices[i]`, ascending. */
export interface SparseVector {
  indices: Int32Array;
  values: Float32Array;
}

/** Longer texts are notes; what they ask for stands at their beginning and their end. */
const MAX_WORDS = 120;

/**
 * Words of a text as the n-grams see them: lower case, digits alike, marks that carry meaning as words of their own.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\d/g, '0')
    .replace(/0{3,}/g, '000');
  const words = plain.match(/[\p{L}\p{N}\p{M}]+(?:'[\p{L}]+)*|[?!:#@+/]|\p{Extended_Pictographic}/gu) ?? [];
  return words.length <= MAX_WORDS
    ? words
    : [...words.slice(0, MAX_WORDS / 2), ...words.slice(words.length - MAX_WORDS / 2)];
}

/**
 * Word and character n-grams hashed into buckets. A bucket counts once however often it is hit, so that a long text
 * is no other than a short one.
 *
 * @returns the vector of a text without words is empty
 */
export function hashNgrams(text: string, settings: NgramSettings): SparseVector {
  const hit = new Set<number>();
  const mask = settings.buckets - 1;
  const words = ['<s>', ...wordsOf(text), '</s>'];
  const [shortest, longest] = settings.characters;
  if (words.length > 2) {
    for (let start = 0; start < words.length; start += 1) {
      let gram = '';
      for (let length = 1; length <= settings.words && start + length <= words.length; length += 1) {
        gram = length === 1 ? (words[start] ?? '') : `${gram} ${words[start + length - 1] ?? ''}`;
        hit.add(hash(`${length}:${gram}`) & mask);
      }
    }
    for (const word of words.slice(1, -1)) {
      const framed = `<${word}>`;
      for (let length = shortest; length <= longest; length += 1)
        for (let start = 0; start + length <= framed.length; start += 1)
          hit.add(hash(`c${framed.slice(start, start + length)}`) & mask);
    }
  }
  const indices = Int32Array.from(hit).sort();
  const value = indices.length === 0 ? 0 : 1 / Math.sqrt(indices.length);
  return { indices, values: new Float32Array(indices.length).fill(value) };
}

/** FNV-1a over UTF-16 units with the final mixing of murmur3, so that the low bits are good ones. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
