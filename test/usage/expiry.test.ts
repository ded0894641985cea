import { expect, it, describe } from 'vitest';
import { expireCalls } from '../../db/metering.ts';
import { Books, NOW } from './books.ts';

describe('calls whose makers died', () => {
  it('end in several workers at once, and none waits for another in a circle', async () => {
    const books = await Books.open({}, { poolMax: 8 });
    const { db } = books;
    // A user has calls that expire in any order.
    await db.raw(`
      insert into usage_quotas
          (user_id, period, monthly_token_limit, tokens_reserved, last_reset_at, subscription_tier, updated_at)
        select md5('u' || u)::uuid, '2026-11-01', 100000, 25000, now(), 'free', now() from generate_series(1, 40) u;
      insert into llm_calls (id, user_id, scope_id, step, ordinal, revision, operation, function, model, input_hash, period,
          state, flat, reserved_tokens, started_at, expires_at)
        select gen_random_uuid(), md5('u' || u)::uuid, gen_random_uuid(), 0, 0, 0, 'email_draft_llm', 'f', 'gpt-4', 'h',
          '2026-11-01', 'reserved', true, 500, '2026-11-02', '2026-11-02'::timestamptz + random() * interval '1 hour'
        from generate_series(1, 40) u, generate_series(1, 50) k`);
    const endAll = async (): Promise<number> => {
      const ended = await expireCalls(db, NOW, 500);
      return ended === 0 ? 0 : ended + (await endAll());
    };
    const ended = await Promise.all(Array.from({ length: 4 }, endAll));
    const rest = await endAll();
    expect(ended.reduce((sum, count) => sum + count, rest)).toBe(2_000);
    expect(await db('usage_quotas').where('tokens_reserved', '>', 0)).toEqual([]);
  });
});
