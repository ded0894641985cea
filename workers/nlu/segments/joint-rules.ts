import type { Draft } from '../draft.ts';
import type { Clause } from './clause.ts';
import { isErrand, tellsErrands } from './errands.ts';
import { frameOf } from './frames.ts';
import { changedBesides } from './changed-besides.ts';
import type { Joint } from './joints.ts';
import {
  actionOf,
  asksInside,
  isStrong,
  kindOfLeft,
  speaksForItself,
  type Left,
  type LeftKind,
} from './left-side.ts';
import { isOwnActivity, isOwnItem } from './own-entry.ts';
import { changesAgain, followsAnother, isNewOrder, isOwnRequest } from './own-request.ts';
import { GIVEN_NAMES, WORD_NAMES } from '../people/given-names.ts';
import { NOTHING_SHARED, type Shares } from './sides.ts';
import { sharedWords } from './shared-words.ts';
import { refersBack } from './wording.ts';
import { endsInTalk, leavesTalk, talkInEffect, WAITS } from './talk.ts';

/** What the right side shares with the left if it is a request of its own, else null. */
export async function startsAnother(
  draft: Draft,
  left: Left,
  joint: Joint,
  right: Clause,
): Promise<Shares | null> {
  if (right.wordCount === 0) return null;
  const talk = left.clause.talk ?? (await talkInEffect(left, joint));
  if (talk) return (await leavesTalk(talk, left.clause, joint, right)) ? NOTHING_SHARED : null;
  if (right.talk) return (await endsInTalk(right.talk, left.clause, joint)) ? NOTHING_SHARED : null;
  if (left.clause.wordCount < 2) return null;
  if (await setsAnother(left.clause, right)) return NOTHING_SHARED;
  if (isOneMoreOccasion(left.clause, joint, right)) return NOTHING_SHARED;
  if (isErrandBeside(left.clause, joint, right)) return NOTHING_SHARED;
  if (namesOneMore(joint, right)) return null;
  if (isToldBefore(left.clause, joint, right)) return NOTHING_SHARED;
  const besides = await changedBesides(draft, left.clause, joint, right);
  if (besides) return besides;
  if (right.wordCount < 2 && joint.words === '' && right.times.length === 0) return null;
  if ([BEGINS_POLITELY, ANOTHER, WAITS].some((pattern) => pattern.test(left.clause.folded))) return null;
  if (joint.words === 'but' && !joint.comma && right.opening !== 'order' && ALL_OF.test(left.clause.folded))
    return null;
  if (left.clause.isSubordinate && !left.asks && !isStrong(joint) && !asksInside(left.clause)) return null;
  if (joint.kind === 'so') return (await followsAnother(left.clause, right)) ? NOTHING_SHARED : null;
  if (joint.kind === 'colon') return null;
  if (!speaksForItself(right) && endsOpen(left.clause.folded, right)) return null;
  const alone = speaksForItself(right) && !MAKES_ONE.test(right.bare);
  const shared = alone ? null : sharedWords(draft, left.clause, joint, right);
  // Looking at the left costs most, so what can't be a request on the right is out first.
  if (!shared && right.opening === 'value' && !isNewOrder(right)) return null;
  const inOrder = FIRST_OF_TWO.test(left.clause.folded) && joint.kind === 'then';
  const kind = inOrder ? 'request' : await kindOfLeft(left);
  if (kind === 'nothing') return null;
  // What a mail says may have any times in it; "one to the agency" is another mail.
  if (shared && (isStrong(joint) || shared.skip > 0 || frameOf(left.clause) !== 'mail')) return shared;
  if (right.wordCount < 2 && right.opening !== 'question') return null;
  if (comesLater(left.clause, joint, right)) return NOTHING_SHARED;
  return (await isOwn(left, kind, joint, right)) ? NOTHING_SHARED : null;
}

/** "swimming tomorrow 5pm | gym saturday 9am": each has its time. */
const isOneMoreOccasion = (left: Clause, joint: Joint, right: Clause): boolean =>
  (joint.kind === 'comma' || joint.kind === 'and' || joint.kind === 'then') &&
  left.times.length > 0 &&
  right.isOccasion &&
  frameOf(left) === null &&
  (left.opening === 'activity' || left.ruled?.action === 'create_event');

/** "add coffee with Oma on sunday at 3 | bake a cake on saturday": an occasion with its time, and a deed with its day. */
function isErrandBeside(left: Clause, joint: Joint, right: Clause): boolean {
  if (joint.kind !== 'comma' && joint.kind !== 'and' && joint.kind !== 'then') return false;
  const last = left.times.at(-1);
  return (
    last !== undefined &&
    last.end >= left.end - 1 &&
    left.ruled?.action === 'create_event' &&
    frameOf(left) === null &&
    right.times.some(({ clockOnly }) => !clockOnly) &&
    isErrand(right.bare) &&
    !refersBack(right.bare)
  );
}

/** "remind me an hour before | and call mum tonight": before what is said, so that a deed is another thing. */
const isToldBefore = ({ folded }: Clause, { kind }: Joint, { opening }: Clause): boolean =>
  (kind === 'and' || kind === 'comma' || kind === 'then') &&
  (opening === 'activity' || opening === 'order' || opening === 'command') &&
  TOLD_BEFORE.test(folded);
