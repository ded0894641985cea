import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { userNews } from '../../contracts/frames.ts';
import type { ReceiptWrite } from '../../contracts/records.ts';
import type { EffectsRequest } from '../../contracts/requests.ts';
import { RequestClient } from '../../core/requests.ts';
import { applyReceipt } from '../../db/receipts.ts';
import { newsChannel } from '../../sessions/keys.ts';
import { eventually } from '../support/eventually.ts';
import { knownUser } from '../support/known-user.ts';
import { call, type Answer } from '../support/wire.ts';
import { receiptOf, Scene, type Device } from './scene.ts';

let scene: Scene;
let bells: Redis;
/** Of whom, and what they were told, in order. */
const told: { channel: string; id: string; version: number; gone: boolean }[] = [];
let requests: RequestClient;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows']);
  bells = new Redis(scene.product.redis.url, { maxRetriesPerRequest: null });
  requests = new RequestClient(scene.redis, bells, scene.queues);
  await requests.open();
  bells.on('message', (channel: string, payload: string) => {
    const news = z.array(userNews).safeParse(JSON.parse(payload.startsWith('[') ? payload : 'null'));
    for (const item of news.success ? news.data : [])
      if (item.type === 'entity.changed')
        told.push({ channel, id: item.id, version: item.version, gone: item.item === null });
  });
});
afterAll(async () => {
  await bells.quit();
  await scene.close();
});

type Change<T = EffectsRequest> = T extends unknown ? Omit<T, 'change_id'> : never;

/** One change, carried out by two workers of which the first died before its answer was known. */
async function twice(change: Change) {
  const change_id = randomUUID();
  const body = { ...change, change_id } as EffectsRequest;
  await knownUser(scene.db, body.user_id);
  await bells.subscribe(newsChannel(body.user_id));
  const ask = () => requests.ask('effects.apply', body, { timeoutMs: 10_000 });
  const first = await ask();
  const receipts = await scene.db('receipts').where({ user_id: body.user_id });
  const item = await scene
    .db('receipt_effects as e')
    .join('tasks as t', 't.id', 'e.item_id')
    .where({ 'e.receipt_id': change_id })
    .first<{ id: string; version: number; deleted_at: Date | null }>('t.id', 't.version', 't.deleted_at');
  const news = { id: item.id, version: item.version, gone: item.deleted_at !== null };
  await eventually('the first worker told the news', () => told.some((seen) => isSame(seen, news)));
  told.length = 0;
  const second = await ask();
  // The one before may have died before it told anybody.
  await eventually('the second worker told the news', () => told.some((seen) => isSame(seen, news)));
  expect(second).toEqual(first);
  expect(await scene.db('receipts').where({ user_id: body.user_id })).toHaveLength(receipts.length);
  expect(first.receipt.receipt_id).toBe(change_id);
  return first;
}

const isSame = (seen: (typeof told)[number], news: Omit<(typeof told)[number], 'channel'>): boolean =>
  seen.id === news.id && seen.version === news.version && seen.gone === news.gone;

describe('a request that is carried out again gives the answer that it gave', () => {
  const user_id = randomUUID();
  const item_id = randomUUID();
  const item = { user_id, item_id };
  const version = async () =>
    (await scene.db('tasks').where({ id: item_id }).first<{ version: number }>('version')).version;

  test('adding', async () => {
    const fields = { title: 'buy milk', due_date: '2026-11-20T15:00:00+01:00', tags: ['home'] };
    const { item: made } = await twice({ op: 'create_task', ...item, fields });
    expect(made).toMatchObject({ id: item_id, title: 'buy milk', version: 1 });
  });

  test('changing a version that was seen', async () => {
    const fields = { title: 'buy oat milk', priority: 'high' as const };
    const { item: changed } = await twice({ op: 'update_task', ...item, if_version: 1, fields });
    expect(changed).toMatchObject({ title: 'buy oat milk', version: 2 });
    expect(await version()).toBe(2);
  });

  test('finishing, and taking it back', async () => {
    const done = await twice({ op: 'update_task', ...item, fields: { status: 'done' } });
    expect(done.item).toMatchObject({ status: 'done', version: 3 });
    const receipt_id = done.receipt.receipt_id;
    const { item: undone } = await twice({ op: 'undo', user_id, receipt_id });
    expect(undone).toMatchObject({ status: 'open', completed_at: null, version: 4 });
  });

  test('deleting, and taking it back', async () => {
    const deleted = await twice({ op: 'delete_task', ...item, if_version: 4 });
    expect(deleted.item).toBeNull();
    expect(await scene.titles(user_id)).toEqual([]);
    const receipt_id = deleted.receipt.receipt_id;
    const { item: back } = await twice({ op: 'undo', user_id, receipt_id });
    expect(back).toMatchObject({ id: item_id, title: 'buy oat milk', version: 6 });
    expect(await scene.titles(user_id)).toEqual(['buy oat milk']);
  });

  test('taking an addition back', async () => {
    const other = { user_id, item_id: randomUUID() };
    const made = await twice({ op: 'create_task', ...other, fields: { title: 'buy bread' } });
    const undone = await twice({ op: 'undo', user_id, receipt_id: made.receipt.receipt_id });
    expect(undone.item).toBeNull();
  });
});

