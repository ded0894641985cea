import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { coversRange, timesIn } from '../extract/times.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { readEmailAnswer } from './request.ts';
import { readEmailType } from './wording.ts';

type EmailSlot = 'recipient' | 'subject' | 'body' | 'email_type';

const TALK = String.raw`(?:(?:ok|okay|well|um+|uh|hm+|oh|so|please|just|maybe|i think|i guess|i mean)[\s,:]+)*`;
const SUBJECT_LEAD = new RegExp(
  String.raw`^${TALK}(?:(?:the\s+)?(?:subject|topic)(?:\s+line)?\s*(?::|is\b|should be\b)\s*|(?:it's|its|it is|make it|call it|let's say|it should be)\s+(?:(?:about|regarding)\s+)?|(?:about|regarding|concerning|re)\s*:?\s+)?`,
);
const BODY_LEAD = new RegExp(
  String.raw`^${TALK}(?:(?:(?:it|the (?:body|email|message|text))\s+)?(?:should|must|can|could)\s+(?:just\s+)?say(?:\s+that)?\b:?\s+|(?:just\s+)?say(?:ing)?(?:\s+that)?\b:?\s+|(?:tell|telling)\s+(?:him|her|them|everyone)\s+(?:that\s+)?|(?:the\s+)?(?:body|text|message)\s*(?::|is\b)\s*|write(?:\s+that)?\s*:\s*|write\s+that\s+|that\s+(?=i|we|you|he|she|they|the|my|it)\b)?`,
);
const TRAIL = /(?:[\s,]+(?:please|pls))+[\s.!]*$/;
/** Said to us rather than in answer: a question, a yes or a no, a remark. */
const NO_NAME =
  /^(?:(?:what|who|whom|whose|why|when|where|which|how|is|are|do|does|did|can|could|will|would|should)\b.*\?\s*$|(?:i|we|you|he|she|they|there|why|because)\b(?!\s+(?:want|think|guess|mean)\b))/s;

/** A text as the answer to one slot of an e-mail; more slots when it says more ("Ann, about the trip"). */
export function readEmailSlot(draft: Draft, slot: EmailSlot, range: Range): Entity[] {
  const words = draft.folded.slice(range.start, range.end);
  const action = draft.recognition?.action;
  if (action === 'affirm' || action === 'deny') return [];
  switch (slot) {
    case 'recipient':
      return NO_NAME.test(draft.folded.trim()) || isTime(draft, range)
        ? []
        : recipientFirst(readEmailAnswer(draft));
    case 'subject':
      return words.length <= 4_000 ? textEntity(draft, slot, range, SUBJECT_LEAD) : [];
    case 'body':
      return textEntity(
        draft,
        slot,
        trimRange(draft.folded, { start: range.start, end: draft.folded.length }),
        BODY_LEAD,
      );
    case 'email_type': {
      const type = words.length <= 100 ? readEmailType(words) : null;
      return type === null ? [] : [entityAt(draft, slot, range, type, 'as said')];
    }
  }
}

function recipientFirst(entities: readonly Entity[]): Entity[] {
  const named = entities.filter(({ slot }) => slot === 'recipient');
  return named.length === 0 ? [] : [...named, ...entities.filter(({ slot }) => slot !== 'recipient')];
}

/** "tomorrow" names nobody; "April" may. */
function isTime(draft: Draft, range: Range): boolean {
  if (range.end - range.start > 60 || /^\p{Lu}/u.test(draft.text.slice(range.start))) return false;
  return timesIn(draft, range).some((match) => coversRange(draft, match, range));
}

function textEntity(draft: Draft, slot: EmailSlot, { start, end }: Range, lead: RegExp): Entity[] {
  const words = draft.folded.slice(start, end);
  const before = lead.exec(words)?.[0].length ?? 0;
  const trail = TRAIL.exec(words);
  const cut = trimRange(draft.folded, {
    start: start + (before < words.length ? before : 0),
    end: trail && trail.index > before ? start + trail.index : end,
  });
  const { start: from, end: to } = cut.start < cut.end ? cut : { start, end };
  const quoted = draft.quotes.some((quote) => quote.start === from && quote.end === to);
  const value = quoted ? draft.text.slice(from + 1, to - 1).trim() : draft.text.slice(from, to);
  return value === '' ? [] : [entityAt(draft, slot, { start: from, end: to }, value, 'as said')];
}
