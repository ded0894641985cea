import type { DateRange } from '../../../contracts/slots.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { entityAt, type Draft, type Recognition } from '../draft.ts';
import { rangeEntity, timesIn } from '../extract/times.ts';
import { civilFromIso, civilInZone, DAY, formatDay, formatInstant } from '../time/civil.ts';
import type { Rule } from './rule.ts';

const SAY = String.raw`(?:say|tell\s+you|write|mention|ask(?:\s+you)?|talk|speak|chat|discuss)`;
const SAID = String.raw`(?:said|told\s+you|wrote|written|mentioned|asked(?:\s+you)?|talked|spoke|discussed)`;
const WITH_YOU = String.raw`(?:\s+(?:about|of|to\s+you|with\s+you|here))*`;
/** "What did I say about wednesday" is about the day, and not of it. */
const BEFORE_TIME = String.raw`(?:\s+(?:to\s+you|with\s+you|here|(?:about|of)(?=\s+(?:on|in|last|this|yesterday|today)\b)))*`;
const DONE = String.raw`(?:have|had|go(?:\s+(?:to|for|out\s+for))?|went(?:\s+(?:to|for))?|do|did|meet|met|see|saw|play|played|eat|ate|attend|attended|visit|visited)`;
const PLACE = String.raw`(?:place|restaurant|caf[eé]|bar|pub|venue|location|hotel|bistro|pizzeria)`;
const sure = /^/;

/** All that was said in a time, or what was said last. */
const saidThen = (draft: Draft, recognition: Recognition): Recognition | null => {
  const { target, body } = recognition;
  const [time] = target ? timesIn(draft, target, [], true) : [];
  const range = time && rangeEntity(draft, time);
  const value = range && pastOf(range.value as DateRange, draft);
  if (!target || !range || !value) return null;
  const implied = [entityAt(draft, 'date_range', range, value, 'when it was said')];
  const nothing = { start: body.end, end: body.end };
  return { ...bare(recognition), body: nothing, implied, params: { looks_back: 'then' } };
};

/** "On monday" of what was said is the last one; today's is over as far as it goes. */
function pastOf(range: DateRange, { now, timezone }: Draft): DateRange | null {
  const [from, to] = [range.start, range.end].map((iso) =>
    iso === undefined ? null : (civilFromIso(iso, timezone) ?? null),
  );
  if (!from) return range;
  const today = civilInZone(now, timezone);
  if (from.moment <= today) return range;
  const moved = (at: NonNullable<typeof from>): string =>
    at.hasTime ? formatInstant(at.moment - 7 * DAY, timezone) : formatDay(at.moment - 7 * DAY);
  // Only a day of the week comes every week.
  return from.moment - 7 * DAY > today ? null : { start: moved(from), ...(to && { end: moved(to) }) };
}

const bare = ({ target: _target, ...recognition }: Recognition): Recognition => recognition;

/** What takes place by its name, and which of those that have been. */
const ofEvent =
  (looksBack: NonNullable<ActParams['looks_back']>) =>
  (draft: Draft, recognition: Recognition): Recognition | null => {
    const { target, body } = recognition;
    if (!target) return null;
    const query = draft.text.slice(target.start, target.end).replace(/^(?:the|my|our|a|an)\s+(?=\S)/i, '');
    const implied = [entityAt(draft, 'query', target, query, 'what is asked about')];
    const nothing = { start: body.end, end: body.end };
    return { ...bare(recognition), body: nothing, implied, params: { asks: 'time', looks_back: looksBack } };
  };

/** Questions about what has been: what was said, when something was the last time, when it usually is. */
export const LOOKING_BACK_RULES: readonly Rule[] = [
  {
    name: 'back.said-then',
    action: 'search',
    confidence: 0.97,
    sure,
    pattern: new RegExp(
      String.raw`^what\s+(?:did|have)\s+(?:i|we)\s+(?:${SAY}|${SAID})${BEFORE_TIME}\s+(?<target>(?:(?:on|in)\s+)?(?:(?:the\s+)?(?:last|this|past)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|today|yesterday|morning|evening|the\s+\d{1,2}(?:st|nd|rd|th)(?:\s+of\s+\p{L}+)?|\p{L}+\s+\d{1,2})(?:\s+(?:morning|afternoon|evening))?)$`,
      'dsu',
    ),
    read: saidThen,
  },
  {
    name: 'back.said-last',
    action: 'search',
    confidence: 0.97,
    sure,
    pattern: new RegExp(
      String.raw`^what\s+(?:was|is)\s+the\s+last\s+(?:thing|message)\s+(?:that\s+)?(?:i|we)\s+(?:${SAID}|talked|sent(?:\s+you)?)${WITH_YOU}$|^what\s+did\s+(?:i|we)\s+(?:last|just)\s+${SAY}${WITH_YOU}(?:\s+last)?$|^what\s+did\s+(?:i|we)\s+${SAY}${WITH_YOU}\s+last$|^what\s+was\s+my\s+last\s+message$`,
      'ds',
    ),
    read: (_draft, recognition) => ({
      ...recognition,
      body: { start: recognition.body.end, end: recognition.body.end },
      params: { looks_back: 'last' },
    }),
  },
  {
    name: 'back.place',
    action: 'search',
    confidence: 0.97,
    sure,
    pattern: new RegExp(
      String.raw`^(?:where|what|which)\s+(?:was|is|were)\s+(?:the\s+name\s+of\s+)?(?:that|the)\s+(?<target>${PLACE})\s+(?:that\s+|which\s+)?(?:we|i)\s+(?:${SAID}|were\s+talking)${WITH_YOU}(?:\s+(?:called|again))?$`,
      'ds',
    ),
    read: (draft, recognition) => {
      const { target, body } = recognition;
      if (!target) return null;
      const words = draft.text.slice(target.start, target.end);
      const implied = [entityAt(draft, 'query', target, words, 'the words looked for')];
      const nothing = { start: body.end, end: body.end };
      return { ...bare(recognition), body: nothing, implied, params: { looks_back: 'place' } };
    },
  },
  {
    name: 'back.last',
    action: 'list_events',
    confidence: 0.97,
    sure,
    pattern: new RegExp(
      String.raw`^when\s+(?:did|have)\s+(?:i|we)\s+last\s+${DONE}\s+(?<target>\S.{0,80}?)$|^when\s+was\s+(?:the\s+last\s+time\s+(?:that\s+)?(?:i|we)\s+${DONE}\s+(?<target2>\S.{0,80}?)|(?:my|our|the)\s+last\s+(?!(?:time|one|message|thing|e-?mail|task|reminder)\b)(?<target3>\S.{0,80}?))$`,
      'ds',
    ),
    read: ofEvent('last'),
  },
  {
    name: 'back.usual',
    action: 'list_events',
    confidence: 0.97,
    sure,
    pattern: new RegExp(
      String.raw`^(?:when|(?:at\s+)?what\s+time)\s+do\s+(?:i|we)\s+(?:usually|normally|mostly)\s+${DONE}\s+(?<target>\S.{0,80}?)$|^when\s+is\s+my\s+usual\s+(?<target2>\S.{0,80}?)$`,
      'ds',
    ),
    read: ofEvent('usual'),
  },
];
