/** `npm run check`: format, lint, types and the rules of the house, all at once; prints what is wrong and nothing else. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkHouse } from './check-imports.mjs';

const ROOT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {Promise<{ ok: boolean, output: string }>} */
function runTool(name, args) {
  return new Promise((resolve) => {
    const child = spawn(join(ROOT_DIR, 'node_modules', '.bin', name), args, { cwd: ROOT_DIR });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}

function houseRules() {
  const found = checkHouse(ROOT_DIR);
  const lines = found.map(({ path, line, message }) => `${path}:${line} ${message}`);
  return Promise.resolve({ ok: found.length === 0, output: lines.join('\n') });
}

const CHECKS = [
  { name: 'types', run: () => runTool('tsc', ['--noEmit', '--pretty', 'false']) },
  { name: 'lint', run: () => runTool('oxlint', ['--type-aware', '--deny-warnings', '--format=unix']) },
  { name: 'format', run: () => runTool('prettier', ['--check', '--log-level=warn', '.']) },
  { name: 'house', run: houseRules },
];

async function timed({ name, run }) {
  const startedAt = performance.now();
  const { ok, output } = await run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  return { ok, text: `${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${ok ? '' : `\n${output}\n`}` };
}

const results = await Promise.all(CHECKS.map(timed));
process.stdout.write(`${results.map(({ text }) => text).join('\n')}\n`);
if (results.some(({ ok }) => !ok)) process.exitCode = 1;
