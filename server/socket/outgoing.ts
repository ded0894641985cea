import { Socket } from 'node:net';
import type { Frame } from '../../contracts/frames.ts';
import type { PulseSocket } from './pulse-socket.ts';

/** What a client has not taken; one that falls this far behind is cut off and resumes from the outbox. */
const UNSENT_PACKETS_MAX = 1_000;
const UNSENT_CHARS_MAX = 4 * 1024 * 1024;
/** A client that takes nothing at all for this long is gone or stuck. */
const STUCK_MS = 20_000;
/** Frames that wait for a token that was not renewed in time. */
const WITHHELD_MAX = 500;

/**
 * The way to one client, at the client's pace. Nothing is told to somebody whose token has run out; it is kept until
 * a new one comes.
 */
export class Outgoing {
  private withheld: Frame[] = [];
  private ready: Frame[] = [];

  constructor(
    private readonly socket: PulseSocket,
    private readonly onCutOff: (reason: 'slow' | 'expired') => void,
  ) {}

  /** In order, after everything sent before. Never waits; a client that is too far behind is cut off. */
  send(frame: Frame): void {
    if (this.socket.data.identity.expiresAt > new Date()) this.queue(frame);
    else if (this.withheld.length < WITHHELD_MAX) this.withheld.push(frame);
    else this.onCutOff('expired');
  }

  /** What comes together leaves as one write: a system call for each frame would cost more than the rest of sending. */
  private queue(frame: Frame): void {
    this.ready.push(frame);
    if (this.ready.length === 1) queueMicrotask(() => this.flush());
  }

  /** Everything sent so far, now. */
  flush(): void {
    const frames = this.ready;
    this.ready = [];
    if (frames.length > 0) writeTogether(this.socket.conn, () => frames.forEach((frame) => this.emit(frame)));
  }

  /** The token was renewed. */
  release(): void {
    const frames = this.withheld;
    this.withheld = [];
    frames.forEach((frame) => this.queue(frame));
  }

  private emit(frame: Frame): void {
    const { conn } = this.socket;
    if (!conn.transport.writable && isFull(conn)) this.onCutOff('slow');
    else this.socket.emit('frame', frame);
  }

  /** Resolves when the client has taken what was sent so far; for what is sent faster than it is made. */
  async taken(): Promise<void> {
    this.flush();
    const { conn } = this.socket;
    if (conn.transport.writable || conn.readyState !== 'open') return;
    const { transport } = conn;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        transport.removeListener('drain', end);
        conn.removeListener('close', end);
        resolve();
      };
      const timer = setTimeout(() => {
        this.onCutOff('slow');
        end();
      }, STUCK_MS);
      transport.once('drain', end);
      conn.once('close', end);
    });
  }
}

/**
 * Engine.IO writes the first packet at once and each further one by itself. Here its transport is held back until all
 * packets are in its buffer, and the socket below is corked while they are written. Both are hidden by their types;
 * where they are missing, packets are sent one by one.
 */
function writeTogether(conn: PulseSocket['conn'], emit: () => void): void {
  const { transport } = conn;
  const raw = rawSocketOf(transport);
  const flush: unknown = Reflect.get(conn, 'flush');
  if (!raw || !transport.writable || typeof flush !== 'function') {
    emit();
    return;
  }
  transport.writable = false;
  try {
    emit();
  } finally {
    transport.writable = true;
    raw.cork();
    Reflect.apply(flush, conn, []);
    raw.uncork();
  }
}

function rawSocketOf(transport: object): Socket | null {
  const ws: unknown = 'socket' in transport ? transport.socket : null;
  const raw: unknown = typeof ws === 'object' && ws !== null && '_socket' in ws ? ws._socket : null;
  return raw instanceof Socket ? raw : null;
}

/** Engine.IO keeps what the transport has not taken in a buffer that its types hide. */
function isFull(conn: object): boolean {
  const buffer: unknown = 'writeBuffer' in conn ? conn.writeBuffer : undefined;
  if (!Array.isArray(buffer)) return false;
  if (buffer.length > UNSENT_PACKETS_MAX) return true;
  let chars = 0;
  for (const packet of buffer as unknown[])
    if (typeof packet === 'object' && packet !== null && 'data' in packet && typeof packet.data === 'string')
      chars += packet.data.length;
  return chars > UNSENT_CHARS_MAX;
}
