import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A script that is sent by its hash, and in full only to a server that does not know it yet. */
export class LuaScript {
  private readonly sha: string;

  constructor(private readonly source: string) {
    this.sha = createHash('sha1').update(source).digest('hex');
  }

  /**
   * @param keys all in one hash slot, since a script runs on one node of a Redis Cluster
   * @returns the reply as Redis gave it: strings, integers, null, lists of these; the caller parses it
   * @throws what Redis or the connection throws
   */
  async run(redis: Redis, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.call('EVALSHA', this.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.call('EVAL', this.source, keys.length, ...keys, ...args);
    }
  }
}
