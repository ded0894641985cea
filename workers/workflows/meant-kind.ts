import type { SessionContext } from '../../contracts/context.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act, ActParams } from '../../contracts/nlu.ts';
import type { Slots, Target } from '../../contracts/slots.ts';
import type { WorkSetting } from './define-workflow.ts';
import type { MatchGrade, Ports } from './ports.ts';
import { plainQuery } from './references.ts';

/** What words say for one action, whoever recognised them; read anew where another action is meant. */
export type ReadFor = (
  words: string,
  timezone: string,
  reference: Date,
  action: Action,
) => Promise<{ slots: Slots; params: ActParams | undefined }>;

type Kind = 'task' | 'event';

/** Verbs that are said of tasks and of events: the same change of the other kind. */
const OTHER: Partial<Record<Action, { own: Kind; other: Kind; action: Action }>> = {
  update_task: { own: 'task', other: 'event', action: 'update_event' },
  delete_task: { own: 'task', other: 'event', action: 'cancel_event' },
  update_event: { own: 'event', other: 'task', action: 'update_task' },
  cancel_event: { own: 'event', other: 'task', action: 'delete_task' },
};

/** Who names the kind means it. */
const NAMED: Readonly<Record<Kind, RegExp>> = {
  task: /\b(?:tasks?|to-?dos?|subtasks?)\b/i,
  event: /\b(?:events?|meetings?|appointments?|calendar)\b/i,
};

/**
 * "Move the gym to friday" is said of a task and of an event: the words alone don't tell. Where nothing of the kind that
 * was understood is called so, and something of the other kind is, that one is meant, and the words are read for it.
 */
export async function ofMeantKind(
  act: Act,
  slots: Slots,
  words: string,
  setting: WorkSetting,
  read: ReadFor,
): Promise<{ act: Act; slots: Slots }> {
  const pair = OTHER[act.action];
  const { target } = slots;
  if (!pair || !target || NAMED[pair.own].test(words)) return { act, slots };
  if (!(await isOther(target, pair, setting))) return { act, slots };
  const { slots: said, params } = await read(words, setting.timezone, setting.reference, pair.action);
  const { intent } = actionEntry(pair.action);
  const meant: Target = { ...target, kind: pair.other };
  return {
    act: { ...act, intent, action: pair.action, params, gate: { ...act.gate, verdict: 'pass', missing: [] } },
    // Which item is meant was read well; what is said of it differs by kind.
    slots: { ...said, target: isPointing(target) ? meant : { ...meant, ...said.target, kind: pair.other } },
  };
}

const isPointing = ({ reference, id }: Target): boolean => reference !== undefined || id !== undefined;

async function isOther(
  target: Target,
  { own, other }: { own: Kind; other: Kind },
  { context, ports }: Pick<WorkSetting, 'context' | 'ports'>,
): Promise<boolean> {
  if (target.reference !== undefined) return pointedKind(target, context) === other;
  if (target.query === undefined) return false;
  const query = plainQuery(target.query);
  const known = await gradeOf(ports, own, query);
  if (known === 'whole') return false;
  const others = await gradeOf(ports, other, query);
  return RANK[others] > RANK[known];
}

/** The kind of what "it" or "the second one" points to; null where it points to nothing. */
function pointedKind({ reference, ordinal }: Target, context: SessionContext): string | null {
  if (reference === 'ordinal' && ordinal !== undefined && context.shown.length > 0)
    return context.shown.at(ordinal < 0 ? ordinal : ordinal - 1)?.kind ?? null;
  return reference === 'last' ? (context.last_receipt?.kind ?? null) : null;
}

const RANK: Readonly<Record<MatchGrade | 'none', number>> = { none: 0, part: 0, start: 1, whole: 2 };

async function gradeOf(ports: Ports, kind: Kind, query: string): Promise<MatchGrade | 'none'> {
  if (kind === 'task') {
    const { tasks, grade } = await ports.tasks.match(query, 1);
    // Open ones come first: where the first is done, all are.
    return tasks[0]?.status === 'open' ? grade : 'none';
  }
  const { events, grade } = await ports.events.match(query, 1);
  return events.length === 0 ? 'none' : grade;
}
