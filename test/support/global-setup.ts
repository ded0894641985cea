import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive, stopProcess } from '../../core/services/process-identity.ts';
import { readRuntime } from '../../core/services/runtime-file.ts';
import { startServices } from '../../core/services/start-services.ts';
import { prepareTemplate, TEST_DIR_PREFIX } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
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
  await removeAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), TEST_DIR_PREFIX));
  const services = await startServices({
    dataDir,
    supervise: true,
    durable: false,
    env: process.env,
    onEvent: (line) => process.stderr.write(`${line}\n`),
  });
  const close = async () => {
    await services.close();
    rmSync(dataDir, { recursive: true, force: true });
    await removeAbandoned();
  };
  try {
    const adminUrl = services.databaseAdminUrl;
    if (adminUrl === undefined) throw new Error('The tests need their own Postgres');
    project.provide('templateDatabase', await prepareTemplate(adminUrl, services.databaseOwnerUrl));
    project.provide('redisUrl', services.redisUrl);
    project.provide('databaseAdminUrl', adminUrl);
    project.provide('databaseUrl', services.databaseUrl);
    project.provide('databaseOwnerUrl', services.databaseOwnerUrl);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

/** A run or a test process that was killed the hard way could not clean up; its stores are recognised by their dead launcher. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(TEST_DIR_PREFIX))) {
    const dir = join(tmpdir(), name);
    const runtime = readRuntime(dir);
    if (runtime === undefined || isAlive(runtime.launcher)) continue;
    for (const store of [runtime.redis, runtime.postgres]) {
      if (store !== undefined) await stopProcess(store.process, [{ signal: 'SIGKILL', timeoutMs: 5_000 }]);
    }
    rmSync(dir, { recursive: true, force: true });
  }
}
