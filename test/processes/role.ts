import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProcess } from '../../core/lifecycle.ts';

/** A role that writes down what happens to it: `role.ts <journal> [port | fail | work]`. */
const [journal = '', mode = ''] = process.argv.slice(2);
const note = (line: string) => appendFileSync(journal, `${line}\n`);

await runProcess(
  'fake',
  async (lifecycle) => {
    if (mode === 'fail') throw new Error('Port 3000 is taken');
    note(`started ${process.pid}`);
    lifecycle.onClose('first', () => note('closed first'));
    lifecycle.onClose('second', () => note('closed second'));
    lifecycle.onClose('hanging', () => new Promise<void>(() => {}), 50);
    lifecycle.onIntakeStop(() => note(`intake stopped, readiness ${lifecycle.stopping ? 'red' : 'green'}`));
    lifecycle.onDrain(async () => {
      if (mode !== 'work') return;
      await sleep(60_000, undefined, { signal: lifecycle.signal }).catch(() => note('work aborted'));
    });
    // Something that keeps the process alive, as a real role has.
    const server = createServer().listen(0, '127.0.0.1');
    lifecycle.onClose('server', () => void server.close());
    process.on('message', (text) => {
      if (text === 'reject') void Promise.reject(new Error('nobody caught this'));
    });
    return { url: 'http://127.0.0.1:1' };
  },
  { drainMs: 300, onEvent: ({ level, message }) => note(`${level}: ${message}`) },
);
