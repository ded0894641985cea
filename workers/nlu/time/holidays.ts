import { DAY, civilParts } from './civil.ts';
import type { Feast } from './feasts.ts';
import { LONGEST_NAME, feastNamed, ruleAt } from './feasts.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { readYear } from './year.ts';

const LEADS = 'on by before until till after due since at from through thru for over during around'.split(
  ' ',
);
const BACK = ['last', 'past', 'previous'];
const AHEAD = ['next', 'this', 'coming', 'upcoming', 'following'];

/** Feasts are also words of titles ("christmas presents"): they count after a word that leads to a date. */
export const holiday: PieceReader = (view, index, context) => {
  const start = skip(view, index, 'the');
  const lead = view.word(start);
  const modified = BACK.includes(lead) || AHEAD.includes(lead);
  const at = modified ? skip(view, start + 1, 'coming', 'past', 'year') : start;
  const named = readName(view, at) ?? (start > index && !modified ? readName(view, index) : null);
  if (!named) return null;
  const { value: feast } = named;
  const { next } = named;
  const year = readYear(view, next);
  if (!modified && !year && !context.lenient && !view.is(index - 1, ...LEADS)) return null;
  const rule = ruleAt(feast, context.timezone);
  const spans = (y: number): Span[] => rule(y).map((day) => spanOf(day, feast));
  const last = BACK.includes(lead);
  if (year) {
    const [first] = spans(year.value);
    return first ? { value: datePiece(first), next: year.next } : null;
  }
  const back = last || (!modified && view.is(index - 1, 'since'));
  const found = back ? gone(spans, context) : coming(spans, context);
  if (!found) return null;
  const value: DatePiece = datePiece(found);
  if (back) return { value: { ...value, past: true }, next };
  return modified ? { value, next } : { value: { ...value, open: 'year', within: inside(spans) }, next };
};

/** The longest name at the index, whatever apostrophes, dots and dashes are written in it. */
function readName(view: TokenView, index: number): Read<Feast> | null {
  let best: Read<Feast> | null = null;
  let name = '';
  let words = 0;
  for (let at = index; words < LONGEST_NAME && at < view.length; at += 1) {
    const mark = view.mark(at);
    if (mark === '.' || mark === '-' || mark === "'" || (mark === ',' && words > 0)) continue;
    const word = view.digits(at) !== '' ? view.digits(at) : view.word(at).replaceAll("'", '');
    if (word === '') break;
    const suffix = ['st', 'nd', 'rd', 'th'].includes(word) && view.digits(at - 1) !== '' && view.glued(at);
    name += words === 0 || suffix ? word : ` ${word}`;
    words += 1;
    const feast = feastNamed(name);
    if (feast) best = { value: feast, next: at + 1 };
  }
  return best;
}

function spanOf(day: number, { name, days }: Feast): Span {
  return days === 1 ? daySpan(day, name) : { start: day, end: day + days * DAY, grain: 'day', reason: name };
}

function coming(spans: (year: number) => Span[], { today }: TimeContext): Span | undefined {
  const { year } = civilParts(today);
  for (const y of [year, year + 1, year + 2, year + 3, year + 4, year + 5, year + 6, year + 7, year + 8]) {
    const found = spans(y).find(({ end }) => end > today);
    if (found) return found;
  }
  return undefined;
}

function gone(spans: (year: number) => Span[], { today }: TimeContext): Span | undefined {
  const { year } = civilParts(today);
  for (const y of [year, year - 1, year - 2, year - 3, year - 4]) {
    const found = spans(y).findLast(({ start }) => start < today);
    if (found) return found;
  }
  return undefined;
}

function inside(spans: (year: number) => Span[]): (frame: Span) => Span[] {
  return (frame) => {
    const [first, last] = [civilParts(frame.start).year, civilParts(frame.end - 1).year];
    if (last - first > 12) return [];
    for (let year = first; year <= last; year += 1) {
      const found = spans(year).find(({ start }) => start >= frame.start && start < frame.end);
      if (found) return [found];
    }
    return [];
  };
}
