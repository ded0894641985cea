import type { Civil } from './civil.ts';
import { DAY, civilParts, startOfWeek } from './civil.ts';
import { isDoubtful } from './date-leads.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { CARDINALS, WEEKDAYS, WEEKDAY_NAMES } from './words.ts';

type Modifier = 'this' | 'coming' | 'next' | 'last' | 'past' | 'following' | '';

const MODIFIERS: readonly [string, Modifier][] = [
  ['this coming', 'coming'],
  ['this upcoming', 'coming'],
  ['this very', 'coming'],
  ['this next', 'coming'],
  ['this past', 'past'],
  ['this last', 'past'],
  ['just this past', 'past'],
  ['this', 'this'],
  ['coming up', 'coming'],
  ['coming', 'coming'],
  ['upcoming', 'coming'],
  ['following', 'coming'],
  ['nearest', 'coming'],
  ['next', 'next'],
  ['last', 'last'],
  ['past', 'last'],
  ['previous', 'last'],
];

/** "friday", "this friday", "next tues", "last monday", "friday after next", "monday week" */
export const weekdayName: PieceReader = (view, index, context) => {
  const hasArticle = view.is(index, 'the');
  const start = hasArticle ? index + 1 : index;
  const modified = readModifier(view, start);
  const modifier = modified?.value ?? '';
  const at = modified?.next ?? start;
  const weekday = WEEKDAYS.get(view.word(at));
  if (weekday === undefined) return null;
  const next = view.is(at + 1, '.') && !view.glued(at + 2) ? at + 2 : at + 1;
  const name = WEEKDAY_NAMES[weekday] ?? '';
  const coming = comingWeekday(weekday, context);
  const nextWeeks = dayOfNextWeek(weekday, context);
  const afterNext = view.phrase(next, 'after next');
  if (afterNext !== null) {
    const day = coming === nextWeeks ? coming + 7 * DAY : nextWeeks;
    return { value: datePiece(daySpan(day, `${name} after the coming one`)), next: afterNext };
  }
  const beforeLast = view.phrase(next, 'before last');
  if (beforeLast !== null)
    return {
      value: past(daySpan(goneWeekday(weekday, context) - 7 * DAY, `${name} before the last`)),
      next: beforeLast,
    };
  if (view.is(next, 'week', 'fortnight') && !modifier) {
    const days = view.is(next, 'week') ? 7 : 14;
    return {
      value: datePiece(daySpan(coming + days * DAY, `a week after the coming ${name}`)),
      next: next + 1,
    };
  }
  if (!modifier && view.is(next, 'last', 'past', 'gone') && !view.is(next + 1, 'week', 'month', 'year'))
    return { value: past(daySpan(goneWeekday(weekday, context), `the ${name} just gone`)), next: next + 1 };
  const justGone = modifier ? null : view.phrase(next, 'just gone');
  if (justGone !== null)
    return { value: past(daySpan(goneWeekday(weekday, context), `the ${name} just gone`)), next: justGone };
  // "monday coming", but not "monday coming to town".
  if (!modifier && view.is(next, 'coming') && view.word(next + 1) === '' && view.digits(next + 1) === '')
    return { value: modifiedDay('coming', weekday, context), next: next + 1 };
  if (modifier) return { value: modifiedDay(modifier, weekday, context), next };
  if (hasArticle && !context.lenient) return null;
  if (isDoubtful(view, at, context) && !standsAlone(view, at)) return null;
  return { value: bareDay(view, index, weekday, context), next };
};

function readModifier(view: TokenView, index: number): Read<Modifier> | null {
  for (const [words, value] of MODIFIERS) {
    const next = view.phrase(index, words);
    if (next !== null) return { value, next };
  }
  return null;
}

function past(...readings: Span[]): DatePiece {
  return { ...datePiece(...readings), past: true };
}

/** The next such day after today. */
export function comingWeekday(weekday: number, { today }: TimeContext): Civil {
  return today + ((weekday - civilParts(today).weekday + 6) % 7) * DAY + DAY;
}

/** The latest such day before today. */
function goneWeekday(weekday: number, { today }: TimeContext): Civil {
  return today - ((civilParts(today).weekday - weekday + 6) % 7) * DAY - DAY;
}

/** Such a day of the week after this one. */
function dayOfNextWeek(weekday: number, { today, firstDay }: TimeContext): Civil {
  return startOfWeek(today, firstDay) + (7 + ((weekday - firstDay + 7) % 7)) * DAY;
}

