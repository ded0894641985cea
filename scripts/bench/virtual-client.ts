import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';

const TURN_TIMEOUT_MS = 30_000;
const OPEN_TIMEOUT_MS = 20_000;
const DONE: ReadonlySet<string> = new Set(['completed']);
const DONE_OR_ASKED: ReadonlySet<string> = new Set(['completed', 'clarifying']);
const TERMINAL = new Set(['turn.completed', 'turn.failed', 'turn.cancelled']);

/** Only what has to be read of a frame: the generator shares the machine with what it measures. */
const frameHead = z.object({
  type: z.string(),
  turn_id: z.string().optional(),
  result: z.object({ status: z.string() }).optional(),
});
const ackHead = z.object({ ok: z.boolean(), error: z.object({ code: z.string() }).optional() });

/** How one turn went, as its client saw it. */
export interface TurnTimes {
  /** Since sending, in milliseconds. */
  ackMs: number;
  firstMs: number;
  terminalMs: number;
  frames: number;
}

interface Pending {
  sentAt: number;
  times: Partial<TurnTimes>;
  frames: number;
  ended: boolean;
  /** How it may end. */
  ends: ReadonlySet<string>;
  timer: NodeJS.Timeout;
  resolve(times: TurnTimes): void;
  reject(error: Error): void;
}

/** One person: a socket on a session of its own. Speaks the product's protocol as little as it can. */
export class VirtualClient {
  private readonly pending = new Map<string, Pending>();
  private turns = 0;

  private constructor(
    private readonly socket: Socket,
    private readonly says: { number: number; sentence: string } = { number: 0, sentence: '' },
  ) {
    socket.on('frame', (frame: unknown) => this.receive(frame));
    socket.on('disconnect', (reason) => {
      for (const id of this.pending.keys()) this.fail(id, `disconnected (${reason})`);
    });
  }

  /**
   * Resolves with the greeting.
   *
   * @throws when the handshake is refused, or nothing comes in time
   */
  static open(
    url: string,
    auth: Record<string, string>,
    says?: { number: number; sentence: string },
  ): Promise<VirtualClient> {
    const socket = io(url, { auth, transports: ['websocket'], reconnection: false, forceNew: true });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('A session did not open')), OPEN_TIMEOUT_MS);
      socket.once('connect_error', reject);
      const onFrame = (frame: unknown): void => {
        if (frameHead.parse(frame).type !== 'session.ready') return;
        clearTimeout(timer);
        socket.off('frame', onFrame);
        resolve(new VirtualClient(socket, says));
      };
      socket.on('frame', onFrame);
    });
  }

  /** Resolves when the turn has been acknowledged and has ended as done. */
  turn(): Promise<TurnTimes> {
    this.turns += 1;
    return this.submit(`${this.says.sentence} ${this.says.number}.${this.turns}`, DONE);
  }

  /** As `turn`, with words of its own; it may end in a question. */
  say(text: string): Promise<TurnTimes> {
    return this.submit(text, DONE_OR_ASKED);
  }

  close(): void {
    this.socket.disconnect();
  }

  private submit(text: string, ends: ReadonlySet<string>): Promise<TurnTimes> {
    const turn_id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(turn_id, 'no end in time'), TURN_TIMEOUT_MS);
      const pending: Pending = {
        sentAt: performance.now(),
        times: {},
        frames: 0,
        ended: false,
        ends,
        timer,
        resolve,
        reject,
      };
      this.pending.set(turn_id, pending);
      this.socket.emit('turn.submit', { turn_id, text, timezone: 'UTC' }, (answer: unknown) => {
        pending.times.ackMs = performance.now() - pending.sentAt;
        const { ok, error } = ackHead.parse(answer);
        if (ok) this.settle(turn_id, pending);
        else this.fail(turn_id, error?.code ?? 'refused');
      });
    });
  }

  private receive(frame: unknown): void {
    const { type, turn_id, result } = frameHead.parse(frame);
    const pending = turn_id === undefined ? undefined : this.pending.get(turn_id);
    if (turn_id === undefined || !pending) return;
    const sinceMs = performance.now() - pending.sentAt;
    pending.frames += 1;
    pending.times.firstMs ??= sinceMs;
    if (!TERMINAL.has(type)) return;
    if (type !== 'turn.completed' || (result && !pending.ends.has(result.status))) {
      this.fail(turn_id, result?.status ?? type);
      return;
    }
    pending.times.terminalMs = sinceMs;
    this.settle(turn_id, pending);
  }

  /** The acknowledgement may come after the end. */
  private settle(turnId: string, pending: Pending): void {
    const { ackMs, firstMs, terminalMs } = pending.times;
    if (ackMs === undefined || firstMs === undefined || terminalMs === undefined) return;
    clearTimeout(pending.timer);
    this.pending.delete(turnId);
    pending.resolve({ ackMs, firstMs, terminalMs, frames: pending.frames });
  }

  private fail(turnId: string, reason: string): void {
    const pending = this.pending.get(turnId);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.pending.delete(turnId);
    pending.reject(new Error(reason));
  }
}
