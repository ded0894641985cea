import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutDir } from '../../core/checkout.ts';

/**
 * Between the markers of a page of docs; everything around them is written by hand.
 *
 * @param place.page inside the checkout
 * @param place.mark names the markers: `<!-- bench:begin -->` and `<!-- bench:end -->` for `bench`
 */
export function writeTables(text: string, place = { page: 'docs/performance.md', mark: 'bench' }): void {
  const path = join(checkoutDir(), place.page);
  const [BEGIN, END] = [`<!-- ${place.mark}:begin -->`, `<!-- ${place.mark}:end -->`];
  const page = readFileSync(path, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${path} lacks the markers ${BEGIN} and ${END}`);
  writeFileSync(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
