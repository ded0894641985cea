import { dateRange, type DateRange } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { rangeEntity } from '../extract/times.ts';
import { saidTime } from '../said-times.ts';
import type { Range } from '../text.ts';

/** Whole days that a stretch names. */
export function daysAt(draft: Draft, at: Range): DateRange | null {
  const said = saidTime(draft, at);
  if (!said || said.main.hasClock || said.day || said.main.start > at.start + 8 || said.main.end < at.end)
    return null;
  return dateRange.safeParse(rangeEntity(draft, { ...said.main, lead: 'on' }).value).data ?? null;
}
