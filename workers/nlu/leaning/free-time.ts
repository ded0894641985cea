import type { Act } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt, partOf, placedIn } from '../draft.ts';
import { extractFor } from '../extract/extract-for.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import type { Range } from '../text.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|great|good|perfect|nice|cool|then|and|so|please|yes|can\s+you|could\s+you|let's)[\s,]+)*`;
const MAKE = String.raw`(?:book|schedule|add|put|set\s+up|plan|make|reserve|block)`;
const THEN = new RegExp(
  String.raw`${LEAD}${MAKE}\s+(?:me\s+)?(?<what>\S.{0,80}?)\s+(?:then|there|at\s+that\s+time|in\s+(?:that|the)\s+(?:time|slot|window|gap))(?:\s+please)?[\s.!]*$`,
  'd',
);
const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'];
const FIRST = new RegExp(
  String.raw`${LEAD}(?:book|take|reserve|use|block)\s+the\s+(?<place>${PLACES.join('|')}|last)(?:\s+(?:one|slot|gap|time|window))?\s+for\s+(?<what>\S.{0,80}?)(?:\s+please)?[\s.!]*$`,
  'd',
);

/** "Book a call with Jan then", "book the first one for a call with Lea", after free time was told. */
export function inFreeTime(draft: Draft, { lastFree: free, now }: NluInput): Act[] | null {
  if (!free || now.getTime() - Date.parse(free.at) >= FRESH_MS) return null;
  const then = THEN.exec(draft.folded);
  const what = then && groupAt(then, 'what');
  if (what) return made(draft, what, { date_range: free.range });
  const pick = FIRST.exec(draft.folded);
  const named = pick && groupAt(pick, 'what');
  const start = free.starts.at(PLACES.indexOf(pick?.groups?.['place'] ?? ''));
  return named && start !== undefined ? made(draft, named, { start }) : null;
}

/** An event with the words as its title, at a time that was not said but shown. */
function made(draft: Draft, what: Range, time: Record<string, unknown>): Act[] | null {
  const { entities } = extractFor(partOf(draft, what), 'create_event');
  const isTimed = entities.some(({ slot }) => slot === 'start' || slot === 'date_range');
  if (isTimed || !entities.some(({ slot }) => slot === 'title')) return null;
  const said = Object.entries(time).map(([slot, value]) =>
    entityAt(draft, slot as 'start' | 'date_range', NOWHERE, value, 'the time that was told before'),
  );
  return [actOn(draft, 'create_event', [...entities.map((entity) => placedIn(entity, what)), ...said])];
}
