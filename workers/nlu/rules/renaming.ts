import type { Draft, Recognition } from '../draft.ts';
import { TASK_NOUN, isEvent } from './nouns.ts';
import { foldedSlice } from './rule.ts';

export const PRONOUN = /^(?:it|that|this|that one|this one|them)$/;

/** "change buy milk to buy oat milk" */
export function renamed(draft: Draft, recognition: Recognition, verb: string): Recognition | null {
  if (!['change', 'update', 'edit', 'modify'].includes(verb) || !recognition.target) return null;
  const match = /^(?<item>.+?)\s+to\s+(?<title>.+)$/ds.exec(foldedSlice(draft, recognition.target));
  const [item, title] = [match?.indices?.groups?.['item'], match?.indices?.groups?.['title']];
  if (!item || !title) return null;
  const from = recognition.target.start;
  const target = { start: from + item[0], end: from + item[1] };
  // "update the app to version 3" is work to do; only "change X to Y" renames without more ado.
  const words = foldedSlice(draft, target);
  if (verb !== 'change' && !TASK_NOUN.test(words) && !PRONOUN.test(words) && !/^["'`]/.test(words))
    return null;
  if (
    /^(?:my|the)\s+(?:email style|time\s?zone|working hours|settings?|preferences?)/.test(
      foldedSlice(draft, target),
    )
  )
    return null;
  return {
    ...recognition,
    confidence: 0.93,
    target,
    title: { start: from + title[0], end: from + title[1] },
  };
}

/** "rename "go to gym" to "swim"": the word between old and new name must not be one inside quotes. */
export function splitOutsideQuotes(draft: Draft, recognition: Recognition): Recognition | null {
  const { target, title } = recognition;
  if (!title) return null;
  const quote = target && draft.quotes.find(({ start, end }) => start < target.end && target.end < end);
  if (target && !quote && isEvent(foldedSlice(draft, target)))
    return { ...recognition, action: 'update_event' };
  if (!target || !quote) return recognition;
  const rest = /^\s+(?:to|as|into)\s+/.exec(draft.folded.slice(quote.end, title.end));
  return rest
    ? {
        ...recognition,
        target: { start: target.start, end: quote.end },
        title: { start: quote.end + rest[0].length, end: title.end },
      }
    : recognition;
}
