import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { inject } from 'vitest';
import { createDatabase, withClient } from '../../core/services/postgres-driver.ts';
import { startServices, type ServicesOptions } from '../../core/services/start-services.ts';
import type { StoreControl } from '../../core/services/store.ts';
import { closeAfterFile } from './after-file.ts';
import { makeTestDir } from './run-dir.ts';
import { withDatabase } from './template.ts';

export interface FreshDatabase {
  name: string;
  /** The app role: reads and writes, no DDL. */
  url: string;
  ownerUrl: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/** A migrated database for the calling test file alone, in a few milliseconds. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const database = await openDatabase();
  closeAfterFile(database.drop);
  return database;
}

/** The same for as long as the caller wants it. */
export async function openDatabase(): Promise<FreshDatabase> {
  const adminUrl = inject('databaseAdminUrl');
  const template = inject('templateDatabase');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (admin) => createDatabase(admin, name, template));
  let dropped: Promise<void> | undefined;
  const drop = () => (dropped ??= dropDatabase(adminUrl, name));
  return {
    name,
    url: withDatabase(inject('databaseUrl'), name),
    ownerUrl: withDatabase(inject('databaseOwnerUrl'), name),
    drop,
  };
}

/** An empty folder, gone after the run. */
export function testDir(): string {
  return makeTestDir(inject('runDir'));
}

export interface PrivateRedis {
  url: string;
  control: StoreControl;
  close(): Promise<void>;
}

type RedisOptions = Partial<Pick<ServicesOptions, 'supervise' | 'durable'>>;

/**
 * A Redis for the calling test file alone: one that it may flush, freeze or kill. Closed after the file.
 *
 * @param options `supervise: false` leaves it down after a kill until `control.restart()`
 */
export async function privateRedis(options: RedisOptions = {}): Promise<PrivateRedis> {
  const redis = await openRedis(options);
  closeAfterFile(redis.close);
  return redis;
}

/** The same for as long as the caller wants it. */
export async function openRedis(options: RedisOptions = {}): Promise<PrivateRedis> {
  const dataDir = makeTestDir(inject('runDir'));
  const services = await startServices({
    supervise: true,
    durable: true,
    ...options,
    dataDir,
    databaseUrl: inject('databaseUrl'),
    env: process.env,
  });
  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= services.close().then(() => rmSync(dataDir, { recursive: true, force: true })));
  if (services.redis === undefined) throw new Error('A private Redis was asked for');
  return { url: services.redisUrl, control: services.redis, close };
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}
