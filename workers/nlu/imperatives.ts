import type { Draft } from './draft.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';
import { trimRange } from './text.ts';

const LEAD = /^[\s,.!]*(?:(?:ok|okay|well|so|please|pls|just|now|also|and|then|oh)[\s,]+)*/;
/** Verbs said to us that nobody jots down as something to do. */
const TO_US =
  /^(?:forward|resend|delete|remove|show|list|add|create|complete|mark|move|rename|undo|open|find|search|remind|set|change|cancel|stop|save|use|translate|shorten|summari[sz]e|explain|tick|postpone)\s+\S/;
/** "send it to Tom" still says who it is for. */
const ADDRESSED = /^(?:send|write|address|make|e-?mail|mail|draft)\s+(?:it|this|that)\s+(?:to|for)\s/;
/** Verbs that are as often names: "Bill Gates", "mark twain". */
const NAMES =
  /^(?:bill|mark|grant|chase|will|rob|sue|pat|drew|jack|frank|josh|rose|may|june|art|wade|pierce|hope|grace|faith|joy|dawn|hunter|miles|book)\b/;
const OBJECT =
  /^\S+\s+(?:the|an?|my|our|your|his|her|their|its|this|that|these|those|some|all|it|them|me|him|us|up|out|back|off|more)\b/;

/** Whether words tell somebody to do something ("forward the last mail to Tom"), so that they are no name. */
export function isImperative(draft: Draft): boolean {
  const words = wordsOf(draft);
  if (!(TO_US.test(words) || looksLikeActivity(words))) return false;
  return !namesAfterAll(draft);
}

/** Whether words that begin like something to do name somebody: "Bill Gates", "send it to Tom". */
export function namesAfterAll(draft: Draft): boolean {
  const words = wordsOf(draft);
  if (ADDRESSED.test(words)) return true;
  return NAMES.test(words) && !OBJECT.test(words) && words.split(/\s+/).length <= 2;
}

function wordsOf({ folded }: Draft): string {
  const from = LEAD.exec(folded)?.[0].length ?? 0;
  const { start, end } = trimRange(folded, { start: from, end: folded.length }, '.!?,');
  return folded.slice(start, end);
}
