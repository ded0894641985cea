/**
 * `npm run chaos [-- --write]`: the whole fault suite, on separate role processes, with a table of what died where
 * and how long it took until every turn had its end. `--write` puts the table into docs/faults.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));
const DOC = join(ROOT_DIR, 'docs', 'faults.md');
const [BEGIN, END] = ['<!-- table: npm run chaos -- --write -->', '<!-- end of table -->'];

const dir = mkdtempSync(join(tmpdir(), 'pulseplan-chaos-'));
const notesFile = join(dir, 'notes.jsonl');
const vitest = join(ROOT_DIR, 'node_modules', 'vitest', 'vitest.mjs');
const ran = spawnSync(process.execPath, [vitest, 'run', 'test/faults', '--no-file-parallelism'], {
  cwd: ROOT_DIR,
  stdio: ['ignore', 2, 2],
  env: { ...process.env, PULSEPLAN_CHAOS: 'full', PULSEPLAN_CHAOS_NOTES: notesFile },
});
const notes = existsSync(notesFile)
  ? readFileSync(notesFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
rmSync(dir, { recursive: true, force: true });

const seconds = (ms) => (ms > 0 ? `${(ms / 1000).toFixed(1)} s` : '–');
const rows = notes.map(
  (note) => `| ${note.suite} | ${note.name} | ${note.outcome} | ${seconds(note.backMs)} |`,
);
const table = [
  '| suite | what died or raced | what was seen | until the last end |',
  '| --- | --- | --- | ---: |',
  ...rows,
].join('\n');
const countOf = (suite) =>
  notes.filter((note) => note.suite === suite).reduce((sum, { kills = 1 }) => sum + kills, 0);
process.stdout.write(
  `${table}\n\n${countOf('kill points')} kills in turns, ${countOf('charges')} in charges and ${countOf('storms')} storms survived${ran.status === 0 ? '' : '; the suite FAILED, see above'}.\n`,
);

if (process.argv.includes('--write') && ran.status === 0) {
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  const before = readFileSync(DOC, 'utf8');
  const [head, tail] = [
    before.slice(0, before.indexOf(BEGIN) + BEGIN.length),
    before.slice(before.indexOf(END)),
  ];
  writeFileSync(DOC, `${head}\n\nMeasured on ${machine}.\n\n${table}\n\n${tail}`);
}
process.exit(ran.status ?? 1);
