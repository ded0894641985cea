import { inNearestMonth } from '../../../contracts/nearest-month.ts';
import type { Range } from '../text.ts';
import { formatDay, type Civil } from './civil.ts';
import type { TimeMatch } from './expressions.ts';

/** "The 25th" and "the 25th at 7", which leave the month open; neither "the 25th of may" nor "friday the 25th". */
const DAY_ALONE =
  /^(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[\s-](?:first|second|third|\p{L}+th)|(?:four|six|seven|ten|eleven|(?:thir|four|fif|six|seven|eigh|nine)teen)th|fifth|eighth|ninth|twelfth|twentieth|thirtieth)(?=$|[\s,]+(?:at|around|about|by|from|in\s+the|noon|midday|\d|(?:and|or|to|until|till|-)\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)))/u;

export const isDayAlone = (folded: string, { start, end }: Range): boolean =>
  DAY_ALONE.test(folded.slice(start, end));

/** A day of the month alone, in the month that is nearest to where the item is. */
export function nearItem(
  match: TimeMatch,
  folded: string,
  { item, today }: { item: Civil; today: Civil },
): TimeMatch {
  if (!isDayAlone(folded, match)) return match;
  const moved = match.readings.map((span) => {
    const said = formatDay(span.start);
    const day = inNearestMonth(said, { item: formatDay(item), today: formatDay(today) });
    const by = Math.round((Date.parse(day) - Date.parse(said)) / 1000);
    return by === 0 ? span : { ...span, start: span.start + by, end: span.end + by, reason: NEAR };
  });
  const readings = moved.filter(({ start }, at) => moved.findIndex((one) => one.start === start) === at);
  return { ...match, readings };
}
const NEAR = 'in the month nearest to its own day';
