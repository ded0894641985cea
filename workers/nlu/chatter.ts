import type { Range } from './text.ts';
import { trimRange } from './text.ts';

/** Noises and words of somebody who thinks aloud. They say nothing by themselves. */
export const NOISE = String.raw`(?:u+h+m*|u+m+|e+r+m*|h+m+|oh+|ah+|eh+|ugh|meh|well|ok|okay|so|yes|yeah|yep|yup|sure|please|just|maybe|perhaps|probably|possibly|honestly|lol|haha|right|alright|fine|then|actually|hey|sorry|wait|let me (?:see|think))`;
const SAID = String.raw`(?:i(?:'d| would)? (?:think|guess|suppose|believe|say|dunno|don't know|go (?:with|for)|want|like|prefer|need)|i'd say|i mean|i meant|let's (?:say|go with|go for|do|make it|take|call it|try)|make it|say|how about|what about|go with|it'?s|it is|it'll be|it (?:should|would|could|can|must) be|that'?s|that would be|(?:should|would|could) be|like|the thing is)`;
const LEAD = new RegExp(String.raw`^(?:[\s,.:!?-]*(?:${NOISE}|${SAID})(?=[\s,.:!?-])[\s,.:!?-]*)+`);
const TAIL =
  /(?:[\s,]+(?:i (?:think|guess|suppose|mean|meant|believe)|please|pls|plz|thanks|thank you|thx|(?:would|will|should|could) be (?:good|great|better|best|fine|nice|perfect|enough|ok|okay|ideal|plenty)|(?:should|will|would) do(?: it)?|(?:is|are) (?:good|great|better|best|fine|nice|perfect|enough|ok|okay|plenty)|works?(?: (?:for me|best|too|fine|better))?|or so|max|tops|at most|maximum|ish|lol|haha|maybe|probably|perhaps|then|if (?:possible|that's ok(?:ay)?|you can)|for me|would you|will you|ok|okay|right|though|instead))+[\s,.!?]*$/;

const LONGEST_TAIL = 120;

/** A stretch without what people say around a value: "uh let's say friday I guess" → "friday". */
export function trimChatter(folded: string, range: Range, also = ''): Range {
  let span = trimRange(folded, range, `,.!?${also}`);
  for (let turn = 0; turn < 4; turn += 1) {
    const words = folded.slice(span.start, span.end);
    const lead = LEAD.exec(words)?.[0].length ?? 0;
    const before = lead < words.length ? lead : 0;
    const from = Math.max(before, words.length - LONGEST_TAIL);
    const tail = TAIL.exec(words.slice(from));
    const cut = tail && from + tail.index > before ? words.length - from - tail.index : 0;
    if (before === 0 && cut === 0) break;
    span = trimRange(folded, { start: span.start + before, end: span.end - cut }, `,.!?${also}`);
  }
  return span;
}

/** The clauses of a text, each without the noises at its beginning; those that are nothing but noise are left out. */
export function clausesOf(folded: string): string[] {
  return folded
    .split(/[,.;!?\n]+|\s+-+\s+/)
    .map((clause) => clause.replace(CLAUSE_LEAD, '').trim())
    .filter((clause) => clause !== '');
}

const CLAUSE_LEAD = new RegExp(String.raw`^\s*(?:(?:${NOISE}|and|but|i (?:think|guess))(?:\s+|$))*`);
