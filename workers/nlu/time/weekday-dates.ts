import { DAY, civilParts, startOfWeek } from './civil.ts';
import { isDoubtful } from './date-leads.ts';
import type { PieceReader } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import type { TokenView } from './tokens.ts';
import { WEEKDAYS, WEEKDAY_NAMES } from './words.ts';

/** "friday", "this friday", "next tues", "last monday", "friday after next", "monday week" */
export const weekdayName: PieceReader = (view, index, context) => {
  let at = skip(view, index, 'the');
  const lead = view.word(at);
  const modifier = ['this', 'next', 'last', 'past', 'previous', 'coming', 'upcoming', 'following'].includes(
    lead,
  )
    ? lead
    : '';
  if (modifier) at += 1;
  const imminent = modifier === 'this' && view.is(at, 'coming');
  if (modifier === 'this') at = skip(view, at, 'coming', 'past');
  else if (at > index && !modifier) return null;
  const weekday = WEEKDAYS.get(view.word(at));
  if (weekday === undefined) return null;
  if (!modifier && isDoubtful(view, at, context) && !standsAlone(view, at)) return null;
  const next = skip(view, at + 1, '.');
  const name = WEEKDAY_NAMES[weekday] ?? '';
  const { today } = context;
  const ahead = (weekday - civilParts(today).weekday + 7) % 7;
  const coming = today + (ahead === 0 ? 7 : ahead) * DAY;
  const nextWeeks = startOfWeek(today) + (6 + weekday) * DAY;
  const afterNext = view.phrase(next, 'after next');
  if (afterNext !== null) {
    const day = coming === nextWeeks ? coming + 7 * DAY : nextWeeks;
    return { value: datePiece(daySpan(day, `${name} after the coming one`)), next: afterNext };
  }
  if (view.is(next, 'week') && !modifier)
    return { value: datePiece(daySpan(coming + 7 * DAY, `a week after the coming ${name}`)), next: next + 1 };
  const pastDay = today - ((7 - ahead) % 7 === 0 ? 7 : 7 - ahead) * DAY;
  switch (view.is(at - 1, 'past') ? 'past' : modifier) {
    case 'last':
    case 'past':
    case 'previous': {
      const lastWeeks = startOfWeek(today) + (weekday - 8) * DAY;
      const readings = [daySpan(pastDay, `the ${name} just gone`)];
      if (lastWeeks !== pastDay) readings.push(daySpan(lastWeeks, `${name} of last week`));
      return { value: { ...datePiece(...readings), past: true }, next };
    }
    case 'next': {
      const readings = [daySpan(nextWeeks, `${name} of next week`)];
      if (coming !== nextWeeks) readings.push(daySpan(coming, `the coming ${name}`));
      return { value: datePiece(...readings), next };
    }
    case 'this': {
      const day = ahead === 0 && !imminent ? today : coming;
      return { value: datePiece(daySpan(day, ahead === 0 ? 'today' : `the coming ${name}`)), next };
    }
    default: {
      // What has been going on since some day began in the past.
      if (view.is(index - 1, 'since'))
        return {
          value: {
            ...datePiece(daySpan(ahead === 0 ? today : pastDay, `the ${name} just gone`)),
            past: true,
          },
          next,
        };
      const readings = [daySpan(coming, `the coming ${name}`)];
      if (ahead === 0) readings.push(daySpan(today, 'today'));
      return { value: { ...datePiece(...readings), weekday }, next };
    }
  }
};

/** A doubtful weekday counts at the end of the text or before another word of time. */
function standsAlone(view: TokenView, index: number): boolean {
  return (
    (index > 0 && index + 1 >= view.length) ||
    view.is(index + 1, 'at', 'morning', 'afternoon', 'evening', 'night', 'next')
  );
}
