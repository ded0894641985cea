import type { TokenView } from './tokens.ts';

/** How a phrase was introduced; it decides whether "before friday" ends on Thursday. */
export type Lead = 'none' | 'on' | 'by' | 'before' | 'until' | 'after' | 'since';

/** Longer wordings stand before the shorter ones they end with. */
const LEADS: readonly [string, Lead][] = [
  ['no later than', 'by'],
  ['not later than', 'by'],
  ['at the latest by', 'by'],
  ['at the latest on', 'by'],
  ['at the latest', 'by'],
  ['latest by', 'by'],
  ['not after', 'by'],
  ['no earlier than', 'since'],
  ['not earlier than', 'since'],
  ['no sooner than', 'since'],
  ['at the earliest', 'since'],
  ['not before', 'since'],
  ['never before', 'since'],
  ['not until', 'since'],
  ['not till', 'since'],
  ['on or after', 'since'],
  ['at or after', 'since'],
  ['on or before', 'until'],
  ['at or before', 'until'],
  ['earlier than', 'before'],
  ['sooner than', 'before'],
  ['prior to', 'before'],
  ['ahead of', 'before'],
  ['any time before', 'before'],
  ['later than', 'after'],
  ['up until', 'until'],
  ['up till', 'until'],
  ['up through', 'until'],
  ['up to', 'until'],
  ['ending on', 'until'],
  ['ends on', 'until'],
  ['ending', 'until'],
  ['ever since', 'since'],
  ['starting from', 'since'],
  ['starting on', 'since'],
  ['starting at', 'since'],
  ['starting in', 'since'],
  ['beginning on', 'since'],
  ['beginning in', 'since'],
  ['beginning from', 'since'],
  ['as of', 'since'],
  ['as from', 'since'],
  ['effective from', 'since'],
  ['effective', 'since'],
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
  ['til', 'until'],
  ['through', 'until'],
  ['thru', 'until'],
  ['after', 'after'],
  ['since', 'since'],
  ['from', 'since'],
  ['starting', 'since'],
  ['beginning', 'since'],
  ['commencing', 'since'],
  ['on', 'on'],
  ['at', 'on'],
  ['in', 'on'],
  ['for', 'on'],
  ['during', 'on'],
  ['within', 'on'],
  ['around', 'on'],
  ['about', 'on'],
  ['over', 'on'],
  ['@', 'on'],
];

const LEAD_WORDS = LEADS.map(([words, lead]) => ({ words, lead, length: words.split(' ').length }));

/** The preposition before a phrase, articles and "around" between them included. */
export function readLead(
  view: TokenView,
  index: number,
): { lead: Lead; leadText: string; leadIndex: number } {
  let at = index;
  while (at > 0 && view.is(at - 1, ...ROUGHLY)) at -= 1;
  // "up to and including friday"
  if (view.phrase(at - 2, 'and including') !== null) at -= 2;
  for (const { words, lead, length } of LEAD_WORDS)
    if (at - length >= 0 && view.phrase(at - length, words) !== null)
      return { lead, leadText: words, leadIndex: openedAt(view, at - length) };
  return { lead: 'none', leadText: '', leadIndex: openedAt(view, at) };
}

const ROUGHLY = 'the around about approximately roughly exactly precisely ('.split(' ');
const WHENEVER = ['at some point', 'at any time', 'any time', 'some time', 'anytime', 'sometime'];

/** Where "sometime", "any time" before a phrase or its preposition begins: they leave the moment open and say no more. */
function openedAt(view: TokenView, index: number): number {
  for (const words of WHENEVER) {
    const at = index - words.split(' ').length;
    if (at >= 0 && view.phrase(at, words) !== null) return at;
  }
  return index;
}

const TRAILING: readonly [string, Lead][] = [
  ['or any time after', 'since'],
  ['or later', 'since'],
  ['or after', 'since'],
  ['and later', 'since'],
  ['and after', 'since'],
  ['and onwards', 'since'],
  ['and onward', 'since'],
  ['and beyond', 'since'],
  ['and on', 'since'],
  ['onwards', 'since'],
  ['onward', 'since'],
  ['forward', 'since'],
  ['at the earliest', 'since'],
  ['earliest', 'since'],
  ['or earlier', 'until'],
  ['or before', 'until'],
  ['or sooner', 'until'],
  ['and before', 'until'],
  ['and earlier', 'until'],
  ['at the latest', 'by'],
  ['at latest', 'by'],
  ['latest', 'by'],
];

/** Words after a phrase that leave one of its sides open: "friday or later", "from monday on", "5pm at the latest". */
export function readTrailing(
  view: TokenView,
  index: number,
  lead: Lead,
): { lead: Lead; leadText: string; next: number } | null {
  for (const [words, trailing] of TRAILING) {
    const next = view.phrase(index, words);
    // "friday and later" leads on only at the end; "latest news" is no deadline.
    if (next !== null && endsAt(view, next)) return { lead: trailing, leadText: words, next };
  }
  const on = lead === 'since' && view.is(index, 'on') && endsAt(view, index + 1);
  return on ? { lead: 'since', leadText: 'from', next: index + 1 } : null;
}

function endsAt(view: TokenView, index: number): boolean {
  return view.word(index) === '' && view.digits(index) === '';
}
