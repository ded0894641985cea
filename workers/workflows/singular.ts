/** "Swims" as "swim", "classes" as "class": the last of the words without the ending of its plural. */
export const singular = (words: string): string =>
  words.replace(/(?<=\p{L}(?:ss|sh|ch|x|zz))es$|(?<=[\p{L}]{2}[^s\W])s$/u, '');
