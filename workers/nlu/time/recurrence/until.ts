import { DAY } from '../civil.ts';
import { calendarUnit } from '../periods.ts';
import type { TokenView } from '../tokens.ts';
import { MONTHS } from '../words.ts';
import { dateAt, lastDay, rangeOf } from './date-phrase.ts';
import type { PartReader, Scan } from './parts.ts';
import { part } from './parts.ts';
import { phrases, wordings } from './wordings.ts';

const UNTIL = phrases(
  'from now until',
  'up until',
  'up till',
  'up to and including',
  'up to',
  'all the way until',
  'all the way through',
  'all the way to',
  'all through',
  'right through',
  'ending on',
  'ending in',
  'ending at',
  'ending by',
  'ending',
  'ends on',
  'ends in',
  'ends at',
  'ends',
  'and ends on',
  'end on',
  'end in',
  'finishing on',
  'finishing',
  'stopping on',
  'stopping',
  'stop on',
  'expiring on',
  'expires on',
  'no later than',
  'not after',
  'until',
  'through',
  'thru',
  'before',
);
const NEVER = phrases(
  'until further notice',
  'until the end of time',
  'until forever',
  'until i say so',
  'until i die',
  'indefinitely',
  'forever',
  'for ever',
  'without end',
  'with no end date',
  'with no end',
  'no end date',
  'for the rest of my life',
);
const REST = phrases(
  'the rest of the',
  'the rest of this',
  'rest of the',
  'the remainder of the',
  'rest of this',
);
/** Ends of the current year or month in other words. */
const CLOSINGS = wordings<'year' | 'month'>([
  ['year end', 'year'],
  ['the year end', 'year'],
  ["year's end", 'year'],
  ['eoy', 'year'],
  ['the new year', 'year'],
  ['month end', 'month'],
  ['eom', 'month'],
]);
const LATE = ['through', 'thru', 'ending', 'ends', 'end', 'finishing', 'including'];

/** "until friday", "through march", "up to 2027-02-24", "ending december 19th" */
export const until: PartReader = (scan, index) => {
  const { view, said, context } = scan;
  if (said.until !== undefined) return null;
  const [never] = NEVER(view, index);
  if (never) return part({}, 'detail', never.next);
  const lead = leadOf(scan, index);
  if (!lead) return null;
  const at = view.is(lead.next, 'including') ? lead.next + 1 : lead.next;
  const [closing] = CLOSINGS(view, at);
  const within = closing && calendarUnit(closing.value, 0, context);
  if (closing && within) return part({ until: within.end - DAY }, 'detail', closing.next);
  // The end lies after the start, where that was said before it.
  const from = Math.max(context.today, said.startDay ?? 0);
  const after = from > context.today ? { ...context, today: from, now: from } : context;
  const later = { ...scan, context: after };
  const date = dateAt(later, at) ?? dateAt(later, view.is(at, 'the') ? at + 1 : at);
  if (!date) return null;
  const { span, clock } = date.value;
  if (clock) {
    const short = said.unit === 'hour' || said.unit === 'minute' || said.unit === 'second';
    return short && span.grain !== 'part_of_day'
      ? part({ until: span.start, untilClock: true }, 'detail', date.next)
      : null;
  }
  if (view.is(index, 'before') && scan.said.weekdays === undefined && scan.said.unit === undefined)
    return null;
  return part({ until: lastDay(span, lead.late, view.is(index, 'before')) }, 'detail', date.next);
};

/** Whether words about an end stand here, and whether a stretch named by them is to be lived through. */
function leadOf({ view, said }: Scan, index: number): { next: number; late: boolean } | null {
  const [found] = UNTIL(view, index);
  if (found) {
    const words = found.phrase.split(' ');
    return { next: found.next, late: words.some((word) => LATE.includes(word)) };
  }
  // "from june to august"
  const ranged = said.startsOn !== undefined && view.is(index, 'to', '-');
  return ranged ? { next: index + 1, late: true } : null;
}

/** "this week", "for the rest of the year", "next month": how long it goes on. */
export const withinPeriod: PartReader = (scan, index) => {
  const { view, context, said } = scan;
  if (said.until !== undefined || (said.unit === undefined && said.weekdays === undefined)) return null;
  const at = view.is(index, 'for', 'during', 'in', 'all', 'only', 'just') ? index + 1 : index;
  const rest = REST(view, at)[0]?.next;
  const next = view.is(at, 'next');
  const named = view.is(at, 'this') && MONTHS.has(view.word(at + 1)) ? dateAt(scan, at) : null;
  if (named) return part({ until: lastDay(named.value.span, true, false) }, 'detail', named.next);
  const head = rest ?? (view.is(at, 'this') || next ? at + 1 : null);
  const unit = head === null ? null : unitNamed(view, head);
  if (!unit || head === null) return null;
  const span = calendarUnit(unit, next && rest === undefined ? 1 : 0, context);
  const end = view.is(head + 1, 'only') ? head + 2 : head + 1;
  if (!span) return null;
  return part(
    {
      until: span.end - DAY,
      ...(next && rest === undefined && { startDay: span.start, startsOn: rangeOf(view, at, head + 1) }),
    },
    'detail',
    end,
  );
};

function unitNamed(view: TokenView, index: number): 'week' | 'month' | 'quarter' | 'year' | null {
  const word = view.word(index);
  return word === 'week' || word === 'month' || word === 'quarter' || word === 'year' ? word : null;
}
