import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { JobQueues } from '../../core/queues.ts';
import { createLogger } from '../../core/logger.ts';
import { Metrics } from '../../core/metrics.ts';
import type { Db } from '../../db/connect.ts';
import { createPostHogAnalytics } from '../../integrations/analytics/posthog-analytics.ts';
import { NOW, talk, type Heard } from '../conversations/talk.ts';
import { readDialogues, type Dialogue } from '../dialogues/read-dialogues.ts';
import { atItsPlace, takeTurn } from '../dialogues/take-turn.ts';
import { openTruth } from '../faults/ground-truth.ts';
import { AnalyticsServer } from '../support/analytics-server.ts';
import { eventually } from '../support/eventually.ts';
import { answers } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, person, Wire, type Person } from '../support/wire.ts';
import { CHANNELS, leaks, Overheard, ownWords, wordsOf, type Channel } from './overheard.ts';

/** All dialogues of the suite, where that is asked for; it takes some minutes. */
const IS_WHOLE = process.env['PULSEPLAN_WHOLE_SUITE'] !== undefined;
/** Dialogues are held for so long, and so many at least. */
const HELD_FOR_MS = IS_WHOLE ? Infinity : 12_000;
const PATIENCE_MS = IS_WHOLE ? 1_200_000 : 180_000;
const FEWEST = 30;
const AT_ONCE = 6;
/** In nobody's sentences, and no word of any language. */
const NONSENSE = 'xqzwvk';

const analytics = new AnalyticsServer();
let product: Product;
let url: string;
let llm: FakeLlm;
let overheard: Overheard;
let db: Db;
let own: Record<Channel, ReadonlySet<string>>;
let unlucky: Person;
let held = 0;

beforeAll(async () => {
  const host = await analytics.open();
  llm = await startFakeLlm({ always: answers.refuse(400) });
  product = await startProduct({
    roles: [],
    env: {
      LOG_LEVEL: 'trace',
      LOG_FORMAT: 'json',
      POSTHOG_API_KEY: 'phc_test',
      POSTHOG_HOST: host,
      ANALYTICS_KEY: 'pseudonyms',
      OPENAI_BASE_URL: llm.url,
      NODE_OPTIONS: '--no-deprecation',
    },
  });
  overheard = await Overheard.open(product, analytics);
  const [gateway] = await Promise.all([product.start('gateway'), product.start('worker')]);
  url = gateway.url ?? '';
  db = openTruth(product);
  // A store that repeats what it could not take, as Postgres does with values of a wrong type.
  await db.raw(`
    create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'no room for %', new.title; end $$;
    create trigger no_room before insert on tasks for each row
      when (new.title ~ 'candelabra|${NONSENSE}') execute function no_room();
    create function no_end() returns trigger language plpgsql as
      $$ begin raise exception 'goes on: %', old.title; end $$;
    create trigger no_end before update of ended_at on conversation_sessions for each row
      when (new.ended_at is not null) execute function no_end()`);

  // What the product says by itself, whatever becomes of a turn: somebody without a word of their own.
  const nobody = await talk(url);
  await nobody.say(`draft an email to ${NONSENSE}`);
  await nobody.say(`create a task to ${NONSENSE}`);
  nobody.client.close();
  await eventually('the queues have gone round', async () => {
    const jobs = (await overheard.lines()).jobs.join('\n');
    return ['stalled-check', ':repeat', 'usage.sweep', 'prioritized'].every((said) => jobs.includes(said));
  });
  await overheard.settle();
  own = ownWords(await overheard.lines());

  unlucky = await person();
  await beUnlucky(unlucky);
  await failForGood(unlucky);
  await holdDialogues();
  const ended = z.object({ turns: z.number() }).parse(await db('turn_results').count({ turns: '*' }).first());
  const told = (): number => analytics.events.filter(({ event }) => event === 'query_latency').length;
  await eventually('analytics has arrived', () => told() >= ended.turns, 20_000);
  await overheard.settle();
}, PATIENCE_MS);
afterAll(async () => {
  await db?.destroy();
  overheard?.close();
  await llm?.close();
  await analytics.close();
});

