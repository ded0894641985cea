import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkoutDir } from '../../core/checkout.ts';
import { ConfigError, loadConfig, SETTING_NAMES } from '../../core/config.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('.env.example', () => {
  const example = parseEnv(readFileSync(join(checkoutDir(), '.env.example'), 'utf8'));

  it('lists everything that can be set and nothing else', () => {
    expect(Object.keys(example).sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('changes nothing when it is copied', () => {
    expect(loadConfig(example as Record<string, string>)).toEqual(loadConfig({}));
  });
});

describe('a setting that is not right', () => {
  const CASES: [name: string, given: string, fault: string][] = [
    ['PORT', 'abc', 'PORT is "abc"; wanted: a whole number from 0 to 65535'],
    ['PORT', '70000', 'PORT is "70000"; wanted: a whole number from 0 to 65535'],
    ['PULSEPLAN_DEMO', 'yes', 'PULSEPLAN_DEMO is "yes"; wanted: 0 or 1'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY is "yes"; wanted: 0 or 1'],
    ['RATE_BURST', '-1', 'RATE_BURST is "-1"; wanted: a whole number above 0'],
    ['SESSION_TIMEOUT_MINUTES', '0', 'SESSION_TIMEOUT_MINUTES is "0"; wanted: a whole number from 1 to 1440'],
    ['TURN_KEEP_DAYS', 'ever', 'TURN_KEEP_DAYS is "ever"; wanted: a whole number from 0 to 36500'],
    ['QUESTION_KEEP_DAYS', '0', 'QUESTION_KEEP_DAYS is "0"; wanted: a whole number from 1 to 36500'],
    ['WRITE_KEY_KEEP_HOURS', '1', 'WRITE_KEY_KEEP_HOURS is "1"; wanted: a whole number from 24 to 8784'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL is "loud"; wanted: one of fatal, error, warn, info, debug, trace, silent',
    ],
    [
      'JWKS_URL',
      'keys.test',
      'JWKS_URL is "keys.test"; wanted: an address that begins with https:// or http://',
    ],
    ['JWT_SECRET', 'hushhush', 'JWT_SECRET is not right; wanted: at least 32 characters'],
    [
      'DATABASE_URL',
      'mysql://me:hushhush@db',
      'DATABASE_URL is not right; wanted: an address that begins with postgres:// or postgresql://',
    ],
    [
      'REDIS_URL',
      'redis://:hushhush@host:port',
      'REDIS_URL is not right; wanted: an address that begins with redis:// or rediss://',
    ],
  ];
  it.each(CASES)('%s=%s is named with what is wanted', (name, given, fault) => {
    expect(faultsOf({ [name]: given })).toEqual([fault]);
  });

  it('is told with all the others at once', () => {
    expect(faultsOf(Object.fromEntries(CASES.map(([name, given]) => [name, given])))).toHaveLength(
      new Set(CASES.map(([name]) => name)).size,
    );
  });

  it('but one that is empty counts as not set', () => {
    expect(faultsOf(Object.fromEntries(SETTING_NAMES.map((name) => [name, ''])))).toEqual([]);
  });
});
