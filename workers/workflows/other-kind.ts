import { DateTime } from 'luxon';
import type { SessionContext } from '../../contracts/context.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { DateRange, Slots, Target } from '../../contracts/slots.ts';
import { atPlace, lastSpoken } from '../../contracts/last-spoken.ts';
import type { Ports } from './ports.ts';
import { meansThose, thoseMeant } from './references.ts';
import { singular } from './singular.ts';

export type ItemKind = 'task' | 'event';

export const KIND_OF: Partial<Record<Action, ItemKind>> = {
  update_task: 'task',
  delete_task: 'task',
  update_event: 'event',
  cancel_event: 'event',
};

/** Who names the kind means it. */
export const NAMED: Readonly<Record<ItemKind, RegExp>> = {
  task: /\b(?:tasks?|to-?dos?|subtasks?)\b/i,
  event: /\b(?:events?|meetings?|appointments?|calendar)\b/i,
};

/** An act on an item that turns out to be of the other kind becomes the same act on that: "move gym to monday". */
export async function ofFittingKind(
  act: Act,
  slots: Slots,
  words: string,
  { context, ports, timezone }: { context: SessionContext; ports: Ports; timezone: string },
): Promise<{ act: Act; slots: Slots }> {
  const { otherwise } = act;
  const guest = act.action === 'cancel_event' ? await guestTakenOff(act, slots, ports) : null;
  if (guest) return guest;
  if (otherwise && slots.list !== undefined && act.action === 'create_task') {
    const { total } = await ports.tasks.list({ list: slots.list }, 1);
    const isGuest = total === 0 && (await isThere('event', otherwise.slots.target, ports));
    return isGuest ? asOther(act, otherwise) : { act, slots };
  }
  const [own, other] = [KIND_OF[act.action], otherwise && KIND_OF[otherwise.action]];
  const { target } = slots;
  const isNamed = own !== undefined && NAMED[own].test(words.replace(FROM_THERE, ''));
  if (!otherwise || !own || !other || !target || isNamed) return { act, slots };
  const pointed = kindPointedAt(target, context);
  const range = act.params?.where?.date_range ?? slots.date_range;
  const ofThose = target.reference === 'all' && meansThose(words);
  const those = ofThose ? thoseMeant(words, context) : [];
  // "All of them", said of a series that is the only thing spoken of.
  const last = lastSpoken(context);
  const isOne = ofThose && target.query === undefined && those.length <= 1 && other === 'event';
  if (isOne && last?.kind === 'event' && (await ports.events.find(last.id))?.recurrence) {
    const whole: Target = { kind: 'event', reference: 'last', scope: 'all' };
    return asOther(act, { ...otherwise, slots: { ...otherwise.slots, target: whole } });
  }
  const isOther =
    those.length > 1
      ? those.every(({ kind }) => kind === other)
      : target.reference === 'all' && target.query === undefined
        ? range !== undefined && (await allAreEvents(own, range, { ports, timezone }))
        : pointed === null
          ? (isCancelled(act, words) || !(await isThere(own, target, ports))) &&
            (await isThere(other, otherwise.slots.target, ports))
          : pointed === other;
  if (!isOther) return { act, slots };
  const meant = asOther(act, otherwise);
  return (await oneOfGuests(meant, words, ports)) ?? meant;
}

/** Where something was thought to be says less than where it is: "remove milk from the calendar". */
const FROM_THERE = /\b(?:from|off|out\s+of)\s+(?:my|the|our)\s+calendar\b/i;

/** "Cancel Tom" is lunch with him rather than a task to call him. */
const isCancelled = ({ action }: Act, words: string): boolean =>
  action === 'delete_task' && /^\W*(?:(?:please|ok|oh|no)\W+)*cancel\b/i.test(words);

/** "Move the second one to 7pm": which kind it is, is no question where the item is known, nor is a new time to be found. */
export async function withKindKnown(
  act: Act,
  slots: Slots,
  { context, ports }: { context: SessionContext; ports: Ports },
): Promise<Act> {
  const { otherwise, gate } = act;
  const own = KIND_OF[act.action];
  const other = otherwise && KIND_OF[otherwise.action];
  if (gate.verdict !== 'ambiguous' || !otherwise || !own || !other || !slots.target) return act;
  const pointed = kindPointedAt(slots.target, context);
  const isKnown =
    pointed === own ||
    pointed === other ||
    (await isThere(own, slots.target, ports)) ||
    (await isThere(other, otherwise.slots.target, ports));
  if (!isKnown) return act;
  const isTimed = [slots.start, slots.due_date, slots.end, act.params?.shift].some(
    (value) => value !== undefined,
  );
  const settled = new Set<Action>([
    act.action,
    otherwise.action,
    ...(isTimed ? ['reschedule' as const] : []),
  ]);
  const alternatives = gate.alternatives.filter(({ action }) => !settled.has(action));
  return {
    ...act,
    gate: { ...gate, alternatives, ...(alternatives.length === 0 && { verdict: 'pass' as const }) },
  };
}

