import { dayOfMonth } from './day-of-month.ts';
import { MONTH_READERS } from './month-dates.ts';
import { NUMERIC_READERS } from './numeric-dates.ts';
import type { PieceReader } from './pieces.ts';
import { countedWeekdays, weekdayName } from './weekday-dates.ts';

/** Dates that name a day or a month of the calendar. */
export const CALENDAR_READERS: readonly PieceReader[] = [
  ...MONTH_READERS,
  dayOfMonth,
  weekdayName,
  countedWeekdays,
  ...NUMERIC_READERS,
];
