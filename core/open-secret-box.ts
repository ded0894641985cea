import type { Config } from './config.ts';
import { newCredentialKey, readCredentialKeys } from './credential-keys.ts';
import { keptSecret } from './kept-secret.ts';
import type { Logger } from './logger.ts';
import { SecretBox } from './secret-box.ts';

const FILE = 'credential-keys';

/**
 * The box of this process, with the keys of the settings. Where those name none: with one that is made once and kept in
 * the data folder, but not in production, where it would lie beside the data that it is to protect. A box without keys
 * stops nobody: whoever needs one is told by a SecretError.
 */
export function openSecretBox(
  config: Pick<Config, 'credentialKeys' | 'production' | 'PULSEPLAN_DATA_DIR'>,
  log: Logger,
): SecretBox {
  if (config.credentialKeys.length > 0) return new SecretBox(config.credentialKeys);
  if (config.production) {
    log.warn('CREDENTIAL_KEYS is not set: no credentials are kept, and nothing is pushed to browsers');
    return new SecretBox([]);
  }
  try {
    const kept = readCredentialKeys(keptSecret(config.PULSEPLAN_DATA_DIR, FILE, newCredentialKey));
    if (kept !== null && kept.length > 0) return new SecretBox(kept);
    log.warn('The file credential-keys of the data folder is damaged: nothing is pushed to browsers');
  } catch (error) {
    log.warn({ err: error }, 'The file credential-keys of the data folder can be neither read nor made');
  }
  return new SecretBox([]);
}
