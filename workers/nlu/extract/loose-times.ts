import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import type { TimeMatch } from '../time/expressions.ts';
import { timesIn } from './times.ts';

/**
 * How readily bare numbers and days are taken as times: `calendar` where the sentence is about a time anyway,
 * `task` where numbers more often count things.
 */
export type Readiness = 'calendar' | 'task';

/** Before a bare hour or a day of the month these leave nothing else to mean. */
const TIMED_BEFORE: Record<Readiness, RegExp> = {
  calendar:
    /(?:^|[\s(,])(?:at|to|until|till|til|from|by|@|around|about|before|after|for|now|be|is|it|starts?|begins?|ends?|due|alarm|me|between|than|not|on|wake-up|up|,|:)\s+(?:the\s+)?$|(?:->|→|:|,)\s*$|^\s*$/,
  task: /(?:^|\s)(?:for|on|by|before|until|till|due)\s+(?:the\s+)?$/,
};
const BARE =
  /^(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s*(?:to|-|and|until|till)\s*(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?$/;
const BARE_RANGE = /^\d{1,2}(?::\d\d)?\s*(?:to|-|until|till)\s*\d{1,2}(?::\d\d)?$/;
const DAY_OF_MONTH = /^(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third))\b/;
const MEAL = /^(?:breakfast|lunch(?:time)?|dinner(?:time)?|supper|work|school|bedtime|brunch)$/;
/** Words that are more often something else, where nothing around them says that they are a time. */
const DOUBTFUL =
  /^(?:now|may|march|mar|jan|jun|sat|sun|second|first|last|mon|wed|august|april|june|noon|midnight|summer|spring|fall|winter|autumn|christmas|easter|halloween|thanksgiving)$/;
/** Things that are counted: "friday 4 people", "at 12 main street". */
const COUNTED =
  /^\s*(?:people|persons|guests|tickets|pages?|chapters?|eggs?|bags?|bottles?|boxes|kids|seats?|rooms?|items?|times|%|kg|g|lbs?|ml|l|km|miles|dollars|bucks|euros?|of|x|×|\/|percent)(?![\p{L}])|^\s+\p{L}+\s+(?:street|st|avenue|ave|road|rd|lane|drive|square)\b/u;

/** Phrases of time, bare hours among them where the words before them say so. */
export function readyTimes(
  draft: Draft,
  range: Range,
  masked: readonly Range[],
  readiness: Readiness,
): TimeMatch[] {
  const strict = timesIn(draft, range, masked).flatMap((match) => withoutName(draft, match, masked) ?? []);
  // In notes of thousands of letters numbers mean anything.
  if (range.end - range.start > 600) return strict;
  const loose = timesIn(draft, range, masked.length > 0 ? masked : NOTHING_MASKED, true)
    .flatMap((match) => withoutName(draft, match, masked) ?? [])
    // "(2h)" is how long something takes, and an hour only where nothing else was asked for.
    .filter((match) => !/^\d{1,2}h\b/.test(draft.folded.slice(match.start, match.end)))
    .filter((match) => isMeant(draft, match, strict, readiness));
  const kept = strict.filter((match) => !loose.some((other) => overlaps(other, match)));
  return [...kept, ...loose].toSorted((a, b) => a.start - b.start);
}

/** "date night on friday", "lunch on friday": the first word is of the name, the day alone is the time. */
function withoutName(draft: Draft, match: TimeMatch, masked: readonly Range[]): TimeMatch | null {
  const words = draft.folded.slice(match.start, match.end);
  const before = draft.folded.slice(0, match.start);
  // A night is of its name whatever follows: "game night friday"; so is the evening of somebody: "parents' evening".
  const part =
    /^(?:(?:night|morning|evening|afternoon)\s+(?=(?:on|for)\s)|night\s+(?=\S))/.exec(words) ??
    (/s'\s+$/.test(before) ? /^(?:evening|morning|afternoon)\s+(?=\S)/.exec(words) : null);
  const meal = /^(?:(?:breakfast|brunch|lunch|dinner|supper)\b|(?:morning|evening|afternoon)(?=,|$))/.exec(
    words,
  );
  // "Move the lunch to 1": no stretch from noon to one o'clock.
  const called = LEADS_ON.test(before) ? null : THAT_MEAL.exec(words);
  const names =
    (part && /[\p{L}']\s+$/u.test(before) && !NAMED_PART.test(before)) ||
    called !== null ||
    (meal &&
      !/\b(?:at|after|before|over|during|by|around|until|till|from|this|in the|the|every|tomorrow|yesterday|today|day)\s+$/.test(
        before,
      ));
  const head = part ?? called ?? meal;
  if (!names || !head) return match;
  const rest = { start: match.start + head[0].length, end: match.end };
  return timesIn(draft, rest, masked.length > 0 ? masked : NOTHING_MASKED, true)[0] ?? null;
}

const THAT_MEAL = /^the\s+(?:breakfast|brunch|lunch|dinner|supper)(?=\s+(?:to|till|until)\s)/;
const LEADS_ON = /\b(?:at|after|before|over|during|by|around|until|till|from|between|in|for|since)\s+$/;
const NAMED_PART = /\b(?:in|on|at|the|this|every|tomorrow|yesterday|day|next|last)\s+$/;

/** "Night shift", "night train to Berlin": what something begins with that has a name behind it is of that name. */
const isOfName = (words: string, before: string, after: string): boolean =>
  /^(?:night|nite|morning|evening|afternoon)$/.test(words) &&
  /^\s*(?:(?:an?|the|my|our)\s+)?$/.test(before) &&
  /^\s+(?!(?:at|on|from|for|by|with|and|or|to|i|we|please|is|are)\b)\p{L}/u.test(after);

/** With a mask, however short, the fallback of lenient reading stays out: it takes words for dates. */
const NOTHING_MASKED: readonly Range[] = [{ start: -2, end: -1 }];

/** "at 5, no, make it 6" */
const HOUR_CORRECTED =
  /(?:\d(?:\s*[ap]m)?|noon)[\s,]+(?:(?:no|wait|i mean|actually|rather|make (?:it|that)|at)[\s,]+)+$/;

function isMeant(
  draft: Draft,
  match: TimeMatch,
  strict: readonly TimeMatch[],
  readiness: Readiness,
): boolean {
  const words = draft.folded.slice(match.start, match.end);
  const before = draft.folded.slice(0, match.start);
  const after = draft.folded.slice(match.end);
  const same = strict.filter((other) => overlaps(other, match));
  if (same.length > 0) {
    const most = Math.max(...same.map(({ start, end }) => end - start));
    // An article in front makes it no better, and what a bracket holds is apart.
    const article = /^(?:the|an?|my)\s+/.exec(words)?.[0].length ?? 0;
    if (most >= match.end - match.start - article || /[()]/.test(words)) return false;
    // "chapter 4 by tuesday": a number before the phrase that stands alone counts something.
    const [first] = same;
    const added = first ? draft.folded.slice(match.start, first.start) : '';
    if (
      /^\d{1,4}\s+(?!(?:to|until|till|through|and|o'clock|am|pm|-|(?:min(?:ute)?|h(?:ou)?r)s?\s+(?:before|after))\b)/.test(
        added,
      ) &&
      (readiness === 'task' || !TIMED_BEFORE.calendar.test(before))
    )
      return false;
    // What is added may be a number that counts what follows.
    return !(
      /\d$|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/.test(words) &&
      COUNTED.test(after)
    );
  }
  if (DOUBTFUL.test(words) || COUNTED.test(after) || isOfName(words, before, after)) return false;
  if (MEAL.test(words))
    return readiness === 'calendar'
      ? /\b(?:after|before|at|during|over)\s+$/.test(before) &&
          /^\s*(?:$|[,.!?]|to\b|on\b|tomorrow|today|that\b|remind|every)/.test(after)
      : false;
  if (
    /^\d/.test(words) &&
    /^\s+\p{Lu}[\p{L}'’]+\s+\p{Lu}\p{L}/u.test(draft.text.slice(match.end)) &&
    draft.text !== draft.text.toUpperCase()
  )
    return false;
  if (readiness === 'calendar' && match.hasClock && !match.clockOnly && /\d/.test(words)) return true;
  if (
    readiness === 'calendar' &&
    BARE_RANGE.test(words) &&
    /^\s*(?:$|[,.!?]|(?:on|for|with|tomorrow|today)\b)/.test(after)
  )
    return true;
  if (BARE.test(words) && HOUR_CORRECTED.test(before)) return true;
  if (BARE.test(words) && /\bon\s+$/.test(before)) return false;
  if (!TIMED_BEFORE[readiness].test(before))
    return readiness === 'calendar' && DAY_OF_MONTH.test(words) && /^\s*(?:$|[,.!?])/.test(after);
  if (readiness === 'task') return DAY_OF_MONTH.test(words) && /^\s*(?:$|[,.!?:])/.test(after);
  // "at 10 downing street", "for 2 tickets" were sorted out; a number of a name is glued to its word.
  return !(
    BARE.test(words) &&
    /(?:^|\s)(?:for|on|to|be|is|it|me|about|not|up)\s+$/.test(before) &&
    /^\s+(?!to\b|on\b|at\b|in\b|tomorrow|today|tonight|this|next|and\b|with\b|please|instead|now|not\b|for\b|until|from|every|sharp|ish|that\b|called|so\b|or\b|because|since|if\b)\p{L}/u.test(
      after,
    )
  );
}
