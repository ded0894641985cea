import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { isPlannerOnly } from './wording.ts';

/** Words that govern what follows an "and": things to do, the text of a mail, a new name. */
export type Frame = 'doing' | 'mail' | 'name';

const DOING =
  /^(?:.*?\b)?(?:remind (?:me|us) (?:about|of|to|that|\S+(?: \S+){0,4} to)|needs? to|have to|has to|want to|got to|gotta|i must|i should|forget(?: to| about)?|remember to|make sure (?:to|i|that i)|(?:task|to-?do|reminder|meeting|call|time|hour|event|appointment|session|note)s? (?:to|for me to)|reminder (?:for|about)|(?:to-?do|task|reminder)(?: at \S+)?:)\s/;

const MAIL =
  /^(?:(?:draft|e-?mail|mail|reply|write|respond|send|tell|let|ask|forward|compose|shoot)\b.*\b(?:that|saying|says?|asking|telling|know|ask|about|whether|if|why|i'm|i'll|we|we're|i|she|he)|.*\b(?:that says|saying|asking (?:if|whether|for|why|what|when)))\s/;

const NAME = /\b(?:called|named|titled|rename\s.+\sto|call it|title it|name it)\s+\S/;

export function frameOf(clause: Clause): Frame | null {
  const { bare } = clause;
  if (MAIL.test(`${bare} `)) return 'mail';
  if (clause.ruled?.title !== undefined || NAME.test(bare)) return 'name';
  return DOING.test(`${bare} `) ? 'doing' : null;
}

/** Whether a request ends the frame that an "and" would leave it in. */
export function breaksFrame(frame: Frame, joint: Joint, right: Clause): boolean {
  const further = joint.kind === 'then' || (joint.kind === 'and' && joint.comma);
  if (right.opening === 'order') return true;
  if (right.opening === 'question')
    return frame !== 'mail' || further || /\b(?:my|i|on|have)\b/.test(right.bare);
  if (right.opening === 'wish') return frame !== 'mail' && further;
  if (frame === 'name')
    return joint.kind === 'then' || joint.comma || /^(?:add|invite)\s+\p{Lu}\p{Ll}+$/u.test(right.text);
  if (frame === 'mail')
    return (
      isPlannerOnly(right.bare) ||
      (further &&
        /^(?:e-?mail|draft|reply|search|find|check|show|add|schedule|block|plan)\b/.test(right.bare))
    );
  const also = /\b(?:also|plus)\b/.test(joint.words);
  return (isPlannerOnly(right.bare) && further) || also;
}