/** Those first that bring the most new words for each turn; `FEWEST` of them however long it takes. */
function tellingFirst(): Dialogue[] {
  const left = new Set(readDialogues().map((dialogue) => ({ dialogue, words: wordsIn(dialogue) })));
  const ordered: Dialogue[] = [];
  while (left.size > 0) {
    const gain = ({ dialogue, words }: { dialogue: Dialogue; words: Set<string> }): number =>
      words.size / dialogue.turns.length;
    const best = [...left].reduce((one, other) => (gain(other) > gain(one) ? other : one));
    left.delete(best);
    ordered.push(best.dialogue);
    for (const { words } of left) for (const word of best.words) words.delete(word);
  }
  return ordered;
}

const wordsIn = ({ turns }: Dialogue): Set<string> => wordsOf(turns.map(({ said }) => said).join(' '));

async function holdDialogues(): Promise<void> {
  const left = tellingFirst();
  const until = performance.now() + HELD_FOR_MS;
  const next = () => (held < FEWEST || performance.now() < until ? left.shift() : undefined);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = next(); one !== undefined; one = next()) await hold(one);
    }),
  );
}

async function hold({ turns }: Dialogue): Promise<void> {
  let place = { me: await talk(url), now: NOW };
  const heard: Heard[] = [];
  for (const turn of turns) {
    place = await atItsPlace(place, turn);
    heard.push(await takeTurn(place, turn, heard));
  }
  place.me.client.close();
  held += 1;
}

/** Somebody for whom nothing works, in words of their own. */
async function beUnlucky(who: Person): Promise<void> {
  const { token } = who;
  const wire = await Wire.open(url, { token });
  await wire.say('create a task to polish the candelabra');
  await wire.say('email Wilhelmina that the zeppelin is late');
  await wire.submit('chandelier\u0000');
  wire.close();
  const post = (path: string, body: unknown) => call(url, 'POST', `/api/v1${path}`, { token, body });
  await post('/tasks', { title: 'another candelabra', notes: 'bequeathed by Bartholomew' });
  await post('/contacts', { name: 'Wilhelmina Quattlebaum', email: 'wilhelmina@quattlebaum.example' });
  await post('/push/subscriptions', { endpoint: 'https://push.example/zeppelin', keys: 'chandelier' });
  await post('/agent/query', { query: 'create a task to sell the candelabra', timezone: 'Zeppelin/Land' });
}

/** A job that fails for good, with an error that repeats what somebody said. */
async function failForGood(who: Person): Promise<void> {
  const silent = { title: 'Zeppelin', turns: 1, started_at: new Date(0), last_activity_at: new Date(0) };
  await db('conversation_sessions').insert({ id: randomUUID(), user_id: who.userId, ...silent });
  const redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
  const queues = new JobQueues(redis);
  await queues.add('maintenance', 'sessions.end', {}, 'unlucky');
  const [letter] = await eventually('it has failed', async () => {
    const letters = await queues.deadLetters('maintenance', 10);
    return letters.length > 0 && letters;
  });
  expect(letter).toMatchObject({ name: 'sessions.end', reason: 'error P0001' });
  await queues.close();
  await redis.quit();
}

/** Tables of what people have said and made; what stands in them is theirs, but for values of closed sets. */
const THEIRS = ['tasks', 'events', 'reminders', 'contacts', 'drafts', 'deliveries'];
const message = z.object({ user_message: z.string() });
const made = z.object({ row: z.record(z.string(), z.unknown()) });

