import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionFrame } from '../../contracts/frames.ts';
import { parseResponse } from '../../contracts/nlu.ts';
import { turnResult } from '../../contracts/result.ts';
import { sharedProduct } from '../support/product.ts';
import { at, call, itemsOf, person, type Answer, type Person } from '../support/wire.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

let me: Person;
beforeEach(async () => {
  me = await person();
});
const NOW = '2026-11-18T10:00:00Z';
const api = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, { token: me.token, ...(body === undefined ? {} : { body }) });

describe('POST /agent/query', () => {
  it('runs a turn and answers with its whole result', async () => {
    const { status, body } = await api('POST', '/agent/query', { query: 'create a task to study physics' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'completed',
      intent: 'task_management',
      action: 'create_task',
      workflow_type: 'tasks',
      decision: 'AUTO',
      source: 'rule',
      entities: { title: 'study physics' },
      requires_task_card: true,
      clarification: null,
      error: null,
      error_code: null,
      usage: { tokens_used: 0, cost_usd: 0, lines: [] },
    });
    const result = turnResult.parse(body);
    expect(result).toEqual(body);
    expect(result.acts).toHaveLength(1);
    const task = await api('GET', `/tasks/${String(result.execution_result?.['task_id'])}`);
    expect(task.body).toMatchObject({ title: 'study physics', status: 'open', version: 1 });
    const { queued, nlu, workflow, total } = result.timings_ms;
    expect(nlu).toBeGreaterThan(0);
    expect(workflow).toBeGreaterThan(0);
    expect(total).toBeGreaterThanOrEqual(Math.floor(nlu + workflow));
    expect(queued).toBeGreaterThanOrEqual(0);
  });

  it('keeps a conversation by its session id, and gives the same answer to the same turn', async () => {
    const session_id = randomUUID();
    const asked = await api('POST', '/agent/query', { query: 'create a task to study', session_id });
    expect(asked.body).toMatchObject({ status: 'clarifying', session_id, decision: 'CLARIFY' });
    expect(asked.body).toMatchObject({ clarification: { slot: 'title', kind: 'slot' } });
    const turn_id = randomUUID();
    const answer = {
      query: 'for my physics exam next week',
      session_id,
      turn_id,
      reference_time: NOW,
      timezone: 'Europe/Vienna',
    };
    const done = await api('POST', '/agent/query', answer);
    expect(at(done.body, 'entities')).toEqual({ title: 'study for my physics exam', due_date: '2026-11-27' });
    expect((await api('POST', '/agent/query', answer)).body).toEqual(done.body);
    expect(itemsOf(await api('GET', '/tasks'))).toHaveLength(1);
  });

  it('streams the frames and then the result to who asks for events', async () => {
    const response = await fetch(`${url}/api/v1/agent/query`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${me.token}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: 'create a task to study physics' }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const events = (await response.text())
      .trimEnd()
      .split('\n\n')
      .map((event) => ({
        name: /^event: (.+)$/m.exec(event)?.[1],
        data: JSON.parse(/^data: (.+)$/m.exec(event)?.[1] ?? 'null') as unknown,
      }));
    const frames = events.filter(({ name }) => name === 'frame').map(({ data }) => sessionFrame.parse(data));
    expect(frames.map(({ type }) => type)).toEqual([
      'turn.accepted',
      'turn.started',
      'turn.understood',
      'turn.progress',
      'reply.delta',
      'card',
      'turn.completed',
    ]);
    expect(frames.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(events.at(-1)?.name).toBe('result');
    expect(events.at(-1)?.data).toEqual(at(frames.at(-1), 'result'));
  });

  it('reads words in the zone of the request, else of the settings, and from the reference time', async () => {
    const query = { query: 'create a task to call mom tomorrow at 5pm', reference_time: NOW };
    const due = async (more: object): Promise<unknown> =>
      at((await api('POST', '/agent/query', { ...query, ...more })).body, 'entities', 'due_date');
    expect(await due({})).toBe('2026-11-19T17:00:00+00:00');
    expect(await due({ timezone: 'America/New_York' })).toBe('2026-11-19T17:00:00-05:00');
    await api('PUT', '/settings', { timezone: 'Asia/Tokyo' });
    expect(await due({})).toBe('2026-11-19T17:00:00+09:00');
    // Already the next day there.
    expect(await due({ reference_time: '2026-11-18T20:00:00Z' })).toBe('2026-11-20T17:00:00+09:00');
  });

  it('accepts the own user id and knows no other', async () => {
    const query = { query: 'hello', user_id: me.userId };
    expect((await api('POST', '/agent/query', query)).status).toBe(200);
    expect(await api('POST', '/agent/query', { ...query, user_id: randomUUID() })).toMatchObject({
      status: 404,
      body: { error_code: 'not_found' },
    });
    expect((await api('GET', `/tasks?user_id=${me.userId}`)).status).toBe(200);
    expect((await api('GET', `/tasks?user_id=${randomUUID()}`)).status).toBe(404);
  });
});

describe('POST /nlu/parse', () => {
  it('tells what a text is understood as, and does nothing', async () => {
    const text = 'buy milk tomorrow at 5pm';
    const { status, body } = await api('POST', '/nlu/parse', { text, timezone: 'UTC', reference_time: NOW });
    expect(status).toBe(200);
    const parsed = parseResponse.parse(body);
    const [act] = parsed.acts;
    expect(act).toMatchObject({ intent: 'task_management', action: 'create_task', source: 'rule' });
    const due = act?.entities.find(({ slot }) => slot === 'due_date');
    expect(text.slice(due?.start, due?.end)).toBe(due?.text);
    expect(due?.value).toBe('2026-11-19T17:00:00+00:00');
    expect(parsed.timings_ms.total).toBeGreaterThan(0);
    expect(itemsOf(await api('GET', '/tasks'))).toEqual([]);
    expect(itemsOf(await api('GET', '/sessions'))).toEqual([]);
  });
});
