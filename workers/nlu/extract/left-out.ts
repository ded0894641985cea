import type { DateRange } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { DAY, formatDay, startOfDay } from '../time/civil.ts';
import type { Moment } from './moments.ts';

const EXCEPT =
  /[\s,]+(?:but\s+)?(?:not|except(?:\s+for)?|excluding|other than|apart from|skipping)\s+(?:on\s+)?$/;
/** A further one of them: "except dec 24 and dec 31". */
const AND = /^[\s,]*(?:and|or|&)?\s*(?:on\s+)?$/;

/** Of the times that were said, those that are left out, each with the words that say so. */
export function leftOutOf(draft: Draft, moments: readonly Moment[]): { moment: Moment; cut: Range }[] {
  const found: { moment: Moment; cut: Range }[] = [];
  for (const moment of moments) {
    const { start, end } = moment.cut;
    const except = EXCEPT.exec(draft.folded.slice(0, start));
    const last = found.at(-1);
    const further =
      last !== undefined && start >= last.cut.end && AND.test(draft.folded.slice(last.cut.end, start));
    if (except) found.push({ moment, cut: { start: except.index, end } });
    else if (further) found.push({ moment, cut: { start: last.cut.end, end } });
  }
  return found;
}

/** The days of a time that was said, ends exclusive. */
export const daysOf = ({ days, time, first }: Moment): DateRange[] =>
  (days.length > 0 ? days : [time ?? first]).flatMap((match) => {
    const said = match?.readings[0];
    if (!said) return [];
    const from = startOfDay(said.start);
    return [{ start: formatDay(from), end: formatDay(Math.max(startOfDay(said.end), from + DAY)) }];
  });
