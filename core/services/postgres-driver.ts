import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { LogFile } from './log-file.ts';
import { choosePostgresAccount, ensureOwner, type PostgresAccount } from './postgres-account.ts';
import { isErrno, writePrivateFile } from './private-file.ts';
import { stopStray, workingDirOf } from './process-identity.ts';
import { runProgram } from './run-program.ts';
import { type StoreSecrets } from './secrets-file.ts';
import { ServicesError } from './services-error.ts';
import type { StoreDriver } from './store.ts';

const DATABASE = 'pulseplan';
const OWNER_ROLE = 'pulseplan_owner';
const APP_ROLE = 'pulseplan_app';
const ADMIN_ROLE = 'postgres';
const PROBE_TIMEOUT_MS = 2_000;

/** Where a private Postgres lives and what it is started with. */
export interface PostgresDriverOptions {
  /** Folder of the database files. */
  dir: string;
  logPath: string;
  secrets: StoreSecrets;
  /** Folder with initdb and postgres. */
  programDir: string;
  env: NodeJS.ProcessEnv;
  /** Off for tests that do not look at crashes. */
  durable: boolean;
  onEvent: (line: string) => void;
}

/** Fitted to a small machine with a handful of roles; a larger installation brings its own Postgres. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  // Short statements by the thousand: compiling them or splitting them over two cores costs more than it gives.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // Saves three helper processes that pay off on large scans only.
  io_method: 'sync',
  synchronous_commit: 'on',
  // Old files of the log are removed, not used again: they hold what has been erased since. And none is open for ever.
  wal_recycle: 'off',
  archive_timeout: '1h',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // The details of a fault are the row that was to be written.
  log_error_verbosity: 'terse',
};

/**
 * A private Postgres on loopback: makes its files, roles and database on the first start, and starts it with settings
 * for a small machine. What the methods do is told at `StoreDriver`.
 */
export class PostgresDriver implements StoreDriver {
  readonly name = 'Postgres';
  /** Fast shutdown, then immediate shutdown (recovers on the next start), then the axe. */
  readonly stopSteps = [
    { signal: 'SIGINT', timeoutMs: 10_000 },
    { signal: 'SIGQUIT', timeoutMs: 3_000 },
    { signal: 'SIGKILL', timeoutMs: 5_000 },
  ] as const;
  private account: PostgresAccount | undefined;
  private readonly log: LogFile;
  private logStartBytes = 0;
  private hasRoles = false;

  constructor(private readonly options: PostgresDriverOptions) {
    this.log = new LogFile(options.logPath);
  }

  /**
   * The address for one of its three roles, with the password. `admin` is the superuser, `owner` may change tables,
   * `app` may read and write.
   */
  url(port: number, role: 'app' | 'owner' | 'admin', database = DATABASE): string {
    const { secrets } = this.options;
    const [name, password] = {
      app: [APP_ROLE, secrets.postgresApp] as const,
      owner: [OWNER_ROLE, secrets.postgresOwner] as const,
      admin: [ADMIN_ROLE, secrets.postgresAdmin] as const,
    }[role];
    return `postgres://${name}:${password}@127.0.0.1:${port}/${database}`;
  }

  /**
   * @throws ServicesError `postgres_missing` without binaries for this platform, `start_failed` when no database can
   *   be made
   */
  async prepare(): Promise<void> {
    if (!existsSync(join(this.options.programDir, 'postgres'))) {
      throw new ServicesError(
        'postgres_missing',
        `There are no Postgres binaries for ${process.platform}-${process.arch}: set DATABASE_URL to a Postgres server.`,
      );
    }
    this.account = await choosePostgresAccount(this.options.env);
    if (!existsSync(this.options.dir)) await this.initialise(this.account);
    ensureOwner(this.options.dir, this.account);
  }

  /** A stale postmaster.pid that names a zombie or a stranger would keep Postgres from starting for ever. */
  async clearLeftovers(): Promise<void> {
    const path = join(this.options.dir, 'postmaster.pid');
    const pid = Number(readFirstLine(path));
    if (Number.isInteger(pid) && pid > 0 && workingDirOf(pid) === this.options.dir) {
      await stopStray(pid, this.stopSteps);
    }
    rmSync(path, { force: true });
  }

  spawn(port: number): ChildProcess {
    const settings = { ...SETTINGS, port: String(port), fsync: this.options.durable ? 'on' : 'off' };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [file, args] = this.command('postgres', ['-D', this.options.dir, ...flags]);
    this.logStartBytes = this.log.sizeBytes();
    return this.log.open((descriptor) =>
      spawn(file, args, {
        cwd: this.options.dir,
        detached: true,
        stdio: ['ignore', descriptor, descriptor],
        env: this.environment(),
      }),
    );
  }

