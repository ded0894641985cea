import { randomUUID } from 'node:crypto';
import { beforeEach, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { call, each, person, Wire } from '../support/wire.ts';

/** Understanding works all the time; acting only after `act`, so that a turn runs for as long as a test wants. */
let product: Product;
let url: string;
let acting: Role[] = [];
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway', 'nlu'] });
  ({ url } = product);
});
const act = async (): Promise<void> => {
  acting.push(await product.start('workflows'));
};

let me: Wire;
beforeEach(async () => {
  me = await Wire.open(url, { token: (await person()).token });
});
afterEach(async () => {
  await Promise.all(acting.map((role) => role.kill()));
  acting = [];
  me.close();
});

/** A turn that has been understood and now waits for somebody to act. */
async function running(text: string): Promise<string> {
  const turnId = randomUUID();
  expect(await me.submit(text, { turn_id: turnId })).toMatchObject({ ok: true });
  await me.first('turn.understood', turnId);
  return turnId;
}
async function waiting(text: string, more: Record<string, unknown> = {}): Promise<string> {
  const turnId = randomUUID();
  expect(await me.submit(text, { turn_id: turnId, ...more })).toMatchObject({ ok: true });
  return turnId;
}
const titles = async (token: string): Promise<unknown[]> =>
  each(await call(url, 'GET', '/api/v1/tasks', { token }), 'title');

describe('cancel', () => {
  it('takes a waiting turn away at once and leaves the others', async () => {
    const first = await running('create a task to buy milk');
    const second = await waiting('create a task to buy eggs');
    const third = await waiting('create a task to buy bread');
    expect(await me.send('turn.cancel', { turn_id: second })).toEqual({ ok: true, state: 'cancelled' });
    const end = await me.ended(second);
    expect(end).toMatchObject({ type: 'turn.cancelled', result: { status: 'cancelled', receipt: null } });
    await act();
    expect((await me.ended(first)).type).toBe('turn.completed');
    expect((await me.ended(third)).type).toBe('turn.completed');
    expect(me.log.some((frame) => frame.type === 'turn.started' && frame.turn_id === second)).toBe(false);
  });

  it('ends a running turn without effects, and the next one goes on', async () => {
    const { token } = await person();
    me = await Wire.open(url, { token });
    const first = await running('create a task to buy milk');
    const second = await waiting('create a task to buy eggs');
    expect(await me.send('turn.cancel', { turn_id: first })).toEqual({ ok: true, state: 'cancelled' });
    expect((await me.ended(first)).type).toBe('turn.cancelled');
    await act();
    expect((await me.ended(second)).type).toBe('turn.completed');
    expect(await titles(token)).toEqual(['buy eggs']);
  });

  it('says the same when asked twice, and ends a turn once', async () => {
    const turnId = await running('create a task to buy milk');
    const answers = await Promise.all([1, 2, 3].map(() => me.send('turn.cancel', { turn_id: turnId })));
    expect(answers).toEqual(answers.map(() => ({ ok: true, state: 'cancelled' })));
    await me.ended(turnId);
    await me.send('session.history', {});
    expect(me.log.filter((frame) => frame.type === 'turn.cancelled')).toHaveLength(1);
  });

  it('comes too late for a turn that is done', async () => {
    const turnId = await running('create a task to buy milk');
    await act();
    expect((await me.ended(turnId)).type).toBe('turn.completed');
    expect(await me.send('turn.cancel', { turn_id: turnId })).toEqual({ ok: true, state: 'too_late' });
  });

  it('wins against a turn that has not arrived yet', async () => {
    const turn_id = randomUUID();
    expect(await me.send('turn.cancel', { turn_id })).toEqual({ ok: true, state: 'tombstoned' });
    expect(await me.submit('create a task to buy milk', { turn_id })).toMatchObject({ ok: true });
    expect((await me.ended(turn_id)).type).toBe('turn.cancelled');
    expect(await me.send('turn.cancel', { turn_id })).toEqual({ ok: true, state: 'cancelled' });
  });

  it('does not reach a turn of somebody else', async () => {
    const turnId = await running('create a task to buy milk');
    const other = await Wire.open(url, { token: (await person()).token });
    expect(await other.send('turn.cancel', { turn_id: turnId })).toEqual({ ok: true, state: 'tombstoned' });
    await act();
    expect((await me.ended(turnId)).type).toBe('turn.completed');
  });

  it('clears a whole session', async () => {
    const turns = [
      await running('create a task to buy milk'),
      await waiting('create a task to buy eggs'),
      await waiting('create a task to buy bread'),
    ];
    expect(await me.send('turn.cancel', { scope: 'session' })).toEqual({ ok: true, state: 'cancelled' });
    const ends = await Promise.all(turns.map((turnId) => me.ended(turnId)));
    expect(ends.map(({ type }) => type)).toEqual(turns.map(() => 'turn.cancelled'));
    expect(await me.send('turn.cancel', { scope: 'session' })).toEqual({ ok: true, state: 'too_late' });
    await act();
    expect((await me.say('create a task to buy bread')).type).toBe('turn.completed');
  });
});

