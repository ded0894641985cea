import { join } from 'node:path';
import { startServices, type Services } from '../../../core/services/start-services.ts';
import { connect } from '../../../db/connect.ts';
import { migrate } from '../../../db/migrate.ts';
import { Child } from '../child.ts';
import { Meter } from '../measure.ts';
import type { Plan } from '../plan.ts';
import { fixed, table } from '../report.ts';
import { redisReader, type BenchScene } from '../run-bench.ts';
import { percentile } from '../statistics.ts';
import { writeTables } from '../write-tables.ts';
import { explainBooks, fillBooks, fillCounters, measureBooks, type BookTimes, type Volume } from './books.ts';
import { EventLoad } from './events.ts';
import { measureMeteredTurns, type MeteredTurns } from './metered-turns.ts';

const BACKLOG = 60_000;
const PER_JOB = [500, 10, 1] as const;
/** Events a second while it is looked how soon one is seen, and for how long. */
const STEADY = { perSecond: 1_000, seconds: 10 };
const VOLUME: Volume = { rows: 5_000_000, users: 10_000 };
const QUICK_VOLUME: Volume = { rows: 200_000, users: 2_000 };

interface EventTimes {
  /** Written by one worker, by how many come in a job. */
  perSecond: Map<number, number>;
  visibleMs: number[];
}

/** What metering adds to a turn, and what its books can take. */
export async function benchMetering(plan: Plan, scene: BenchScene): Promise<string> {
  const { stacks, lifecycle, say } = scene;
  say('Drafting with and without the meter');
  const load = await stacks.load();
  const turns = await measureMeteredTurns(stacks, new Meter(load, redisReader(lifecycle)));
  await stacks.close();

  const dataDir = join(scene.dir, 'books');
  const services = await startServices({ dataDir, supervise: false, durable: true, env: process.env });
  const db = connect(services.databaseUrl, { poolMax: 30, name: 'bench', patient: true });
  const owner = connect(services.databaseOwnerUrl, { poolMax: 1, name: 'bench-owner', patient: true });
  try {
    await migrate(services.databaseOwnerUrl);
    say('Usage events by one worker');
    const events = await measureEvents(new EventLoad(db, services.redisUrl), services, dataDir);
    const volume = plan.quick ? QUICK_VOLUME : VOLUME;
    say(`Books of ${volume.rows * 2} rows`);
    await fillBooks(owner, volume);
    await fillCounters(owner);
    const books = await measureBooks(db, volume);
    const text = metersTable(turns, events, books, volume);
    if (plan.write) {
      const plans = ['```text', ...(await explainBooks(db)), '```'].join('\n');
      writeTables(text, { page: 'docs/metering.md', mark: 'bench-metering' });
      writeTables(plans, { page: 'docs/metering.md', mark: 'explain' });
    }
    return `${text}\n`;
  } finally {
    await Promise.all([db.destroy(), owner.destroy()]);
    await services.close();
  }
}

async function measureEvents(load: EventLoad, services: Services, dataDir: string): Promise<EventTimes> {
  const worker = async (): Promise<Child> => {
    const child = Child.start({
      name: 'metering',
      entry: 'scripts/worker',
      args: ['--roles=metering'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        REDIS_URL: services.redisUrl,
        DATABASE_URL: services.databaseUrl,
        PULSEPLAN_DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
      },
      logPath: join(dataDir, 'metering.log'),
    });
    await child.next((message) => (JSON.stringify(message).includes('ready') ? true : undefined));
    return child;
  };
  try {
    const perSecond = new Map<number, number>();
    for (const perJob of PER_JOB) {
      let running: Child | undefined;
      perSecond.set(perJob, await load.backlog(BACKLOG, perJob, async () => (running = await worker())));
      await running?.stop();
    }
    const steady = await worker();
    const visibleMs = await load.steady(STEADY.perSecond, STEADY.seconds);
    await steady.stop();
    return { perSecond, visibleMs };
  } finally {
    await load.close();
  }
}

function metersTable(
  { answerMs, withMs, withoutMs, ratio, turns }: MeteredTurns,
  events: EventTimes,
  books: BookTimes,
  { rows, users }: Volume,
): string {
  const p95 = (times: readonly number[]): string => `${fixed(percentile(times, 0.95))} ms`;
  const written = PER_JOB.map((perJob) => [
    `events written by one worker, ${perJob} a job`,
    `${fixed(events.perSecond.get(perJob) ?? Number.NaN, 0)} a second`,
    perJob === 1 ? '' : '5,000',
  ]);
  return table(
    ['what', 'measured', 'to reach'],
    [
      [
        `turn that drafts, p50 with / without the meter (${turns} turns; the provider takes ${answerMs} ms)`,
        `${fixed(ratio, 3)} (${fixed(withMs)} / ${fixed(withoutMs)} ms)`,
        '1.05',
      ],
      ...written,
      [
        `seen in usage after its delivery, p99 at ${STEADY.perSecond} a second`,
        `${fixed(percentile(events.visibleMs, 0.99))} ms`,
        '1,000 ms',
      ],
      [`rollup of ${books.rolledUpRows} rows, ${users} users`, `${fixed(books.rollupMs / 1000)} s`, '60 s'],
      ['summaries compared with their rows', `${fixed(books.checkMs / 1000)} s`, ''],
      ['reconciliation of a month', `${fixed(books.reconcileMs / 1000)} s`, ''],
      [`history of ${rows * 2} rows, first 50, p95`, p95(books.historyMs), '50 ms'],
      ['history, the next 200, p95', p95(books.nextPageMs), '50 ms'],
      ['summary of a month, p95', p95(books.summaryMs), '50 ms'],
    ],
  );
}
