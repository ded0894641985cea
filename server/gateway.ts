import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { QUEUE_NAMES } from '../contracts/jobs.ts';
import { reachableUrl, type Config } from '../core/config.ts';
import type { Lifecycle } from '../core/lifecycle.ts';
import { newId } from '../core/ids.ts';
import type { Runtime } from '../core/runtime.ts';
import { RequestClient } from '../core/requests.ts';
import type { Db } from '../db/connect.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import type { BillingProvider } from '../integrations/billing/billing-provider.ts';
import { ConnectionRegistry } from '../sessions/connections.ts';
import { Interruptions } from '../sessions/interruptions.ts';
import type { Notices } from '../sessions/notices.ts';
import type { Profiles } from '../sessions/profiles.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { TurnRecords } from '../sessions/turn-records.ts';
import type { Turns } from '../sessions/turns.ts';
import type { UsageParts } from '../usage/open-usage.ts';
import { createTokenVerifier, type TokenKeys } from './auth/token-verifier.ts';
import type { GatewayServices } from './gateway-services.ts';
import { createHttpApp } from './http/http-app.ts';
import { TokenBuckets } from './limits/token-bucket.ts';
import { NewsRelay } from './relay/news-relay.ts';
import { Relay } from './relay/relay.ts';
import { OpenConnections } from './socket/open-connections.ts';
import { startSocketServer } from './socket/socket-server.ts';
import { TurnIntake } from './turn-intake.ts';

const SWEEP_BUCKETS_MS = 60_000;
const MEASURE_QUEUES_MS = 5_000;

/** What the entry of the role has opened. */
export interface GatewayDeps {
  config: Config;
  runtime: Runtime;
  db: Db;
  turns: Turns;
  records: TurnRecords;
  store: SessionStore;
  analytics: Analytics;
  appleBilling: BillingProvider | null;
  notices: Notices;
  profiles: Profiles;
  usage: UsageParts;
  /** Signs and checks demo tokens where no other secret is set. */
  demoSecret: string | null;
  webDir: string;
  lifecycle: Lifecycle;
}

/** The gateway role. Serves when it returns; closes through the lifecycle. */
export async function startGateway(deps: GatewayDeps): Promise<{ url: string }> {
  const { config, runtime, lifecycle, turns } = deps;
  const { log, metrics, clock, redis, queues } = runtime;
  const subscriber = runtime.connectRedis('gateway-bells');
  const requests = new RequestClient(redis, subscriber, queues);
  await requests.open();

  const userLimit = new TokenBuckets({ perMinute: config.RATE_TURNS_PER_MINUTE, burst: config.RATE_BURST });
  const factor = config.RATE_ADDRESS_FACTOR;
  const addressLimit = new TokenBuckets({
    perMinute: config.RATE_TURNS_PER_MINUTE * factor,
    burst: config.RATE_BURST * factor,
  });
  const secret = config.JWT_SECRET ?? deps.demoSecret ?? randomBytes(48).toString('base64url');
  const interruptions = new Interruptions(turns, deps.records, clock, log);
  const services: GatewayServices = {
    interruptions,
    config,
    connections: new OpenConnections(newId(), new ConnectionRegistry(redis), clock, log),
    db: deps.db,
    redis,
    queues,
    requests,
    turns,
    records: deps.records,
    store: deps.store,
    relay: new Relay({ subscriber, store: deps.store, recover: (id) => turns.recover(id), metrics, log }),
    news: new NewsRelay(subscriber, log),
    notices: deps.notices,
    profiles: deps.profiles,
    usage: deps.usage,
    intake: new TurnIntake({
      turns,
      interruptions,
      requests,
      userLimit,
      analytics: deps.analytics,
      clock,
      log,
      allowReferenceTime: !config.production || config.demo,
    }),
    tokens: createTokenVerifier(tokenKeys(config, secret), {
      issuer: config.JWT_ISSUER ?? config.OIDC_ISSUER,
      audiences: [config.OIDC_CLIENT_ID, config.JWT_AUDIENCE].filter((name) => name !== undefined),
    }),
    // Where somebody else signs the tokens, this product hands out none.
    demoSecret: config.demo && 'secret' in tokenKeys(config, secret) ? secret : null,
    userLimit,
    addressLimit,
    analytics: deps.analytics,
    appleBilling: deps.appleBilling,
    metrics,
    clock,
    log,
    stopping: () => lifecycle.stopping,
  };

  const app = await createHttpApp(services, deps.webDir);
  const io = startSocketServer(app.server, services);
  const timers = [
    setInterval(() => [userLimit, addressLimit].forEach((limit) => limit.sweep()), SWEEP_BUCKETS_MS),
    setInterval(
      oneAtATime(() => measureQueues(services)),
      MEASURE_QUEUES_MS,
    ),
  ];
  lifecycle.onClose(
    'gateway',
    async () => {
      timers.forEach(clearInterval);
      services.relay.close();
      services.connections.close();
      // Clients come back to another gateway, or to this one when it is up again, and resume.
      await io.close();
      await app.close();
    },
    5_000,
  );
  lifecycle.onIntakeStop(() => {
    const notice = {
      notice_id: newId(),
      kind: 'draining' as const,
      text: 'The server restarts; you will be reconnected.',
      data: {},
      created_at: clock.now().toISOString(),
    };
    io.emit('frame', { type: 'notice', notice, at: clock.now().toISOString() });
  });
  await app.listen({ port: config.PORT, host: config.HOST });
  const { port } = app.server.address() as AddressInfo;
  return { url: reachableUrl(config.HOST, port) };
}

/** Who signs tokens: a key server where one is named or an issuer tells of one, else this product. */
function tokenKeys(config: Config, secret: string): TokenKeys {
  if (config.JWKS_URL) return { jwksUrl: config.JWKS_URL };
  return config.OIDC_ISSUER ? { issuer: config.OIDC_ISSUER } : { secret };
}

/** A store that does not answer must not be asked again and again meanwhile. */
function oneAtATime(work: () => Promise<void>): () => void {
  let running = false;
  return () => {
    if (running) return;
    running = true;
    void work().finally(() => (running = false));
  };
}

async function measureQueues(services: GatewayServices): Promise<void> {
  try {
    for (const name of QUEUE_NAMES) {
      const counts = await services.queues.counts(name);
      for (const [state, depth] of Object.entries(counts))
        services.metrics.queueDepth.set({ queue: name, state }, depth);
      services.metrics.queueOldest.set(
        { queue: name },
        (await services.queues.oldestWaitingAgeMs(name, Date.now())) / 1000,
      );
    }
  } catch (error) {
    services.log.debug({ err: error }, 'The queues could not be measured');
  }
}
