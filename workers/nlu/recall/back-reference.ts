import type { Draft } from '../draft.ts';
import { foldText, trimRange, type Range } from '../text.ts';

/** How a message leans on an earlier one. */
export interface BackReference {
  /**
   * `same`: the whole of it once more, with what is said beside it. `like`: a request of its own that takes from an
   * earlier one what it leaves out. `place`, `time`: one value of it.
   */
  kind: 'same' | 'like' | 'place' | 'time';
  /** The words that lean. */
  span: Range;
  /** What is said of the earlier one ("for Ann"); may be empty. */
  about: Range;
  /** It is said to have been some time ago ("last week"), so that it is not what was done just now. */
  isOld: boolean;
}

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|and|also|plus|so|then|great|thanks|please|pls|yes|now|hey|hi)[\s,.!]+)*`;
const DO = String.raw`(?:(?:can\s+you\s+|could\s+you\s+|please\s+|i\s+(?:need|want)\s+|let'?s\s+)*(?:do|add|make|create|set\s+up|schedule|book|plan|put\s+in|have|repeat)\s+)?`;
const THING = String.raw`(?:thing|task|event|meeting|appointment|reminder|e-?mail|entry|procedure|deal|arrangement)`;
/** "The same for chemistry", "do the same thing again next week", "same as last week". */
const SAME = new RegExp(
  String.raw`${LEAD}${DO}(?:exactly\s+|just\s+)?(?:the\s+)?same(?:\s+${THING})?(?:\s+(?:once\s+)?(?:again|more|too|as\s+well))?(?=$|[\s,.!])(?!\s+(?:time|place|day|hour|room|people|person|way|here|to\s+you)\b)`,
  'd',
);
const AGO = String.raw`(?:last\s+(?:time|week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|the\s+(?:other\s+day|week\s+before|last\s+one|time\s+before)|before|usual|always|(?:\d+|two|three|a\s+few)\s+(?:days|weeks|months)\s+ago)`;
/** "as last week", "like last time": nothing more is said of it. */
const AS_BEFORE = new RegExp(
  String.raw`[\s,]+(?:(?:the\s+)?(?:exact(?:ly)?\s+)?same\s+)?(?:as|like|just\s+like|just\s+as)\s+(?:(?:i|we)\s+did\s+)?(?:the\s+)?(?<ago>${AGO})[\s.!]*$`,
  'd',
);
/** "the usual gym", "my usual standup tomorrow": a name with nothing else said of it. */
const USUAL = new RegExp(
  String.raw`${LEAD}(?:${DO}(?:the|my|our)\s+usual\s+)(?!(?:time|place|room|spot|suspects|way|thing)\b)(?=\p{L})`,
  'du',
);
const NOUN = String.raw`(?:one|${THING}|call|lunch|dinner|mail|letter|message|party|trip)`;
/** "like the one for Ann", "like we did for the kitchen". */
const LIKE_ONE = new RegExp(
  String.raw`[\s,]+(?:just\s+|exactly\s+)?(?:like|similar\s+to|same\s+as)\s+(?:(?:the|that|my|our)\s+(?:last\s+)?${NOUN}|(?:i|we)\s+(?:did|had|made|wrote|sent))\s+(?:(?:i|we)\s+(?:did|had|made|wrote|sent|set\s+up)\s+)?(?<about>(?:for|with|to|about|on|at)\s+[^,;.!?]{1,80}?)(?=\s*(?:[,;.!?]|\s(?:but|and|only|except)\b|$))`,
  'd',
);
const SPOKEN = String.raw`(?:(?:that\s+|which\s+)?(?:we|i)\s+(?:talked|spoke|were\s+talking|mentioned|discussed|said|had\s+in\s+mind|told\s+you)(?:\s+(?:about|of))?(?:\s+(?:earlier|before|recently|last\s+(?:time|week|month)|yesterday|the\s+other\s+day))?)`;
const PLACES = String.raw`(?:place|restaurant|caf[eé]|bar|pub|room|venue|location|spot|office|studio|hotel|bistro|pizzeria)`;
const PLACE = new RegExp(
  String.raw`\b(?:at|in|to)\s+(?:the\s+)?(?:(?:(?<same>same|usual)\s+${PLACES}(?:\s+(?:as|like)\s+(?:the\s+)?(?<ago>${AGO}|always))?)|(?<from>${PLACES}\s+(?:from|of)\s+${AGO})|(?<spoken>${PLACES}\s+${SPOKEN})|(?<about>${PLACES}\s+(?:where\s+(?:we|i)\s+(?:had|met|were|did|went)|from)\s+[^,;.!?]{1,60}?))(?=\s*(?:[,;.!?]|$|\s(?:on|at|tomorrow|today|tonight|next|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|with|for)\b))`,
  'd',
);
const TIME = new RegExp(
  String.raw`\b(?:at\s+)?(?:the\s+)?same\s+(?:time|hour)\s+(?:as|like)\s+(?:the\s+)?(?<ago>${AGO})(?=\s*(?:[,;.!?]|$))`,
  'd',
);

/** Quick enough to ask of every message: whether a look at what was said before may be needed at all. */
const MAY_LEAN =
  /\bsame\b|\busual\b|\b(?:like|as)\s+(?:the|that|my|our|last|yesterday|before|always|usual|i|we)\b|\bsimilar\s+to\b|\b(?:we|i)\s+(?:talked|spoke|mentioned|discussed|had|told\s+you|were\s+talking)\b|\b(?:from|of)\s+last\s+(?:time|week|month)\b/;

/** @returns null where a message stands for itself */
export function readBackReference({ folded }: Pick<Draft, 'folded'>): BackReference | null {
  if (folded.length > LONGEST || !MAY_LEAN.test(folded)) return null;
  return sameAs(folded) ?? samePlace(folded) ?? sameTime(folded) ?? oneLike(folded);
}

/** The same, of a text as it was typed. */
export const leansBack = (text: string): BackReference | null =>
  readBackReference({ folded: foldText(text) });

const LONGEST = 300;
const NOWHERE: Range = { start: 0, end: 0 };

function sameAs(folded: string): BackReference | null {
  const match = SAME.exec(folded);
  if (!match) return null;
  const end = match[0].length;
  const before = AS_BEFORE.exec(folded);
  const about = trimRange(folded, { start: end, end: before?.index ?? folded.length }, ',.!');
  return { kind: 'same', span: { start: 0, end }, about, isOld: before !== null };
}

function oneLike(folded: string): BackReference | null {
  const match = LIKE_ONE.exec(folded);
  const about = match?.indices?.groups?.['about'];
  if (match && about && match.index > 0)
    return {
      kind: 'like',
      span: { start: match.index, end: match.index + match[0].length },
      about: { start: about[0], end: about[1] },
      isOld: true,
    };
  const usual = USUAL.exec(folded);
  if (usual) return { kind: 'like', span: { start: 0, end: usual[0].length }, about: NOWHERE, isOld: true };
  const before = AS_BEFORE.exec(folded);
  return before && before.index > 0
    ? { kind: 'like', span: { start: before.index, end: folded.length }, about: NOWHERE, isOld: true }
    : null;
}

function samePlace(folded: string): BackReference | null {
  const match = PLACE.exec(folded);
  if (!match) return null;
  const { start, end } = { start: match.index, end: match.index + match[0].length };
  const about = match.indices?.groups?.['about'];
  return {
    kind: 'place',
    span: { start, end },
    about: about ? { start: about[0], end: about[1] } : NOWHERE,
    isOld: true,
  };
}

function sameTime(folded: string): BackReference | null {
  const match = TIME.exec(folded);
  if (!match) return null;
  const { start, end } = { start: match.index, end: match.index + match[0].length };
  return { kind: 'time', span: { start, end }, about: NOWHERE, isOld: true };
}
