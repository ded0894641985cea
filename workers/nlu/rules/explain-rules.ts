import type { Target } from '../../../contracts/slots.ts';
import { entityAt, type Draft, type Recognition } from '../draft.ts';
import type { Rule } from './rule.ts';

const WHY = String.raw`(?:(?:explain|tell\s+me|say)\s+)?(?:why|how\s+come|(?:what(?:'s|\s+is|\s+was)\s+)?the\s+reason)`;
const DO = String.raw`(?:re-?name|move|shift|change|edit|update|delete|remove|add|create|make|put|set|mark|complete|finish|tick(?:\s+off)?|close|re-?open|cancel|re-?schedule|schedule|plan|book|pick|choose|take|postpone|push|snooze|send|draft|write|undo|restore|do)`;
const BEEN = String.raw`(?:due|moved|changed|updated|deleted|removed|added|created|marked|completed|done|finished|closed|reopened|cancell?ed|rescheduled|scheduled|planned|set|renamed|booked|postponed|sent|undone|restored|gone|missing|urgent|(?:high|low|medium|top)(?:\s+priority)?|repeating|on\s+(?:my|the|a)\s+.+|on\s+\S+day|on\s+(?:that|this)\s+day|at\s+that\s+time|(?:so\s+|this\s+|that\s+)?(?:late|early)|at\s+\d.*|in\s+(?:my|the)\s+.+)`;
const DAY = String.raw`(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|next\s+\w+|this\s+\w+|noon|midnight|\d{1,2}(?::\d\d)?\s*(?:am|pm|o'?clock)?|the\s+\d{1,2}(?:st|nd|rd|th)?)`;
/** "Why is it there? Take it away" is an order, and money or tokens are a matter of the account. */
const ORDERED =
  /[,;.?!]\s*(?:(?:please|i'm|she's|he's|they've|and|so)\b[^,;.?!]*[,;.?!]\s*)?(?:put|take|delete|remove|send|cancel|move|drop)\s+(?:it|that|this|them)\b|\b(?:take|took|charge)\s+(?:\S+\s+)?(?:money|tokens)\b/;
/** Who asks like that asks just that. */
const sure = /^/;

/** What was done is asked about: it is answered from receipts. */
export const EXPLAIN_RULES: readonly Rule[] = [
  {
    name: 'explain.why',
    action: 'help',
    confidence: 0.96,
    sure,
    pattern: new RegExp(
      [
        String.raw`^${WHY}(?:\s+that)?\s+(?:did\s+|have\s+|has\s+|had\s+)?(?:you|u|pulse\s?plan)\s+(?:did\s+|have\s+|just\s+|already\s+)*(?:${DO})(?:[ds]|ed)?\s+(?<target>.+?)(?:\s+(?:(?:to|from|on|at|for|as|by|into|before|after|so)\s.*|there|then|first|last|that\s+(?:late|early)))?$`,
        String.raw`^${WHY}(?:\s+(?:is|was|are|were|has|have|did)|'s)?\s+(?<target2>(?!(?:am|are|can|could|did|do|does|don't|has|have|i|is|people|should|there|was|we|were|will|would)\s).+?)\s+(?:is\s+|was\s+|been\s+|now\s+|still\s+)*${BEEN}(?:\s.*)?$`,
        String.raw`^${WHY}(?:\s+(?:is|was|are|were)|'s)?\s+(?<target4>(?:the|my|our|that|it|this|they)(?:\s+\S+){0,5}?)\s+(?:only\s+|planned\s+)?(?:there|then|first|last|where\s+(?:it|they)\s+(?:is|are))$`,
        String.raw`^${WHY}\s+did\s+(?<target5>(?:the|my|our|that|it|this)(?:\s+\S+){0,5}?)\s+(?:just\s+)?(?:move|change|disappear|vanish|get\s+${BEEN})(?:\s.*)?$`,
        String.raw`^why\s+(?:not\s+)?(?:on\s+|at\s+|by\s+)?(?<target3>(?:that|this|the)(?:\s+(?:day|time|date|one|hour))?|then|there|so\s+(?:late|early)|${DAY})$`,
        String.raw`^(?:why|how\s+come|explain(?:\s+(?:that|this|it|yourself|(?:the|your)\s+(?:last\s+)?(?:change|step)))?|tell\s+me\s+why)$`,
      ].join('|'),
      'ds',
    ),
    read: (draft, recognition) =>
      ORDERED.test(draft.folded)
        ? null
        : { ...recognition, params: { tell: 'why' }, implied: [...asTarget(draft, recognition)] },
  },
  {
    name: 'explain.changes',
    action: 'help',
    confidence: 0.95,
    sure,
    pattern:
      /^(?:what\s+(?:did\s+you|have\s+you)\s+(?:just\s+)?(?:do|done|change|changed|undo|undone|take\s+back|taken\s+back|delete|deleted|remove|removed)(?:\s+(?:for\s+me|just\s+now|today|so\s+far|now|recently|lately|there))*|(?:what|which\s+(?:one|change|task|event))\s+(?:was|has\s+been|did\s+(?:you|i)|have\s+(?:you|i)|were|got)\s+(?:just\s+)?(?:undo|undone|taken\s+back|reverted)(?:\s+just\s+now)?|(?:did|have|has|was)\s+[^.!?]{0,60}\s?und(?:o|one)(?:\s+[^.!?]{0,60})?|what\s+(?:did|have)\s+(?:i|we)\s+(?:(?:just|last)\s+)?(?:changed?|add(?:ed)?|created?|deleted?|removed?|moved?|do(?=$|\s+(?:today|so\s+far|just|last|here)\b))(?:\s+(?:just\s+now|today|so\s+far|now|recently|lately|last|here))*|what(?:'s|\s+is|\s+has)?\s+(?:just\s+)?(?:changed|happened)(?:\s+(?:today|just\s+now|recently|lately|here|since\s+(?:yesterday|today|this\s+morning|last\s+night|\p{L}+day)))*|what(?:'s|\s+is)\s+new\s+since\s+(?:yesterday|today|this\s+morning|last\s+night|\p{L}+day)|(?:show|list)\s+(?:me\s+)?(?:my\s+|the\s+|your\s+|all\s+)*(?:(?:recent|last|latest)\s+)?(?:changes|receipts|history)(?:\s+(?:of\s+)?today)?)$/dsu,
    read: (_draft, recognition) => ({ ...recognition, params: { tell: 'changes' } }),
  },
];

/** What is asked about, by its words; "that" is what was done last. */
function asTarget(draft: Draft, { target: range }: Recognition) {
  if (!range) return [];
  const query = draft.text
    .slice(range.start, range.end)
    .replace(/^(?:the|my|a|an|that|this)\s+(?=\S)/i, '')
    .trim();
  const last = /^(?:that|this|it|them|the|then|there|so\s+\w+|(?:day|time|date|one|hour))$/i.test(query);
  const value: Target = last ? { kind: 'receipt', reference: 'last' } : { kind: 'any', query };
  return [entityAt(draft, 'target', range, value, 'what is asked about')];
}
