import type { Draft } from '../draft.ts';
import { NOTHING_SHARED } from './sides.ts';
import type { Segment } from './segment.ts';

const UNABLE = String.raw`(?:i|we)?\s*(?:just\s+|really\s+)?(?:can't|cant|can\s*not|won't|wont|will\s+not|don't|dont|(?:am|'m|are|'re)\s+not\s+(?:going\s+to|gonna|able\s+to)|have\s+no|(?:am|'m)\s+too\s+\S+)\b`;
/** Nothing but the reason for what is asked behind it: "i won't manage anything else today, move everything to monday". */
const REASON = new RegExp(
  String.raw`^[\s,.!]*(?:(?:ugh|oh|ok|okay|sorry|so|argh|damn)[\s,]+)*${UNABLE}[^,.;!?:]{0,60}[,.;!-]+\s+(?:(?:so|please|pls|can\s+you|could\s+you|just)[\s,]+)*(?=(?:move|push|shift|postpone|put)\s+(?:everything|all|the\s+rest|them\s+all)\b)`,
);

/** A message that begins with a mere reason, as what it asks for behind that. */
export function behindReason(draft: Draft): Segment[] | null {
  const start = REASON.exec(draft.folded)?.[0].length ?? 0;
  if (start === 0) return null;
  return [{ start, end: draft.folded.length, shares: NOTHING_SHARED, form: 'command' }];
}
