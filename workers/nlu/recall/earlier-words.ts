import { contentWords } from '../../../sessions/memory/shared-words.ts';
import { trimRange, type Range } from '../text.ts';

export const NOWHERE: Range = { start: 0, end: 0 };

const HABIT = String.raw`last\s+time|the\s+time\s+before|before|usual|always|ever`;
/** How long ago something is said to have been. */
export const AGO = String.raw`(?:${HABIT}|last\s+(?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|the\s+(?:other\s+day|week\s+before|last\s+one)|(?:\d+|two|three|a\s+few)\s+(?:days|weeks|months)\s+ago)`;
/** What was done somewhere. */
export const PAST = String.raw`(?:had|met|were|was|did|went|ate|dined|drank|stayed|saw|celebrated|sat|trained|worked|played|lunched|brunched|watched)`;
export const SPOKEN = String.raw`(?:(?:that\s+|which\s+)?(?:we|i)\s+(?:talked|spoke|were\s+talking|mentioned|discussed|said|had\s+in\s+mind|told\s+you)(?:\s+(?:about|of))?(?:\s+(?:earlier|before|recently|last\s+(?:time|week|month)|yesterday|the\s+other\s+day))?)`;

/** What is said of something earlier. */
export interface Earlier {
  words: Range;
  /** Where the words end that speak of it. */
  end: number;
  /** It was so the last time, or always. */
  isHabit: boolean;
}

const ONLY_AGO = new RegExp(
  String.raw`^\s*(?:(?:i|we)\s+(?:did|had|were|went)\s+)?(?:the\s+)?(?<ago>${AGO})(?=\s*(?:[,;!?]|[.](?:\s|$)|$)|\s+(?:but|and|with|on|at|for)\b)`,
);
const STOP = String.raw`\s*(?:[,;!?]|[.](?:\s|$)|$)|\s+for\s+(?:an?|half|\d+|two|three)\s+(?:an?\s+)?(?:hours?|minutes?|min|h)\b|\s+(?:but|only|except|please|instead|and\s+(?:at|on|for|remind|then|also|add|invite|e-?mail|call|tell|put|make|set|book|it|i))\b`;
const DAY = String.raw`\s+(?:(?:on|this|next|coming)\s+)*(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\s+(?:next|this)\s+(?:week|month|morning|afternoon|evening)\b|\s+at\s+(?:\d|noon|midnight)`;
const UNTIL_DAY = new RegExp(`${STOP}|${DAY}`);
const UNTIL_END = new RegExp(STOP);
const LONGEST = 80;

/**
 * What follows "as" or "like": "last week", "the dinner with Ann".
 *
 * @param takesDay a day that follows is that of the earlier one
 */
export function earlierIn(folded: string, from: number, takesDay: boolean): Earlier | null {
  const rest = folded.slice(from);
  const ago = ONLY_AGO.exec(rest);
  if (ago)
    return {
      words: NOWHERE,
      end: from + ago[0].length,
      isHabit: new RegExp(`^(?:${HABIT})$`).test(ago.groups?.['ago'] ?? ''),
    };
  const length = (takesDay ? UNTIL_END : UNTIL_DAY).exec(rest)?.index ?? rest.length;
  const words = trimRange(folded, { start: from, end: from + length }, ',.!');
  return words.start < words.end && length <= LONGEST ? { words, end: words.end, isHabit: false } : null;
}

/** Words that say of something earlier that there was such a thing, or when, and not what it was. */
const EMPTY = new Set(
  contentWords(
    `one thing task event meeting appointment reminder email mail letter message entry session place restaurant cafe bar pub
    room venue location spot office studio hotel had met did went ate dined drank stayed saw celebrated sat made wrote sent
    got set took last time week month year yesterday today tonight tomorrow ago day days weeks months other before usual always
    recently monday tuesday wednesday thursday friday saturday sunday next let lets again same like`,
  ),
);

/** The words by which something earlier is known: "the dinner with Ann" was a dinner, and with Ann. */
export const namingWords = (text: string): string[] =>
  contentWords(text).filter((word) => !EMPTY.has(word) && !/^\d+$/.test(word));
