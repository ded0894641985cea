import { io, type Socket } from 'socket.io-client';
import { ackOf } from './acks.ts';
import type {
  Ack,
  ClientEvent,
  ClientPayload,
  ClientToServer,
  ServerToClient,
} from '../../contracts/events.ts';
import { isTerminal, type Frame, type SessionFrame, type TerminalFrame } from '../../contracts/frames.ts';
import type { TurnResult } from '../../contracts/result.ts';
import { eventually } from './eventually.ts';

/**
 * A client that trusts nothing: it keeps every frame as it came, comes back with what it has seen, and finds out
 * whether the log was whole. It is not the product's own client, so that a fault of one can't hide in the other.
 */
export class Recorder {
  socket: Socket<ServerToClient, ClientToServer> | null = null;
  sessionId: string | undefined;
  epoch: string | undefined;
  lastSeq: number | undefined;
  readonly frames: SessionFrame[] = [];
  readonly news: Frame[] = [];
  /** When it was greeted or shown a snapshot last: a client reads its lists again then. */
  upToDateAt = 0;
  snapshots = 0;
  resumes = 0;
  /** Everything that broke the log's promises. */
  readonly faults: string[] = [];
  private readonly terminals = new Map<string, TerminalFrame>();
  /** Ends that a snapshot showed; the frame itself may still follow, in the snapshot's epoch. */
  private readonly shown = new Map<string, TurnResult>();
  private readyWaiters: (() => void)[] = [];

  constructor(
    private readonly token: string,
    sessionId?: string,
  ) {
    this.sessionId = sessionId;
  }

  /** Connects, or comes back, at a gateway; resolves when it has been brought up to date. */
  async connect(url: string): Promise<void> {
    const auth = {
      token: this.token,
      ...(this.sessionId === undefined ? {} : { session_id: this.sessionId }),
      ...(this.epoch === undefined ? {} : { epoch: this.epoch, last_seq: this.lastSeq ?? 0 }),
    };
    const socket: Socket<ServerToClient, ClientToServer> = io(url, {
      transports: ['websocket'],
      auth,
      forceNew: true,
      reconnection: false,
    });
    this.socket = socket;
    socket.on('frame', (frame) => {
      if (this.socket === socket) this.take(frame);
    });
    const upToDate = new Promise<void>((resolve) => this.readyWaiters.push(resolve));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    await Promise.race([
      upToDate,
      new Promise<never>((_, reject) =>
        socket.once('disconnect', () => reject(new Error('cut off while connecting'))),
      ),
    ]);
  }

  /** Cuts the line without a goodbye. */
  drop(): void {
    this.socket?.io.engine?.close();
    this.socket?.disconnect();
    this.socket = null;
  }

  emit<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Ack<E>> {
    if (!this.socket) throw new Error('not connected');
    return ackOf(this.socket, event, payload);
  }

  /** How a turn ended, by its frame or by a snapshot. */
  result(turnId: string, timeoutMs = 30_000): Promise<TurnResult> {
    return eventually(
      `the end of turn ${turnId}`,
      () => this.terminals.get(turnId)?.result ?? this.shown.get(turnId),
      timeoutMs,
    );
  }

  has(turnId: string): boolean {
    return this.terminals.has(turnId) || this.shown.has(turnId);
  }

  private take(frame: Frame): void {
    if (frame.type === 'session.ready' || frame.type === 'session.snapshot') this.upToDateAt = Date.now();
    switch (frame.type) {
      case 'session.ready':
        if (this.sessionId !== undefined && this.sessionId !== frame.session_id)
          this.faults.push('ready for another session');
        this.sessionId = frame.session_id;
        if (this.epoch === undefined) {
          this.epoch = frame.epoch;
          this.lastSeq = frame.tail_seq;
          this.settleReady();
        }
        return;
      case 'session.resumed':
        this.resumes += 1;
        if (this.lastSeq !== frame.to)
          this.faults.push(`resumed to ${frame.to} but the last frame was ${this.lastSeq}`);
        this.settleReady();
        return;
      case 'session.snapshot':
        this.snapshots += 1;
        this.epoch = frame.epoch;
        this.lastSeq = frame.tail_seq;
        for (const turn of frame.turns) if (turn.result) this.shown.set(turn.turn_id, turn.result);
        this.settleReady();
        return;
      case 'entity.changed':
      case 'notice':
      case 'session.renamed':
      case 'session.deleted':
        this.news.push(frame);
        return;
      default:
        this.takeNumbered(frame);
    }
  }

  private settleReady(): void {
    for (const resolve of this.readyWaiters.splice(0)) resolve();
  }

  private takeNumbered(frame: SessionFrame): void {
    if (frame.epoch !== this.epoch) this.faults.push(`frame of epoch ${frame.epoch} in epoch ${this.epoch}`);
    if (frame.seq <= (this.lastSeq ?? 0)) this.faults.push(`seq ${frame.seq} after ${this.lastSeq}`);
    this.lastSeq = frame.seq;
    this.frames.push(frame);
    if (!isTerminal(frame)) {
      // A question outlives the turn that asked it; its expiry comes when that has long ended.
      const outlives = frame.type === 'clarification.closed' && frame.reason === 'expired';
      if (this.terminals.has(frame.turn_id) && !outlives)
        this.faults.push(`${frame.type} after the end of its turn`);
      return;
    }
    if (this.terminals.has(frame.turn_id)) this.faults.push(`a second end of turn ${frame.turn_id}`);
    this.terminals.set(frame.turn_id, frame);
  }

  /**
   * Numbers that never came, although their epoch was followed. Only deltas of turns that have ended may be missing,
   * and those only when the connection had been cut.
   */
  missing(): number[] {
    const gaps: number[] = [];
    let last: SessionFrame | undefined;
    for (const frame of this.frames) {
      if (last && last.epoch === frame.epoch)
        for (let seq = last.seq + 1; seq < frame.seq; seq += 1) gaps.push(seq);
      last = frame;
    }
    return gaps;
  }
}
