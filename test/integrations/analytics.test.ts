import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JobQueues } from '../../core/queues.ts';
import { openTruth } from '../faults/ground-truth.ts';
import { AnalyticsServer } from '../support/analytics-server.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';
import { call } from '../support/wire.ts';

const SECRET_WORD = 'zanzibarmarmalade';
const analytics = new AnalyticsServer();
let product: Product;
let llm: FakeLlm;

beforeAll(async () => {
  const host = await analytics.open();
  llm = await startFakeLlm();
  product = await startProduct({
    env: {
      POSTHOG_API_KEY: 'phc_test',
      POSTHOG_HOST: host,
      ANALYTICS_KEY: 'pseudonyms',
      OPENAI_BASE_URL: llm.url,
      FREE_TOKENS_PER_MONTH: '500',
    },
  });
});
afterAll(async () => {
  await llm.close();
  await analytics.close();
});

test('a conversation gives its events, without words and with pseudonyms', { timeout: 60_000 }, async () => {
  const userId = randomUUID();
  const recorder = new Recorder(await tokenFor(userId));
  await recorder.connect(product.url);
  for (const text of [
    'create a task to study',
    `for my ${SECRET_WORD} exam next week`,
    `buy ${SECRET_WORD} tomorrow`,
  ]) {
    const id = randomUUID();
    expect(await recorder.emit('turn.submit', { turn_id: id, text })).toMatchObject({ ok: true });
    await recorder.result(id);
  }
  await recorder.emit('turn.submit', { turn_id: randomUUID(), text: '' });

  await expect(new Recorder('not a token').connect(product.url)).rejects.toThrow();
  const seen = (): Set<string> => new Set(analytics.events.map((event) => event.event));
  const expected = [
    'agent_query_received',
    'conversation_started',
    'conversation_turn',
    'conversation_turn_stored',
    'intent_classified',
    'intent_routed',
    'intent_classification_latency',
    'workflow_started',
    'workflow_completed',
    'workflow_execution_latency',
    'action_executed',
    'clarification_requested',
    'task_created',
    'query_latency',
    'validation_error',
    'authentication_error',
  ];
  await eventually('all events have arrived', () => expected.every((name) => seen().has(name)), 20_000);

  const created = analytics.events.filter((event) => event.event === 'task_created');
  expect(created).toHaveLength(2);
  expect(created[0]?.properties).toMatchObject({ llm_enriched: false });
  const asked = analytics.events.find((event) => event.event === 'clarification_requested');
  expect(asked?.properties).toMatchObject({ intent: 'task_management', slot: 'title', kind: 'slot' });

  const everything = JSON.stringify(analytics.events);
  expect(everything).not.toContain(SECRET_WORD);
  expect(everything).not.toContain(userId);
  expect(everything).not.toContain(recorder.sessionId ?? 'no session');
  // One pseudonym for the user, one for whoever could not say who they are.
  const ofPeople = analytics.events.filter(({ event }) => !event.startsWith('usage_aggregation'));
  expect(new Set(ofPeople.map((event) => event.distinct_id)).size).toBe(2);
});

test('an outage of analytics changes nothing in a turn', { timeout: 60_000 }, async () => {
  analytics.failing = 500;
  const recorder = new Recorder(await tokenFor(randomUUID()));
  await recorder.connect(product.url);
  const id = randomUUID();
  expect(await recorder.emit('turn.submit', { turn_id: id, text: 'buy bread tomorrow' })).toMatchObject({
    ok: true,
  });
  expect(await recorder.result(id)).toMatchObject({ status: 'completed', decision: 'AUTO' });
  analytics.failing = null;
});

