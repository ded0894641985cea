import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { connect, endTurn } from './database.ts';
import {
  bellOf,
  jobOptions,
  outboxOf,
  prefixOf,
  queueName,
  readSettings,
  tellReady,
  WORKER_OPTIONS,
  type Hop,
} from './settings.ts';

/** As much as the product keeps. */
const OUTBOX_MAX = 2_000;

const settings = readSettings();
const { BASELINE: baseline } = settings;
const redis = (): Redis => new Redis(settings.REDIS_URL, { maxRetriesPerRequest: null });
const stage = settings.STAGE === 'first' ? 'first' : 'second';
const name = queueName(baseline, stage);
const next = queueName(baseline, 'second');
const queue =
  stage === 'first'
    ? new Queue<Hop>(next, {
        connection: redis(),
        prefix: prefixOf(next),
        skipVersionCheck: true,
        skipWaitingForReady: true,
      })
    : null;
const outbox = redis();
const db = baseline === 'b2' && stage === 'second' ? connect(settings.DATABASE_URL) : null;

async function run(hop: Hop): Promise<void> {
  if (queue) {
    await queue.add('hop', hop, jobOptions(hop.turn_id, 'second'));
    return;
  }
  if (db) await endTurn(db, hop);
  const frame = JSON.stringify({ type: 'turn.completed', ...hop, at: new Date().toISOString() });
  await Promise.all([
    outbox.xadd(outboxOf(hop.session_id), 'MAXLEN', '~', OUTBOX_MAX, '*', 'f', frame),
    outbox.publish(bellOf(hop.session_id), frame),
  ]);
}

const worker = new Worker<Hop>(name, (job) => run(job.data), {
  ...WORKER_OPTIONS,
  connection: redis(),
  prefix: prefixOf(name),
});
worker.on('failed', (job, error) => process.stderr.write(`${name} ${job?.id}: ${error.message}\n`));
await worker.waitUntilReady();
tellReady();
