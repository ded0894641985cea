import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionContext, type SessionContext } from '../../contracts/context.ts';
import type { TurnResult } from '../../contracts/result.ts';
import { expireClarification } from '../../db/clarifications.ts';
import { pruneAged } from '../../db/retention.ts';
import { sessionKeys } from '../../sessions/keys.ts';
import { tellExpired } from '../../sessions/questions.ts';
import { SessionStore } from '../../sessions/session-store.ts';
import { eventually } from '../support/eventually.ts';
import { FRIDAY, NOW, Scene, type Device } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows']);
});
afterAll(() => scene.close());

async function remembered(me: Device): Promise<SessionContext> {
  return sessionContext.parse(
    JSON.parse((await scene.redis.hget(sessionKeys(me.sessionId).state, 'ctx')) ?? ''),
  );
}

describe('questions that have expired', () => {
  /** One active and three parked, closed in Postgres; the running copy of the session still has them. */
  async function withExpired(): Promise<Device> {
    const me = await scene.device();
    for (const text of ['study', 'call', 'write', 'clean'].map((verb) => `add a task to ${verb}`))
      expect((await me.say(text)).status).toBe('clarifying');
    const closed = await scene
      .db('clarifications')
      .where({ session_id: me.sessionId, state: 'open' })
      .update({ state: 'closed', close_reason: 'expired', closed_at: new Date(), checkpoint: null });
    expect(closed).toBe(4);
    expect((await remembered(me)).questions).toHaveLength(4);
    return me;
  }
  /** Asks again as often as there are places, and uses the answer to the last question. */
  async function goesOn(me: Device): Promise<void> {
    for (const text of ['study', 'call', 'write', 'clean', 'read'].map((verb) => `create a task to ${verb}`))
      expect(await me.say(text)).toMatchObject({ status: 'clarifying', error: null });
    const open = await scene.db('clarifications').where({ session_id: me.sessionId, state: 'open' });
    expect(open).toHaveLength(4);
    expect((await me.say('chapter four')).status).toBe('completed');
    expect(await scene.titles(me.userId)).toEqual(['read chapter four']);
  }

  test('do not stand in the way of new ones', async () => {
    await goesOn(await withExpired());
  });

  test('take no place once their time is over', async () => {
    const me = await withExpired();
    const context = await remembered(me);
    const over = new Date(Date.now() - 60_000).toISOString();
    const questions = context.questions.map((old) => ({ ...old, active_until: over, expires_at: over }));
    await scene.redis.hset(sessionKeys(me.sessionId).state, 'ctx', JSON.stringify({ ...context, questions }));
    const asked = await me.say('create a task');
    expect(asked.status).toBe('clarifying');
    const left = (await remembered(me)).questions.map((question) => question.clarification_id);
    expect(left).toEqual([asked.clarification?.clarification_id]);
    await goesOn(me);
  });
});

describe('a question that nobody answers', () => {
  const SECRET = 'zanzibarmarmalade';
  /** One that is asked, and whose time is over by the server's clock. */
  async function overdue(): Promise<{ me: Device; asked: TurnResult; id: string }> {
    const me = await scene.device();
    const asked = await me.say(`create a high priority task on my ${SECRET} list`, { reference_time: NOW });
    expect(asked.status).toBe('clarifying');
    const id = asked.clarification?.clarification_id ?? '';
    await scene
      .db('clarifications')
      .where({ id })
      .update({ expires_at: new Date(Date.now() - 1_000) });
    return { me, asked, id };
  }
  const closings = (me: Device, id: string) =>
    me.recorder.frames.filter(
      (frame) => frame.type === 'clarification.closed' && frame.clarification_id === id,
    );
  const rowOf = (id: string) => scene.db('clarifications').where({ id }).first<Record<string, unknown>>();

  test('is closed by its expiry: the session is told once, and its words are gone', async () => {
    const { me, asked, id } = await overdue();
    await scene.start('maintenance');
    await scene.queues.add('maintenance', 'clarifications.expire', {}, 'now');
    await eventually('the session is told', () => closings(me, id).length > 0);
    expect(closings(me, id)).toMatchObject([{ reason: 'expired', turn_id: asked.turn_id, attempt: 1 }]);
    await eventually('the row is closed', async () => (await rowOf(id))?.['state'] === 'closed');
    expect((await remembered(me)).questions).toEqual([]);
    const { context } = await scene
      .db('conversation_sessions')
      .where({ id: me.sessionId })
      .first<{ context: unknown }>('context');
    expect(sessionContext.parse(context).questions).toEqual([]);
    const row = await rowOf(id);
    expect(row).toMatchObject({ close_reason: 'expired', question: {}, checkpoint: null, workflow: null });
    expect(JSON.stringify(row)).not.toContain(SECRET);

    const late = await me.recorder.emit('clarification.answer', {
      turn_id: randomUUID(),
      clarification_id: id,
      text: 'study physics',
    });
    expect(late).toMatchObject({ ok: false, error: { code: 'clarification_expired' } });
    expect(await scene.titles(me.userId)).toEqual([]);
    expect(me.recorder.faults).toEqual([]);
    await scene.stop('maintenance');
  });

  test('is told once although whoever told it died before the record was closed', async () => {
    const { me, id } = await overdue();
    const store = new SessionStore(scene.redis);
    const expire = (died: boolean) =>
      expireClarification(scene.db, id, new Date(), async (question) => {
        await tellExpired(store, question, new Date());
        if (died) throw new Error('killed');
      });
    await expect(expire(true)).rejects.toThrow('killed');
    expect(await rowOf(id)).toMatchObject({ state: 'open' });
    expect(await expire(false)).toBe(true);
    expect(await expire(false)).toBe(false);
    // Frames come in order: whatever was told is here before the end of this turn.
    await me.say('hello');
    expect(closings(me, id)).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ state: 'closed', close_reason: 'expired' });
    expect(me.recorder.missing()).toEqual([]);
  });

  test('takes no answer from the moment its time is over', async () => {
    const { me } = await overdue();
    // The session's own copy still has it, so a bare answer is read as one.
    const late = await me.say('study physics');
    expect(late).toMatchObject({ status: 'refused', error_code: 'clarification_expired' });
  });

  test('leaves no row behind in the end', async () => {
    const { id } = await overdue();
    const at = new Date();
    await expireClarification(scene.db, id, at, () => Promise.resolve());
    await pruneAged(scene.db, 'questions', new Date(at.getTime() - 1), 1_000);
    expect(await rowOf(id)).toBeDefined();
    await pruneAged(scene.db, 'questions', new Date(at.getTime() + 1), 1_000);
    expect(await rowOf(id)).toBeUndefined();
  });
});

