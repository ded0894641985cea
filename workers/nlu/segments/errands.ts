import { looksLikeActivity } from '../rules/statement-rules.ts';
import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { continuesErrand, isPlannerOnly, refersBack } from './wording.ts';

const NEED = String.raw`(?:(?:i|we)(?:'ve|'ll|\s+(?:have|will|also|still|really|just|now))*\s+(?:need\s+to|have\s+to|got\s+to|must|should|ought\s+to|gotta)|(?:need|have|got)\s+to|gotta)`;
/** What tells of things to do, each a verb with its object: "i need to …", "add …". */
const TELLS = new RegExp(
  String.raw`^(?:${NEED}|(?:add|put(?:\s+down)?|note(?:\s+down)?)\s*:?|jot\s+down)\s+`,
);
/** "add task: wrap the glasses | fold the clothes": a comma parts them behind a label as well. */
const LABEL = /^(?:(?:add|create|new)\s+)?(?:an?\s+)?(?:new\s+)?(?:task|to-?do)\s*:\s+/;
const NEEDS = new RegExp(String.raw`^${NEED}\s+`);

/** "i have to clean the bathroom" as what is to be done. */
export const withoutNeed = (bare: string): string => bare.replace(NEEDS, '');

/** The object of a verb, with what the verb takes before it: "pick up the kids". */
const OBJECT =
  /^\S+(?:\s+(?:up|out|off|in|on|over|down|away|back))?\s+(?!(?:up|out|off|in|on|over|down|away|back|by|and|or|early|late|more|less|again|together)\b)\S/;
/** It prepares what follows: "go to the bank and deposit the check", "sit down and write the letter". */
const PREPARES =
  /^(?:go|come|run|head|drive|stop|swing|pop|sit|stand|lie|stay|wake|try|start|begin|compare|think|relax|get\s+(?:up|home|there|ready|dressed|out))\b/;
/** What somebody is to be told may go on behind an "and". */
const TELLS_SOMEBODY =
  /^(?:e-?mail|mail|write|tell|ask|text|message|let|send|reply|remind|draft)\b.*\b(?:that|saying|asking|if|whether|about|know|to)\s/;
/** A verb where "add" tells of nouns as often: "add rice and wash powder". */
const IS_NOUN =
  /^(?!(?:buy|get|grab|order|fetch|bring|sell|return|read|eat|drink)\s)\S+\s+(?:powder|books?|food|paper|bags?|milk|sauce|oil|sheets?|lights?|cards?)$/;

/** A verb with its object. */
export const isErrand = (words: string): boolean =>
  looksLikeActivity(words) && OBJECT.test(words) && !PREPARES.test(words) && !IS_NOUN.test(words);

/** The name of its list ends what is put on it: "add milk to the shopping list | and call mum". */
const ON_LIST = /^(?:add|put|write|stick|pop)\s.+\s(?:to|on|onto)\s+(?:my|the|our)\s+(?:\S+\s+){0,3}?list$/;

/** "i need to call mum | and buy bread", "add buy paint today | call Ann today": each of them is one to do. */
export function tellsErrands({ bare, behindTime }: Clause, joint: Joint, { bare: right }: Clause): boolean {
  if (joint.kind !== 'and' && joint.kind !== 'comma') return false;
  // "on saturday i have to clean the bathroom | and iron the shirts"
  const left = behindTime ?? bare;
  const told = left.replace(joint.kind === 'comma' && LABEL.test(left) ? LABEL : TELLS, '');
  const onList = ON_LIST.test(left);
  return (
    (onList || (told !== left && isErrand(told))) &&
    isErrand(right) &&
    !TELLS_SOMEBODY.test(told) &&
    !isPlannerOnly(right) &&
    !refersBack(right) &&
    !continuesErrand(right)
  );
}
