import type { Act } from '../../contracts/nlu.ts';

/** A text with long runs of blanks shortened, and the way back to the offsets of the original. */
export interface Compacted {
  text: string;
  restore(act: Act): Act;
}

const LONG_BLANK = /\s{4,}/g;

/**
 * Long runs of blanks mean nothing but make patterns try every split of them. They are cut to one blank before
 * anything looks at the text, and spans are moved back at the end.
 */
export function compactBlanks(original: string): Compacted {
  if (!/\s{4,}/.test(original)) return { text: original, restore: (act) => act };
  // Offset of each kept unit in the original.
  const origin: number[] = [];
  let text = '';
  let at = 0;
  const keep = (until: number): void => {
    for (; at < until; at += 1) {
      origin.push(at);
      text += original[at] ?? '';
    }
  };
  for (const run of original.matchAll(LONG_BLANK)) {
    keep(run.index + 1);
    at = run.index + run[0].length;
  }
  keep(original.length);
  const startOf = (offset: number): number => origin[offset] ?? original.length;
  const endOf = (offset: number): number =>
    offset === 0 ? 0 : (origin[offset - 1] ?? original.length - 1) + 1;
  return {
    text,
    restore: (act) => ({
      ...act,
      span: {
        start: startOf(act.span.start),
        end: act.span.end === text.length ? original.length : endOf(act.span.end),
      },
      entities: act.entities.map((entity) => {
        const start = startOf(entity.start);
        const end = entity.end === entity.start ? start : endOf(entity.end);
        return { ...entity, start, end, text: original.slice(start, end) };
      }),
    }),
  };
}