function modifiedDay(modifier: Modifier, weekday: number, context: TimeContext): DatePiece {
  const { today } = context;
  const name = WEEKDAY_NAMES[weekday] ?? '';
  const coming = comingWeekday(weekday, context);
  const monday = startOfWeek(today);
  switch (modifier) {
    case 'past':
    case 'last': {
      const lastWeeks = monday + (weekday - 8) * DAY;
      const gone = goneWeekday(weekday, context);
      const readings = [daySpan(gone, `the ${name} just gone`)];
      if (lastWeeks !== gone && modifier === 'last')
        readings.push(daySpan(lastWeeks, `${name} of last week`));
      return past(...readings);
    }
    case 'next': {
      const nextWeeks = dayOfNextWeek(weekday, context);
      const readings = [daySpan(nextWeeks, `${name} of next week`)];
      if (coming !== nextWeeks) readings.push(daySpan(coming, `the coming ${name}`));
      return datePiece(...(context.nextIsComing ? readings.reverse() : readings));
    }
    case 'this':
      return civilParts(today).weekday === weekday
        ? datePiece(daySpan(today, 'today'))
        : datePiece(daySpan(coming, `the coming ${name}`));
    default:
      return datePiece(daySpan(coming, `the coming ${name}`));
  }
}

function bareDay(view: TokenView, index: number, weekday: number, context: TimeContext): DatePiece {
  const { today } = context;
  const name = WEEKDAY_NAMES[weekday] ?? '';
  const isToday = civilParts(today).weekday === weekday;
  // What has been going on since some day began in the past.
  if (view.is(index - 1, 'since')) {
    const day = isToday ? today : goneWeekday(weekday, context);
    return { ...past(daySpan(day, `the ${name} just gone`)), weekday };
  }
  const readings = [daySpan(comingWeekday(weekday, context), `the coming ${name}`)];
  if (isToday) readings.push(daySpan(today, 'today'));
  return {
    ...datePiece(...readings),
    weekday,
    open: 'week',
    within: (frame) => inFrame(frame, weekday, context),
  };
}

/** The weekday of a week; of longer stretches the first that is not over. */
function inFrame(frame: Span, weekday: number, { today, firstDay }: TimeContext): Span[] {
  const short = frame.grain === 'week' || frame.grain === 'weekend';
  const from = short
    ? startOfWeek(frame.start, frame.grain === 'week' ? firstDay : 1)
    : frame.end > today
      ? Math.max(frame.start, today)
      : frame.start;
  const to = short ? from + 7 * DAY : frame.end;
  const day = from + ((weekday - civilParts(from).weekday + 7) % 7) * DAY;
  return day < to ? [daySpan(day, short ? 'that day of the week' : 'the first such day')] : [];
}

/** "two fridays ago", "three mondays from now" */
export const countedWeekdays: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'in', 'the');
  const count =
    view.cardinal(at) ?? view.ordinal(at) ?? (view.is(at, 'a') ? { value: 1, next: at + 1 } : null);
  if (!count || count.value < 1 || count.value > 100) return null;
  const word = view.word(count.next);
  const weekday = WEEKDAYS.get(word.replace(/s$/, '')) ?? WEEKDAYS.get(word);
  if (weekday === undefined) return null;
  if (CARDINALS.has(word)) return null;
  const after = count.next + 1;
  const weeks = (count.value - 1) * 7 * DAY;
  const name = WEEKDAY_NAMES[weekday] ?? '';
  if (view.is(after, 'ago', 'back'))
    return {
      value: past(daySpan(goneWeekday(weekday, context) - weeks, `${count.value}. ${name} back`)),
      next: after + 1,
    };
  const ahead =
    view.anyPhrase(after, ['from now', 'from today', 'hence', 'later']) ??
    (view.is(index, 'in') ? after : null);
  return ahead === null
    ? null
    : {
        value: datePiece(daySpan(comingWeekday(weekday, context) + weeks, `${count.value}. ${name} ahead`)),
        next: ahead,
      };
};

/** A doubtful weekday counts at the end of the text or before another word of time. */
function standsAlone(view: TokenView, index: number): boolean {
  return (
    (index > 0 && index + 1 >= view.length) ||
    (view.is(index, 'mon') &&
      (index === 0 ? view.digits(index + 1) !== '' : !/^[a-z]/.test(view.word(index + 1)))) ||
    view.is(index + 1, ',', '-', 'to', 'thru', 'noon', 'and') ||
    view.is(index + 1, 'at', 'morning', 'afternoon', 'evening', 'night', 'next')
  );
}