describe('a waiting graph that this version can not read', () => {
  const SPOILT = [
    ['has lost what it knew', `jsonb_set(checkpoint, '{checkpoint,channel_values}', '{}')`],
    ['has lost its place', `jsonb_set(checkpoint, '{checkpoint,channel_versions}', '{}')`],
    ['has lost what it has seen', `jsonb_set(checkpoint, '{checkpoint,versions_seen}', '{}')`],
    ['is in an envelope of another version', `jsonb_set(checkpoint, '{v}', '2')`],
    ['is gone', `null`],
  ] as const;
  const spoil = (me: Device, checkpoint: string) =>
    scene.db.raw(
      `update clarifications set checkpoint = ${checkpoint} where session_id = ? and state = 'open'`,
      [me.sessionId],
    );
  const nothingIsOpen = async (me: Device): Promise<void> => {
    expect(await scene.db('clarifications').where({ session_id: me.sessionId, state: 'open' })).toEqual([]);
  };
  /** With what was said so far, and a title missing. */
  async function untitled(): Promise<{ me: Device; asked: TurnResult }> {
    const me = await scene.device();
    const asked = await me.say('create a high priority task for friday', { reference_time: NOW });
    expect(asked).toMatchObject({ status: 'clarifying', clarification: { slot: 'title' } });
    return { me, asked };
  }
  async function aboutToDelete(): Promise<Device> {
    const me = await scene.device();
    for (const title of ['buy milk', 'call mom']) await me.say(`create a task to ${title}`);
    expect(await me.say('delete all tasks')).toMatchObject({ clarification: { kind: 'confirm' } });
    return me;
  }

  test.each(SPOILT)('and %s: the answer is kept with what was said before', async (_what, checkpoint) => {
    const { me, asked } = await untitled();
    await spoil(me, checkpoint);
    const answered = await me.answer(asked, 'study physics');
    expect(answered).toMatchObject({ status: 'completed', error: null });
    expect(await scene.tasks(me.userId)).toMatchObject([
      { title: 'study physics', due_on: FRIDAY, priority: 'high' },
    ]);
    expect(await scene.turn(answered.turn_id)).toEqual({ state: 'completed', fence: 1, attempt: 1 });
    await nothingIsOpen(me);
  });

  test.each(SPOILT)('and %s: "skip" is kept too', async (_what, checkpoint) => {
    const { me } = await untitled();
    await spoil(me, checkpoint);
    expect(await me.say('skip')).toMatchObject({ status: 'completed', error: null });
    expect(await scene.tasks(me.userId)).toMatchObject([{ due_on: FRIDAY, priority: 'high' }]);
    await nothingIsOpen(me);
  });

  test.each(SPOILT)('and %s: a "no" is final', async (_what, checkpoint) => {
    const me = await aboutToDelete();
    await spoil(me, checkpoint);
    expect((await me.say('no')).status).toBe('completed');
    expect(await scene.titles(me.userId)).toEqual(['buy milk', 'call mom']);
    await nothingIsOpen(me);
  });

  test.each(SPOILT)('and %s: a "yes" is asked for once more at most', async (_what, checkpoint) => {
    const me = await aboutToDelete();
    await spoil(me, checkpoint);
    if ((await me.say('yes')).status === 'clarifying') expect((await me.say('yes')).status).toBe('completed');
    expect(await scene.titles(me.userId)).toEqual([]);
    await nothingIsOpen(me);
  });
});
