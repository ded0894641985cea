import { WEEKDAY_CODES, recurrenceRule } from '../../../../contracts/recurrence.ts';
import { HOUR, civilParts, formatDay } from '../civil.ts';
import type { TimeContext } from '../pieces.ts';
import { chosenDays } from './chosen.ts';
import { dayAfter } from './date-phrase.ts';
import type { DayTime, RuleUnit, Said } from './parts.ts';
import { openHour, settledTimes } from './times.ts';

/** A rule that the words may mean, and why. */
export interface RuleReading {
  rule: string;
  reason: string;
}

const FREQUENCY: Readonly<Record<RuleUnit, string>> = {
  second: 'SECONDLY',
  minute: 'MINUTELY',
  hour: 'HOURLY',
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
};
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const ALL_MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const ALL_DATES = Array.from({ length: 31 }, (_, index) => index + 1);

/** The parts of a rule before they are written. */
interface Plan {
  unit: RuleUnit;
  interval: number;
  months: number[];
  monthDays: number[];
  yearDays: number[];
  /** With a place before it where it is numbered. */
  days: string[];
  places: number[];
  hours: number[];
  minutes: number[];
}

/** What was said as RRULEs, the likelier first; empty where it makes none. */
export function rulesOf(said: Said, context: TimeContext | null): RuleReading[] {
  const { otherwise, ...likely } = said;
  const first = ruleOf(likely, context);
  if (!first) return [];
  const { nth: _nth, reason: _reason, ...rest } = likely;
  const second = otherwise ? ruleOf({ ...rest, ...otherwise }, context) : null;
  return second && second.rule !== first.rule ? [first, second] : [first];
}

function ruleOf(said: Said, context: TimeContext | null): RuleReading | null {
  const planned = planOf(chosenDays(said));
  if (!planned) return null;
  const { plan, reasons } = planned;
  const parts = [
    `FREQ=${FREQUENCY[plan.unit]}`,
    plan.interval > 1 ? `INTERVAL=${plan.interval}` : '',
    written('BYMONTH', plan.months),
    written('BYYEARDAY', plan.yearDays),
    written('BYMONTHDAY', plan.monthDays),
    plan.days.length > 0 ? `BYDAY=${[...new Set(plan.days)].join(',')}` : '',
    written('BYSETPOS', plan.places),
    written('BYHOUR', plan.hours),
    written('BYMINUTE', plan.minutes),
    endOf(said, plan, context),
  ].filter(Boolean);
  const rule = parts.join(';');
  const beyond = plan.unit === 'month' && plan.days.some((day) => Math.abs(Number(day.slice(0, -2))) > 5);
  if (beyond || !recurrenceRule.safeParse(rule).success) return null;
  const reason = [said.reason, ...reasons].filter(Boolean).join('; ');
  return { rule, reason: reason || 'as said' };
}

function written(name: string, values: readonly number[]): string {
  const sorted = [...new Set(values)].toSorted((a, b) => (a < 0 === b < 0 ? a - b : b - a));
  return sorted.length > 0 ? `${name}=${sorted.join(',')}` : '';
}

function planOf(said: Said): { plan: Plan; reasons: string[] } | null {
  const reasons: string[] = [];
  const dates = datesOf(said, reasons);
  const counted = placesOf({ ...said, ...dates });
  const merged = { ...said, ...dates, ...counted };
  const placed =
    counted.monthDays.length > 0 || counted.yearDays.length > 0 || (said.nth ?? said.places) !== undefined;
  const unit = unitOf(merged, placed);
  if (!unit) return null;
  const without = exceptions(merged, unit);
  if (!without) return null;
  const { daysLater, ...times } = timesOf(said, unit, reasons);
  const numbered = (said.nth ?? [])
    .toSorted(
      (a, b) =>
        (a.place < 0 === b.place < 0 ? a.place - b.place : b.place - a.place) || a.weekday - b.weekday,
    )
    .map(({ place, weekday }) => `${place}${WEEKDAY_CODES[weekday - 1] ?? ''}`);
  if (daysLater !== 0 && (numbered.length > 0 || without.monthDays.length > 0))
    reasons.push('the day is that of the other zone');
  const among = said.places ? (said.among ?? []) : [];
  const weekdays = [...new Set([...without.weekdays, ...among])].toSorted((a, b) => a - b);
  return {
    plan: {
      unit: without.unit,
      interval: said.interval ?? 1,
      months: without.months,
      monthDays: without.monthDays,
      yearDays: counted.yearDays,
      days:
        numbered.length > 0
          ? numbered
          : weekdays.map((day) => WEEKDAY_CODES[(day + daysLater + 6) % 7] ?? ''),
      places: said.places ?? [],
      ...times,
    },
    reasons,
  };
}

