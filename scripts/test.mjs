/**
 * `npm test [-- vitest arguments]`: prepares what the suite needs beyond packages and build, runs it, and ends
 * with the line `N passed, N failed, N skipped`.
 */
import { writeSync } from 'node:fs';
import { parseCLI, startVitest } from 'vitest/node';
import { ensureChromium } from './chromium.mjs';

/** Counts over everything that ran; a file that could not even be loaded counts as one failed test. */
function count(vitest) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const module of vitest.state.getTestModules()) {
    for (const test of module.children.allTests())
      totals[test.result().state] = (totals[test.result().state] ?? 0) + 1;
    const suiteFaults = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length;
    totals.failed += suiteFaults + (module.errors().length > 0 ? 1 : 0);
  }
  totals.failed += vitest.state.getUnhandledErrors().length;
  totals.skipped += totals.pending ?? 0;
  return totals;
}

/** A run that is interrupted says so in the same form: whoever reads the last line need not know about signals. */
let totals = { passed: 0, failed: 1, skipped: 0 };
process.once('exit', () => {
  writeSync(1, `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
});

await ensureChromium();
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
try {
  const vitest = await startVitest('test', filter, { ...options, run: true, watch: false });
  const counted = count(vitest);
  await vitest.close();
  totals = counted;
} catch (error) {
  process.stderr.write(`${error?.stack ?? String(error)}\n`);
}
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
