import { CARDINALS, MONTHS, ORDINALS, TENS, UNITS, WEEKDAYS } from './words.ts';

/** Words of time that are long enough for a slip to leave them recognisable. */
const TARGETS: readonly string[] = [
  ...[...WEEKDAYS.keys(), ...MONTHS.keys()].filter((word) => word.length >= 6),
  ...'tomorrow yesterday tonight weekend morning afternoon evening midnight fortnight christmas thanksgiving'.split(
    ' ',
  ),
];

/** Those that are still unlike any other word two slips away. */
const FAR: ReadonlySet<string> = new Set(
  'tomorrow yesterday wednesday september february thanksgiving afternoon'.split(' '),
);

/** Words of their own that lie one slip from a word of time. */
const REAL_WORDS: ReadonlySet<string> = new Set([
  ...[WEEKDAYS, MONTHS, CARDINALS, TENS, ORDINALS, UNITS].flatMap((words) => [...words.keys()]),
  ...TARGETS,
  ...'sundae sundry mourning moaning warning frida friary monda augusta weekender adorning'.split(' '),
]);

/** Short forms, and slips in words too short to be corrected by distance. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ...spellings(
    'tomorrow',
    'tmrw',
    'tmr',
    'tmw',
    'tomoz',
    'tomorro',
    'tmrow',
    'tomm',
    'tomrw',
    'tmmrw',
    'tmorow',
  ),
  ...spellings('tonight', 'tonite', 'tnite'),
  ...spellings('today', 'tdy', 'todya'),
  ...spellings('yesterday', 'yday', 'yest', 'ystd'),
  ...spellings('april', 'apirl', 'arpil', 'aprl', 'aprill'),
  ...spellings('march', 'marhc'),
  ...spellings('july', 'jully', 'juli'),
  ...spellings('monday', 'mnday'),
  ...spellings('tuesday', 'tueday', 'tusday', 'teusday'),
  ...spellings('wednesday', 'wensday', 'wendesday'),
  ...spellings('thursday', 'thrusday', 'thirsday'),
  ...spellings('morning', 'mornin', 'mrng', 'morn'),
  ...spellings('next', 'nxt'),
  ...spellings('previous', 'prev'),
  ...spellings('week', 'weeek', 'weke'),
  ...spellings('weeks', 'weeeks'),
  ...spellings('month', 'mnth'),
  ...spellings('evening', 'evenin'),
  ...spellings('fortnight', 'fortnite'),
  ...spellings('afternoon', 'arvo', 'aft'),
  ...spellings('minutes', 'mintues', 'minuts'),
  ...spellings('evening', 'evng'),
]);

/** The word as it was meant: itself, or the word of time that it misspells. */
export function respell(word: string): string {
  const known = KNOWN.get(word);
  if (known !== undefined) return known;
  if (word.length < 5 || word.length > 13 || REAL_WORDS.has(word) || !/^[a-z]+$/.test(word)) return word;
  for (const target of TARGETS) {
    if (word[0] !== target[0] || word === `${target}s`) continue;
    const allowed = FAR.has(target) ? 2 : 1;
    if (Math.abs(word.length - target.length) <= allowed && distance(word, target, allowed) <= allowed)
      return target;
  }
  return word;
}

/** Letters added, left out, changed or swapped with a neighbour between two words; more than `limit` is all the same. */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

function spellings(word: string, ...written: string[]): [string, string][] {
  return written.map((form) => [form, word]);
}
