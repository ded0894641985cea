import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sessionRecord } from '../../contracts/rest.ts';
import { Scene } from '../repairs/scene.ts';
import { eventually } from '../support/eventually.ts';
import { at, call, each, itemsOf, person, Wire, type Answer, type Person } from '../support/wire.ts';

let scene: Scene;
let url: string;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows', 'maintenance']);
  ({ url } = scene.product);
});
afterAll(() => scene.close());

const api = (me: Person, method: string, path: string, body?: unknown): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, { token: me.token, ...(body === undefined ? {} : { body }) });

/** Says things in one conversation, one after the other; gives the answers. */
async function say(me: Person, session_id: string, ...queries: string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const query of queries) {
    const answer = await api(me, 'POST', '/agent/query', { query, session_id });
    expect(answer.status, query).toBe(200);
    answers.push(answer);
  }
  return answers;
}

async function titleOf(me: Person, id: string): Promise<string | null> {
  return sessionRecord.parse((await api(me, 'GET', `/sessions/${id}`)).body).title;
}
const rowOf = (id: string): Promise<Record<string, unknown> | undefined> =>
  scene.db('conversation_sessions').where({ id }).first();

describe('a conversation is called', () => {
  it('by what was done in it: what was made, before what was changed, before what was asked, before mere words', async () => {
    const me = await person();
    const id = randomUUID();
    for (const [said, title] of [
      ['hi', 'hi'],
      ['what do I have tomorrow?', 'what do I have tomorrow?'],
      ['thanks', 'what do I have tomorrow?'],
      ['create a task to study', 'what do I have tomorrow?'],
      ['physics', 'study physics'],
      ['undo', 'study physics'],
      ['add buy milk', 'study physics'],
    ] as const) {
      await say(me, id, said);
      expect([said, await titleOf(me, id)]).toEqual([said, title]);
    }
    const other = randomUUID();
    await say(me, other, 'tick off buy milk');
    expect(await titleOf(me, other)).toBe('buy milk');
    await say(me, other, 'remind me to call mum at 5pm');
    expect(await titleOf(me, other)).toBe('Reminder: call mum');
  });

  it('in 48 characters, however much was said or made', async () => {
    const me = await person();
    const [one, many] = [randomUUID(), randomUUID()];
    await say(me, one, `what about ${'a very long story '.repeat(20)}`);
    await say(
      me,
      many,
      'add these: water the plants in the garden, call the plumber about the tap, buy milk, buy bread',
    );
    for (const id of [one, many]) expect((await titleOf(me, id))?.length).toBeLessThanOrEqual(48);
    expect(await titleOf(me, many)).toMatch(/^water the plants in the garden and \d more$/);
  });

  it('by what its user calls it, which nothing that is said takes away', async () => {
    const me = await person();
    const wire = await Wire.open(url, { token: me.token });
    const id = wire.sessionId;
    await say(me, id, 'hi');
    expect((await api(me, 'PATCH', `/sessions/${id}`, { title: '  My\nweek ' })).body).toMatchObject({
      session_id: id,
      title: 'My week',
    });
    expect(await wire.first('session.renamed')).toMatchObject({ session_id: id, title: 'My week' });
    await say(me, id, 'add buy milk');
    expect(await titleOf(me, id)).toBe('My week');
    for (const title of ['', '   ', 'x'.repeat(121), null])
      expect((await api(me, 'PATCH', `/sessions/${id}`, { title })).status).toBe(400);
    const stranger = await person();
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(
        await api(stranger, method, `/sessions/${id}`, method === 'PATCH' ? { title: 'Mine' } : undefined),
      ).toMatchObject({ status: 404, body: { error: 'There is no such conversation.' } });
    expect(await titleOf(me, id)).toBe('My week');
  });
});

