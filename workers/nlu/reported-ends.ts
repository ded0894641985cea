import { withWords, type PlainText } from './plain-text.ts';
import { startsWithVerb } from './rules/statement-rules.ts';
import { foldText, quotedRanges } from './text.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|so|well|and|actually|sorry|great|good|yay|hey|hi|no|damn|unfortunately|looks\s+like|turns\s+out|it\s+turns\s+out)[\s,.!]+)*`;
const NAMED = String.raw`(?<named>(?:(?:the|my|our|his|her|their|tomorrow's|today's)\s+)?(?!(?:it|that|this|they|he|she|we|i|you|what|when|why|who|where|how|which|there|everything|all|nothing|the|my|our|is|was|are|no|not|undo|if|because|since|both|those|these)\b)[\p{L}\d'’:&-]+?(?:\s+[\p{L}\d'’:&-]+?){0,5}?)`;
const OVER = String.raw`(?:(?:now|just|all|already|also|finally|actually|been|being|officially|completely)\s+)*(?:off(?!\s+to\b)|over|done|finished|complete|completed|cancell?ed|called\s+off|scrapped|dropped|sorted|dealt\s+with|no\s+longer\s+(?:happening|needed|necessary|on|taking\s+place)|not\s+(?:happening|on|needed|necessary|taking\s+place)(?:\s+(?:any\s?more|after\s+all))?|(?:out|gone)(?=\s*[,.;-]))`;
const IS = String.raw`(?:['’]s|['’]re|\s+(?:is|are|was|were|got|gets|has|have|had))\s+${OVER}|\s+(?:isn't|aren't|is\s+not|are\s+not|won't\s+be|will\s+not\s+be)\s+(?:happening|on|needed|necessary|taking\s+place)(?:\s+(?:any\s?more|after\s+all|now))?|\s+(?:won't|will\s+not|doesn't|does\s+not)\s+(?:happen|take\s+place)(?:\s+(?:any\s?more|after\s+all|now))?|\s+(?:fell|falls|has\s+fallen)\s+through`;
/** What takes an item away, or ticks it off, and "it" beside it. */
const TAKE = String.raw`(?:(?:so|and|then|please|pls|just|(?:can|could|would|will)\s+you|you\s+can|let's|go\s+ahead\s+and)[\s,]+)*(?<verb>cancel|delete|remove|drop|scrap|scratch|erase|kill|bin|get\s+rid\s+of|take|tick|check|cross|mark|call|clear|complete|strike|close)(?<pointer>\s+(?:it|that|this|that\s+one)\b)`;
const JOINT = String.raw`\s*(?:[,.;!\u2026]+|\s[-–—]|\s+(?:and|so)\b)[\s,]*`;

/** "The vendor call is off, take it out of my calendar" */
const SAID_OF_IT = new RegExp(
  `${LEAD}${NAMED}(?<state>${IS})(?<rest>[^,.;!?]{0,30}?)(?<joint>${JOINT})${TAKE}`,
  'du',
);
/** "I'm done with the report, tick it off", "they called off the retro, remove it" */
const DONE_WITH = new RegExp(
  String.raw`${LEAD}(?<state>(?:i|we)(?:['’](?:m|re|ve)|\s+(?:am|are|have|did|won't|can't|don't|do\s+not))?\s+(?:(?:now|just|all|already|also|finally|no\s+longer)\s+)*(?:done\s+with|finished(?:\s+with)?|through\s+with|completed|did|need|want|going\s+to|go(?:ing)?\s+to|make\s+it\s+to|attend|make)|(?:they|he|she|someone|\p{L}+)(?:['’](?:ve|s)|\s+(?:have|has))?\s+(?:just\s+)?(?:cancell?ed|called\s+off|scrapped|dropped))\s+${NAMED}(?<rest>(?:\s+(?:any\s?more|after\s+all|now|already))?)(?<joint>${JOINT})${TAKE}`,
  'du',
);
const NO_MORE =
  /\b(?:done|finished|through|completed|did|won't|can't|don't|do\s+not|no\s+longer|cancell?ed|called|scrapped|dropped)\b/;
const MOST_CHARS = 160;

/**
 * A text that tells in its first half that something is off or done, and in the other what is to become of "it", with its name
 * there: "take the vendor call out of my calendar".
 */
export function withReportedEnd(plain: PlainText): PlainText {
  const folded = foldText(plain.text);
  if (folded.length > MOST_CHARS || quotedRanges(folded).length > 0) return plain;
  const match = SAID_OF_IT.exec(folded) ?? DONE_WITH.exec(folded);
  const at = match?.indices?.groups;
  const [named, state, joint, verb, pointer] = ['named', 'state', 'joint', 'verb', 'pointer'].map(
    (name) => at?.[name],
  );
  if (!match || !named || !state || !joint || !verb || !pointer) return plain;
  if (
    startsWithVerb(folded.slice(...named)) ||
    (state[0] < named[0] && !NO_MORE.test(folded.slice(...state)))
  )
    return plain;
  // From behind, so that what stands before keeps its place.
  const order = `${plain.text.slice(...verb)} `;
  const pointed = withWords(plain, { start: joint[0], end: pointer[1] }, '');
  return state[0] < named[0]
    ? withWords(pointed, { start: 0, end: named[0] }, order)
    : withWords(
        withWords(pointed, { start: state[0], end: state[1] }, ''),
        { start: 0, end: named[0] },
        order,
      );
}
