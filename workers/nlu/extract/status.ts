import type { ActParams } from '../../../contracts/nlu.ts';

const DONE = String.raw`(?:completed?|finished|done|accomplished|achieved|checked off|ticked off|crossed off)`;
const BOTH = new RegExp(
  String.raw`\b(?:including|incl\.?|plus|and|or|as well as|along with)\s+(?:the\s+|my\s+|all\s+|also\s+)*${DONE}\b|\b${DONE}\s+(?:and|or|plus|as well as)\s+(?:open|not|undone|pending|unfinished|the open|incomplete|uncompleted)\b|\b(?:whether|no matter if|regardless)\b.*\b${DONE}\b|\b(?:all|any) statuse?s?\b`,
);
/** What somebody has done, as a question. */
const ACHIEVED = new RegExp(
  String.raw`\b(?:did|have|has|had|'ve)\s+(?:i|we)\s+(?:already\s+|just\s+|actually\s+|really\s+)*(?:do|get done|finish|complete|accomplish|achieve|tick off|check off|got(?:ten)? done|${DONE})\b|\b(?:i|we)(?:'ve|\s+have)?\s+(?:already\s+|just\s+)*(?:finished|completed|did|accomplished|achieved|got done|ticked off|checked off)\b|\b(?:did|have)\s+(?:i|we)\s+(?:get|got|gotten)\s+(?:\S+\s+)?done\b|\b(?:is|are|was|were|got|been|already)\s+(?:already\s+)?${DONE}\b`,
);
/** "not done", "to be done", "have to get done": still open. */
const UNDONE = new RegExp(
  String.raw`\b(?:not|isn't|aren't|haven't|hasn't|never|didn't|wasn't)\s+(?:yet\s+|been\s+|i\s+|we\s+)*(?:${DONE}|finish|complete|do)\b|\b(?:to|must|should|can|could|will|would|needs?|getting|get|wants?|due)\s+(?:be\s+|get\s+|have\s+)*(?:\S+\s+)?(?:${DONE}|finish|complete)\b|\b(?:undone|unfinished|incomplete|uncompleted|outstanding|pending|remaining)\b`,
);
const ADJECTIVE = new RegExp(String.raw`\b${DONE}\b`);

/**
 * Which tasks a question or a bulk change is about, by its words; undefined when they don't say, which means the open
 * ones. Words looked for ("tasks about what is done") are no status and have to be cut off before.
 */
export function readStatus(folded: string): ActParams['status'] {
  if (BOTH.test(folded)) return 'all';
  if (UNDONE.test(folded) && !/\bdid\s+(?:i|we)\s+get\b/.test(folded)) return 'open';
  return ACHIEVED.test(folded) || ADJECTIVE.test(folded) ? 'done' : undefined;
}