describe('conversations are searched', () => {
  it('by their titles and by what was said in them, each with the last turn that has all the words', async () => {
    const me = await person();
    const [plumber, milk, other] = [randomUUID(), randomUUID(), randomUUID()];
    await say(me, plumber, 'hello', 'add call the plumber about the tap', 'is the plumber late?');
    await say(me, milk, 'add buy milk');
    await say(await person(), other, 'add call the plumber');
    const find = async (q: string): Promise<unknown[]> =>
      itemsOf(await api(me, 'GET', `/sessions?q=${encodeURIComponent(q)}`))
        .filter(({ match }) => at(match, 'by') !== 'meaning')
        .map(({ session_id, match }) => [session_id, at(match, 'snippet') ?? null]);
    expect(await find('plumber')).toEqual([[plumber, 'is the plumber late?']]);
    expect(await find('PLUMB tap')).toEqual([[plumber, 'add call the plumber about the tap']]);
    // Other forms of a word, but not half of the words.
    expect(await find('calling plumbers')).toEqual([[plumber, 'add call the plumber about the tap']]);
    expect(await find('plumber milk')).toEqual([]);
    // By a part of a title, too, as it is typed.
    expect(await find('ilk')).toEqual([[milk, null]]);
    expect(await find('%')).toEqual([]);
    expect(await find(`'; drop table users --`)).toEqual([]);
    expect(await find('the')).toEqual([[plumber, null]]);
    await api(me, 'PATCH', `/sessions/${milk}`, { title: 'Kitchen' });
    expect(await find('kitchen')).toEqual([[milk, null]]);

    const found = itemsOf(await api(me, 'GET', '/sessions?q=late'));
    const turn = at(found[0], 'match', 'turn_id');
    const turns = itemsOf(await api(me, 'GET', `/sessions/${plumber}/turns`));
    expect(turns.find(({ turn_id }) => turn_id === turn)).toMatchObject({ text: 'is the plumber late?' });
    expect((await api(me, 'GET', '/sessions?q=')).status).toBe(400);
  });

  it('by what they mean where no conversation has the words', { timeout: 60_000 }, async () => {
    const me = await person();
    const [tap, trip] = [randomUUID(), randomUUID()];
    await say(me, tap, 'add call the plumber about the dripping tap');
    await say(me, trip, 'add book the train to Vienna');
    await say(await person(), randomUUID(), 'add call the plumber about the dripping tap');
    const find = async (): Promise<unknown[]> =>
      itemsOf(
        await api(me, 'GET', `/sessions?q=${encodeURIComponent('phone a plumber for the leaking faucet')}`),
      ).map(({ session_id, match }) => [session_id, at(match, 'snippet'), at(match, 'by')]);
    // Once their vectors are stored, behind the reply.
    await expect
      .poll(find, { timeout: 30_000 })
      .toEqual([[tap, 'add call the plumber about the dripping tap', 'meaning']]);
    await say(me, trip, 'turn memory off');
    await expect.poll(find, { timeout: 30_000 }).toEqual([]);
  });

  it('page by page, and show of a long message what stands around the words', async () => {
    const me = await person();
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const filler = 'nothing of interest here '.repeat(30);
    for (const id of ids) await say(me, id, `${filler} where is the zebra now ${filler}`);
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer = await api(
        me,
        'GET',
        `/sessions?q=zebra&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...each(page, 'session_id'));
      cursor = z.string().nullable().parse(at(page.body, 'next_cursor'));
      for (const item of itemsOf(page))
        expect(String(at(item, 'match', 'snippet'))).toMatch(/^…(?=.*zebra).{20,160}…$/);
    } while (cursor !== null);
    expect(seen).toEqual(ids.toReversed());
  });
});

describe('a conversation is deleted', () => {
  it('with its turns and questions in both stores, while what it has made stays', async () => {
    const me = await person();
    const wire = await Wire.open(url, { token: me.token });
    const id = wire.sessionId;
    await say(me, id, 'add buy milk', 'create a task to study');
    const keep = randomUUID();
    await say(me, keep, 'add buy bread');
    expect((await api(me, 'DELETE', `/sessions/${id}`)).body).toEqual({ session_id: id, deleted: true });
    expect(await wire.first('session.deleted')).toMatchObject({ session_id: id });
    await wire.until(() => wire.socket.disconnected);
    for (const table of ['conversation_turns', 'turn_results', 'clarifications'])
      expect([table, await scene.db(table).where({ session_id: id })]).toEqual([table, []]);
    expect(await rowOf(id)).toBeUndefined();
    expect(await scene.redis.keys(`*${id}*`)).toEqual([]);
    expect(each(await api(me, 'GET', '/sessions'), 'session_id')).toEqual([keep]);
    expect((await api(me, 'GET', `/sessions/${id}/turns`)).status).toBe(404);
    expect((await api(me, 'DELETE', `/sessions/${id}`)).status).toBe(404);

    expect(each(await api(me, 'GET', '/tasks'), 'title')).toEqual(['buy bread', 'buy milk']);
    const receipts = itemsOf(await api(me, 'GET', '/receipts'));
    const [, milk] = receipts;
    expect(receipts.map(({ session_id }) => session_id)).toEqual([keep, null]);
    expect((await api(me, 'POST', `/receipts/${String(milk?.['receipt_id'])}/undo`)).status).toBe(200);
    expect(each(await api(me, 'GET', '/tasks'), 'title')).toEqual(['buy bread']);
  });

  it('and its id begins another one', async () => {
    const me = await person();
    const id = randomUUID();
    await say(me, id, 'add buy milk', 'add buy bread', 'add buy eggs');
    await api(me, 'DELETE', `/sessions/${id}`);
    const [first, second] = await say(me, id, 'add buy tea', 'undo');
    expect(first?.body).toMatchObject({ status: 'completed' });
    expect(at(second?.body, 'reply')).toMatch(/^Undone: /);
    expect(sessionRecord.parse((await api(me, 'GET', `/sessions/${id}`)).body)).toMatchObject({
      turns: 2,
      title: 'buy tea',
    });
  });

  it('but not while something is being worked on in it', async () => {
    await scene.stop('workflows');
    const me = await person();
    const wire = await Wire.open(url, { token: me.token });
    const turn_id = randomUUID();
    await wire.submit('add buy milk', { turn_id });
    expect(await api(me, 'DELETE', `/sessions/${wire.sessionId}`)).toMatchObject({
      status: 429,
      body: { error_code: 'session_busy' },
    });
    await scene.start('workflows');
    expect((await wire.ended(turn_id)).type).toBe('turn.completed');
    expect((await api(me, 'DELETE', `/sessions/${wire.sessionId}`)).status).toBe(200);
  });
});

describe('a conversation in which nothing is said any more', () => {
  const silent = (id: string, minutes: number): Promise<unknown> =>
    scene.db.raw(
      `update conversation_sessions set last_activity_at = now() - make_interval(mins => ?) where id = ?`,
      [minutes, id],
    );

  it('is over after the timeout with its sums, goes on with the next message, and is over again', async () => {
    const me = await person();
    const [id, fresh] = [randomUUID(), randomUUID()];
    await say(
      me,
      id,
      'create a task to study',
      'physics',
      'create a task to write',
      'never mind',
      'delete the unicorn',
    );
    await say(me, fresh, 'hello');
    await silent(id, 31);
    await silent(fresh, 29);
    const run = () => scene.queues.add('maintenance', 'sessions.end', {}, randomUUID());
    await run();
    const ended = await eventually('it is over', async () => {
      const row = await rowOf(id);
      return row?.['ended_at'] === null ? undefined : row;
    });
    expect(ended).toMatchObject({
      turns: 5,
      turns_completed: 2,
      turns_refused: 1,
      turns_failed: 0,
      turns_cancelled: 0,
      questions_asked: 2,
      questions_answered: 1,
      questions_dropped: 1,
      questions_expired: 0,
      times_ended: 1,
    });
    expect(await rowOf(fresh)).toMatchObject({ ended_at: null });
    const listed = itemsOf(await api(me, 'GET', '/sessions')).map(({ ended_at }) => ended_at === null);
    expect(listed).toEqual([true, false]);

    const [again] = await say(me, id, 'add buy milk');
    expect(again?.body).toMatchObject({ status: 'completed' });
    expect(await rowOf(id)).toMatchObject({ ended_at: null, turns: 6, turns_completed: 3 });
    await silent(id, 31);
    await run();
    await eventually('it is over again', async () => (await rowOf(id))?.['times_ended'] === 2);
  });

  it('is not over while something is being worked on', async () => {
    await scene.stop('workflows');
    const me = await person();
    const wire = await Wire.open(url, { token: me.token });
    const turn_id = randomUUID();
    await wire.submit('add buy milk', { turn_id });
    const other = await Wire.open(url, { token: me.token });
    await other.submit('add buy eggs');
    await scene.db('conversation_sessions').where({ id: other.sessionId }).update({ open_turns: 0 });
    for (const id of [wire.sessionId, other.sessionId]) await silent(id, 31);
    await scene.queues.add('maintenance', 'sessions.end', {}, randomUUID());
    await eventually('the other is over', async () => (await rowOf(other.sessionId))?.['ended_at'] !== null);
    expect(await rowOf(wire.sessionId)).toMatchObject({ ended_at: null });
    await scene.start('workflows');
    await wire.ended(turn_id);
  });
});
