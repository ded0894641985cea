import type { Act } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt, partOf, placedIn } from '../draft.ts';
import { extractFor } from '../extract/extract-for.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import type { Range } from '../text.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { freshReceipt } from '../corrections.ts';
import { actOn, groupAt, NOWHERE, spokenEvent } from './act-on.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|great|good|perfect|nice|cool|then|and|so|please|yes|can\s+you|could\s+you|let's)[\s,]+)*`;
const MAKE = String.raw`(?:book|schedule|add|put|set\s+up|plan|make(?!\s+sure\b)|reserve|block)`;
const THEN = new RegExp(
  String.raw`${LEAD}${MAKE}\s+(?:me\s+)?(?<what>\S.{0,80}?)\s+(?:then|there|at\s+that\s+time|in\s+(?:that|the)\s+(?:time|slot|window|gap))(?:\s+please)?[\s.!]*$`,
  'd',
);
/** "Block 2 hours there" says no more than how long, and takes the first that is free. */
const ONLY_LENGTH =
  /^(?:(?:the\s+)?(?:an?|half\s+an?|\d+(?:[.,:]\d+)?|one|two|three|four|five|six|thirty|forty-?five|ninety)\s*(?:and\s+a\s+half\s+)?(?:hours?|hrs?|h|minutes?|mins?))$/;
const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'];
const FIRST = new RegExp(
  String.raw`${LEAD}(?:book|take|reserve|use|block)\s+the\s+(?<place>${PLACES.join('|')}|last)(?:\s+(?:one|slot|gap|time|window))?\s+for\s+(?<what>\S.{0,80}?)(?:\s+please)?[\s.!]*$`,
  'd',
);

/** "Book a call with Jan then", "book the first one for a call with Lea", after free time was told. */
export function inFreeTime(draft: Draft, { lastFree: free, lastDays, now }: NluInput): Act[] | null {
  if (!free || now.getTime() - Date.parse(free.at) >= FRESH_MS) return null;
  const then = THEN.exec(draft.folded);
  const what = then && groupAt(then, 'what');
  // "And at 5?" was looked at since.
  const since = lastDays && lastDays.at > free.at ? lastDays : null;
  if (what && ONLY_LENGTH.test(draft.folded.slice(what.start, what.end))) {
    const [begins] = since ? [] : free.starts;
    return made(draft, what, begins === undefined ? timeOf((since ?? free).range) : { start: begins });
  }
  if (what) return made(draft, what, timeOf((since ?? free).range));
  const pick = FIRST.exec(draft.folded);
  const named = pick && groupAt(pick, 'what');
  const start = free.starts.at(PLACES.indexOf(pick?.groups?.['place'] ?? ''));
  return named && start !== undefined ? made(draft, named, { start }) : null;
}

/** "There", where it was asked of an hour, is at that hour. */
function timeOf(range: DateRange): Record<string, unknown> {
  const { start, end } = range;
  const isHour =
    start !== undefined &&
    end !== undefined &&
    Date.parse(end) - Date.parse(start) <= SHORT_MS &&
    start.length > 10;
  return isHour ? { start } : { date_range: range };
}
const SHORT_MS = 3_600_000;

const OTHER = new RegExp(
  String.raw`^[\s,.!]*(?:(?:no+|oh|ok|okay|sorry|actually|hm+|wait|rather|better|please|i(?:'d|\s+would)?\s+(?:mean|meant|rather(?:\s+have)?|prefer)|make\s+(?:it|that)|take|let's\s+(?:take|do|say|go\s+with))[\s,.!]+)*the\s+(?<place>${PLACES.join('|')}|last)(?:\s+(?:one|slot|time))?(?<instead>\s+instead|\s+rather|\s+after\s+all)?(?:\s+please)?[\s.!]*$`,
  'd',
);

/** "Actually the first", once another of the times that were offered was booked. */
export function otherFreeTime(draft: Draft, input: NluInput): Act[] | null {
  const { lastFree: free } = input;
  const last = freshReceipt(input);
  if (!free || last?.action !== 'find_time' || input.now.getTime() - Date.parse(free.at) >= FRESH_MS)
    return null;
  const pick = OTHER.exec(draft.folded);
  const at = pick && groupAt(pick, 'place');
  const start = free.starts.at(PLACES.indexOf(pick?.groups?.['place'] ?? ''));
  if (!at || start === undefined || last.slots.start === undefined) return null;
  const moved = entityAt(draft, 'start', at, start, 'its place among the times that were offered');
  return [actOn(draft, 'update_event', [spokenEvent(draft), moved])];
}

/** An event with the words as its title, at a time that was not said but shown. */
function made(draft: Draft, what: Range, time: Record<string, unknown>): Act[] | null {
  const { entities } = extractFor(partOf(draft, what), 'create_event');
  const isTimed = entities.some(({ slot }) => slot === 'start' || slot === 'date_range');
  if (isTimed || !entities.some(({ slot }) => slot === 'title' || slot === 'duration_minutes')) return null;
  const said = Object.entries(time).map(([slot, value]) =>
    entityAt(draft, slot as 'start' | 'date_range', NOWHERE, value, 'the time that was told before'),
  );
  return [actOn(draft, 'create_event', [...entities.map((entity) => placedIn(entity, what)), ...said])];
}
