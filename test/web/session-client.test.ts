import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handshake, turnSubmit, type Handshake } from '../../contracts/events.ts';
import type { Frame } from '../../contracts/frames.ts';
import type { Outbox, WaitingTurn } from '../../web/client/outbox.ts';
import { PulseClient } from '../../web/client/pulse-client.ts';
import { SESSION, SessionLog, type TurnPlan } from './session-log.ts';

const plan: TurnPlan = {
  attempts: [['Added ', 'it.']],
  amended: false,
  end: 'completed',
  early: false,
  answersQuestion: false,
};

/** A real Socket.IO server that does what the test tells it. */
class Stage {
  readonly #http = createServer();
  readonly #io = new Server(this.#http);
  readonly handshakes: Handshake[] = [];
  readonly submits: string[] = [];
  greet: (socket: Socket, auth: Handshake) => void = () => undefined;
  onSubmit: (socket: Socket, turnId: string, acknowledge: (answer: unknown) => void) => void = () =>
    undefined;
  refuse: ((auth: Handshake) => string | null) | null = null;

  async open(): Promise<string> {
    this.#io.use((socket, next) => {
      const auth = handshake.parse(socket.handshake.auth);
      const code = this.refuse?.(auth) ?? null;
      if (code === null) return next();
      next(Object.assign(new Error(code), { data: { code, message: 'Sign in again.', retryable: true } }));
    });
    this.#io.on('connection', (socket) => {
      const auth = handshake.parse(socket.handshake.auth);
      this.handshakes.push(auth);
      socket.on('turn.submit', (payload: unknown, acknowledge: (answer: unknown) => void) => {
        const { turn_id: turnId } = turnSubmit.parse(payload);
        this.submits.push(turnId);
        this.onSubmit(socket, turnId, acknowledge);
      });
      this.greet(socket, auth);
    });
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    const address = this.#http.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return `http://127.0.0.1:${address.port}`;
  }
  async close(): Promise<void> {
    await this.#io.close();
  }
}

/** What outlives a client, in the memory of the test. */
class Kept implements Outbox {
  readonly turns = new Map<string, WaitingTurn>();
  waiting(): readonly WaitingTurn[] {
    return [...this.turns.values()];
  }
  keep(turn: WaitingTurn): void {
    this.turns.set(turn.command.payload.turn_id, turn);
  }
  drop(turnId: string): void {
    this.turns.delete(turnId);
  }
}

const send = (socket: Socket, ...frames: readonly Frame[]): void =>
  frames.forEach((frame) => socket.emit('frame', frame));
const taken = (turnId: string) => ({
  ok: true,
  turn_id: turnId,
  session_id: SESSION,
  turn_seq: 1,
  position: 0,
});

