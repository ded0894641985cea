import type { Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { ACTIVITY_NOUN } from '../rules/nouns.ts';
import { looksLikeActivity } from '../rules/statement-rules.ts';
import { trimRange, type Range } from '../text.ts';
import type { TimeMatch } from '../time/expressions.ts';
import {
  FINITE,
  NOTHING_SHARED,
  shares,
  startsWithVerb,
  type LeftSide,
  type Shares,
  type Sides,
} from './sides.ts';
import type { Segment } from './segment.ts';
import { bareClause, isNounAfterAll, openingOf } from './wording.ts';

const FRAME =
  /^(?:.*?\b)?(?<frame>remind\s+(?:me|us)|wake\s+me|ping\s+me|nudge\s+me|alert\s+me|tell\s+me|i\s+(?:need|have|want)|i've\s+got|don't\s+forget|i\s+must|i\s+should)\b/;

/** "remind me every tuesday" still waits for what it is about. */
const HAS_CONTENT = /\b(?:to|about|of|for|that)\s+\p{L}/u;

/** "tomorrow at 5 call Bob | at 6 Ann", "remind me at noon to eat | at 3 to stretch": a time comes first. */
export function timedItem(sides: Sides): Shares | null {
  const { draft, left, joint, right, verb } = sides;
  const first = leadingTime(sides);
  if (!first) return null;
  const leftTimes = left.times;
  if (leftTimes.length === 0 && !BARE_HOUR.test(verb)) return null;
  const rest = trimRange(draft.folded, { start: first.end, end: right.end }, ',:-');
  const words = draft.folded.slice(rest.start, rest.end);
  if (!/^\p{L}|^["']/u.test(words) || words.endsWith('?')) return null;
  if (
    /^(?:too|as well|also|instead|or|and|at|in|on|by|until|till|from|every|each|please|pls|then|for (?:me|us))\b/.test(
      words,
    )
  )
    return null;
  if (timesIn(draft, rest).some(({ leadStart }) => leadStart <= rest.start)) return null;
  const frame = FRAME.exec(verb)?.groups?.['frame'];
  // "on wednesday to the embassy" says where to.
  const infinitive = /^(?:to|about|for|that)\s(?!(?:the|my|our|an?)\s)/.test(words);
  if (infinitive && frame !== undefined) return HAS_CONTENT.test(verb) ? shares(frame) : null;
  const opening = openingOf(bareClause(words));
  if (opening === 'activity' || opening === 'command') {
    const reminds = frame !== undefined && /^(?:remind|ping|nudge|alert)/.test(frame);
    return reminds && joint.kind !== 'end' && joint.kind !== 'break' ? shares(`${frame} to`) : NOTHING_SHARED;
  }
  if (opening === 'order' || opening === 'wish' || opening === 'question') return NOTHING_SHARED;
  // "dinner friday, 7pm table for two": one says the day and the other the hour of one thing.
  const headed = /^[^,:]{0,30}:/.test(draft.folded.slice(left.start, left.end).trim());
  const completes =
    first.clockOnly && !BARE_HOUR.test(verb) && !leftTimes.some(({ hasClock }) => hasClock) && !headed;
  if (completes && left.shares === NOTHING_SHARED) return null;
  if (joint.kind === 'comma' && /^(?:for|with|to)\s/.test(words) && !startsWithVerb(verb)) return null;
  if (FINITE.test(words)) return NOTHING_SHARED;
  return shares(verbOf(draft, left, leftTimes));
}

/** Hours that are only meant as such beside others like them. */
const BARE_HOUR =
  /\bat\s+\d{1,2}(?::\d\d)?(?=\s+\p{L})|\b\d{1,2}(?::\d\d)?\s*(?:-|to)\s*\d{1,2}(?::\d\d)?\s+(?:for|to)\b/u;

/** The time that the clause begins with, an hour as bare as "at 6 Ann" included. */
function leadingTime({
  right,
  after,
  indent,
}: Pick<Sides, 'right' | 'after' | 'indent'>): Pick<TimeMatch, 'end' | 'clockOnly'> | null {
  const [first] = right.times;
  if (first && first.leadStart <= right.start + indent + 1) return first;
  const bare =
    /^(?:at\s+\d{1,2}(?::\d\d)?|\d{1,2}(?::\d\d)?\s*(?:-|to)\s*\d{1,2}(?::\d\d)?(?=\s+(?:for|to)\b))(?=\s+\p{L})/u.exec(
      after,
    );
  // Two hours are all that is said of when, one may be the hour of a day said before.
  const one = bare?.[0].startsWith('at') === true;
  return bare && { end: right.start + indent + bare[0].length, clockOnly: one };
}

/** "remind me" with nothing said of what. */
const CALL_ALONE =
  /^(?:please\s+)?(?<call>(?:remind|ping|nudge|alert|notify|poke|buzz|warn)\s+(?:me|us))(?:\s+at)?$/;
const WAKES = /^(?<call>wake\s+(?:me|us)(?:\s+up)?)$/;
const AGAIN = /^(?:(?:once\s+)?(?:again|more)|then|also)\s+/;
/** "at 9 and 5 to take the pills" */
const BARE_AGAIN = /^\d{1,2}(?::\d\d)?(?=$|\s+(?:to|about|that)\s)/;

/** "remind me at 9 | and again at 5 to take the pills": one thing at several times. */
export function remindsAgain(sides: Sides): Shares | null {
  const { draft, left, joint, right, verb, after } = sides;
  if (joint.kind === 'end' || joint.kind === 'break') return null;
  const said = `${left.shares.before} ${bareClause(withoutTimes(draft, left, left.times))}`.trim();
  const call = CALL_ALONE.exec(said)?.groups?.['call'];
  const wakes = WAKES.exec(said)?.groups?.['call'];
  const reminds = FRAME.exec(said)?.groups?.['frame']?.startsWith('remind') === true;
  const again = call ?? wakes ?? (reminds ? said : undefined);
  if (again === undefined) return null;
  const hours = left.times.some(({ hasClock }) => hasClock) || BARE_HOUR.test(`${verb} x`);
  const skip = AGAIN.exec(after)?.[0].length ?? 0;
  const first = hourAhead({ ...sides, after: after.slice(skip), indent: sides.indent + skip });
  // "remind me tomorrow, at 5": the hour belongs to the day.
  if (!first || !(first.clockOnly ? hours : left.times.length > 0)) return null;
  const rest = draft.folded.slice(first.end, right.end).trim();
  const before = first.bare ? `${again} at` : again;
  if (call !== undefined)
    return rest === '' || /^(?:to|about|that|of)\s/.test(rest) ? shares(before, skip) : null;
  return rest === '' && joint.kind !== 'comma' && first.clockOnly ? shares(before, skip) : null;
}

/** The same requests where those that only say when know from the one that follows what they are about. */
export function withLaterContent(draft: Draft, segments: readonly Segment[]): Segment[] {
  let content = '';
  return segments
    .toReversed()
    .map((segment) => {
      const { start, end, shares: shared } = segment;
      const times = timesIn(draft, segment);
      const right = { start: start + shared.skip, end, times };
      const after = draft.folded.slice(right.start, end).trim();
      const first = CALL_ALONE.test(shared.before) ? hourAhead({ right, after, indent: 0 }) : null;
      const own = first ? draft.text.slice(first.end, end).trim() : '';
      const said = `${shared.before} ${bareClause(withoutTimes(draft, segment, times))}`.trim();
      if (own === '' && (first || CALL_ALONE.test(said)))
        return { ...segment, shares: { ...shared, after: content } };
      content = own;
      return segment;
    })
    .toReversed();
}

/** The time that the clause begins with, a bare number where hours are being told included. */
function hourAhead(
  side: Pick<Sides, 'right' | 'after' | 'indent'>,
): (Pick<TimeMatch, 'end' | 'clockOnly'> & { bare: boolean }) | null {
  const bare = BARE_AGAIN.exec(side.after)?.[0].length;
  if (bare !== undefined) return { end: side.right.start + side.indent + bare, clockOnly: true, bare: true };
  const time = leadingTime(side);
  return time && { end: time.end, clockOnly: time.clockOnly, bare: false };
}

/** The verb, and what frames it, in a request with the times left out: "call", "remind me to call", "block". */
function verbOf(draft: Draft, left: LeftSide, times: readonly TimeMatch[]): string {
  const own = `${left.shares.before} ${bareClause(withoutTimes(draft, left, times))}`.trim();
  const framed =
    /^(?:.*?\b(?:remind me (?:to|about|of)|need to|have to|must|don't forget to|got to|gotta)\s+)(?:\S+(?:\s+with)?)/.exec(
      own,
    );
  if (framed) return framed[0];
  if (isNounAfterAll(own) || (!startsWithVerb(own) && !looksLikeActivity(own))) return '';
  return /^(?:\S+\s+(?:an?\s+)?\S+\s+with(?=\s)|set up|pick up|put in|\S+)/.exec(own)?.[0] ?? '';
}

function withoutTimes(draft: Draft, range: Range, times: readonly TimeMatch[]): string {
  let text = draft.folded.slice(range.start, range.end);
  for (const { leadStart, end } of times.toReversed())
    text = `${text.slice(0, Math.max(0, leadStart - range.start))} ${text.slice(Math.max(0, end - range.start))}`;
  return text
    .replace(BARE_HOUR, ' ')
    .replace(/^[\s,:-]+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "remind me to water the ferns in an hour | to feed the cat in two": both with a time of their own. */
export function framedInfinitive({ left, right, verb, after, joint }: Sides): Shares | null {
  if (!/^to\s+\p{L}/u.test(after) || joint.kind === 'end') return null;
  const frame = FRAME.exec(verb)?.groups?.['frame'];
  if (frame === undefined || left.times.length === 0) return null;
  if (right.times.length > 0) return shares(frame);
  const unit = /\b(?:in|for)\s+(?:an?|one|\d+|\p{L}+)\s+(?<unit>minute|min|hour|day|week)s?\b/u.exec(
    verb,
  )?.groups;
  const count = /\s(?:in|for)\s+(?:\d+|two|three|four|five|six|ten|a\s+few)$/.test(after);
  return unit && count ? shares(frame, 0, `${unit['unit'] ?? ''}s`) : null;
}

/** "lunch with Ana friday at noon | drinks with Bo saturday at 8", "call Bob at 5 | Ann at 6": a time comes last. */
export function itemWithTime({ draft, left, joint, right, after }: Sides): Shares | null {
  const times = right.times;
  const last = times.at(-1);
  const opening = openingOf(bareClause(after));
  if (!last || opening !== 'other' || FINITE.test(after) || after.endsWith('?')) return null;
  if (last.leadStart <= right.start + 1 || !(last.hasClock || !last.clockOnly)) return null;
  const leftTimes = left.times;
  const lastLeft = leftTimes.at(-1);
  if (!lastLeft || lastLeft.end < left.end - 30 || lastLeft.hasClock !== last.hasClock) return null;
  const item = draft.folded.slice(right.start, last.leadStart).trim();
  if (!/^["'\p{L}]/u.test(item) || item.split(/\s+/).length > 7 || /^(?:to|on|or)\b/.test(item)) return null;
  // Whoever is reminded to call somebody is not reminded of dinner.
  const reminds = /^remind\s+(?:me|us)\b.*\bto\s/.test(bareClause(draft.folded.slice(left.start, left.end)));
  if (reminds && ACTIVITY_NOUN.test(item) && last.hasClock && !last.clockOnly) return NOTHING_SHARED;
  const action = verbOf(draft, left, leftTimes);
  // A comma alone joins nouns only where both say day and hour.
  if (joint.kind === 'comma' && !last.hasClock) return null;
  return shares(action);
}

/** "lunch with Ana at 12 | with Tom at 1", "| Tom at 1": the same with somebody else. */
export function withAnother({ draft, left, joint, right, after }: Sides): Shares | null {
  if (joint.kind === 'end' || joint.kind === 'break') return null;
  const [time, more] = right.times;
  const first = left.times.at(-1);
  if (!time?.hasClock || more || !first?.hasClock) return null;
  const who = draft.text.slice(right.start, time.leadStart).trim();
  const named = /^(?<prep>with\s+)?(?<name>(?:\p{Lu}[\p{L}'-]+|mum|mom|dad)(?:\s+\p{Lu}[\p{L}'-]+)*)$/u.exec(
    who,
  )?.groups;
  if (!named || ACTIVITY_NOUN.test(after)) return null;
  const said = `${left.shares.before} ${bareClause(withoutTimes(draft, left, left.times))}`.trim();
  const what = /^(?<head>(?:\S+\s+){0,4}?\S+)\s+with\s+\S/u.exec(said)?.groups?.['head'];
  if (what === undefined || /\b(?:to|that|about)\b/.test(what)) return null;
  return shares(named['prep'] === undefined ? `${what} with` : what);
}

/** "wednesday i have swimming at 4:30 | on friday too", "gym mon 7am | wed 7am": all but the time is shared. */
export function onlyAnotherTime({ draft, left, joint, right, after }: Sides): Shares | null {
  if (joint.kind === 'end' || joint.kind === 'break') return null;
  const [time, more] = right.times;
  if (!time || more || time.leadStart > right.start + 1 || time.isRange) return null;
  const tail = draft.folded.slice(time.end, right.end).trim();
  const again = /^(?:too|as well|also|again)\b/.test(tail);
  if (tail !== '' && !again) return null;
  const leftTimes = left.times;
  const dated = (match: TimeMatch): boolean => match.hasClock && !match.clockOnly;
  const first =
    leftTimes.length === 1 ? leftTimes[0] : leftTimes.find(({ clockOnly }) => clockOnly === time.clockOnly);
  if (!first || leftTimes.length > 2 || /\?/.test(after)) return null;
  if (!again && !(dated(first) && dated(time))) return null;
  const leftWords = draft.folded.slice(left.start, left.end);
  if (/^(?:what|when|show|am|do)\b/.test(bareClause(leftWords))) return null;
  return shares(withoutTimes(draft, left, [first]));
}
