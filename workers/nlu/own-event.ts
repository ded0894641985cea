import type { OpenQuestion } from '../../contracts/clarification.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import { extractFor } from './extract/extract-for.ts';
import { isTimeSlot } from './said-times.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';
import { foldText } from './text.ts';

/** Words that name whatever is spoken of. */
const ANY_EVENT = /^(?:event|appointment|session|slot|one|thing|reservation|booking)$/;
const LITTLE = /^(?:with|and|the|for|our|his|her|their|some|another|then|please|from|about|that)$/;

/**
 * "dentist friday at 3" while the hour of a meeting is asked for: an event with a name of its own, and no answer.
 * "Friday at 3" and "dinner at 8 then" are about what is asked.
 */
export function isEventOfItsOwn(draft: Draft, { slot, kind, slots }: OpenQuestion): boolean {
  if (!isTimeSlot(slot) || kind === 'confirm') return false;
  const asked = slots.title ?? slots.target?.query;
  if (asked === undefined) return false;
  const named = nameOf(draft);
  if (named === null) return false;
  const known = new Set([asked, ...(slots.participants ?? [])].flatMap(wordsOf));
  const own = wordsOf(named).filter((word) => !ANY_EVENT.test(word));
  return own.length > 0 && !own.some((word) => known.has(word));
}

/** What the text names as an event; null where it names none. */
function nameOf(draft: Draft): string | null {
  const isOccasion = /^events\.(?:occasion|book)/.test(draft.recognition?.rule ?? '');
  if (!isOccasion && (draft.recognition || !WITH_SOMEBODY.test(draft.folded))) return null;
  const { title, participants, start } = slotsOf(extractFor(draft, 'create_event').entities);
  if (title === undefined) return null;
  // "pizza with Lea on saturday at 6": something, with somebody, at an hour.
  const isMeeting = participants !== undefined && start !== undefined && !looksLikeActivity(title);
  return isOccasion || (isMeeting && WITH_SOMEBODY.test(foldText(title))) ? title : null;
}
const WITH_SOMEBODY =
  /^(?:an?\s+)?(?!(?:also|and|but|not|only|just|maybe|together|let's|lets|it|its|that|this|ok|okay|yes|no|so|then|better|rather|probably|free|busy|done|alone)\b)\p{L}{3,}(?:\s+(?!at\b|on\b|in\b|or\b|and\b)\p{L}{2,})?\s+with\s+\p{L}/u;

const wordsOf = (text: string): string[] =>
  (foldText(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [])
    .filter((word) => !LITTLE.test(word))
    .map((word) => word.replace(/s$/, ''));
