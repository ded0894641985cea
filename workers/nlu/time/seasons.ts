import { civil, civilParts } from './civil.ts';
import { yearly } from './numbered-periods.ts';
import type { PieceReader, Span } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import type { TokenView } from './tokens.ts';
import { readYear } from './year.ts';

const SEASONS: ReadonlyMap<string, number> = new Map([
  ['spring', 0],
  ['springtime', 0],
  ['summer', 1],
  ['summertime', 1],
  ['autumn', 2],
  ['fall', 2],
  ['winter', 3],
  ['wintertime', 3],
]);

/** Month and day on which a quarter of the year between equinox and solstice begins. */
const STARTS: readonly [month: number, day: number][] = [
  [3, 20],
  [6, 21],
  [9, 23],
  [12, 21],
];

const SOUTHERN =
  /^(?:Australia|Antarctica)\/|^Pacific\/(?:Auckland|Chatham|Fiji|Tongatapu|Apia|Noumea|Rarotonga)|^Africa\/(?:Johannesburg|Harare|Maputo|Windhoek|Gaborone|Lusaka|Maseru|Mbabane)|^Indian\/(?:Antananarivo|Mauritius|Reunion)|^America\/(?:Argentina|Buenos_Aires|Sao_Paulo|Santiago|Montevideo|Asuncion|La_Paz|Lima|Bahia|Recife|Fortaleza|Campo_Grande|Cuiaba|Punta_Arenas)/;

/** The season that begins in the year; that of December reaches into the next. */
export function seasonIn(season: number, year: number, timezone: string): Span {
  const quarter = SOUTHERN.test(timezone) ? (season + 2) % 4 : season;
  const [month, day] = STARTS[quarter] ?? [3, 20];
  const [endMonth, endDay] = STARTS[(quarter + 1) % 4] ?? [6, 21];
  const name = [...SEASONS].find(([, number]) => number === season)?.[0] ?? '';
  return {
    start: civil(year, month, day),
    end: civil(quarter === 3 ? year + 1 : year, endMonth, endDay),
    grain: 'quarter',
    reason: name,
  };
}

const AMBIGUOUS = ['spring', 'fall', 'summer'];

/** "this summer", "in spring", "winter 2027", "last fall", "next autumn" */
export const season: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const lead = view.word(at);
  const modified = ['this', 'next', 'last', 'past', 'previous', 'coming', 'upcoming', 'following'].includes(
    lead,
  );
  const head = modified ? skip(view, at + 1, 'coming', 'past') : at;
  const number = SEASONS.get(view.word(head));
  if (number === undefined) return null;
  const next = skip(view, head + 1, 'season', 'time');
  const year = readYear(view, next);
  if (!modified && !year && !context.lenient && !isLed(view, at, head)) return null;
  const inYear = (y: number): Span => seasonIn(number, y, context.timezone);
  if (!modified) return yearly(inYear, year, next, context);
  const { year: current } = civilParts(context.today);
  const spans = [-2, -1, 0, 1, 2].map((offset) => inYear(current + offset));
  if (['last', 'past', 'previous'].includes(lead) || view.is(at + 1, 'past')) {
    const gone = spans.findLast(({ end }) => end <= context.today);
    return gone ? { value: { ...datePiece(gone), past: true }, next } : null;
  }
  // In summer "this summer" is the one that is, "next summer" the one a year on.
  const chosen =
    lead === 'this'
      ? spans.find(({ end }) => end > context.today)
      : spans.find(({ start }) => start > context.today);
  return chosen ? { value: datePiece(chosen), next } : null;
};

/** "in the spring" is a season, "the spring onions" are none. */
function isLed(view: TokenView, article: number, head: number): boolean {
  const from = view.is(article - 1, 'the') ? article - 2 : article - 1;
  const led = view.is(
    view.is(head - 1, 'the') ? head - 2 : from,
    'in',
    'by',
    'until',
    'till',
    'before',
    'after',
    'during',
    'since',
  );
  const ends = view.word(head + 1) === '' || view.is(head + 1, 'at', 'on', 'with', 'for', 'and', 'or');
  return led && (ends || !AMBIGUOUS.includes(view.word(head)));
}
