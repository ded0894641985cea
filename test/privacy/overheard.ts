import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { checkoutDir } from '../../core/checkout.ts';
import type { AnalyticsServer } from '../support/analytics-server.ts';
import type { Product } from '../support/product.ts';
import { RedisMonitor } from './redis-monitor.ts';
import { COUNTED_STATES } from '../../core/queues.ts';

/** Where words of a user must never be. */
export const CHANNELS = ['logs', 'metrics', 'analytics', 'jobs'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Shorter ones are in everything that a product says. */
const WORD = /(?<![\p{L}\p{N}])\p{L}{5,}(?![\p{L}\p{N}])/gu;

/** The words of a text that could tell something of a person, in small letters. */
export function wordsOf(text: string): Set<string> {
  return new Set((text.match(WORD) ?? []).map((word) => word.toLowerCase()));
}

/** Listens to all that a product under test says where nobody may be heard. */
export class Overheard {
  private readonly jobs: string[] = [];
  private monitor: RedisMonitor | undefined;

  private constructor(
    private readonly product: Product,
    private readonly analytics: AnalyticsServer,
    private readonly redis: Redis,
  ) {}

  /** Hears every command on a queue from now on: jobs are gone as soon as they are done. */
  static async open(product: Product, analytics: AnalyticsServer): Promise<Overheard> {
    const overheard = new Overheard(product, analytics, new Redis(product.redis.url));
    overheard.monitor = await RedisMonitor.open(product.redis.url, (args) => overheard.hear(args));
    return overheard;
  }

  private hear(args: string[]): void {
    if (!args.some((arg) => arg.includes('{pp1-'))) return;
    // The text of a script is a library's own.
    const said = /^eval$/i.test(args[0] ?? '') ? args.slice(2) : args;
    this.jobs.push(said.join(' '));
  }

  /** What was said so far, by lines. */
  async lines(): Promise<Record<Channel, string[]>> {
    const { url } = this.product.roles.find(({ name }) => name === 'gateway') ?? {};
    const gateway = await fetch(`${url}/metrics`);
    return {
      logs: this.product.roles.flatMap((role) => role.output().split('\n').filter(Boolean)),
      metrics: (await gateway.text()).split('\n'),
      analytics: this.analytics.events.map((event) => JSON.stringify(event)),
      jobs: [...this.jobs],
    };
  }

  /** Everything that was said before has been heard. */
  async settle(): Promise<void> {
    const mark = `{pp1-heard}${this.jobs.length}`;
    await this.redis.get(mark);
    while (!this.jobs.some((line) => line.includes(mark)))
      await new Promise((resolve) => setImmediate(resolve));
  }

  close(): void {
    this.monitor?.close();
    this.redis.disconnect();
  }
}

/**
 * Words that the product says by itself: those of `lines` (what was heard before any of the users came), and the names
 * that its contract gives to things.
 */
export function ownWords(lines: Record<Channel, string[]>): Record<Channel, ReadonlySet<string>> {
  const names = wordsOf([...contractNames(), ...COUNTED_STATES].join(' ').replaceAll(/[_.-]/g, ' '));
  const of = (channel: Channel): ReadonlySet<string> =>
    new Set([...names, ...lines[channel].flatMap((line) => [...wordsOf(sayings(channel, line))])]);
  return { logs: of('logs'), metrics: of('metrics'), analytics: of('analytics'), jobs: of('jobs') };
}

/** Words of users in what was said, each with the line in which it was heard first. */
export function leaks(
  lines: Record<Channel, string[]>,
  words: ReadonlySet<string>,
  own: Record<Channel, ReadonlySet<string>>,
): string[] {
  return CHANNELS.flatMap((channel) => {
    const found = new Map<string, string>();
    for (const line of lines[channel])
      for (const word of wordsOf(sayings(channel, line)))
        if (words.has(word) && !own[channel].has(word) && !found.has(word)) found.set(word, line);
    return [...found].map(([word, line]) => `${channel}: ${word} in ${line.slice(0, 400)}`);
  });
}

/** What is not a name, a place in the code or a sentence that stands in it. */
function sayings(channel: Channel, line: string): string {
  // `_` and `.` join the parts of a name: `task_created` is none of a user's words, `task` might be.
  if (channel !== 'logs') return line.replaceAll('_', ' ');
  const parsed = logLine.safeParse(asJson(line));
  if (!parsed.success) return line;
  const { msg, err, ...fields } = parsed.data;
  const stack = err?.stack?.replaceAll(/^\s*at .*:\d+:\d+\)?$/gm, '') ?? '';
  return [isFixed(msg) ? '' : msg, stack, JSON.stringify({ ...fields, err: { ...err, stack: '' } })].join(
    '\n',
  );
}

const logLine = z.looseObject({
  msg: z.string(),
  err: z.looseObject({ stack: z.string().optional() }).optional(),
});

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const ROOMS = [
  'contracts',
  'core',
  'db',
  'sessions',
  'integrations',
  'models',
  'usage',
  'workers',
  'server',
  'scripts',
];
let sources: string | undefined;

/** Whether a message stands in the sources as it is, so that nothing was put into it. */
function isFixed(message: string): boolean {
  sources ??= ROOMS.flatMap(filesOf)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  return sources.includes(`'${message}'`);
}

function filesOf(room: string): string[] {
  return readdirSync(join(checkoutDir(), room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Values of closed sets and keys of shapes, as the contract spells them. */
function contractNames(): string[] {
  const text = filesOf('contracts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const quoted = text.matchAll(/'(?<name>[a-z][a-zA-Z0-9]*(?:[_.-][a-zA-Z0-9]+)*)'/g);
  const keys = text.matchAll(/^\s*(?<name>[a-z]\w*):/gm);
  return [...quoted, ...keys].map(({ groups }) => groups?.['name'] ?? '');
}
