/**
 * The encoder's thread of the build, with faults that texts ask for: `fault end`, `throw`, `hang`, and `later` (it ends
 * while it has nothing to do); each time or, as `fault end once <name>`, only in the first thread that reads it.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';

const FAULT = /^fault (?<what>end|throw|hang|later)(?: once (?<name>\w+))?$/;
const { FAULT_DIR = '', FAULT_AT_START = '' } = process.env;

const fail = {
  end: () => process.exit(3),
  throw: () => {
    throw new Error('thrown on purpose');
  },
  later: () => setTimeout(fail.end, 100),
  hang: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
};

parentPort.on('message', ({ text: only, texts = [only] }) => {
  for (const text of texts) {
    const { what, name } = FAULT.exec(text)?.groups ?? {};
    if (what === undefined) continue;
    const mark = name && join(FAULT_DIR, name);
    if (mark && existsSync(mark)) continue;
    if (mark) writeFileSync(mark, '');
    fail[what]();
  }
});
if (FAULT_AT_START !== '' && existsSync(FAULT_AT_START)) fail.end();

await import('../../dist/node/models/encoder/encoder-thread.js');
