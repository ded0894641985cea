import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Draft } from './draft.ts';
import { newDraft } from './draft.ts';
import { timesIn } from './extract/times.ts';
import type { TimeMatch } from './time/expressions.ts';
import { partNamed } from './time/part-of-day.ts';

/** What says of one thing only that it is one. */
const FILLERS =
  /\b(?:the|that|this|my|our|one|thing|event|appointment|meeting|is|it's|it|on|at|in|for|of|from|which|s)\b/g;
const BY_ORDER =
  /^(?:the )?(?<which>earlier|earliest|sooner|soonest|next|later|latest|first(?= \w))(?: (?:free|available|possible|open))?(?: (?:one|time|slot|of (?:the two|them|both)))?$|^(?:whatever|whichever|what)(?:'s| is| comes)?(?: free| available)? (?:first|earliest|soonest)$/;
const DAY = 86_400;

/** The only choice that is at the time that is said: "the tomorrow one", "the one at 9", "the later one". */
export function byTime(draft: Draft, said: string, choices: OpenQuestion['choices']): string | null {
  // What stays as it was asked for is none of the times that are offered.
  const offered = choices.filter(({ choice_id: id }) => id !== 'keep');
  const timed = offered.flatMap(({ choice_id: id, label }) => {
    const time = timeOf(draft, label);
    const start = time?.readings[0]?.start;
    return time && start !== undefined ? [{ id, label, start, hasDay: !time.clockOnly }] : [];
  });
  const placed = timed.filter(({ hasDay }) => hasDay);
  const order = BY_ORDER.exec(said);
  if (order) {
    // Hours without a day are those of one day.
    const alike = placed.length > 1 ? placed : timed;
    const sorted = alike.toSorted((a, b) => a.start - b.start);
    const one = order.groups?.['which']?.startsWith('late') ? sorted.at(-1) : sorted[0];
    return sorted.length > 1 ? (one?.id ?? null) : null;
  }
  if (placed.length < 2) return null;
  // "The one tomorrow" is no one o'clock.
  const words = newDraft(said.replace(/\bone\b|['’]s\b/g, ''), draft.timezone, draft.now, draft.preferences);
  const [time, ...others] = timesIn(words, { start: 0, end: words.folded.length });
  if (!time) return inPart(words.folded, placed);
  if (others.length > 0) return null;
  const rest = `${words.folded.slice(0, time.leadStart)} ${words.folded.slice(time.end)}`
    .replace(FILLERS, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const found = placed.filter(
    ({ label, start }) =>
      isThen(time, start) && rest.every((word) => ` ${label.toLowerCase()} `.includes(word)),
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** "The morning one": the only one in that part of its day. */
function inPart(said: string, placed: readonly { id: string; start: number }[]): string | null {
  const part = partNamed(said.replace(FILLERS, ' ').trim());
  const found = placed.filter(({ start }) => {
    const hour = (start % DAY) / 3_600;
    return part && hour >= part.fromHour && hour < part.toHour;
  });
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** When what a label names begins. */
function timeOf(draft: Draft, label: string): TimeMatch | undefined {
  const read = newDraft(label, draft.timezone, draft.now, draft.preferences);
  return timesIn(read, { start: 0, end: read.folded.length }).at(-1);
}

const isThen = ({ clockOnly, hasClock, readings }: TimeMatch, start: number): boolean =>
  clockOnly
    ? readings.some((reading) => reading.start % DAY === start % DAY)
    : readings
        .slice(0, 1)
        .some((reading) =>
          hasClock ? reading.start === start : reading.start <= start && start < reading.end,
        );
