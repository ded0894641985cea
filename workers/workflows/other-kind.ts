import type { SessionContext } from '../../contracts/context.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots, Target } from '../../contracts/slots.ts';
import type { Ports } from './ports.ts';

type Kind = 'task' | 'event';

const KIND_OF: Partial<Record<Action, Kind>> = {
  update_task: 'task',
  delete_task: 'task',
  update_event: 'event',
  cancel_event: 'event',
};

/** Who names the kind means it. */
const NAMED: Readonly<Record<Kind, RegExp>> = {
  task: /\b(?:tasks?|to-?dos?|subtasks?)\b/i,
  event: /\b(?:events?|meetings?|appointments?|calendar)\b/i,
};

/** An act on an item that turns out to be of the other kind becomes the same act on that: "move gym to monday". */
export async function ofFittingKind(
  act: Act,
  slots: Slots,
  words: string,
  { context, ports }: { context: SessionContext; ports: Ports },
): Promise<{ act: Act; slots: Slots }> {
  const { otherwise } = act;
  if (otherwise && slots.list !== undefined && act.action === 'create_task') {
    const { total } = await ports.tasks.list({ list: slots.list }, 1);
    const isGuest = total === 0 && (await isThere('event', otherwise.slots.target, ports));
    return isGuest ? asOther(act, otherwise) : { act, slots };
  }
  const [own, other] = [KIND_OF[act.action], otherwise && KIND_OF[otherwise.action]];
  const { target } = slots;
  if (!otherwise || !own || !other || !target || NAMED[own].test(words)) return { act, slots };
  const pointed = kindPointedAt(target, context);
  const isOther =
    pointed === null
      ? !(await isThere(own, target, ports)) && (await isThere(other, otherwise.slots.target, ports))
      : pointed === other;
  return isOther ? asOther(act, otherwise) : { act, slots };
}

function asOther(
  act: Act,
  { action, slots, params }: NonNullable<Act['otherwise']>,
): { act: Act; slots: Slots } {
  const { params: _own, ...rest } = act;
  return { act: { ...rest, action, intent: actionEntry(action).intent, ...(params && { params }) }, slots };
}

/** The kind of what is pointed at by its place in a list, or as what was spoken of last; null where it is named. */
function kindPointedAt({ reference, ordinal }: Target, context: SessionContext): string | null {
  if (reference === 'ordinal' && ordinal !== undefined) {
    const { shown } = context;
    const meant = ordinal < 0 ? shown.at(ordinal) : shown[ordinal - 1];
    return meant?.kind ?? context.last_receipt?.kind ?? null;
  }
  return reference === 'last' ? (context.last_receipt?.kind ?? null) : null;
}

const WITH =
  /^(?:(?:the|my|our|that)\s+)?(?:one|thing|event|meeting|appointment|call)\s+with\s+(?<name>\S.*)$/i;

/** Whether the words name something of a kind, that is still open or to come. */
async function isThere(kind: Kind, target: Target | undefined, ports: Ports): Promise<boolean> {
  const query = target?.query;
  if (query === undefined) return false;
  if (kind === 'task') {
    const { tasks, grade } = await ports.tasks.match(query, 5);
    return grade !== 'part' && tasks.some(({ status }) => status === 'open');
  }
  const name = WITH.exec(query)?.groups?.['name'];
  const { events, grade } = await ports.events.match(name ?? query, 1);
  return grade !== 'part' && events.length > 0;
}
