/**
 * `npm test [-- vitest arguments]`: prepares what the suite needs beyond packages and build, runs it, and ends
 * with the line `N passed, N failed, N skipped`.
 */
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

/** Whatever ends the run, the private stores are stopped by the teardown of the suite. */
function closeOnSignal(getVitest) {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (asked) return;
      asked = true;
      process.exitCode = 130;
      void getVitest()?.cancelCurrentRun('keyboard-input');
    });
  }
}

let vitest;
closeOnSignal(() => vitest);
await ensureChromium();
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
let totals = { passed: 0, failed: 1, skipped: 0 };
try {
  vitest = await startVitest('test', filter, { ...options, run: true, watch: false });
  totals = count(vitest);
} catch (error) {
  process.stderr.write(`${error?.stack ?? String(error)}\n`);
}
await vitest?.close();
if (totals.failed > 0 || totals.passed === 0) process.exitCode ||= 1;
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`, () =>
  process.exit(),
);
