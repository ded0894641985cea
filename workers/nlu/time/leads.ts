import type { TokenView } from './tokens.ts';

/** How a phrase was introduced; it decides whether "before friday" ends on Thursday. */
export type Lead = 'none' | 'on' | 'by' | 'before' | 'until' | 'after' | 'since';

const LEADS: readonly [string, Lead][] = [
  ['no later than', 'by'],
  ['not later than', 'by'],
  ['up to', 'until'],
  ['due by', 'by'],
  ['due on', 'by'],
  ['due at', 'by'],
  ['due in', 'by'],
  ['due before', 'before'],
  ['due', 'by'],
  ['by', 'by'],
  ['before', 'before'],
  ['until', 'until'],
  ['till', 'until'],
  ['after', 'after'],
  ['since', 'since'],
  ['from', 'since'],
  ['starting', 'since'],
  ['on', 'on'],
  ['at', 'on'],
  ['in', 'on'],
  ['for', 'on'],
  ['during', 'on'],
  ['around', 'on'],
  ['about', 'on'],
  ['over', 'on'],
  ['@', 'on'],
];

/** The preposition before a phrase, articles and "around" between them included. */
export function readLead(
  view: TokenView,
  index: number,
): { lead: Lead; leadText: string; leadIndex: number } {
  let at = index;
  while (at > 0 && view.is(at - 1, 'the', 'around', 'about')) at -= 1;
  for (const [words, lead] of LEADS) {
    const length = words.split(' ').length;
    if (at - length >= 0 && view.phrase(at - length, words) !== null)
      return { lead, leadText: words, leadIndex: at - length };
  }
  return { lead: 'none', leadText: '', leadIndex: at };
}
