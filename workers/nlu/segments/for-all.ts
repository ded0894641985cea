import type { Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import type { Segment } from './segment.ts';

const ALL =
  /[\s,;-]*(?:\b(?:and\s+)?(?:all|both|each|everything)(?:\s+(?:of\s+(?:them|it|these|those)|three|four|two|five))?(?:\s+(?:is|are))?(?:\s+due)?\s+)$/;
/** What one needs to do, whose day is said once at the end. */
const NEEDS =
  /^\s*(?:(?:and|also|so|ok|oh)[\s,]+)*(?:(?:i|we)(?:'ve|'ll|\s+(?:have|will|also|still|really|just|now))*\s+(?:need\s+to|have\s+to|got\s+to|must|should|ought\s+to)|(?:need|have|got)\s+to|gotta)\s/;

/**
 * Requests whose last one says when for all of them: "…, all for today", "i need to call mum and buy bread today". It is
 * read behind the words of each.
 */
export function withTimeForAll(draft: Draft, segments: readonly Segment[]): Segment[] {
  const last = segments.at(-1);
  const time = last && timesIn(draft, last).at(-1);
  if (!last || !time || /[\p{L}\p{N}]/u.test(draft.folded.slice(time.end, last.end))) return [...segments];
  const words = draft.text.slice(time.leadStart, time.end);
  const before = draft.folded.slice(last.start, time.leadStart);
  const all = ALL.exec(before);
  const from = last.start + (all?.index ?? before.length);
  if (all && from > last.start) {
    const moved = { start: time.leadStart, end: time.end };
    const cut = { ...last, end: from, shares: { ...last.shares, after: words }, moved };
    return [...segments.slice(0, -1).map((segment) => untimed(draft, segment, words)), cut];
  }
  const [first] = segments;
  const needed = first && NEEDS.test(draft.folded.slice(first.start, first.end)) && !time.hasClock;
  if (
    !needed ||
    segments.some(({ form, shares }, index) => index > 0 && (form !== 'activity' || shares.before !== ''))
  )
    return [...segments];
  const others = segments.slice(0, -1);
  if (others.some((segment) => timesIn(draft, segment).length > 0)) return [...segments];
  return [...others.map((segment) => untimed(draft, segment, words)), last];
}

function untimed(draft: Draft, segment: Segment, words: string): Segment {
  if (segment.shares.after !== '' || timesIn(draft, segment).length > 0) return segment;
  return { ...segment, shares: { ...segment.shares, after: words } };
}
