/**
 * The words that were looked for, marked where they begin a word; pictures wherever they stand. A single letter is marked
 * only where nothing else was looked for.
 */
export function Marked({ text, query }: { text: string; query: string }) {
  const sought = query
    .split(/\s+/)
    .flatMap((part) => part.split(/([\p{L}\p{N}]+)/u))
    .filter((part) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part))
    .filter((part, _, parts) => part.length > 1 || parts.length === 1)
    .map((part) => part.toLocaleLowerCase());
  const pieces = text.split(/([\p{L}\p{N}]+|\p{Extended_Pictographic}\uFE0F?)/u);
  return pieces.map((piece, index) =>
    piece !== '' && sought.some((word) => piece.toLocaleLowerCase().startsWith(word)) ? (
      <mark key={index}>{piece}</mark>
    ) : (
      piece
    ),
  );
}
