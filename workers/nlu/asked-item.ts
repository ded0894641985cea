import type { OpenQuestion } from '../../contracts/clarification.ts';
import { literally } from '../../core/literally.ts';
import { readOnly, withWords, type PlainText } from './plain-text.ts';
import { foldText } from './text.ts';

/** "Ok, the haircut at 4pm then": no order at all. */
const NAMED =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|alright|well|then|so)[\s,.!]+)*(?<named>(?:the|my|our|that)\s+(?:\S+\s+){0,3}?\S+\s+)(?:(?:is|was|will be|should be)\s+)?(?=(?:at|on|for|from|next|this|tomorrow|today|\d)(?:\s|\d|$))/di;
const ORDER =
  /^(?<lead>[\s,.!]*(?:(?:no|oh|ok|okay|alright|well|then|so|please|can you|could you|let's)[\s,]+)*(?:put|move|make|schedule|book|set|shift|push|reschedule|have|do|add)\s+)(?<named>(?:the|my|our|that)\s+(?:\S+\s+){0,3}?\S+)(?=\s+(?:to|at|on|for|in|before|after|an?|half|\d))/di;
/** "Ok, talk rehearsal tomorrow at 5pm then": called by its whole name. */
const calledSo = (title: string): RegExp =>
  new RegExp(
    String.raw`^[\s,.!]*(?:(?:and|no|oh|ok|okay|alright|well|then|so)[\s,.!]+)*(?<named>${literally(title)}\s+)(?:(?:is|was|will be|should be)\s+)?(?=(?:at|on|for|from|next|this|tomorrow|today|tonight|\w+day|\d)(?:\s|\d|$))`,
    'di',
  );
const KIND = /^(?:the|my|our|that|event|meeting|appointment|call|session|one|thing|task|reminder)$/;

const SAME_DAY = String.raw`(?:(?:(?:but\s+)?(?:on|still|keep(?:ing)?)\s+)*(?:the\s+|that\s+)?same\s+day|day\s+stays(?:\s+the\s+same)?)`;
const DAY_FIRST = new RegExp(
  String.raw`^[\s,.!]*${SAME_DAY}[\s,]+(?:(?:but|just|only|and)[\s,]+)*(?=\S*\d|at\s|noon|to\s)`,
  'i',
);
const DAY_LAST = new RegExp(
  String.raw`(?<=\d\S*|noon|o'?clock|[ap]m|evening|morning|afternoon)[\s,(]+${SAME_DAY}(?:\s+(?:please|then|still))*[\s.!)]*$`,
  'i',
);

/** Asked where something moves, "to 4pm, same day" is an hour, which keeps the day. */
function withoutSameDay(plain: PlainText, { action }: OpenQuestion): PlainText {
  if (action !== 'update_event') return plain;
  const start = DAY_FIRST.exec(plain.text)?.[0].length ?? 0;
  const end = DAY_LAST.exec(plain.text)?.index ?? plain.text.length;
  return start < end ? readOnly(plain, { start, end }) : plain;
}

/**
 * A text in which the thing whose time is being asked for is "it": "put the call at 5 then" is no order of its own.
 */
export function withAskedAsIt(said: PlainText, question: OpenQuestion): PlainText {
  const { slot, slots, action } = question;
  const plain = withoutSameDay(said, question);
  const { text } = plain;
  if (slot !== 'start' && slot !== 'due_date' && slot !== 'remind_at') return plain;
  if (!action.startsWith('create_') && action !== 'set_reminder') return plain;
  const own = new Set(foldText(slots.title ?? '').split(/[^\p{L}\p{N}]+/u));
  const isAsked = (at: readonly number[]): boolean =>
    foldText(text.slice(at[0], at[1]))
      .trim()
      .split(/\s+/)
      .every((word) => own.has(word) || KIND.test(word));
  const byName = slots.title === undefined ? [] : [[calledSo(slots.title), ''] as const];
  for (const [pattern, words] of [[ORDER, 'it'] as const, [NAMED, ''] as const, ...byName]) {
    const named = pattern.exec(text)?.indices?.groups?.['named'];
    if (named && isAsked(named)) return withWords(plain, { start: named[0], end: named[1] }, words);
  }
  return plain;
}