test('every end is told of once, however it came about', { timeout: 60_000 }, async () => {
  const userId = randomUUID();
  const token = await tokenFor(userId);
  const recorder = new Recorder(token);
  await recorder.connect(product.url);
  const db = openTruth(product);
  // Can be understood, but never be written.
  await db.raw(`
    create function never_added() returns trigger language plpgsql as
      $$ begin raise exception 'disk full'; end $$;
    create trigger never_added before insert on tasks
      for each row when (new.title = 'buy eggs') execute function never_added()`);
  await db.destroy();
  const cancelled = randomUUID();
  await recorder.emit('turn.cancel', { turn_id: cancelled });
  await recorder.emit('turn.submit', { turn_id: cancelled, text: 'buy bread' });
  expect((await recorder.result(cancelled)).status).toBe('cancelled');
  const failed = randomUUID();
  await recorder.emit('turn.submit', { turn_id: failed, text: 'create a task to buy eggs' });
  expect((await recorder.result(failed)).status).toBe('failed');
  const refused = randomUUID();
  await recorder.emit('receipt.undo', { turn_id: refused, receipt_id: randomUUID() });
  expect((await recorder.result(refused)).status).toBe('refused');

  const later = (): typeof analytics.events => analytics.events.filter((event) => event.distinct_id === mine);
  const failure = await eventually(
    'the failure is told of',
    () => analytics.events.find((event) => event.event === 'agent_error'),
    20_000,
  );
  const mine = failure.distinct_id;
  expect(failure.properties).toMatchObject({ error_type: 'internal_error', component: 'turn' });
  const statuses = (event: string): string[] =>
    later().flatMap((seen) => (seen.event === event ? [String(seen.properties['status'])] : []));
  await eventually('all ends have arrived', () => statuses('query_latency').length >= 3, 20_000);
  for (const event of ['query_latency', 'conversation_turn'])
    expect(statuses(event).toSorted()).toEqual(['cancelled', 'failed', 'refused']);

  const made = await call(product.url, 'POST', '/api/v1/tasks', { token, body: { title: 'buy milk' } });
  expect(made.status).toBe(200);
  const path = `/api/v1/tasks/${randomUUID()}`;
  expect((await call(product.url, 'DELETE', path, { token })).status).toBe(404);
  const direct = (): unknown[] =>
    later().flatMap(({ event, properties: { intent, success } }) =>
      event === 'action_executed' && intent === 'task_management' ? [success] : [],
    );
  await eventually('the direct changes have arrived', () => direct().length >= 2, 20_000);
  expect(direct()).toEqual([true, false]);
  expect(later().filter(({ event }) => event === 'task_created')).toHaveLength(1);
  expect(later().filter(({ event }) => event === 'agent_error')).toHaveLength(1);
});

test(
  'the end of a conversation is told once each time that it is over, with its sums',
  { timeout: 60_000 },
  async () => {
    const recorder = new Recorder(await tokenFor(randomUUID()));
    await recorder.connect(product.url);
    const sessionId = recorder.sessionId ?? '';
    const say = async (text: string, turn_id = randomUUID()): Promise<void> => {
      await recorder.emit('turn.submit', { turn_id, text });
      await recorder.result(turn_id);
    };
    const cancelled = randomUUID();
    await recorder.emit('turn.cancel', { turn_id: cancelled });
    await say('buy bread', cancelled);
    await say('create a task to study');
    await say('physics');
    await say('delete the unicorn');
    const db = openTruth(product);
    const redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
    const queues = new JobQueues(redis);
    const over = async (): Promise<void> => {
      await db.raw(
        `update conversation_sessions set last_activity_at = now() - interval '31 minutes',
           started_at = now() - interval '41 minutes' where id = ?`,
        [sessionId],
      );
      // Two runs at once give it to one of them.
      for (let run = 0; run < 2; run += 1) await queues.add('maintenance', 'sessions.end', {}, randomUUID());
    };
    const told = (): Record<string, unknown>[] =>
      analytics.events.flatMap(({ event, properties }) =>
        event === 'conversation_ended' ? [properties] : [],
      );
    await over();
    await eventually('it is told', () => told().length > 0, 20_000);
    const sums = {
      turns: 4,
      clarifications_asked: 1,
      answered: 1,
      dropped: 0,
      expired: 0,
      completed: 1,
      refused: 1,
      failed: 0,
      duration_ms: 600_000,
      resumed: 0,
    };
    expect(told()).toEqual([expect.objectContaining(sums)]);
    expect(await db('conversation_sessions').where({ id: sessionId }).first()).toMatchObject({
      turns_cancelled: 1,
    });
    await say('buy tea tomorrow');
    await over();
    await eventually('it is told again', () => told().length > 1, 20_000);
    expect(told()[1]).toMatchObject({ ...sums, turns: 5, completed: 2, resumed: 1 });
    expect(new Set(told().map(({ session_id }) => session_id)).size).toBe(1);
    expect(JSON.stringify(analytics.events)).not.toContain(sessionId);
    await queues.close();
    await redis.quit();
    await db.destroy();
  },
);

