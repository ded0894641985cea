import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, person, Wire, type Acked } from '../support/wire.ts';

/** Without workers a turn runs for as long as a test wants it to. */
let product: Product;
let url: string;
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway'] });
  ({ url } = product);
});

async function device(): Promise<Wire> {
  return Wire.open(url, { token: (await person()).token });
}
const history = async (
  wire: Wire,
): Promise<{ turn_id: string; text: string; state: string; turn_seq: number }[]> =>
  (await wire.send('session.history', {}))['turns'] as never;

describe('admission', () => {
  it('answers the same submission with the same turn, and another one under its id with a conflict', async () => {
    const me = await device();
    const turn_id = randomUUID();
    const first = await me.submit('buy milk', { turn_id });
    expect(first).toEqual({ ok: true, turn_id, session_id: me.sessionId, turn_seq: 1, position: 0 });
    expect(await me.submit('buy milk', { turn_id })).toEqual(first);
    expect(await me.submit('  buy milk ', { turn_id })).toEqual(first);
    const other = await me.submit('buy eggs', { turn_id });
    expect(other).toMatchObject({ ok: false, error: { code: 'turn_id_conflict', retryable: false } });
    expect(await history(me)).toMatchObject([{ turn_id, text: 'buy milk', state: 'running' }]);
  });

  it('takes a turn that is sent again from another time zone for the same, in the zone it had first', async () => {
    const me = await device();
    const turn_id = randomUUID();
    const first = await me.submit('buy milk tomorrow', { turn_id, timezone: 'Europe/Vienna' });
    expect(await me.submit('buy milk tomorrow', { turn_id, timezone: 'Asia/Tokyo' })).toEqual(first);
    const db = connect(product.database.ownerUrl, { poolMax: 1, name: 'truth' });
    const zones = await db('conversation_turns').where({ id: turn_id }).pluck<string[]>('timezone');
    await db.destroy();
    expect(zones).toEqual(['Europe/Vienna']);
  });

  it('finds a turn again from another session of the user, over the socket and over REST', async () => {
    const me = await person();
    const first = await Wire.open(url, { token: me.token });
    const turn_id = randomUUID();
    const taken = await first.submit('buy milk', { turn_id });
    const lost = await Wire.open(url, { token: me.token });
    expect(lost.sessionId).not.toBe(first.sessionId);
    expect(await lost.submit('buy milk', { turn_id })).toEqual(taken);
    expect(await history(lost)).toEqual([]);
    const conflict = await call(url, 'POST', '/api/v1/agent/query', {
      token: me.token,
      body: { query: 'buy eggs', turn_id },
    });
    expect(conflict).toMatchObject({ status: 409, body: { error_code: 'turn_id_conflict' } });
  });

  it('gives two users their own turns under one id', async () => {
    const turn_id = randomUUID();
    const [anna, ben] = [await device(), await device()];
    await anna.submit('buy milk', { turn_id });
    expect(await ben.submit('wash the car', { turn_id })).toMatchObject({ ok: true, turn_seq: 1 });
    expect(await history(ben)).toMatchObject([{ text: 'wash the car' }]);
  });

  it('makes a session of an id that a client made up', async () => {
    const me = await person();
    const session_id = randomUUID();
    const wire = await Wire.open(url, { token: me.token, session_id });
    expect(wire.sessionId).toBe(session_id);
    expect(await wire.submit('buy milk')).toMatchObject({ ok: true, session_id });
  });

  it('refuses a second turn that does not want to wait, and writes nothing', async () => {
    const me = await device();
    await me.submit('buy milk');
    const refused = await me.submit('buy eggs', { when_busy: 'reject' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'session_busy', retryable: true } });
    expect(await history(me)).toHaveLength(1);
  });

  it('lets one run and eight wait, of thirty who race for it; nothing is written of the others', async () => {
    const me = await person();
    const session_id = randomUUID();
    const devices = await Promise.all(
      Array.from({ length: 30 }, () => Wire.open(url, { token: me.token, session_id })),
    );
    const answers = await Promise.all(devices.map((wire, index) => wire.submit(`buy ${index} eggs`)));
    const taken = answers.filter(({ ok }) => ok);
    const busy = answers.filter((answer): answer is Acked => answer.error?.code === 'session_busy');
    expect(taken).toHaveLength(9);
    expect(busy).toHaveLength(21);
    expect(taken.map((answer) => Number(answer['turn_seq'])).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(taken.map((answer) => Number(answer['position'])).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    const [first] = devices;
    const written = await history(first!);
    expect(written.map(({ turn_id }) => turn_id).sort()).toEqual(
      taken.map((answer) => String(answer['turn_id'])).sort(),
    );
    expect(written.filter(({ state }) => state === 'running')).toMatchObject([{ turn_seq: 1 }]);
    const overRest = await call(url, 'POST', '/api/v1/agent/query', {
      token: me.token,
      body: { query: 'buy bread', session_id },
    });
    expect(overRest).toMatchObject({ status: 429, body: { error_code: 'session_busy', retryable: true } });
    devices.slice(1).forEach((wire) => wire.close());
  });
});

describe('order', () => {
  it('is that of admission, whatever waits, once somebody works', async () => {
    const me = await device();
    const turns = await Promise.all(
      Array.from({ length: 9 }, (_, index) => me.submit(`create a task to buy ${index} eggs`)),
    );
    expect(turns.every(({ ok }) => ok)).toBe(true);
    await product.start('worker');
    await Promise.all(turns.map((turn) => me.ended(String(turn['turn_id']))));
    const started = me.log.flatMap((frame) => (frame.type === 'turn.started' ? [frame.turn_id] : []));
    const ended = me.log.flatMap((frame) => (frame.type === 'turn.completed' ? [frame.turn_id] : []));
    const admitted = turns
      .toSorted((a, b) => Number(a['turn_seq']) - Number(b['turn_seq']))
      .map((turn) => turn['turn_id']);
    expect(started).toEqual(admitted);
    expect(ended).toEqual(admitted);
    // One at a time: each begins after the end of the one before.
    const moves = me.log.filter(({ type }) => type === 'turn.started' || type === 'turn.completed');
    expect(moves.map(({ type }) => type)).toEqual(admitted.flatMap(() => ['turn.started', 'turn.completed']));
    expect(me.log.map(({ seq }) => seq)).toEqual(me.log.map((_, index) => index + 1));
  });
});