describe('changes of the same tasks in opposite order', () => {
  /** Three tasks that a turn has changed at once. */
  async function three(): Promise<{ me: Device; inOrder: string[]; receiptId: string }> {
    const me = await scene.device();
    for (const title of ['buy milk', 'call mom', 'feed the cat']) await me.say(`create a task to ${title}`);
    expect((await me.say('set all tasks to high priority')).status).toBe('clarifying');
    const changed = await me.say('yes');
    expect(changed.status).toBe('completed');
    const receipt = receiptOf(changed);
    const inOrder = receipt.effects.map(({ id }) => id);
    expect(inOrder).toHaveLength(3);
    return { me, inOrder, receiptId: receipt.receipt_id };
  }
  const waitingForLocks = async (): Promise<number> => {
    const { rows } = await scene.db.raw<{ rows: { n: number }[] }>(
      `select count(distinct l.pid)::int as n from pg_locks l join pg_stat_activity a using (pid)
       where not l.granted and a.datname = current_database()`,
    );
    return rows[0]?.n ?? 0;
  };
  const undo = (me: Device, receiptId: string): Promise<Answer> =>
    call(scene.product.url, 'POST', `/api/v1/receipts/${receiptId}/undo`, { token: me.token });

  /**
   * Both have their first task and wait for the one in the middle, which the test holds; when it lets go, each wants
   * the task that the other has, and Postgres ends one of them.
   */
  async function crossed(inOrder: readonly string[], begin: readonly (() => void)[]): Promise<void> {
    await scene.db.transaction(async (trx) => {
      await trx('tasks').where({ id: inOrder[1] }).forUpdate().first('id');
      for (const [index, start] of begin.entries()) {
        start();
        await eventually('it waits', async () => (await waitingForLocks()) === index + 1);
      }
      const free = await trx('tasks').whereIn('id', inOrder).forUpdate().skipLocked().select('id');
      expect(free, 'each of them has its first task').toEqual([{ id: inOrder[1] }]);
    });
  }

  test('end as a conflict at worst: two undos', async () => {
    const { me, inOrder } = await three();
    const change = (ids: readonly string[]): ReceiptWrite => ({
      id: randomUUID(),
      step: 0,
      intent: null,
      action: 'update_task',
      summary: 'Changed three',
      reason: {},
      undoes: null,
      undo_until: new Date(Date.now() + 3_600_000).toISOString(),
      effects: ids.map((id) => ({
        kind: 'task',
        op: 'update',
        id,
        version: null,
        // Each finds what it has left, as if nothing had changed since.
        fields: { notes: 'the same' },
        reason: 'test',
      })),
      calendar_version: null,
    });
    const receipts = [change(inOrder), change(inOrder.toReversed())];
    for (const receipt of receipts) {
      // Both find what they have left, so that neither stops before the last task, and take it back to what the other
      // does not find, whichever of them Postgres ends.
      await scene.db('tasks').whereIn('id', inOrder).update({ version: 7, notes: null });
      await applyReceipt(scene.db, me.userId, receipt, new Date());
    }
    const undone: Promise<Answer>[] = [];
    await crossed(
      inOrder,
      receipts.map(
        ({ id }) =>
          () =>
            void undone.push(undo(me, id)),
      ),
    );
    const answers = await Promise.all(undone);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const versions = await scene.db('tasks').whereIn('id', inOrder).pluck<number[]>('version');
    expect(versions).toEqual([9, 9, 9]);
  });

  test('end as a conflict at worst: an undo and a turn', async () => {
    const { me, inOrder, receiptId } = await three();
    expect((await me.say('set all tasks to low priority')).status).toBe('clarifying');
    let submitted: Promise<string> | undefined;
    let undone: Promise<Answer> | undefined;
    await crossed(inOrder, [() => (submitted = me.submit('yes')), () => (undone = undo(me, receiptId))]);
    const answer = await undone;
    const changed = await me.ended((await submitted) ?? '');
    expect(answer?.status).toBeOneOf([200, 409]);
    // The turn plans anew with what it finds. A yes holds for what was shown as it was: where the undo was first, it asks
    // about what has changed since.
    const undoneFirst = answer?.status === 200;
    expect(changed).toMatchObject({ status: undoneFirst ? 'clarifying' : 'completed', error: null });
    if (undoneFirst) {
      expect(await me.say('yes')).toMatchObject({ status: 'completed', error: null });
    }
    const priorities = (await scene.tasks(me.userId)).map(({ priority }) => priority);
    expect(priorities).toEqual(['low', 'low', 'low']);
  });
});

describe('what was undone and put back', () => {
  test('can be undone again, in words', async () => {
    const me = await scene.device();
    await me.say('create a task to buy milk');
    const undone = await me.say('undo');
    expect(await scene.titles(me.userId)).toEqual([]);

    const back = await me.undo(receiptOf(undone));
    expect(back.reply).toMatch(/put back/i);
    expect(await scene.titles(me.userId)).toEqual(['buy milk']);
    const tooOften = await me.undo(receiptOf(undone));
    expect(tooOften).toMatchObject({ status: 'refused', error_code: 'version_conflict' });
    expect(await scene.titles(me.userId)).toEqual(['buy milk']);

    const again = await me.say('undo');
    expect(again).toMatchObject({ status: 'completed', error: null });
    expect(again.undone_receipt_id).toBe(receiptOf(back).receipt_id);
    expect(await scene.titles(me.userId)).toEqual([]);

    const backAgain = await me.undo(receiptOf(again));
    expect(await scene.titles(me.userId)).toEqual(['buy milk']);
    const last = await me.say('undo');
    expect(last.undone_receipt_id).toBe(receiptOf(backAgain).receipt_id);
    expect(await scene.titles(me.userId)).toEqual([]);
  });
});
