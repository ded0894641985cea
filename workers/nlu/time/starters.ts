import { FEAST_STARTERS } from './feast-table.ts';
import type { TokenView } from './tokens.ts';
import { CARDINALS, MONTHS, ORDINALS, TENS, UNITS, WEEKDAYS } from './words.ts';

/**
 * Every word that can begin a phrase of time. Looking here first keeps long texts cheap: most words are ruled out
 * without asking each reader. A new wording that begins with another word has to be added.
 */
const STARTERS: ReadonlySet<string> = new Set([
  ...[WEEKDAYS, MONTHS, CARDINALS, TENS, ORDINALS, UNITS].flatMap((words) => [...words.keys()]),
  ...FEAST_STARTERS,
  ...'a about after all an another around at autumn before beginning breakfast breakfasttime between betw btw btwn business calendar close cob'.split(
    ' ',
  ),
  ...'coming couple current cw dinner dinnertime during earlier early end ensuing entire eob eod eom eoq eow eoy fall few final'.split(
    ' ',
  ),
  ...'following from half high hundred immediately in kw last late later latter lunch lunchtime mid midday middle'.split(
    ' ',
  ),
  ...'midnight midweek morning afternoon evening night nite next noon noonish noontime now nxt oh opening'.split(
    ' ',
  ),
  ...'overmorrow past penultimate preceding present previous prior q h quarter remainder rest right same season'.split(
    ' ',
  ),
  ...'several spring springtime start summer summertime supper suppertime tail tea teatime that the these this those today tomorrow tonight'.split(
    ' ',
  ),
  ...'toward towards upcoming very w wc winter wintertime within working wk yesterday for just nearest iso'.split(
    ' ',
  ),
  ...'am pm eve currently presently fifties sixties seventies eighties nineties twenties thirties forties o bom boy first'.split(
    ' ',
  ),
]);

/** Whether a phrase of time may begin at the index. */
export function mayBeginTime(view: TokenView, index: number): boolean {
  const token = view.tokens[index];
  if (!token || token.kind === 'masked') return false;
  if (token.kind === 'number') return true;
  if (token.kind === 'other') return ["'", '+', '-'].includes(token.text) && view.digits(index + 1) !== '';
  return (
    STARTERS.has(token.text) || (token.text.includes("'") && STARTERS.has(token.text.replaceAll("'", '')))
  );
}
