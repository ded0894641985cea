import type { Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import type { Segment } from './segment.ts';
import { beginAlike } from './own-entry.ts';
import { NOTHING_SHARED } from './sides.ts';

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
  const often = oftenForAll(draft, segments);
  if (often) return often;
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
  const needed = first && !time.hasClock && toldTogether(draft, first, segments);
  if (
    !needed ||
    segments.some(({ form, shares }, index) => index > 0 && (form !== 'activity' || shares.before !== ''))
  )
    return [...segments];
  const others = segments.slice(0, -1);
  if (others.some((segment) => timesIn(draft, segment).length > 0)) return [...segments];
  return [...others.map((segment) => untimed(draft, segment, words)), last];
}

const OFTEN =
  /[\s,;-]+(?:and\s+)?(?:all|both|each)(?:\s+of\s+(?:them|these|those))?(?:\s+(?:is|are|repeat|repeats|come|comes))?\s+(?<often>(?:weekly|daily|monthly|every|each)\b[^,;]*)[.!]*$/;

/** "choir on thursday and football on tuesday, both weekly": how often is read behind the words of each. */
function oftenForAll(draft: Draft, segments: readonly Segment[]): Segment[] | null {
  const last = segments.at(-1);
  const match = last && OFTEN.exec(draft.folded.slice(last.start, last.end));
  const often = match?.groups?.['often'];
  if (!match || often === undefined || match.index === 0) return null;
  const end = last.start + match.index;
  if (!repetitionIn(draft, { start: end, end: last.end })) return null;
  const moved = { start: last.end - often.length, end: last.end };
  return segments.map((segment) => ({
    ...segment,
    ...(segment === last && { end, moved }),
    shares: { ...segment.shares, after: `${segment.shares.after} ${often}`.trim() },
  }));
}

/** "i need to …", "add …, … and …", "clean windows, clean oven" */
function toldTogether(draft: Draft, first: Segment, segments: readonly Segment[]): boolean {
  const words = segments.map(({ start, end }) => draft.folded.slice(start, end).trim());
  const [head = ''] = words;
  return (
    NEEDS.test(draft.folded.slice(first.start, first.end)) ||
    (words.length > 2 && ADDS.test(head)) ||
    words.every((other) => beginAlike(head, other))
  );
}
const ADDS = /^(?:(?:please|pls|also)\s+)*add\s+(?!(?:an?|the|my|new)\s)\S+\s+\S/;

function untimed(draft: Draft, segment: Segment, words: string): Segment {
  if (segment.shares.after !== '' || timesIn(draft, segment).length > 0) return segment;
  return { ...segment, shares: { ...segment.shares, after: words } };
}

const TO_LIST =
  /\s(?<list>(?:to|on|onto|in|into)\s+(?:my|the|our)\s+(?:(?:\S+\s+){0,3}?(?:list|checklist)|tasks|to-?\s?dos?))[\s.!]*$/;
const PUTS =
  /^\s*(?:(?:please|pls|also|and|then|(?:can|could)\s+you)\s+)*(?:add|put|write|note|jot|stick|pop)\b/;
const GOES_ON = /^[\s,]*(?:and\s+|&\s+)?$/;

/** "add wash the car, mow the lawn and call Bob | to my weekend list": the list named last is read behind the words of each. */
export function withListForAll(draft: Draft, segments: readonly Segment[]): Segment[] {
  const shared = [...segments];
  for (let index = segments.length - 1; index > 0; index -= 1) {
    const last = segments[index];
    const list = last && TO_LIST.exec(draft.folded.slice(last.start, last.end))?.groups?.['list'];
    if (list === undefined || PUTS.test(draft.folded.slice(last?.start, last?.end))) continue;
    let first = index;
    while (first > 0 && isOneOf(draft, segments, first)) first -= 1;
    const head = segments[first];
    if (!head || first === index) continue;
    if (!isAnnounced(head) && !PUTS.test(draft.folded.slice(head.start, head.end))) continue;
    for (let at = first; at < index; at += 1) {
      const segment = shared[at];
      if (segment) shared[at] = { ...segment, shares: { ...segment.shares, after: list } };
    }
  }
  return shared;
}

/** "add these: eggs, rice" */
const isAnnounced = ({ shares: { before } }: Segment): boolean => before === 'task:';

/** Whether it is one more deed beside the request before it. */
function isOneOf(draft: Draft, segments: readonly Segment[], index: number): boolean {
  const [before, own] = [segments[index - 1], segments[index]];
  return (
    before !== undefined &&
    own !== undefined &&
    (isAnnounced(own) || (own.form === 'activity' && own.shares === NOTHING_SHARED)) &&
    before.shares.after === '' &&
    !TO_LIST.test(draft.folded.slice(before.start, before.end)) &&
    !PUTS.test(draft.folded.slice(own.start, own.end)) &&
    GOES_ON.test(draft.folded.slice(before.end, own.start))
  );
}
