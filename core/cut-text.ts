/**
 * The beginning of a text, at most so many UTF-16 units long. Never ends in half a character: no store holds one.
 */
export const cutText = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
