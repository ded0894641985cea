import type { Target } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { MONTHS } from '../time/words.ts';

/** How much of a series is meant. */
export type Scope = NonNullable<Target['scope']>;

const DAY = String.raw`(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|today|tomorrow|tonight|week|day|morning|afternoon|evening`;
const ONLY = new RegExp(
  String.raw`\b(?:just|only)(?=\s+(?:(?:on|for)\s+)?(?:this|that|the|next|${DAY}))|\b(?:just|only)\s+(?:(?:for\s+)?(?:this|that|the)\s+(?:one(?:\s+time)?|time|once|occurrence|instance|day)|one|once)\b|\bthis\s+(?:time|once)(?:\s+only)?\b|\b(?:this|that)\s+(?:one|time|once)\s+only\b|(?<=\S\s+)only\s*$`,
);
const FOLLOWING =
  /\b(?:from\s+(?:now|then|here|there|that\s+(?:one|day)|this\s+(?:one|day))\s+on(?:wards?)?|going\s+forward|(?:and\s+)?(?:all|every|everything)\s+(?:(?:the|of\s+the|those)\s+)?(?:following|after(?:\s+(?:it|that|this))?|later|future|coming|upcoming|subsequent)(?:\s+(?:ones?|events?|days?|times?))?|and\s+(?:(?:the|all)\s+)?(?:following|future|later)(?:\s+(?:ones?|events?))?|in\s+(?:the\s+)?future)\b/;
const SINCE = new RegExp(
  String.raw`\bfrom\s+(?:(?:next|this|the)\s+)?(?:${DAY}|${[...MONTHS.keys()].join('|')}|\w+\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?\p{L}+)?)\s+on(?:wards?)?\b`,
  'u',
);
/** "All meetings" are several things and no series. */
const SEVERAL = String.raw`(?!(?:(?:of|my|the|our|those|these|\p{L}+['’]s)\s+)*(?:it|them|my|the|meetings?|events?|appointments?|entry|entries|things?|calls?|tasks?|to-?dos?|reminders?|emails?|drafts?|day|morning|afternoon|evening|week|month|year|weekday|following|future|later|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|\d|two|three|four|six|second|other)\b)`;
const WHOLE = new RegExp(
  String.raw`\b(?:whole|entire)\s+(?=(?:\S+\s+){0,4}series\b)|\s+series\b|\b(?:whole|entire)\s+(?:series|thing)\b|\b(?:every|each|all)\s+(?:(?:single|of|the|my|our)\s+)*${SEVERAL}(?=\p{L})|\b(?:all|every\s+(?:single\s+)?one)\s+of\s+(?:them|it)\b|\bfor\s+good\b|\bpermanently\b`,
  'gu',
);

/** Words that say how much of a series an order is about, and which; they name neither an item nor a time. */
export function findScope(draft: Draft, region: Range): { scope: Scope; cuts: Range[] } | null {
  const words = draft.folded.slice(region.start, region.end);
  const at = (match: RegExpExecArray): Range => ({
    start: region.start + match.index,
    end: region.start + match.index + match[0].length,
  });
  const following = FOLLOWING.exec(words);
  const whole = [...words.matchAll(WHOLE)].slice(0, 5);
  // "From monday on" is also when that is.
  if (!following && SINCE.test(words)) return { scope: 'following', cuts: [] };
  if (following) return { scope: 'following', cuts: [at(following), ...whole.map(at)] };
  const only = ONLY.exec(words);
  if (only) return { scope: 'this', cuts: [at(only)] };
  return whole.length > 0 ? { scope: 'all', cuts: whole.map(at) } : null;
}

const ANSWERS: readonly (readonly [Scope, RegExp])[] = [
  [
    'following',
    /\b(?:following|future|onwards?|forward|from (?:now|then|here|there|this|that|it)\b.*\bon|after(?: (?:it|that|this))?|later ones|the rest)\b/,
  ],
  ['this', /\b(?:just|only|this|that|single|once)\b|^(?:the )?one$/],
  ['all', /\b(?:all|every|everything|each|whole|entire|series|both)\b/],
];

/** What is answered when asked how much of a series is meant; null for anything else. */
export function readScope(said: string): Scope | null {
  if (said.split(' ').length > 8) return null;
  return ANSWERS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}
