import type { Act, Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { actionEntry, type Action } from '../../../contracts/intents.ts';

const WHO = /\b(?:her|him|them)\b/d;
const NAME =
  /\b(?:with|w\/|to|from|did|add|invite|call|meet|meeting)\s+(?<name>\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)*)/gu;
const THERE = /\b(?:on|to|in|into)\s+it\b|\bthere\b/d;

/** The values that a request names by a word for what an earlier one said: "email her", "put socks on it". */
export function shareSlots(draft: Draft, before: readonly Act[], said: string): Draft {
  const { recognition, entities } = draft;
  if (!recognition || before.length === 0) return draft;
  const found: Entity[] = [];
  const rest = [...entities];
  const take = (slot: 'recipient' | 'list', pattern: RegExp, value: unknown): void => {
    const at = pattern.exec(draft.folded)?.indices?.[0];
    if (!at || value === null || !actionEntry(recognition.action).slots.includes(slot)) return;
    found.push(entityAt(draft, slot, { start: at[0], end: at[1] }, value, 'named earlier in the message'));
  };
  const recipient = rest.findIndex(
    ({ slot, text }) => slot === 'recipient' && /^(?:her|him|them)$/i.test(text),
  );
  if (recipient >= 0) rest.splice(recipient, 1);
  if (recognition.action === 'draft_email' && !rest.some(({ slot }) => slot === 'recipient')) {
    const person = lastPerson(before, said);
    take('recipient', WHO, person === null ? null : [person]);
  }
  if (recognition.action === 'create_task' && !rest.some(({ slot }) => slot === 'list'))
    take('list', THERE, lastList(before));
  if (found.length === 0) return draft;
  return { ...draft, entities: [...rest, ...found].toSorted((a, b) => a.start - b.start) };
}

/** Whoever was named last, as a guest, as who gets a mail, or behind "with". */
function lastPerson(before: readonly Act[], said: string): string | null {
  const named = [...said.matchAll(NAME)].at(-1)?.groups?.['name'];
  if (named !== undefined) return named;
  const people = before
    .flatMap(({ entities }) => entities)
    .findLast(({ slot }) => slot === 'participants' || slot === 'recipient')?.value;
  const last: unknown = Array.isArray(people) ? people.at(-1) : null;
  return typeof last === 'string' ? last : null;
}

function lastList(before: readonly Act[]): string | null {
  const list = before.flatMap(({ entities }) => entities).findLast(({ slot }) => slot === 'list')?.value;
  return typeof list === 'string' ? list : null;
}

/** "add milk, add bread to my shopping list": a list said last holds for what was added in the same breath. */
export function shareListBackwards(acts: readonly Act[], text: string): Act[] {
  const shared = [...acts];
  for (let index = shared.length - 2; index >= 0; index -= 1) {
    const [act, next] = [shared[index], shared[index + 1]];
    const list = next?.entities.find(({ slot }) => slot === 'list');
    if (!act || !next || !list || !sharesList(text, act, next)) continue;
    if (act.entities.some(({ slot }) => slot === 'list')) continue;
    if (!/^[\s,]*(?:and\s+)?$/i.test(text.slice(act.span.end, next.span.start))) continue;
    const { end } = act.span;
    shared[index] = { ...act, entities: [...act.entities, { ...list, start: end, end, text: '' }] };
  }
  return shared;
}

/** What goes off a list goes off the same one, whatever the verb; what is put somewhere has the verb in common. */
function sharesList(text: string, act: Act, next: Act): boolean {
  if (ENDS.has(act.action)) return ENDS.has(next.action);
  return (
    act.action === 'create_task' && next.action === 'create_task' && verbIn(text, act) === verbIn(text, next)
  );
}

const ENDS: ReadonlySet<Action> = new Set<Action>(['delete_task', 'complete_task']);

const verbIn = (text: string, { span }: Act): string =>
  text.slice(span.start, span.end).trim().split(/\s+/, 1)[0]?.toLowerCase() ?? '';
