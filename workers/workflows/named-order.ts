import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Ports } from './ports.ts';

const ORDER =
  /^(?<verb>delete|remove|erase|complete|tick\s+off|check\s+off)\s+(?:(?:the|my)\s+)?(?<name>\S.*)$/i;

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
