import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The commands of the product: what package.json runs through run.mjs and a file scripts/<command>.ts implements.
 * Other files there are parts of commands.
 *
 * @param {string} rootDir
 * @returns {string[]}
 */
export function productCommands(rootDir) {
  const { scripts } = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8'));
  const named = Object.values(scripts).map((line) => /^node scripts\/run\.mjs ([\w-]+)/.exec(line)?.[1]);
  return [...new Set(named)].filter(
    (name) => name !== undefined && existsSync(join(rootDir, 'scripts', `${name}.ts`)),
  );
}
