import type { OpenQuestion } from '../../contracts/clarification.ts';
import { withWords, type PlainText } from './plain-text.ts';
import { foldText } from './text.ts';

/** "Ok, the haircut at 4pm then": no order at all. */
const NAMED =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|alright|well|then|so)[\s,.!]+)*(?<named>(?:the|my|our|that)\s+(?:\S+\s+){0,3}?\S+\s+)(?:(?:is|was|will be|should be)\s+)?(?=(?:at|on|for|from|next|this|tomorrow|today|\d)(?:\s|\d|$))/di;
const ORDER =
  /^(?<lead>[\s,.!]*(?:(?:no|oh|ok|okay|alright|well|then|so|please|can you|could you|let's)[\s,]+)*(?:put|move|make|schedule|book|set|shift|push|reschedule|have|do|add)\s+)(?<named>(?:the|my|our|that)\s+(?:\S+\s+){0,3}?\S+)(?=\s+(?:to|at|on|for|in|before|after|an?|half|\d))/di;
const KIND = /^(?:the|my|our|that|event|meeting|appointment|call|session|one|thing|task|reminder)$/;

/**
 * A text in which the thing whose time is being asked for is "it": "put the call at 5 then" is no order of its own.
 */
export function withAskedAsIt(plain: PlainText, { slot, slots, action }: OpenQuestion): PlainText {
  const { text } = plain;
  if (slot !== 'start' && slot !== 'due_date' && slot !== 'remind_at') return plain;
  if (!action.startsWith('create_') && action !== 'set_reminder') return plain;
  const own = new Set(foldText(slots.title ?? '').split(/[^\p{L}\p{N}]+/u));
  const isAsked = (at: readonly number[]): boolean =>
    foldText(text.slice(at[0], at[1]))
      .trim()
      .split(/\s+/)
      .every((word) => own.has(word) || KIND.test(word));
  for (const [pattern, words] of [[ORDER, 'it'] as const, [NAMED, ''] as const]) {
    const named = pattern.exec(text)?.indices?.groups?.['named'];
    if (named && isAsked(named)) return withWords(plain, { start: named[0], end: named[1] }, words);
  }
  return plain;
}
