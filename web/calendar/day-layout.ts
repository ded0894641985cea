import { minutesOn } from '../client/index.ts';

/** Where something stands in a day: minutes by the clock, and which of the columns that overlap share the width. */
export interface Placed<T> {
  readonly item: T;
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly columns: number;
}

/** What is shorter takes up this much, so that it can be read and pressed. */
const SHORTEST = 25;

/** The timed things of a day, side by side where they overlap. */
export function layOut<T extends { start: string; end: string }>(
  items: readonly T[],
  day: string,
): Placed<T>[] {
  const spans = items
    .flatMap((item) => {
      const on = minutesOn(day, item);
      return on ? [{ item, from: on.from, to: Math.max(on.to, on.from + SHORTEST) }] : [];
    })
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const placed: Placed<T>[] = [];
  let cluster: Omit<Placed<T>, 'columns'>[] = [];
  let ends: number[] = [];
  const close = (): void => {
    const columns = ends.length;
    placed.push(...cluster.map((span) => ({ ...span, columns })));
    cluster = [];
    ends = [];
  };
  for (const span of spans) {
    if (ends.every((end) => end <= span.from)) close();
    const free = ends.findIndex((end) => end <= span.from);
    const column = free === -1 ? ends.length : free;
    ends[column] = span.to;
    cluster.push({ ...span, column });
  }
  close();
  return placed;
}
