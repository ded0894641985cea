import type { Act } from '../../../contracts/nlu.ts';
import { isItADraft } from './is-draft.ts';
import type { Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn } from './act-on.ts';

const READ_OUT =
  /^[\s,.!]*(?:(?:ok|okay|great|thanks|and|now|please|(?:can|could|would)\s+you)[\s,]+)*(?:read|show|display)\s+(?:me\s+)?(?:it|that)(?:\s+(?:out|aloud|out\s+loud|back|again|once\s+more))*(?:\s+to\s+me)?(?:\s+(?:again|please|once\s+more))*[\s?.!]*$/;

/** "Read it out to me" after an email was written or changed. */
export function thatDraft(draft: Draft, input: NluInput): Act[] | null {
  return isItADraft(input) && READ_OUT.test(draft.folded) ? [actOn(draft, 'search_email', [])] : null;
}
