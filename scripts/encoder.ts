/**
 * `node test/support/run-ts.mjs scripts/encoder.ts build|latency`: builds the sentence encoder's files into
 * models/encoder/artefacts, or measures how fast it answers.
 */
import { encoderDir } from '../models/encoder/artefact.ts';

const [command] = process.argv.slice(2);
if (command === 'build') {
  const { writeEncoder } = await import('../models/encoder/build/build-encoder.ts');
  await writeEncoder(encoderDir(), 'int8');
} else if (command === 'latency') {
  const { latencyTable, measureLatency } = await import('../models/encoder/measure-latency.ts');
  process.stdout.write(`${latencyTable(await measureLatency())}\n`);
} else {
  process.stderr.write('Wanted: build or latency\n');
  process.exitCode = 2;
}
