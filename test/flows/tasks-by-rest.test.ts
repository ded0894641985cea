import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { task } from '../../contracts/entities.ts';
import { responseOf } from '../../contracts/requests.ts';
import { connect } from '../../db/connect.ts';
import { newId } from '../../core/ids.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { call, itemsOf, person, type Answer, type Person } from '../support/wire.ts';

let product: SharedProduct;
let me: Person;
beforeAll(async () => {
  product = await sharedProduct();
});
beforeEach(async () => {
  me = await person();
});
const api = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(product.url, method, `/api/v1${path}`, { token: me.token, ...(body === undefined ? {} : { body }) });
const taskResponse = responseOf(task);
const itemOf = ({ body }: Answer) => taskResponse.parse(body).item;
const idOf = (answer: Answer): string => itemOf(answer)?.id ?? '';
const receiptOf = ({ body }: Answer) => taskResponse.parse(body).receipt;
const made = async (fields: Record<string, unknown>): Promise<string> => {
  const answer = await api('POST', '/tasks', fields);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return idOf(answer);
};
/** Far enough ahead to be the next time, whatever the day of the test. */
const FIRST = '2999-01-07';

describe('a task that repeats', () => {
  it('goes on to its next time when it is ticked, as by words, and undo puts it back', async () => {
    const id = await made({ title: 'water the plants', due_date: FIRST, recurrence: 'FREQ=WEEKLY;COUNT=2' });
    const ticked = await api('PATCH', `/tasks/${id}`, { status: 'done' });
    expect(itemOf(ticked)).toMatchObject({
      status: 'open',
      due_date: '2999-01-14',
      recurrence: 'FREQ=WEEKLY;COUNT=1',
      completed_at: null,
    });
    // Whoever names its day means that one.
    const last = await api('PATCH', `/tasks/${id}`, {
      status: 'done',
      priority: 'high',
      due_date: '2999-01-14',
    });
    expect(itemOf(last)).toMatchObject({ status: 'done', due_date: '2999-01-14', priority: 'high' });
    await api('POST', `/receipts/${receiptOf(last).receipt_id}/undo`);
    expect((await api('GET', `/tasks/${id}`)).body).toMatchObject({ status: 'open', priority: 'medium' });
  });

  it('keeps the offset that its hour was sent with', async () => {
    const id = await made({
      title: 'call the bank',
      due_date: `${FIRST}T09:00:00+01:00`,
      recurrence: 'FREQ=DAILY',
    });
    const ticked = await api('PATCH', `/tasks/${id}`, { status: 'done' });
    expect(itemOf(ticked)?.due_date).toBe('2999-01-08T09:00:00+01:00');
  });

  it('is done for good when it stops repeating with the tick', async () => {
    const id = await made({ title: 'stretch', due_date: FIRST, recurrence: 'FREQ=DAILY' });
    expect(itemOf(await api('PATCH', `/tasks/${id}`, { status: 'done', recurrence: null }))).toMatchObject({
      status: 'done',
      recurrence: null,
      due_date: FIRST,
    });
  });

  it('opens its steps anew', async () => {
    const id = await made({ title: 'clean the flat', due_date: FIRST, recurrence: 'FREQ=WEEKLY' });
    const step = await made({ title: 'mop', parent_id: id });
    await api('PATCH', `/tasks/${step}`, { status: 'done' });
    const ticked = await api('PATCH', `/tasks/${id}`, { status: 'done' });
    expect(receiptOf(ticked).effects.map(({ title }) => title)).toEqual(['clean the flat', 'mop']);
    expect((await api('GET', `/tasks/${step}`)).body).toMatchObject({ status: 'open', completed_at: null });
  });
});

