import { randomUUID } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoToken } from '../../contracts/rest.ts';
import { sharedProduct } from '../support/product.ts';
import { call, itemsOf, person, signFor, Wire } from '../support/wire.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const now = (): number => Math.floor(Date.now() / 1000);
const unsigned = (): string =>
  new UnsecuredJWT({ role: 'user' }).setSubject(randomUUID()).setIssuedAt().setExpirationTime('1h').encode();

describe('a token that is none', () => {
  it.each([
    ['none', () => undefined, 'authentication_error'],
    ['an empty one', () => '', 'authentication_error'],
    ['words', () => 'let me in', 'authentication_error'],
    ['one without a signature', unsigned, 'authentication_error'],
    [
      'one of another secret',
      () => signFor({ secret: 'another-secret-of-at-least-32-characters' }),
      'authentication_error',
    ],
    ['one without a user', () => signFor({ claims: { sub: undefined } }), 'authentication_error'],
    ['one of a user that is no UUID', () => signFor({ claims: { sub: 'root' } }), 'authentication_error'],
    ['one of an unknown role', () => signFor({ claims: { role: 'god' } }), 'authentication_error'],
    ['one that never ends', () => signFor({ claims: { exp: undefined } }), 'authentication_error'],
    ['one without a beginning', () => signFor({ claims: { iat: undefined } }), 'authentication_error'],
    ['one that is not valid yet', () => signFor({ claims: { nbf: now() + 3600 } }), 'authentication_error'],
    ['one that ended a second ago', () => signFor({ lifetimeSeconds: -1 }), 'token_expired'],
    ['one that ended long ago', () => signFor({ lifetimeSeconds: -86_400 }), 'token_expired'],
  ])('%s is refused at both doors', async (_what, make, code) => {
    const token = await make();
    const refused = { code, message: expect.any(String), retryable: code === 'token_expired' };
    expect(await Wire.refused(url, token === undefined ? {} : { token })).toEqual(refused);
    const answer = await call(url, 'GET', '/api/v1/tasks', token ? { token } : {});
    expect(answer).toMatchObject({ status: 401, body: { error_code: code } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    if (token) expect(JSON.stringify(answer.body)).not.toContain(token);
  });

  it.each([
    ['no session of ours', { session_id: 'mine' }],
    ['an unknown zone', { timezone: 'Mars/Olympus' }],
    ['an unknown field', { admin: true }],
    ['a place of a wrong type', { last_seq: 'seven' }],
    ['a place below zero', { last_seq: -1 }],
    ['another protocol', { protocol: 2 }],
  ])('a handshake with %s is refused', async (_what, more) => {
    const { token } = await person();
    expect(await Wire.refused(url, { token, ...more })).toMatchObject({ code: 'validation_error' });
  });
});

describe('what belongs to somebody else', () => {
  it('does not exist', async () => {
    const anna = await person();
    const ben = await person();
    const theirs = await Wire.open(url, { token: anna.token });
    const made = await theirs.say('create a task to buy milk');
    const asked = await theirs.say('create a task to study');
    expect(await Wire.refused(url, { token: ben.token, session_id: theirs.sessionId })).toMatchObject({
      code: 'not_found',
    });
    const taskId = String(made.result.execution_result?.['task_id']);
    const receiptId = made.result.receipt?.receipt_id;
    for (const [method, path, body] of [
      ['GET', `/tasks/${taskId}`],
      ['PATCH', `/tasks/${taskId}`, { title: 'mine' }],
      ['DELETE', `/tasks/${taskId}`],
      ['POST', `/receipts/${receiptId}/undo`],
      ['GET', `/sessions/${theirs.sessionId}/turns`],
      ['POST', '/agent/query', { query: 'hello', session_id: theirs.sessionId }],
    ] as const)
      expect(
        await call(url, method, `/api/v1${path}`, { token: ben.token, ...(body ? { body } : {}) }),
      ).toMatchObject({
        status: 404,
        body: { error_code: 'not_found' },
      });
    const mine = await Wire.open(url, { token: ben.token });
    const clarification_id = asked.result.clarification?.clarification_id;
    expect(
      await mine.send('clarification.answer', { turn_id: randomUUID(), clarification_id, text: 'physics' }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const turn_id = randomUUID();
    expect(await mine.send('receipt.undo', { turn_id, receipt_id: receiptId })).toMatchObject({ ok: true });
    expect((await mine.ended(turn_id)).result).toMatchObject({ status: 'refused', error_code: 'not_found' });
    expect((await call(url, 'GET', `/api/v1/tasks/${taskId}`, { token: anna.token })).body).toMatchObject({
      title: 'buy milk',
    });
    for (const list of ['tasks', 'receipts'])
      expect(itemsOf(await call(url, 'GET', `/api/v1/${list}`, { token: ben.token }))).toEqual([]);
  });

  it('and what nobody has does not exist either', async () => {
    const me = await person();
    const wire = await Wire.open(url, { token: me.token });
    const nothing = randomUUID();
    for (const path of [`/tasks/${nothing}`, `/sessions/${nothing}/turns`])
      expect((await call(url, 'GET', `/api/v1${path}`, { token: me.token })).status).toBe(404);
    expect(
      await wire.send('clarification.answer', {
        turn_id: randomUUID(),
        clarification_id: nothing,
        text: 'x',
      }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('a token that runs out', () => {
  it('is refused at every event until a new one comes, and nothing is lost meanwhile', async () => {
    const { userId, token: long } = await person();
    const short = await signFor({ userId, lifetimeSeconds: 2 });
    const me = await Wire.open(url, { token: short });
    expect(Date.parse(me.ready.expires_at)).toBeGreaterThan(Date.now());
    expect(await me.submit('hello')).toMatchObject({ ok: true });
    await expect
      .poll(() => me.submit('hello'), { timeout: 5_000 })
      .toMatchObject({
        ok: false,
        error: { code: 'token_expired', retryable: true },
      });
    expect(await me.send('session.history', {})).toMatchObject({ error: { code: 'token_expired' } });
    // Another device goes on; this one must not hear of it before it has shown a new token.
    const desk = await Wire.open(url, { token: long, session_id: me.sessionId });
    const { turn_id } = await desk.say('create a task to buy milk');
    expect(await me.send('session.history', {})).toMatchObject({ error: { code: 'token_expired' } });
    expect(me.log.some((frame) => frame.turn_id === turn_id)).toBe(false);

    expect(await me.send('auth.refresh', { token: short })).toMatchObject({
      error: { code: 'token_expired' },
    });
    const stranger = await person();
    expect(await me.send('auth.refresh', { token: stranger.token })).toMatchObject({
      error: { code: 'forbidden' },
    });
    const renewed = await me.send('auth.refresh', { token: long });
    expect(Date.parse(String(renewed['expires_at']))).toBeGreaterThan(Date.now() + 3_000_000);
    await me.ended(turn_id);
    const heard = me.log.map(({ seq }) => seq);
    expect(heard).toEqual([...new Set(heard)].toSorted((a, b) => a - b));
    // A gateway that was behind reads the log, which no longer has the deltas of turns that have ended.
    const { epoch } = me.ready;
    const whole = await Wire.open(url, { token: long, session_id: me.sessionId, epoch, last_seq: 0 });
    await whole.ended(turn_id);
    expect(whole.log.map(({ seq }) => seq).filter((seq) => !heard.includes(seq))).toEqual([]);
    expect(whole.log.length).toBeGreaterThan(10);
    expect((await me.say('hello')).type).toBe('turn.completed');
  });
});

describe('the demo login', () => {
  it('knows a name again and makes a fresh user without one', async () => {
    const login = async (body: object) =>
      demoToken.parse((await call(url, 'POST', '/api/v1/auth/demo', { body })).body);
    const [first, again, nobody] = [
      await login({ name: 'Ada' }),
      await login({ name: 'Ada' }),
      await login({}),
    ];
    expect(again.user_id).toBe(first.user_id);
    expect(nobody.user_id).not.toBe(first.user_id);
    expect((await call(url, 'GET', '/api/v1/tasks', { token: nobody.token })).status).toBe(200);
  });

  it('gives an admin token on this machine only, and nothing that a proxy passes on counts as it', async () => {
    const ask = (headers: Record<string, string>) =>
      call(url, 'POST', '/api/v1/auth/demo', { body: { role: 'admin' }, headers });
    const local = await ask({});
    expect(local.status).toBe(200);
    for (const [header, value] of [
      ['x-forwarded-for', '127.0.0.1'],
      ['forwarded', 'for=127.0.0.1'],
      ['via', '1.1 proxy'],
    ] as const)
      expect(await ask({ [header]: value })).toMatchObject({
        status: 403,
        body: { error_code: 'forbidden' },
      });
    const user = await person();
    for (const [method, path] of [
      ['GET', '/api/v1/ops/queues'],
      ['GET', '/api/v1/ops/queues/nlu/failed'],
      ['POST', '/api/v1/ops/queues/nlu/jobs/some.job/retry'],
    ] as const) {
      expect((await call(url, method, path)).status).toBe(401);
      expect(await call(url, method, path, { token: user.token })).toMatchObject({
        status: 403,
        body: { error_code: 'forbidden' },
      });
      expect((await call(url, method, path, { token: demoToken.parse(local.body).token })).status).toBe(
        method === 'GET' ? 200 : 404,
      );
    }
  });
});
