import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import { MONTHS } from '../time/words.ts';

const LEAD = String.raw`(?:(?:by|on|at|until|before|due(?:\s+(?:by|on))?)\s+)?(?:the\s+)?`;
const MONTH = [...MONTHS.keys()].join('|');
const DATE = new RegExp(
  String.raw`\b(?<lead>${LEAD})(?:(?<month>${MONTH})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?|(?<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month2>${MONTH}))\b(?:,?\s+\d{4}\b)?`,
  'g',
);
const CLOCK = new RegExp(
  String.raw`\b${LEAD.replace('?', '')}(?<hour>\d{1,2}):(?<minute>\d{2})(?!\d)(?:\s*[ap]m\b)?`,
  'g',
);
/** As long as a month can be. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** "february 30", "at 25:00": written like a date or an hour, but there is none. With the words that lead to them. */
export function impossibleTimes(draft: Draft, range: Range): Range[] {
  const text = draft.folded.slice(0, range.end);
  const found: Range[] = [];
  for (const match of text.matchAll(DATE)) {
    const { month, month2, day, day2 } = match.groups ?? {};
    const length = LENGTHS[(MONTHS.get(month ?? month2 ?? '') ?? 1) - 1] ?? 31;
    if (Number(day ?? day2) > length) found.push(spanOf(match));
  }
  for (const match of text.matchAll(CLOCK)) {
    const { hour, minute } = match.groups ?? {};
    if (Number(hour) > 24 || Number(minute) > 59) found.push(spanOf(match));
  }
  return found.filter(
    (span) => span.start >= range.start && !draft.quotes.some((quote) => overlaps(quote, span)),
  );
}

const spanOf = (match: RegExpExecArray): Range => ({
  start: match.index,
  end: match.index + match[0].length,
});
