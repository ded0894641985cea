import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { inject } from 'vitest';
import { builtEntry } from '../../core/checkout.ts';
import { ROLE_NODE_ARGS } from '../../core/services/role-process.ts';
import { roleMessage } from '../../core/role-messages.ts';
import { startServices } from '../../core/services/start-services.ts';
import type { StoreControl } from '../../core/services/store.ts';
import { migrate } from '../../db/migrate.ts';
import { closeAfterFile } from './after-file.ts';
import { openDatabase, openRedis, testDir, type FreshDatabase, type PrivateRedis } from './stores.ts';
import { makeTestDir } from './run-dir.ts';

/** All tests sign their own tokens with it too. */
export const TEST_SECRET = 'a-secret-that-only-the-tests-know-0123456789';

export type RoleEntry = 'gateway' | 'nlu' | 'workflows' | 'metering' | 'maintenance' | 'worker';

/** One role process of the product under test. */
export interface Role {
  readonly name: RoleEntry;
  readonly pid: number;
  /** Of a gateway. */
  readonly url: string | null;
  /** It was started with a fault point. */
  readonly armed: boolean;
  readonly output: () => string;
  alive(): boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it has gone by itself. */
  stop(): Promise<number | null>;
  readonly gone: Promise<void>;
}

export interface Product {
  /** Of the first gateway. */
  url: string;
  database: FreshDatabase;
  redis: PrivateRedis;
  /** Only with `ownPostgres`: a server that the test may kill. */
  postgres: StoreControl | undefined;
  /** Only with `ownPostgres`: where both stores keep their files, and the address of the superuser. */
  files: { dir: string; adminUrl: string } | undefined;
  /** Where roles keep theirs. */
  dataDir: string;
  /** Starts one more role process. */
  start(name: RoleEntry, env?: Record<string, string>): Promise<Role>;
  roles: Role[];
  close(): Promise<void>;
}

export interface ProductOptions {
  roles?: readonly RoleEntry[];
  env?: Record<string, string>;
  ownPostgres?: boolean;
}

/**
 * The product as it runs outside: real processes of the build, on a database and a Redis of their own. Closed after
 * the file.
 *
 * @param options.roles by default one gateway and one worker with all roles
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const product = await openProduct(options);
  closeAfterFile(product.close);
  return product;
}

/** What there is to know of a product that other files use too: nobody stops its roles or reads its output. */
export type SharedProduct = Pick<Product, 'url' | 'database'>;

let shared: Promise<SharedProduct> | undefined;

/**
 * One gateway and one worker with the settings as they are, for files that only talk to them, each as people of its
 * own: the process that runs these files one after the other starts it once. It ends with that process, as roles do
 * whose launcher has gone; its Redis ends with the folder of the run, and nobody brings it back.
 */
export function sharedProduct(): Promise<SharedProduct> {
  return (shared ??= openProduct({}, false));
}

async function openProduct(options: ProductOptions, supervise = true): Promise<Product> {
  const { database, redis, postgres, files } = options.ownPostgres
    ? await ownStores()
    : await sharedPostgres(supervise);
  const dataDir = makeTestDir(inject('runDir'));
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    PORT: '0',
    REDIS_URL: redis.url,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    PULSEPLAN_DATA_DIR: dataDir,
    PULSEPLAN_DEMO: '1',
    JWT_SECRET: TEST_SECRET,
    LOG_LEVEL: 'warn',
    ...options.env,
  };
  const roles: Role[] = [];
  const start = async (name: RoleEntry, env: Record<string, string> = {}): Promise<Role> => {
    const role = await startRole(name, { ...base, ...env });
    roles.push(role);
    return role;
  };
  const close = async (): Promise<void> => {
    await Promise.all(roles.map((role) => role.kill()));
    await redis.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const starts = (options.roles ?? ['gateway', 'worker']).map((name) => start(name));
  try {
    const started = await Promise.all(starts);
    const url = started.find((role) => role.url)?.url ?? '';
    return { url, database, redis, postgres, files, dataDir, start, roles, close };
  } catch (error) {
    await Promise.allSettled(starts);
    await close();
    throw error;
  }
}

type Stores = Pick<Product, 'database' | 'redis' | 'postgres' | 'files'>;

async function sharedPostgres(supervise: boolean): Promise<Stores> {
  const [database, redis] = await Promise.all([openDatabase(), openRedis({ supervise })]);
  return { database, redis, postgres: undefined, files: undefined };
}

async function ownStores(): Promise<Stores> {
  const dir = testDir();
  const services = await startServices({ dataDir: dir, supervise: true, env: process.env });
  await migrate(services.databaseOwnerUrl);
  if (!services.redis || !services.postgres) throw new Error('Stores of its own were asked for');
  const close = () => services.close();
  return {
    database: {
      name: 'pulseplan',
      url: services.databaseUrl,
      ownerUrl: services.databaseOwnerUrl,
      drop: close,
    },
    redis: { url: services.redisUrl, control: services.redis, close },
    postgres: services.postgres,
    files: { dir, adminUrl: services.databaseAdminUrl ?? '' },
  };
}

async function startRole(name: RoleEntry, env: Record<string, string>): Promise<Role> {
  const entry = builtEntry(name === 'gateway' ? 'scripts/gateway' : 'scripts/worker');
  const args = name === 'gateway' || name === 'worker' ? [] : [`--roles=${name}`];
  const child = spawn(process.execPath, [...ROLE_NODE_ARGS, entry, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const gone = once(child, 'exit').then(() => undefined);
  const url = await ready(child, gone, () => output);
  return {
    name,
    pid: child.pid ?? 0,
    url,
    armed: env['PULSEPLAN_FAULT'] !== undefined,
    output: () => output,
    alive: () => child.exitCode === null && child.signalCode === null,
    gone,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
  };
}

function ready(child: ChildProcess, gone: Promise<void>, output: () => string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const parsed = roleMessage.parse(message);
      if (parsed.type === 'ready') resolve(parsed.url ?? null);
      else reject(new Error(parsed.message));
    });
    void gone.then(() => reject(new Error(`The role ended before it was ready:\n${output()}`)));
  });
}
