import { WEEKDAY_CODES } from '../../../contracts/recurrence.ts';
import type { Act } from '../../../contracts/nlu.ts';
import { CHANGED_BY } from '../correction-act.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { WEEKDAYS } from '../time/words.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

const DAYS = String.raw`(?:weekends?|saturdays?\s+(?:and|or)\s+sundays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days)`;
/** "Not on weekends", "but never on fridays" */
const NOT_ON = new RegExp(
  String.raw`^[\s,.!]*(?:(?:ok|okay|oh|no|and|but|so|actually|please|sorry|wait|just)[\s,]+)*(?:(?:not|never|except(?:\s+for)?|skip|leave\s+out|excluding|without|no|don't(?:\s+remind\s+me)?|do\s+not(?:\s+remind\s+me)?)\s+)(?:(?:it|that|this)\s+)?(?:(?:on|at|over|for|the)\s+)*(?<days>${DAYS}(?:\s*(?:,|and|or|&)\s*(?:on\s+)?${DAYS})*)(?:[\s,]+(?:though|please|then|thanks))*[\s.!]*$`,
  'd',
);

/** Days of the week on which what was just made is not to come. */
export function exceptedDays(draft: Draft, input: NluInput): Act[] | null {
  const last = freshReceipt(input);
  const changed = last && CHANGED_BY[last.action];
  const match = NOT_ON.exec(draft.folded);
  const at = match && groupAt(match, 'days');
  const rule = changed && at && withoutDays(last.slots.recurrence ?? '', match.groups?.['days'] ?? '');
  return rule
    ? [
        actOn(draft, changed.action, [
          entityAt(draft, 'target', NOWHERE, { kind: changed.kind, reference: 'last' }, 'what was made last'),
          entityAt(draft, 'recurrence', at, rule, 'without those days'),
        ]),
      ]
    : null;
}

/** The rule without these days; null where it has none of them, or no others. */
function withoutDays(rule: string, words: string): string | null {
  const gone = words
    .split(/[^a-z]+/)
    .flatMap((word) => (word.startsWith('weekend') ? [6, 7] : (WEEKDAYS.get(word.replace(/s$/, '')) ?? [])))
    .map((day) => WEEKDAY_CODES[day - 1]);
  const own = /(?<=;BYDAY=)[A-Z]{2}(?:,[A-Z]{2})*(?=;|$)/.exec(rule)?.[0].split(',');
  const isDaily = /^FREQ=DAILY(?!.*(?:INTERVAL|BYDAY))/.test(rule);
  if (!isDaily && !(own && rule.startsWith('FREQ=WEEKLY'))) return null;
  const before = isDaily ? WEEKDAY_CODES : (own ?? []);
  const after = before.filter((code) => !gone.some((other) => other === code));
  if (after.length === 0 || after.length === before.length) return null;
  return isDaily
    ? rule.replace('FREQ=DAILY', `FREQ=WEEKLY;BYDAY=${after.join(',')}`)
    : rule.replace(/(?<=;BYDAY=)[A-Z,]+/, after.join(','));
}
