import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { builtEntry } from '../../core/checkout.ts';
import { roleMessage } from '../../core/role-messages.ts';
import { startServices, type Services } from '../../core/services/start-services.ts';
import { migrate } from '../../db/migrate.ts';
import { Child } from './child.ts';
import { cpuMs, cpuMsOfFamily } from './cpu.ts';

export const VARIANTS = ['b0', 'b1', 'b2', 'product', 'streamed'] as const;
/** Drafts with a language model, under the meter and without it; compared with each other only. */
const DRAFTING = ['metered', 'unmetered'] as const;
/** With its memory of conversations and without it; compared with each other only. */
const REMEMBERING = ['remembering', 'forgetful'] as const;
export type VariantName =
  (typeof VARIANTS)[number] | (typeof DRAFTING)[number] | (typeof REMEMBERING)[number];

/** Deltas a turn in the streamed variant. */
export const STREAMED_PIECES = 20;
const TOKEN_SECONDS = 3600;
/** Nothing that the bench sends may meet a limit that is there for people. */
const NO_LIMITS = {
  RATE_TURNS_PER_MINUTE: '6000000',
  RATE_BURST: '1000000',
  RATE_ADDRESS_FACTOR: '10',
};

/** A gateway with its workers on stores of its own, all of them alive while the others are measured. */
export interface Variant {
  name: VariantName;
  url: string;
  roles: Child[];
  services: Services;
  dataDir: string;
  /** CPU so far of everything that works for a turn, in milliseconds. */
  meters: ReadonlyMap<string, () => number>;
  token(): Promise<string>;
}

interface Stores {
  services: Services;
  dataDir: string;
}

/** Starts what is to be measured and closes it again; nothing else is ever ended by the bench. */
export class Stacks {
  private readonly children: Child[] = [];
  private readonly stores: Services[] = [];
  private readonly secret = randomBytes(48).toString('base64url');

  constructor(
    private readonly dir: string,
    private readonly say: (line: string) => void,
  ) {}

  /** The load generator. */
  async load(): Promise<Child> {
    return this.child('load', 'scripts/bench/load', {}, []);
  }

  /** One set of stores for the baselines and one for each form of the product. */
  async start(names: readonly VariantName[], options: { profiled?: boolean } = {}): Promise<Variant[]> {
    const wanted = (['b0', 'b1', 'b2'] as const).filter((name) => names.includes(name));
    const [baselines, product, streamed] = await Promise.all([
      wanted.length > 0 ? this.baselines(wanted) : [],
      names.includes('product') ? this.product('product', {}, options) : null,
      names.includes('streamed')
        ? this.product('streamed', { PULSEPLAN_REPLY_PIECES: String(STREAMED_PIECES) }, options)
        : null,
    ]);
    return [...baselines, ...[product, streamed].filter((variant) => variant !== null)];
  }

  /** The product with a provider of drafts, once as it is and once without a meter. */
  drafting(providerUrl: string): Promise<Variant[]> {
    const env = { OPENAI_BASE_URL: providerUrl, FREE_TOKENS_PER_MONTH: '1000000000' };
    return Promise.all([
      this.product('metered', env, {}),
      this.product('unmetered', env, { entries: { workflows: 'scripts/bench/unmetered-worker' } }),
    ]);
  }

  /** The product as it is, and one that remembers no conversation. */
  remembering(): Promise<Variant[]> {
    return Promise.all([
      this.product('remembering', {}, {}),
      this.product('forgetful', {}, { entries: { nlu: 'scripts/bench/memory/forgetful-worker' } }),
    ]);
  }