describe('a second message while one runs', () => {
  it('stops the running one when it says so', async () => {
    const first = await running('create a task to buy milk');
    const second = await waiting('stop');
    expect((await me.ended(first)).type).toBe('turn.cancelled');
    expect(await me.ended(second)).toMatchObject({
      type: 'turn.completed',
      result: { intent: 'cancel', action: 'cancel', status: 'completed' },
    });
  });

  it('corrects the running one, which starts over with both', async () => {
    const first = await running('create a task to buy milk tomorrow');
    const second = await waiting('actually on friday', { reference_time: '2026-11-18T10:00:00Z' });
    const amended = await me.first('turn.amended', first);
    expect(amended).toMatchObject({ amended_by: second, attempt: 1 });
    expect((await me.ended(second)).result).toMatchObject({
      status: 'completed',
      amended_turn_id: first,
      entities: { due_date: '2026-11-20' },
    });
    await act();
    const { result } = await me.ended(first);
    expect(result.entities).toMatchObject({ title: 'buy milk', due_date: '2026-11-20' });
    expect(result.cards).toMatchObject([
      { kind: 'task', data: { task: { title: 'buy milk', due_date: '2026-11-20' } } },
    ]);
  });

  it('waits when it is something else', async () => {
    const first = await running('create a task to buy milk');
    const second = await waiting('create a task to buy eggs');
    const accepted = await me.first('turn.accepted', second);
    expect(accepted).toMatchObject({ turn_seq: 2, position: 1, text: 'create a task to buy eggs' });
    await act();
    await me.ended(second);
    const ends = me.log.flatMap((frame) => (frame.type === 'turn.completed' ? [frame.turn_id] : []));
    expect(ends).toEqual([first, second]);
  });

  it('interrupts when it is told to, and only when it is something else', async () => {
    const first = await running('create a task to buy milk');
    const second = await waiting('create a task to buy eggs', { when_busy: 'interrupt' });
    expect((await me.ended(first)).type).toBe('turn.cancelled');
    await me.first('turn.understood', second);
    const third = await waiting('actually make it urgent', { when_busy: 'interrupt' });
    await me.first('turn.amended', second);
    await me.ended(third);
    await act();
    expect((await me.ended(second)).result.entities).toMatchObject({ title: 'buy eggs', priority: 'urgent' });
  });

  it('does not interrupt with what is an answer', async () => {
    await act();
    const asked = await me.say('create a task to study');
    expect(asked.result.status).toBe('clarifying');
    await Promise.all(acting.splice(0).map((role) => role.kill()));
    const first = await running('create a task to buy milk');
    const second = await waiting('physics', { when_busy: 'interrupt' });
    await me.first('turn.accepted', second);
    await act();
    expect((await me.ended(first)).type).toBe('turn.completed');
    expect((await me.ended(second)).result).toMatchObject({
      status: 'completed',
      entities: { title: 'study physics' },
    });
  });

  it('runs as new when nobody could look at it', async () => {
    await Promise.all(product.roles.filter(({ name }) => name === 'nlu').map((role) => role.kill()));
    const first = randomUUID();
    await me.submit('create a task to buy milk', { turn_id: first });
    const second = await waiting('create a task to buy eggs');
    acting.push(await product.start('nlu'));
    await act();
    expect((await me.ended(first)).type).toBe('turn.completed');
    expect((await me.ended(second)).type).toBe('turn.completed');
    await product.start('nlu');
  });
});
