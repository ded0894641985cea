import type { Action } from '../../../contracts/intents.ts';
import type { Clause } from './clause.ts';
import type { Frame } from './frames.ts';
import { breaksFrame } from './frames.ts';
import type { Joint } from './joints.ts';
import {
  actionOf,
  asksInside,
  isBareRequest,
  isStrong,
  isSurelyDone,
  type Left,
  type LeftKind,
} from './left-side.ts';
import { refersBack } from './wording.ts';

/** Whether an order, a question or a wish is one more request. */
export async function isOwnRequest(
  left: Left,
  kind: LeftKind,
  framed: Frame | null,
  joint: Joint,
  right: Clause,
): Promise<boolean> {
  if (framed && !breaksFrame(framed, joint, right) && !putsDown(left.clause, right)) return false;
  // Guests belong to the event that is being made.
  if (/^invite\b/.test(right.bare) && !isStrong(joint))
    if (asksInside(left.clause) || (await actionOf(left.clause)) === 'create_event') return false;
  // "what reminders do i have and what alarms" asks one thing.
  const questions = right.opening === 'question' && left.clause.opening === 'question';
  if (questions && right.wordCount <= 2 && !isStrong(joint)) return false;
  const back = refersBack(right.bare);
  if (kind === 'stated') {
    const said = left.clause.explicit;
    if (joint.kind === 'comma' && said === null && !(await isSurelyDone(left.clause))) return false;
    if (back && (said === null || right.opening !== 'order')) return false;
    if (isBareRequest(right)) return false;
    return (
      said !== null || right.opening === 'wish' || (await actionOf(left.clause)) !== (await actionOf(right))
    );
  }
  if (joint.kind === 'comma' && !(await standsBehindComma(left.clause, back, right))) return false;
  // "prepare the slides and email them" is one thing to do.
  const task = left.clause.opening === 'activity' || left.clause.opening === 'wish';
  return !(task && back && right.opening !== 'order' && !isStrong(joint));
}

/**
 * "remind me tomorrow at 9 to call the bank | and add dinner with Eva on friday at 7pm": each has its day and hour, or the
 * right one is an occasion.
 */
const putsDown = ({ times, end }: Clause, right: Clause): boolean =>
  /^(?:add|put)\s+(?!it\b|that\b|this\b|them\b)\S/.test(right.bare) &&
  right.times.some(({ hasClock, clockOnly }) => hasClock && !clockOnly) &&
  (times.some(({ hasClock }) => hasClock) ||
    (times.at(-1)?.end ?? 0) >= end - 1 ||
    right.ruled?.action === 'create_event');

/** A comma alone also parts a question from what it is for, and an order from its reason. */
async function standsBehindComma(left: Clause, back: boolean, right: Clause): Promise<boolean> {
  if (left.opening === 'question') {
    if (back || isBareRequest(right)) return false;
    return (await right.guess())?.action !== 'out_of_scope';
  }
  if (
    /^(?:log|add|create|make|set|new|put|need|task)\b/.test(left.bare) &&
    /\b(?:task|to-?do|reminder|event|meeting|appointment)(?:\s+for\s+(?:me|us|the\s+\S+|today|tomorrow|\S+day))?$/.test(
      left.bare,
    )
  )
    return right.opening !== 'command';
  if (right.opening === 'wish' && left.opening !== 'wish' && left.opening !== 'activity') {
    const guess = await right.guess();
    return guess?.action === 'create_task' && guess.confidence >= 0.6;
  }
  if ((left.opening === 'wish' || left.opening === 'activity') && right.opening === 'question')
    return /\b(?:my|i|list|calendar|today|tomorrow)\b/.test(right.bare);
  if (/^invite\b/.test(right.bare)) return false;
  return true;
}

/** It begins with a verb and "it", rather than with a mere value. */
export const isNewOrder = ({ bare }: Clause): boolean =>
  /^(?:make|set|mark|give|call|name|tag|label|put|move|add|push|change|file)\s+(?:it|that|this|them)\b/.test(
    bare,
  );

/** "undo that | and add it to …", "change the kickoff to Room 5 | make it 90 minutes": a new order about the same thing. */
export async function changesAgain(
  left: Left,
  framed: Frame | null,
  joint: Joint,
  right: Clause,
): Promise<boolean> {
  if (!isNewOrder(right)) return false;
  if (framed === 'mail' || framed === 'doing' || joint.kind === 'comma') return false;
  const action = await actionOf(left.clause);
  if (action === 'update_event' || left.clause.ruled?.rule === 'update.rename') return true;
  if (action === 'update_task') return joint.kind === 'then';
  return action !== null && STANDS_ALONE.has(action);
}

const STANDS_ALONE: ReadonlySet<Action> = new Set<Action>([
  'list_tasks',
  'list_events',
  'list_reminders',
  'search',
  'search_email',
  'undo',
  'show_usage',
  'delete_task',
  'cancel_event',
  'complete_task',
  'find_time',
]);

/** "the plumber comes at 8 so | reschedule the gym": an event, and what follows from it. */
export async function followsAnother(left: Clause, right: Clause): Promise<boolean> {
  if (right.opening !== 'order' && right.opening !== 'command') return false;
  if (refersBack(right.bare)) return false;
  if (left.opening === 'question' || left.opening === 'order')
    return (await actionOf(left)) !== (await actionOf(right));
  if (!left.times.some(({ hasClock }) => hasClock)) return false;
  const guess = await left.guess();
  return guess?.action === 'create_event' && guess.confidence >= 0.5;
}
