import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';

const captured = z.object({ event: z.string(), distinct_id: z.string(), properties: z.looseObject({}) });
const batch = z.object({ batch: z.array(captured) });

/** Speaks as much of PostHog's HTTP as the client needs, and keeps what it was sent. */
class AnalyticsServer {
  readonly events: z.infer<typeof captured>[] = [];
  /** When set, every call is answered with this status. */
  failing: number | null = null;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (this.failing !== null) {
          response.writeHead(this.failing).end();
          return;
        }
        const raw = Buffer.concat(chunks);
        const text =
          request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw).toString() : raw.toString();
        const parsed = batch.safeParse(text === '' ? {} : JSON.parse(text));
        if (parsed.success) this.events.push(...parsed.data.batch);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":1}');
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

const SECRET_WORD = 'zanzibarmarmalade';
const analytics = new AnalyticsServer();
let product: Product;

beforeAll(async () => {
  const host = await analytics.open();
  product = await startProduct({
    env: { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: host, ANALYTICS_KEY: 'pseudonyms' },
  });
});
afterAll(() => analytics.close());

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
  expect(new Set(analytics.events.map((event) => event.distinct_id)).size).toBe(2);
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
