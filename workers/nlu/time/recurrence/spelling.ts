import type { Range } from '../../text.ts';
import { MONTHS, WEEKDAYS } from '../words.ts';
import type { Token } from '../tokens.ts';
import { TokenView, tokenize } from '../tokens.ts';

/** Short forms and slips that are too short, or too near another word, to be told by their letters alone. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    every:
      'evry evey evrey everey eveyr evrery evety evert eveery everyy evey ev ea evr eery evary evere evrie ever very',
    daily: 'dayly daly daliy dialy dailly diaily dailey',
    weekly: 'wekly weeky wkly weekley weely weekely weakly',
    monthly: 'mthly mnthly montly mothly monthy monthley',
    yearly: 'yrly yealry yearley yeraly anually',
    quarterly: 'qtrly qrtly qtly',
    fortnightly: 'fortnitely fornightly',
    hourly: 'hrly',
    weekday: 'wkday weekeday',
    weekdays: 'wkdays weekedays',
    weekend: 'wkend wknd',
    weekends: 'wkends wknds',
    monday: 'mondy mondey munday moday',
    tuesday: 'tuseday tusday teusday tuesay tuesdy',
    wednesday: 'wensday wednsday wendsday wedesday wednesdy wenesday',
    thursday: 'thrusday thurday thirsday thurdsay thursdy thr',
    friday: 'firday frday fryday fridy',
    saturday: 'saterday satruday satuday saturdy',
    sunday: 'sundy suday',
    month: 'mth mnth moth',
    months: 'mths mnths mos monts motnhs moths',
    minutes: 'mins minuets',
    minute: 'min',
    hour: 'hr',
    hours: 'hrs huors hors',
    week: 'wk weak',
    weeks: 'wks weaks weeeks weks wekks',
    year: 'yr',
    years: 'yrs',
    quarter: 'qtr',
    days: 'dys dyas dasy dayz dayes',
    everyday: 'eveyday evryday everday everydy evreyday everyady',
    until: "untill untl util til till 'til",
    other: 'othe ohter otehr oher',
    except: 'exept excpet expect',
    alternate: 'alternative alternating',
    starting: 'strting startin',
  }).flatMap(([word, slips]) => slips.split(' ').map((slip): [string, string] => [slip, word])),
);
/** Slips that are words of their own: only where the text is known to speak of a repetition. */
const DOUBTFUL_SLIPS: ReadonlySet<string> = new Set(
  'ea ever very moths eery evert thr weakly weak weaks moth mos expect alternative util'.split(' '),
);

/** Words long enough that one wrong, missing, doubled or swapped letter leaves no doubt. */
const LONG_WORDS = (
  'monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekday ' +
  'weekdays weekend weekends weekly monthly yearly annually quarterly fortnight fortnightly biweekly bimonthly january february ' +
  'september october november december morning mornings evening evenings afternoon workday workdays business completion'
).split(' ');
const LONG_SET: ReadonlySet<string> = new Set(LONG_WORDS);
const REAL_WORDS: ReadonlySet<string> = new Set(
  'sundae sundaes mourning warning weakly yearly nearly dearly meekly sleekly biweekly weekends fridges holidays midday middays busyness mooring'.split(
    ' ',
  ),
);

/** Hyphens within these belong to the word rather than to a range: "bi-weekly", "second-to-last", "every-other-day". */
const HYPHENATED: ReadonlySet<string> = new Set(
  'every other bi semi tri half to last once twice thrice month quarter year week end non mid single first second third fourth next weekly daily monthly yearly annual annually'.split(
    ' ',
  ),
);
const ABBREVIATIONS: ReadonlySet<string> = new Set([
  ...[...WEEKDAYS.keys(), ...MONTHS.keys()].filter((word) => word.length <= 5),
  ...'ea ev hr hrs min mins wk wks mo mos yr yrs approx st jr'.split(' '),
]);

/** The tokens of the range with slips put right and marks dropped that change nothing. */
export function repetitionView(folded: string, range: Range, lenient: boolean): TokenView {
  const tokens = tokenize(folded.slice(0, range.end))
    .filter(({ start }) => start >= range.start)
    .flatMap(apart);
  return new TokenView(
    tokens.filter((_token, index) => !isIdle(tokens, index)).map((token) => respelled(token, lenient)),
  );
}

/** "everyweek" and "everymonday" are two words; "everyday" is one of its own. */
function apart(token: Token): Token[] {
  const [, every, rest] = token.kind === 'word' ? (EVERY_GLUED.exec(token.text) ?? []) : [];
  if (every === undefined || rest === undefined) return [token];
  const middle = token.start + every.length;
  return [
    { ...token, text: every === 'each' ? every : 'every', end: middle },
    { ...token, text: rest, start: middle },
  ];
}

const EVERY_GLUED =
  /^(every|evry|evey|each)(week|month|year|hour|minute|morning|night|evening|weekday|weekend|other|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?$/;

function isIdle(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!token || !before || before.end !== token.start) return false;
  if (token.text === '.') return before.kind === 'word' && ABBREVIATIONS.has(before.text);
  if (token.text !== '-' || after?.start !== token.end || after.kind !== 'word') return false;
  return HYPHENATED.has(before.text) || HYPHENATED.has(after.text);
}

function respelled(token: Token, lenient: boolean): Token {
  if (token.kind !== 'word' || LONG_SET.has(token.text)) return token;
  const known = SPELLINGS.get(token.text);
  if (known !== undefined) {
    return lenient || !DOUBTFUL_SLIPS.has(token.text) ? { ...token, text: known } : token;
  }
  if (!/^[a-z]{6,12}$/.test(token.text) || REAL_WORDS.has(token.text)) return token;
  const meant = LONG_WORDS.find((word) => isSlipOf(token.text, word));
  return meant === undefined ? token : { ...token, text: meant };
}

/** Whether one letter more, one less, one other or two swapped make the typed word of the meant one. */
function isSlipOf(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1 || typed[0] !== meant[0]) return false;
  let head = 0;
  while (head < typed.length && typed[head] === meant[head]) head += 1;
  let tail = 0;
  while (
    tail < Math.min(typed.length, meant.length) - head &&
    typed[typed.length - 1 - tail] === meant[meant.length - 1 - tail]
  )
    tail += 1;
  const [left, wanted] = [typed.slice(head, typed.length - tail), meant.slice(head, meant.length - tail)];
  // A plural is a form of the word, not a slip.
  if (left + wanted === 's' && head + tail >= meant.length - 1 && tail === 0) return false;
  if (left.length <= 1 && wanted.length <= 1) return true;
  return left.length === 2 && wanted.length === 2 && left[0] === wanted[1] && left[1] === wanted[0];
}