const TOLD_BEFORE =
  /\bremind\s+(?:me|us)\s+(?:about\s+(?:it|that)\s+)?(?:\S+\s+){1,4}?(?:before(?:hand)?|earlier|in\s+advance|ahead)(?:\s+(?:it|that))?$/;

/** "email Lisa | and Mark about the offsite": a name that is a verb as well, before which nobody is told to do anything. */
function namesOneMore({ kind }: Joint, { text }: Clause): boolean {
  const name = NAME_ALONE.exec(text)?.groups?.['name']?.toLowerCase();
  return (kind === 'and' || kind === 'comma') && name !== undefined && isGivenName(name);
}
const NAME_ALONE =
  /^(?:and\s+)?(?<name>\p{L}+)(?=$|\s*,|\s+(?:and\s+\p{Lu}|about|regarding|that|asking|saying|telling|whether)(?!\p{L}))/u;
const isGivenName = (name: string): boolean => WORD_NAMES.has(name) || GIVEN_NAMES.has(name);

/** "remind me about the essay on thursday | and email Sarah that lunch is moved": the time ends it, and a mail is another. */
function writesBeside({ times, end }: Clause, joint: Joint, right: Clause): boolean {
  const last = times.at(-1);
  return joint.kind === 'and' && last !== undefined && last.end >= end - 1 && WRITES.test(right.text);
}

const WRITES = /^(?:and\s+)?(?:e-?mail|mail|write(?:\s+to)?)\s+\p{Lu}\p{L}+\s+(?:that|about|saying)\s+\S/u;

/** "my working hours are 9 to 5 | and my week starts on sunday": settings of different kinds. */
async function setsAnother(left: Clause, right: Clause): Promise<boolean> {
  const [one, other] = [left.setting, right.setting];
  if (one === null || other === null || one === other) return false;
  return [await actionOf(left), await actionOf(right)].every((action) => action === 'set_preference');
}

function isOwn(left: Left, kind: LeftKind, joint: Joint, right: Clause): Promise<boolean> {
  if (tellsErrands(left.clause, joint, right) || writesBeside(left.clause, joint, right))
    return Promise.resolve(true);
  const framed = isStrong(joint) ? null : frameOf(left.clause);
  switch (right.opening) {
    case 'order':
    case 'question':
    case 'wish':
    case 'command':
      return isOwnRequest(left, kind, framed, joint, right);
    case 'activity':
      return isOwnActivity(left, kind, framed, joint, right);
    case 'value':
      return changesAgain(left, framed, joint, right);
    case 'other':
      return isOwnItem(left, kind, framed, joint, right);
  }
}

/** "finish the slides by wednesday | then send them to Jo on thursday": each has a day of its own. */
function comesLater({ opening, times }: Clause, joint: Joint, right: Clause): boolean {
  if (joint.kind !== 'then' || !/\bthen\b/.test(joint.words)) return false;
  if (opening !== 'activity' && opening !== 'command') return false;
  if (right.opening !== 'activity' && right.opening !== 'command') return false;
  const [first, second] = [times.at(-1), right.times.at(-1)];
  return (
    first !== undefined &&
    second !== undefined &&
    !second.clockOnly &&
    first.readings[0]?.start !== second.readings[0]?.start
  );
}

/** "can you | also delete it": nothing has been asked yet. */
const BEGINS_POLITELY =
  /^(?:(?:hey|hi|hello|ok|okay|so|and|well|please|pls)[\s,]+)*(?:(?:can|could|would|will|should)\s+(?:you|u|we|i)|i|we|you|let's)(?:\s+(?:please|pls|kindly|just|maybe))*$/;

/** "and another one, | call Ann": what it is comes yet. */
const ANOTHER = /^(?:(?:and|also|oh|ok|okay)[\s,]+)*(?:another(?:\s+one)?|one\s+more(?:\s+(?:one|thing))?)$/;

/** "finish all | but call mum": what is left out. */
const ALL_OF = /\b(?:all|everything)(?:\s+(?:my|the|of|tasks?|to-?dos?|as|done|off|finished|complete))*$/;

/** "make one for 5:45": what is made was named before. */
const MAKES_ONE = /^\S+(?:\s+up)?\s+(?:a\s+new\s+|another\s+)?one\s/;

/** "first the briefing, then my mails" */
const FIRST_OF_TWO = /^(?:please\s+)?first(?:\s+of\s+all)?\s/;

/** "schedule a meeting to plan | discuss the fair": the verb on the left waits for its object. */
const endsOpen = (folded: string, right: Clause): boolean =>
  /\b(?:to|and|or|of|for|with|the|a|an|my|our|in|on|at|from|by|about|so|that|if|is|are|i|you|should|could|must|might|may|can|will|would)$/.test(
    folded,
  ) ||
  ((right.opening === 'activity' || right.opening === 'command') &&
    /\bto\s+(?:plan|wash|review|read|write|cook|clean|discuss|talk|sit|go|come|meet|buy|sort|prepare|check|fix|test|edit|print|sign|pack|draft|eat|drink|sing|shower|celebrate)$/.test(
      folded,
    ));
