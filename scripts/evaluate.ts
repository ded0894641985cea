/** `npm run evaluate [-- --write | --misses NAME]`: the understanding on its suites. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutDir } from '../core/checkout.ts';
import { loadConfig } from '../core/config.ts';
import { openUnderstander } from '../workers/nlu/open-understander.ts';
import { writeTables } from './bench/write-tables.ts';
import { judgeContinuations } from './evaluate/continuations.ts';
import { judgeIntents } from './evaluate/intents.ts';
import { measureUnderstanding } from './evaluate/latency.ts';
import { reliabilityPlot } from './evaluate/reliability-plot.ts';
import { reportText } from './evaluate/report.ts';
import { judgeSlots } from './evaluate/slots.ts';
import { judgeTimes } from './evaluate/times.ts';

const CARD = 'models/intent/README.md';
const PLOT = 'models/intent/reliability.svg';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, misses: { type: 'string' } } });
const { understander, close } = await openUnderstander(loadConfig(process.env), ({ message }) =>
  process.stderr.write(`${message}\n`),
);
const intents = await judgeIntents(understander);
const times = await judgeTimes(understander);
const slots = await judgeSlots(understander);
const continuations = await judgeContinuations(understander);
if (values.misses === undefined) {
  const latency = await measureUnderstanding(understander);
  const text = reportText({ intents, times, slots, continuations, latency });
  process.stdout.write(`${text}\n`);
  if (values.write) {
    writeTables(text, { page: CARD, mark: 'evaluate' });
    writeFileSync(join(checkoutDir(), PLOT), reliabilityPlot(intents.calibration));
  }
} else {
  const all = [
    ...intents.misses.map((line) => `intents ${line}`),
    ...times.misses,
    ...slots.misses,
    ...continuations.misses,
  ];
  const wanted = values.misses;
  process.stdout.write(
    all
      .filter((line) => line.startsWith(wanted))
      .map((line) => `${line}\n`)
      .join(''),
  );
}
await close();
