import { COMMENT } from './comments.ts';
import type { Draft } from './draft.ts';
import type { Range } from './text.ts';
import { trimRange } from './text.ts';

const NOISE =
  /^(?:can you|could you|please|oh+|ah+|h+m+|u+h+|u+m+|well|(?<nod>ok|okay|alright|all right|right|fine|then)|thanks|i see|please|lol|haha|and|but|so|yeah|also)(?=[\s,.!:-]|$)[\s,.!:-]*/;
/** What says that the words before were wrong. */
const STRONG = new RegExp(
  String.raw`^(?:${COMMENT}|no (?:rush|hurry|stress)(?=[\s,.!:-]|$)|no+|nope|nah|oops|whoops|sorry|my bad|wait|hang on|hold on|actually|rather|i (?:really )?(?:mean|meant)(?: to (?:say|write|put|type))?|i said|correction|scratch that|on second thoughts?|better|not quite|typo|wrong(?<what> (?:day|date|time|hour|list|person|name|one|place|location|task|event))?|(?:that|it)(?:'s| is| was) wrong)(?=[\s,.!:-]|$)[\s,.!:-]*`,
);
/** What says that a value is to be changed. */
const FRAME =
  /^(?:how about(?= (?:(?:on|at|by|for|from) )?(?:\d|noon|midday|half|quarter|today|tonight|tomorrow|next|the \d|(?:mon|tues|wednes|thurs|fri|satur|sun)day))|what about(?= (?:at )?(?:\d|noon|half|quarter))|(?:please )?(?:make|change|set|move|switch|put|push|reschedule) (?:it|that|this)(?: to| for| on| as)?|(?:please )?(?:bump|drop|lower|raise|knock|bring|turn) (?:it|that|this)(?: (?:up|down))? to|let's (?:make|say|do|go)(?: it)?(?: back to)?|(?:(?:go|move it|put it|change it|set it) )?back (?:to|on)|(?:it|that|this|they) (?:should|was supposed to|is supposed to|has to|needs to) (?:have been|be|go(?: to| on| in)?|say|read|start|end)|should (?:have been|be)|supposed to be|(?:they|he|she|we|somebody|someone)(?:'ve|'s| have| has| had)?(?: just| already)? (?:moved|pushed|put|postponed|shifted|changed|rescheduled) (?:it|that|this)(?: back| forward)?(?: to| for| on| until)?|(?:it|that)(?:'s| is| was| has| got)?(?: just| now| been)* (?:moved|pushed|postponed|shifted|changed|rescheduled)(?: to| for| on| until)?)(?=[\s,.!:-])[\s,.!:-]*/;
const BECOMES =
  /\b(?:change|switch)\s+\S+\s+to\b|(?<!\b(?:can(?:no|['’]?)t|can\s+not|couldn't|won't|wont|not(?:\s+able\s+to)?)\s+)\bmake\s+(?:it|that|this)\b/;
/** These frame a value only after something was called wrong. */
export const IS =
  /^(?:it'?s|it is|it (?:starts|begins|comes|arrives|leaves)(?=\s(?:at|on|by|around|now)\s)(?: now)?|that'?s|that is|it was|(?:how|what) about|can we (?:do|say|have|make it)|could we (?:do|say|have|make it)|say)(?=\s)\s*/;
const TAIL =
  /[\s,]+(?:(?<strong>(?:is|was|would be|will be|sounds|seems|works|is actually)(?: much| even| a bit)? (?:better|right|correct|best)(?: (?:for me|after all))?|(?:'s|'d be|might be|suits me|fits)(?: much)? (?:better|best)|(?:is|'s|was|would be|will be) (?:fine|ok|okay|alright|all right|(?:early |soon |good )?enough)(?: (?:too|as well|for me|by me))?|would do(?: too| as well)?|better|after all|instead|rather|actually|i mean|i meant|i said|that is)|please|pls|lol|haha|sorry|thanks|my bad|though|already|(?<then>then))[\s,.!]*$/;

/** A text without what marks it as a correction. */
export interface Peeled extends Range {
  /** Nothing but the wording of a new value, or what calls the old one wrong. */
  marked: boolean;
  /** What is said to be wrong: "list" of "wrong list, groceries". */
  wrong: string;
  /** "I meant": the words before stood for other ones. */
  meant: boolean;
  /** "no": what was understood was wrong, rather than thought better of. */
  denied: boolean;
  /** "change it to" and "make it" may give another name. */
  becomes: 'changed' | 'made' | null;
}

export function peel({ folded }: Draft): Peeled {
  let { start, end } = trimRange(folded, { start: 0, end: folded.length }, ',.!');
  let [marked, meant, denied, nods, wrong] = [false, false, false, false, ''];
  let into: Peeled['becomes'] = null;
  for (let turn = 0; turn < 8 && start < end; turn += 1) {
    const rest = folded.slice(start, Math.min(end, start + 200));
    const strong = STRONG.exec(rest);
    const frame = FRAME.exec(rest);
    const found = strong ?? frame ?? (marked ? IS.exec(rest) : null) ?? NOISE.exec(rest);
    if (!found) break;
    if (strong ?? frame) marked = true;
    if (found.groups?.['nod'] !== undefined) nods = true;
    if (frame && BECOMES.test(frame[0])) into = frame[0].includes('make') ? 'made' : 'changed';
    if (strong && /^i |^wrong/.test(strong[0])) meant = true;
    if (strong && /^(?:no|nah)/.test(strong[0])) denied = true;
    wrong = strong?.groups?.['what']?.trim() ?? wrong;
    start = Math.min(end, start + found[0].length);
  }
  for (let turn = 0; turn < 4; turn += 1) {
    const from = Math.max(start, end - 50);
    const tail = TAIL.exec(folded.slice(from, end));
    if (!tail) break;
    // "ok friday then"
    if (tail.groups?.['strong'] !== undefined || (nods && tail.groups?.['then'] !== undefined)) marked = true;
    if (/i (?:mean|said)/.test(tail[0])) meant = true;
    ({ start, end } = trimRange(folded, { start, end: from + tail.index }, ',.!?'));
  }
  return { ...trimRange(folded, { start, end }, ',.!?'), marked, wrong, meant, denied, becomes: into };
}
