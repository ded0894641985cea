import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_EVENTS } from '../../contracts/events.ts';
import { errorCode } from '../../contracts/errors.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, connect, person, Wire, type Person } from '../support/wire.ts';

let product: Product;
let url: string;
beforeAll(async () => {
  product = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } });
  ({ url } = product);
});

let me: Wire;
let who: Person;
beforeEach(async () => {
  who = await person();
  me = await Wire.open(url, { token: who.token });
});

/** The session is as good as before: its next turn runs, and its frames come in order up to its end, none twice. */
async function stillWorks(): Promise<void> {
  const { result } = await me.say('create a task to buy milk');
  expect(result).toMatchObject({ status: 'completed', action: 'create_task' });
  const seqs = me.log.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  // The end of a turn drops its text from the outbox, so a reader who fell behind gets all but that.
  const texts = me.log.filter(({ type }) => type === 'reply.delta').length;
  expect(seqs.at(-1)).toBe(me.log.length + (texts === 0 ? 1 : 0));
}

const refused = {
  ok: false,
  error: { code: 'validation_error', message: expect.any(String), retryable: false },
};
const SECRET = 'xyzzy';
const turn = (more: object): object => ({ turn_id: randomUUID(), text: 'hello', ...more });

describe('an event that is not of the contract', () => {
  it.each<[string, string, unknown]>([
    ['a text of nothing', 'turn.submit', turn({ text: '' })],
    ['a text of blanks', 'turn.submit', turn({ text: ' \n\t ' })],
    ['a text that is too long', 'turn.submit', turn({ text: 'x'.repeat(4001) })],
    ['a control character', 'turn.submit', turn({ text: `${SECRET}\u0007` })],
    ['a NUL', 'turn.submit', turn({ text: `${SECRET}\u0000` })],
    ['half a character', 'turn.submit', turn({ text: `${SECRET}\ud83d` })],
    ['a number as text', 'turn.submit', turn({ text: 42 })],
    ['no text', 'turn.submit', { turn_id: randomUUID() }],
    ['an id that is none', 'turn.submit', turn({ turn_id: SECRET })],
    ['an unknown field', 'turn.submit', turn({ [`${SECRET} is my word`]: true })],
    ['somebody’s id', 'turn.submit', turn({ user_id: randomUUID() })],
    ['an unknown zone', 'turn.submit', turn({ timezone: SECRET })],
    ['a time without an offset', 'turn.submit', turn({ reference_time: '2026-11-18T10:00:00' })],
    ['an unknown way to wait', 'turn.submit', turn({ when_busy: SECRET })],
    ['a list', 'turn.submit', [turn({})]],
    ['a string', 'turn.submit', SECRET],
    ['null', 'turn.submit', null],
    [
      'a prototype',
      'turn.submit',
      JSON.parse(`{"turn_id":"${randomUUID()}","text":"hello","__proto__":{"ok":true}}`),
    ],
    ['a constructor', 'turn.submit', turn({ constructor: { prototype: { ok: true } } })],
    ['bytes', 'turn.submit', turn({ text: Buffer.from(SECRET) })],
    ['both kinds of cancel', 'turn.cancel', { turn_id: randomUUID(), scope: 'session' }],
    ['an unknown scope', 'turn.cancel', { scope: 'world' }],
    [
      'an answer of nothing',
      'clarification.answer',
      { turn_id: randomUUID(), clarification_id: randomUUID() },
    ],
    ['an undo of nothing', 'receipt.undo', { turn_id: randomUUID() }],
    ['a page of thousands', 'session.history', { limit: 5000 }],
    ['a page before the first', 'session.history', { before: 0 }],
    ['a token of a wrong type', 'auth.refresh', { token: { $ne: null } }],
    ['an unknown event', 'turn.explode', turn({})],
    ['an event of every object', 'toString', {}],
    ['another one', '__proto__', {}],
  ])('%s is refused in plain words', async (_what, event, payload) => {
    const answer = await me.send(event, payload);
    expect(answer).toEqual(refused);
    expect(answer.error?.message).toMatch(/^[A-Z][^{}]*$/);
    expect(answer.error?.message).not.toContain(SECRET);
    await stillWorks();
  });

  it('so is one with no payload, or with two', async () => {
    expect(await me.send('turn.submit')).toEqual(refused);
    expect(await me.send('turn.submit', turn({}), turn({}))).toEqual(refused);
    await stillWorks();
  });

  it('a choice that a question does not have is refused', async () => {
    const { result } = await me.say('delete all tasks');
    expect(result.error_code).toBe('not_found');
    await me.say('create a task to buy eggs');
    await me.say('create a task to buy bread');
    const asked = await me.say('delete all tasks');
    const clarification_id = asked.result.clarification?.clarification_id;
    for (const answer of [{ choice_id: 'maybe' }, { choice_id: 'maybe', text: 'yes' }])
      expect(
        await me.send('clarification.answer', { turn_id: randomUUID(), clarification_id, ...answer }),
      ).toEqual(refused);
    await stillWorks();
  });

  it('the longest and the strangest texts that are allowed come through whole', async () => {
    for (const text of [
      'x'.repeat(4000),
      '🧑‍🚀'.repeat(500),
      'tab\tand\nbreak',
      '<script>alert(1)</script>',
      "'; drop table tasks; --",
      'ｆｕｌｌ ｗｉｄｔｈ',
      '\u202eright to left',
    ]) {
      await me.say(text);
      const { turns } = (await me.send('session.history', { limit: 1 })) as unknown as {
        turns: { text: string }[];
      };
      expect(turns[0]?.text).toBe(text);
    }
    await stillWorks();
  });
});

