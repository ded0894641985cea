/** `npm run evaluate [-- --write | --misses NAME]`: the understanding on its suites. */
import { parseArgs } from 'node:util';
import { loadConfig } from '../core/config.ts';
import { openUnderstander } from '../workers/nlu/open-understander.ts';
import { judgeContinuations } from './evaluate/continuations.ts';
import { judgeIntents } from './evaluate/intents.ts';
import { judgeSlots } from './evaluate/slots.ts';
import { judgeTimes } from './evaluate/times.ts';
import { reportText } from './evaluate/report.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, misses: { type: 'string' } } });
const { understander, close } = await openUnderstander(loadConfig(process.env), ({ message }) =>
  process.stderr.write(`${message}\n`),
);
const report = {
  intents: await judgeIntents(understander),
  times: await judgeTimes(understander),
  slots: await judgeSlots(understander),
  continuations: await judgeContinuations(understander),
};
await close();
if (values.misses === undefined) process.stdout.write(`${reportText(report)}\n`);
else {
  const { intents, times, slots, continuations } = report;
  const all = [
    ...intents.misses.map((line) => `intents ${line}`),
    ...times.misses,
    ...slots.misses,
    ...continuations.misses,
  ];
  for (const line of all.filter((text) => text.startsWith(values.misses ?? '')))
    process.stdout.write(`${line}\n`);
}
