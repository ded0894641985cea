import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonIfThere, writePrivateFile } from './private-file.ts';
import { ServicesError } from './services-error.ts';

const secrets = z.object({
  redis: z.string().min(1),
  postgresAdmin: z.string().min(1),
  postgresOwner: z.string().min(1),
  postgresApp: z.string().min(1),
});

/** Passwords of the private stores: loopback is open to every user of the machine, the data is not. */
export type StoreSecrets = z.infer<typeof secrets>;

/** Made on the first start and kept, because the database remembers its own. */
export function loadSecrets(dataDir: string): StoreSecrets {
  const path = join(dataDir, 'secrets.json');
  const known = secrets.safeParse(readJsonIfThere(path));
  if (known.success) return known.data;
  if (existsSync(join(dataDir, 'postgres'))) {
    throw new ServicesError(
      'data_unreadable',
      `${path} is missing or damaged, and without it the database in ${dataDir} cannot be opened: restore the file, or move the folder away to start afresh.`,
    );
  }
  const made: StoreSecrets = {
    redis: password(),
    postgresAdmin: password(),
    postgresOwner: password(),
    postgresApp: password(),
  };
  writePrivateFile(path, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** Letters, digits, - and _ only: it goes into addresses and configuration files as it is. */
function password(): string {
  return randomBytes(24).toString('base64url');
}
