/** A word at the beginning of a sentence. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A sentence as part of another. */
export const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
