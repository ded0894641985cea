import type { Redis } from 'ioredis';
import { z } from 'zod';
import { settings } from '../contracts/entities.ts';
import { tier } from '../contracts/subscription.ts';
import { withDeadline } from '../core/deadline.ts';
import { LuaScript } from '../core/lua.ts';
import { profileKey } from './keys.ts';

/** What of a user many turns need and few change. */
const profile = z.object({ v: z.literal(1), tier, settings });
export type Profile = Omit<z.infer<typeof profile>, 'v'>;

/** A tier may end by its time alone. */
const KEPT_MS = 60_000;
/** The count of changes outlives whatever was read before one. */
const COUNT_KEPT_MS = 3_600_000;
/** Longer than this the record itself is asked. */
const WAIT_MS = 250;

/** Kept only if nothing was changed since the record was read: else an old state would be kept behind a new one. */
const KEEP = new LuaScript(`
  if (redis.call('HGET', KEYS[1], 'changes') or '0') ~= ARGV[1] then return 0 end
  redis.call('HSET', KEYS[1], 'profile', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return 1
`);
const FORGET = new LuaScript(`
  redis.call('HDEL', KEYS[1], 'profile')
  redis.call('HINCRBY', KEYS[1], 'changes', 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  return 1
`);

/**
 * Tier, time zone and preferences of users, kept in Redis for a minute and forgotten with every change. Where Redis does not
 * answer, the record does.
 */
export class Profiles {
  constructor(
    private readonly redis: Redis,
    private readonly load: (userId: string) => Promise<Profile>,
  ) {}

  /** Of a user nobody has seen yet: the defaults. */
  async of(userId: string): Promise<Profile> {
    const known = await this.known(userId);
    if (known?.profile) return known.profile;
    const found = await this.load(userId);
    if (known) {
      const text = JSON.stringify({ v: 1, ...found } satisfies z.infer<typeof profile>);
      // Whoever asks has the answer; that it is kept is for others.
      KEEP.run(this.redis, [profileKey(userId)], [known.changes, text, KEPT_MS]).catch(() => undefined);
    }
    return found;
  }

  private async known(userId: string): Promise<{ profile: Profile | null; changes: string } | null> {
    try {
      const [text, changes] = await withDeadline(
        this.redis.hmget(profileKey(userId), 'profile', 'changes'),
        WAIT_MS,
      );
      // One that another version has written is read anew.
      const parsed = typeof text === 'string' ? profile.safeParse(JSON.parse(text)) : null;
      const found = parsed?.success ? { tier: parsed.data.tier, settings: parsed.data.settings } : null;
      return { profile: found, changes: changes ?? '0' };
    } catch {
      return null;
    }
  }
}

/** What is kept of a user holds no longer. */
export async function forgetProfile(redis: Redis, userId: string): Promise<void> {
  await FORGET.run(redis, [profileKey(userId)], [COUNT_KEPT_MS]);
}
