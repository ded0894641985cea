import type { Draft } from './draft.ts';
import { newDraft } from './draft.ts';
import { timesIn } from './extract/times.ts';
import { recogniseByRules } from './recognise.ts';
import { isAboutIt } from './rivals.ts';

const JOINT = /\s*(?:;|,?\s+and\s+then|,?\s+then|,?\s+and(?:\s+also)?)\s+/g;
const CREATES_PLAINLY = /^create\./;

/**
 * A message with two requests, each with a verb of its own, as its first one and the words of the rest. Values of one
 * request ("… and make it urgent") and titles with an "and" in them stay whole.
 *
 * @returns null for a single request
 */
export function splitRequests(draft: Draft): { first: Draft; later: string } | null {
  if (draft.folded.length > 1_000) return null;
  for (const joint of draft.folded.matchAll(JOINT)) {
    const end = joint.index + joint[0].length;
    if (draft.quotes.some((quote) => quote.start < joint.index && joint.index < quote.end)) continue;
    const first = recogniseByRules(newDraft(draft.text.slice(0, joint.index), draft.timezone, draft.now));
    const second = recogniseByRules(newDraft(draft.text.slice(end), draft.timezone, draft.now));
    if (areTwo(first, second)) return { first, later: second.text.replace(/[\s.!]+$/, '') };
  }
  return null;
}

function areTwo(first: Draft, second: Draft): boolean {
  const [one, two] = [first.recognition, second.recognition];
  // A new title takes all that follows, and so do words that are looked for.
  if (!one || !two || one.title !== undefined || one.action === 'list_tasks') return false;
  const onTasks = [one, two].every(({ action }) => action.endsWith('_task'));
  if (!onTasks) return false;
  const timed = [first, second].every(
    (draft) => timesIn(draft, { start: 0, end: draft.folded.length }).length > 0,
  );
  if (two.action === 'create_task')
    return (
      (timed && one.action === 'create_task') || (CREATES_PLAINLY.test(two.rule) && two.confidence >= 0.9)
    );
  if (one.action === 'create_task')
    return CREATES_PLAINLY.test(one.rule) && two.confidence >= 0.9 && !isAboutIt(second);
  if (two.action === 'update_task' && one.action === 'update_task') return two.confidence >= 0.9;
  return two.confidence >= 0.85;
}
