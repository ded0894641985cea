/** `npm run evaluate [-- --write | --misses NAME]`: the understanding on its suites, and recall on its pairs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutDir } from '../core/checkout.ts';
import { loadConfig } from '../core/config.ts';
import { openUnderstander } from '../workers/nlu/open-understander.ts';
import { writeTables } from './bench/write-tables.ts';
import { MISS_SUITES } from './command-lines.mjs';
import { judgeContinuations } from './evaluate/continuations.ts';
import { judgeIntents } from './evaluate/intents.ts';
import { measureUnderstanding } from './evaluate/latency.ts';
import { reliabilityPlot } from './evaluate/reliability-plot.ts';
import { reportText } from './evaluate/report.ts';
import { judgeRecall, recallText } from './evaluate/recall.ts';
import { judgeSlots } from './evaluate/slots.ts';
import { judgeTimes } from './evaluate/times.ts';

const CARD = 'models/intent/README.md';
const MEMORY = 'docs/memory.md';
const PLOT = 'models/intent/reliability.svg';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, misses: { type: 'string' } } });
const wanted = values.misses;
// Before anything is measured, which takes a while.
if (wanted !== undefined && !MISS_SUITES.some((suite) => wanted.split(' ')[0] === suite)) {
  process.stderr.write(`There is no such suite as "${wanted}"; there are ${MISS_SUITES.join(', ')}.\n`);
  process.exit(2);
}
const { understander, encoder, close } = await openUnderstander(loadConfig(process.env), ({ message }) =>
  process.stderr.write(`${message}\n`),
);
const intents = await judgeIntents(understander);
const times = await judgeTimes(understander);
const slots = await judgeSlots(understander);
const continuations = await judgeContinuations(understander);
if (wanted === undefined) {
  const latency = await measureUnderstanding(understander);
  const text = reportText({ intents, times, slots, continuations, latency });
  const recall = recallText(await judgeRecall(encoder));
  process.stdout.write(`${text}\n\n${recall}\n`);
  if (values.write) {
    writeTables(text, { page: CARD, mark: 'evaluate' });
    writeTables(recall, { page: MEMORY, mark: 'recall' });
    writeFileSync(join(checkoutDir(), PLOT), reliabilityPlot(intents.calibration));
  }
} else {
  const all = [
    ...intents.misses.map((line) => `intents ${line}`),
    ...times.misses,
    ...slots.misses,
    ...continuations.misses,
  ];
  const missed = all.filter((line) => line.startsWith(wanted));
  process.stdout.write(missed.length > 0 ? missed.map((line) => `${line}\n`).join('') : 'no misses\n');
}
await close();
