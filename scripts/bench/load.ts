/** The load generator: a process of its own, so that its work is in no figure but the machine's. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadCommand, type LoadAnswer, type LoadCommand, type LoadResult } from './load-messages.ts';
import { VirtualClient } from './virtual-client.ts';

/** Sessions are opened so many at a time. */
const OPEN_AT_ONCE = 16;
/** The part of a run that counts as getting up to speed. */
const RAMP = 0.2;
const LAG_RESOLUTION_MS = 1;

const targets = new Map<string, VirtualClient[]>();

async function open(command: Extract<LoadCommand, { type: 'open' }>): Promise<LoadAnswer> {
  const clients: VirtualClient[] = [];
  for (let at = 0; at < command.sessions.length; at += OPEN_AT_ONCE) {
    const some = command.sessions.slice(at, at + OPEN_AT_ONCE);
    clients.push(
      ...(await Promise.all(
        some.map(({ session_id, token }, index) =>
          VirtualClient.open(command.url, session_id === undefined ? { token } : { token, session_id }, {
            number: at + index,
            sentence: command.sentence,
          }),
        ),
      )),
    );
  }
  targets.set(command.target, clients);
  return { type: 'opened' };
}

/** Collects what becomes of the turns of one run. */
class Tally {
  readonly startedAt = performance.now();
  readonly ends: number[] = [];
  sent = 0;
  readonly result: LoadResult = {
    type: 'result',
    ack: [],
    first: [],
    terminal: [],
    frames: 0,
    completed: 0,
    failed: 0,
    failure: null,
    windowTurns: 0,
    windowMs: 0,
    lagMs: 0,
  };

  constructor(private readonly command: Extract<LoadCommand, { type: 'run' }>) {}

  get open(): boolean {
    return performance.now() - this.startedAt < this.command.durationMs && this.sent < this.command.turnsMax;
  }

  async turn(client: VirtualClient): Promise<void> {
    this.sent += 1;
    try {
      const { ackMs, firstMs, terminalMs, frames } = await client.turn();
      this.ends.push(performance.now() - this.startedAt);
      this.result.completed += 1;
      this.result.frames += frames;
      this.result.ack.push(ackMs);
      this.result.first.push(firstMs);
      this.result.terminal.push(terminalMs);
    } catch (error) {
      this.result.failed += 1;
      this.result.failure = error instanceof Error ? error.message : String(error);
      // Whoever fails at once must not spin.
      await sleep(20);
    }
  }

  finish(lagMs: number): LoadResult {
    const { durationMs } = this.command;
    const from = durationMs * RAMP;
    this.result.windowTurns = this.ends.filter((at) => at >= from && at < durationMs).length;
    this.result.windowMs = durationMs - from;
    this.result.lagMs = lagMs;
    return this.result;
  }
}

async function run(command: Extract<LoadCommand, { type: 'run' }>): Promise<LoadAnswer> {
  const clients = targets.get(command.target) ?? [];
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  const tally = new Tally(command);
  await drive(command.load, clients, tally);
  lag.disable();
  return tally.finish(lag.percentile(99) / 1e6 - LAG_RESOLUTION_MS);
}

async function drive(
  load: Extract<LoadCommand, { type: 'run' }>['load'],
  clients: readonly VirtualClient[],
  tally: Tally,
): Promise<void> {
  const clientAt = (turn: number): VirtualClient => {
    const client = clients[turn % clients.length];
    if (!client) throw new Error('No sessions are open');
    return client;
  };
  switch (load.kind) {
    case 'one':
      while (tally.open) await tally.turn(clientAt(tally.sent));
      return;
    case 'closed':
      await Promise.all(
        clients.slice(0, load.sessions).map(async (client) => {
          while (tally.open) await tally.turn(client);
        }),
      );
      return;
    case 'rate': {
      const running: Promise<void>[] = [];
      while (tally.open) {
        running.push(tally.turn(clientAt(tally.sent)));
        const dueMs = (tally.sent * 1000) / load.perSecond;
        await sleep(Math.max(0, dueMs - (performance.now() - tally.startedAt)));
      }
      await Promise.all(running);
    }
  }
}

async function obey(message: unknown): Promise<LoadAnswer> {
  const command = loadCommand.parse(message);
  return command.type === 'open' ? open(command) : run(command);
}

const say = (answer: LoadAnswer): void => void process.send?.(answer);
process.on('message', (message) => {
  obey(message).then(say, (error: unknown) =>
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
say({ type: 'ready' });
