import { builtEntry } from '../core/checkout.ts';
import { loadConfig, type Config } from '../core/config.ts';
import { runProcess, type Lifecycle, type LifecycleEvent } from '../core/lifecycle.ts';
import { tryListening } from '../core/services/free-port.ts';
import { reachStores } from '../core/services/reach-stores.ts';
import { RoleProcess } from '../core/services/role-process.ts';
import { runningOn } from '../core/services/runtime-file.ts';
import { startServices, type Services } from '../core/services/start-services.ts';
import { migrate } from '../db/migrate.ts';
import { seedDemoUsers } from '../db/seeds/demo-users.ts';

/** Longer than a role may take for its stop, and than a store. */
const ROLES_STOP_MS = 27_000;
const STORES_STOP_MS = 20_000;

const ROLES = [
  { name: 'Gateway', entry: 'scripts/gateway', args: [] },
  { name: 'Worker', entry: 'scripts/worker', args: ['--roles=nlu,workflows,metering,maintenance'] },
];

/** Stores, then schema, then roles; the first address that a role reports is where people go. */
async function start(lifecycle: Lifecycle): Promise<{ url?: string }> {
  const config = loadConfig(process.env);
  // Told before anything is started, unless it is PulsePlan itself that has the port, which is told by its lock.
  if (runningOn(config.PULSEPLAN_DATA_DIR) === undefined) await tryListening(config.PORT, config.HOST);
  await reachGivenStores(config);
  const services = await startServices({
    dataDir: config.PULSEPLAN_DATA_DIR,
    redisUrl: config.REDIS_URL,
    databaseUrl: config.DATABASE_URL,
    databaseOwnerUrl: config.DATABASE_OWNER_URL,
    supervise: true,
    env: process.env,
    onEvent: say,
  });
  lifecycle.onClose('Stores', () => services.close(), STORES_STOP_MS);
  for (const notice of await migrate(services.databaseOwnerUrl)) say(notice);
  if (config.demo) await seedDemoUsers(services.databaseUrl);

  const url = await startRoles(lifecycle, services);
  if (url !== undefined) services.announce(url);
  // Since the process began: whoever waits has also waited for packages and build.
  const seconds = (performance.now() / 1000).toFixed(1);
  process.stdout.write(
    `PulsePlan is ready: ${url} (after ${seconds} s; data in ${config.PULSEPLAN_DATA_DIR}; Ctrl-C stops it)\n`,
  );
  return url === undefined ? {} : { url };
}

/** Before anything else is started; what the launcher starts itself it also waits for. */
async function reachGivenStores(config: Config): Promise<void> {
  const given = (name: 'REDIS_URL' | 'DATABASE_URL' | 'DATABASE_OWNER_URL') =>
    config[name] === undefined ? [] : [{ url: config[name], variable: name }];
  await reachStores({
    redis: given('REDIS_URL')[0],
    databases:
      config.DATABASE_URL === undefined ? [] : [...given('DATABASE_URL'), ...given('DATABASE_OWNER_URL')],
  });
}

async function startRoles(lifecycle: Lifecycle, services: Services): Promise<string | undefined> {
  const env = {
    // What a person at a terminal wants to see is trouble; the launcher says the rest.
    ...process.env,
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
    REDIS_URL: services.redisUrl,
    DATABASE_URL: services.databaseUrl,
    DATABASE_OWNER_URL: services.databaseOwnerUrl,
  };
  const roles = ROLES.map(
    ({ name, entry, args }) => new RoleProcess({ name, entry: builtEntry(entry), args, env, onEvent: say }),
  );
  lifecycle.onClose(
    'Roles',
    () => Promise.all(roles.map((role) => role.stop())).then(() => {}),
    ROLES_STOP_MS,
  );
  const answers = await Promise.all(roles.map((role) => role.start()));
  return answers.map(({ url }) => url).find((url) => url !== undefined);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function sayEvent({ level, message, error }: LifecycleEvent): void {
  say(message);
  // A fault of ours needs its stack; what a person can put right says all in its message.
  if (level === 'error' && error instanceof TypeError) say(error.stack ?? '');
}

await runProcess('start', start, { onEvent: sayEvent, wholeStopMs: ROLES_STOP_MS + STORES_STOP_MS });
