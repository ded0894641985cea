import type { Draft } from '../draft.ts';
import { civilParts } from '../time/civil.ts';
import type { Range } from '../text.ts';
import type { Moment } from './moments.ts';

const HABIT = String.raw`(?:(?:usually|normally|always|generally|mostly|typically|tend to)\s+)?`;
const NUMBER = String.raw`(?:\d{1,2}(?:[:.h]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`;
const TIME = String.raw`(?:noon|midday|midnight|(?:(?:a\s+)?quarter|half|ten|twenty|five|\d{1,2})?\s*(?:(?:past|to|after)\s+)?${NUMBER}(?:\s+(?:thirty|fifteen|forty-?\s?five))?)(?:\s*(?:[ap]\.?m\.?|o'?clock|h|sharp))?(?:\s+in\s+the\s+(?:morning|afternoon|evening))?`;
const AT = String.raw`\s+(?:(?:at|around|about|by|from|after|till|until|from\s+about|at\s+around|at\s+about)\s+)?${TIME}`;
const STARTS = String.raw`(?:start|begin|starts|begins|clock\s+in)`;
const ENDS = String.raw`(?:finish|stop|end|quit|finishes|stops|ends|knock\s+off|clock\s+off|clock\s+out|get\s+off|call\s+it\s+a\s+day|go\s+home|leave\s+(?:work|the\s+office)|am\s+(?:done|off|finished)|is\s+over|(?:done|off|finished))`;
const WORKING = String.raw`(?:\s+(?:with\s+|from\s+)?(?:work|working|my\s+(?:work(?:ing)?\s*)?day|my\s+shift|the\s+day))?`;
const VERB = String.raw`${HABIT}(?:${STARTS}|${ENDS})${WORKING}(?:\s+(?:usually|normally|always|mostly))?`;
const EVERY = String.raw`(?:[\s,]+(?:every\s+(?:work|week)?\s?day|each\s+day|most\s+(?:work|week)?days|(?:on\s+)?(?:work|week)\s?days|usually|normally|from\s+now\s+on|as\s+a\s+rule|always|at\s+work|these\s+days))*`;
const WHO = String.raw`(?:i(?:'m|m|\s+am)?|we(?:'re|\s+are)?|my\s+(?:work\s?day|working\s+day|day|work|shift|workday)(?:'s)?)`;

/** "I start at 9 and finish at 5:30", "my workday ends at 6": a habit, with nothing else in it. */
export const WORK_TIMES = String.raw`(?:usually\s+|normally\s+|on\s+(?:work|week)days\s+|most\s+days\s+)?${WHO}\s+${VERB}${AT}(?:(?:\s*,\s*|\s+)(?:(?:and|but|then)\s+)?(?:(?:i|it|we)(?:'m|m|\s+am)?\s+)?${VERB}${AT})?${EVERY}`;

const NEVER = String.raw`(?:never|don't|do\s+not|won't|will\s+not|can't|cannot)\s+(?:ever\s+|usually\s+)?work`;
/** "I never work before 10": not when one works, but where the working day ends or begins. */
export const WORK_BOUNDS = String.raw`(?:i|we)\s+${NEVER}\s+(?:before|until|till|earlier\s+than|after|past|later\s+than)\s+${TIME}(?:\s+(?:or|and|nor)\s+(?:before|after|past|later\s+than)\s+${TIME})?${EVERY}`;
const BEFORE = new RegExp(String.raw`\b${NEVER}\b.*\b(?:before|until|till|earlier\s+than)\s*$`);
const AFTER = new RegExp(String.raw`\b${NEVER}\b.*\b(?:after|past|later\s+than)\s*$`);

const BEGINS_AT = new RegExp(String.raw`\b(?:${STARTS}|starting|from)\b`, 'g');
const ENDS_AT = new RegExp(String.raw`\b(?:${ENDS}|stopping|finishing|until|till)\b`, 'g');

/** The edges of a working day that verbs stand before; null where none does. */
export function workHours(
  moments: readonly Moment[],
  words: string,
  range: Range,
): { value: { start?: string; end?: string }; span: Range } | null {
  const edges: { start?: string; end?: string } = {};
  const spans: Range[] = [];
  let from = 0;
  for (const { time, start, end } of moments) {
    const before = words.slice(from, start - range.start);
    const lead = words.slice(start - range.start, end - range.start);
    from = end - range.start;
    const isNow = /^(?:from\s+)?now\b/.test(lead);
    const reading = time?.hasClock === true && !time.isRange && !isNow ? time : null;
    // "I never work before 10" begins then.
    const until = `${words.slice(0, start - range.start)}${/^(?:before|until|till|after|past)\b/.exec(lead)?.[0] ?? ''}`;
    const bound = BEFORE.test(until) ? 'start' : AFTER.test(until) ? 'end' : null;
    const edge = bound ?? edgeOf(`${before}${/^(?:from|until|till)\b/.exec(lead)?.[0] ?? ''}`);
    if (!reading || !edge || edges[edge] !== undefined) continue;
    // A day begins in the morning, or early in the afternoon, and ends after noon.
    const fits = (hour: number): boolean => (edge === 'start' ? hour >= 4 && hour < 16 : hour >= 12);
    const clocks = reading.readings.map(({ start: at }) => civilParts(at));
    const clock = clocks.find(({ hour }) => fits(hour)) ?? clocks[0];
    if (!clock) continue;
    edges[edge] = sayClock(clock);
    spans.push({ start, end });
  }
  const [first] = spans;
  const last = spans.at(-1);
  return first && last ? { value: edges, span: { start: first.start, end: last.end } } : null;
}

/** "08:30" */
export const sayClock = ({ hour, minute }: { hour: number; minute: number }): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** Which edge the last verb before a time is of. */
function edgeOf(before: string): 'start' | 'end' | null {
  const at = (form: RegExp): number => [...before.matchAll(form)].at(-1)?.index ?? -1;
  const [begins, ends] = [at(BEGINS_AT), at(ENDS_AT)];
  return begins === ends ? null : begins > ends ? 'start' : 'end';
}

/** "Monday to friday from 8 to 4": hours are the same on all working days. */
export const withoutWorkDays = (draft: Draft): Draft => ({
  ...draft,
  folded: draft.folded.replace(WORK_DAYS, (days) => ' '.repeat(days.length)),
});
const WORK_DAYS =
  /\b(?:(?:from|on)\s+)?mon(?:day)?s?\s*(?:to|-|through|thru|until|till)\s*fri(?:day)?s?\b,?/g;
