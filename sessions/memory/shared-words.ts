/** Words that say nothing of what a message is about. */
const COMMON = new Set(
  `a an the my our your his her their its i we you he she it they me us him them what when where who which how why did do
  does was were is are be been has have had will would can could should shall to for of on in at by with from about and or
  but so that this those these there here again thing stuff something some any not no please just also then than as if up
  out off into over one said say talk told get got go going need want`.split(/\s+/),
);
/** Characters of a text, of which enormous ones are no better known by the rest. */
const LOOKED_AT = 1_000;
const ENDINGS = ['ing', 'ed', 'es', 's', 'er'];

/**
 * The part of a query's words that a text has, 0 to 1, each in any of its plain forms. Names and rare words are what an
 * encoder is weakest at; where they are said again they say more than any likeness.
 */
export function sharedWords(query: readonly string[], text: string): number {
  if (query.length === 0) return 0;
  const known = new Set(contentWords(text.slice(0, LOOKED_AT)));
  return query.filter((word) => known.has(word)).length / query.length;
}

/** What a text is about, word by word, without endings. */
export const contentWords = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .replaceAll(/['’]s\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .filter((word) => !COMMON.has(word))
    .map(withoutEnding);

function withoutEnding(word: string): string {
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= 3);
  return ending === undefined ? word : word.slice(0, -ending.length);
}
