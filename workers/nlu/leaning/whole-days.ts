import type { Act } from '../../../contracts/nlu.ts';
import { freshSubject } from '../corrections.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { rangeEntity } from '../extract/times.ts';
import { isItAnEvent } from '../last-item.ts';
import type { NluInput } from '../nlu-input.ts';
import { saidTime } from '../said-times.ts';
import { civilFromIso, DAY, formatInstant } from '../time/civil.ts';
import { actOn, groupAt, spokenEvent } from './act-on.ts';

const UNTIL =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|hm+|sorry|wait|actually|and|but|please|rather|i\s+(?:mean|meant)|make\s+(?:it|that)|extend\s+(?:it|that)|it(?:'s|\s+is|\s+goes|\s+lasts|\s+ends)?|let(?:'s|\s+it)\s+(?:go|last|end)|we(?:'re|\s+are)\s+(?:staying|there)|i(?:'m|\s+am)\s+(?:staying|away|off))[\s,]+)*(?:up\s+)?(?:till?|until|to|through|thru|ends?\s+on)\s+(?<day>\S.{0,40}?)(?:\s+(?:instead|please|actually|though|then|inclusive))*[\s.!]*$/d;

/** "Actually till the 6th" of what takes whole days: it ends with that day. */
export function untilDay(draft: Draft, input: NluInput): Act[] | null {
  const { start, end } = freshSubject(input)?.known ?? {};
  if (!isItAnEvent(input) || start === undefined || end === undefined) return null;
  const [from, to] = [start, end].map((at) => civilFromIso(at, draft.timezone));
  const isMidnight = (at: { moment: number } | null | undefined): boolean =>
    at != null && at.moment % DAY === 0;
  if (!from || !isMidnight(from) || !isMidnight(to)) return null;
  const match = UNTIL.exec(draft.folded);
  const at = match && groupAt(match, 'day');
  // "Move it to the 6th" is where it begins.
  if (!match || !at || (/\bto\s+$/.test(draft.folded.slice(0, at.start)) && !/\bextend\b/.test(match[0])))
    return null;
  const said = saidTime(draft, at);
  if (!said || said.main.hasClock) return null;
  const { value } = rangeEntity(draft, said.main);
  const last =
    typeof value === 'object' && value !== null ? (Reflect.get(value, 'end') as unknown) : undefined;
  const until = typeof last === 'string' ? civilFromIso(last, draft.timezone) : null;
  if (!until || until.moment <= from.moment) return null;
  const moment = formatInstant(until.moment, draft.timezone);
  const entity = entityAt(draft, 'end', at, moment, 'the end of that day');
  return [actOn(draft, 'update_event', [spokenEvent(draft), entity])];
}
