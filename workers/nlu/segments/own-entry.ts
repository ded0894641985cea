import type { Action } from '../../../contracts/intents.ts';
import type { Clause } from './clause.ts';
import type { Frame } from './frames.ts';
import type { Joint } from './joints.ts';
import { actionOf, isSmallTalk, isStrong, isSurelyDone, type Left, type LeftKind } from './left-side.ts';
import { continuesErrand, refersBack } from './wording.ts';

/** "buy milk, call mom, pay rent": each a verb with its object. */
export async function isOwnActivity(
  { clause: left, asks }: Left,
  kind: LeftKind,
  framed: Frame | null,
  joint: Joint,
  right: Clause,
): Promise<boolean> {
  if (isStrong(joint)) return !refersBack(right.bare) && (kind === 'request' || left.explicit !== null);
  const also = /\balso\b/.test(joint.words);
  if (framed && !(framed === 'doing' && also)) return false;
  if (refersBack(right.bare) || continuesErrand(right.bare)) return false;
  if (kind === 'stated' && !left.explicit) return false;
  // What comes after something else ends with that.
  if (/\s(?:after (?:that|it)|afterwards?)$/.test(left.bare) && left.shares.before !== '') return true;
  if (left.opening === 'activity' || left.isItem)
    return !ERRANDS.test(left.bare) && hasObject(left.bare) && !isNounish(left.bare, right.bare);
  if (!asks && left.opening !== 'order' && left.opening !== 'command' && !left.explicit) return false;
  if (addsOnly(left) && joint.comma && isPlainErrand(right)) return true;
  const action = await actionOf(left);
  // What is being made may have an "and" in its name.
  if (action !== null && MAKES.has(action)) return also && joint.kind === 'then';
  const guess = await right.guess();
  return guess?.action === 'create_task' && guess.confidence >= 0.7;
}

/** "add eggs": a thing and no more, so that a verb behind a comma is none of it. */
const addsOnly = ({ bare }: Clause): boolean =>
  /^(?:add|put|buy|get)\s+(?:(?:some|the|an?|more)\s+)?\S+(?:\s+\S+)?$/.test(bare) &&
  !/\b(?:tasks?|to-?dos?|reminders?|events?|meetings?|lists?|notes?|to|and|or|with|for)\b/.test(bare);

/** A verb with an object that says more than a name: "finish the report", "call Ann". */
const isPlainErrand = ({ bare, text }: Clause): boolean =>
  /^\S+(?:\s+(?:up|off|out|back))?\s+(?:the|my|our|her|his|an?)\s+\S/.test(bare) ||
  /^(?:and\s+)?(?:call|email|text|ring|visit|meet|phone)\s+\p{Lu}/iu.test(text);

/** "go to the bank and deposit the check" */
const ERRANDS = /^(?:go|come|run|head|drive|stop|swing|pop)\b/;
const MAKES: ReadonlySet<Action> = new Set<Action>([
  'create_task',
  'create_event',
  'set_reminder',
  'draft_email',
  'plan_schedule',
]);

const hasObject = (bare: string): boolean => /^\S+\s+\S+/.test(bare) && !/\b(?:or|and)\s+\S+$/.test(bare);

/** Verbs that name things as often, so that "plant food" in a list of things to buy is one more of them. */
const NOUNISH =
  /^(?:plant|water|paint|book|record|post|iron|file|watch|dust|print|shop|cook|test|brush|trim|pack|park|light|study|sketch|wrap|wash|fish|dish|tile|glue|cash|bill|copy|design|film|frame|hair|load|lock|mail|oil|phone|play|polish|present|report|scan|service|ship|sign|sort|star|steam|swim|tape|train|travel|vet|visit|walk|mount|patch|charge|coffee|dance|face|bake|knit|sand|soak)\s+(?!the\b|my\b|our\b|a\b|an\b|for\b|to\b|up\b|out\b|with\b)\S+$/;

const GETS = /^(?:buy|get|grab|pick up|order|bring|add|need|fetch|purchase|pack)\b/;

const isNounish = (left: string, right: string): boolean =>
  GETS.test(left) && NOUNISH.test(right) && !beginAlike(left, right);

/** "pack kitchen, pack bathroom" */
export const beginAlike = (left: string, right: string): boolean =>
  left.split(/\s/, 1)[0] === right.split(/\s/, 1)[0];

/** How sure the classifier has to be of words that only sound like a request, by what parts them. */
const CLEAR = { end: 0.6, break: 0.6, further: 0.7, and: 0.85, comma: 0.9 } as const;
const CLEAR_AFTER_REPORT = 0.7;

/** Whether a noun or a statement asks for something of its own. */
export async function isOwnItem(
  { clause: left }: Left,
  kind: LeftKind,
  framed: Frame | null,
  joint: Joint,
  right: Clause,
): Promise<boolean> {
  if (framed || right.isRemark || right.isSubordinate || joint.kind === 'so' || joint.kind === 'colon')
    return false;
  const comma = joint.kind === 'comma';
  if (right.explicit && (!comma || right.explicit === 'complete_task'))
    return (
      left.explicit !== null ||
      isStrong(joint) ||
      (kind === 'request' && !/^(?:done|finished|completed)\b/.test(right.bare))
    );
  if (joint.kind === 'and' && !joint.comma) return false;
  const reported = left.explicit === 'complete_task' && !/\b(?:it|that|this)$/.test(left.bare);
  const done = comma && (reported || (await isSurelyDone(left)));
  if (comma && !(left.times.length > 0 && right.times.length > 0) && !left.explicit && !done) return false;
  const guess = await right.guess();
  if (!guess || guess.action === 'out_of_scope' || isSmallTalk(guess.action)) return false;
  if (guess.confidence < (done ? CLEAR_AFTER_REPORT : CLEAR[joint.kind === 'then' ? 'further' : joint.kind]))
    return false;
  if (done && guess.action === 'complete_task') return guess.confidence >= 0.9;
  const also = /\b(?:also|plus)\b/.test(joint.words) && guess.confidence >= 0.8;
  return also || (await actionOf(left)) !== guess.action || (right.isItem && left.times.length > 0);
}
