import { actionEntry, type Action } from '../../../contracts/intents.ts';
import type { Act, ActParams, Entity } from '../../../contracts/nlu.ts';
import { slotsOf } from '../../../contracts/nlu.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { target } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { DAY, civilFromIso, formatDay, formatInstant } from '../time/civil.ts';
import { unreadParams } from './extract.ts';

/** Something done with its values: an earlier request of the message, or what was done last. */
interface Done {
  action: Action;
  slots: Slots;
  params?: ActParams | undefined;
}

/**
 * "Remind me an hour before" with an event that was spoken of: its moment is known, so that the reminder has one too. One that
 * would be in the past is told back and asked for.
 */
export function countedBack(draft: Draft, acts: readonly Act[], lastReceipt: Done | null = null): Draft {
  const when = draft.entities.find(({ slot }) => slot === 'when');
  if (!when || draft.recognition?.action !== 'set_reminder') return draft;
  const minutes = minutesOf(when.value);
  const event = eventBefore(draft, acts, lastReceipt);
  // "The day before at 6pm" says its hour.
  const hasHour = draft.entities.some(({ slot }) => slot === 'remind_at');
  // "The evening before" is an evening, whatever the hour of the event.
  if (minutes === null || !event || hasHour || /\b(?:evening|night)\b/i.test(when.text)) return draft;
  const rest = draft.entities.filter((entity) => entity !== when);
  const at = momentBefore(draft, when, event, minutes);
  if (!at) return draft;
  const { value } = at;
  if (at.slot === 'remind_at' && typeof value === 'string' && Date.parse(value) <= draft.now.getTime())
    return { ...draft, recognition: unreadParams(draft.recognition, [when.text]), entities: rest };
  return { ...draft, entities: [...draft.entities, at] };
}

function minutesOf(value: unknown): number | null {
  const minutes: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'minutes') : undefined;
  return typeof minutes === 'number' ? minutes : null;
}

/** The event that the reminder's target is: the one whose title has the words, or what was done last, where that is one. */
function eventBefore(draft: Draft, acts: readonly Act[], lastReceipt: Done | null): Slots | null {
  const meant = target.safeParse(draft.entities.find(({ slot }) => slot === 'target')?.value).data;
  const done = [
    ...(lastReceipt ? [lastReceipt] : []),
    ...acts.map(({ action, entities, params }) => ({ action, slots: slotsOf(entities), params })),
  ];
  if (meant?.reference === 'last') {
    const last = done.at(-1);
    return last && hasItsTime(last) ? last.slots : null;
  }
  const query = meant?.query?.toLowerCase();
  if (query === undefined) return null;
  const named = done.findLast(
    (one) => hasItsTime(one) && one.slots.title?.toLowerCase().includes(query) === true,
  );
  return named?.slots ?? null;
}

/** Whether what was said of an event tells when it begins; "move it to 10" says no day. */
const hasItsTime = ({ action, params }: Done): boolean =>
  actionEntry(action).intent === 'calendar_event' &&
  actionEntry(action).slots.includes('start') &&
  params?.day_kept === undefined &&
  params?.half_open === undefined &&
  params?.hour_kept === undefined;

function momentBefore(
  draft: Draft,
  when: Entity,
  { start, end, date_range: days }: Slots,
  minutes: number,
): Entity | null {
  const reason = 'counted back from the event';
  const from = civilFromIso(start ?? days?.start ?? '', draft.timezone);
  if (!from) return null;
  const moment = from.moment - minutes * 60;
  const until = civilFromIso(end ?? '', draft.timezone);
  // What lasts from midnight to midnight has days and no hour.
  const isOfDays = from.moment % DAY === 0 && until !== null && until.moment % DAY === 0;
  if (start !== undefined && !isOfDays) {
    const value = formatInstant(moment, draft.timezone);
    return { ...when, slot: 'remind_at', value, grain: 'minute', readings: [{ value, reason }] };
  }
  // Of an event without an hour only the day before is known.
  if ((minutes * 60) % DAY !== 0) return null;
  const value = { start: formatDay(moment), end: formatDay(moment + DAY) };
  return { ...when, slot: 'date_range', value, grain: 'day', readings: [{ value, reason }] };
}
