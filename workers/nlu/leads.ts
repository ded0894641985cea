import { readOnly, type PlainText } from './plain-text.ts';
import { foldText, type Range } from './text.ts';

/** Sounds of somebody who thinks or feels: nothing is ever meant by them. */
const SOUND = String.raw`h+m+|o+h+|a+h+|e+h+m*|ugh+|argh+|aw+|phew|oof|whew|ooh|ouch|(?:uh+m*|um+|er+m*)(?=\s*[,.\u2026])|(?:h(?:ey|i|ello)[\s,!]+)?(?:i\s+)?hope (?:you(?:'re| are)|all is|everything(?:'s| is)) (?:doing )?(?:well|good|fine|great|ok)(?:\s*[:;][-]?[)D])?`;
/** What stops the talk for a moment: a correction may come, or something else altogether. */
const PAUSE = String.raw`wait(?: (?:a|one) (?:sec|second|moment|minute))?|hang on|hold on|one (?:sec|second|moment)|sorry|my bad|(?:oops,? |whoops,? |sorry,? )?wrong (?:one|button|thing)|oops|whoops|damn|shoot|crap|darn`;
/** Takes up what was said before. */
const NOD = String.raw`ok(?:ay)?|alright|all right|right|well|so|fine|good|great|perfect|cool|nice|awesome|lovely|thanks(?: a lot| so much)?|thank you(?: so much| very much)?|thx|got it|i see|good to know`;
const NAY = String.raw`no+|nah|nope|naw`;
/** "Oh no, we don't, undo" */
const DENIED = String.raw`(?:we|i|you|they|it|he|she)\s+(?:do|did|does|is|are|was|were|have|has)(?:n't|\s+not)?(?=\s*[,.!;])`;
const ENDS = String.raw`(?=[\s,.!:;\u2026-])[\s,.!:;\u2026-]*`;

const SOUNDS = new RegExp(String.raw`^\s*(?:(?:${SOUND})${ENDS})+(?=\S)`);
const TO_QUESTION = new RegExp(
  String.raw`^\s*(?:(?:${SOUND}|${PAUSE}|${NOD}|but|and|btw|by the way|first|quick question:?)${ENDS})+(?=\S)`,
);
/** What was done is wrong. */
const WRONG = String.raw`not (?:yet|now|that(?: one)?|this one|done(?: yet)?)|too (?:early|soon)|i (?:didn't|did not) (?:mean|want)(?: (?:that|it|to|this))*|that(?:'s| was| is) (?:wrong|a mistake|not (?:right|what i (?:meant|wanted)))|my (?:mistake|fault)`;
const TO_MOVE = new RegExp(
  String.raw`^\s*(?:(?:${SOUND}|${PAUSE}|${NOD}|${NAY}|${DENIED}|on second thoughts?|${WRONG}|but|and|now|then|actually|please|just|pls)${ENDS})+(?=\S)`,
);

/** Asks to be told something, whatever was going on; "how about friday?" suggests a value. */
const ASKS_US =
  /^(?:what(?:'s|s|'re| (?:is|are|was|were|do|does|did|have|has|time|day|else))|when(?:'s| (?:is|are|was|do|does|did))|who(?:'s| (?:is|are))|where(?:'s| (?:is|are))|which (?:\S+ ){1,3}(?:is|are|do|did|have)|how (?:many|much|long)|(?:do|did|am|was|will) i\b|have i\b|is there\b|are there\b|any(?:thing)? |(?:show|tell|list|remind|give) me\b|show (?:my|all|the)\b)(?!.*\b(?:you mean|you want|you need|you ask)\b)/;

/**
 * The text without what somebody utters before they begin, which would otherwise be read as words of a title or hide what
 * the rest asks for. Spans are moved back at the end, as those of the plain text are.
 *
 * @param verbatim what is said may be the words of a mail
 */
export function withoutLead(plain: PlainText, verbatim: boolean): PlainText {
  const folded = foldText(plain.text);
  const sounds = verbatim ? 0 : (SOUNDS.exec(folded)?.[0].length ?? 0);
  const lead = TO_QUESTION.exec(folded.slice(0, 200))?.[0].length ?? 0;
  const rest = folded.slice(lead);
  const noted = verbatim ? 0 : (NOTE_THAT.exec(folded)?.[0].length ?? 0);
  const begins = ASKS_US.test(rest) || ((PAUSES.test(folded) || FIRST.test(folded)) && ADDS.test(rest));
  const start = noted > 0 ? noted : lead > 0 && begins ? lead : sounds;
  const plea = verbatim ? null : PLEA.exec(folded);
  const end = plea ? plea.index : plain.text.length;
  return /[\p{L}\p{N}]/u.test(folded.slice(start, end)) ? readOnly(plain, { start, end }) : plain;
}

/** "Could you please note that i have to renew the passport": what one has to do says as much without it. */
const NOTE_THAT = new RegExp(
  String.raw`^\s*(?:(?:${SOUND}|${NOD}|h(?:ey|i|ello)(?: there)?|and|also|please|pls|plz|just|(?:can|could|would|will) (?:you|u)|(?:i(?:'d| would) like|i want) you to|i (?:want|need|would like|should) to)${ENDS})*(?:(?:make|take|keep) (?:me )?(?:an?|this|the) note(?: of the fact)?|note(?: down| for me)?|(?:write|jot|put)(?: it| this)? down|remember|keep in mind|bear in mind|don'?t (?:let me )?forget|do not forget)(?:[:,]| that| for me that|)\s+(?=(?:(?:on|by|this|next|until) \S+ |tomorrow |today )?(?:i|we)(?:'ve| have| still| also| really)* (?:have to|has to|need to|must|got to|gotta|should|ought to)\s+\S)`,
);

/** "Sorry, one moment - add toothpaste to the list" has nothing to do with what was asked. */
const PAUSES = new RegExp(String.raw`^\s*(?:(?:${SOUND})${ENDS})*(?:${PAUSE})\b`);
const FIRST = /^\s*(?:(?:ok|okay|but|wait)[\s,]+)*first[\s,]/;
const ADDS = /^(?:add|put|create|remind me|note)\s+\S/;

/** "… an hour before that pls" */
const PLEA = /(?<=\S[\s\S]{3})[\s,]+(?:pls|plz|pretty please|please)[\s.!]*$/;

/** Where a move of the conversation begins behind what is said before it: "oops no, | put it back". */
export function moveIn(folded: string): (Range & { text: string }) | null {
  const start = TO_MOVE.exec(folded)?.[0].length ?? 0;
  return start === 0 ? null : { start, end: folded.length, text: folded.slice(start) };
}
