import { ANCHORED_READERS } from './anchored.ts';
import { CALENDAR_READERS } from './calendar-dates.ts';
import { edge } from './edges.ts';
import { holiday } from './holidays.ts';
import { NUMBERED_READERS } from './numbered-periods.ts';
import { nthOf, nthOfMonthBefore, someOf } from './nth.ts';
import { PERIOD_READERS } from './period-dates.ts';
import type { PieceReader } from './pieces.ts';
import { RELATIVE_READERS } from './relative-dates.ts';
import { saidDay } from './said-day.ts';
import { season } from './seasons.ts';

/** Everything that says which day, or which days. */
export const DATE_READERS: readonly PieceReader[] = [
  saidDay,
  ...CALENDAR_READERS,
  ...RELATIVE_READERS,
  ...PERIOD_READERS,
  ...NUMBERED_READERS,
  season,
  edge,
  nthOf,
  nthOfMonthBefore,
  someOf,
  holiday,
  ...ANCHORED_READERS,
];
