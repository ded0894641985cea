/** "Swims" as "swim": the last of the words without the s of its plural. */
export const singular = (words: string): string => words.replace(/(?<=[\p{L}]{2}[^s\W])s$/u, '');
