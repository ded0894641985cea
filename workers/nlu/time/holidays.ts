import { DAY, civil, civilParts } from './civil.ts';
import type { PieceReader } from './pieces.ts';
import { datePiece } from './pieces.ts';
import { daySpan, easter, nthWeekday } from './periods.ts';
import { readYear } from './year.ts';

type Holiday = (year: number) => number;
const HOLIDAYS: readonly [string, Holiday][] = [
  ["new year's eve", (year) => civil(year, 12, 31)],
  ['new years eve', (year) => civil(year, 12, 31)],
  ["new year's day", (year) => civil(year, 1, 1)],
  ['new years day', (year) => civil(year, 1, 1)],
  ["new year's", (year) => civil(year, 1, 1)],
  ['christmas eve', (year) => civil(year, 12, 24)],
  ['christmas day', (year) => civil(year, 12, 25)],
  ['christmas', (year) => civil(year, 12, 25)],
  ['xmas', (year) => civil(year, 12, 25)],
  ['boxing day', (year) => civil(year, 12, 26)],
  ['halloween', (year) => civil(year, 10, 31)],
  ["valentine's day", (year) => civil(year, 2, 14)],
  ['valentines day', (year) => civil(year, 2, 14)],
  ["st patrick's day", (year) => civil(year, 3, 17)],
  ['independence day', (year) => civil(year, 7, 4)],
  ['thanksgiving', (year) => nthWeekday(civil(year, 11, 1), 4, 4) ?? civil(year, 11, 28)],
  ['black friday', (year) => (nthWeekday(civil(year, 11, 1), 4, 4) ?? civil(year, 11, 28)) + DAY],
  ['labor day', (year) => nthWeekday(civil(year, 9, 1), 1, 1) ?? civil(year, 9, 1)],
  ['memorial day', (year) => nthWeekday(civil(year, 5, 1), 1, -1) ?? civil(year, 5, 31)],
  ["mother's day", (year) => nthWeekday(civil(year, 5, 1), 7, 2) ?? civil(year, 5, 8)],
  ["father's day", (year) => nthWeekday(civil(year, 6, 1), 7, 3) ?? civil(year, 6, 15)],
  ['easter sunday', easter],
  ['easter monday', (year) => easter(year) + DAY],
  ['good friday', (year) => easter(year) - 2 * DAY],
  ['easter', easter],
];

/** Feasts are also words of titles ("christmas presents"): they count after a word that leads to a date. */
export const holiday: PieceReader = (view, index, context) => {
  const lead = view.word(index);
  const modified = ['next', 'last', 'this'].includes(lead);
  const at = modified ? index + 1 : index;
  if (
    !modified &&
    !context.lenient &&
    !view.is(index - 1, 'on', 'by', 'before', 'until', 'till', 'after', 'due', 'since', 'at')
  )
    return null;
  for (const [name, dayIn] of HOLIDAYS) {
    const next = view.phrase(at, name);
    if (next === null) continue;
    const year = readYear(view, next);
    const current = civilParts(context.today).year;
    const days = [current - 1, current, current + 1].map(dayIn);
    const coming = days.find((day) => day >= context.today) ?? dayIn(current + 1);
    const gone = days.filter((day) => day < context.today).at(-1) ?? dayIn(current - 1);
    const day = year ? dayIn(year.value) : lead === 'last' ? gone : coming;
    const value = datePiece(daySpan(day, name));
    return { value: lead === 'last' ? { ...value, past: true } : value, next: year?.next ?? next };
  }
  return null;
};
