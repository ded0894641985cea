import type { RecalledTurn } from '../../../contracts/memory.ts';
import { cutText } from '../../../core/cut-text.ts';
import type { Work } from '../outcome.ts';
import { number } from '../sentences.ts';
import type { Allowed } from './by-model.ts';

const FEATURE = 'conversation_context';
/** Characters of earlier messages that a language model is given, in all and of one. */
const ALL_MAX = 2_000;
const ONE_MAX = 400;

/** What was said earlier, for a letter that is to be about it, and what that costs. */
export interface Earlier {
  lines: string[];
  cost: number;
  /** What the reply says of it. */
  note: string;
}

const NONE: Earlier = { lines: [], cost: 0, note: '' };

/**
 * Earlier messages for the language model, where the words ask for them ("as we discussed") and tokens are left for both.
 * Only the user's own words are given, as data.
 */
export async function earlierFor(work: Work, draft: Allowed): Promise<Earlier> {
  if (work.recalled.length === 0) return NONE;
  const verdict = await work.model.check(FEATURE);
  const left = draft.limit === null ? Infinity : draft.limit - draft.used - draft.cost;
  if (!verdict.allowed || verdict.cost > left)
    return {
      ...NONE,
      note: ' I left out what was said before: there are not enough tokens for it, or it is switched off.',
    };
  const lines = boundedLines(work.recalled);
  return {
    lines,
    cost: verdict.cost,
    note: ` I gave it ${lines.length === 1 ? 'one earlier message' : `${lines.length} earlier messages`} of yours (${number(verdict.cost)} tokens).`,
  };
}

/** The likest are kept where not all have room; told in the order in which they were said. */
function boundedLines(turns: readonly RecalledTurn[]): string[] {
  const kept: RecalledTurn[] = [];
  let room = ALL_MAX;
  for (const turn of turns) {
    const length = Math.min(turn.message.length, ONE_MAX);
    if (length > room || turn.message.trim() === '') continue;
    kept.push(turn);
    room -= length;
  }
  return kept
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ at, message }) => `${at.slice(0, 10)}: ${cutText(message.replaceAll(/\s+/g, ' '), ONE_MAX)}`);
}

/** Takes the price of what was given, once the letter is there. */
export async function payForEarlier(work: Work, { cost }: Earlier): Promise<void> {
  if (cost === 0) return;
  await work.model.charge({ operation: FEATURE, intent: 'email', step: work.step, function: 'earlierFor' });
}
