import { civil, civilParts, isRealDate } from './civil.ts';
import type { DatePiece, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan, yearSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { CARDINALS, MONTH_NAMES, TENS, ZERO_WORDS } from './words.ts';

/** A year after the index (a comma or "of" may stand between): "2027", "'27", "twenty twenty seven". */
export function readYear(view: TokenView, index: number): Read<number> | null {
  const at = skip(
    view,
    view.is(index, 'in') && view.is(index + 1, 'the') ? index : skip(view, index, ',', 'of', 'in'),
    'year',
  );
  const digits = view.digits(at);
  if (digits.length === 4 && Number(digits) >= 1900 && Number(digits) <= 2199) {
    const clockLike =
      view.is(at + 1, ':') || (view.is(at + 1, 'h', 'hrs', 'hours') && view.digits(at + 2) === '');
    return clockLike ? null : { value: Number(digits), next: at + 1 };
  }
  if (view.is(at, "'") && view.digits(at + 1).length === 2 && view.glued(at + 1))
    return { value: centuryOf(Number(view.digits(at + 1))), next: at + 2 };
  return spokenYear(view, at);
}

/** "12/5/98" is of the last century, "12/5/27" of this one. */
export function centuryOf(year: number): number {
  return year >= 70 ? 1900 + year : 2000 + year;
}

/** "twenty twenty seven", "two thousand twenty seven", "nineteen ninety nine", "twenty oh nine" */
function spokenYear(view: TokenView, index: number): Read<number> | null {
  const thousand = view.phrase(index, 'two thousand');
  if (thousand !== null) {
    const rest = view.cardinal(skip(view, thousand, 'and'));
    return rest && rest.value < 100 && view.digits(thousand) === ''
      ? { value: 2000 + rest.value, next: rest.next }
      : { value: 2000, next: thousand };
  }
  const century = view.is(index, 'twenty') ? 2000 : view.is(index, 'nineteen') ? 1900 : null;
  if (century === null) return null;
  const at = skip(view, index + 1, '-');
  if (ZERO_WORDS.includes(view.word(at))) {
    const unit = CARDINALS.get(view.word(at + 1));
    return unit !== undefined && unit < 10 ? { value: century + unit, next: at + 2 } : null;
  }
  if (!TENS.has(view.word(at)) && !(CARDINALS.get(view.word(at)) ?? 0)) return null;
  const rest = view.cardinal(at);
  return rest && rest.value >= 10 ? { value: century + rest.value, next: rest.next } : null;
}

/** A year alone, known to be one from what stands before it. */
export function bareYear(view: TokenView, index: number): Read<DatePiece> | null {
  const digits = view.digits(index);
  const year = Number(digits);
  return digits.length === 4 && year >= 1900 && year <= 2199
    ? { value: datePiece(yearSpan(year)), next: index + 1 }
    : null;
}

/** A day of a month without its year: the coming one, then the one just gone. Empty when no near year has it. */
export function yearlessDay(month: number, day: number, context: TimeContext): Span[] {
  const { year } = civilParts(context.today);
  const real = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map((ahead) => year + ahead)
    .filter((y) => isRealDate(y, month, day));
  const coming = real.map((y) => civil(y, month, day)).find((moment) => moment >= context.today);
  if (coming === undefined) return [];
  const name = `${day} ${MONTH_NAMES[month] ?? ''}`;
  const readings = [daySpan(coming, `the coming ${name}`)];
  if (isRealDate(year, month, day) && civil(year, month, day) < context.today)
    readings.push(daySpan(civil(year, month, day), `${name} of this year, already past`));
  return readings;
}

/** What a phrase that comes once a year means in the years that a stretch touches; only what lies inside counts. */
export function yearlyWithin(inYear: (year: number) => Span | null): (frame: Span) => Span[] {
  return (frame) => {
    const first = civilParts(frame.start).year;
    const last = civilParts(frame.end - 1).year;
    const found: Span[] = [];
    for (let year = first; year <= Math.min(last, first + 30) && found.length === 0; year += 1) {
      const span = inYear(year);
      if (span && span.start >= frame.start && span.start < frame.end) found.push(span);
    }
    return found;
  };
}