describe('an event that wants no acknowledgement', () => {
  it('does the same; what comes of it is in the frames', async () => {
    const turnId = randomUUID();
    me.socket.emit('turn.submit', { turn_id: turnId, text: 'create a task to buy eggs' });
    expect((await me.ended(turnId)).type).toBe('turn.completed');
    me.socket.emit('turn.submit', { text: 7 });
    me.socket.emit('turn.explode');
    await stillWorks();
  });
});

describe('bytes that are no event', () => {
  const dropped = async (wire: Wire): Promise<void> => {
    await wire.until(() => !wire.socket.connected);
    me = await wire.again(url);
    await stillWorks();
  };

  it('a frame beyond every measure ends the connection, and nothing else', async () => {
    const other = await Wire.open(url, { token: (await person()).token });
    me.socket.emit('turn.submit', turn({ text: 'x'.repeat(5 * 1024 * 1024) }));
    await me.until(() => !me.socket.connected);
    expect((await other.say('hello')).type).toBe('turn.completed');
    const back = await me.again(url);
    expect((await back.first('session.snapshot')).turns).toEqual([]);
  });

  it.each<[string, string | Buffer]>([
    ['a binary frame', Buffer.from([1, 2, 3, 4])],
    ['a packet of an unknown kind', '9nonsense'],
    ['an event that is no JSON', '42["turn.submit",{'],
    ['an event without a name', '42[]'],
    ['an event with bytes that never come', '4599-["turn.submit"]'],
  ])('%s ends the connection, and nothing else', async (_what, bytes) => {
    const transport = me.socket.io.engine.transport as unknown as {
      ws: { send(data: string | Buffer): void };
    };
    transport.ws.send(bytes);
    await dropped(me);
  });

  it('a page of another origin is not let in', async () => {
    const attempt = async (origin: string): Promise<string> => {
      const socket = connect(url, { token: who.token }, { origin });
      return new Promise((resolve) => {
        socket.once('connect', () => resolve('let in'));
        socket.once('connect_error', (error) => resolve(error.message));
      }).then((outcome) => {
        socket.disconnect();
        return String(outcome);
      });
    };
    expect(await attempt(url)).toBe('let in');
    expect(await attempt('https://evil.test')).toBe('websocket error');
    expect(await attempt('null')).toBe('websocket error');
  });
});

describe('any event whatever', () => {
  /** Mostly near the contract, so that not everything fails at the first field. */
  const payload = fc.oneof(
    fc.anything({ withNullPrototype: false, maxDepth: 3 }),
    fc.record(
      {
        turn_id: fc.oneof(fc.uuid(), fc.string()),
        text: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.constantFrom('undo', 'yes', '2', 'delete all tasks'),
        ),
        clarification_id: fc.oneof(fc.uuid(), fc.string()),
        receipt_id: fc.uuid(),
        choice_id: fc.string(),
        timezone: fc.constantFrom('UTC', 'Europe/Vienna', '', 'x'),
        reference_time: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          fc.string(),
        ),
        scope: fc.constantFrom('session', 'all'),
        before: fc.integer(),
        limit: fc.integer({ min: -1, max: 101 }),
        token: fc.string(),
      },
      { requiredKeys: [] },
    ),
    fc.record({ turn_id: fc.uuid(), text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }) }),
  );
  const event = fc.oneof(fc.constantFrom(...Object.keys(CLIENT_EVENTS)), fc.string({ minLength: 1 }));
  const RESERVED = new Set([
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'newListener',
    'removeListener',
  ]);

  it('is answered, typed, and leaves the session as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        event.filter((name) => !RESERVED.has(name)),
        payload,
        async (name, body) => {
          const answer = await me.send(name, body);
          if (answer.ok) return;
          expect(errorCode.options).toContain(answer.error?.code);
          expect(answer.error?.code).not.toBe('internal_error');
          expect(answer.error?.message).toMatch(/^[A-Z].*\.$/);
        },
      ),
      { numRuns: 250, seed: 20261122 },
    );
    // Turns that were taken meanwhile all come to an end, none of them by a fault of ours.
    await expect
      .poll(
        async () => {
          const { turns } = (await me.send('session.history', { limit: 100 })) as unknown as {
            turns: { state: string }[];
          };
          return turns.filter(({ state }) => !['completed', 'cancelled'].includes(state)).length;
        },
        { timeout: 15_000 },
      )
      .toBe(0);
    await stillWorks();
    expect((await call(url, 'GET', '/readyz')).status).toBe(200);
    expect(product.roles.map((role) => role.output()).join('')).not.toMatch(/"level":50|nobody foresaw/);
  });
});
