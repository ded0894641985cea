import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Child } from './child.ts';
import { cpuMs, machineBusyMs } from './cpu.ts';
import { loadAnswer, type Load, type LoadOrder, type LoadResult } from './load-messages.ts';
import type { Variant, VariantName } from './stacks.ts';
import { sum } from './statistics.ts';

/** Work that follows an end (marks of what was published are written every half second) belongs to its turns. */
const SETTLE_MS = 650;
/** A safety net far above what any slice can do. */
const TURNS_MAX = 200_000;

/** What one slice of one variant has shown. */
export interface Slice {
  variant: VariantName;
  load: LoadResult;
  turnsPerSecond: number;
  /** Milliseconds a turn, by process. */
  cpu: ReadonlyMap<string, number>;
  cpuTotal: number;
  /** Of the load generator, in no other figure. */
  loadCpu: number;
  /** All commands that Redis carried out, those inside scripts included, a turn. */
  redisCommands: number;
  framesPerTurn: number;
  /** Cores that others on the machine used meanwhile. */
  foreignCores: number;
}

/** Takes one slice at a time of one variant: what the load generator saw, and what the processes used meanwhile. */
export class Meter {
  constructor(
    private readonly load: Child,
    private readonly redisOf: (variant: Variant) => Redis,
  ) {}

  /** Connects the sessions of a variant; once before its slices. A sentence is said instead of the usual one. */
  async open(variant: Variant, sessions: number, sentence?: string): Promise<void> {
    const people = await Promise.all(
      Array.from({ length: sessions }, async () => {
        const token = await variant.token();
        return token === '' ? { token, session_id: crypto.randomUUID() } : { token };
      }),
    );
    await this.ask({
      type: 'open',
      target: variant.name,
      url: variant.url,
      sessions: people,
      ...(sentence !== undefined && { sentence }),
    });
  }

  /**
   * @param turnsMax ends the slice early
   * @throws when the load generator has no result
   */
  async slice(variant: Variant, load: Load, durationMs: number, turnsMax = TURNS_MAX): Promise<Slice> {
    const redis = this.redisOf(variant);
    const before = await this.read(variant, redis);
    const answer = await this.ask({ type: 'run', target: variant.name, load, durationMs, turnsMax });
    if (answer.type !== 'result') throw new Error('The load generator has no result');
    await sleep(SETTLE_MS);
    const after = await this.read(variant, redis);
    const turns = Math.max(answer.completed, 1);
    const cpu = new Map(
      [...variant.meters.keys()].map((part) => [
        part,
        (after.cpu.get(part) ?? 0) - (before.cpu.get(part) ?? 0),
      ]),
    );
    const loadCpu = after.load - before.load;
    const ownMs = sum(cpu.values()) + loadCpu + (after.bench - before.bench);
    return {
      variant: variant.name,
      load: answer,
      turnsPerSecond: (answer.windowTurns * 1000) / answer.windowMs,
      cpu: new Map([...cpu].map(([part, ms]) => [part, ms / turns])),
      cpuTotal: sum(cpu.values()) / turns,
      loadCpu: loadCpu / turns,
      redisCommands: (after.commands - before.commands) / turns,
      framesPerTurn: answer.frames / turns,
      foreignCores: Math.max(0, after.busy - before.busy - ownMs) / (after.at - before.at),
    };
  }

  private async read(variant: Variant, redis: Redis) {
    const commands = commandsIn(await redis.info('commandstats'));
    return {
      commands,
      at: performance.now(),
      cpu: new Map([...variant.meters].map(([part, read]) => [part, read()])),
      load: cpuMs(this.load.pid),
      bench: cpuMs(process.pid),
      busy: machineBusyMs(),
    };
  }

  private async ask(command: LoadOrder) {
    this.load.tell(command);
    const answer = await this.load.next((message) => loadAnswer.parse(message));
    if (answer.type === 'failed') throw new Error(`The load generator: ${answer.message}`);
    return answer;
  }
}

/** Redis counts a command of a script under its own name, and the script besides. */
function commandsIn(info: string): number {
  return sum([...info.matchAll(/calls=(\d+)/g)].map(([, calls]) => Number(calls)));
}
