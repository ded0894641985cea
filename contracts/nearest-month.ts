const DAY_MS = 86_400_000;

/**
 * The day of the month of `said`, an ISO day, in that month in which it is nearest to `item`: "move it to the 25th" of
 * what is on December 24th is the day after. What is over has no month to keep.
 */
export function inNearestMonth(said: string, { item, today }: { item: string; today: string }): string {
  if (item < today) return said;
  const [year = 0, month = 0] = item.split('-').map(Number);
  const day = Number(said.slice(8, 10));
  const candidates = [-1, 0, 1].flatMap((offset) => {
    const date = new Date(Date.UTC(year, month - 1 + offset, day));
    // There is no 31st of every month.
    return date.getUTCDate() === day ? [date.toISOString().slice(0, 10)] : [];
  });
  const far = (one: string): number => Math.abs(Date.parse(one) - Date.parse(item)) / DAY_MS;
  return candidates.filter((one) => one >= today).toSorted((a, b) => far(a) - far(b))[0] ?? said;
}
