/** The thread in which all inference happens; started by `Encoder`, by the path of this file in the build. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadHead } from '../intent/head.ts';
import { EncoderHost } from './encoder-host.ts';
import { NoSuchHead } from './errors.ts';
import { CLOSE, threadRequest, threadSettings, type ThreadMessage } from './messages.ts';
import { NativeGate } from './native-gate.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a thread of the encoder');

const post = (message: ThreadMessage): void => {
  const handedOver: ArrayBuffer[] = [];
  if (message.kind === 'encoded') handedOver.push(message.emb.buffer, message.hid.buffer);
  if (message.kind === 'classified') handedOver.push(message.scores.buffer);
  port.postMessage(message, handedOver);
};

/** One request after the other, in the order in which they came: whoever waits knows which one is running. */
function serve(host: EncoderHost, gate: NativeGate): void {
  let last = Promise.resolve();
  let left: Promise<void> | undefined;
  port?.on('message', (message: unknown) => {
    last = last.then(async () => {
      if (gate.mustLeave) {
        left ??= leave(host, gate);
        return left;
      }
      if (message === CLOSE) return undefined;
      const request = threadRequest.parse(message);
      gate.enter();
      const answer = await host.answer(request);
      gate.leave();
      post(answer);
      return undefined;
    });
  });
  post({ kind: 'ready', dimension: host.dimension, heads: host.heads });
}

async function leave(host: EncoderHost, gate: NativeGate): Promise<void> {
  port?.close();
  gate.enter();
  await host.close();
  gate.leave();
}

const settings = threadSettings.parse(workerData);
const gate = new NativeGate(settings.gate);
try {
  const host = await EncoderHost.load(settings, loadHead);
  gate.leave();
  serve(host, gate);
} catch (error) {
  gate.leave();
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  post({ kind: 'failed', name, message, ...(error instanceof NoSuchHead ? { head: error.head } : {}) });
}
