import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { task } from '../../contracts/entities.ts';
import { responseOf } from '../../contracts/requests.ts';
import { listOf, receiptRecord, settingsAnswer } from '../../contracts/rest.ts';
import { connect } from '../../db/connect.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { at, call, each, itemsOf, person, Wire, type Answer, type Person } from '../support/wire.ts';

let product: SharedProduct;
let url: string;
beforeAll(async () => {
  product = await sharedProduct();
  ({ url } = product);
});

let me: Person;
beforeEach(async () => {
  me = await person();
});
const NOW = '2026-11-18T10:00:00Z';
const api = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, {
    token: me.token,
    ...(body === undefined ? {} : { body }),
    ...(headers ? { headers } : {}),
  });

const taskResponse = responseOf(task);
const itemOf = ({ body }: Answer) => taskResponse.parse(body).item;
const idOf = (answer: Answer): string => itemOf(answer)?.id ?? '';
const receiptOf = ({ body }: Answer): string => taskResponse.parse(body).receipt.receipt_id;
const receiptList = listOf(receiptRecord);
const nextOf = ({ body }: Answer): string | null => {
  const cursor = at(body, 'next_cursor');
  return typeof cursor === 'string' ? cursor : null;
};

describe('writing without words', () => {
  it('makes, changes, deletes and takes back, each with a receipt', async () => {
    const made = await api('POST', '/tasks', { title: 'buy milk', due_date: '2026-11-30', tags: ['home'] });
    expect(made.status).toBe(200);
    const id = idOf(made);
    expect(itemOf(made)).toMatchObject({ title: 'buy milk', due_date: '2026-11-30', version: 1 });
    expect((await api('GET', `/tasks/${id}`)).body).toEqual(itemOf(made));

    const changed = await api(
      'PATCH',
      `/tasks/${id}`,
      { priority: 'high', status: 'done' },
      { 'if-match': '"1"' },
    );
    expect(itemOf(changed)).toMatchObject({ priority: 'high', status: 'done', version: 2 });
    expect(itemOf(changed)?.completed_at).not.toBeNull();

    const deleted = await api('DELETE', `/tasks/${id}`, undefined, { 'if-match': '2' });
    expect(itemOf(deleted)).toBeNull();
    expect((await api('GET', `/tasks/${id}`)).status).toBe(404);

    const undone = await api('POST', `/receipts/${receiptOf(deleted)}/undo`);
    expect(itemOf(undone)).toMatchObject({ id, title: 'buy milk', priority: 'high' });
    expect((await api('GET', `/tasks/${id}`)).body).toMatchObject({ status: 'done', version: 4 });

    const receipts = receiptList.parse((await api('GET', '/receipts')).body).items;
    expect(receipts.map(({ summary, undone: taken }) => [summary, taken])).toEqual([
      ['Undone: Deleted "buy milk"', false],
      ['Deleted "buy milk"', true],
      ['Completed "buy milk"', false],
      ['Added "buy milk"', false],
    ]);
    expect(receipts[2]?.changes[0]).toMatchObject({
      id,
      before: { priority: 'medium', status: 'open' },
      after: { priority: 'high', status: 'done' },
    });
  });

  it('refuses a version that is not the present one, and a receipt that was taken back', async () => {
    const made = await api('POST', '/tasks', { title: 'buy milk' });
    const id = idOf(made);
    for (const header of ['7', '"7"', 'W/"7"'])
      expect(await api('PATCH', `/tasks/${id}`, { title: 'x' }, { 'if-match': header })).toMatchObject({
        status: 409,
        body: { error_code: 'version_conflict', retryable: false },
      });
    expect((await api('PATCH', `/tasks/${id}`, { title: 'x' }, { 'if-match': 'soon' })).status).toBe(400);
    expect((await api('PATCH', `/tasks/${id}`, {})).status).toBe(400);
    expect((await api('GET', `/tasks/${id}`)).body).toMatchObject({ version: 1 });
    const path = `/receipts/${receiptOf(made)}/undo`;
    expect((await api('POST', path)).status).toBe(200);
    expect(await api('POST', path)).toMatchObject({ status: 409, body: { error_code: 'version_conflict' } });
  });

  it('lets only one of two changes through that saw the same version', async () => {
    const id = idOf(await api('POST', '/tasks', { title: 'buy milk' }));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        api('PATCH', `/tasks/${id}`, { title: `try ${n}` }, { 'if-match': '1' }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
    expect((await api('GET', `/tasks/${id}`)).body).toMatchObject({ version: 2 });
  });
});

/** All pages of a list, with how many there were. */
async function pages(path: string): Promise<{ items: Record<string, unknown>[]; count: number }> {
  const items: Record<string, unknown>[] = [];
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Answer = await api('GET', `${path}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    expect(page.status).toBe(200);
    items.push(...itemsOf(page));
    count += 1;
    cursor = nextOf(page);
  } while (cursor);
  return { items, count };
}

describe('lists', () => {
  it('come in pages that hold each item once', async () => {
    const session_id = randomUUID();
    for (let n = 0; n < 6; n += 1)
      await api('POST', '/agent/query', { query: `create a task to buy ${n} eggs`, session_id });
    for (let n = 0; n < 5; n += 1) await api('POST', '/agent/query', { query: 'hello' });
    const whole = { tasks: 6, receipts: 6, sessions: 6 };
    for (const [list, size] of Object.entries(whole)) {
      const { items, count } = await pages(`/${list}?limit=2`);
      expect(count).toBe(3);
      const idOf = list === 'tasks' ? 'id' : list === 'receipts' ? 'receipt_id' : 'session_id';
      expect(new Set(items.map((item) => item[idOf])).size).toBe(size);
      expect(items).toEqual(itemsOf(await api('GET', `/${list}?limit=200`)));
    }
    const newest = await api('GET', `/sessions/${session_id}/turns?limit=4`);
    expect(each(newest, 'turn_seq')).toEqual([3, 4, 5, 6]);
    const older = await api('GET', `/sessions/${session_id}/turns?limit=4&cursor=${nextOf(newest)}`);
    expect(older.body).toMatchObject({ items: [{ turn_seq: 1 }, { turn_seq: 2 }], next_cursor: null });
    const backwards = await api('GET', `/sessions/${session_id}/turns?limit=200&before=3`);
    expect(backwards.body).toEqual(older.body);
  });

  it('keeps conversations apart that ended in the same millisecond', async () => {
    const db = connect(product.database.ownerUrl, { poolMax: 1, name: 'test' });
    for (let n = 0; n < 4; n += 1) await api('POST', '/agent/query', { query: 'hello' });
    await db('conversation_sessions').where({ user_id: me.userId }).update({ last_activity_at: NOW });
    await db.destroy();
    const { items } = await pages('/sessions?limit=1');
    expect(new Set(items.map(({ session_id: id }) => id)).size).toBe(4);
  });

  it('are filtered by state, day, list, tag, priority and words', async () => {
    await api('POST', '/tasks', { title: 'buy milk', due_date: '2026-11-20', list: 'Shopping' });
    await api('POST', '/tasks', { title: 'pay rent', due_date: '2026-11-27', priority: 'urgent' });
    const id = idOf(await api('POST', '/tasks', { title: 'read 100% of it', tags: ['Work'] }));
    await api('PATCH', `/tasks/${id}`, { status: 'done' });
    const found = async (query: string): Promise<unknown[]> =>
      each(await api('GET', `/tasks?${query}`), 'title');
    expect(await found('')).toEqual(['read 100% of it', 'pay rent', 'buy milk']);
    expect(await found('status=done')).toEqual(['read 100% of it']);
    expect(await found('due_from=2026-11-20&due_to=2026-11-27')).toEqual(['buy milk']);
    expect(await found('list=shopping')).toEqual(['buy milk']);
    expect(await found('tag=work')).toEqual(['read 100% of it']);
    expect(await found('priority=urgent')).toEqual(['pay rent']);
    expect(await found('q=milk')).toEqual(['buy milk']);
    expect(await found('q=100%25')).toEqual(['read 100% of it']);
    expect(await found('q=%25')).toEqual(['read 100% of it']);
  });
});

describe('settings', () => {
  it('have defaults, take what is given and leave the rest', async () => {
    const { timezone_chosen: chosen, ...defaults } = settingsAnswer.parse(
      (await api('GET', '/settings')).body,
    );
    expect(chosen).toBe(false);
    expect(defaults).toEqual({
      timezone: 'UTC',
      week_start: 'monday',
      working_hours: { start: '09:00', end: '17:00' },
      work_days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      briefing_time: null,
      email_style: 'neutral',
      quiet_hours: null,
      event_minutes: 60,
      task_minutes: 60,
      next_weekday: 'next_week',
      memory: 'on',
    });
    const changed = { timezone: 'Europe/Vienna', week_start: 'sunday' };
    expect((await api('PUT', '/settings', changed)).body).toEqual({ ...defaults, ...changed });
    expect((await api('GET', '/settings')).body).toEqual({ ...defaults, ...changed, timezone_chosen: true });
    for (const wrong of [
      { timezone: 'Mars/Olympus' },
      { working_hours: { start: '99:99', end: '17:00' } },
      { working_hours: { start: '09:00', end: '24:00' } },
      { working_hours: { start: '09:00', end: '17:00', lunch: '12:00' } },
      { briefing_time: '07:60' },
    ])
      expect((await api('PUT', '/settings', wrong)).body, JSON.stringify(wrong)).toMatchObject({
        error_code: 'validation_error',
      });
    const late = { working_hours: { start: '00:00', end: '23:59' }, briefing_time: '19:05' };
    expect((await api('PUT', '/settings', late)).body).toEqual({ ...defaults, ...changed, ...late });
  });

  it('are read one by one: what can’t be read is as never set', async () => {
    await api('PUT', '/settings', { timezone: 'Europe/Vienna' });
    const db = connect(product.database.ownerUrl, { poolMax: 1, name: 'test' });
    const stored = { timezone: 'Europe/Vienna', briefing_time: '99:99', of_old: 1 };
    await db('users')
      .where({ id: me.userId })
      .update({ settings: JSON.stringify(stored) });
    await db.destroy();
    const { body } = await api('GET', '/settings');
    expect(settingsAnswer.parse(body)).toEqual(body);
    expect(body).toMatchObject({ timezone: 'Europe/Vienna', briefing_time: null });
  });

  it('hold at once for a device that has no zone of its own', async () => {
    const wire = await Wire.open(url, { token: me.token });
    await api('PUT', '/settings', { timezone: 'Asia/Tokyo' });
    const { result } = await wire.say('create a task to call mom tomorrow at 5pm', { reference_time: NOW });
    expect(result.entities['due_date']).toBe('2026-11-19T17:00:00+09:00');
    const device = await Wire.open(url, { token: me.token, timezone: 'America/New_York' });
    const other = await device.say('create a task to call dad tomorrow at 5pm', { reference_time: NOW });
    expect(other.result.entities['due_date']).toBe('2026-11-19T17:00:00-05:00');
  });
});
