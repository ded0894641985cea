import { startOfDay } from '../civil.ts';
import { dateAt, lastDay, rangeOf } from './date-phrase.ts';
import type { PartReader, Scan } from './parts.ts';
import { part } from './parts.ts';
import { phrases } from './wordings.ts';

const STARTS = phrases(
  'with the first on',
  'with the first time',
  'first time on',
  'first time in',
  'first time',
  'first on',
  'first one on',
  'starting from',
  'starting on',
  'starting in',
  'starting at',
  'starting with',
  'starting',
  'starts on',
  'starts in',
  'starts',
  'start on',
  'start in',
  'start from',
  'start',
  'beginning on',
  'beginning in',
  'beginning from',
  'beginning with',
  'beginning',
  'begins on',
  'begins',
  'begin on',
  'begin',
  'commencing on',
  'commencing',
  'kicking off',
  'effective',
  'as of',
  'as from',
  'from',
  'since',
);

/** "between june 1 and june 30": from the one to the other. */
function readBetween(scan: Scan, index: number): ReturnType<PartReader> {
  const { view, context, said } = scan;
  if (said.until !== undefined || !view.is(index, 'between')) return null;
  const first = dateAt(scan, view.is(index + 1, 'the') ? index + 2 : index + 1);
  if (!first || first.value.clock || !view.is(first.next, 'and')) return null;
  const from = startOfDay(first.value.span.start);
  const later = { ...scan, context: { ...context, today: from, now: from } };
  const last = dateAt(later, view.is(first.next + 1, 'the') ? first.next + 2 : first.next + 1);
  if (!last || last.value.clock) return null;
  const says = {
    startsOn: rangeOf(view, index, last.next),
    startDay: from,
    until: lastDay(last.value.span, true, false),
  };
  return part(says, 'detail', last.next);
}

/** "starting monday", "from 1 december on": not of the rule, but of its first time. */
export const starts: PartReader = (scan, index) => {
  const { view, said } = scan;
  if (said.startsOn !== undefined) return null;
  const now = view.phrase(index, 'from now on') ?? view.phrase(index, 'from here on');
  if (now !== null) return part({}, 'detail', now);
  const between = readBetween(scan, index);
  if (between) return between;
  for (const { phrase, next: at } of STARTS(view, index)) {
    const article = view.is(at, 'the', 'this', 'on') ? at + 1 : at;
    const date = dateAt(scan, at) ?? dateAt(scan, article);
    const right = view.is(at, 'now', 'immediately', 'asap') ? at + 1 : null;
    if (right !== null) return part({ startsOn: rangeOf(view, index, right) }, 'detail', right);
    // "every 12 hours starting at 9pm"
    const short = (said.unit === 'hour' || said.unit === 'minute') && /^(?:start|begin)/.test(phrase);
    if (date?.value.clock && short)
      return part({ startsOn: rangeOf(view, index, date.next) }, 'detail', date.next);
    if (!date || date.value.clock) continue;
    const next =
      view.is(date.next, 'on', 'onwards', 'onward', 'forward') && !dateAt(scan, date.next + 1)
        ? date.next + 1
        : date.next;
    const startDay = startOfDay(date.value.span.start);
    return part({ startsOn: rangeOf(view, index, next), startDay }, 'detail', next);
  }
  return null;
};
