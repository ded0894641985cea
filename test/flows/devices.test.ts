import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { at, call, itemsOf, person, Wire } from '../support/wire.ts';

let product: SharedProduct;
let url: string;
beforeAll(async () => {
  product = await sharedProduct();
  ({ url } = product);
});

describe('two devices', () => {
  it('see the same frames in the same order', async () => {
    const { token } = await person();
    const phone = await Wire.open(url, { token });
    const desk = await phone.again(url);
    const turns = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? phone : desk).submit(`create a task to buy ${n} eggs`)),
    );
    for (const turn of turns) {
      const turnId = String(turn['turn_id']);
      await Promise.all([phone.ended(turnId), desk.ended(turnId)]);
    }
    expect(desk.log).toEqual(phone.log);
    expect(phone.log.map(({ seq }) => seq)).toEqual(phone.log.map((_, index) => index + 1));
    for (const turn of turns) {
      const own = phone.log.filter((frame) => frame.turn_id === turn['turn_id']).map(({ type }) => type);
      expect(own[0]).toBe('turn.accepted');
      expect(own.at(-1)).toBe('turn.completed');
      expect(own.filter((type) => type === 'turn.completed')).toHaveLength(1);
    }
  });

  it('hear of every change, in whichever session and by whichever door it was made', async () => {
    const { token } = await person();
    const phone = await Wire.open(url, { token });
    const desk = await Wire.open(url, { token });
    const stranger = await Wire.open(url, { token: (await person()).token });
    const { result } = await phone.say('create a task to buy milk');
    const id = String(result.execution_result?.['task_id']);
    const made = await desk.first('entity.changed');
    expect(made).toMatchObject({ kind: 'task', id, op: 'create', version: 1, item: { title: 'buy milk' } });
    await call(url, 'PATCH', `/api/v1/tasks/${id}`, { token, body: { priority: 'high' } });
    await call(url, 'DELETE', `/api/v1/tasks/${id}`, { token });
    for (const wire of [phone, desk]) {
      await wire.until(() => wire.frames.filter(({ type }) => type === 'entity.changed').length === 3);
      const news = wire.frames.filter((frame) => frame.type === 'entity.changed');
      expect(
        news.map(({ op, version, item }) => [
          op,
          version,
          item && 'priority' in item ? item.priority : undefined,
        ]),
      ).toEqual([
        ['create', 1, 'medium'],
        ['update', 2, 'high'],
        ['delete', 3, undefined],
      ]);
    }
    await stranger.say('hello');
    expect(stranger.frames.some(({ type }) => type === 'entity.changed')).toBe(false);
  });

  it('are greeted first, however much happens while they connect', async () => {
    const { token } = await person();
    const made = await call(url, 'POST', '/api/v1/tasks', { token, body: { title: 'buy milk' } });
    const id = String(at(made.body, 'item', 'id'));
    let busy = true;
    const changing = (async () => {
      for (let n = 0; busy; n += 1)
        await call(url, 'PATCH', `/api/v1/tasks/${id}`, { token, body: { notes: `note ${n}` } });
    })();
    const devices = await Promise.all(Array.from({ length: 20 }, () => Wire.open(url, { token })));
    await Promise.all(devices.map((wire) => wire.first('entity.changed')));
    busy = false;
    await changing;
    expect(devices.map(({ frames }) => frames[0]?.type)).toEqual(devices.map(() => 'session.ready'));
  });

  it('answer one question: the first holds, the second is told what holds', async () => {
    const { token } = await person();
    const phone = await Wire.open(url, { token });
    const desk = await phone.again(url);
    const asked = await phone.say('create a task to study');
    const clarification_id = asked.result.clarification?.clarification_id;
    const seen = await desk.first('clarification.requested');
    expect(seen.clarification.clarification_id).toBe(clarification_id);
    const [first, second] = [randomUUID(), randomUUID()];
    const [a, b] = await Promise.all([
      phone.send('clarification.answer', { turn_id: first, clarification_id, text: 'physics' }),
      desk.send('clarification.answer', { turn_id: second, clarification_id, text: 'chemistry' }),
    ]);
    expect([a.ok, b.ok]).toEqual([true, true]);
    const [early, late] = Number(a['turn_seq']) < Number(b['turn_seq']) ? [first, second] : [second, first];
    const won = await phone.ended(early);
    const lost = await phone.ended(late);
    expect(won.result).toMatchObject({ status: 'completed', action: 'create_task' });
    expect(lost.result).toMatchObject({
      status: 'refused',
      decision: 'REFUSE',
      error_code: 'already_answered',
      receipt: null,
      execution_result: won.result.execution_result,
    });
    expect(lost.result.reply).toContain(won.result.reply);
    expect(itemsOf(await call(url, 'GET', '/api/v1/tasks', { token }))).toHaveLength(1);
    const closed = phone.log.filter((frame) => frame.type === 'clarification.closed');
    expect(closed).toMatchObject([{ clarification_id, reason: 'answered' }]);
  });

  it('an answer sent again finds its turn, also after the question was closed and from another session', async () => {
    const { token } = await person();
    const phone = await Wire.open(url, { token });
    const asked = await phone.say('create a task to study');
    const answer = {
      turn_id: randomUUID(),
      clarification_id: asked.result.clarification?.clarification_id,
      text: 'physics',
    };
    const taken = await phone.send('clarification.answer', answer);
    await phone.ended(answer.turn_id);
    const elsewhere = await Wire.open(url, { token });
    for (const wire of [phone, elsewhere])
      expect(await wire.send('clarification.answer', answer)).toMatchObject({
        ok: true,
        session_id: taken['session_id'],
        turn_seq: taken['turn_seq'],
      });
    expect(itemsOf(await call(url, 'GET', '/api/v1/tasks', { token }))).toHaveLength(1);
    const fresh = { ...answer, turn_id: randomUUID() };
    expect(await elsewhere.send('clarification.answer', fresh)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });
});

describe('a question and the clock', () => {
  it.each(['2019-01-02T10:00:00Z', '2031-05-06T10:00:00Z'])(
    'binds a bare answer also when words count from %s',
    async (reference_time) => {
      const { token } = await person();
      const me = await Wire.open(url, { token });
      await me.say('create a task to study', { reference_time });
      const { result } = await me.say('physics tomorrow', { reference_time });
      expect(result).toMatchObject({ source: 'continuation', entities: { title: 'study physics' } });
      const day = new Date(Date.parse(reference_time) + 86_400_000).toISOString().slice(0, 10);
      expect(result.entities['due_date']).toBe(day);
      const corrected = await me.say('actually make it urgent', { reference_time });
      expect(corrected.result).toMatchObject({ action: 'update_task', entities: { priority: 'urgent' } });
    },
  );
});