/** Days of months where every day goes with every month; otherwise the first alone. */
function datesOf(
  { dates = [], months = [], monthDays = [] }: Said,
  reasons: string[],
): Pick<Said, 'months' | 'monthDays'> {
  const [first] = dates;
  if (!first) return { months, monthDays };
  const [inMonths, onDays] = [
    [...new Set(dates.map(({ month }) => month))],
    [...new Set(dates.map(({ day }) => day))],
  ];
  const whole = inMonths.length * onDays.length === dates.length;
  if (!whole) reasons.push('one rule holds only the first of these dates');
  return {
    months: [...months, ...(whole ? inMonths : [first.month])],
    monthDays: [...monthDays, ...(whole ? onDays : [first.day])],
  };
}

interface Counted {
  monthDays: number[];
  yearDays: number[];
  months: number[];
  weekdays: number[];
}

/** "the last day" of a month, a year or a week. */
function placesOf({ dayPlaces = [], monthDays = [], months = [], weekdays = [], unit }: Said): Counted {
  const base: Counted = { monthDays, yearDays: [], months, weekdays };
  if (dayPlaces.length === 0) return base;
  if (unit === 'week') {
    const inWeek = dayPlaces
      .map((place) => (place > 0 ? place : 8 + place))
      .filter((day) => day >= 1 && day <= 7);
    return { ...base, weekdays: [...weekdays, ...inWeek] };
  }
  if (unit !== 'year' || months.length > 0) return { ...base, monthDays: [...monthDays, ...dayPlaces] };
  const [place] = dayPlaces;
  if (dayPlaces.length === 1 && (place === 1 || place === -1))
    return { ...base, months: [place === 1 ? 1 : 12], monthDays: [place === 1 ? 1 : 31] };
  return { ...base, yearDays: dayPlaces };
}

function unitOf(said: Said & Counted, placed: boolean): RuleUnit | null {
  const { unit, interval = 1, months, weekdays } = said;
  if (unit === 'second' || unit === 'minute' || unit === 'hour') return unit;
  if (said.yearDays.length > 0) return 'year';
  if (placed) {
    if (months.length > 0) return unit === 'month' ? 'month' : 'year';
    return unit === 'year' ? 'year' : 'month';
  }
  if (weekdays.length > 0) {
    if (unit === 'month' || (unit === 'year' && months.length === 0)) return unit;
    return unit === 'day' && interval > 1 ? 'day' : 'week';
  }
  if (unit) return unit;
  return months.length > 0 ? 'year' : null;
}

/** Takes the days and months out that were excepted. */
function exceptions(
  said: Said & Counted,
  unit: RuleUnit,
): { unit: RuleUnit; weekdays: number[]; months: number[]; monthDays: number[] } | null {
  const { notDays = [], notMonths = [], notMonthDays = [], weekdays, months, monthDays, interval = 1 } = said;
  const left = { unit, weekdays, months, monthDays };
  if (notDays.length > 0 && said.nth === undefined && said.places === undefined) {
    left.weekdays = (weekdays.length > 0 ? weekdays : ALL_DAYS).filter((day) => !notDays.includes(day));
    if (unit === 'day' && interval === 1 && monthDays.length === 0) left.unit = 'week';
    if (left.weekdays.length === 0) return null;
  }
  if (notMonths.length > 0) {
    left.months = (months.length > 0 ? months : ALL_MONTHS).filter((month) => !notMonths.includes(month));
    if (left.months.length === 0) return null;
  }
  if (notMonthDays.length > 0 && unit !== 'week') {
    left.monthDays = (monthDays.length > 0 ? monthDays : ALL_DATES).filter(
      (day) => !notMonthDays.includes(day),
    );
    if (left.monthDays.length === 0) return null;
  }
  return left;
}

interface Times {
  hours: number[];
  minutes: number[];
  /** By how many days the person's calendar is ahead where the times are those of another zone. */
  daysLater: number;
}

/** Hours and minutes where every minute goes with every hour; otherwise the first time alone. */
function timesOf(said: Said, unit: RuleUnit, reasons: string[]): Times {
  const short = unit === 'hour' || unit === 'minute' || unit === 'second';
  const [window] = said.window ?? [];
  const none = { hours: [], minutes: [], daysLater: 0 };
  if (window && short) return { ...none, hours: hoursWithin(window, said), minutes: said.minutes ?? [] };
  if (short) return { ...none, minutes: said.minutes ?? [] };
  const there = window ? [openHour(window.from), ...settledTimes(said)] : settledTimes(said);
  const { times, daysLater } = atHome(there, said.zoneShift ?? 0);
  const [first] = times;
  if (!first) return none;
  const [hours, minutes] = [
    [...new Set(times.map(({ hour }) => hour))],
    [...new Set(times.map(({ minute }) => minute))],
  ];
  const distinct = new Set(times.map(({ hour, minute }) => hour * 60 + minute));
  if (hours.length * minutes.length === distinct.size) return { hours, minutes, daysLater };
  reasons.push('one rule holds only the first of these times');
  return { hours: [first.hour], minutes: [first.minute], daysLater };
}

