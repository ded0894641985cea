import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutDir } from '../../core/checkout.ts';

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

/** Between the markers of docs/performance.md; everything around them is written by hand. */
export function writeTables(text: string): void {
  const path = join(checkoutDir(), 'docs', 'performance.md');
  const page = readFileSync(path, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${path} lacks the markers ${BEGIN} and ${END}`);
  writeFileSync(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
