import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServices } from '../../core/services/start-services.ts';
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { Child } from './child.ts';
import { explainBooks, fillBooks, fillCounters, measureBooks } from './metering-books.ts';
import { EventLoad, tellSpread } from './metering-events.ts';

const BACKLOG = 60_000;
const { values } = parseArgs({
  options: {
    /** Rows in each of two months; 0 leaves the books out. */
    rows: { type: 'string', default: '5000000' },
    users: { type: 'string', default: '10000' },
    events: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const dir = mkdtempSync(join(tmpdir(), 'pulseplan-metering-'));
const services = await startServices({ dataDir: dir, supervise: false, durable: true, env: process.env });
const db = connect(services.databaseUrl, { poolMax: 30, name: 'bench', patient: true });
const owner = connect(services.databaseOwnerUrl, { poolMax: 1, name: 'bench-owner', patient: true });
try {
  await migrate(services.databaseOwnerUrl);
  if (values.events) await measureEvents();
  const volume = { rows: Number(values.rows), users: Number(values.users) };
  if (volume.rows > 0) {
    await fillBooks(owner, volume);
    await fillCounters(owner);
    say(`${volume.rows} rows in each of two months, ${volume.users} users`);
    for (const line of await measureBooks(db, volume)) say(line);
    for (const line of await explainBooks(db)) say(line);
  }
} finally {
  await Promise.all([db.destroy(), owner.destroy()]);
  await services.close();
  rmSync(dir, { recursive: true, force: true });
}

async function measureEvents(): Promise<void> {
  const load = new EventLoad(db, services.redisUrl);
  const start = async (): Promise<Child> => {
    const child = Child.start({
      name: 'metering',
      entry: 'scripts/worker',
      args: ['--roles=metering'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        REDIS_URL: services.redisUrl,
        DATABASE_URL: services.databaseUrl,
        PULSEPLAN_DATA_DIR: dir,
        LOG_LEVEL: 'warn',
      },
      logPath: join(dir, 'metering.log'),
    });
    await child.next((message) => (JSON.stringify(message).includes('ready') ? true : undefined));
    return child;
  };
  try {
    for (const perJob of [500, 10, 1]) {
      let worker: Child | undefined;
      const rate = await load.backlog(BACKLOG, perJob, async () => (worker = await start()));
      say(`backlog of ${BACKLOG} events, ${perJob} a job: ${Math.round(rate)} events/s by one worker`);
      await worker?.stop();
    }
    const worker = await start();
    for (const rate of [100, 1_000, 5_000])
      say(`${rate} events/s for 10 s: delivery to visibility ${tellSpread(await load.steady(rate, 10))}`);
    await worker.stop();
  } finally {
    await load.close();
  }
}