  async probe(port: number): Promise<void> {
    await withClient(this.url(port, 'admin', 'postgres'), async (client) => {
      // The first answer is the moment at which a new server gets its database and roles.
      if (!this.hasRoles) {
        await this.ensureRoles(client);
        // For the cleaning of files; also where an earlier version has made the roles.
        await withClient(this.url(port, 'admin'), grantFileCleaning);
      }
      this.hasRoles = true;
    });
  }

  logTail(): string {
    return this.log.tail(this.logStartBytes);
  }

  /** Into a folder beside the final one: a first start that is cut short leaves nothing half made. */
  private async initialise(account: PostgresAccount): Promise<void> {
    this.options.onEvent('Creating the database');
    const newDir = `${this.options.dir}.new`;
    const passwordPath = `${this.options.dir}.password`;
    rmSync(newDir, { recursive: true, force: true });
    mkdirSync(newDir, { mode: 0o700 });
    writePrivateFile(passwordPath, `${this.options.secrets.postgresAdmin}\n`);
    ensureOwner(newDir, account);
    try {
      const flags = [
        `--pgdata=${newDir}`,
        `--username=${ADMIN_ROLE}`,
        `--pwfile=${passwordPath}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The built-in provider sorts the same on every machine, whatever locales it has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(this.options.durable ? [] : ['--no-sync']),
      ];
      const [file, args] = this.command('initdb', flags);
      const { ok, output } = await runProgram(file, args, { env: this.environment(), timeoutMs: 120_000 });
      if (!ok)
        throw new ServicesError('start_failed', `The database could not be created:\n${output.trim()}`);
      renameSync(newDir, this.options.dir);
    } finally {
      rmSync(passwordPath, { force: true });
      rmSync(newDir, { recursive: true, force: true });
    }
  }

  /** Safe to repeat: the first start may have been cut short after any of the statements. */
  private async ensureRoles(client: pg.Client): Promise<void> {
    // The right to connect is the last thing that is given.
    const done = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datacl::text LIKE $2', [
      DATABASE,
      `%${APP_ROLE}=c%`,
    ]);
    if (done.rowCount === 0) await this.makeRoles(client);
  }

  private async makeRoles(client: pg.Client): Promise<void> {
    const { secrets } = this.options;
    await client.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${OWNER_ROLE}') THEN
          CREATE ROLE ${OWNER_ROLE} LOGIN CREATEROLE PASSWORD '${secrets.postgresOwner}';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN
          CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${secrets.postgresApp}';
        END IF;
      END $$`);
    await client.query(`GRANT ${APP_ROLE} TO ${OWNER_ROLE} WITH ADMIN TRUE, INHERIT FALSE, SET TRUE`);
    await createDatabase(client, DATABASE);
  }

  private command(program: string, args: readonly string[]): [string, string[]] {
    if (this.account === undefined) throw new Error('PostgresDriver used before prepare');
    const [file, ...rest] = [...this.account.prefix, join(this.options.programDir, program), ...args];
    return [file ?? program, rest];
  }

  /** Nothing of the surroundings: locale, time zone and PG… variables of the user must not shape the data. */
  private environment(): NodeJS.ProcessEnv {
    return { PATH: this.options.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  }
}

/**
 * An empty database, or a copy of a template, with the rights the product expects: the owner role may do
 * anything in it, the app role may only connect until a migration grants it more.
 */
export async function createDatabase(admin: pg.Client, name: string, template = 'template1'): Promise<void> {
  const quoted = pg.escapeIdentifier(name);
  const known = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (known.rowCount === 0) {
    await admin.query(
      `CREATE DATABASE ${quoted} OWNER ${OWNER_ROLE} TEMPLATE ${pg.escapeIdentifier(template)}`,
    );
  }
  await admin.query(`REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${quoted} TO ${APP_ROLE}`);
}

/**
 * What the owner role needs to take what was erased out of the log of Postgres, and to see that it is gone.
 *
 * @param admin in the database that the role owns: rights to functions are given in each by itself
 */
export async function grantFileCleaning(admin: pg.Client): Promise<void> {
  await admin.query(`GRANT pg_checkpoint TO ${OWNER_ROLE}`);
  await admin.query(`GRANT EXECUTE ON FUNCTION pg_switch_wal(), pg_ls_waldir() TO ${OWNER_ROLE}`);
}

/** One connection for a moment. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
  });
  // A server that stops meanwhile ends the connection; the query that notices carries the error.
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function readFirstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').split('\n')[0] ?? '';
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}
