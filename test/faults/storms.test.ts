import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';
import { note } from './fault-report.ts';
import { expectWhole, openTruth } from './ground-truth.ts';

const FULL = process.env['PULSEPLAN_CHAOS'] === 'full';
const STREAM_PIECES = 20;

let product: Product;
let second: Role;
let db: Db;

beforeAll(async () => {
  product = await startProduct({
    roles: ['gateway', 'nlu', 'workflows', 'maintenance'],
    env: {
      PULSEPLAN_REPLY_PIECES: String(STREAM_PIECES),
      RATE_TURNS_PER_MINUTE: '100000',
      RATE_BURST: '10000',
    },
  });
  second = await product.start('gateway');
  db = openTruth(product);
});
afterAll(async () => {
  await db.destroy();
});

const urls = (): [string, string] => [product.url, second.url ?? ''];
const taskText = (title: string): string => `create a task to ${title}`;

describe('storms', () => {
  test('forced disconnects in streams, coming back at the other gateway', { timeout: 180_000 }, async () => {
    const cuts = FULL ? 200 : 40;
    const startedAt = performance.now();
    const recorder = new Recorder(await tokenFor(randomUUID()));
    await recorder.connect(urls()[0]);
    const turnIds: string[] = [];
    const titles: string[] = [];
    let cut = 0;
    while (cut < cuts) {
      const id = randomUUID();
      const title = `read page ${turnIds.length + 1} of the atlas`;
      turnIds.push(id);
      titles.push(title);
      const ack = await recorder.emit('turn.submit', { turn_id: id, text: taskText(title) });
      expect(ack.ok).toBe(true);
      // Cut a few times at different places of the same stream: after the first, the third … frame of this turn.
      for (let part = 0; part < 4 && cut < cuts && !recorder.has(id); part += 1) {
        const seen = recorder.frames.length;
        await eventually(
          'the stream goes on',
          () => recorder.frames.length > seen + part || recorder.has(id),
        );
        recorder.drop();
        cut += 1;
        await recorder.connect(urls()[cut % 2] ?? '');
      }
      await recorder.result(id);
    }
    await expectWhole(db, recorder, turnIds, titles);
    // Whatever is missing can only be deltas that were dropped with the end of their turn.
    const pieces = recorder.frames.filter((frame) => frame.type === 'reply.delta').length;
    expect(recorder.missing().length).toBeLessThanOrEqual(turnIds.length * STREAM_PIECES - pieces);
    const first = new Recorder(await tokenFor(randomUUID()));
    expect(first.faults).toEqual([]);
    note({
      suite: 'storms',
      name: `${cuts} disconnects in streams, two gateways`,
      outcome: `${recorder.resumes} replays, ${recorder.snapshots} snapshots, every frame once`,
      backMs: 0,
      tookMs: performance.now() - startedAt,
    });
  });

  test('Redis is flushed with turns waiting', { timeout: 90_000 }, async () => {
    const startedAt = performance.now();
    const workflows = product.roles.find((role) => role.name === 'workflows');
    await workflows?.stop();
    const recorder = new Recorder(await tokenFor(randomUUID()));
    await recorder.connect(urls()[0]);
    const titles = [
      'sort the photos',
      'oil the bike',
      'write the report',
      'phone the plumber',
      'renew the passport',
    ];
    const turnIds = titles.map(() => randomUUID());
    for (const [index, title] of titles.entries()) {
      const ack = await recorder.emit('turn.submit', {
        turn_id: turnIds[index] ?? '',
        text: taskText(title),
      });
      expect(ack.ok).toBe(true);
    }
    const redis = new Redis(product.redis.url);
    await redis.flushall();
    const flushedAt = performance.now();
    await product.start('workflows');
    for (const id of turnIds) await recorder.result(id, 60_000);
    await expectWhole(db, recorder, turnIds, titles);
    // The repeating jobs are back too.
    await eventually('the schedules are back', async () => (await redis.keys('*repeat*')).length > 0, 40_000);
    redis.disconnect();
    note({
      suite: 'storms',
      name: 'FLUSHALL with 5 turns waiting',
      outcome: 'every turn ended once, in order; schedules back',
      backMs: performance.now() - flushedAt,
      tookMs: performance.now() - startedAt,
    });
  });

  test('duplicated submits at both gateways, some without a session id', { timeout: 60_000 }, async () => {
    const startedAt = performance.now();
    const userId = randomUUID();
    const token = await tokenFor(userId);
    const [a, b, stranger] = [new Recorder(token), new Recorder(token), new Recorder(token)];
    await a.connect(urls()[0]);
    b.sessionId = a.sessionId;
    await b.connect(urls()[1]);
    // A client that lost its session id sits in a new session and repeats the same turns there.
    await stranger.connect(urls()[1]);
    const titles = Array.from({ length: 6 }, (_, index) => `pack box ${index + 1}`);
    const turnIds = titles.map(() => randomUUID());
    for (const [index, title] of titles.entries()) {
      const payload = { turn_id: turnIds[index] ?? '', text: taskText(title) };
      const acks = await Promise.all([
        a.emit('turn.submit', payload),
        a.emit('turn.submit', payload),
        b.emit('turn.submit', payload),
      ]);
      acks.push(await stranger.emit('turn.submit', payload));
      for (const ack of acks) {
        expect(ack).toMatchObject({ ok: true, turn_seq: index + 1, session_id: a.sessionId });
      }
    }
    for (const id of turnIds) await Promise.all([a.result(id), b.result(id)]);
    await expectWhole(db, a, turnIds, titles);
    expect(a.frames).toEqual(b.frames);
    note({
      suite: 'storms',
      name: 'each turn submitted 4 times at two gateways',
      outcome: 'each ran once; both devices saw the same frames',
      backMs: 0,
      tookMs: performance.now() - startedAt,
    });
  });

  test('clients out of order: answers and repeats that come late', { timeout: 60_000 }, async () => {
    const startedAt = performance.now();
    const recorder = new Recorder(await tokenFor(randomUUID()));
    await recorder.connect(urls()[0]);
    const titles = Array.from({ length: 8 }, (_, index) => `carry crate ${index + 1}`);
    const turnIds = titles.map(() => randomUUID());
    // Without waiting for acknowledgements; the order of arrival is the order of work.
    const acks = await Promise.all(
      titles.map((title, index) =>
        recorder.emit('turn.submit', { turn_id: turnIds[index] ?? '', text: taskText(title) }),
      ),
    );
    const order = acks
      .map((ack, index) => ({ seq: ack.ok ? ack.turn_seq : -1, index }))
      .toSorted((x, y) => x.seq - y.seq);
    expect(order.map((entry) => entry.seq)).toEqual(titles.map((_, index) => index + 1));
    const ordered = order.map((entry) => turnIds[entry.index] ?? '');
    // Repeats of the first while the last is still on its way.
    await recorder.emit('turn.submit', { turn_id: turnIds[0] ?? '', text: taskText(titles[0] ?? '') });
    for (const id of ordered) await recorder.result(id);
    await recorder.emit('turn.submit', { turn_id: turnIds[3] ?? '', text: taskText(titles[3] ?? '') });
    await expectWhole(
      db,
      recorder,
      ordered,
      order.map((entry) => titles[entry.index] ?? ''),
    );
    note({
      suite: 'storms',
      name: '8 turns at once, late repeats',
      outcome: 'worked on in their order, once',
      backMs: 0,
      tookMs: performance.now() - startedAt,
    });
  });

  test('30 clients race for the last places of a queue', { timeout: 60_000 }, async () => {
    const startedAt = performance.now();
    const nlu = product.roles.findLast((role) => role.name === 'nlu');
    await nlu?.stop();
    const token = await tokenFor(randomUUID());
    const sessionId = randomUUID();
    const racers = Array.from({ length: 30 }, () => new Recorder(token, sessionId));
    await Promise.all(racers.map((racer, index) => racer.connect(urls()[index % 2] ?? '')));
    const acks = await Promise.all(
      racers.map((racer, index) =>
        racer.emit('turn.submit', { turn_id: randomUUID(), text: taskText(`paint wall ${index}`) }),
      ),
    );
    const taken = acks.filter((ack) => ack.ok);
    const refused = acks.filter((ack) => !ack.ok);
    // One that runs and eight that wait.
    expect(taken).toHaveLength(9);
    for (const ack of refused)
      expect(ack).toMatchObject({ ok: false, error: { code: 'session_busy', retryable: true } });
    const rows = await db('conversation_turns').where({ session_id: sessionId });
    expect(rows).toHaveLength(9);
    await product.start('nlu');
    const ids = taken.flatMap((ack) => (ack.ok ? [ack.turn_id] : []));
    for (const id of ids) await racers[0]?.result(id);
    const made = await db('tasks').whereIn(
      'id',
      db('receipt_effects as e')
        .join('receipts as r', 'r.id', 'e.receipt_id')
        .where({ 'r.session_id': sessionId })
        .select('e.item_id'),
    );
    expect(made).toHaveLength(9);
    for (const racer of racers) expect(racer.faults).toEqual([]);
    note({
      suite: 'storms',
      name: '30 clients for 9 places',
      outcome: '9 taken in, 21 refused with session_busy, nothing written for them',
      backMs: 0,
      tookMs: performance.now() - startedAt,
    });
  });

  test('two devices answer one clarification at the same moment', { timeout: 60_000 }, async () => {
    const startedAt = performance.now();
    const token = await tokenFor(randomUUID());
    const rounds = FULL ? 20 : 4;
    for (let round = 0; round < rounds; round += 1) {
      const phone = new Recorder(token);
      await phone.connect(urls()[0]);
      const laptop = new Recorder(token, phone.sessionId);
      await laptop.connect(urls()[1]);
      const askId = randomUUID();
      await phone.emit('turn.submit', { turn_id: askId, text: 'create a task to study' });
      const asked = await phone.result(askId);
      expect(asked.status).toBe('clarifying');
      const clarification_id = asked.clarification?.clarification_id ?? '';
      const [fromPhone, fromLaptop] = [randomUUID(), randomUUID()];
      await Promise.all([
        phone.emit('clarification.answer', { turn_id: fromPhone, clarification_id, text: 'physics' }),
        laptop.emit('clarification.answer', { turn_id: fromLaptop, clarification_id, text: 'chemistry' }),
      ]);
      const results = await Promise.all([phone.result(fromPhone), phone.result(fromLaptop)]);
      const refused = results.filter((result) => result.status === 'refused');
      expect(results.filter((result) => result.status === 'completed')).toHaveLength(1);
      expect(refused).toHaveLength(1);
      expect(refused[0]).toMatchObject({ error_code: 'already_answered', decision: 'REFUSE' });
      await laptop.result(fromPhone);
      await laptop.result(fromLaptop);
      expect([...phone.faults, ...laptop.faults]).toEqual([]);
      phone.drop();
      laptop.drop();
    }
    note({
      suite: 'storms',
      name: `two devices answer one question, ${rounds} times`,
      outcome: 'one answer holds, the other is told already_answered',
      backMs: 0,
      tookMs: performance.now() - startedAt,
    });
  });
});
