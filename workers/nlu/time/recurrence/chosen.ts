import type { Said } from './parts.ts';

const WEEK: Readonly<Record<number, number[]>> = {
  2: [1, 4],
  3: [1, 3, 5],
  4: [1, 2, 4, 5],
  5: [1, 2, 3, 4, 5],
  6: [1, 2, 3, 4, 5, 6],
};
const DAY_HOURS: Readonly<Record<number, number[]>> = {
  2: [9, 18],
  3: [8, 13, 18],
  4: [8, 12, 16, 20],
  5: [8, 11, 14, 17, 20],
  6: [8, 10, 12, 14, 16, 18],
};
const MONTH: Readonly<Record<number, number[]>> = {
  2: [1, 15],
  3: [1, 11, 21],
  4: [1, 8, 15, 22],
};

/** "Three times a week" with the days that nobody named; what was named beside it stays. */
export function chosenDays({ timesPer, ...said }: Said): Said {
  if (timesPer === undefined || timesPer === 1) return said;
  const { unit } = said;
  const stepped: Said = { ...said };
  const every = (step: Said['unit'], whole: number): Said =>
    whole % timesPer === 0 && step
      ? { ...stepped, unit: step, interval: (said.interval ?? 1) * (whole / timesPer) }
      : stepped;
  switch (unit) {
    case 'day':
      if (said.clocks !== undefined || said.weekdays !== undefined) return said;
      return DAY_HOURS[timesPer] ? { ...said, clocks: at(DAY_HOURS[timesPer]) } : every('hour', 24);
    case 'week':
      if (said.weekdays !== undefined) return said;
      return timesPer === 7 ? { ...said, unit: 'day' } : { ...said, weekdays: WEEK[timesPer] ?? [1] };
    case 'month':
      if (
        said.monthDays !== undefined ||
        said.nth !== undefined ||
        said.dayPlaces !== undefined ||
        said.places !== undefined
      )
        return said;
      if (said.weekdays !== undefined) {
        const places =
          timesPer === 2 ? [1, 3] : Array.from({ length: Math.min(timesPer, 4) }, (_, place) => place + 1);
        const { weekdays, ...rest } = said;
        return { ...rest, nth: places.flatMap((place) => weekdays.map((weekday) => ({ place, weekday }))) };
      }
      if ((said.interval ?? 1) > 1) return every('month', said.interval ?? 1);
      return { ...said, monthDays: MONTH[timesPer] ?? [1] };
    case 'year':
      if (said.dates !== undefined || said.months !== undefined) return said;
      return every('month', 12);
    case 'hour':
      return every('minute', 60);
    default:
      return said;
  }
}

const at = (hours: readonly number[]): NonNullable<Said['clocks']> =>
  hours.map((hour) => ({ hour, minute: 0, definite: true }));
