import type { SessionContext } from '../../contracts/context.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import { lastSpoken, thoseOf } from '../../contracts/last-spoken.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots, Target } from '../../contracts/slots.ts';
import { JUST_DONE_MS } from './policy.ts';
import type { Ports } from './ports.ts';

type Kind = 'task' | 'event';
interface Item {
  kind: string;
  id: string;
  start?: string | undefined;
}

const OTHER = /^(?:the\s+)?other(?:\s+(?:one|thing|event|meeting|appointment|call|task|to-?do))?$/i;

/** The same order on the kind that the item turns out to be of. */
const ORDERS: Partial<Record<Action, Readonly<Record<Kind, Action>>>> = {
  update_task: { task: 'update_task', event: 'update_event' },
  update_event: { task: 'update_task', event: 'update_event' },
  delete_task: { task: 'delete_task', event: 'cancel_event' },
  cancel_event: { task: 'delete_task', event: 'cancel_event' },
  complete_task: { task: 'complete_task', event: 'complete_task' },
};

/** Changes that are still in everybody's mind. */
const SPOKEN_RECEIPTS = 6;

/** "The other one": of those that were shown or changed just now, the one that was not spoken of last. */
export async function withOtherOne(
  act: Act,
  slots: Slots,
  { context, ports, now }: { context: SessionContext; ports: Ports; now: Date },
): Promise<{ act: Act; slots: Slots }> {
  const { query, id } = slots.target ?? {};
  const orders = ORDERS[act.action];
  if (!orders || id || query === undefined || !OTHER.test(query)) return { act, slots };
  const other = await otherItem(context, ports, now);
  if (!other) return { act, slots };
  const action = orders[other.kind as Kind];
  const target: Target = {
    kind: other.kind as Kind,
    id: other.id,
    ...(other.start !== undefined && { start: other.start }),
    ...(slots.target?.scope && { scope: slots.target.scope }),
  };
  const otherwise = action !== act.action && act.otherwise?.action === action ? act.otherwise : null;
  const { otherwise: _read, params: own, ...rest } = act;
  const params = otherwise ? otherwise.params : own;
  const gate = { verdict: 'pass' as const, missing: [], alternatives: [] };
  return {
    act: { ...rest, action, intent: actionEntry(action).intent, gate, ...(params && { params }) },
    slots: { ...(otherwise?.slots ?? slots), target },
  };
}

const isItem = ({ kind }: Item): boolean => kind === 'task' || kind === 'event';

/** Of two that a list showed, else of what was changed in the last minutes, the latest that is another. */
async function otherItem(context: SessionContext, ports: Ports, now: Date): Promise<Item | null> {
  const last = lastSpoken(context);
  if (!last) return null;
  const shown = thoseOf(context).filter(isItem);
  const [first, second] = shown;
  if (first && second && shown.length === 2 && shown.some(({ id }) => id === last.id))
    return first.id === last.id ? second : first;
  const receipts = await ports.receipts.recent(SPOKEN_RECEIPTS);
  const changed = receipts
    .filter(({ created_at: at }) => now.getTime() - at.getTime() < JUST_DONE_MS)
    .flatMap(({ effects }) => effects.map(({ kind, item_id }): Item => ({ kind, id: item_id })))
    .filter((item) => isItem(item) && item.id !== last.id);
  const there = await Promise.all(changed.map(async (item) => ((await isThere(item, ports)) ? item : null)));
  const others = there.filter((item) => item !== null);
  return others.find(({ kind }) => kind === last.kind) ?? others[0] ?? null;
}

const isThere = async ({ kind, id }: Item, ports: Ports): Promise<boolean> =>
  kind === 'task' ? (await ports.tasks.find(id))?.status === 'open' : (await ports.events.find(id)) !== null;
