import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogFile } from './log-file.ts';
import { isErrno, makePrivateDir, writePrivateFile } from './private-file.ts';
import { stopStray, workingDirOf } from './process-identity.ts';
import { findRedis, redisEnvironment, type RedisBinary, type RedisBinaryOptions } from './redis-binary.ts';
import { probeRedis } from './redis-probe.ts';
import type { StoreDriver } from './store.ts';

const PROBE_TIMEOUT_MS = 1_000;

/** Where a private Redis lives and what it is started with. */
export interface RedisDriverOptions extends RedisBinaryOptions {
  /** The server's own folder. */
  dir: string;
  logPath: string;
  password: string;
  /** Off for tests that do not look at crashes. */
  durable: boolean;
}

/**
 * A private Redis on loopback with an append-only file and a password. What the methods do is told at `StoreDriver`.
 */
export class RedisDriver implements StoreDriver {
  readonly name = 'Redis';
  readonly stopSteps = [
    { signal: 'SIGTERM', timeoutMs: 10_000 },
    { signal: 'SIGKILL', timeoutMs: 5_000 },
  ] as const;
  private binary: RedisBinary | undefined;
  private readonly log: LogFile;
  private logStartBytes = 0;

  constructor(private readonly options: RedisDriverOptions) {
    this.log = new LogFile(options.logPath);
  }

  /** Its address, with the password. */
  static url(port: number, password: string): string {
    return `redis://:${password}@127.0.0.1:${port}`;
  }

  /** @throws ServicesError `redis_missing` when there is no server and none could be unpacked */
  async prepare(): Promise<void> {
    makePrivateDir(this.options.dir);
    this.binary = await findRedis(this.options);
  }

  async clearLeftovers(): Promise<void> {
    const pid = Number(this.readPidFile());
    if (Number.isInteger(pid) && pid > 0 && workingDirOf(pid) === this.options.dir) {
      await stopStray(pid, this.stopSteps);
    }
  }

  spawn(port: number): ChildProcess {
    const binary = this.binary;
    if (binary === undefined) throw new Error('RedisDriver.spawn before prepare');
    const configPath = join(this.options.dir, 'redis.conf');
    // In a file: what stands on a command line can be read by every user of the machine.
    writePrivateFile(configPath, this.config(port));
    this.logStartBytes = this.log.sizeBytes();
    return this.log.open((descriptor) =>
      spawn(binary.path, [configPath], {
        cwd: this.options.dir,
        detached: true,
        stdio: ['ignore', descriptor, descriptor],
        env: redisEnvironment(binary, this.options.env),
      }),
    );
  }

  async probe(port: number): Promise<void> {
    await probeRedis(port, this.options.password, PROBE_TIMEOUT_MS);
  }

  logTail(): string {
    return this.log.tail(this.logStartBytes);
  }

  private config(port: number): string {
    return [
      'bind 127.0.0.1',
      `port ${port}`,
      'protected-mode yes',
      `requirepass ${this.options.password}`,
      `dir "${this.options.dir}"`,
      'pidfile redis.pid',
      'daemonize no',
      'supervised no',
      'appendonly yes',
      `appendfsync ${this.options.durable ? 'everysec' : 'no'}`,
      'save ""',
      'maxmemory-policy noeviction',
      'loglevel notice',
      '',
    ].join('\n');
  }

  private readPidFile(): string {
    try {
      return readFileSync(join(this.options.dir, 'redis.pid'), 'utf8').trim();
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return '';
      throw error;
    }
  }
}