test('a gateway counts the ends that it makes', async () => {
  const counts = async (): Promise<string> => (await fetch(`${product.url}/metrics`)).text();
  const before = /pulseplan_turn_duration_seconds_count (\d+)/.exec(await counts())?.[1] ?? '0';
  const recorder = new Recorder(await tokenFor(randomUUID()));
  await recorder.connect(product.url);
  const turn_id = randomUUID();
  await recorder.emit('turn.cancel', { turn_id });
  await recorder.emit('turn.submit', { turn_id, text: 'buy bread' });
  await recorder.result(turn_id);
  const after = await counts();
  expect(after).toMatch(/pulseplan_turns_total\{status="cancelled",source="none"\} \d+/);
  expect(after).toContain(`pulseplan_turn_duration_seconds_count ${Number(before) + 1}`);
});

test('drafts and refusals are told of by feature, plan and number', { timeout: 60_000 }, async () => {
  const recorder = new Recorder(await tokenFor(randomUUID()));
  await recorder.connect(product.url);
  for (const text of [
    `draft an email to ${SECRET_WORD} and Bob`,
    'draft an email to Ann',
    'use a template',
    'upgrade to premium',
  ]) {
    const turn_id = randomUUID();
    await recorder.emit('turn.submit', { turn_id, text });
    await recorder.result(turn_id);
  }
  const told = (name: string): unknown[] =>
    analytics.events.flatMap(({ event, properties }) => (event === name ? [properties] : []));
  await eventually('all events have arrived', () => told('upgrade_prompt_shown').length >= 2, 20_000);
  const feature = 'email_draft_llm';
  const missing = { tokens_needed: 500, tokens_remaining: 0 };
  expect(told('email_drafted')).toMatchObject([
    { is_premium: false, method: 'llm', recipient_count: 2 },
    { is_premium: false, method: 'template', recipient_count: 1 },
  ]);
  expect(told('premium_feature_used')).toMatchObject([{ feature, tier: 'free' }]);
  expect(told('feature_gated')).toMatchObject([{ feature, reason: 'quota' }]);
  expect(told('quota_exceeded')).toMatchObject([{ feature, ...missing }]);
  expect(told('upgrade_prompt_shown')).toMatchObject([
    { feature, ...missing },
    { feature: null, tokens_needed: 0, tokens_remaining: 0 },
  ]);
  expect(JSON.stringify(analytics.events)).not.toContain(SECRET_WORD);
});

test('a large batch is told of as the feature that it was charged for', { timeout: 60_000 }, async () => {
  const token = await tokenFor(randomUUID());
  const recorder = new Recorder(token);
  await recorder.connect(product.url);
  const titles = Array.from({ length: 21 }, (_, n) => `errand ${n}`);
  for (const title of titles) await call(product.url, 'POST', '/api/v1/tasks', { token, body: { title } });
  for (const text of ['complete all my tasks', 'yes']) {
    const turn_id = randomUUID();
    await recorder.emit('turn.submit', { turn_id, text });
    await recorder.result(turn_id);
  }
  const used = () => analytics.events.filter(({ event }) => event === 'premium_feature_used');
  const feature = 'bulk_task_operations';
  await eventually(
    'it has arrived',
    () => used().some(({ properties }) => properties['feature'] === feature && properties['tier'] === 'free'),
    20_000,
  );
});
