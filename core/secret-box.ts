import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CredentialKey } from './credential-keys.ts';

/** `box1.<id of the key>.<nonce, ciphertext and tag in base64url>`. No credential of ours begins like that. */
const VERSION = 'box1';
const SEALED = /^box1\.(?<keyId>[\w-]{1,32})\.(?<bytes>[\w-]+)$/;
const CIPHER = 'aes-256-gcm';
/** Chosen at random for each value; one key may seal four thousand million of them. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a value stands. It opens nowhere else. */
export interface SecretPlace {
  table: string;
  column: string;
  /** The row's primary key. */
  row: string;
}

const WORDS = {
  secret_keys_unset: 'There is no key that credentials could be sealed with: set CREDENTIAL_KEYS.',
  secret_key_missing: 'The key that sealed this credential is not among CREDENTIAL_KEYS: put it back.',
  secret_damaged: 'This credential does not open with its key: it was changed, moved, or the key is another.',
} as const;

/** Why a credential could not be sealed or opened. Nothing is lost: with the right key it opens again. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  constructor(
    readonly code: keyof typeof WORDS,
    /** The key that is meant; ids of keys are no secret. */
    readonly keyId?: string,
  ) {
    super(WORDS[code]);
  }
}

/**
 * Credentials at rest: AES-256-GCM, with a value bound to its table, column and row, so that what was copied to
 * another place does not open there.
 */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly first: CredentialKey | undefined;

  /** @param keys the first one seals, all of them open; with none, nothing can be sealed or opened */
  constructor(keys: readonly CredentialKey[]) {
    this.first = keys[0];
    this.keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  /** @throws SecretError where there is no key */
  requireKey(): void {
    if (this.first === undefined) throw new SecretError('secret_keys_unset');
  }

  /** What every value begins with that the first key has sealed; null where there is no key. */
  get newestPrefix(): string | null {
    return this.first === undefined ? null : `${VERSION}.${this.first.id}.`;
  }

  /** @throws SecretError where there is no key */
  seal(plain: string, place: SecretPlace): string {
    if (this.first === undefined) throw new SecretError('secret_keys_unset');
    const { id, key } = this.first;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(
      bindingOf(id, place),
    );
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${id}.${sealed.toString('base64url')}`;
  }

  /** @throws SecretError when its key is missing, or the value was changed or stands where it was not sealed */
  open(sealed: string, place: SecretPlace): string {
    const { keyId, bytes } = SEALED.exec(sealed)?.groups ?? {};
    if (keyId === undefined || bytes === undefined) throw new SecretError('secret_damaged');
    const key = this.keys.get(keyId);
    if (key === undefined) throw new SecretError('secret_key_missing', keyId);
    const whole = Buffer.from(bytes, 'base64url');
    if (whole.length < NONCE_BYTES + TAG_BYTES) throw new SecretError('secret_damaged', keyId);
    const decipher = createDecipheriv(CIPHER, key, whole.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(bindingOf(keyId, place))
      .setAuthTag(whole.subarray(-TAG_BYTES));
    try {
      return (
        decipher.update(whole.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch {
      throw new SecretError('secret_damaged', keyId);
    }
  }
}

/** Whether a value was sealed, by whichever key. Those from before there was a box were not. */
export const isSealed = (value: string): boolean => value.startsWith(`${VERSION}.`);

const bindingOf = (keyId: string, { table, column, row }: SecretPlace): Buffer =>
  Buffer.from(JSON.stringify([VERSION, keyId, table, column, row]));
