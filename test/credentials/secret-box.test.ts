import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../core/config.ts';
import { newCredentialKey, readCredentialKeys } from '../../core/credential-keys.ts';
import { openSecretBox } from '../../core/open-secret-box.ts';
import { isSealed, SecretBox, SecretError, type SecretPlace } from '../../core/secret-box.ts';
import { createLogger } from '../../core/logger.ts';
import { testDir } from '../support/stores.ts';

const boxOf = (...keys: string[]): SecretBox => new SecretBox(readCredentialKeys(keys.join(',')) ?? []);
const place: SecretPlace = { table: 'accounts', column: 'token', row: 'one' };
const log = createLogger({ level: 'silent', role: 'test' });

function refusal(work: () => unknown): SecretError {
  try {
    work();
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('a secret box', () => {
  const [old, fresh] = [newCredentialKey(), newCredentialKey()];

  it('gives back what was sealed, whatever it was, and never seals the same twice', () => {
    const box = boxOf(old);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = box.seal(plain, place);
        expect(box.open(sealed, place)).toBe(plain);
        expect(box.seal(plain, place)).not.toBe(sealed);
        expect(isSealed(sealed)).toBe(true);
        if (plain.length > 4) expect(sealed).not.toContain(plain);
      }),
    );
  });

  it('opens with any of its keys and seals with the first', () => {
    const before = boxOf(old).seal('hush', place);
    const both = boxOf(fresh, old);
    expect(both.open(before, place)).toBe('hush');
    const after = both.seal('hush', place);
    expect(boxOf(fresh).open(after, place)).toBe('hush');
    expect(refusal(() => boxOf(old).open(after, place)).code).toBe('secret_key_missing');
    expect(after.startsWith(both.newestPrefix ?? '?')).toBe(true);
  });

  it('opens nothing that was changed in any place', () => {
    const box = boxOf(old);
    const sealed = box.seal('hush', place);
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      // The last letter may hold bits that stand for nothing.
      if (at === sealed.length - 1 && decoded(changed).equals(decoded(sealed))) continue;
      expect(() => box.open(changed, place), `letter ${at}`).toThrow(SecretError);
    }
    for (const cut of ['', 'box1', 'box1.', sealed.slice(0, -1), sealed.slice(0, 30), `${sealed}A`, 'hush'])
      expect(() => box.open(cut, place), cut).toThrow(SecretError);
  });

  it('opens nothing in another row, column or table', () => {
    const box = boxOf(old);
    const sealed = box.seal('hush', place);
    for (const moved of [{ row: 'two' }, { column: 'other' }, { table: 'others' }])
      expect(refusal(() => box.open(sealed, { ...place, ...moved })).code).toBe('secret_damaged');
    // Names that run together are no other place's names.
    const run = box.seal('hush', { table: 'a', column: 'bc', row: 'd' });
    expect(() => box.open(run, { table: 'ab', column: 'c', row: 'd' })).toThrow(SecretError);
  });

  it('tells a wrong key from a missing one, and says neither key nor value', () => {
    const sealed = boxOf(old).seal('hush', place);
    const sameId = `${old.split(':')[0]}:${newCredentialKey().split(':')[1]}`;
    const wrong = refusal(() => boxOf(sameId).open(sealed, place));
    const missing = refusal(() => boxOf(fresh).open(sealed, place));
    const unset = refusal(() => boxOf().seal('hush', place));
    expect([wrong.code, missing.code, unset.code]).toEqual([
      'secret_damaged',
      'secret_key_missing',
      'secret_keys_unset',
    ]);
    expect(missing.keyId).toBe(old.split(':')[0]);
    for (const { message } of [wrong, missing, unset]) {
      expect(message).not.toContain('hush');
      expect(message).not.toContain(old.split(':')[1]);
    }
  });
});

const decoded = (sealed: string): Buffer => Buffer.from(sealed.split('.')[2] ?? '', 'base64url');

describe('CREDENTIAL_KEYS', () => {
  const key = newCredentialKey();
  const faults = (given: string): readonly string[] => {
    try {
      loadConfig({ CREDENTIAL_KEYS: given });
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.faults;
      throw error;
    }
  };

  it('are read in their order', () => {
    const { credentialKeys } = loadConfig({ CREDENTIAL_KEYS: `${key}, 2025:${key.split(':')[1]}` });
    expect(credentialKeys.map(({ id, key: bytes }) => [id, bytes.length])).toEqual([
      [key.split(':')[0], 32],
      ['2025', 32],
    ]);
  });

  it.each([
    ['a key that is too short', 'one:aGVsbG8='],
    ['a key without an id', key.split(':')[1] ?? ''],
    ['an id with a dot', `a.b:${key.split(':')[1]}`],
    ['the same id twice', `${key},${key}`],
    ['a key that is no base64', `one:${'?'.repeat(43)}=`],
  ])('%s stops the start and is not repeated', (_, given) => {
    const told = faults(given);
    expect(told).toEqual([expect.stringMatching(/^CREDENTIAL_KEYS is not right; wanted: id:key pairs/)]);
    expect(told.join()).not.toContain(given);
  });
});

describe('the key of the data folder', () => {
  it('is made once, for its owner alone, and is the same ever after', () => {
    const PULSEPLAN_DATA_DIR = join(testDir(), 'data');
    const config = { ...loadConfig({}), PULSEPLAN_DATA_DIR };
    const sealed = openSecretBox(config, log).seal('hush', place);
    const path = join(PULSEPLAN_DATA_DIR, 'credential-keys');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openSecretBox(config, log).open(sealed, place)).toBe('hush');
    // Keys can be changed there as in the settings.
    writeFileSync(path, `${newCredentialKey()},${readFileSync(path, 'utf8')}`);
    expect(openSecretBox(config, log).open(sealed, place)).toBe('hush');
    writeFileSync(path, 'torn');
    expect(refusal(() => openSecretBox(config, log).open(sealed, place)).code).toBe('secret_key_missing');
    expect(readFileSync(path, 'utf8')).toBe('torn');
  });

  it('is not made in production, nor where keys are set', () => {
    const PULSEPLAN_DATA_DIR = testDir();
    const production = { ...loadConfig({}), production: true, PULSEPLAN_DATA_DIR };
    expect(refusal(() => openSecretBox(production, log).seal('hush', place)).code).toBe('secret_keys_unset');
    const set = { ...loadConfig({ CREDENTIAL_KEYS: newCredentialKey() }), PULSEPLAN_DATA_DIR };
    openSecretBox(set, log).seal('hush', place);
    expect(existsSync(join(PULSEPLAN_DATA_DIR, 'credential-keys'))).toBe(false);
  });
});
