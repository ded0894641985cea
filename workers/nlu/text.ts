/** A half-open stretch of UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

const SAME_LENGTH: Record<string, string> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
};

/**
 * Lower-cased text with plain quotes, dashes and blanks for matching. Every unit maps to exactly one unit, so that
 * offsets in it are offsets in the original (`toLowerCase` alone would lengthen "İ").
 */
export function foldText(text: string): string {
  let folded = '';
  for (const unit of text.split('')) {
    const mapped = SAME_LENGTH[unit];
    if (mapped !== undefined) folded += mapped;
    else if (/\s/.test(unit)) folded += ' ';
    else {
      const lower = unit.toLowerCase();
      folded += lower.length === 1 ? lower : unit;
    }
  }
  return folded.replace(SLIPS, (word) => SLIP_OF[word] ?? word);
}

/** Slips of fast thumbs in words that decide what is asked for, with words of the same length. */
const SLIP_OF: Readonly<Record<string, string>> = {
  reminde: 'remind ',
  acutally: 'actually',
  actaully: 'actually',
  atcually: 'actually',
  tomrorow: 'tomorrow',
  shcedule: 'schedule',
  scheudle: 'schedule',
  cnacel: 'cancel',
  canecl: 'cancel',
  deltee: 'delete',
  delteing: 'deleting',
};
const SLIPS = new RegExp(String.raw`\b(?:${Object.keys(SLIP_OF).join('|')})\b`, 'g');

/** Quoted stretches with their marks. What stands in quotes is a name and never read as a date or a filter. */
export function quotedRanges(folded: string): Range[] {
  const found: Range[] = [];
  // A single quote opens only after a blank and closes only before one, so that "don't" and "mom's" stay whole.
  for (const match of folded.matchAll(/"[^"]+"|`[^`]+`|(?<=^|[\s(:])'[^']{2,}'(?=$|[\s).,;!?])/g))
    found.push({ start: match.index, end: match.index + match[0].length });
  return found;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The range without blanks and the given further characters at its ends. */
export function trimRange(text: string, range: Range, extra = ''): Range {
  let { start, end } = range;
  const drop = (unit: string | undefined): boolean =>
    unit !== undefined && (/\s/.test(unit) || extra.includes(unit));
  while (start < end && drop(text[start])) start += 1;
  while (end > start && drop(text[end - 1])) end -= 1;
  return { start, end };
}

/** The same text with blanks in place of the given stretches; offsets stay. */
export function blank(text: string, ranges: readonly Range[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(at, start), Math.min(text.length, end)];
    if (from >= to) continue;
    result += text.slice(at, from) + ' '.repeat(to - from);
    at = to;
  }
  return result + text.slice(at);
}