describe('a session client', () => {
  let stage: Stage;
  let client: PulseClient;
  let url: string;
  let kept: Kept;
  const tokens: string[] = [];
  const newClient = (): PulseClient =>
    new PulseClient({
      url,
      getToken: (reason) => {
        tokens.push(reason);
        return Promise.resolve(`token-${tokens.length}`);
      },
      gapTimeoutMs: 50,
      ackTimeoutMs: 500,
      outbox: kept,
    });

  beforeEach(async () => {
    stage = new Stage();
    tokens.length = 0;
    url = await stage.open();
    kept = new Kept();
    client = newClient();
  });
  afterEach(async () => {
    client.close();
    await stage.close();
  });

  test('submits again under the same id after the connection broke before the acknowledgement', async () => {
    const log = new SessionLog([]);
    stage.greet = (socket, auth) =>
      auth.last_seq === undefined
        ? send(socket, log.ready(0))
        : send(socket, log.ready(0), log.resumed(auth.last_seq, 0));
    stage.onSubmit = (socket, turnId, acknowledge) => {
      if (stage.submits.length === 1) socket.conn.close();
      else acknowledge(taken(turnId));
    };
    const session = client.openSession();
    const turnId = session.submit('buy milk');
    await session.until(({ turns }) => turns[0]?.phase === 'queued');
    expect(stage.submits).toEqual([turnId, turnId]);
    expect(stage.handshakes[1]).toMatchObject({ session_id: SESSION, epoch: log.epoch, last_seq: 0 });
  });

  test('asks for what is missing when a hole stays, and applies nothing twice', async () => {
    const log = new SessionLog([plan, plan]);
    stage.greet = (socket, auth) => {
      if (auth.last_seq === undefined)
        return send(socket, log.ready(0), ...log.frames.filter((frame) => frame.seq !== 8));
      send(
        socket,
        log.ready(log.tail),
        ...log.read(auth.last_seq, log.tail),
        log.resumed(auth.last_seq, log.tail),
      );
    };
    const session = client.openSession();
    await session.until(({ seq }) => seq === log.tail);
    expect(stage.handshakes.map((auth) => auth.last_seq)).toEqual([undefined, 7]);
    expect(session.getState().turns.map((turn) => turn.result?.reply)).toEqual(['Added it.', 'Added it.']);
  });

  test('brings a new token when the server refuses the one at hand', async () => {
    stage.refuse = (auth) => (auth.token === 'token-1' ? 'token_expired' : null);
    stage.greet = (socket) => send(socket, new SessionLog([]).ready(0));
    const session = client.openSession();
    await session.until(({ sync }) => sync === 'live');
    expect(tokens).toEqual(['first', 'refused']);
  });

  test('comes back to a conversation that was left from where it was left', async () => {
    const log = new SessionLog([plan]);
    stage.greet = (socket, auth) =>
      auth.last_seq === undefined
        ? send(socket, log.ready(0), ...log.frames)
        : send(socket, log.ready(log.tail), log.resumed(auth.last_seq, log.tail));
    const session = client.openSession();
    await session.until(({ seq }) => seq === log.tail);
    client.leave(session);
    const again = client.openSession(SESSION);
    expect(again.getState().turns).toHaveLength(1);
    await again.until(({ sync }) => sync === 'live');
    expect(stage.handshakes[1]?.last_seq).toBe(log.tail);
  });

  test('tells news of the user once, whatever number of conversations bring it', async () => {
    const at = '2026-11-22T14:20:59.000Z';
    const news: Frame = {
      type: 'entity.changed',
      kind: 'task',
      id: SESSION,
      op: 'delete',
      version: 3,
      item: null,
      at,
    };
    stage.greet = (socket) => send(socket, new SessionLog([]).ready(0), news);
    const heard: string[] = [];
    client.onNews(({ type }) => heard.push(type));
    const both = [client.openSession(), client.openSession()];
    await Promise.all(both.map((session) => session.until(({ sync }) => sync === 'live')));
    await expect.poll(() => heard).toEqual(['entity.changed']);
  });

  test('a text that the server would hang up on fails by itself, and what comes after it goes on', async () => {
    stage.greet = (socket) => send(socket, new SessionLog([]).ready(0));
    stage.onSubmit = (_socket, turnId, acknowledge) => acknowledge(taken(turnId));
    const session = client.openSession();
    const long = session.submit(`buy ${'milk '.repeat(20_000)}`);
    const failed = await session.ended(long, AbortSignal.timeout(5_000));
    expect(failed.error).toEqual({
      code: 'payload_too_large',
      message: 'That is too long to send: a message has at most 4,000 characters.',
      retryable: false,
    });
    const next = session.submit('buy milk');
    await expect.poll(() => stage.submits).toEqual([next]);
    expect(stage.handshakes).toHaveLength(1);
  });

  describe('with an outbox', () => {
    const greet = (socket: Socket): void => send(socket, new SessionLog([]).ready(0));
    const acknowledge: Stage['onSubmit'] = (_socket, turnId, answer) => answer(taken(turnId));

    test('sends what an earlier client could not, under the same id and in its conversation', async () => {
      const turnId = client.openSession().submit('buy milk');
      client.close();
      stage.greet = greet;
      client = newClient();
      const session = client.openSession(SESSION);
      await session.until(({ sync }) => sync === 'live');
      const later = session.submit('buy bread');
      client.close();
      expect(kept.waiting().map(({ text, session_id: id }) => [text, id])).toEqual([
        ['buy milk', null],
        ['buy bread', SESSION],
      ]);

      stage.submits.length = 0;
      stage.handshakes.length = 0;
      stage.onSubmit = acknowledge;
      client = newClient();
      const again = client.openSession(SESSION);
      await again.until(({ turns }) => turns.some(({ id, phase }) => id === later && phase === 'queued'));
      expect(stage.submits).toEqual([later]);
      expect([...kept.turns.keys()]).toEqual([turnId]);
      // The other one has no page of its own; a line is made for it.
      client.sendWaiting();
      await expect.poll(() => [...kept.turns.keys()]).toEqual([]);
      expect(stage.submits).toEqual([later, turnId]);
      expect(stage.handshakes.map(({ session_id: id }) => id)).toEqual([SESSION, undefined]);
    });

    test('keeps the line of a conversation that is left until all is sent', async () => {
      stage.greet = greet;
      let answer: (() => void) | undefined;
      stage.onSubmit = (_socket, turnId, reply) => (answer = () => reply(taken(turnId)));
      const session = client.openSession();
      await session.until(({ sync }) => sync === 'live');
      session.submit('buy milk');
      await expect.poll(() => answer).toBeDefined();
      client.leave(session);
      expect(session.getState().link).toBe('online');
      answer?.();
      await session.until(({ link }) => link === 'closed');
      expect(kept.waiting()).toEqual([]);
    });

    test('keeps what only a new sign-in can send, and drops what was refused for itself', async () => {
      stage.greet = greet;
      const session = client.openSession();
      const codes = ['validation_error', 'authentication_error'];
      stage.onSubmit = (_socket, _turnId, answer) =>
        answer({ ok: false, error: { code: codes.shift(), message: 'No.', retryable: false } });
      session.submit('buy milk');
      await session.until(({ turns }) => turns[0]?.phase === 'failed');
      session.submit('buy bread');
      await session.until(({ turns }) => turns[1]?.phase === 'failed');
      expect(kept.waiting().map(({ text }) => text)).toEqual(['buy bread']);
    });
  });
});
