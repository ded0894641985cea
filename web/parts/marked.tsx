/** The words that were looked for, marked where they begin a word. */
export function Marked({ text, query }: { text: string; query: string }) {
  const words = query
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)
    .map((word) => word.toLocaleLowerCase());
  const pieces = text.split(/([\p{L}\p{N}]+)/u);
  return pieces.map((piece, index) =>
    words.some((word) => piece.toLocaleLowerCase().startsWith(word)) ? (
      <mark key={index}>{piece}</mark>
    ) : (
      piece
    ),
  );
}
