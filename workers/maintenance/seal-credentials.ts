import type { Logger } from '../../core/logger.ts';
import { SecretError } from '../../core/secret-box.ts';
import type { Resealed } from '../../db/reseal.ts';

/** Has every credential sealed by the first key, and says when the others are not needed any more. */
export async function sealCredentials(deps: { reseal(): Promise<Resealed>; log: Logger }): Promise<void> {
  const { log } = deps;
  try {
    const { sealed, left, missingKeys, damaged } = await deps.reseal();
    if (sealed > 0)
      log.info(
        { sealed, left },
        left === 0
          ? 'All credentials are sealed by the first key; others can be taken out of CREDENTIAL_KEYS'
          : 'Credentials have been sealed by the first key; others are left',
      );
    if (missingKeys.length > 0)
      log.warn({ keyIds: missingKeys }, 'Credentials need keys that are not among CREDENTIAL_KEYS');
    if (damaged > 0) log.warn({ damaged }, 'Credentials do not open with the key that they name');
  } catch (error) {
    // Said once at start: this process has no key, and will not get one.
    if (error instanceof SecretError && error.code === 'secret_keys_unset') return;
    throw error;
  }
}
