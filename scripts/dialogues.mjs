/**
 * `npm run dialogues [-- --write]`: holds the dialogues of test/suites/dialogues through the socket, with a table of
 * what passed and how many turns needed no language model. `--write` puts the table into docs/dialogues.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));
const DOC = join(ROOT_DIR, 'docs', 'dialogues.md');
const [BEGIN, END] = ['<!-- table: npm run dialogues -- --write -->', '<!-- end of table -->'];

const dir = mkdtempSync(join(tmpdir(), 'pulseplan-dialogues-'));
const notesFile = join(dir, 'notes.jsonl');
const vitest = join(ROOT_DIR, 'node_modules', 'vitest', 'vitest.mjs');
const ran = spawnSync(process.execPath, [vitest, 'run', 'test/dialogues'], {
  cwd: ROOT_DIR,
  stdio: ['ignore', 2, 2],
  env: { ...process.env, PULSEPLAN_DIALOGUE_NOTES: notesFile },
});
const notes = existsSync(notesFile)
  ? readFileSync(notesFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
rmSync(dir, { recursive: true, force: true });

const sum = (of, field) => of.reduce((total, note) => total + Number(note[field]), 0);
const row = (name, of) =>
  `| ${name} | ${of.length} | ${sum(of, 'passed')} | ${sum(of, 'turns')} | ${sum(of, 'free')} |`;
// The suite runs them in order of their files.
const kinds = [...new Set(notes.map(({ kind }) => kind))];
const table = [
  '| kind | dialogues | passed | turns | of these without a language model |',
  '| --- | ---: | ---: | ---: | ---: |',
  ...kinds.map((kind) =>
    row(
      kind.replaceAll('-', ' '),
      notes.filter((note) => note.kind === kind),
    ),
  ),
  row('all', notes),
].join('\n');
process.stdout.write(`${table}\n`);

if (process.argv.includes('--write') && ran.status === 0) {
  const before = readFileSync(DOC, 'utf8');
  const [head, tail] = [
    before.slice(0, before.indexOf(BEGIN) + BEGIN.length),
    before.slice(before.indexOf(END)),
  ];
  writeFileSync(DOC, `${head}\n\n${table}\n\n${tail}`);
}
process.exit(ran.status ?? 1);
