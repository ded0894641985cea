import type { ActParams } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { coreOf } from '../rules/rule.ts';
import type { Range } from '../text.ts';
import { readFact } from './read-fact.ts';

type Fact = NonNullable<ActParams['fact']>;

/** Where one thing that is told may end and the next begin. */
const JOINT =
  /(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|(?<!\b(?:dr|mr|mrs|ms|mx|prof|st))\.\s+)(?=(?:my|our|i|i'm|call\s+me|\p{L}[\p{L}'-]*(?:'s|\s+(?:is|lives|works|likes|loves|hates|has|was|doesn't)))\s)/gu;
const MOST = 8;

/** "My dentist is Dr. Weber and my gym is on Main Street": each by itself, where all of a message tells such things. */
export function factParts(draft: Draft): (Range & { fact: Fact })[] {
  const { folded } = draft;
  if (folded.length > 600 || !/\b(?:and|my|our|i|i'm)\b|[,;.]/.test(folded)) return [];
  const core = coreOf(folded);
  const parts: Range[] = [];
  let start = core.start;
  for (const { index, 0: joint } of core.text.matchAll(JOINT)) {
    parts.push({ start, end: core.start + index });
    start = core.start + index + joint.length;
  }
  parts.push({ start, end: core.end });
  if (parts.length < 2 || parts.length > MOST) return [];
  const told = parts.map((part) => {
    const fact = readFact(draft, part);
    return fact?.move === 'save' ? { ...part, fact } : null;
  });
  return told.every((part) => part !== null) ? told : [];
}
