import type { ActParams } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { type Amount, readAmounts } from '../time/amounts.ts';
import { TokenView, tokenize } from '../time/tokens.ts';
import type { TimeUnit } from '../time/words.ts';
import { SHIFT_UNITS, type Shift } from './change.ts';

/** How far something moves from where it is, or how much longer it gets: the item tells what that comes to. */
export interface Distance {
  params: Pick<ActParams, 'shift' | 'lengthen'>;
  /** The words of it, which name no item. */
  cuts: Range[];
}

const verb = (words: string): string => String.raw`(?<![\p{L}-])(?:${words})(?![\p{L}-])`;
const VERB = new RegExp(
  [
    `(?<lengthens>${verb('extend(?:ing)?|prolong(?:ing)?|lengthen(?:ing)?|stretch(?:ing)?')})`,
    `(?<shortens>${verb('shorten(?:ing)?|cut(?:ting)?|trim|shave|reduce|knock|chop|take')})`,
    `(?<adds>${verb('add(?:ing)?|tack|give|giving')})`,
    // What ends later gets longer.
    `(?<ends>${verb('end|finish|stop|wrap(?: up)?')})`,
    `(?<hastens>${verb('bring(?:ing)?|pull(?:ing)?|prepone')})`,
    `(?<delays>${verb('push(?:ing)?|postpon(?:e|ing)|delay(?:ing)?|defer|put|bump(?:ing)?|set')})`,
    `(?<moves>${verb('mov(?:e|ing)|shift(?:ing)?|reschedul(?:e|ing)|slide|start|begin|make|have')})`,
  ].join('|'),
  'u',
);
type Way = 'lengthens' | 'shortens' | 'adds' | 'ends' | 'hastens' | 'delays' | 'moves';

const BEFORE =
  /(?:^|\s)(?:(?:(?<later>back|out|off|later)|(?<earlier>earlier|sooner)|(?<forward>forward|ahead|up)|(?<longer>longer)|(?<shorter>shorter))\s+)?(?:(?<by>by)\s+|for\s+|(?<to>to|until|till)\s+)?(?:(?:about|around|roughly|just|an extra)\s+)*$/;
const AFTER =
  /^\s*(?:(?<later>later|back|out)|(?<earlier>earlier|early|sooner)|(?<forward>forward|ahead|up)|(?<longer>longer|extra|more)|(?<shorter>shorter|less)|(?<from>off(?: of)?|from|out of)|(?<onto>to|onto|on))(?![\p{L}-])/u;
const MORE = /\b(?:another|more|extra|additional|further)\b/;
const FORWARD_NEXT = /^\s*(?:(?:it|that|this)\s+)?(?:forward|ahead|up)(?![\p{L}-])/u;

/** "back an hour", "forward by 15 minutes", "by half an hour" after "extend", "10 minutes off the sync" */
export function findDistance(draft: Draft, range: Range): Distance | null {
  const tokens = tokenize(draft.folded.slice(0, range.end), draft.quotes).filter(
    ({ start }) => start >= range.start,
  );
  const view = new TokenView(tokens.slice(0, MOST_TOKENS));
  for (let index = 0; index < view.length; index += 1) {
    const read = readAmounts(view, index);
    const [first, last] = [view.tokens[index], read && view.tokens[read.next - 1]];
    const found = read && first && last && distanceAt(draft, range, first.start, last.end, read.value);
    if (found) return found;
    if (read) index = read.next - 1;
  }
  return null;
}

const MOST_TOKENS = 60;

function distanceAt(
  draft: Draft,
  range: Range,
  start: number,
  end: number,
  amounts: readonly Amount[],
): Distance | null {
  const before = draft.folded.slice(range.start, start);
  const lead = BEFORE.exec(before);
  const tail = AFTER.exec(draft.folded.slice(end, range.end));
  const said = VERB.exec(before);
  const way = Object.entries(said?.groups ?? {}).find(([, words]) => words !== undefined)?.[0] as
    Way | undefined;
  const [left, right] = [lead?.groups ?? {}, tail?.groups ?? {}];
  const is = (name: string): boolean => left[name] !== undefined || right[name] !== undefined;
  // "extend it to 2 hours" says how long it is to be.
  if (is('to') && !is('later') && !is('earlier')) return null;
  const behind = said ? before.slice(said.index + said[0].length) : '';
  const more = MORE.test(draft.folded.slice(start, end));
  const change = changeOf(way, {
    is,
    forward: is('forward') || FORWARD_NEXT.test(behind),
    more,
  });
  if (!change) return null;
  const params = change.of === 'length' ? lengthened(amounts, change.sign) : moved(amounts, change.sign);
  if (!params) return null;
  const cuts = [{ start: range.start + (lead?.index ?? before.length), end: end + (tail?.[0].length ?? 0) }];
  if (said) cuts.push({ start: range.start + said.index, end: range.start + said.index + said[0].length });
  return { params, cuts };
}

/** What an amount beside a verb changes, and which way; null where it is a length or a moment of its own. */
function changeOf(
  way: Way | undefined,
  { is, forward, more }: { is: (name: string) => boolean; forward: boolean; more: boolean },
): { of: 'length' | 'place'; sign: 1 | -1 } | null {
  if (is('longer')) return { of: 'length', sign: 1 };
  if (is('shorter')) return { of: 'length', sign: -1 };
  if (way === 'ends' && (is('later') || is('earlier'))) return { of: 'length', sign: is('earlier') ? -1 : 1 };
  if (way === 'lengthens') return { of: 'length', sign: 1 };
  if (way === 'shortens') return is('from') || is('by') ? { of: 'length', sign: -1 } : null;
  if (way === 'adds') return is('onto') || more ? { of: 'length', sign: 1 } : null;
  if (is('earlier')) return { of: 'place', sign: -1 };
  // Most people who move something forward want it sooner; who pushes it forward wants it later.
  if (forward && way) return { of: 'place', sign: way === 'delays' ? 1 : -1 };
  if (is('later')) return { of: 'place', sign: 1 };
  if (way === 'hastens') return is('by') ? { of: 'place', sign: -1 } : null;
  if (way === 'delays') return { of: 'place', sign: 1 };
  return way === 'moves' && is('by') ? { of: 'place', sign: 1 } : null;
}

const MINUTES: Partial<Record<TimeUnit, number>> = { minute: 1, hour: 60, day: 24 * 60 };

const minutesOf = (amounts: readonly Amount[]): number =>
  Math.round(amounts.reduce((sum, { count, unit }) => sum + count * (MINUTES[unit] ?? Number.NaN), 0));

function lengthened(amounts: readonly Amount[], sign: number): Distance['params'] | null {
  const minutes = minutesOf(amounts);
  return minutes >= 1 && minutes <= MOST_MINUTES ? { lengthen: sign * minutes } : null;
}

const MOST_MINUTES = 7 * 24 * 60;

/** Whole counts keep their unit, since a day is not always 24 hours; "an hour and a half" is minutes. */
function moved(amounts: readonly Amount[], sign: number): Distance['params'] | null {
  const [only] = amounts;
  const unit: Shift['unit'] | undefined = only && SHIFT_UNITS[only.unit];
  if (only && unit && amounts.length === 1 && Number.isInteger(only.count))
    return only.count >= 1 && only.count <= MOST_COUNT ? { shift: { unit, count: sign * only.count } } : null;
  const minutes = minutesOf(amounts);
  return minutes >= 1 ? { shift: { unit: 'minute', count: sign * minutes } } : null;
}

const MOST_COUNT = 4_000;
