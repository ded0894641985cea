import type { Draft } from '../draft.ts';
import type { Segment } from './segment.ts';
import { shares } from './sides.ts';

const FEW: readonly string[] = ['two', 'three', 'four', 'five'];
const NTH: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];
/** From behind, which reads as a place in a list as well. */
const LAST: readonly string[] = [
  'very last',
  'second to last',
  'third to last',
  'fourth to last',
  'fifth to last',
];

const FEW_OF_LIST =
  /^(?<head>\s*(?:(?:please|pls|(?:can|could)\s+you)\s+)*(?<verb>make|mark|set|flag|delete|remove|complete|tick\s+off|cross\s+off|check\s+off|tick|check|cross|move|push|postpone)\s+(?:the|my)\s+(?<end>first|last))\s+(?<count>two|three|four|five|[2-5])(?:\s+(?:ones|tasks|to-?dos|items|things))?(?=\s|[.!]*$)(?!\s+(?:\S+\s+)?(?:hours?|days?|weeks?|months?)\b)/;

/** "make the first two urgent", "delete the last two" as a request for each of them. */
export function firstFew(draft: Draft): Segment[] | null {
  const match = FEW_OF_LIST.exec(draft.folded);
  const { head = '', verb = '', count = '', end: side } = match?.groups ?? {};
  if (!match) return null;
  const few = FEW.includes(count) ? FEW.indexOf(count) + 2 : Number(count);
  const [words] = match;
  const rest = draft.text.slice(words.length).trim();
  const end = draft.folded.length;
  const places = side === 'last' ? LAST.slice(0, few).toReversed() : NTH.slice(0, few);
  return places.map((nth, index) => {
    const isLast = index === few - 1;
    // Those between have no words of their own.
    const at = index === 0 ? 0 : head.length + 1;
    const to = index === 0 ? head.length : isLast ? end : at;
    const skip = (isLast ? words.length : to) - at;
    return {
      start: at,
      end: to,
      shares: shares(`${verb} the ${nth} one`, skip, isLast ? '' : rest),
      form: 'shared' as const,
    };
  });
}
