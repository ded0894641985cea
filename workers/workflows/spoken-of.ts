import { z } from 'zod';
import type { SessionContext } from '../../contracts/context.ts';
import type { Event } from '../../contracts/entities.ts';
import { instant } from '../../contracts/ids.ts';
import type { Action } from '../../contracts/intents.ts';
import { LOOKS, type Look } from '../../contracts/looks.ts';
import type { Slots } from '../../contracts/slots.ts';
import { readReceiver } from './email/receivers.ts';
import type { Outcome } from './outcome.ts';
import type { ActRun } from './turn-run.ts';

type Done = Extract<ActRun, { kind: 'done' }>;

/** What a session remembers of a change, for "it" and "actually 4pm". */
export function spokenOf(
  { act, slots, outcome }: Done,
  item: NonNullable<Outcome['item']>,
  receiptId: string,
  now: Date,
): NonNullable<SessionContext['last_receipt']> {
  return {
    receipt_id: receiptId,
    action: act.action,
    slots: { ...slots, ...timesOf(outcome, item.id), ...listLeft(act.action, outcome) },
    kind: item.kind,
    item_id: item.id,
    title: item.title,
    ...(item.start !== undefined && { start: item.start }),
    ...aboutOf(outcome),
    said: { slots, ...(act.params && { params: act.params }) },
    at: now.toISOString(),
  };
}

const eventNow = ({ start, end, participants, recurrence }: Event): Slots => ({
  start,
  end,
  participants,
  ...(recurrence !== null && { recurrence }),
});

/** What a reminder hangs on. */
function aboutOf({ cards }: Outcome): Pick<NonNullable<SessionContext['last_receipt']>, 'about'> {
  for (const card of cards) {
    if (card.kind !== 'reminder') continue;
    const { item_kind: kind, item_id: id } = card.data.reminder;
    if (kind && id) return { about: { kind, id } };
  }
  return {};
}

/** The times as they are now, also where the act changed something else: "no, friday" keeps its hour. */
function timesOf({ cards }: Outcome, itemId: string): Slots {
  for (const card of cards) {
    if (card.kind === 'task' && card.data.task.id === itemId && card.data.task.due_date !== null)
      return { due_date: card.data.task.due_date };
    if (card.kind === 'event' && card.data.event.id === itemId) return eventNow(card.data.event);
    if (card.kind === 'reminder' && card.data.reminder.id === itemId)
      return { remind_at: card.data.reminder.remind_at };
  }
  return {};
}

/** The list that what was deleted stood on: something else may go there instead. */
function listLeft(action: Action, { cards }: Outcome): Slots {
  const card = action === 'delete_task' ? cards.find(({ kind }) => kind === 'task') : undefined;
  return card?.kind === 'task' && card.data.task.list !== null ? { list: card.data.task.list } : {};
}

const isLook = (name: Action): name is Look => LOOKS.some((look) => look === name);

interface Turn {
  runs: readonly ActRun[];
  now: Date;
}

/** The days that a turn showed, for "and on thursday?". */
export function daysShown({ runs, now }: Turn): SessionContext['last_days'] {
  for (const { act, slots } of runs.toReversed())
    if (isLook(act.action) && slots.date_range)
      return { action: act.action, range: slots.date_range, at: now.toISOString() };
  return undefined;
}

/** Who a turn was about: those that its last request names. */
export function peopleNamed({ runs, now }: Turn): SessionContext['last_people'] {
  for (const { act, slots } of runs.toReversed()) {
    const said = act.params?.contact?.name ?? slots.recipient ?? slots.participants ?? calledIn(slots.title);
    const names = [said].flat().flatMap((one) => {
      const { name, address } = readReceiver(one ?? '');
      return name || (address ?? []);
    });
    if (names.length > 0) return { names, at: now.toISOString() };
  }
  return undefined;
}

/** "call Ann Lee about the rent" is about her; who is meant has a capital. */
const calledIn = (title = ''): string[] =>
  /^(?:call|ring|phone|text|message|e-?mail|mail|write(?: to)?|ask|tell|thank|meet|visit)\s+(?<name>\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?)(?!['’\p{L}])/u
    .exec(title.charAt(0).toLowerCase() + title.slice(1))
    ?.slice(1) ?? [];

/** The fact that a turn told or showed, for "no, Tim"; what was known of it where the turn did nothing else. */
export function factTold({
  runs,
  now,
  context,
}: Turn & { context: SessionContext }): SessionContext['last_fact'] {
  for (const run of runs.toReversed()) {
    const isTalk = run.act.action === 'set_preference' && run.act.params?.fact !== undefined;
    if (run.kind === 'asked') {
      if (isTalk) continue;
      return undefined;
    }
    const { cards, effects, shown, opened, refused } = run.outcome;
    for (const card of cards.toReversed())
      if (card.kind === 'fact' && card.data.change !== 'deleted') {
        const { subject, attribute, value, value_kind } = card.data.fact;
        return { subject, attribute, value, value_kind, at: now.toISOString() };
      }
    if (!refused && (cards.length > 0 || effects.length > 0 || shown.length > 0 || opened)) return undefined;
  }
  return context.last_fact;
}

const freeParts = z.object({ slots: z.array(z.object({ start: instant })) });

/** The free time that a turn told or offered, for "book a call with Jan then" and "actually the second one". */
export function freeTold({ runs, now }: Turn): SessionContext['last_free'] {
  const at = now.toISOString();
  for (const run of runs.toReversed()) {
    if (run.kind === 'asked' && run.act.action === 'find_time') {
      const starts = Object.values(run.question.choiceSlots ?? {}).flatMap(({ start }) => start ?? []);
      const [first] = starts;
      if (first !== undefined)
        return { range: run.slots.date_range ?? { start: first, end: starts.at(-1) }, starts, at };
    }
    if (run.kind !== 'done') continue;
    const range = run.slots.date_range;
    const parts = freeParts.safeParse(run.outcome.executionResult);
    const told = run.outcome.executionResult?.['free'] !== undefined;
    if (range && (told || (parts.success && run.act.action === 'find_time')))
      return { range, starts: parts.success ? parts.data.slots.map(({ start }) => start) : [], at };
  }
  return undefined;
}
