import { describe, expect, it } from 'vitest';
import { usageEvent } from '../../contracts/usage.ts';
import { usageOf } from './usage-events.ts';

describe('a usage event', () => {
  it('is what the meter reports: a charge, or what is given back', () => {
    expect(usageEvent.safeParse(usageOf()).success).toBe(true);
    const refund = usageOf({ kind: 'refund', reason: 'failed', tokens_used: -500, cost_usd: '0' });
    expect(usageEvent.safeParse(refund).success).toBe(true);
    expect(usageEvent.safeParse(usageOf({ cost_usd: '99999999.999999999999' })).success).toBe(true);
  });

  it.each([
    ['a charge below nothing', { tokens_used: -1 }],
    ['a refund that charges', { kind: 'refund', tokens_used: 1 }],
    ['more tokens than there are', { tokens_used: 1_000_000_001 }],
    ['less tokens than there are', { kind: 'refund', tokens_used: -1_000_000_001 }],
    ['half a token', { tokens_used: 0.5 }],
    ['no number', { tokens_used: Number.NaN }],
    ['a price below nothing', { cost_usd: '-1' }],
    ['a price beyond the column', { cost_usd: '100000000' }],
    ['a fraction that would be lost', { cost_usd: '0.0000000000001' }],
    ['a price that is no decimal number', { cost_usd: '1e-7' }],
    ['a period that is no month', { period: '2026-11-02' }],
    ['a place beyond the column', { step: 2_147_483_648 }],
    ['words', { query: 'buy milk' }],
  ] as const)('has not %s', (_what, change) => {
    expect(usageEvent.safeParse({ ...usageOf(), ...change }).success).toBe(false);
  });
});
