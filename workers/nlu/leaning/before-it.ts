import type { Act } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { readAmounts } from '../time/amounts.ts';
import { TokenView, tokenize } from '../time/tokens.ts';
import type { TimeUnit } from '../time/words.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

const MINUTES: Partial<Record<TimeUnit, number>> = { minute: 1, hour: 60, day: 1_440, week: 10_080 };

const AMOUNT = String.raw`(?<amount>(?:(?:an?|half\s+an?|one|two|three|four|five|six|ten|fifteen|twenty|thirty|forty[\s-]five|\d{1,3})\s+)(?:and\s+a\s+half\s+)?(?:minutes?|mins?|hours?|hrs?|days?|weeks?))`;
const LEADS = String.raw`^[\s,.!]*(?:(?:no+|nah|oh|ok|okay|sorry|actually|hm+|wait|rather|better|please|i\s+(?:mean|meant)|make\s+(?:it|that)|change\s+(?:it|that)\s+to|let's\s+(?:say|do))[\s,.!]+)`;
const INSTEAD = String.raw`(?:\s+(?:it|that|instead|please|then|is\s+better|would\s+be\s+better|rather))*[\s.!]*$`;
const BEFORE = new RegExp(
  String.raw`${LEADS}*${AMOUNT}\s+(?:before(?:hand)?|in\s+advance|ahead|earlier|prior)${INSTEAD}`,
  'd',
);
/** Of what was said to come so long before, another length is another distance. */
const ALONE = new RegExp(`${LEADS}+${AMOUNT}${INSTEAD}`, 'd');

/** "Make it 20" of what was said to come 15 minutes before: a number that people count minutes in is no hour then. */
const BARE = new RegExp(String.raw`${LEADS}+(?<amount>[1-5]?[05])${INSTEAD}`, 'd');
const HOUR_MINUTES = 60;

/** The number of minutes that a bare number means after a reminder that comes some minutes before something. */
export function minutesAlone(folded: string, before: number | undefined): number | null {
  const said =
    before !== undefined && before < HOUR_MINUTES ? BARE.exec(folded)?.groups?.['amount'] : undefined;
  return said === undefined ? null : Number(said);
}

/** "Make that two hours before" after a reminder that hangs on something: it comes that long before it. */
export function beforeIt(draft: Draft, input: NluInput): Act[] | null {
  const last = freshReceipt(input);
  if (last?.action !== 'set_reminder' || !last.about) return null;
  const { before } = last.said?.params ?? {};
  const alone = before === undefined ? null : ALONE.exec(draft.folded);
  const match = BEFORE.exec(draft.folded) ?? alone;
  const at = match ? groupAt(match, 'amount') : NOWHERE;
  if (!at) return null;
  const minutes = match
    ? minutesIn(draft.folded.slice(at.start, at.end))
    : (minutesAlone(draft.folded, before) ?? 0);
  if (!Number.isInteger(minutes) || minutes < 1) return null;
  const target: Target = { kind: 'reminder', reference: 'last' };
  return [
    actOn(draft, 'set_reminder', [entityAt(draft, 'target', at, target, 'the reminder spoken of last')], {
      before: minutes,
    }),
  ];
}

function minutesIn(words: string): number {
  const said = readAmounts(new TokenView(tokenize(words)), 0);
  return said?.value.reduce((sum, { unit, count }) => sum + count * (MINUTES[unit] ?? 0), 0) ?? 0;
}
