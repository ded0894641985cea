import type { Act } from '../../../contracts/nlu.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, NOWHERE } from './act-on.ts';

const AS_TASK =
  /^[\s,.!]*(?:(?:ok|okay|oh|and|also|then|please|pls|can\s+you|could\s+you)[\s,]+)*(?:add|put|note|save|write|make)\s+(?:it|that|this)(?:\s+(?:down|also|too))?\s+(?:(?:to|on|in|into|onto|as)\s+(?:(?:my|the|our|an?)\s+)?(?:tasks?(?:\s+list)?|to-?dos?(?:\s+list)?|list\s+of\s+(?:tasks|to-?dos)))(?:\s+(?:too|as\s+well|also|please|list))*[\s.!]*$/;

/** "Add it to my tasks too": a task called like the event or the reminder that was spoken of, on its day. */
export function asTask(draft: Draft, input: NluInput): Act[] | null {
  if (!AS_TASK.test(draft.folded)) return null;
  const last = freshReceipt(input);
  const title = last?.kind === 'task' ? undefined : last?.title;
  // Without anything that "it" could mean it is asked what to add.
  if (title === undefined)
    return [
      {
        ...actOn(draft, 'create_task', []),
        gate: { verdict: 'incomplete', missing: ['title'], alternatives: [] },
      },
    ];
  const due = last?.slots.start ?? last?.slots.remind_at ?? last?.slots.date_range?.start;
  return [
    actOn(draft, 'create_task', [
      entityAt(draft, 'title', NOWHERE, title, 'what was spoken of last'),
      ...(due === undefined ? [] : [entityAt(draft, 'due_date', NOWHERE, due, 'when that is')]),
    ]),
  ];
}
