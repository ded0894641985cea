import type { Act } from '../../../contracts/nlu.ts';
import { freshSubject } from '../corrections.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { rangeEntity } from '../extract/times.ts';
import { isItAnEvent } from '../last-item.ts';
import type { NluInput } from '../nlu-input.ts';
import { saidTime } from '../said-times.ts';
import { civilFromIso, DAY, formatInstant } from '../time/civil.ts';
import { isDayAlone } from '../time/day-alone.ts';
import { peel } from '../peel.ts';
import { isEndSaid } from '../spoken-end.ts';
import type { Range } from '../text.ts';
import { actOn, groupAt, NOWHERE, spokenEvent } from './act-on.ts';

const UNTIL =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|hm+|sorry|wait|actually|and|but|please|rather|i\s+(?:mean|meant)|make\s+(?:it|that)|extend\s+(?:it|that)|it(?:'s|\s+is|\s+goes|\s+lasts|\s+ends)?|let(?:'s|\s+it)\s+(?:go|last|end)|we(?:'re|\s+are)\s+(?:staying|there)|i(?:'m|\s+am)\s+(?:staying|away|off))[\s,]+)*(?:up\s+)?(?:till?|until|to|through|thru|ends?\s+on)\s+(?<day>\S.{0,40}?)(?:\s+(?:instead|please|actually|though|then|inclusive))*[\s.!]*$/d;

const WEEKDAY_ALONE = /^(?:on\s+)?(?:the\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day$/;

/** "Actually till the 6th" of what takes whole days: it ends with that day. */
export function untilDay(draft: Draft, input: NluInput): Act[] | null {
  const { start, end } = freshSubject(input)?.known ?? {};
  if (!isItAnEvent(input) || start === undefined || end === undefined) return null;
  const [from, to] = [start, end].map((at) => civilFromIso(at, draft.timezone));
  const isMidnight = (at: { moment: number } | null | undefined): boolean =>
    at != null && at.moment % DAY === 0;
  if (!from || !isMidnight(from) || !isMidnight(to)) return null;
  const at = lastDayAt(draft, input);
  if (!at) return null;
  // "Until thursday" of what begins on a monday to come is the thursday after that.
  const isOpen = WEEKDAY_ALONE.test(draft.folded.slice(at.start, at.end)) || isDayAlone(draft.folded, at);
  const begins = new Date(start);
  const said = saidTime(isOpen && begins > draft.now ? { ...draft, now: begins } : draft, at);
  if (!said || said.main.hasClock) return null;
  const { value } = rangeEntity(draft, said.main);
  const last =
    typeof value === 'object' && value !== null ? (Reflect.get(value, 'end') as unknown) : undefined;
  const until = typeof last === 'string' ? civilFromIso(last, draft.timezone) : null;
  if (!until || until.moment <= from.moment || (at.within && until.moment >= (to?.moment ?? 0))) return null;
  const moment = formatInstant(until.moment, draft.timezone);
  const entity = entityAt(draft, 'end', at, moment, 'the end of that day');
  return [actOn(draft, 'update_event', [spokenEvent(draft), entity])];
}

/** Where its last day is said; `within` where that has to be one of its days. */
function lastDayAt(draft: Draft, { lastReceipt: last }: NluInput): (Range & { within?: boolean }) | null {
  const until = UNTIL.exec(draft.folded);
  const day = until && groupAt(until, 'day');
  // "Move it to the 6th" is where it begins.
  if (until && day && (!/\bto\s+$/.test(draft.folded.slice(0, day.start)) || /\bextend\b/.test(until[0])))
    return day;
  const back = BACK_ON.exec(draft.folded);
  // "Back to friday" may be where it was before.
  if (back) return { ...(groupAt(back, 'day') ?? NOWHERE), within: back.groups?.['how'] === 'to' };
  // "No, the 6th" after "make it until the 5th" is another last day.
  const said = peel(draft);
  const isAgain = said.marked && last && isEndSaid(last) && !MOVES.test(draft.folded);
  return isAgain && said.end - said.start <= LONGEST_DAY ? said : null;
}
const LONGEST_DAY = 40;
const MOVES = /\b(?:move|push|shift|reschedule|put|starts?|begins?|from)\b/;
/** "No, back on sunday": who travels comes back on the last day. */
const BACK_ON =
  /^[\s,.!]*(?:(?:no|oh|ok|sorry|wait|actually|and|but|i(?:'m|\s+am)|we(?:'re|\s+are)|i(?:'ll|\s+will)\s+be|we(?:'ll|\s+will)\s+be|(?:i|we)\s+come|coming)[\s,]+)*back\s+(?<how>to|on|by)\s+(?<day>\S.{0,40}?)(?:\s+(?:already|instead|please|actually|though))*[\s.!]*$/d;
