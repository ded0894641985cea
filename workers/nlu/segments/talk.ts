import type { Action } from '../../../contracts/intents.ts';
import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { actionOf, isSmallTalk, speaksForItself, type Left } from './left-side.ts';

/** "not that one, | and …": no rule knows the words, but the classifier has no doubt. */
export async function talkInEffect({ clause, asks }: Left, joint: Joint): Promise<Action | null> {
  if (asks || joint.kind === 'comma' || joint.kind === 'so' || joint.kind === 'colon') return null;
  if ((clause.opening !== 'other' && clause.opening !== 'value') || clause.wordCount > 5 || clause.explicit)
    return null;
  if (WAITS.test(clause.folded)) return null;
  const guess = await clause.guess();
  return guess && guess.confidence >= 0.95 && SPOKEN.has(guess.action) ? guess.action : null;
}

/** "oh wait, | also …": what is to be done comes yet. */
export const WAITS = /^(?:(?:oh|ah|hm+|um+|ok|okay)[\s,]+)*(?:wait|hang\s+on|hold\s+on|one\s+sec(?:ond)?)$/;

const SPOKEN: ReadonlySet<Action> = new Set<Action>([
  'deny',
  'cancel',
  'thanks',
  'goodbye',
  'repeat',
  'undo',
]);

/** Words of agreement that open any message. */
const FILLS =
  /^(?:ok(?:ay)?|k|kk|great|good|cool|perfect|fine|alright|all right|right|sure|go ahead|sounds good|why not|awesome|nice)\b/;

const BARE_HELLO = /^[\s,.!]*(?:hi+|hey+|yo|hiya)(?:[\s,]+(?:there|you|again|hi+|hey+))*[\s,.!]*$/;

/** "thanks! | add milk" are two; in "hey, add milk" and "ok, add milk" the first is a way to begin. */
export async function leavesTalk(talk: Action, left: Clause, joint: Joint, right: Clause): Promise<boolean> {
  const opens = (talk === 'greeting' || talk === 'affirm' || talk === 'deny') && joint.kind === 'comma';
  if (talk === 'affirm' && FILLS.test(left.folded)) return false;
  if (talk === 'greeting' && BARE_HELLO.test(left.folded) && joint.kind !== 'end') return false;
  if (opens && talk !== 'greeting') return false;
  if (right.talk) return right.talk !== talk && right.talk !== 'affirm' && right.talk !== 'greeting';
  if (right.wordCount < 2) return false;
  if (right.opening === 'value' && (talk === 'undo' || talk === 'cancel'))
    return /^(?:make|put|move|add|set)\b/.test(right.bare);
  if (speaksForItself(right) || right.opening === 'command')
    return (talk !== 'greeting' && talk !== 'help') || (await actionOf(right)) !== talk;
  const guess = await right.guess();
  return (
    guess !== null &&
    guess.confidence >= 0.6 &&
    guess.action !== talk &&
    guess.action !== 'out_of_scope' &&
    !isSmallTalk(guess.action)
  );
}

/** "… and good night" takes leave; "…, thanks" is only polite. */
export async function endsInTalk(talk: Action, left: Clause, joint: Joint): Promise<boolean> {
  if (joint.kind === 'so' || (talk !== 'goodbye' && (talk !== 'undo' || joint.kind === 'comma')))
    return false;
  return (await actionOf(left)) !== talk;
}
