import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { DateRange } from '../../contracts/slots.ts';
import type { Correction } from './corrections.ts';
import { entityAt, type Draft } from './draft.ts';
import { formatEpoch } from './time/civil.ts';

const LEAD = String.raw`(?:(?:no+|nah|nope|ok|okay|well|oh|h+m+|sorry|please|maybe|rather|actually|but|none of (?:them|those|these)|neither|too early|too late|do you have|have you got|is there|are there|what about|how about|can we (?:do|find)|could we (?:do|find)|find|show(?: me)?|i(?:'d| would) (?:like|prefer|need)|i need|give me|any(?:thing)?|some(?:thing)?|a (?:bit|little)|much|even|(?:that|it)(?:'?s| is)|(?:those|these|they)(?: are|'re)|all|way|far)[\s,.!]+)*`;
const AFTER = String.raw`later(?:\s+(?:on|times?|ones?|slots?|in\s+the\s+(?:day|week)))*|(?:an?)?other\s+(?:times?|days?|ones?|slots?|options?)|different\s+(?:times?|days?|ones?)|more\s+(?:times|ones|options|slots)|else|others|too\s+early(?:\s+for\s+me)?`;
const BEFORE = String.raw`earlier(?:\s+(?:on|times?|ones?|slots?|in\s+the\s+(?:day|week)))*|sooner|too\s+late(?:\s+for\s+me)?`;
const WISH = new RegExp(
  String.raw`^[\s,.!]*${LEAD}(?:(?<after>${AFTER})|(?<before>${BEFORE}))(?:[\s,]+(?:please|pls|then|maybe|if possible|instead|thanks))*[\s.!?]*$`,
);
const WEEK_S = 7 * 24 * 3600;
const USUAL_MINUTES = 60;

/** "Later please", "something earlier?" to the times that were found: the same search, behind or before those. */
export function readOtherTimes(draft: Draft, question: OpenQuestion): Correction | null {
  const { action, kind, slot, slots: known, choice_slots: offered } = question;
  if (action !== 'find_time' || slot !== 'start' || kind !== 'choice') return null;
  const groups = WISH.exec(draft.folded)?.groups;
  const starts = Object.values(offered)
    .flatMap(({ start }) => (start === undefined ? [] : [start]))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const [first, last] = [starts[0], starts.at(-1)];
  if (!groups || first === undefined || last === undefined) return null;
  const { date_range: before, duration_minutes: minutes = USUAL_MINUTES } = known;
  const at = (seconds: number): string => formatEpoch(seconds, draft.timezone);
  let range: DateRange;
  if (groups['before'] === undefined) {
    const from = Date.parse(last) / 1000 + minutes * 60;
    const room = before?.end !== undefined && Date.parse(before.end) / 1000 >= from + minutes * 60;
    range = { start: at(from), end: room ? before.end : at(from + WEEK_S) };
  } else range = { ...before, end: first };
  const span = { start: 0, end: draft.text.length };
  return {
    slots: { date_range: range },
    entities: [entityAt(draft, 'date_range', span, range, 'beside the times that were offered')],
    action,
    known,
  };
}