/** All texts in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

async function usersWords(): Promise<Set<string>> {
  const said: unknown[] = await db('conversation_turns').whereNotNull('user_message').select('user_message');
  const texts = said.map((row) => message.parse(row).user_message);
  for (const table of THEIRS) {
    const { rows } = await db.raw<{ rows: unknown[] }>(`select to_jsonb(${table}) as row from ${table}`);
    texts.push(...rows.flatMap((row) => textsIn(made.parse(row).row)));
  }
  const unsaid = [
    'candelabra',
    'Bartholomew',
    'Wilhelmina',
    'Quattlebaum',
    'zeppelin',
    'chandelier',
    'bequeathed',
  ];
  const words = wordsOf([...texts, ...unsaid].join(' '));
  words.delete(NONSENSE);
  return words;
}

describe('words of users', () => {
  it('were said, and most are not the product’s own', async () => {
    expect(held).toBeGreaterThanOrEqual(IS_WHOLE ? readDialogues().length : FEWEST);
    const words = await usersWords();
    for (const channel of CHANNELS) {
      const telling = [...words].filter((word) => !own[channel].has(word));
      expect(telling.length, channel).toBeGreaterThan(Math.max(words.size / 2, 150));
    }
    const lines = await overheard.lines();
    expect(lines.logs.join('\n')).toContain('"role":"gateway"');
    expect(lines.logs.join('\n')).toContain('"role":"worker"');
    expect(lines.jobs.join('\n')).toContain('turn.understand');
    expect(lines.metrics.join('\n')).toMatch(/^pulseplan_sockets \d/m);
  });

  it('are in no log, metric, job or analytics event', async () => {
    expect(leaks(await overheard.lines(), await usersWords(), own)).toEqual([]);
  });

  it('nor is anybody’s id or token, but for the payload of a job', async () => {
    const ids: string[] = await db('users').pluck('id');
    expect(ids).toContain(unlucky.userId);
    const lines = await overheard.lines();
    const payloads = /\\?"user_id\\?":\\?"[0-9a-f-]{36}\\?"/g;
    const jobs = lines.jobs.map((line) => line.replaceAll(payloads, ''));
    for (const [channel, texts] of Object.entries({ ...lines, jobs })) {
      const text = texts.join('\n');
      expect(
        [...ids, unlucky.token].filter((secret) => text.includes(secret)),
        channel,
      ).toEqual([]);
    }
    const sessions: string[] = await db('conversation_sessions').pluck('id');
    const events = lines.analytics.join('\n');
    expect(sessions.filter((id) => events.includes(id))).toEqual([]);
  });
});

describe('a leak', () => {
  const TOLD = 'the dentist in Wolkersdorf';
  const words = wordsOf(TOLD);
  const quiet = { logs: [], metrics: [], analytics: [], jobs: [] };
  const found = (said: Partial<Record<Channel, string[]>>): string[] =>
    leaks({ ...quiet, ...said }, words, own).map((leak) => leak.split(' in ')[0] ?? '');

  it('in a message or a field of a log is found', () => {
    for (const how of ['message', 'field', 'error']) {
      const leaking = spawnSync(
        process.execPath,
        ['test/support/run-ts.mjs', 'test/privacy/leaking-role.ts', how, TOLD],
        { encoding: 'utf8' },
      );
      expect(found({ logs: leaking.stderr.split('\n') }), how).toEqual([
        'logs: dentist',
        'logs: wolkersdorf',
      ]);
    }
  });

  it('in a label of a metric is found', async () => {
    const metrics = new Metrics();
    metrics.countTurn(TOLD, null, 1);
    const lines = (await metrics.registry.metrics()).split('\n');
    expect(found({ metrics: lines })).toEqual(['metrics: dentist', 'metrics: wolkersdorf']);
  });

  it('in an event of analytics is found', async () => {
    const log = createLogger({ level: 'silent', role: 'test' });
    const server = new AnalyticsServer();
    const leaking = createPostHogAnalytics({
      apiKey: 'phc_test',
      host: await server.open(),
      pseudonymKey: 'pseudonyms',
      log,
    });
    leaking.capture(randomUUID(), 'intent_classified', { intent: TOLD, confidence: 1, source: 'rule' });
    await leaking.close(5_000);
    await server.close();
    const lines = server.events.map((event) => JSON.stringify(event));
    expect(found({ analytics: lines })).toEqual(['analytics: dentist', 'analytics: wolkersdorf']);
  });

  it('in the payload or the id of a job is found', async () => {
    const before = (await overheard.lines()).jobs.length;
    const redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
    const queues = new JobQueues(redis);
    const job = { request_id: randomUUID(), reply_to: TOLD };
    await queues.add('nlu', 'nlu.parse', job, 'leak', 3_600_000);
    await queues.add('nlu', 'nlu.parse', { ...job, reply_to: 'nobody' }, 'Zugspitze', 3_600_000);
    await queues.remove('nlu', 'leak');
    await queues.remove('nlu', 'Zugspitze');
    await queues.close();
    await redis.quit();
    await overheard.settle();
    const jobs = (await overheard.lines()).jobs.slice(before);
    expect(found({ jobs })).toEqual(['jobs: dentist', 'jobs: wolkersdorf']);
    const named = leaks({ ...quiet, jobs }, new Set(['zugspitze']), own);
    expect(named).toHaveLength(1);
  });
});
