import type { TokenView } from '../tokens.ts';
import { readDays } from './days.ts';
import { readMonthDays } from './monthly.ts';
import type { PartReader } from './parts.ts';
import { hasBegun, part } from './parts.ts';
import { phrases } from './wordings.ts';
import { readMonths } from './yearly.ts';

const EXCEPT = phrases(
  'with the exception of',
  'but with the exception of',
  'but never',
  'but not',
  'but no',
  'but skip',
  'but excluding',
  'but except',
  'and not',
  'except for',
  'except not',
  'except',
  'excepting',
  'apart from',
  'aside from',
  'other than',
  'save for',
  'excluding',
  'excludes',
  'exclude',
  'besides',
  'skipping',
  'skip',
  'omitting',
  'minus',
  'without',
  'never',
  'not including',
  'not',
  'no',
  'but',
);

/** Holidays differ from place to place, and no rule can say them: the index after them, or the same. */
function afterHolidays(view: TokenView, index: number): number {
  const named = view.is(index, 'public', 'bank', 'national', 'federal', 'school') ? index + 1 : index;
  return view.is(named, 'holidays', 'holiday') ? named + 1 : index;
}

/** "except sunday", "but not in august", "apart from weekends", "skip the 1st" */
export const except: PartReader = ({ view, said, lenient }, index) => {
  if (!hasBegun(said)) return null;
  for (const { phrase, next } of EXCEPT(view, index)) {
    let at = next;
    while (view.is(at, 'on', 'in', 'for', 'during', 'the', 'every', 'any', 'months', 'month', 'of')) at += 1;
    const holidays = afterHolidays(view, at);
    if (holidays > at) return part({}, 'detail', holidays);
    const days = readDays(view, at, true);
    if (days) {
      const more = view.is(days.next, 'and', 'or', '&', ',') ? days.next + 1 : days.next;
      const after = afterHolidays(view, more);
      return part({ notDays: days.value.days }, 'detail', after > more ? after : days.next);
    }
    const months = readMonths(view, at);
    if (months) return part({ notMonths: months.value }, 'detail', months.next);
    const dates = lenient || phrase !== 'but' ? readMonthDays(view, at, false) : null;
    if (dates) {
      const scoped =
        view.phrase(dates.next, 'of the month') ?? view.phrase(dates.next, 'of each month') ?? dates.next;
      return part({ notMonthDays: dates.value }, 'detail', scoped);
    }
  }
  return null;
};
