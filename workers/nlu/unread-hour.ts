import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Slots } from '../../contracts/slots.ts';
import { newDraft, type Draft } from './draft.ts';
import { saidTime, timeEntities } from './said-times.ts';

const HOUR =
  /\b(?:at\s+(?:noon|midday|midnight|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?)|\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?|\d{1,2}:\d\d|noon|midnight)(?![\p{L}\d])/iu;

/** From one hour to another one. */
const SPAN = /\b(?:to|until|till|and)\b|[-–]/;

/** The hour of a time whose day there is none of: "november 31 at noon" keeps its noon for the day that is named then. */
export function hourOfUnread(draft: Draft, { params, slots, slot }: OpenQuestion): Slots {
  const [unread = ''] = params?.unread ?? [];
  const hour = SPAN.test(unread) ? undefined : HOUR.exec(unread)?.[0];
  if (hour === undefined || slot !== 'start' || slots.start !== undefined) return slots;
  const words = newDraft(hour, draft.timezone, draft.now, draft.preferences);
  const said = saidTime(words, { start: 0, end: hour.length });
  const start = said ? timeEntities(words, said, 'start', {})[0]?.value : undefined;
  return typeof start === 'string' ? { ...slots, start } : slots;
}
