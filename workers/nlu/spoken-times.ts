import type { NluInput } from './nlu-input.ts';
import { FRESH_MS } from './fresh.ts';
import { withWords, type PlainText } from './plain-text.ts';
import { readAmounts } from './time/amounts.ts';
import { civilFromIso, formatDay } from './time/civil.ts';
import { TokenView, tokenize } from './time/tokens.ts';
import { foldText } from './text.ts';

/** One thing more, rather than a change of the one before. */
const ONE_MORE =
  /^[\s,.!]*(?:(?:ok|okay|oh|so|then|great|thanks|please|can you|could you)[\s,]+)*(?:and|also|plus|add|put|remind|book|schedule|pencil|new|then|another)\b/i;
const MOVES =
  /\b(?:move|push|shift|change|reschedule|postpone|make|bring|delay)\s+(?:it|that|this|them|the|my|our|both|all)\b/i;
const SAME = /,?\s+(?:and\s+)?(?:at\s+)?(?:the\s+)?same\s+(?:time|hour)\b(?!\s+as\b)/di;
const BESIDE_DAY =
  /\bthe\s+(?:(?<side>day|evening|morning)\s+(?<way>before|after)|(?:next|following)\s+day)\b(?!\s+(?:that|it|tomorrow|yesterday|the|my|our|this|christmas|next|\p{L}+day)\b)/iu;
const LATER =
  /\b(?<amount>(?:an?|half\s+an?|one|two|three|\d{1,2})\s+(?:and\s+a\s+half\s+)?(?:minutes?|mins?|hours?|hrs?))\s+(?:later|after\s+(?:that|it))\b/di;
const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60 };

/**
 * A text in which times that count from what was made last are said in full: "and site visit on friday, same time", "and cake
 * pickup the day before at 4pm", "and remind me to call Ann half an hour later".
 */
export function withSpokenTimes(
  plain: PlainText,
  { lastReceipt: last, now, timezone }: Pick<NluInput, 'lastReceipt' | 'now' | 'timezone'>,
): PlainText {
  if (!last || now.getTime() - Date.parse(last.at) >= FRESH_MS) return plain;
  if (/\?\s*$/.test(plain.text)) return plain;
  if (!ONE_MORE.test(plain.text) || MOVES.test(plain.text) || plain.text.length > 200) return plain;
  const { start, due_date, remind_at, date_range } = last.slots;
  const at = start ?? remind_at ?? due_date ?? date_range?.start;
  const known = at === undefined ? null : civilFromIso(at, timezone);
  if (!known) return plain;
  return sameHour(besideDay(later(plain, known), known), known);
}

interface Known {
  moment: number;
  hasTime: boolean;
}

const DAY = 86_400;
const clock = (moment: number): string => {
  const minutes = Math.floor((moment % DAY) / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

function later(plain: PlainText, { moment, hasTime }: Known): PlainText {
  const match = hasTime ? LATER.exec(plain.text) : null;
  const amount = match?.groups?.['amount'];
  const said = amount === undefined ? null : readAmounts(new TokenView(tokenize(foldText(amount))), 0);
  const minutes = said?.value.reduce((sum, { unit, count }) => sum + count * (MINUTES[unit] ?? 0), 0);
  if (!match || !minutes) return plain;
  const then = moment + minutes * 60;
  const span = { start: match.index, end: match.index + match[0].length };
  return withWords(plain, span, `on ${formatDay(then)} at ${clock(then)}`);
}

function besideDay(plain: PlainText, { moment }: Known): PlainText {
  const match = /\bremind\b/i.test(plain.text) ? null : BESIDE_DAY.exec(plain.text);
  if (!match) return plain;
  const day = moment + (match.groups?.['way']?.toLowerCase() === 'before' ? -DAY : DAY);
  const part = match.groups?.['side']?.toLowerCase();
  const span = { start: match.index, end: match.index + match[0].length };
  return withWords(plain, span, `on ${formatDay(day)}${part && part !== 'day' ? ` in the ${part}` : ''}`);
}

function sameHour(plain: PlainText, { moment, hasTime }: Known): PlainText {
  const match = hasTime ? SAME.exec(plain.text) : null;
  if (!match) return plain;
  return withWords(plain, { start: match.index, end: match.index + match[0].length }, ` at ${clock(moment)}`);
}
