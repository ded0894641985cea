import { createDatabase, grantFileCleaning, withClient } from '../../core/services/postgres-driver.ts';
import { migrate } from '../../db/migrate.ts';

const TEMPLATE = 'pulseplan_template';

/** Makes the migrated database of which every test file gets a copy. */
export async function prepareTemplate(adminUrl: string, ownerUrl: string): Promise<string> {
  await withClient(adminUrl, (admin) => createDatabase(admin, TEMPLATE));
  await withClient(withDatabase(adminUrl, TEMPLATE), grantFileCleaning);
  await migrate(withDatabase(ownerUrl, TEMPLATE));
  return TEMPLATE;
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
