import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { effectsResponse } from '../../contracts/requests.ts';
import { startProduct } from '../support/product.ts';
import { at, call, each, itemsOf, person, type Answer, type Person } from '../support/wire.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } }));
});

type Write = [method: string, path: string, body?: object, headers?: Record<string, string>];
const write = (who: Person, key: string, [method, path, body, headers]: Write): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, {
    token: who.token,
    headers: { 'idempotency-key': key, ...headers },
    ...(body ? { body } : {}),
  });
const list = (who: Person, what: string): Promise<Answer> =>
  call(url, 'GET', `/api/v1/${what}`, { token: who.token });
const conflict = { status: 409, body: { error_code: 'turn_id_conflict', retryable: false } };

describe('a write with an Idempotency-Key', () => {
  it('is done once and answered the same again: adding, changing, deleting, undoing', async () => {
    const me = await person();
    const twice = async (what: Write) => {
      const key = randomUUID();
      const first = await write(me, key, what);
      expect(first.status, JSON.stringify(first.body)).toBe(200);
      const again = await write(me, `"${key.toUpperCase()}"`, what);
      expect(again).toMatchObject({ status: 200, body: first.body as object });
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
      return effectsResponse.parse(first.body);
    };
    const made = await twice(['POST', '/tasks', { title: 'buy milk' }]);
    const task = `/tasks/${made.item?.id}`;
    const seen = { 'if-match': '"1"' };
    expect((await twice(['PATCH', task, { title: 'buy oat milk' }, seen])).item).toMatchObject({
      version: 2,
    });
    expect((await twice(['PATCH', task, { status: 'done' }])).item).toMatchObject({ version: 3 });
    const deleted = await twice(['DELETE', task, undefined, { 'if-match': '"3"' }]);
    const undone = await twice(['POST', `/receipts/${deleted.receipt.receipt_id}/undo`]);
    expect(undone.item).toMatchObject({ title: 'buy oat milk', status: 'done' });
    expect(itemsOf(await list(me, 'receipts'))).toHaveLength(5);
    expect(each(await list(me, 'tasks'), 'title')).toEqual(['buy oat milk']);
  });

  it('is done once when it is sent twenty times at once', async () => {
    const me = await person();
    const key = randomUUID();
    const send = (): Promise<Answer> => write(me, key, ['POST', '/tasks', { title: 'buy eggs' }]);
    const made = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(made.map(({ body }) => at(body, 'item', 'id'))).size).toBe(1);
    expect(itemsOf(await list(me, 'tasks'))).toHaveLength(1);

    const change: Write = [
      'PATCH',
      `/tasks/${String(at(made[0]?.body, 'item', 'id'))}`,
      { notes: 'six' },
      { 'if-match': '1' },
    ];
    const changeKey = randomUUID();
    const changed = await Promise.all(Array.from({ length: 20 }, () => write(me, changeKey, change)));
    expect(changed.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    expect(itemsOf(await list(me, 'receipts'))).toHaveLength(2);
  });

  it('is refused when its key was used for something else; keys of others are others', async () => {
    const [me, other] = [await person(), await person()];
    const key = randomUUID();
    const made = await write(me, key, ['POST', '/tasks', { title: 'buy tea' }]);
    const task = `/tasks/${String(at(made.body, 'item', 'id'))}`;
    const others: Write[] = [
      ['POST', '/tasks', { title: 'buy coffee' }],
      ['PATCH', task, { title: 'buy tea' }],
      ['DELETE', task],
      ['POST', `/receipts/${String(at(made.body, 'receipt', 'receipt_id'))}/undo`],
    ];
    for (const one of others) expect(await write(me, key, one), one[0]).toMatchObject(conflict);
    expect(each(await list(me, 'tasks'), 'title')).toEqual(['buy tea']);
    expect((await write(other, key, ['POST', '/tasks', { title: 'buy cake' }])).status).toBe(200);
  });

  it('that was refused is tried again by the same key', async () => {
    const me = await person();
    const made = await write(me, randomUUID(), ['POST', '/tasks', { title: 'buy rice' }]);
    const task = `/tasks/${String(at(made.body, 'item', 'id'))}`;
    const key = randomUUID();
    const change: Write = ['PATCH', task, { notes: 'brown' }, { 'if-match': '2' }];
    expect(await write(me, key, change)).toMatchObject({
      status: 409,
      body: { error_code: 'version_conflict' },
    });
    await write(me, randomUUID(), ['PATCH', task, { list: 'food' }]);
    expect((await write(me, key, change)).body).toMatchObject({ item: { notes: 'brown', version: 3 } });
  });

  it('may be repeated after nobody answered in time', async () => {
    const product = await startProduct({ roles: ['gateway'] });
    const me = await person();
    const headers = { 'idempotency-key': randomUUID() };
    const send = (): Promise<Answer> =>
      call(product.url, 'POST', '/api/v1/tasks', { token: me.token, headers, body: { title: 'buy milk' } });
    const late = await send();
    expect(late).toMatchObject({ status: 504, body: { error_code: 'deadline_exceeded', retryable: true } });
    expect(at(late.body, 'error')).toMatch(/Idempotency-Key/);
    await product.start('workflows');
    expect((await send()).status).toBe(200);
    const tasks = await call(product.url, 'GET', '/api/v1/tasks', { token: me.token });
    expect(itemsOf(tasks)).toHaveLength(1);
  }, 40_000);
});
