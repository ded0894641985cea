import { randomBytes } from 'node:crypto';

/** A key of the secret box: 32 bytes, and the id that stands in every value it has sealed. */
export interface CredentialKey {
  id: string;
  key: Buffer;
}

const KEY_BYTES = 32;
/** `id:key`, the key in base64 or base64url. */
const PAIR = /^(?<id>[\w-]{1,32}):(?<key>[A-Za-z0-9+/_-]{43}=?)$/;

/**
 * Keys as they stand in the settings or in the data folder: `id:base64,id:base64`. The first one seals, all of them open.
 *
 * @returns null where one is not right, or two have the same id
 */
export function readCredentialKeys(text: string): CredentialKey[] | null {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean);
  const keys = pairs.flatMap((pair) => {
    const { id, key } = PAIR.exec(pair)?.groups ?? {};
    const bytes = Buffer.from(key ?? '', 'base64');
    return id !== undefined && bytes.length === KEY_BYTES ? [{ id, key: bytes }] : [];
  });
  const isRight = keys.length === pairs.length && new Set(keys.map(({ id }) => id)).size === keys.length;
  return isRight ? keys : null;
}

/** A key that was never there, written as the settings have it. Its id is new too, so that no other is taken for it. */
export function newCredentialKey(): string {
  return `k${randomBytes(4).toString('hex')}:${randomBytes(KEY_BYTES).toString('base64')}`;
}
