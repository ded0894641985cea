import type { Action } from '../../contracts/intents.ts';

const FINE = String.raw`(?:good|great|fine|right|ok(?:ay)?|perfect|nice|correct|lovely|alright|all right)`;
const ME = String.raw`(?:\s+(?:by|with|for|to)\s+me)?`;
/** Says yes, whatever was asked. */
const AGREES = [
  String.raw`yes+|yep|yup|yeah+|yea|ya|y|aye|ok(?:ay)?|k|kk|sure(?:\s+thing)?|right|exactly|absolutely|definitely|certainly|of\s+course|affirmative|confirm(?:ed)?|agreed|indeed|why\s+not|(?:all\s+)?${FINE}${ME}|cool|awesome|excellent|wonderful|super|brilliant`,
  String.raw`go\s+(?:ahead|for\s+it|on)|do\s+(?:it|so|that|them|all\s+of\s+(?:it|them))|please\s+do|make\s+it\s+so|proceed|continue|let's\s+do\s+(?:it|that)`,
  String.raw`(?:(?:that|this|it|they|all)(?:\s+all)?\s+)?(?:looks?|sounds?|seems?)\s+(?:(?:really|very|all|pretty)\s+)?${FINE}${ME}`,
  String.raw`(?:that|this|it)(?:'s|s|\s+is|\s+would\s+be|\s+will\s+be|'ll\s+be)\s+(?:(?:all|totally|really|absolutely)\s+)?(?:${FINE}${ME}|it|what\s+i\s+(?:want|wanted|meant|mean))`,
  String.raw`(?:(?:that|this|it)(?:\s+(?:one|time|day))?\s+)?(?:works|will\s+work|will\s+do|fits|suits\s+me|would\s+work)(?:\s+(?:for\s+me|perfectly|well|fine|great|best|nicely))*`,
  String.raw`i(?:'m|m|\s+am)\s+(?:(?:very|quite|pretty)\s+)?(?:sure|happy\s+with\s+(?:it|that|them)|fine\s+with\s+(?:it|that)|ok(?:ay)?\s+with\s+(?:it|that))|i\s+(?:confirm|agree|do|mean\s+it|know)`,
  String.raw`(?:all|both|each|every\s+one|everything|the\s+(?:whole\s+)?lot)(?:\s+of\s+(?:them|it|those|these))?|all\s+(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)(?:\s+of\s+(?:them|those|these))?|them\s+all|it\s+all`,
].join('|');
/** Is said beside it and means nothing by itself. */
const BESIDE = String.raw`please|pls|thanks|thank\s+you|thx|ty|now|then|just|really|so|well|o+h+|h+m+|anyways?|and|you\s+can|for\s+me|at\s+once|thing|actually|totally|i\s+think|i\s+guess`;
const THEM = String.raw`(?:it|them|that|this|those|these|'?em|all(?:\s+of\s+(?:it|them|those|these))?|them\s+all|it\s+all|both(?:\s+of\s+them)?|everything|(?:that|this)\s+one)`;
const HOW = String.raw`(?:\s+(?:off|done|as\s+done|complete|anyways?|now|in|there|down|up|out|away|for\s+me))*`;

/** What the deed that is asked about is called when it is said once more. */
const DEEDS: Partial<Record<Action, string>> = {
  delete_task: 'delete|remove|clear|erase|get\\s+rid\\s+of|drop|bin|trash|throw',
  cancel_event: 'cancel|delete|remove|call|clear|drop',
  complete_task: 'complete|finish|mark|tick|check|close|do',
  update_task: 'change|move|update|shift|push|make|set|reschedule|postpone|put|do',
  update_event: 'change|move|update|shift|push|make|set|reschedule|postpone|put|book|keep',
  send_email: 'send|mail|e-?mail|post|ship',
  set_reminder: 'set|move|change|cancel|delete|remove|snooze|mark|tick|do',
  undo: 'undo|revert|take|put',
};
/** What is new is booked, added or planned. */
const MAKES = 'book|reserve|add|schedule|plan|save|put|make|create|take|set|move|do|keep|use|apply|fix';

/** The verbs, as a pattern, that say again what is asked about. */
export const deedWords = (action: Action): string => DEEDS[action] ?? MAKES;

/** Whether words say yes and nothing else, however they say it: "yep, all of them", "looks good, delete them please". */
export function agrees(folded: string, action: Action): boolean {
  const words = folded.replace(/[\u{1F300}-\u{1FAFF}\u2764]\uFE0F?/gu, ' ').trim();
  if (words.length > 120 || /[?]/.test(words)) return false;
  const says = String.raw`${AGREES}|(?:${deedWords(action)})\s+${THEM}${HOW}`;
  const nothingElse = new RegExp(`^${GAP}(?:(?:${says}|${BESIDE})${ENDS}${GAP})+$`);
  return nothingElse.test(words) && new RegExp(`(?<![^\\s,.;!-])(?:${says})${ENDS}`).test(words);
}
const GAP = String.raw`[\s,.;!-]*`;
const ENDS = String.raw`(?=[\s,.;!-]|$)`;

const NO = String.raw`no+|nah|nope|h+m+|o+h+|well|ok(?:ay)?|thanks|thank\s+you|please|pls|sorry|actually|just|then|wait|now|for\s+now|i\s+think|better\s+not|rather\s+not`;
const ALL = String.raw`(?:it|that|this|them|those|these|all|everything|all\s+of\s+(?:it|them)|(?:my|the)\s+(?:calendar|week|day|plan|tasks?|list|events?|rest|whole\s+thing))`;
/** Says no, or not now, whatever was to be confirmed. */
const DECLINES = [
  String.raw`(?:leave|keep)\s+${ALL}(?:\s+(?:all|alone|be|there|(?:as|where|how|the\s+way|like)\s+(?:(?:it|they|that)\s+)?(?:is|are|was|were)))*`,
  String.raw`(?:it|they|that)\s+(?:can\s+)?(?:stays?|remains?)(?:\s+(?:as|where|how|the\s+way|like)\s+(?:it|they)\s+(?:is|are|was|were))?`,
  String.raw`(?:maybe|perhaps|possibly|rather|better)?\s*(?:later|(?:some\s+)?(?:an)?other\s+(?:time|day)|next\s+time)`,
  String.raw`not\s+(?:today|right\s+now|for\s+now|just\s+yet|this\s+time|yet|now)|(?:i\s+)?(?:have\s+to|need\s+to|let\s+me|i'?ll|i\s+will)\s+(?:think\s+about\s+it|sleep\s+on\s+it|think\s+it\s+over)(?:\s+first)?`,
  String.raw`i(?:'?d|\s+would)\s+rather\s+(?:not|(?:keep|leave)\s+${ALL}(?:\s+(?:as|where|how|the\s+way|like)\s+(?:(?:it|they|that)\s+)?(?:is|are|was|were))?)`,
].join('|');
const DECLINED = new RegExp(
  `^${GAP}(?:(?:${NO})${ENDS}${GAP})*(?:${DECLINES})${ENDS}${GAP}(?:(?:${NO})${ENDS}${GAP})*$`,
);

/** Whether words leave it as it is and say nothing else: "no, leave everything as it is", "maybe later". */
export const declines = (folded: string): boolean => folded.length <= 120 && DECLINED.test(folded);