/** What clocks elsewhere show on the person's; `daysLater` where that is another day for all of the times. */
function atHome(there: readonly DayTime[], zoneShift: number): { times: DayTime[]; daysLater: number } {
  const shifted = there.map(({ hour, minute }) => hour * 60 + minute + zoneShift);
  const days = new Set(shifted.map((minutes) => Math.floor(minutes / 1_440)));
  const times = shifted.map((minutes) => {
    const ofDay = ((minutes % 1_440) + 1_440) % 1_440;
    return { hour: Math.floor(ofDay / 60), minute: ofDay % 60, definite: true };
  });
  const [daysLater = 0] = days.size === 1 ? days : [];
  return { times, daysLater };
}

/** "every two hours between 9 and 5": the hours it comes at. */
function hoursWithin(
  { from, to }: NonNullable<Said['window']>[number],
  { unit, interval = 1 }: Said,
): number[] {
  const length = (to.hour - from.hour + 24) % 24;
  const step = unit === 'hour' && interval < 24 ? interval : 1;
  const last = unit === 'hour' || to.minute > 0 ? length : length - 1;
  const hours: number[] = [];
  for (let hour = 0; hour <= Math.max(last, 0); hour += step) hours.push((from.hour + hour) % 24);
  return hours;
}

function endOf(said: Said, plan: Plan, context: TimeContext | null): string {
  if (said.count !== undefined) return `COUNT=${said.count}`;
  if (said.until !== undefined) return context ? untilPart(said.until, said.untilClock === true) : '';
  if (!said.length) return '';
  const count = countWithin(said.length, plan);
  if (count !== null && count >= 1 && count <= 9_999) return `COUNT=${count}`;
  if (!context) return '';
  const from = said.startDay ?? context.today;
  const { unit } = said.length;
  if (unit === 'second' || unit === 'minute' || unit === 'hour')
    return untilPart(context.now + said.length.count * (unit === 'hour' ? HOUR : 60), true);
  return untilPart(dayAfter(from, said.length.count, unit), false);
}

function untilPart(moment: number, clock: boolean): string {
  if (moment > 200_000_000_000 || moment < -50_000_000_000) return '';
  const day = formatDay(moment).replaceAll('-', '');
  if (!clock) return `UNTIL=${day}`;
  const { hour, minute, second } = civilParts(moment);
  return `UNTIL=${day}T${[hour, minute, second].map((part) => String(part).padStart(2, '0')).join('')}`;
}

const MINUTES: Readonly<Record<string, number>> = {
  second: 1 / 60,
  minute: 1,
  hour: 60,
  day: 1_440,
  week: 10_080,
};
const MONTHS: Readonly<Record<string, number>> = { month: 1, year: 12 };

/** How often the rule comes in a length, where that is a whole number whatever the calendar. */
function countWithin({ count, unit }: NonNullable<Said['length']>, plan: Plan): number | null {
  const perDay = Math.max(1, plan.hours.length) * Math.max(1, plan.minutes.length);
  const whole = (periods: number, each: number): number | null =>
    Number.isInteger(periods) ? periods * each : null;
  const dated = plan.months.length > 0 && plan.unit !== 'year';
  if (dated) return null;
  const onDays = new Set(plan.days).size;
  if (unit === 'workday')
    return plan.unit === 'week' && plan.interval === 1 && plan.days.join() === 'MO,TU,WE,TH,FR'
      ? count * perDay
      : null;
  const minutes = MINUTES[unit];
  const months = MONTHS[unit];
  switch (plan.unit) {
    case 'month': {
      const each = plan.places.length || plan.monthDays.length || onDays || 1;
      const named = plan.days.some((day) => day.length === 2) && plan.places.length === 0;
      if (months === undefined || named) return null;
      return whole((count * months) / plan.interval, each * perDay);
    }
    case 'year': {
      const each =
        Math.max(1, plan.months.length) *
        Math.max(1, plan.monthDays.length, onDays > 0 ? plan.places.length || onDays : 1);
      return months === undefined ? null : whole((count * months) / 12 / plan.interval, each * perDay);
    }
    case 'week':
      return minutes === undefined
        ? null
        : whole((count * minutes) / 10_080 / plan.interval, Math.max(1, onDays) * perDay);
    case 'day':
      if (minutes === undefined || onDays > 0 || plan.monthDays.length > 0) return null;
      return whole((count * minutes) / 1_440 / plan.interval, perDay);
    default: {
      if (minutes === undefined || onDays > 0 || plan.hours.length > 0) return null;
      return whole((count * minutes) / (MINUTES[plan.unit] ?? 1) / plan.interval, 1);
    }
  }
}
