import { EmptyText } from './errors.ts';

/**
 * More than 128 pieces of the longest kind, so nothing is cut that would have been read. What lies behind would cost
 * time only.
 */
const MAX_CHARS = 4_096;

const LONE_SURROGATES = /\p{Surrogate}/gu;
const INVISIBLE = /\p{Cf}/gu;
const SPACE = /[\s\p{Cc}\p{Z}]+/gu;

/**
 * A text as the encoder was measured with: NFKC, lower case, single spaces, nothing invisible. The model is cased, and
 * on people's hasty typing that costs it 2 to 3 points of accuracy. Any string will do, broken Unicode too.
 *
 * Vectors are only comparable when both texts went through here.
 *
 * @throws EmptyText when nothing is left
 */
export function normaliseText(text: string): string {
  const normal = text
    .trim()
    .slice(0, 2 * MAX_CHARS)
    .replace(LONE_SURROGATES, '\uFFFD')
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(SPACE, ' ')
    .trim();
  if (normal === '') throw new EmptyText();
  return normal.length <= MAX_CHARS ? normal : normal.slice(0, MAX_CHARS).replace(LONE_SURROGATES, '');
}
