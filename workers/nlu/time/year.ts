import { civil, civilParts, isRealDate } from './civil.ts';
import type { Span, TimeContext } from './pieces.ts';
import { skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { MONTH_NAMES } from './words.ts';

/** A four-digit year after the index (a comma may stand between), also "'27". */
export function readYear(view: TokenView, index: number): Read<number> | null {
  const at = skip(view, index, ',', 'of', 'in');
  const digits = view.digits(at);
  if (digits.length === 4 && Number(digits) >= 1900 && Number(digits) <= 2199 && !view.is(at + 1, ':'))
    return { value: Number(digits), next: at + 1 };
  if (view.is(index, "'") && view.digits(index + 1).length === 2 && view.glued(index + 1))
    return { value: 2000 + Number(view.digits(index + 1)), next: index + 2 };
  return null;
}

/** A day of a month without its year: the coming one, then the one just gone. Empty when no near year has it. */
export function yearlessDay(month: number, day: number, context: TimeContext): Span[] {
  const { year } = civilParts(context.today);
  const real = [year, year + 1, year + 2, year + 3, year + 4].filter((y) => isRealDate(y, month, day));
  const coming = real.map((y) => civil(y, month, day)).find((moment) => moment >= context.today);
  if (coming === undefined) return [];
  const name = `${day} ${MONTH_NAMES[month] ?? ''}`;
  const readings = [daySpan(coming, `the coming ${name}`)];
  if (isRealDate(year, month, day) && civil(year, month, day) < context.today)
    readings.push(daySpan(civil(year, month, day), `${name} of this year, already past`));
  return readings;
}
