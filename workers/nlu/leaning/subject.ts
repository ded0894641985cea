import type { Action } from '../../../contracts/intents.ts';
import type { Draft } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import { minutesAlone } from './before-it.ts';
import { civilFromIso, DAY, formatDay, startOfDay } from '../time/civil.ts';

/** Words that count from the day spoken of; others mean the same without any. */
const THAT_DAY = /\b(?:that|same)\s+day\b|\bafter\s+(?:that|it)\b/;

/** The day of what was spoken of last, for "that day at 9" and "the monday after that". */
export function spokenDay(
  { folded }: Draft,
  input: Pick<NluInput, 'lastReceipt' | 'lastDays' | 'lastFree' | 'now' | 'timezone'>,
): Pick<Draft, 'thatDay' | 'saidDay'> {
  const { lastReceipt: last, now } = input;
  const shown = ADDS.test(folded) ? shownDay(input) : undefined;
  if (shown !== undefined) return { saidDay: shown };
  if (!last || now.getTime() - Date.parse(last.at) >= FRESH_MS) return {};
  const { due_date, start, remind_at, date_range } = last.slots;
  const day = (due_date ?? start ?? remind_at ?? date_range?.start)?.slice(0, 10);
  if (day === undefined) return {};
  if (THAT_DAY.test(folded)) return { thatDay: day };
  return last.action === 'create_event' && GOES_ON.test(folded) ? { saidDay: day } : {};
}

/** The one day that was asked about, where nothing was done since. */
function shownDay({
  lastReceipt: last,
  lastDays,
  lastFree,
  now,
  timezone,
}: Pick<NluInput, 'lastReceipt' | 'lastDays' | 'lastFree' | 'now' | 'timezone'>): string | undefined {
  const [shown] = [lastDays, lastFree]
    .flatMap((one) => one ?? [])
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const { start, end } = shown?.range ?? {};
  if (!shown || start === undefined || end === undefined) return undefined;
  if (now.getTime() - Date.parse(shown.at) >= FRESH_MS) return undefined;
  if (last && SINCE.test(last.action) && Date.parse(last.at) >= Date.parse(shown.at)) return undefined;
  const [from, to] = [start, end].map((at) => civilFromIso(at, timezone)?.moment);
  return from !== undefined && to !== undefined && to - startOfDay(from) <= DAY ? formatDay(from) : undefined;
}
/** Anything but a look. */
const SINCE = /^(?!list_|find_|daily_|weekly_)/;

/** "Add brunch at 11" after "what's on saturday?" is on that day. */
const ADDS =
  /^[\s,.!]*(?:(?:and|(?:and\s+)?(?:what|how)\s+about)\s+)(?:at\s+)?(?:\d{1,2}(?::\d\d)?|noon)(?:\s*[ap]m)?[\s?!.]*$|^[\s,.!]*(?:(?:ok|okay|great|good|perfect|nice|cool|then|and|so|yes|alright|please|can you|could you|let's)[\s,]+)*(?:add|put|book|schedule|pencil|plan|set\s+up|reserve|block)\s(?!.*\b(?:it|that|this|them)\b)|^[\s,.!]*(?:(?:ok|okay|great|good|perfect|nice|cool|so|alright)[\s,]+)+(?!.*\bremind)|^[^?]{3,80}\bthen[\s.!]*$/;

/** "And tutoring from 1 to 5" after an event: an hour alone is of its day. */
const GOES_ON = /^[\s,.!]*(?:and|also|plus)[\s,]+(?!.*\b(?:it|that|this|them)\b)/;

/** Who moves or calls off "it" means what the reminder hangs on, not the reminder. */
const MOVES_IT =
  /\b(?:moved?|moves|push(?:ed)?|postponed?|rescheduled?|shift(?:ed)?|put|brought|bring|cancel(?:l?ed)?|call(?:ed)?)\s+(?:it|that|this)\b|\bit(?:'s|\s+is|\s+was|\s+has|\s+got|\s+will)?(?:\s+(?:been|be))?\s+(?:moved|moves|pushed|postponed|rescheduled|shifted|put\s+off|brought\s+forward)\b/;

const MAKES_IT =
  /\b(?:make|change|set)\s+(?:it|that)\s+(?:to\s+|at\s+)?(?!.*\b(?:before|earlier|later|ahead)\b|(?:an?|half\s+an?|\S+)\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?)(?:\s+(?:instead|please|rather))*[\s.!]*$)/;

const OF_KIND: Partial<Record<string, Action>> = { task: 'update_task', event: 'update_event' };

/** After a reminder that hangs on something, what moves is that thing, and the reminder with it. */
export function withSubject(draft: Draft, input: NluInput): NluInput {
  const { lastReceipt: last } = input;
  // What was taken back is still what is spoken of.
  const undone = last?.action === 'undo' ? OF_KIND[last.kind ?? ''] : undefined;
  if (last && undone) return { ...input, lastReceipt: { ...last, action: undone, said: undefined } };
  const isHung = last?.action === 'set_reminder' && last.about && last.slots.target !== undefined;
  // "Make it 3pm" of what one is reminded of an hour before is about the thing.
  const before = last?.said?.params?.before;
  const isOfThing = MAKES_IT.test(draft.folded) && minutesAlone(draft.folded, before) === null;
  const moves = MOVES_IT.test(draft.folded) || (before !== undefined && isOfThing);
  if (!isHung || !moves || /\bremind/.test(draft.folded)) return input;
  const action = last.about?.kind === 'event' ? 'update_event' : 'update_task';
  return { ...input, lastReceipt: { action, slots: {}, at: last.at } };
}
