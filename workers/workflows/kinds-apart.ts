import { DateTime } from 'luxon';
import type { SessionContext } from '../../contracts/context.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { DateRange, Slots, Target } from '../../contracts/slots.ts';
import { lastSpoken } from '../../contracts/last-spoken.ts';
import { asOther, isThere, KIND_OF, NAMED, ofFittingKind, type ItemKind } from './other-kind.ts';
import type { Ports } from './ports.ts';
import { meansThose, thoseMeant } from './references.ts';

interface Part {
  act: Act;
  slots: Slots;
}
interface Around {
  context: SessionContext;
  ports: Ports;
  timezone: string;
  reference: Date;
}

/**
 * An act on the kind that its item turns out to be of; one on several of which some are tasks and others events is two,
 * so that none of them is passed over: "delete both", "move everything today to friday".
 */
export async function ofItsKinds(act: Act, slots: Slots, words: string, around: Around): Promise<Part[]> {
  const both = await ofBothKinds(act, slots, words, around);
  if (both) return both;
  const meant = await ofThatName(act, slots, words, around);
  return [await ofFittingKind(meant.act, meant.slots, words, around)];
}

const CLOCK =
  /\b(?:\d{1,2}\s*[ap]\.?m|\d{1,2}[:.]\d\d|at\s+\d{1,2}|\d{1,2}\s*o'?clock|noon|midday|midnight|half|quarter)\b/i;
/** Words that name a day, beside an hour. */
export const DAY =
  /\b(?:today|tonight|tomorrow|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|week|month|\d{1,2}(?:st|nd|rd|th)|january|february|march|april|may|june|july|august|september|october|november|december)\b/i;

/** "The dentist is closed, move it to friday" means the dentist, where there is one, rather than what was spoken of last. */
async function ofThatName(act: Act, slots: Slots, words: string, { context, ports }: Around): Promise<Part> {
  const { params: { subject, ...params } = {}, otherwise } = act;
  if (subject === undefined || slots.target?.reference !== 'last') return { act, slots };
  const query = subject.replace(/^(?:the|my|our|his|her|their)\s+/, '');
  const meant = { act: { ...act, params }, slots };
  const recent = lastSpoken(context)?.title.toLowerCase();
  if (recent?.includes(query) === true) return meant;
  // Who is ill is met; that some task is about the same person does not tell.
  const isThing = query !== subject;
  const isNamed =
    (await isThere('event', { kind: 'event', query }, ports)) ||
    (isThing && (await isThere('task', { kind: 'task', query }, ports)));
  if (!isNamed) return meant;
  const named = (target: Target): Target => ({ kind: target.kind, query });
  // What was not said of its time was filled in from that of what was spoken of last.
  const { end: _filled, ...said } = slots;
  const isFilled = slots.start !== undefined && slots.end !== undefined;
  const kept = {
    ...(isFilled && !CLOCK.test(words) && { hour_kept: true }),
    ...(isFilled && !DAY.test(words) && { day_kept: slots.start }),
  };
  return {
    act: {
      ...meant.act,
      params: { ...params, ...kept },
      ...(otherwise?.slots.target && {
        otherwise: { ...otherwise, slots: { ...otherwise.slots, target: named(otherwise.slots.target) } },
      }),
    },
    slots: { ...(isFilled ? said : slots), target: named(slots.target) },
  };
}

async function ofBothKinds(act: Act, slots: Slots, words: string, around: Around): Promise<Part[] | null> {
  const { otherwise } = act;
  const [own, other] = [KIND_OF[act.action], otherwise && KIND_OF[otherwise.action]];
  const { target } = slots;
  if (!otherwise || !own || !other || target?.reference !== 'all' || target.query !== undefined) return null;
  if (NAMED[own].test(words) || NAMED[other].test(words)) return null;
  const second = asOther(act, otherwise);
  if (meansThose(words)) {
    const those = leftOf(thoseMeant(words, around.context), act.params?.among?.except ?? []);
    const idsOf = (kind: ItemKind | 'reminder'): string[] =>
      those?.filter((item) => item.kind === kind).map(({ id }) => id) ?? [];
    const parts = (
      [
        [own, act, slots],
        [other, second.act, second.slots],
        // What is done to a task is done to a reminder.
        ['reminder', ...(own === 'task' ? ([act, slots] as const) : ([second.act, second.slots] as const))],
      ] as const
    ).flatMap(([kind, part, said]) => {
      const ids = idsOf(kind);
      return ids.length > 0 ? [{ act: leavingOut(part, []), slots: { ...said, target: { kind, ids } } }] : [];
    });
    return parts.length > 1 ? parts : null;
  }
  const { unit } = act.params?.shift ?? {};
  // What moves by hours are events.
  if (unit === 'hour' || unit === 'minute') return null;
  if (!/\beverything\b/i.test(words) || slots.list !== undefined || slots.tags || slots.priority) return null;
  const said = act.params?.where?.date_range ?? (act.action === 'delete_task' ? slots.date_range : undefined);
  const range = said ?? todayOf(act, slots, around);
  if (!range || !(await holdsBoth(range, around))) return null;
  const all: Target = { kind: other, reference: 'all' };
  const moved = second.act.action === 'update_event' || second.act.action === 'update_task';
  const where = { date_range: range };
  const there = moved ? { ...second.act, params: { ...second.act.params, where } } : second.act;
  const names = await namesOf(own, act.params?.among?.except ?? [], around);
  return [
    { act: leavingOut(act, names.own), slots },
    {
      act: leavingOut(there, names.other),
      slots: { ...second.slots, target: all, ...(!moved && where) },
    },
  ];
}

/** Of those that are meant, the ones that were not left out by their names; null where a name fits none of them. */
function leftOf(those: SessionContext['shown'], names: readonly string[]): SessionContext['shown'] | null {
  const isCalled = (title: string, name: string): boolean => {
    const own = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return name
      .toLowerCase()
      .split(/\s+/)
      .every((word) => own.includes(word));
  };
  if (!names.every((name) => those.some(({ title }) => isCalled(title, name)))) return null;
  return those.filter(({ title }) => !names.some((name) => isCalled(title, name)));
}

function leavingOut(act: Act, except: string[]): Act {
  const { among: _told, ...params } = act.params ?? {};
  return { ...act, params: except.length > 0 ? { ...params, among: { except } } : params };
}

/** What is left out of one kind is none of the other. */
async function namesOf(
  own: ItemKind,
  names: readonly string[],
  { ports }: Around,
): Promise<{ own: string[]; other: string[] }> {
  const [tasks, events]: [string[], string[]] = [[], []];
  for (const name of names) {
    const { tasks: found, grade } = await ports.tasks.match(name, 1);
    (found.length > 0 && grade !== 'part' ? tasks : events).push(name);
  }
  return own === 'task' ? { own: tasks, other: events } : { own: events, other: tasks };
}

/** Who moves everything away, and says from no day, means what is today; unless it is said of what was just shown or made. */
function todayOf(act: Act, { due_date: due }: Slots, around: Around): DateRange | null {
  const { context, reference, timezone: zone } = around;
  const today = DateTime.fromJSDate(reference, { zone }).toFormat('yyyy-MM-dd');
  const spokenOf = context.shown.length > 0 || (context.made ?? []).length > 1;
  const isMixed = new Set((context.made ?? []).map(({ kind }) => kind)).size > 1;
  if (act.action !== 'update_task' || due === undefined || due.slice(0, 10) <= today) return null;
  if (spokenOf && !isMixed) return null;
  return { start: today, end: DateTime.fromISO(today).plus({ days: 1 }).toFormat('yyyy-MM-dd') };
}

async function holdsBoth(range: DateRange, { ports, timezone: zone, reference }: Around): Promise<boolean> {
  if (range.start === undefined || range.end === undefined) return false;
  const [from, to] = [range.start, range.end].map((at) => DateTime.fromISO(at, { zone }));
  if (!from || !to) return false;
  const days = { dueFrom: from.toFormat('yyyy-MM-dd'), dueTo: to.toFormat('yyyy-MM-dd') };
  const { total } = await ports.tasks.list({ status: 'open', ...days }, 1);
  if (total === 0) return false;
  const since = DateTime.max(from, DateTime.fromJSDate(reference, { zone }));
  return (await ports.events.within({ from: since.toJSDate(), to: to.toJSDate() })).length > 0;
}
