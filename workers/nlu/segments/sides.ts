import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Joint } from './joints.ts';
import { openingOf } from './wording.ts';

/** What a request takes from the one before it: words to be read before and behind its own, of which some are skipped. */
export interface Shares {
  before: string;
  after: string;
  /** So many units at its beginning only point at what is shared: "another", "one". */
  skip: number;
}

export const NOTHING_SHARED: Shares = { before: '', after: '', skip: 0 };

export const shares = (before: string, skip = 0, after = ''): Shares => ({ before, after, skip });

/** The request on the left, with what it shares itself. */
export interface LeftSide extends Range {
  shares: Shares;
  times: readonly TimeMatch[];
}

/** The clause on the right. */
export interface RightSide extends Range {
  times: readonly TimeMatch[];
}

/** Both sides of a joint, as those look at them that find out what is shared. */
export interface Sides {
  draft: Draft;
  left: LeftSide;
  joint: Joint;
  right: RightSide;
  /** The request on the left without politeness, what it shares included. */
  verb: string;
  /** The clause on the right. */
  after: string;
  indent: number;
}

export const startsWithVerb = (words: string): boolean => {
  const opening = openingOf(words);
  return opening === 'activity' || opening === 'command' || opening === 'order' || opening === 'wish';
};

/** A verb of a sentence of its own. */
export const FINITE =
  /\b(?:is|are|was|were|comes?|arrives?|lands?|starts?|begins?|leaves?|has|have|visits?|i'm|we're|i've|i\s+(?:need|have|want|must)|will|gets?)\b/;