export function asOther(
  act: Act,
  { action, slots, params }: NonNullable<Act['otherwise']>,
): { act: Act; slots: Slots } {
  const { params: _own, ...rest } = act;
  return { act: { ...rest, action, intent: actionEntry(action).intent, ...(params && { params }) }, slots };
}

/** The kind of what is pointed at by its place in a list, or as what was spoken of last; null where it is named. */
function kindPointedAt({ reference, ordinal }: Target, context: SessionContext): string | null {
  if (reference !== 'ordinal' && reference !== 'last') return null;
  const meant = ordinal === undefined ? null : atPlace(context, ordinal);
  return (meant ?? lastSpoken(context))?.kind ?? null;
}

const WITH =
  /^(?:(?:the|my|our|that)\s+)?(?:one|thing|event|meeting|appointment|call)\s+with\s+(?<name>\S.*)$/i;

/** Whether the words name something of a kind, that is still open or to come. */
export async function isThere(kind: ItemKind, target: Target | undefined, ports: Ports): Promise<boolean> {
  const query = target?.query;
  if (target === undefined || query === undefined) return false;
  // "All swims" are those called "swim".
  const one = singular(query);
  if (target.reference === 'all' && one !== query && (await isThere(kind, { ...target, query: one }, ports)))
    return true;
  if (kind === 'task') {
    const { tasks, grade } = await ports.tasks.match(query, 5);
    return grade !== 'part' && tasks.some(({ status }) => status === 'open');
  }
  const name = WITH.exec(query)?.groups?.['name'];
  const { events, grade } = await ports.events.match(name ?? query, 1);
  return grade !== 'part' && events.length > 0;
}

/** "Everything of tomorrow" are events where no task is due then. */
async function allAreEvents(
  own: ItemKind,
  range: DateRange,
  { ports, timezone: zone }: { ports: Ports; timezone: string },
): Promise<boolean> {
  if (own !== 'task' || range.start === undefined || range.end === undefined) return false;
  const [from, to] = [range.start, range.end].map((at) => DateTime.fromISO(at, { zone }));
  if (!from || !to) return false;
  const days = { dueFrom: from.toFormat('yyyy-MM-dd'), dueTo: to.toFormat('yyyy-MM-dd') };
  const { total } = await ports.tasks.list({ status: 'open', ...days }, 1);
  return total === 0 && (await ports.events.within({ from: from.toJSDate(), to: to.toJSDate() })).length > 0;
}

const OFF = /^(?<who>\p{L}[\p{L}'’ -]*?)\s+(?:from|off)\s+(?:(?:the|my|our)\s+)?(?<what>\S.*)$/u;

/** "Remove Ann from the demo" calls nothing off where the demo is an event. */
async function guestTakenOff(
  act: Act,
  slots: Slots,
  ports: Ports,
): Promise<{ act: Act; slots: Slots } | null> {
  const { who, what } = OFF.exec(slots.target?.query ?? '')?.groups ?? {};
  if (who === undefined || what === undefined) return null;
  const target: Target = { kind: 'event', query: what };
  if (!(await isThere('event', target, ports))) return null;
  return asOther(act, { action: 'update_event', slots: { target }, params: { uninvite: [who] } });
}

/** "Remove Ann" of a dinner with Ann and Bob takes her off it; "cancel Ann" calls it off. */
async function oneOfGuests(
  { act, slots }: { act: Act; slots: Slots },
  words: string,
  ports: Ports,
): Promise<{ act: Act; slots: Slots } | null> {
  const query = slots.target?.query;
  if (act.action !== 'cancel_event' || query === undefined || /\b(?:cancel|call(?:ed)?\s+off)/i.test(words))
    return null;
  const { events } = await ports.events.match(query, 2);
  const [only, other] = events;
  const isCalled = (name: string): boolean =>
    [name, name.split(/\s+/)[0]].some((one) => one?.toLowerCase() === query.toLowerCase());
  const guest = only?.participants.find(isCalled);
  if (!only || other || guest === undefined || only.participants.length < 2) return null;
  const target: Target = { kind: 'event', id: only.id };
  return asOther(act, { action: 'update_event', slots: { target }, params: { uninvite: [guest] } });
}
