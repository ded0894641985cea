/** Words shorter than this have too many neighbours to be corrected. */
const CORRECTED_MIN = 4;
/** From this length on two slips are forgiven. */
const TWO_SLIPS_FROM = 8;

/** The word that was meant by one that nobody has written: the nearest known one, of those the commonest. */
export function corrected(word: string, known: readonly string[]): string | null {
  if (word.length < CORRECTED_MIN || /\d/.test(word)) return null;
  const most = word.length < TWO_SLIPS_FROM ? 1 : 2;
  let best: { word: string; slips: number } | null = null;
  for (const other of known) {
    if (Math.abs(other.length - word.length) > most || other.length < CORRECTED_MIN - 1) continue;
    const slips = slipsBetween(word, other);
    if (slips > 0 && slips <= (best ? best.slips - 1 : most)) best = { word: other, slips };
  }
  return best?.word ?? null;
}

/** Letters that are missing, too many, other ones, or swapped with their neighbour, at the least. */
export function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let slips = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + same,
      );
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwapped) slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      current.push(slips);
    }
    [before, last] = [last, current];
  }
  return last[b.length] ?? 0;
}
