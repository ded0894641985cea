import type { Draft, Recognition } from '../draft.ts';
import { coversRange, timesIn } from '../extract/times.ts';
import type { Range } from '../text.ts';
import type { Rule } from './rule.ts';

/** "move church on december 20 to 11": something is on one day, and is to be at another time. */
export const MOVED_DAY_RULES: readonly Rule[] = [
  {
    name: 'events.moved-day',
    action: 'update_event',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?:move|push|shift|reschedule|change|switch)\s+(?<target>(?!(?:everything|all|every|each|both|them)\b)\S.{2,160})$/dsu,
    read: (draft, recognition) => fromDay(draft, recognition),
  },
];

function fromDay(draft: Draft, recognition: Recognition): Recognition | null {
  const { target } = recognition;
  if (!target) return null;
  const words = draft.folded.slice(target.start, target.end);
  for (const { index, 0: joint } of words.matchAll(/\s+to\s+/g)) {
    const left = { start: target.start, end: target.start + index };
    const right = { start: left.end + joint.length, end: target.end };
    const day = timesIn(draft, left).at(-1);
    const isThere = day && !day.hasClock && !day.past && !day.isRange && day.end === left.end;
    // "From friday" is read with what follows, and what is due is a task.
    if (isThere && /^(?:on)?$/.test(day.leadText) && day.leadStart > left.start + 2 && isTime(draft, right))
      return { ...recognition, target: { start: left.start, end: day.leadStart } };
  }
  return null;
}

function isTime(draft: Draft, range: Range): boolean {
  const [time, more] = timesIn(draft, range, [], true);
  return time !== undefined && more === undefined && coversRange(draft, time, range);
}
