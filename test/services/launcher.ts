import { startServices } from '../../core/services/start-services.ts';

/** A launcher as a process of its own, which tests may kill: says one JSON line when its stores are up. */
const [dataDir = ''] = process.argv.slice(2);
const services = await startServices({ dataDir, supervise: true, durable: false, env: process.env });
services.announce('http://127.0.0.1:3000');
process.stdout.write(
  `${JSON.stringify({
    redisUrl: services.redisUrl,
    databaseOwnerUrl: services.databaseOwnerUrl,
    redisPid: services.redis?.pid,
    postgresPid: services.postgres?.pid,
  })}\n`,
);
// Keeps running until it is killed.
setInterval(() => {}, 60_000);
