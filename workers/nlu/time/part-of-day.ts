import type { HalfPiece, PartPiece, PieceReader, TimeContext } from './pieces.ts';
import { skip } from './pieces.ts';
import type { TokenView } from './tokens.ts';

/** Hours from midnight; those after 24 belong to the day after. */
interface Part {
  name: string;
  fromHour: number;
  toHour: number;
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['morning', { name: 'morning', fromHour: 6, toHour: 12 }],
  ['afternoon', { name: 'afternoon', fromHour: 12, toHour: 18 }],
  ['evening', { name: 'evening', fromHour: 18, toHour: 22 }],
  ['eve', { name: 'evening', fromHour: 18, toHour: 22 }],
  ['night', { name: 'night', fromHour: 18, toHour: 24 }],
  ['nite', { name: 'night', fromHour: 18, toHour: 24 }],
  ['lunchtime', { name: 'lunchtime', fromHour: 12, toHour: 14 }],
  ['lunch', { name: 'lunchtime', fromHour: 12, toHour: 14 }],
  ['breakfasttime', { name: 'breakfast', fromHour: 7, toHour: 9 }],
  ['teatime', { name: 'tea time', fromHour: 16, toHour: 18 }],
  ['dinnertime', { name: 'dinner time', fromHour: 18, toHour: 20 }],
  ['suppertime', { name: 'dinner time', fromHour: 18, toHour: 20 }],
]);

/** Meals that are a time of day only beside a word that says so: "dinner time", "after breakfast". */
const MEALS = ['breakfast', 'tea', 'dinner', 'supper'];

const DAY_HALVES: ReadonlyMap<string, string> = new Map([
  ['am', 'morning'],
  ['pm', 'afternoon'],
]);

/** The half of a part of the day. The morning is its own case: its early half is before most are up. */
export function halfOf(part: PartPiece, half: 'early' | 'late'): PartPiece {
  const { fromHour, toHour } = part;
  const name = `${half} ${part.name}`;
  if (half === 'early' && part.name === 'morning') return { ...part, name, fromHour: 5, toHour: 8 };
  const middle = (fromHour + toHour) / 2;
  return half === 'early' ? { ...part, name, toHour: middle } : { ...part, name, fromHour: middle };
}

/** The hours of a part of the day by its name. */
export function partNamed(word: string): PartPiece | null {
  const found = PARTS.get(word);
  return found ? part(found.name, found.fromHour, found.toHour) : null;
}

const DAY_ENDS = [
  'the very end of the day',
  'the end of the day',
  'end of the day',
  'end of the business day',
];
const WORK_ENDS = [
  'the close of business',
  'end of business',
  'close of business',
  'close of play',
  'end of day',
];

const BEFORE_BED = [
  'before bedtime',
  'before going to bed',
  'before i go to bed',
  'before we go to bed',
  'before bed',
];

