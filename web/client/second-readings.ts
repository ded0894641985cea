import { offersActions } from '../../contracts/clarification.ts';
import type { Task } from '../../contracts/entities.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { ActResult, Receipt } from '../../contracts/result.ts';
import { formatValue } from './format-value.ts';
import { receiptsOf } from './receipts.ts';
import type { Turn } from './turn-view.ts';
import { resultOfAct, type Understood } from './understood.ts';

/** How long a correction is offered: as long as one in words means what was done (docs/conversation.md). */
const FRESH_MS = 10 * 60_000;
/** A longer title is no name that anybody would say. */
const NAME_MAX_CHARS = 200;

/** What stands around a turn and decides what its second readings may still change. */
export interface Surroundings {
  now: Date;
  /** Nothing was said since. */
  isLast: boolean;
  openQuestions: ReadonlySet<string>;
  undone: ReadonlySet<string>;
  /** A task of the turn as it is now; null when it is gone. */
  taskNow(task: Task): Task | null;
  /** How many tasks are called that. */
  called(title: string): number;
}

/** A second reading of one piece of an act. */
export interface SecondReading {
  actIndex: number;
  piece: Pick<Understood, 'slot' | 'normal' | 'words'>;
  other: unknown;
}

/**
 * The words that put a second reading in the place of the first, for just the act it was said in; null where no words would
 * do that, or nothing is left to put right.
 */
export function sayInstead(turn: Turn, reading: SecondReading, around: Surroundings): string | null {
  const { actIndex, piece, other } = reading;
  const act = turn.acts[actIndex];
  const result = resultOfAct(turn, actIndex);
  const spoken = formatValue(piece.slot, other, around.now, 'long');
  const age = around.now.getTime() - Date.parse(turn.at);
  if (!act || !result || spoken === null || age >= FRESH_MS) return null;
  if (act.action === 'list_tasks') return sayAgain(turn, act, piece, spoken);
  if (!changesTask(result)) return null;
  if (result.clarification) return sayOfQuestion(turn, result, spoken, around);
  return result.receipt ? sayOfTask(turn, result.receipt, reading, around) : null;
}

const changesTask = ({ action }: ActResult): boolean => action === 'create_task' || action === 'update_task';

/** A list changes nothing: the same request once more, with the other reading in the place of its words. */
function sayAgain(
  { text, acts }: Turn,
  { source }: Act,
  { words }: SecondReading['piece'],
  spoken: string,
): string | null {
  // One of several requests may lean on the words of another, and an answer on its question.
  if (!words || acts.length > 1 || source === 'continuation') return null;
  return text.slice(0, words.start) + spoken + text.slice(words.end);
}

/** A bare correction goes to the question that was asked last, while nothing else came in between. */
function sayOfQuestion(
  turn: Turn,
  { clarification }: ActResult,
  spoken: string,
  { isLast, openQuestions }: Surroundings,
): string | null {
  const asked = turn.result?.acts.filter((act) => act.clarification).length ?? 0;
  const open = clarification !== null && openQuestions.has(clarification.clarification_id);
  // Asked which action was meant, any correction would take the likelier one.
  return isLast && open && asked <= 1 && !offersActions(clarification) ? `no, ${spoken}` : null;
}

/** A bare correction goes to what was done last; any other task has to be named, so that only one can be meant. */
function sayOfTask(
  turn: Turn,
  receipt: Receipt,
  { piece, other }: SecondReading,
  { now, isLast, openQuestions, undone, taskNow, called }: Surroundings,
): string | null {
  const [effect, ...more] = receipt.effects;
  const made = turn.cards
    .flatMap((card) => (card.kind === 'task' ? [card.data.task] : []))
    .find(({ id }) => id === effect?.id);
  const task = made && more.length === 0 && !undone.has(receipt.receipt_id) ? taskNow(made) : null;
  if (!task || task.status !== 'open' || !standsAs(task, piece)) return null;
  const { title, due_date: due } = task;
  const say = (value: unknown): string | null => formatValue(piece.slot, value, now, 'long');
  const last = receiptsOf(turn).at(-1)?.receipt_id === receipt.receipt_id;
  if (isLast && last && openQuestions.size === 0) return `no, ${say(other)}`;
  if (called(title) > 1 || title.length > NAME_MAX_CHARS || /["\n]/.test(title)) return null;
  if (piece.slot === 'recurrence') return `repeat "${title}" ${say(other)}`;
  // A bare correction keeps the hour of the task; where the task is named the hour has to be said.
  const isDay = typeof other === 'string' && other.length === 10;
  return `change "${title}" to ${say(isDay && due !== null ? other + due.slice(10) : other)}`;
}

/** Whether the first reading still holds: what has been changed since is not put right by the second. */
function standsAs({ due_date, recurrence }: Task, { slot, normal }: SecondReading['piece']): boolean {
  if (slot === 'recurrence') return recurrence === normal;
  if (slot !== 'due_date' || due_date === null || typeof normal !== 'string') return false;
  // A day that was said alone may have kept the hour from before.
  return due_date.length > 10 && normal.length > 10
    ? Date.parse(due_date) === Date.parse(normal)
    : due_date.slice(0, 10) === normal.slice(0, 10);
}
