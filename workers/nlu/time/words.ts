/** Words of time and number as people type them, common slips included. */

export const WEEKDAYS: ReadonlyMap<string, number> = new Map([
  ...names(1, 'monday', 'mon'),
  ...names(2, 'tuesday', 'tue', 'tues', 'teusday'),
  ...names(3, 'wednesday', 'wed', 'weds', 'wensday', 'wednsday'),
  ...names(4, 'thursday', 'thu', 'thur', 'thurs', 'thrusday'),
  ...names(5, 'friday', 'fri'),
  ...names(6, 'saturday', 'sat'),
  ...names(7, 'sunday', 'sun'),
]);

export const WEEKDAY_NAMES = [
  '',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** Short forms that are also ordinary words: they need a word like "on" beside them. */
export const DOUBTFUL_WORDS: ReadonlySet<string> = new Set([
  'sat',
  'sun',
  'mar',
  'may',
  'march',
  'wed',
  'august',
]);

export const MONTHS: ReadonlyMap<string, number> = new Map([
  ...names(1, 'january', 'jan'),
  ...names(2, 'february', 'feb', 'febuary'),
  ...names(3, 'march', 'mar'),
  ...names(4, 'april', 'apr'),
  ...names(5, 'may'),
  ...names(6, 'june', 'jun'),
  ...names(7, 'july', 'jul'),
  ...names(8, 'august', 'aug'),
  ...names(9, 'september', 'sep', 'sept'),
  ...names(10, 'october', 'oct'),
  ...names(11, 'november', 'nov'),
  ...names(12, 'december', 'dec'),
]);

export const MONTH_NAMES = [
  '',
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const CARDINALS: ReadonlyMap<string, number> = new Map(
  [
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
    'thirteen',
    'fourteen',
    'fifteen',
    'sixteen',
    'seventeen',
    'eighteen',
    'nineteen',
  ].map((word, index) => [word, index]),
);

export const TENS: ReadonlyMap<string, number> = new Map([
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['ninety', 90],
]);

export const ORDINALS: ReadonlyMap<string, number> = new Map(
  [
    'first',
    'second',
    'third',
    'fourth',
    'fifth',
    'sixth',
    'seventh',
    'eighth',
    'ninth',
    'tenth',
    'eleventh',
    'twelfth',
    'thirteenth',
    'fourteenth',
    'fifteenth',
    'sixteenth',
    'seventeenth',
    'eighteenth',
    'nineteenth',
    'twentieth',
  ].map((word, index): [string, number] => [word, index + 1]),
).set('thirtieth', 30);

export type TimeUnit =
  'second' | 'minute' | 'hour' | 'day' | 'workday' | 'week' | 'weekend' | 'month' | 'quarter' | 'year';

export const UNITS: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>([
  ...forms('second', 'second', 'seconds', 'sec', 'secs'),
  ...forms('minute', 'minute', 'minutes', 'min', 'mins'),
  ...forms('hour', 'hour', 'hours', 'hr', 'hrs', "hour's", "hours'"),
  ...forms('day', 'day', 'days', "day's", "days'"),
  ...forms('workday', 'workday', 'workdays', 'weekday', 'weekdays'),
  ...forms('week', 'week', 'weeks', 'wk', 'wks', "week's", "weeks'"),
  ...forms('weekend', 'weekend', 'weekends'),
  ...forms('month', 'month', 'months', "month's", "months'"),
  ...forms('quarter', 'quarter', 'quarters'),
  ...forms('year', 'year', 'years', 'yr', 'yrs', "year's", "years'"),
]);

/** One-letter units, taken only where they stick to their number ("2h", "30m", "3d"). */
export const GLUED_UNITS: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>([
  ['h', 'hour'],
  ['m', 'minute'],
  ['d', 'day'],
  ['w', 'week'],
]);

function names(value: number, ...words: string[]): [string, number][] {
  return words.map((word) => [word, value]);
}

function forms(unit: TimeUnit, ...words: string[]): [string, TimeUnit][] {
  return words.map((word) => [word, unit]);
}
