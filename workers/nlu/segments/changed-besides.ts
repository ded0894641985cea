import type { Draft } from '../draft.ts';
import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { actionOf } from './left-side.ts';
import { NOTHING_SHARED, type Shares } from './sides.ts';

const ASKED_ALONG =
  /^(?:please\s+)?(?:invite|add|include|bring|loop\s+in)\s+(?<who>\p{Lu}[\p{L}'’.-]+(?:\s+\p{Lu}[\p{L}'’.-]+)?)(?:\s+(?:too|along|as\s+well|to\s+it))?[\s.!]*$/du;
const RENAMED =
  /^(?:rename|retitle)\s+(?:it|that|this)\s+(?:to|as|into)\s+\S|^(?:call|name)\s+(?:it|that)\s+\S/;

/**
 * "move it to 10 | and invite Ann", "change the meeting to 12 | and add Bob", "… | and rename it to sync": the guest and
 * the name of what is moved.
 */
export async function changedBesides(
  draft: Draft,
  left: Clause,
  joint: Joint,
  right: Clause,
): Promise<Shares | null> {
  if (joint.kind !== 'and' && joint.kind !== 'then' && joint.kind !== 'comma') return null;
  const who = ASKED_ALONG.exec(draft.text.slice(right.start, right.end))?.indices?.groups?.['who'];
  if (!who && !RENAMED.test(right.bare)) return null;
  if (!(await isChange(left))) return null;
  return who ? { before: 'invite', skip: who[0], after: '' } : NOTHING_SHARED;
}

/** Something that there is gets another time, or is told of before it. */
async function isChange(left: Clause): Promise<boolean> {
  if (/^(?:add|create|make|put|new|invite)\b/.test(left.bare)) return /^invite\b/.test(left.bare);
  const action = await actionOf(left);
  if (action === 'set_reminder') return /\bbefore(?:hand)?$/.test(left.folded);
  const isOrder = /^(?:please\s+)?(?:move|push|shift|change|bring|postpone|reschedule|rename|call|set)\b/;
  return (
    action === 'update_event' ||
    ((action === 'update_task' || action === 'reschedule') && isOrder.test(left.bare))
  );
}
