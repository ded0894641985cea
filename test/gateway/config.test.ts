import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../core/config.ts';
import { startProduct } from '../support/product.ts';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('the environment', () => {
  it('is checked as a whole: every fault is listed at once, by its name', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      REDIS_URL: 'http://redis',
      JWT_SECRET: 'short',
      LOG_LEVEL: 'loud',
      RATE_BURST: '-1',
      PULSEPLAN_DEMO: 'yes',
    });
    expect(faults.map((fault) => fault.split(' ')[0] ?? '').sort()).toEqual([
      'JWT_SECRET',
      'LOG_LEVEL',
      'PORT',
      'PULSEPLAN_DEMO',
      'RATE_BURST',
      'REDIS_URL',
    ]);
    expect(faults.join()).not.toContain('short');
  });

  it.each([
    ['FEATURE_COSTS', 'email_draft_llm=1,email_draft_llm=2'],
    ['OPERATION_COSTS', 'conversation_turn=1,conversation_turn=1'],
    ['MODEL_PRICES', 'llama3=0, gpt-4=1, llama3=1'],
  ])('%s names nothing twice', (name, twice) => {
    expect(faultsOf({ [name]: twice })).toEqual([
      expect.stringMatching(new RegExp(`^${name} is .*wanted: .*each name once$`)),
    ]);
    expect(faultsOf({ [name]: twice.split(',')[0] ?? '' })).toEqual([]);
  });

  it('of production needs keys and takes nothing that is for tests', () => {
    const production = { NODE_ENV: 'production' };
    expect(faultsOf(production)).toEqual([expect.stringContaining('JWT_SECRET or JWKS_URL')]);
    expect(faultsOf({ ...production, JWKS_URL: 'https://keys.test' })).toEqual([]);
    const issuer = { OIDC_ISSUER: 'https://id.test' };
    expect(faultsOf({ ...production, ...issuer, OIDC_CLIENT_ID: 'page' })).toEqual([]);
    expect(faultsOf(issuer)).toEqual([expect.stringContaining('OIDC_CLIENT_ID is required')]);
    expect(faultsOf({ OIDC_CLIENT_ID: 'page' })).toEqual([
      expect.stringContaining('OIDC_ISSUER is required'),
    ]);
    const faults = faultsOf({
      ...production,
      PULSEPLAN_FAULT: 'committed=kill',
      PULSEPLAN_CLOCK_OFFSET_MS: '5',
    });
    expect(faults).toHaveLength(3);
    expect(loadConfig({ ...production, JWT_SECRET: 'x'.repeat(32) }).demo).toBe(false);
  });

  it('of a gateway that must not start tells why, and the process ends', async () => {
    const start = startProduct({
      roles: ['gateway'],
      env: { NODE_ENV: 'production', JWT_SECRET: '', PULSEPLAN_FAULT: 'committed=kill', PORT: 'eighty' },
    });
    await expect(start).rejects.toThrow(/PORT[^]*JWT_SECRET or JWKS_URL[^]*PULSEPLAN_FAULT/);
  });
});
