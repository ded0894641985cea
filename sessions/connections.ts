import type { Redis } from 'ioredis';
import { z } from 'zod';
import { instant, uuid } from '../contracts/ids.ts';
import { connectionsKey } from './keys.ts';

/** A connection that has not been seen for this long died with its gateway. */
const GONE_AFTER_MS = 90_000;
/** How often a gateway says that its connections are alive. */
export const CONNECTIONS_REFRESH_MS = 30_000;

const connectionState = z.object({
  v: z.literal(1),
  socket_id: z.string(),
  gateway_id: uuid,
  user_id: uuid,
  session_id: uuid,
  timezone: z.string(),
  epoch: z.string(),
  /** The last seq sent to it. */
  cursor: z.int().nonnegative(),
  seen_at: instant,
});
export type ConnectionState = z.infer<typeof connectionState>;

/** Who is connected where: a user's open connections on all gateways, with how far each has followed its session. */
export class ConnectionRegistry {
  constructor(private readonly redis: Redis) {}

  /** New ones and those that go on; each counts for 90 s from here. */
  async put(states: readonly ConnectionState[]): Promise<void> {
    if (states.length === 0) return;
    const batch = this.redis.pipeline();
    for (const state of states) {
      const key = connectionsKey(state.user_id);
      batch.hset(key, state.socket_id, JSON.stringify(state)).pexpire(key, GONE_AFTER_MS);
    }
    await batch.exec();
  }

  /** One that was closed. */
  async remove(userId: string, socketId: string): Promise<void> {
    await this.redis.hdel(connectionsKey(userId), socketId);
  }

  /** Open connections of a user; those of a gateway that died are left out. */
  async of(userId: string, now: Date): Promise<ConnectionState[]> {
    const stored = await this.redis.hgetall(connectionsKey(userId));
    return Object.values(stored)
      .map((json) => connectionState.safeParse(JSON.parse(json)))
      .flatMap((parsed) => (parsed.success ? [parsed.data] : []))
      .filter((state) => now.getTime() - Date.parse(state.seen_at) < GONE_AFTER_MS);
  }
}
