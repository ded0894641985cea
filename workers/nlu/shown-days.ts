import { LOOKS } from '../../contracts/looks.ts';
import type { Act } from '../../contracts/nlu.ts';
import { dateRange, type DateRange } from '../../contracts/slots.ts';
import { FRESH_MS } from './fresh.ts';
import type { NluInput } from './nlu-input.ts';
import { civilInZone, formatDay } from './time/civil.ts';
import { insideOf, isWeekdayAlone } from './within-asked.ts';

/** Goes on with what was shown: "and on thursday?", "what about friday?", "am i free on wednesday?". */
const GOES_ON =
  /^[\s,.!]*(?:(?:ok|okay|and|so|then|hm+|but|also|alright)[\s,]+)*(?:(?:what|how)\s+about\s+|(?:am\s+i|are\s+we)\s+(?:free|busy)\s+|what(?:'s|\s+is|\s+do\s+i\s+have)\s+|(?=(?:on\s+)?\p{L}+day\b))/iu;
const MOST_WORDS = 8;

/** A weekday alone, asked for after a week was shown, is the day of that week. */
export function ofShownDays(
  acts: readonly Act[],
  text: string,
  { lastDays: last, now, timezone }: Pick<NluInput, 'lastDays' | 'now' | 'timezone'>,
): Act[] {
  const isNext =
    last !== undefined &&
    now.getTime() - Date.parse(last.at) < FRESH_MS &&
    GOES_ON.test(text) &&
    text.trim().split(/\s+/).length <= MOST_WORDS;
  if (!isNext || !last) return [...acts];
  // On sunday the monday of this week is over, and who asks about one means the next.
  const today = formatDay(civilInZone(now, timezone));
  const isOver = ({ end }: DateRange): boolean => end !== undefined && end.slice(0, 10) <= today;
  return acts.map((act) => {
    const said = LOOKS.some((look) => look === act.action)
      ? act.entities.find(({ slot }) => slot === 'date_range')
      : undefined;
    const range = said && isWeekdayAlone(said.text) ? dateRange.safeParse(said.value).data : undefined;
    const there = range && insideOf(range, last.range, timezone);
    if (!there || (isOver(there) && !isOver(last.range))) return act;
    const readings = [{ value: there, reason: 'in the days that were shown' }];
    const entities = act.entities.map((entity) =>
      entity === said ? { ...entity, value: there, readings } : entity,
    );
    return { ...act, entities };
  });
}
