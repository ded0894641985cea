import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SUITE_DIR = join(import.meta.dirname, '..', 'suites', 'dialogues');

/** What a person says or presses, and what is checked afterwards. */
export interface Turn {
  said: string;
  /** It is said in another conversation, so many days after the one before. */
  daysLater?: number;
  checks: { kind: string; value: string; line: number }[];
}
export interface Dialogue {
  kind: string;
  name: string;
  turns: Turn[];
}

const CHECK = /^(says|not|asks|choices|does|tasks|events|reminders|drafts|refused)(?::\s*(.*))?$/;

const LATER = /^-- another conversation(?:, (\d+) days? later)?$/;

/** All dialogues of the suite, by file. */
export function readDialogues(): Dialogue[] {
  return readdirSync(SUITE_DIR)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => read(file.replace(/\.txt$/, ''), readFileSync(join(SUITE_DIR, file), 'utf8')));
}

function read(kind: string, text: string): Dialogue[] {
  const dialogues: Dialogue[] = [];
  let later: Pick<Turn, 'daysLater'> = {};
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const where = `${kind}.txt:${index + 1}`;
    if (line === '') continue;
    const turns = dialogues.at(-1)?.turns;
    if (line.startsWith('## ')) dialogues.push({ kind, name: line.slice(3), turns: [] });
    else if (!turns) throw new Error(`${where}: stands before the first dialogue`);
    else if (LATER.test(line)) later = { daysLater: Number(LATER.exec(line)?.[1] ?? 0) };
    else if (line.startsWith('> ')) {
      turns.push({ said: line.slice(2), checks: [], ...later });
      later = {};
    } else {
      const [, check, value = ''] = CHECK.exec(line) ?? [];
      const turn = turns.at(-1);
      if (check === undefined || !turn) throw new Error(`${where}: ${line}`);
      turn.checks.push({ kind: check, value, line: index + 1 });
    }
  }
  return dialogues;
}