  /** Ends all processes and stores, whatever was opened so far. */
  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop()));
    await Promise.all(this.stores.map((services) => services.close()));
  }

  private async openStores(name: string): Promise<Stores> {
    const dataDir = join(this.dir, name);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const services = await startServices({
      dataDir,
      supervise: false,
      durable: true,
      env: process.env,
      onEvent: this.say,
    });
    this.stores.push(services);
    return { services, dataDir };
  }

  private async baselines(names: readonly ('b0' | 'b1' | 'b2')[]): Promise<Variant[]> {
    const stores = await this.openStores('baselines');
    return Promise.all(names.map((name) => this.baseline(name, stores)));
  }

  private async baseline(name: 'b0' | 'b1' | 'b2', stores: Stores): Promise<Variant> {
    const { services } = stores;
    const env = {
      BASELINE: name,
      REDIS_URL: services.redisUrl,
      DATABASE_URL: services.databaseOwnerUrl,
    };
    const child = (stage: string, entry: string) =>
      this.child(`${name}-${stage}`, entry, { ...env, STAGE: stage }, []);
    const gateway = await this.child(
      `${name}-gateway`,
      'scripts/bench/baselines/gateway',
      { ...env, STAGE: 'gateway' },
      [],
    );
    const workers =
      name === 'b0'
        ? []
        : await Promise.all(
            ['first', 'second'].map((stage) => child(stage, 'scripts/bench/baselines/worker')),
          );
    const parts = [
      ['gateway', gateway] as const,
      ...workers.map((worker, at) => [`worker ${at + 1}`, worker] as const),
    ];
    return {
      name,
      url: this.urls.get(gateway) ?? '',
      roles: [gateway, ...workers],
      ...stores,
      meters: new Map([
        ...parts.map(([part, role]) => [part, () => cpuMs(role.pid)] as const),
        ...(name === 'b0' ? [] : [redisMeter(services)]),
        ...(name === 'b2' ? [postgresMeter(services)] : []),
      ]),
      token: () => Promise.resolve(''),
    };
  }

  private async product(
    name: Exclude<VariantName, 'b0' | 'b1' | 'b2'>,
    extra: Record<string, string>,
    options: { profiled?: boolean; entries?: Record<string, string> },
  ): Promise<Variant> {
    const stores = await this.openStores(name);
    const { services, dataDir } = stores;
    await migrate(services.databaseOwnerUrl);
    const env = {
      ...NO_LIMITS,
      PORT: '0',
      REDIS_URL: services.redisUrl,
      DATABASE_URL: services.databaseUrl,
      PULSEPLAN_DATA_DIR: dataDir,
      JWT_SECRET: this.secret,
      ...extra,
    };
    const roles = ['gateway', 'nlu', 'workflows', 'metering', 'maintenance'];
    const children = await Promise.all(
      roles.map((role) =>
        this.child(
          `${name}-${role}`,
          role === 'gateway' ? 'scripts/gateway' : (options.entries?.[role] ?? 'scripts/worker'),
          env,
          role === 'gateway' ? [] : [`--roles=${role}`],
          options.profiled === true ? ['--import', builtEntry('scripts/bench/profile-hook')] : [],
        ),
      ),
    );
    return {
      name,
      url: children.map((child) => this.urls.get(child)).find((url) => url !== undefined) ?? '',
      roles: children,
      ...stores,
      meters: new Map([
        ...children.map((child, at) => [roles[at] ?? child.name, () => cpuMs(child.pid)] as const),
        redisMeter(services),
        postgresMeter(services),
      ]),
      token: () => this.token(),
    };
  }

  /** A user of its own for each session: people have one or two. */
  private token(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ role: 'user' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .sign(new TextEncoder().encode(this.secret));
  }

  private readonly urls = new Map<Child, string>();

  private async child(
    name: string,
    entry: string,
    env: Record<string, string>,
    args: readonly string[],
    nodeArgs: readonly string[] = [],
  ): Promise<Child> {
    const surroundings = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
    const logPath = join(this.dir, `${name}.log`);
    const child = Child.start({ name, entry, args, nodeArgs, env: { ...surroundings, ...env }, logPath });
    this.children.push(child);
    const ready = await child.next((message) => roleMessage.safeParse(message).data);
    if (ready.type === 'failed') throw new Error(`${name}: ${ready.message}`);
    if (ready.url !== undefined) this.urls.set(child, ready.url);
    return child;
  }
}

function pidOf(store: Services['redis']): number {
  if (store?.pid === undefined) throw new Error('The bench measures stores of its own');
  return store.pid;
}

const redisMeter = (services: Services) => ['redis', () => cpuMs(pidOf(services.redis))] as const;
const postgresMeter = (services: Services) =>
  ['postgres', () => cpuMsOfFamily(pidOf(services.postgres))] as const;
