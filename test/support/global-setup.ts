import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startServices } from '../../core/services/start-services.ts';
import { makeRunDir, removeRunDir } from './run-dir.ts';
import { prepareTemplate } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the run; gone afterwards. */
    runDir: string;
    /** Of the Redis and Postgres that all test files of one run share. */
    redisUrl: string;
    databaseAdminUrl: string;
    databaseUrl: string;
    databaseOwnerUrl: string;
    /** A migrated database to copy. */
    templateDatabase: string;
  }
}

/** One private Redis and one private Postgres for the whole run, gone afterwards with all their data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runDir = makeRunDir();
  const remove = () => removeRunDir(runDir);
  // Ctrl-C ends the run without its teardown.
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));

  const services = await startServices({
    dataDir: join(runDir, 'shared'),
    supervise: true,
    durable: false,
    env: process.env,
    onEvent: (line) => process.stderr.write(`${line}\n`),
  });
  const adminUrl = services.databaseAdminUrl;
  if (adminUrl === undefined) throw new Error('The tests need their own Postgres');
  project.provide('runDir', runDir);
  project.provide('templateDatabase', await prepareTemplate(adminUrl, services.databaseOwnerUrl));
  project.provide('redisUrl', services.redisUrl);
  project.provide('databaseAdminUrl', adminUrl);
  project.provide('databaseUrl', services.databaseUrl);
  project.provide('databaseOwnerUrl', services.databaseOwnerUrl);
  return async () => {
    process.removeListener('exit', remove);
    await services.close();
    remove();
  };
}
