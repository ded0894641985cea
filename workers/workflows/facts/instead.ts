import type { Act } from '../../../contracts/nlu.ts';
import type { Slots } from '../../../contracts/slots.ts';
import type { Work } from '../outcome.ts';
import { eventOfDay } from './its-day.ts';
import { isSameValue, keyOf, knownOf } from './same.ts';

/**
 * Words that may be about a fact or about something that takes place: "where is my gym?" and "when is Ben's birthday?" ask
 * for what was told where nothing in the calendar answers it, "forget my dentist" takes the appointment away where no
 * dentist was told.
 */
export async function ofFacts(
  act: Act,
  slots: Slots,
  { ports, reference, words }: Pick<Work, 'ports' | 'reference' | 'words'>,
): Promise<{ act: Act; slots: Slots }> {
  const thing = act.action === 'out_of_scope' || act.action === 'search' ? thingIn(words) : null;
  if (thing !== null) {
    const known = knownOf(await ports.facts.list(reference), 'me', thing);
    return known.length > 0 ? tells(act, { move: 'find', subject: 'me', attribute: thing }) : { act, slots };
  }
  const { fact } = act.params ?? {};
  const { subject = 'me', attribute } = fact ?? {};
  if (!fact || attribute === undefined) return { act, slots };
  if (act.action === 'list_events' && fact.move === 'find') {
    const known = knownOf(await ports.facts.list(reference), subject, attribute);
    // "My mum's birthday" stands in the calendar as that of the mother.
    const day = DAY.test(attribute)
      ? await eventOfDay({ ports, reference }, { subject, attribute })
      : undefined;
    if (day && slots.query !== undefined) return { act, slots: { ...slots, query: day.title } };
    if (known.length === 0) return { act, slots };
    const isDate = known.some(({ value_kind: kind }) => kind === 'date');
    const there = isDate ? (await ports.events.match(slots.query ?? attribute, 1)).events : [];
    if (there.length > 0) return { act, slots };
    return tells(act, fact);
  }
  // A birthday that was told already is no second one.
  if (act.action === 'create_event' && fact.move === 'save') {
    const [known] = knownOf(await ports.facts.list(reference), subject, attribute);
    if (!known) return { act, slots };
    const isOther = !isSameValue(known.value, fact.value ?? '');
    if (isOther || (await eventOfDay({ ports, reference }, known))) return tells(act, fact);
    const { fact: _told, ...params } = act.params ?? {};
    return { act: { ...act, params }, slots };
  }
  if (act.action !== 'set_preference' || fact.move !== 'forget') return { act, slots };
  if (knownOf(await ports.facts.list(), subject, attribute).length > 0) return { act, slots };
  const query = keyOf(attribute);
  const [{ events }, { tasks }] = await Promise.all([
    ports.events.match(query, 1),
    ports.tasks.match(query, 1),
  ]);
  if (events.length === 0 && tasks.length === 0) return { act, slots };
  const other = { ...act, params: {} };
  return tasks.length > 0
    ? {
        act: { ...other, intent: 'task_management', action: 'delete_task' },
        slots: { target: { kind: 'task', query } },
      }
    : {
        act: { ...other, intent: 'calendar_event', action: 'cancel_event' },
        slots: { target: { kind: 'event', query } },
      };
}

const DAY = /birthday|b-?day|anniversary|name\s?day/i;

const tells = (
  act: Act,
  fact: NonNullable<NonNullable<Act['params']>['fact']>,
): { act: Act; slots: Slots } => ({
  act: { ...act, intent: 'preferences', action: 'set_preference', params: { fact } },
  slots: {},
});

/** "Where did I put the spare key?": what was told to be somewhere; null where nothing is asked like this. */
const thingIn = (words: string): string | null =>
  /^\s*where(?:['’]s|\s+(?:is|are|was|did\s+i\s+(?:put|leave|keep)))\s+(?:the|my|our)\s+(?<thing>\p{L}[\p{L}\s-]{2,40}?)(?:\s+(?:again|now|please|kept))*[\s?.!]*$/iu.exec(
    words,
  )?.groups?.['thing'] ?? null;