describe('steps', () => {
  it('are done with their task in one receipt, and are open again after one undo', async () => {
    const id = await made({ title: 'plan the trip' });
    const steps: string[] = [];
    for (const title of ['book hotel', 'pack bags', 'buy map'])
      steps.push(await made({ title, parent_id: id }));
    await api('PATCH', `/tasks/${steps[0]}`, { status: 'done' });
    const ticked = await api('PATCH', `/tasks/${id}`, { status: 'done' });
    expect(itemOf(ticked)).toMatchObject({ id, status: 'done' });
    expect(receiptOf(ticked).effects.map(({ title }) => title)).toEqual([
      'plan the trip',
      'pack bags',
      'buy map',
    ]);
    const open = async (): Promise<number> => itemsOf(await api('GET', '/tasks?status=open')).length;
    expect(await open()).toBe(0);
    await api('POST', `/receipts/${receiptOf(ticked).receipt_id}/undo`);
    expect(await open()).toBe(3);
  });

  it('are deleted with their task in one receipt, and come back together', async () => {
    const id = await made({ title: 'plan the trip' });
    for (const title of ['book hotel', 'pack bags']) await made({ title, parent_id: id });
    const gone = await api('DELETE', `/tasks/${id}`);
    expect(receiptOf(gone).effects.map(({ op, title }) => [op, title])).toEqual([
      ['delete', 'plan the trip'],
      ['delete', 'book hotel'],
      ['delete', 'pack bags'],
    ]);
    expect(itemsOf(await api('GET', '/tasks'))).toEqual([]);
    await api('POST', `/receipts/${receiptOf(gone).receipt_id}/undo`);
    expect(itemsOf(await api('GET', '/tasks'))).toHaveLength(3);
  });

  it.each([
    ['a task that is not there', () => Promise.resolve(newId()), /no such task/],
    ['a step', ({ step }: Family) => Promise.resolve(step), /steps have no steps/],
    ['somebody else’s task', ({ others }: Family) => Promise.resolve(others), /no such task/],
  ] as const)('can’t be of %s', async (_what, parentOf, words) => {
    const family = await aFamily();
    const parent_id = await parentOf(family);
    for (const answer of [
      await api('POST', '/tasks', { title: 'x', parent_id }),
      await api('PATCH', `/tasks/${family.single}`, { parent_id }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({
        error_code: 'validation_error',
        error: expect.stringMatching(words) as unknown,
      });
    }
  });

  it('a task is no step of itself, and one with steps becomes none', async () => {
    const { parent, single } = await aFamily();
    for (const [id, parent_id] of [
      [single, single],
      [parent, single],
    ])
      expect(await api('PATCH', `/tasks/${id}`, { parent_id })).toMatchObject({
        status: 400,
        body: { error_code: 'validation_error' },
      });
  });

  it('move to another task and out of it', async () => {
    const { step, single } = await aFamily();
    expect(itemOf(await api('PATCH', `/tasks/${step}`, { parent_id: single }))?.parent_id).toBe(single);
    expect(itemOf(await api('PATCH', `/tasks/${step}`, { parent_id: null }))?.parent_id).toBeNull();
  });
});

interface Family {
  parent: string;
  step: string;
  single: string;
  others: string;
}
async function aFamily(): Promise<Family> {
  const parent = await made({ title: 'parent' });
  const step = await made({ title: 'step', parent_id: parent });
  const single = await made({ title: 'single' });
  const other = await person();
  const others = idOf(
    await call(product.url, 'POST', '/api/v1/tasks', { token: other.token, body: { title: 'theirs' } }),
  );
  return { parent, step, single, others };
}

describe('reminders of a task', () => {
  it('move with it when it repeats, and are over when it is done or gone', async () => {
    const db = connect(product.database.url, { poolMax: 1, name: 'test' });
    try {
      const id = await made({
        title: 'medicine',
        due_date: `${FIRST}T20:00:00+01:00`,
        recurrence: 'FREQ=DAILY;COUNT=2',
      });
      const reminder = newId();
      await db('reminders').insert({
        id: reminder,
        user_id: me.userId,
        title: 'medicine',
        remind_at: `${FIRST}T19:30:00+01:00`,
        timezone: 'Europe/Vienna',
        status: 'scheduled',
        item_kind: 'task',
        item_id: id,
        before_minutes: 30,
        version: 1,
        created_at: new Date(),
        updated_at: new Date(),
      });
      const now = (): Promise<unknown> =>
        db('reminders').where({ id: reminder }).first<unknown>('remind_at', 'status');
      await api('PATCH', `/tasks/${id}`, { status: 'done' });
      expect(await now()).toMatchObject({ remind_at: new Date('2999-01-08T18:30:00Z'), status: 'scheduled' });
      const ended = await api('PATCH', `/tasks/${id}`, {
        status: 'done',
        due_date: '2999-01-08T20:00:00+01:00',
      });
      expect(await now()).toMatchObject({ status: 'done' });
      await api('POST', `/receipts/${receiptOf(ended).receipt_id}/undo`);
      expect(await now()).toMatchObject({ status: 'scheduled' });
      await api('DELETE', `/tasks/${id}`);
      expect(await now()).toMatchObject({ status: 'done' });
    } finally {
      await db.destroy();
    }
  });
});
