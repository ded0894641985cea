import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Ports } from './ports.ts';

const ORDER =
  /^(?<verb>delete|remove|erase|complete|tick\s+off|check\s+off)\s+(?:(?:the|my)\s+)?(?<name>\S.*)$/i;

/** "And the candles on saturday too": the article tells that there are some, "too" that they get what others got. */
const ALSO = /^[\s,.!]*(?:and|also|oh)?[\s,]*(?:the|my|our)\s.*\s(?:too|as\s+well|also)[\s.!]*$/i;
/** "Call Bob is due friday" */
const IS_DUE = /\S\s+(?:is|are)\s+(?:now\s+)?due\s+\S/i;
const ARTICLE = /^(?:the|my|our)\s+/i;

/** A task that there is and that is named by the title of a new one with a day. */
export async function onTaskNamedToo(
  act: Act,
  slots: Slots,
  words: string,
  ports: Ports,
): Promise<{ act: Act; slots: Slots }> {
  const { title, due_date: due } = slots;
  const isSaidOfIt = ALSO.test(words) || IS_DUE.test(words);
  const open = act.action === 'create_task' && act.source !== 'continuation' && isSaidOfIt;
  if (!open || title === undefined || due === undefined) return { act, slots };
  const { tasks, grade } = await ports.tasks.match(title.replace(ARTICLE, ''), 5);
  const [meant, other] = tasks.filter(({ status }) => status === 'open');
  if (!meant || other || grade !== 'whole') return { act, slots };
  const gate = { verdict: 'pass' as const, missing: [], alternatives: [] };
  return {
    act: { ...act, action: 'update_task', intent: actionEntry('update_task').intent, gate },
    slots: { target: { kind: 'task', id: meant.id }, due_date: due },
  };
}

/** "Delete order toner" is no new task where there is one called so. */
export async function onTaskOfThatName(
  act: Act,
  slots: Slots,
  ports: Ports,
): Promise<{ act: Act; slots: Slots }> {
  const said = act.action === 'create_task' && act.source !== 'continuation' ? slots.title : undefined;
  const { verb = '', name } = ORDER.exec(said ?? '')?.groups ?? {};
  if (name === undefined) return { act, slots };
  const { tasks } = await ports.tasks.match(name, 5);
  const meant = tasks.find(
    ({ title, status }) => status === 'open' && title.toLowerCase() === name.toLowerCase(),
  );
  if (!meant) return { act, slots };
  const action: Action = /^(?:delete|remove|erase)/i.test(verb) ? 'delete_task' : 'complete_task';
  const gate = { verdict: 'pass' as const, missing: [], alternatives: [] };
  return {
    act: { ...act, action, intent: actionEntry(action).intent, gate },
    slots: { target: { kind: 'task', id: meant.id } },
  };
}

const STEP = /^(?:an?\s+|the\s+|another\s+)?step\s+(?<name>\S.*)$/i;

/** "Add a step draft to report" is one of the task that is called so, and no entry of a list where there is none of that name. */
export async function onTaskWithSteps(
  act: Act,
  slots: Slots,
  ports: Ports,
): Promise<{ act: Act; slots: Slots }> {
  const name = act.action === 'create_task' ? STEP.exec(slots.title ?? '')?.groups?.['name'] : undefined;
  const { list } = slots;
  if (name === undefined || list === undefined) return { act, slots };
  const [{ tasks, grade }, listed] = await Promise.all([
    ports.tasks.match(list, 5),
    ports.tasks.list({ list }, 1),
  ]);
  const [meant, other] = tasks.filter(({ status }) => status === 'open');
  if (!meant || other || grade === 'part' || listed.total > 0) return { act, slots };
  const { list: _of, title: _title, ...rest } = slots;
  return {
    act: { ...act, params: { ...act.params, steps: { titles: [name] } } },
    slots: { ...rest, title: name, target: { kind: 'task', id: meant.id } },
  };
}

const CALLS_OFF =
  /^[\s,.!]*(?:(?:please|pls|oh|ok|okay|so|sorry|actually|can you|could you)[\s,]+)*cancel\s+(?:the|my|our|that)\s+(?<name>\S.{1,60}?)[\s.!?]*$/i;

const MOVES =
  /^[\s,.!]*(?:(?:please|pls|oh|ok|okay|so|sorry|actually|also|and)[\s,]+)*(?:i|we)(?:'ll|'ve)?\s+(?:(?:also|really|still)\s+)*(?:have\s+to|need\s+to|must|should|got\s+to|want\s+to|had\s+better)\s+(?:move|reschedule|postpone|shift|push(?:\s+back)?)\s+(?:the|my|our|that)\s+(?<name>\S.{1,60}?)[\s.!]*$/i;

/**
 * "Cancel the flight" calls off the event that is called so, and "I have to move the design sync" moves it; without one it is
 * something to do, or nothing of ours.
 */
export async function onEventOfThatName(
  act: Act,
  slots: Slots,
  words: string,
  ports: Ports,
): Promise<{ act: Act; slots: Slots }> {
  const open = act.action === 'create_task' || act.action === 'out_of_scope';
  const isNew = open && act.source !== 'continuation';
  const off = isNew ? CALLS_OFF.exec(words)?.groups?.['name'] : undefined;
  const name =
    off ?? (isNew && slots.due_date === undefined ? MOVES.exec(words)?.groups?.['name'] : undefined);
  if (name === undefined) return { act, slots };
  const { events, grade } = await ports.events.match(name, 1);
  if (events.length === 0 || grade === 'part') return { act, slots };
  const gate = { verdict: 'pass' as const, missing: [], alternatives: [] };
  const action: Action = off === undefined ? 'update_event' : 'cancel_event';
  return {
    act: { ...act, action, intent: actionEntry(action).intent, gate },
    slots: { target: { kind: 'event', query: name } },
  };
}

const LOOKS_FOR = /^[\s,.!]*(?:(?:please|pls|can you|could you|hey|ok|okay)[\s,]+)*(?:find|search|look)\b/i;
const SHOWS = /^(?:show(?:\s+me)?|open|view|see|display)\s+(?:(?:the|my|our)\s+)?(?<name>\S.*)$/i;

/**
 * "Find budjet" looks among everything, and forgives slips, where no task has the words; "show write report" shows the task
 * that is called so.
 */
export async function asLookedFor(
  act: Act,
  slots: Slots,
  words: string,
  ports: Ports,
): Promise<{ act: Act; slots: Slots }> {
  const gate = { verdict: 'pass' as const, missing: [], alternatives: [] };
  const { query } = slots;
  if (act.action === 'list_tasks' && query !== undefined && LOOKS_FOR.test(words)) {
    const { total } = await ports.tasks.list({ text: query }, 1);
    return total > 0
      ? { act, slots }
      : { act: { ...act, action: 'search', intent: actionEntry('search').intent, gate }, slots: { query } };
  }
  const isNew = act.action === 'create_task' && act.source !== 'continuation';
  const name = isNew ? SHOWS.exec(slots.title ?? '')?.groups?.['name'] : undefined;
  if (name === undefined) return { act, slots };
  const { tasks } = await ports.tasks.match(name, 5);
  const isCalledSo = tasks.some(({ title }) => title.toLowerCase() === name.toLowerCase());
  if (!isCalledSo) return { act, slots };
  return {
    act: {
      ...act,
      action: 'list_tasks',
      intent: actionEntry('list_tasks').intent,
      confidence: 0.95,
      gate,
      params: { status: 'all' },
    },
    slots: { query: name },
  };
}
