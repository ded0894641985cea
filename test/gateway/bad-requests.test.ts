import { randomUUID } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { restError } from '../../contracts/errors.ts';
import { startProduct } from '../support/product.ts';
import { at, call, person, type Answer } from '../support/wire.ts';

const ORIGIN = 'https://pages.test';
let url: string;
let token: string;
beforeAll(async () => {
  ({ url } = await startProduct({
    env: { CORS_ORIGINS: ORIGIN, RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' },
  }));
  ({ token } = await person());
});

const SECRET = 'xyzzy';
const invalid = { status: 400, body: { error_code: 'validation_error', retryable: false } };
const api = (method: string, path: string, options: Parameters<typeof call>[3] = {}): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, { token, ...options });
const task = randomUUID();

const EVENT = { title: 'x', start: '2026-11-20T14:00:00Z' };

describe('a request that is none', () => {
  it.each<[string, string, string, Parameters<typeof call>[3]]>([
    ['no query', 'POST', '/agent/query', { body: {} }],
    ['no body', 'POST', '/agent/query', {}],
    ['a query of blanks', 'POST', '/agent/query', { body: { query: '  ' } }],
    ['a query that is too long', 'POST', '/agent/query', { body: { query: 'x'.repeat(4001) } }],
    ['a NUL', 'POST', '/agent/query', { body: { query: `${SECRET}\u0000` } }],
    ['an unknown field', 'POST', '/agent/query', { body: { query: 'hello', [`${SECRET} word`]: 1 } }],
    ['a field of another call', 'POST', '/agent/query', { body: { query: 'hello', text: 'hello' } }],
    ['a list', 'POST', '/agent/query', { body: [1, 2] }],
    ['null', 'POST', '/agent/query', { raw: 'null' }],
    ['no JSON', 'POST', '/agent/query', { raw: `{"query": "${SECRET}` }],
    [
      'another content type',
      'POST',
      '/agent/query',
      { raw: `query=${SECRET}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['a prototype', 'POST', '/agent/query', { raw: '{"query": "hello", "__proto__": {"admin": true}}' }],
    [
      'a constructor',
      'POST',
      '/agent/query',
      { raw: '{"query": "hello", "constructor": {"prototype": {}}}' },
    ],
    ['a session that is no id', 'POST', '/agent/query', { body: { query: 'hello', session_id: SECRET } }],
    ['a zone of nowhere', 'POST', '/nlu/parse', { body: { text: 'hello', timezone: SECRET } }],
    ['an unknown slot', 'POST', '/nlu/parse', { body: { text: 'hello', slot: SECRET } }],
    ['a task without a title', 'POST', '/tasks', { body: { title: ' ' } }],
    ['a title that no store can hold', 'POST', '/tasks', { body: { title: `${SECRET}\u0000` } }],
    ['half a character in a tag', 'POST', '/tasks', { body: { title: 'x', tags: ['\ud83d'] } }],
    ['a day that is none', 'POST', '/tasks', { body: { title: 'x', due_date: '2026-02-30' } }],
    ['a day of the year zero', 'POST', '/tasks', { body: { title: 'x', due_date: '0000-01-01' } }],
    ['a task’s own version', 'POST', '/tasks', { body: { title: 'x', version: 7 } }],
    ['an id that is none', 'GET', `/tasks/${SECRET}`, {}],
    ['a filter by an unknown state', 'GET', `/tasks?status=${SECRET}`, {}],
    ['a filter by a day of the year zero', 'GET', '/tasks?due_from=0000-01-01', {}],
    ['a filter by no list', 'GET', '/tasks?list=', {}],
    ['a filter by a blank tag', 'GET', '/tasks?tag=%20', {}],
    ['a filter by no words', 'GET', '/tasks?q=', {}],
    ['a repetition that is none', 'POST', '/tasks', { body: { title: 'x', recurrence: `every ${SECRET}` } }],
    [
      'a day that never comes',
      'PATCH',
      `/tasks/${task}`,
      { body: { recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' } },
    ],
    [
      'a key that is no id',
      'POST',
      '/tasks',
      { body: { title: 'x' }, headers: { 'idempotency-key': SECRET } },
    ],
    ['a command to a terminal', 'POST', '/tasks', { body: { title: `\u001b[2J${SECRET}` } }],
    ['one of 8 bits', 'POST', '/agent/query', { body: { query: `\u009b2J${SECRET}` } }],
    ['a task of every second', 'POST', '/tasks', { body: { title: 'x', recurrence: 'FREQ=SECONDLY' } }],
    ['an event of every minute', 'POST', '/events', { body: { ...EVENT, recurrence: 'FREQ=MINUTELY' } }],
    ['an event longer than a year', 'POST', '/events', { body: { ...EVENT, end: '2027-11-20T14:00:01Z' } }],
    ['an event before our times', 'POST', '/events', { body: { ...EVENT, start: '0001-01-01T00:00:00Z' } }],
    ['a task at the end of time', 'POST', '/tasks', { body: { title: 'x', due_date: '9999-12-31' } }],
    [
      'working hours that end before they begin',
      'PUT',
      '/settings',
      { body: { working_hours: { start: '18:00', end: '09:00' } } },
    ],
    ['an unknown filter', 'GET', '/tasks?color=red', {}],
    ['a filter given twice', 'GET', '/tasks?list=a&list=b', {}],
    ['a NUL in a filter', 'GET', '/tasks?q=%00', {}],
    ['a cursor that was not given out', 'GET', `/tasks?cursor=${SECRET}`, {}],
    ['another one', 'GET', `/sessions?cursor=${SECRET}`, {}],
    ['a page of none', 'GET', '/tasks?limit=0', {}],
    ['a page of thousands', 'GET', '/tasks?limit=5000', {}],
    ['a page of a word', 'GET', '/tasks?limit=all', {}],
    ['an address that can’t be decoded', 'GET', '/tasks/%E0%A4%A', {}],
    ['a page before number 5 billion', 'GET', `/sessions/${randomUUID()}/turns?before=-5`, {}],
    ['settings of a wrong shape', 'PUT', '/settings', { body: { working_hours: { start: '25 o’clock' } } }],
    [
      'a version that is none',
      'PATCH',
      `/tasks/${task}`,
      { body: { title: 'x' }, headers: { 'if-match': SECRET } },
    ],
  ])('%s is refused in plain words', async (_what, method, path, options) => {
    const answer = await api(method, path, options);
    expect(answer).toMatchObject(invalid);
    expect(restError.parse(answer.body)).toEqual(answer.body);
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  });

  it('lists every fault of a body by its place', async () => {
    const { body } = await api('POST', '/tasks', { body: { title: '', priority: 'huge', tags: [''] } });
    expect(
      restError
        .parse(body)
        .details?.map(({ path }) => path)
        .sort(),
    ).toEqual(['priority', 'tags.0', 'title']);
  });

  it('a body beyond every measure is too large', async () => {
    const raw = JSON.stringify({ query: 'x'.repeat(5 * 1024 * 1024) });
    // Again and again: a connection that is closed too early breaks only some of the time.
    for (let n = 0; n < 12; n += 1)
      expect(await api('POST', '/agent/query', { raw })).toMatchObject({
        status: 413,
        body: { error_code: 'payload_too_large', retryable: false },
      });
  });

  it('an address of nothing is not found, also for a browser', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['PUT', '/api/v1/tasks'],
      ['GET', '/api/v2/tasks'],
      ['POST', '/nothing'],
    ] as const)
      expect(await call(url, method, path, { headers: { accept: 'text/html' } })).toMatchObject({
        status: 404,
        body: { error_code: 'not_found' },
      });
  });

  it('what is no HTTP is answered and hung up', async () => {
    const { port } = new URL(url);
    const answer = await new Promise<string>((resolve, reject) => {
      let heard = '';
      const socket = connectTcp(Number(port), '127.0.0.1', () =>
        socket.write(`${SECRET} knock knock\r\n\r\n`),
      );
      socket.on('data', (chunk) => (heard += chunk.toString()));
      socket.on('close', () => resolve(heard));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(restError.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''))).toMatchObject({
      error_code: 'validation_error',
    });
    expect(answer).not.toContain(SECRET);
  });
});

describe('what a careful client relies on', () => {
  it('a content type without a body is no fault where none is needed', async () => {
    const made = await api('POST', '/tasks', { body: { title: 'buy milk' } });
    const undone = await api('POST', `/receipts/${String(at(made.body, 'receipt', 'receipt_id'))}/undo`, {
      headers: { 'content-type': 'application/json' },
    });
    expect(undone.status).toBe(200);
  });

  it('blanks around a text do not count, as far as a request may be long at all', async () => {
    const query = `  ${' '.repeat(30_000)}hello\n${' '.repeat(10_000)}`;
    expect((await api('POST', '/agent/query', { body: { query } })).body).toMatchObject({
      intent: 'greeting',
    });
    const long = await api('POST', '/agent/query', { body: { query: 'x'.repeat(20_000) } });
    expect(at(long.body, 'error')).toMatch(/is longer than 4000 characters/);
  });

  it('a repetition is kept in one spelling', async () => {
    const { body } = await api('POST', '/tasks', {
      body: { title: 'x', recurrence: 'freq=weekly;byday=mo,th ' },
    });
    expect(at(body, 'item', 'recurrence')).toBe('FREQ=WEEKLY;BYDAY=MO,TH');
  });

  it('the version of a task stands in its answers’ header and fits If-Match', async () => {
    const made = await api('POST', '/tasks', { body: { title: 'buy milk' } });
    expect(made.headers.get('etag')).toBe('"1"');
    const path = `/tasks/${String(at(made.body, 'item', 'id'))}`;
    expect((await api('GET', path)).headers.get('etag')).toBe('"1"');
    const change = { body: { title: 'buy oat milk' }, headers: { 'if-match': '"1"' } };
    const changed = await api('PATCH', path, change);
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await api('PATCH', path, change)).toMatchObject({ status: 409 });
    expect((await api('GET', path)).headers.get('etag')).toBe('"2"');
    expect((await api('DELETE', path, { headers: { 'if-match': '"2"' } })).headers.get('etag')).toBeNull();
  });

  it('HEAD answers as GET without a body', async () => {
    const [head, get] = [await api('HEAD', '/tasks'), await api('GET', '/tasks')];
    expect([head.status, head.body]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(JSON.stringify(get.body).length));
  });

  it('pages of allowed origins may call everything, others nothing', async () => {
    const preflight = (origin: string, method: string): Promise<Answer> =>
      call(url, 'OPTIONS', '/api/v1/tasks', {
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type,if-match',
        },
      });
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const allowed = await preflight(ORIGIN, method);
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(allowed.headers.get('access-control-allow-methods')).toContain(method);
      expect(allowed.headers.get('access-control-allow-headers')).toMatch(/if-match/i);
      expect(
        (await preflight('https://evil.test', method)).headers.get('access-control-allow-origin'),
      ).toBeNull();
    }
    const stream = await fetch(`${url}/api/v1/agent/query`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        origin: ORIGIN,
        accept: 'text/event-stream',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query: 'hello' }),
    });
    expect(stream.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(await stream.text()).toContain('event: result');
  });

  it('every answer has the security headers', async () => {
    for (const path of ['/', '/healthz', '/api/v1/tasks', '/api/v1/nothing', '/docs/static/index.html']) {
      const { headers } = await call(url, 'GET', path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('x-frame-options'), path).toBe('SAMEORIGIN');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'self'/);
      expect(headers.get('x-powered-by'), path).toBeNull();
    }
  });
});
