import type { TimeContext } from './pieces.ts';
import type { TokenView } from './tokens.ts';
import { DOUBTFUL_WORDS } from './words.ts';

/** Words that make a short or doubtful word beside them a date ("on sat", "in may"). */
export const DATE_LEADS = [
  'on',
  'by',
  'in',
  'until',
  'till',
  'before',
  'after',
  'since',
  'due',
  'this',
  'next',
  'last',
  'from',
  'of',
  'end',
  'mid',
  'early',
  'late',
  'to',
  'through',
  'every',
];

/** Whether a word that is also an ordinary one has nothing beside it that makes it a date. */
export function isDoubtful(view: TokenView, index: number, context: TimeContext): boolean {
  return (
    DOUBTFUL_WORDS.has(view.word(index)) &&
    !context.lenient &&
    !DATE_LEADS.includes(view.word(index - 1)) &&
    !(view.is(index - 1, 'on', 'by', 'for') && index + 1 >= view.length)
  );
}
