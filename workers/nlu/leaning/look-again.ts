import { LOOKS, type Look } from '../../../contracts/looks.ts';
import type { Act } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { coversRange, rangeEntity, timesIn } from '../extract/times.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import { trimRange } from '../text.ts';
import { actOn } from './act-on.ts';

const ABOUT =
  /^[\s,.!]*(?:(?:ok|okay|and|so|then|hm+|great|thanks|alright)[\s,.!]+)*(?:(?:what|how)\s+about|and(?:\s+what\s+about)?)\s+(?=\S)/;
/** A day of what was told for a week. */
const OF_A_DAY: Partial<Record<Look, Look>> = { weekly_briefing: 'daily_briefing' };
const DAY_MS = 24 * 3_600_000;

/** "And what about wednesday?" after a list or a briefing: the same for other days. */
export function lookAgain(draft: Draft, { lastDays: last, lastReceipt, now }: NluInput): Act[] | null {
  const since = lastReceipt && last && Date.parse(lastReceipt.at) > Date.parse(last.at);
  if (!last || since || now.getTime() - Date.parse(last.at) >= FRESH_MS || !LOOKS.includes(last.action))
    return null;
  const lead = ABOUT.exec(draft.folded)?.[0].length ?? 0;
  const range = trimRange(draft.folded, { start: lead, end: draft.folded.length }, ',.!?');
  const [time, ...others] = lead === 0 ? [] : timesIn(draft, range, [], true);
  if (!time || others.length > 0 || time.hasClock || !coversRange(draft, time, range)) return null;
  const days = time.readings[0];
  const isDay = days !== undefined && (days.end - days.start) * 1_000 <= DAY_MS;
  return [actOn(draft, (isDay && OF_A_DAY[last.action]) || last.action, [rangeEntity(draft, time)])];
}