/** "this morning", "in the evening", "tonight", "last night", "end of day" and, beside a day, "morning" alone. */
export const partOfDay: PieceReader = (view, index, context) => {
  const tonight = skip(view, index, 'later');
  if (view.is(tonight, 'tonight')) return { value: part('tonight', 18, 24, 0), next: tonight + 1 };
  const lastNight = view.anyPhrase(index, ['last night', 'yesterday night', 'the previous night']);
  if (lastNight !== null) return { value: part('night', 18, 24, -1), next: lastNight };
  const endOfDay =
    view.anyPhrase(index, [...DAY_ENDS, ...WORK_ENDS]) ??
    (view.is(index, 'eod', 'cob', 'eob') ? index + 1 : null);
  if (endOfDay !== null) return { value: { ...part('end of day', 17, 24), wholeDay: true }, next: endOfDay };
  const work = view.anyPhrase(index, ['after work', 'after school']);
  if (work !== null) return { value: part('after work', 17, 21), next: work };
  const bed = view.anyPhrase(index, BEFORE_BED);
  if (bed !== null) return { value: part('before bed', 20, 23), next: bed };
  const firstThing = view.anyPhrase(index, ['first thing in the morning', 'first thing']);
  if (firstThing !== null) return { value: part('morning', 6, 12), next: firstThing };
  const noon = view.anyPhrase(index, ['in the middle of the day', 'the middle of the day']);
  if (noon !== null) return { value: part('middle of the day', 12, 14), next: noon };
  const meal = readMeal(view, index, context);
  if (meal) return meal;
  const dead = view.anyPhrase(index, [
    'in the dead of night',
    'in the middle of the night',
    'the middle of the night',
  ]);
  if (dead !== null) return { value: part('night', 22, 28), next: dead };
  let at = index;
  let shift: number | undefined;
  let outer: 'early' | 'late' | undefined;
  // "late in the afternoon", "early this morning", "later this evening"
  if (
    view.is(at, 'early', 'late', 'later', 'earlier') &&
    (view.is(at + 1, 'in', 'during', 'this') || view.is(at + 1, 'on'))
  ) {
    if (view.is(at, 'early', 'late')) outer = view.is(at, 'early') ? 'early' : 'late';
    at += 1;
  }
  const inThe = view.anyPhrase(at, ['in the', 'during the', 'at the']);
  if (inThe !== null) at = inThe;
  else if (view.is(at, 'this')) [at, shift] = [at + 1, 0];
  else if (view.is(at, 'at', 'during', 'over', 'by') && view.is(at + 1, 'night', 'lunch', 'lunchtime'))
    at += 1;
  else if (view.is(at, 'the', 'in') && context.lenient) at += 1;
  if (outer && at === index + 1) return null;
  const early = view.is(at, 'early');
  const late = view.is(at, 'late');
  const middle = view.is(at, 'mid', 'middle');
  if (early || late || middle) at = skip(view, at + 1, '-');
  // "monday am" in a text that is a time; "5 am" has been read as an hour before this is asked, and "am I free", "I am" are
  // no time.
  const half =
    (context.lenient || inThe !== null) &&
    view.digits(at - 1) === '' &&
    !view.is(at + 1, 'i') &&
    !view.is(at - 1, 'i')
      ? DAY_HALVES.get(view.word(at))
      : undefined;
  const found = PARTS.get(half ?? view.word(at));
  if (!found || (view.word(at) === 'lunch' && at === index && !context.lenient)) return null;
  if (view.word(at) === 'eve' && !(shift === 0 || context.lenient || inThe !== null)) return null;
  const whole = part(found.name, found.fromHour, found.toHour, shift);
  const next = at + 1 + (view.is(at + 1, 'time') && found.name === 'lunchtime' ? 1 : 0);
  const which = early ? 'early' : late ? 'late' : outer;
  if (middle) return middleOf(whole, next);
  return { value: which ? halfOf(whole, which) : whole, next };
};

/** "dinner time", "at breakfast time"; in a text that is a time "after dinner" too. */
function readMeal(
  view: TokenView,
  index: number,
  context: TimeContext,
): { value: PartPiece; next: number } | null {
  const at = skip(view, index, 'at', 'the', 'around');
  const timed = view.is(at, ...MEALS) && view.is(at + 1, 'time');
  const led =
    at > index || view.is(index - 1, 'after', 'before', 'until', 'till', 'at', 'by', 'during', 'over');
  // "schedule dinner time with the kids" names it.
  if (!view.is(at, ...MEALS) || !(timed ? led || context.lenient : led && context.lenient)) return null;
  const found = partNamed(`${view.word(at)}time`);
  return found && { value: found, next: timed ? at + 2 : at + 1 };
}

function middleOf(whole: PartPiece, next: number): { value: PartPiece; next: number } {
  const third = (whole.toHour - whole.fromHour) / 3;
  const name = `mid ${whole.name}`;
  return {
    value: { ...whole, name, fromHour: whole.fromHour + third, toHour: whole.toHour - third },
    next,
  };
}

/** "early" or "late" of a part of the day that comes after the day: "early tomorrow morning". */
export const halfWord: PieceReader = (view, index) => {
  const word = view.word(index);
  if (word !== 'early' && word !== 'late') return null;
  const value: HalfPiece = { kind: 'half', half: word };
  return { value, next: index + 1 };
};

function part(name: string, fromHour: number, toHour: number, shift?: number): PartPiece {
  return shift === undefined
    ? { kind: 'part', name, fromHour, toHour }
    : { kind: 'part', name, fromHour, toHour, shift };
}
