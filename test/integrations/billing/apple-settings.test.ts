import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../../core/config.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const APP = { APPLE_BUNDLE_ID: 'test.pulseplan.app', APPLE_ROOT_CERTS: ' a.cer, b.pem ,' };
const PRODUCTION = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) };

describe('settings of the App Store', () => {
  it('turn payments on together, or not at all', () => {
    expect(loadConfig({}).apple).toBeNull();
    expect(loadConfig(APP).apple).toEqual({
      bundleId: 'test.pulseplan.app',
      rootCertPaths: ['a.cer', 'b.pem'],
      appId: undefined,
      environment: 'Sandbox',
      onlineChecks: false,
    });
    expect(faultsOf({ APPLE_BUNDLE_ID: 'x' })).toEqual(['APPLE_ROOT_CERTS is required with APPLE_BUNDLE_ID']);
    expect(faultsOf({ APPLE_ROOT_CERTS: 'x' })).toEqual([
      'APPLE_BUNDLE_ID is required with APPLE_ROOT_CERTS',
    ]);
  });

  it('name the environment of the store, or leave it to where the product runs', () => {
    const environmentOf = (env: Record<string, string>) => loadConfig({ ...APP, ...env }).apple?.environment;
    expect(environmentOf({ APPLE_APP_ID: '42' })).toBe('Production');
    expect(environmentOf({ ...PRODUCTION, APPLE_APP_ID: '42' })).toBe('Production');
    expect(environmentOf({ ...PRODUCTION, APPLE_ENVIRONMENT: 'Sandbox' })).toBe('Sandbox');
    expect(environmentOf({ APPLE_ENVIRONMENT: 'LocalTesting', APPLE_ROOT_CERTS: '' })).toBe('LocalTesting');
  });

  it('need the number of the app for the real store, and a store that signs in production', () => {
    const number = expect.stringContaining('APPLE_APP_ID is required') as unknown;
    expect(faultsOf({ ...APP, ...PRODUCTION })).toEqual([number]);
    expect(faultsOf({ ...APP, APPLE_ENVIRONMENT: 'Production' })).toEqual([number]);
    for (const APPLE_ENVIRONMENT of ['Xcode', 'LocalTesting'])
      expect(faultsOf({ ...APP, ...PRODUCTION, APPLE_ENVIRONMENT })).toEqual([
        expect.stringContaining('refused when NODE_ENV=production'),
      ]);
    expect(faultsOf({ ...APP, APPLE_APP_ID: 'many', APPLE_ENVIRONMENT: 'Moon' })).toEqual([
      'APPLE_APP_ID is "many"; wanted: a whole number above 0',
      'APPLE_ENVIRONMENT is "Moon"; wanted: one of Production, Sandbox, Xcode, LocalTesting',
    ]);
  });
});
