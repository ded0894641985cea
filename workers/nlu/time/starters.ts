import { CARDINALS, MONTHS, ORDINALS, TENS, WEEKDAYS } from './words.ts';

/**
 * Every word that can begin a phrase of time. Looking here first keeps long texts cheap: most words are ruled out
 * without asking each reader. A new wording that begins with another word has to be added.
 */
const STARTERS: ReadonlySet<string> = new Set([
  ...WEEKDAYS.keys(),
  ...MONTHS.keys(),
  ...CARDINALS.keys(),
  ...TENS.keys(),
  ...ORDINALS.keys(),
  ...'a after an at beginning between black boxing christmas close cob coming couple current cw day during'.split(
    ' ',
  ),
  ...'early easter end eod eom eoq eow eoy few following from good half halloween in independence kw labor'.split(
    ' ',
  ),
  ...'last late lunch lunchtime memorial mid midday middle midnight month morning afternoon evening night'.split(
    ' ',
  ),
  ...'new next noon now overmorrow past previous q quarter remainder rest right st start tdy thanksgiving'.split(
    ' ',
  ),
  ...'the these this tmr tmrw tmw today tomorow tomorro tomorrow tommorow tommorrow tonight tonite'.split(
    ' ',
  ),
  ...'upcoming valentines week weekend within xmas year yesterday'.split(' '),
  "valentine's",
  "mother's",
  "father's",
]);

export function mayBeginTime(word: string): boolean {
  return STARTERS.has(word);
}
