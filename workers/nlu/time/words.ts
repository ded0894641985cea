/** Words of time and number as people type them, common slips included. */

export const WEEKDAYS: ReadonlyMap<string, number> = new Map([
  ...names(1, 'monday', 'mon'),
  ...names(2, 'tuesday', 'tue', 'tues'),
  ...names(3, 'wednesday', 'wed', 'weds', 'wensday'),
  ...names(4, 'thursday', 'thu', 'thur', 'thurs'),
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
  'mon',
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
  ...names(2, 'february', 'feb'),
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

/** "oh" of "five oh five". */
export const ZERO_WORDS = ['oh', 'o', 'zero'];

export const TENS: ReadonlyMap<string, number> = new Map([
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
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
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'workday'
  | 'week'
  | 'weekend'
  | 'fortnight'
  | 'month'
  | 'quarter'
  | 'year'
  | 'decade'
  | 'century';

export const UNITS: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>([
  ...forms('second', 'second', 'seconds', 'sec', 'secs'),
  ...forms('minute', 'minute', 'minutes', 'min', 'mins'),
  ...forms('hour', 'hour', 'hours', 'hr', 'hrs'),
  ...forms('day', 'day', 'days'),
  ...forms('workday', 'workday', 'workdays', 'weekday', 'weekdays'),
  ...forms('week', 'week', 'weeks', 'wk', 'wks'),
  ...forms('weekend', 'weekend', 'weekends', 'wkend', 'wknd'),
  ...forms('fortnight', 'fortnight', 'fortnights'),
  ...forms('month', 'month', 'months', 'mth', 'mths', 'mo', 'mos'),
  ...forms('quarter', 'quarter', 'quarters', 'qtr', 'qtrs'),
  ...forms('year', 'year', 'years', 'yr', 'yrs'),
  ...forms('decade', 'decade', 'decades'),
  ...forms('century', 'century', 'centuries'),
]);

const PLURALS: ReadonlySet<string> = new Set([...UNITS.keys()].filter((word) => word.endsWith('s')));

/** The unit a word names. "2 weeks' time" and "a day's work" have theirs with an apostrophe. */
export function unitOf(word: string): TimeUnit | undefined {
  return UNITS.get(word) ?? (word.includes("'") ? UNITS.get(word.replace(/'s?$/, '')) : undefined);
}

/** The unit a word names when it stands for exactly one: "week", not "weeks" nor "week's". */
export function singleUnit(word: string): TimeUnit | undefined {
  return PLURALS.has(word) ? undefined : UNITS.get(word);
}

/** Short units, taken only where they stick to their number ("2h", "30m", "3d"). */
export const GLUED_UNITS: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>([
  ['s', 'second'],
  ['h', 'hour'],
  ['m', 'minute'],
  ['d', 'day'],
  ['w', 'week'],
  ['y', 'year'],
]);

function names(value: number, ...words: string[]): [string, number][] {
  return words.map((word) => [word, value]);
}

function forms(unit: TimeUnit, ...words: string[]): [string, TimeUnit][] {
  return words.map((word) => [word, unit]);
}
