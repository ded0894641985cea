/** The notes of an item with more words behind them, on a line of their own. */
export const withNote = (notes: string | null, more: string): string =>
  notes === null || notes.trim() === '' ? more : `${notes.trimEnd()}\n${more}`;
