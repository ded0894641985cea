import type { Act } from '../../../contracts/nlu.ts';
import { freshSubject } from '../corrections.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { isItAnEvent } from '../last-item.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, groupAt, spokenEvent } from './act-on.ts';
import { daysAt } from './days-at.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|hm+|no|and|but|so|actually|please|well|also|then|can\s+(?:we|you)|could\s+(?:we|you)|let's|wait|sorry)[\s,]+)*`;
const CANCELS = String.raw`(?:cancel|call\s+off|delete|remove|skip|drop)`;
const TAIL = String.raw`(?:\s+(?:instead|please|now|then|only|thanks))*[\s.!]*$`;
const DAY_NAME = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';

/** "Cancel next week's", "cancel next monday's" */
const ITS_DAY = new RegExp(
  String.raw`${LEAD}${CANCELS}\s+(?:the\s+)?(?<when>today|tonight|tomorrow|(?:(?:this|next)\s+)?(?:week|${DAY_NAME}))['’]s(?:\s+(?:one|class|session|lesson|training|practice|meeting))?${TAIL}`,
  'd',
);
/** "Cancel the next one" */
const NEXT_ONE = new RegExp(
  String.raw`${LEAD}${CANCELS}\s+(?:(?:just|only)\s+)?the\s+next\s+(?:one|class|session|lesson|training|practice|meeting|time)${TAIL}`,
);
/** "Cancel all following ones from december 1st" */
const ALL_SINCE = new RegExp(
  String.raw`${LEAD}${CANCELS}\s+(?:all|everything)\s+(?:of\s+)?(?:the\s+)?(?:(?:following|later|future|coming|upcoming|remaining)(?:\s+ones?|\s+dates|\s+days|\s+sessions)?)\s+(?:from|starting(?:\s+(?:from|on|in|with))?|since|after|as\s+of|beginning(?:\s+(?:on|in|with))?)\s+(?<when>\S.{0,30}?)(?:\s+on(?:wards?)?)?${TAIL}`,
  'd',
);

/** Of a series that was just spoken of, days ahead are called off. */
export function thoseAhead(draft: Draft, input: NluInput): Act[] | null {
  if (!isItAnEvent(input)) return null;
  const since = ALL_SINCE.exec(draft.folded);
  const from = since && groupAt(since, 'when');
  const start = from && daysAt(draft, from)?.start;
  if (from && start !== undefined && start !== null)
    return [
      actOn(draft, 'cancel_event', [
        spokenEvent(draft, 'following'),
        entityAt(draft, 'date_range', from, { start }, 'from then on'),
      ]),
    ];
  if (freshSubject(input)?.known.recurrence === undefined) return null;
  if (NEXT_ONE.test(draft.folded)) return [actOn(draft, 'cancel_event', [spokenEvent(draft, 'this')])];
  const own = ITS_DAY.exec(draft.folded);
  const at = own && groupAt(own, 'when');
  const days = at && daysAt(draft, at);
  return days
    ? [
        actOn(draft, 'cancel_event', [
          spokenEvent(draft, 'this'),
          entityAt(draft, 'date_range', at, days, 'as said'),
        ]),
      ]
    : null;
}
