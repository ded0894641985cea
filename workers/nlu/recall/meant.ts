import { namingWords } from './earlier-words.ts';
import { isFrom, likeliest, type Remembered } from './remembered.ts';

/** What is said of something earlier, and of the request that leans on it. */
export interface Leans {
  /** What it is known by ("the dinner with Ann"); may be empty. */
  earlier: string;
  /** All that says when it was. */
  leaning: string;
  /** The request itself, in words. */
  request: string;
  /** Only something that has to do with the request is meant: it was so the last time, or always is. */
  isHabit: boolean;
  /** Its hour is what is taken. */
  isTime?: boolean;
}

interface Place {
  now: Date;
  timezone: string;
}

const MEALS: ReadonlySet<string> = new Set(namingWords('breakfast brunch lunch dinner supper'));

/**
 * What is meant of all that is remembered. Words that name it all have to be its own, and a time that is said has to be
 * when it was; where nothing names it, what has most in common with the request comes first.
 *
 * @returns null where nothing is meant
 */
export function meantEarlier(
  remembered: readonly Remembered[],
  { earlier, leaning, request, isHabit, isTime = false }: Leans,
  place: Place,
  fits: (one: Remembered) => boolean = () => true,
): Remembered | null {
  const named = namingWords(earlier);
  const asked = namingWords(request);
  const meal = asked.find((word) => MEALS.has(word));
  const common = (one: Remembered): number => {
    const own = wordsOf(one);
    return asked.filter((word) => own.has(word)).length;
  };
  const isMeant = (one: Remembered): boolean => {
    if (!fits(one) || !isFrom(one, `${leaning} ${earlier}`, place)) return false;
    const own = wordsOf(one);
    if (named.length > 0) return named.every((word) => own.has(word));
    if (isHabit && common(one) === 0) return false;
    // Nobody has lunch at the hour of yesterday's dinner.
    return !isTime || meal === undefined || own.has(meal);
  };
  const found = likeliest(remembered, `${leaning} ${earlier}`, place, isMeant);
  // Without a name the one that is most like the request; the likeliest of those comes first already.
  return named.length > 0 ? (found[0] ?? null) : (found.toSorted((a, b) => common(b) - common(a))[0] ?? null);
}

/** What something was called, who took part, where it was, and what it said. */
export function wordsOf({ slots }: Pick<Remembered, 'slots'>): ReadonlySet<string> {
  const { title, participants = [], recipient = [], location, subject, body } = slots;
  return new Set(
    [title, ...participants, ...recipient, location, subject, body].flatMap((text) =>
      namingWords(text ?? ''),
    ),
  );
}

/** What has a name of which every word stands in a text: "water the plants" in "water the plants tomorrow". */
export function namedIn(text: string): (one: Remembered) => boolean {
  const said = new Set(namingWords(text));
  return ({ slots: { title = '' } }) => {
    const words = namingWords(title);
    return words.length > 0 && words.every((word) => said.has(word));
  };
}

/** What has all the words of a name: "gym session" for "gym". */
export function isNamed(name: string, one: Remembered): boolean {
  const [words, own] = [namingWords(name), wordsOf(one)];
  return words.length > 0 && words.every((word) => own.has(word));
}
