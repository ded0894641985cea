import type { Draft } from './draft.ts';
import { timesIn } from './extract/times.ts';
import { ACTIVITY_NOUN } from './rules/nouns.ts';
import { bareClause, openingOf } from './segments/wording.ts';

/** What is said beside an answer: "oh, and …", "by the way, …", "also …". */
const ASIDE =
  /^[\s,.!]*(?:(?:oh|ah|wait|ok(?:ay)?|well|um+|before\s+(?:that|i\s+forget))[\s,]+)*(?:and|also|plus|by\s+the\s+way|btw)[\s,]+(?:(?:also|by\s+the\s+way|btw|please|pls|can\s+you|could\s+you)[\s,]+)*/;
const EVENT =
  /^(?:an?\s+|the\s+)?(?:(?:\p{L}+\s+)?(?:meeting|appointment|call|party|interview|concert)|date|haircut|doctor|vet)\b/u;
const ADDS = /^(?:add|put|schedule|book|remind|create|note)\s+\S/;

/** Whether words said while something is asked add something of their own: "oh, and lunch with Tom on friday at 1". */
export function isAside(draft: Draft): boolean {
  const lead = ASIDE.exec(draft.folded)?.[0].length ?? 0;
  if (lead === 0) return false;
  const rest = draft.folded.slice(lead);
  const words = bareClause(rest);
  if (/^(?:\S+\s+)?(?:it|that|this|them)\b/.test(words)) return false;
  if (ADDS.test(words) || openingOf(words) === 'order') return true;
  const hours = timesIn(draft, { start: lead, end: draft.folded.length }).some(({ hasClock }) => hasClock);
  return hours && (ACTIVITY_NOUN.test(words) || EVENT.test(words));
}
