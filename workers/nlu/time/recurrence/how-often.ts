import type { TokenView } from '../tokens.ts';
import { readCount, readStep } from './counting.ts';
import { readDays } from './days.ts';
import type { PartReader, Scan } from './parts.ts';
import { hasBegun, part } from './parts.ts';
import { phrases } from './wordings.ts';

const OCCASIONS =
  'times time occurrences occurrence occurences occurance occurances sessions session repetitions repetition repeats repeat iterations iteration instances instance lessons lesson classes class meetings meeting visits visit appointments appointment events event payments payment installments doses dose treatments rounds games workouts recurrences x'.split(
    ' ',
  );
const FOR = phrases(
  'for a total of',
  'for the next',
  'for next',
  'for the coming',
  'in the next',
  'for the following',
  'for another',
  'for about',
  'for only',
  'for just',
  'for up to',
  'for at most',
  'for exactly',
  'for the first',
  'for',
  'over the next',
  'during the next',
  'a total of',
  'only',
  'just',
  'ends after',
  'ending after',
  'end after',
  'stops after',
  'stop after',
  'stopping after',
  'and stop after',
  'until after',
  'up to',
  'repeat',
  'repeats',
  'repeated',
  'limit',
  'max',
  'at most',
  'after',
  'next',
  'the next',
);

/** "for 5 times", "8 occurrences", "x5", "for six weeks", "for the next 3 mondays", "ends after 10 sessions" */
export const times: PartReader = (scan, index) => {
  const { view, said } = scan;
  if (said.count !== undefined || said.length !== undefined) return null;
  if (
    view.is(index, 'x', '×', '*') &&
    view.digits(index + 1) !== '' &&
    (said.unit ?? said.weekdays) !== undefined
  )
    return counted(Number(view.digits(index + 1)), index + 2);
  const begun = hasBegun(said);
  for (const { phrase, next } of [...FOR(view, index), { phrase: '', next: index }]) {
    const found = amountAfter(scan, next, phrase, begun);
    if (found) return found;
  }
  if (begun && view.is(index, 'twice', 'thrice'))
    return counted(view.is(index, 'twice') ? 2 : 3, afterTotal(view, index + 1));
  return null;
};

function amountAfter(scan: Scan, index: number, lead: string, begun: boolean): ReturnType<PartReader> {
  const { view } = scan;
  const count = readCount(view, index);
  if (count && Number.isInteger(count.value)) {
    const more = view.is(count.next, 'more', 'total', 'consecutive', 'separate', 'different', 'additional')
      ? count.next + 1
      : count.next;
    if (view.is(more, ...OCCASIONS) && (begun || lead.startsWith('for')))
      return view.is(more + 1, 'a', 'per', 'every', 'each', '/') && lead === ''
        ? null
        : counted(count.value, afterTotal(view, more + 1));
    const days = /^(?:for|over|during|next|the next)/.test(lead) ? readDays(view, more, false) : null;
    if (days && begun && days.value.days.length === 5)
      return part({ length: { count: count.value, unit: 'workday' } }, 'detail', days.next);
    // "for the next 5 mondays" says the day as well, where it was not said before.
    const named = days && days.value.plural && days.value.days.length === 1 ? days.value.days : null;
    if (named && days && begun) return part({ count: count.value }, 'detail', days.next);
    if (named && days && lead.includes('next'))
      return part({ weekdays: named, count: count.value }, 'plural', days.next);
  }
  if (!begun || !/^(?:for|over|during)/.test(lead)) return null;
  const step = readStep(view, index);
  if (!step || step.value.partOfDay === 'lunchtime') return null;
  const { unit, count: units } = step.value;
  if (units < 1 || RANK.indexOf(unit) < RANK.indexOf(scan.said.unit ?? 'day')) return null;
  return part(
    { length: { count: units, unit } },
    'detail',
    view.is(step.next, 'only', 'straight') ? step.next + 1 : step.next,
  );
}

/** "For 20 minutes" of something daily is how long it takes, not how long it goes on. */
const RANK = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'];

function counted(count: number, next: number): ReturnType<PartReader> {
  return count >= 1 && count <= 9_999 ? part({ count }, 'detail', next) : null;
}

function afterTotal(view: TokenView, index: number): number {
  return (
    view.phrase(index, 'in total') ??
    view.phrase(index, 'in all') ??
    view.phrase(index, 'in a row') ??
    (view.is(index, 'only', 'total', 'altogether', 'max') ? index + 1 : index)
  );
}
