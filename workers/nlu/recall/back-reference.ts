import type { Action } from '../../../contracts/intents.ts';
import type { Draft } from '../draft.ts';
import { foldText, overlaps, quotedRanges, trimRange, type Range } from '../text.ts';
import { AGO, earlierIn, NOWHERE, PAST, SPOKEN, type Earlier } from './earlier-words.ts';

/** How a message leans on an earlier one. */
export interface BackReference {
  /**
   * `same`: the whole of it once more, with what is said beside it. `like`: a request of its own that takes from an
   * earlier one what it leaves out. `place`, `time`: one value of it, or both.
   */
  kind: 'same' | 'like' | 'place' | 'time' | 'place and time';
  /** The words that lean, in order, with what the request reads instead of them. */
  spans: (Range & { instead?: string })[];
  /** What is said of the new one beside "the same" ("for chemistry"); may be empty. */
  about: Range;
  /** What is said of the earlier one ("the dinner with Ann"); may be empty. */
  earlier: Range;
  /** Only what was made by this is meant: "the same task". */
  made?: Action;
  /** It is said to have been some time ago ("last week"), so that it is not what was done just now. */
  isOld: boolean;
  /** What is always so, or was the last time: of the same thing, or with the same people. */
  isHabit: boolean;
  /** Words that mean something by themselves as well ("again"): where nothing is known of it they lean on nothing. */
  isOptional: boolean;
}

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|and|also|plus|so|then|great|thanks|please|pls|yes|now|hey|hi)[\s,.!]+)*`;
const DO = String.raw`(?:(?:can\s+you\s+|could\s+you\s+|please\s+|i\s+(?:need|want)\s+|let'?s\s+)*(?:do|add|make|create|set\s+up|schedule|book|plan|put\s+in|have|repeat)\s+)?`;
const MAIL = String.raw`(?:e-?mail|mail|letter|message)`;
const THING = String.raw`(?<thing>thing|task|event|meeting|appointment|reminder|${MAIL}|entry|procedure|deal|arrangement)`;
/** "The same for chemistry", "do the same thing again next week", "same as last week". */
const SAME = new RegExp(
  String.raw`${LEAD}${DO}(?:exactly\s+|just\s+)?(?:the\s+)?same(?:\s+${THING})?(?:\s+(?:once\s+)?(?:again|more|too|as\s+well))?(?=\s*(?:$|[,.!])|\s+(?:for|with|about|to(?!\s+you\b)|of|as|like|on|at|in|by|from|but|and|only|just|except|next|this|every|today|tonight|tomorrow|again|once|please|pls|now|later|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d)(?![\p{L}]))`,
  'du',
);
/** What of all that is made is meant by a word for it. */
const MADE: readonly [RegExp, Action][] = [
  [/^task$/, 'create_task'],
  [/^(?:event|meeting|appointment)$/, 'create_event'],
  [/^reminder$/, 'set_reminder'],
  [new RegExp(`^${MAIL}$`), 'draft_email'],
];
const AS = String.raw`(?:just\s+|exactly\s+)?(?:as|like)\s+`;
/** What stands between "the same" and what is said of the new one: "as with Ann". */
const AS_EARLIER = new RegExp(String.raw`(?:^|[\s,]+)${AS}`);
/** "as last week", "like last time": nothing more is said of it. */
const AS_BEFORE = new RegExp(
  String.raw`[\s,]+(?:(?:the\s+)?(?:exact(?:ly)?\s+)?same\s+)?${AS}(?:(?:i|we)\s+did\s+)?(?:the\s+)?${AGO}[\s.!]*$`,
);
/** No names of something that is made. */
const NO_NAME = String.raw`(?:time|place|room|spot|suspects|way|thing|day|hour|people|person|price|amount|number|problem|issue|mistake|one|ones|here|to)\b`;
/** "the usual gym", "my usual standup tomorrow": a name with nothing else said of it. */
const USUAL = new RegExp(
  String.raw`${LEAD}(?:${DO}(?:(?:the|my|our)\s+)?usual\s+)(?!${NO_NAME})(?=\p{L})`,
  'u',
);
/** "The same lunch as last week", "my same yoga again" */
const SAME_NAME = new RegExp(
  String.raw`${LEAD}${DO}(?:(?:the|my|our)\s+)?same\s+(?!${NO_NAME})(?=\p{L})`,
  'u',
);
const NOUN = String.raw`(?:one|thing|task|event|meeting|appointment|reminder|${MAIL}|entry|call|breakfast|brunch|lunch|dinner|party|trip)`;
/** "like the one for Ann", "like we did for the kitchen". */
const LIKE_ONE = new RegExp(
  String.raw`[\s,]+(?:just\s+|exactly\s+)?(?:like|similar\s+to|(?:the\s+)?same\s+as)\s+(?=(?:(?:the|that|my|our)\s+(?:last\s+)?${NOUN}|(?:i|we)\s+(?:did|had|made|wrote|sent|set\s+up))\s+(?:[^,;.!?]*\s)?(?:for|with|to|about|on|at)\s)`,
);
/** "Write Ben the same mail as Ann" */
const SAME_MAIL = new RegExp(
  String.raw`\s(?:exactly\s+)?(?:the\s+)?same\s+${MAIL}(?:\s+(?:again|too))?(?:\s+(?:as|like)\s+(?:(?:the\s+one\s+)?(?:to|for)\s+)?|(?=[\s.!]*$))`,
);
const WRITES =
  /^[\s,.!]*(?:(?:and|also|please|then|can\s+you|could\s+you)\s+)*(?:write|send|draft|e-?mail|mail|compose|prepare)\b/;
const PLACES = String.raw`(?:place|restaurant|caf[eé]|bar|pub|room|venue|location|spot|office|studio|hotel|bistro|pizzeria)`;
const AND_TIME = String.raw`(?:\s*(?:,|and|&)\s*(?:at\s+)?(?:the\s+)?(?:same\s+)?(?<time>time|hour))?`;
const AND_PLACE = String.raw`(?:\s*(?:,|and|&)?\s*(?:at\s+)?(?:the\s+)?(?:same\s+)?(?<place>place))?`;
/** Words for a place that was one before; what is said of it follows, or nothing. */
const SAME_PLACE = new RegExp(
  String.raw`(?<led>\b(?:at|in|to)\s+|[,;]\s*)?(?:exactly\s+)?(?:the\s+)?(?:very\s+)?\b(?:same|usual)\s+(?<site>${PLACES})${AND_TIME}(?=$|[\s,;.!?])(?:\s+(?<as>as|like|(?:where|that)\s+(?:we|i)\s+${PAST}|(?:we|i)\s+${PAST})(?=\s))?`,
);
const THAT_PLACE = new RegExp(
  String.raw`\b(?:at|in|to)\s+(?:the|that)\s+${PLACES}\s+(?:(?<spoken>${SPOKEN})|(?<ago>(?:from|of)\s+${AGO})|(?:where\s+|that\s+)?(?:we|i)\s+${PAST}(?=\s)|from(?=\s+(?:the|that|my|our)\s)|where(?=\s+(?:the|my|our)\s+[^,;.!?]{1,60}\s(?:was|took\s+place)\b))`,
);
const SAME_TIME = new RegExp(
  String.raw`(?:\bat\s+)?(?:the\s+)?\bsame\s+(?:time|hour)${AND_PLACE}\s+(?:as|like)(?=\s)`,
);
/** "Same time, same place" behind a request; an hour alone is that of what was spoken of, or of what is moved. */
const SAME_BOTH = /[\s,]+(?:at\s+)?(?:the\s+)?same\s+time\s*(?:,|and|&)?\s*(?:the\s+)?same\s+place[\s.!]*$/;
/** "Where the coffee with Noah was", with no word for the place */
const WHERE = new RegExp(
  String.raw`\s(?:at\s+)?where\s+(?:(?:we|i)\s+${PAST}(?=\s)|(?=(?:the|my|our)\s+[^,;.!?]{1,60}\s(?:was|took\s+place)\b))`,
);
const ASKING = /\b(?:find|check|know|remember|forg[eo]t|see|show|figure|wonder|search|look)\b/;
/** What is moved keeps its own hour and its own place. */
export const MOVES =
  /^[\s,.!]*(?:(?:and|also|please|no|ok|okay|h+m+|uh+m?|oh|so|actually|wait|sorry|then|can\s+you|could\s+you|let'?s)[\s,]+)*(?:move|change|push|shift|set|make|reschedule|postpone|put|keep|leave)\b/;
/** "Water the plants again"; "say it again" and "try again" repeat nothing that was made. */
const AGAIN =
  /(?<=\S)(?<!\b(?:it|that|this|me|us|them|try|once|back|over|same|start|begin|show|ask|say|never|ever|and))\s+again(?=[\s,.!]|$)/;

/** "Let's do lunch with Ann again" wants it made. */
const LETS = new RegExp(
  String.raw`${LEAD}let'?s\s+(?:do|have|make|get|go\s+(?:to|for))\s+(?!(?:it|that|this|the\s+same)\b)`,
);

/** Quick enough to ask of every message: whether a look at what was said before may be needed at all. */
const MAY_LEAN = new RegExp(
  String.raw`\b(?:same|usual|again|similar\s+to)\b|\b(?:like|as)\s+(?:the|that|my|our|last|yesterday|before|always|usual|i|we)\b|\b(?:we|i)\s+(?:talked|spoke|mentioned|discussed|said|told\s+you|were\s+talking|${PAST})\b|\b(?:from|of)\s+(?:last|the|that|my|our)\s|\bwhere\s+(?:the|my|our)\s`,
);
/** Who asks wants nothing made. */
const ASKS =
  /^[\s,.!]*(?:(?:and|so|but|ok|okay|hey)[\s,]+)*(?:is|are|was|were|am|do|does|did|have|has|who|why|which|when|where|(?:what|how)(?!\s+about))\b/;

/** @returns null where a message stands for itself */
export function readBackReference({ folded }: Pick<Draft, 'folded'>): BackReference | null {
  if (folded.length > LONGEST || !MAY_LEAN.test(folded)) return null;
  const same = sameAs(folded);
  if (same || ASKS.test(folded)) return same;
  const found =
    sameMail(folded) ??
    sameTime(folded) ??
    samePlace(folded) ??
    oneLike(folded) ??
    asUsual(folded) ??
    again(folded);
  return found && isOfRequest(folded, found) ? found : null;
}

/** What somebody is to be told, or what stands in quotes, is kept as it is said. */
function isOfRequest(folded: string, { spans }: BackReference): boolean {
  const told = TOLD.exec(folded);
  const from = told ? told.index + told[0].length : folded.length;
  return spans.every(
    (span) => span.end <= from && !quotedRanges(folded).some((quote) => overlaps(quote, span)),
  );
}
const TOLD =
  /\b(?:e-?mail|mail|write|draft|message|text|letter|tell|say|ask|notes?|remind|reply|answer)\b.*?(?:\b(?:that|saying|asking|telling|whether|if|to\s+say|where|when|what)\b|:\s)/;

/** The same, of a text as it was typed. */
export const leansBack = (text: string): BackReference | null =>
  readBackReference({ folded: foldText(text) });

const LONGEST = 300;

const reference = (
  kind: BackReference['kind'],
  spans: BackReference['spans'],
  said: Partial<BackReference> = {},
): BackReference => ({
  kind,
  spans,
  about: NOWHERE,
  earlier: NOWHERE,
  isOld: true,
  isHabit: false,
  isOptional: false,
  ...said,
});

/** What is said of the earlier one, as a part of how a message leans. */
const saidOf = (found: Earlier | null): Pick<BackReference, 'earlier' | 'isHabit'> => ({
  earlier: found?.words ?? NOWHERE,
  isHabit: found?.isHabit ?? false,
});

function sameAs(folded: string): BackReference | null {
  const match = SAME.exec(folded);
  if (!match) return null;
  const end = match[0].length;
  const made = MADE.find(([words]) => words.test(match.groups?.['thing'] ?? ''))?.[1];
  const as = AS_EARLIER.exec(folded.slice(end));
  const found = as && earlierIn(folded, end + as.index + as[0].length, true);
  const before = { start: end, end: as && found ? end + as.index : folded.length };
  const about = [before, { start: found?.end ?? folded.length, end: folded.length }]
    .map((range) => trimRange(folded, range, ',.!'))
    .find(({ start, end: until }) => start < until);
  const spans = [{ start: 0, end }, ...(found ? [{ start: before.end, end: found.end }] : [])];
  return reference('same', spans, {
    ...saidOf(found),
    about: about ?? { start: end, end },
    isOld: found !== null,
    ...(made && { made }),
  });
}

function sameMail(folded: string): BackReference | null {
  const match = WRITES.test(folded) ? SAME_MAIL.exec(folded) : null;
  if (!match) return null;
  const from = match.index + match[0].length;
  const found = earlierIn(folded, from, true);
  // "Write Ben the same mail as Ann" asks for an email.
  const span = { start: match.index, end: found?.end ?? from, instead: ' an email' };
  return reference('like', [span], { ...saidOf(found), made: 'draft_email' });
}

function oneLike(folded: string): BackReference | null {
  const match = LIKE_ONE.exec(folded);
  const found = match && earlierIn(folded, match.index + match[0].length, true);
  return match && found && match.index > 0
    ? reference('like', [{ start: match.index, end: found.end }], saidOf(found))
    : null;
}

/** "The usual gym", "standup as last week", "the same lunch as last week" */
function asUsual(folded: string): BackReference | null {
  const before = AS_BEFORE.exec(folded);
  const behind = before && before.index > 0 ? [{ start: before.index, end: folded.length }] : [];
  const usual = USUAL.exec(folded) ?? SAME_NAME.exec(folded);
  if (usual && behind.every(({ start }) => start > usual[0].length))
    return reference('like', [{ start: 0, end: usual[0].length }, ...behind], {
      isHabit: true,
      isOptional: behind.length === 0 && !/usual\s+$/.test(usual[0]),
    });
  return behind.length > 0 ? reference('like', behind, { isHabit: true }) : null;
}

function again(folded: string): BackReference | null {
  const match = AGAIN.exec(folded);
  if (!match || /\?\s*$/.test(folded)) return null;
  const span = { start: match.index, end: match.index + match[0].length };
  const lets = LETS.exec(folded);
  const spans = [...(lets ? [{ start: 0, end: lets[0].length, instead: 'schedule ' }] : []), span];
  return reference('like', spans, { isHabit: true, isOptional: true });
}

function samePlace(folded: string): BackReference | null {
  const that = THAT_PLACE.exec(folded);
  if (that) {
    const from = that.index + that[0].length;
    const found =
      that.groups?.['spoken'] === undefined && that.groups?.['ago'] === undefined
        ? earlierIn(folded, from, isDated(folded.slice(0, that.index)))
        : null;
    return reference('place', [{ start: that.index, end: found?.end ?? from }], saidOf(found));
  }
  const match = SAME_PLACE.exec(folded);
  if (!match) return whereItWas(folded);
  const { led, site = '', time, as } = match.groups ?? {};
  const from = match.index + match[0].length;
  const found = as === undefined ? null : earlierIn(folded, from, isDated(folded.slice(0, match.index)));
  // "Book the same hotel as last time" is about the hotel itself, and so is "find the same place".
  const isBeside = led !== undefined || (GENERAL.test(site) && !ABOUT_IT.test(folded.slice(0, match.index)));
  if (!isBeside || (as !== undefined && !found)) return null;
  return reference(
    time === undefined ? 'place' : 'place and time',
    [{ start: match.index, end: found?.end ?? from }],
    { ...saidOf(found), ...(/\busual\s/.test(match[0]) && { isHabit: true }) },
  );
}

function whereItWas(folded: string): BackReference | null {
  const match = WHERE.exec(folded);
  const before = match ? folded.slice(0, match.index) : '';
  if (!match || ASKING.test(before) || !/\S\s+\S/.test(before)) return null;
  const from = match.index + match[0].length;
  const found = earlierIn(folded, from, isDated(before));
  return found && reference('place', [{ start: match.index, end: found.end }], saidOf(found));
}
const ABOUT_IT =
  /^\s*$|(?:^|[\s,])(?:find|book|reserve|use|get|try|visit|choose|pick|take|want|see|check|keep|need|about|of|for|from|the|a|my|our|is|it'?s)\s*$/;
const GENERAL = /^(?:place|spot|venue|location)$/;

function sameTime(folded: string): BackReference | null {
  const match = SAME_TIME.exec(folded);
  if (match) {
    const found = earlierIn(folded, match.index + match[0].length, isDated(folded.slice(0, match.index)));
    return (
      found &&
      reference(
        match.groups?.['place'] === undefined ? 'time' : 'place and time',
        [{ start: match.index, end: found.end }],
        saidOf(found),
      )
    );
  }
  const both = MOVES.test(folded) ? null : SAME_BOTH.exec(folded);
  const span = both && { start: both.index, end: folded.length };
  return span && reference('place and time', [span], { isHabit: true });
}

/** A day that stands before the words is that of the new one, so what follows them is of the earlier one. */
const isDated = (words: string): boolean =>
  /\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next\s+(?:week|month)|(?:on|by)\s+(?:the\s+)?\d)/.test(
    words,
  );
