import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';

const DANGLING =
  /(?:[\s,;:(-]+|(?:^|\s)(?:on|at|by|for|in|due|before|until|till|with|and|from|is|it's|its|it is|that's|that is|which is|to be done|(?:with\s+)?(?:an?\s+|the\s+)?(?:due date|deadline|priority|duration)(?:\s+(?:of|on|is))?|sometime|around|about|starting|set for|no later than|as|before that|so))$/;
/** Said beside a date, it is no part of what is to be done. */
const TOO = /^(?:too|also|as well)$/;
const LEADING = /^(?:[\s,;:)-]+|(?:and|to(?!\s+(?:the|my|our|an?)\s)|that|then|is|it's)\s+|it$)/;
const TRAILING_TALK = /(?:[\s,]+(?:please|pls|thanks|thank you|thx|for me|ok\??|okay\??))+[\s.!]*$/;

/** What is left of the range once the cuts are out, as a clean title. Null when nothing is. */
export function titleEntity(draft: Draft, range: Range, cuts: readonly Range[]): Entity | null {
  const pieces = piecesBetween(range, [...cuts, ...draft.impossible])
    .map((piece) => cleanPiece(draft, piece, range))
    .filter(
      ({ start, end }, index) => start < end && !(index > 0 && TOO.test(draft.folded.slice(start, end))),
    );
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!first || !last) return null;
  const span = trimRange(draft.folded, { start: first.start, end: last.end });
  const words = pieces.map(({ start, end }) => draft.text.slice(start, end).trim()).join(' ');
  const title = unquote(words.replace(/\s+/g, ' ').trim());
  if (title === '' || !/[\p{L}\p{N}\p{S}]/u.test(title)) return null;
  return entityAt(draft, 'title', span, title.slice(0, 4000), 'what is left once the other parts are known');
}

function piecesBetween(range: Range, cuts: readonly Range[]): Range[] {
  const pieces: Range[] = [];
  let at = range.start;
  for (const cut of cuts.toSorted((a, b) => a.start - b.start)) {
    if (cut.end <= range.start || cut.start >= range.end) continue;
    if (cut.start > at) pieces.push({ start: at, end: cut.start });
    at = Math.max(at, cut.end);
  }
  if (at < range.end) pieces.push({ start: at, end: range.end });
  return pieces;
}

/** Drops words that only tied the piece to something cut out beside it. */
function cleanPiece(draft: Draft, piece: Range, range: Range): Range {
  let { start, end } = trimRange(draft.folded, piece);
  const cutAfter = piece.end < range.end;
  const cutBefore = piece.start > range.start;
  const inQuotes = (at: number): boolean => draft.quotes.some((quote) => quote.start < at && at < quote.end);
  if (!cutAfter && !inQuotes(end - 1)) {
    const talk = TRAILING_TALK.exec(draft.folded.slice(start, end));
    if (talk && talk.index > 0) end = start + talk.index;
    while (end > start && '.!;,?:'.includes(draft.folded[end - 1] ?? ' ')) end -= 1;
  }
  for (let turn = 0; turn < 6 && cutAfter; turn += 1) {
    const tail = DANGLING.exec(draft.folded.slice(start, end));
    if (!tail || tail[0].length === 0) break;
    end -= tail[0].length;
  }
  for (let turn = 0; turn < 4; turn += 1) {
    const lead = (cutBefore ? LEADING : /^(?:[\s,;:-]+|to\s+(?=\S))/).exec(draft.folded.slice(start, end));
    if (!lead) break;
    start += lead[0].length;
  }
  return trimRange(draft.folded, { start, end: Math.max(start, end) });
}

function unquote(title: string): string {
  const match =
    /^["`\u201c\u201e\u00ab](?<inner>[^"`\u201c\u201d\u201e\u00ab\u00bb]+)["`\u201c\u201d\u00bb]$|^['\u2018](?<single>[^'\u2018\u2019]+)['\u2019]$/.exec(
      title,
    );
  return (match?.groups?.['inner'] ?? match?.groups?.['single'] ?? title).trim();
}
