import { asTask } from './as-task.ts';
import { afterAll } from './after-all.ts';
import type { Act } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { sameAgain } from '../recall/same-again.ts';
import { scopeOfOther } from '../scope-of-other.ts';
import { beforeIt } from './before-it.ts';
import { exceptedDays } from './excepted-days.ts';
import { inFreeTime, otherFreeTime } from './free-time.ts';
import { insteadOf } from './instead.ts';
import { guestComesNot } from './guests.ts';
import { lookAgain } from './look-again.ts';
import { seriesOrder } from './series.ts';
import { thoseAhead } from './those-ahead.ts';
import { noteOfIt } from './note-of-it.ts';
import { placeOfIt } from './place-of-it.ts';
import { onThatList } from './that-list.ts';
import { thatDraft } from './that-draft.ts';
import { addedInstead } from './added-instead.ts';
import { thatToo } from './that-too.ts';
import { reminderShifted, thatReminder } from './that-reminder.ts';
import { undoOfIt } from './undo-of-it.ts';
import { untilDay } from './whole-days.ts';

/** In this order: what says that the last act was meant for something else comes first. */
const READERS: readonly ((draft: Draft, input: NluInput) => Act[] | null)[] = [
  insteadOf,
  afterAll,
  guestComesNot,
  untilDay,
  exceptedDays,
  thoseAhead,
  seriesOrder,
  otherFreeTime,
  inFreeTime,
  lookAgain,
  beforeIt,
  thatReminder,
  reminderShifted,
  thatToo,
  sameAgain,
  onThatList,
  addedInstead,
  thatDraft,
  placeOfIt,
  noteOfIt,
  asTask,
  undoOfIt,
];

/**
 * Messages that say only together with what was spoken of last what is to be done: "no, the one with Ben", "Omar can't
 * make it, take him out", "from december on make it 19:00". While something is asked they are answers.
 *
 * @returns null where the text stands for itself, or is a plain correction
 */
export function readLeaning(draft: Draft, input: NluInput): Act[] | null {
  const asked = input.questions.filter(({ active_until: until }) => Date.parse(until) > input.now.getTime());
  if (input.answering || draft.folded.length > LONGEST) return null;
  if (asked.length > 0) {
    // "The same for chemistry" is no name for something.
    const again = asked.every(({ slot }) => slot === 'title') ? sameAgain(draft, input) : null;
    return again ?? scopeOfOther(draft, asked);
  }
  for (const read of READERS) {
    const acts = read(draft, input);
    if (acts) return acts;
  }
  return null;
}

/** Longer messages stand for themselves. */
const LONGEST = 200;
