import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { io, type Socket } from 'socket.io-client';
import type { Frame, SessionFrame, TerminalFrame } from '../../contracts/frames.ts';
import { isTerminal } from '../../contracts/frames.ts';
import { closeAfterFile } from './after-file.ts';
import { TEST_SECRET } from './product.ts';

const PATIENCE_MS = 15_000;

export interface Person {
  userId: string;
  token: string;
}

export interface TokenParts {
  userId?: string;
  role?: string;
  /** From now; negative for one that has run out. */
  lifetimeSeconds?: number;
  secret?: string;
  claims?: Record<string, unknown>;
}

/** A token of any kind, signed by the secret that the product under test knows unless told otherwise. */
export async function signFor(parts: TokenParts = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    sub: parts.userId ?? randomUUID(),
    role: parts.role ?? 'user',
    iat: now,
    exp: now + (parts.lifetimeSeconds ?? 3600),
    ...parts.claims,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(parts.secret ?? TEST_SECRET));
}

export async function person(parts: TokenParts = {}): Promise<Person> {
  const userId = parts.userId ?? randomUUID();
  return { userId, token: await signFor({ ...parts, userId }) };
}

export interface Acked {
  ok: boolean;
  error?: { code: string; message: string; retryable: boolean };
  [field: string]: unknown;
}

/** A bare socket on the product, without any client of ours in between: what is on the wire is what a test sees. */
export class Wire {
  readonly frames: Frame[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly socket: Socket,
    private readonly shake: Record<string, unknown>,
  ) {
    socket.on('frame', (frame: Frame) => {
      this.frames.push(frame);
      this.waiting.forEach((look) => look());
    });
    socket.on('disconnect', () => this.waiting.forEach((look) => look()));
    closeAfterFile(() => this.close());
  }

  /** Connects and waits for the greeting. */
  static async open(url: string, auth: Record<string, unknown>): Promise<Wire> {
    const wire = new Wire(connect(url, auth), auth);
    await new Promise<void>((resolve, reject) => {
      wire.socket.once('connect', resolve);
      wire.socket.once('connect_error', reject);
    });
    await wire.first('session.ready');
    return wire;
  }

  /** Connects somebody in vain; gives the reason that the server told. */
  static async refused(url: string, auth: unknown): Promise<unknown> {
    const socket = connect(url, auth);
    try {
      return await new Promise((resolve, reject) => {
        socket.once('connect', () => reject(new Error('The connection was let in')));
        socket.once('connect_error', (error) => resolve('data' in error ? error.data : error.message));
      });
    } finally {
      socket.disconnect();
    }
  }

  get ready(): Extract<Frame, { type: 'session.ready' }> {
    const [greeting] = this.frames;
    if (greeting?.type !== 'session.ready') throw new Error('The first frame is no greeting');
    return greeting;
  }

  get sessionId(): string {
    return this.ready.session_id;
  }

  /** Frames of the session's log, as they came. */
  get log(): SessionFrame[] {
    return this.frames.filter((frame): frame is SessionFrame => 'seq' in frame);
  }

  /** Where this device stands, for the way back. */
  get place(): { session_id: string; epoch: string; last_seq: number } {
    const last = this.log.at(-1);
    return {
      session_id: this.sessionId,
      epoch: last?.epoch ?? this.ready.epoch,
      last_seq: last?.seq ?? this.ready.tail_seq,
    };
  }

  send(event: string, ...payload: unknown[]): Promise<Acked> {
    return this.socket.timeout(PATIENCE_MS).emitWithAck(event, ...payload) as Promise<Acked>;
  }

  submit(text: string, more: Record<string, unknown> = {}): Promise<Acked> {
    return this.send('turn.submit', { turn_id: randomUUID(), text, ...more });
  }

  /** Says something and waits for its end. */
  async say(text: string, more: Record<string, unknown> = {}): Promise<TerminalFrame> {
    const turnId = randomUUID();
    const taken = await this.submit(text, { turn_id: turnId, ...more });
    if (!taken.ok) throw new Error(`Refused: ${taken.error?.code}`);
    return this.ended(turnId);
  }

  ended(turnId: string): Promise<TerminalFrame> {
    return this.find((frame): frame is TerminalFrame => isTerminal(frame) && frame.turn_id === turnId);
  }

  first<T extends Frame['type']>(type: T, turnId?: string): Promise<Extract<Frame, { type: T }>> {
    return this.find(
      (frame): frame is Extract<Frame, { type: T }> =>
        frame.type === type && (turnId === undefined || ('turn_id' in frame && frame.turn_id === turnId)),
    );
  }

  async find<F extends Frame>(fits: (frame: Frame) => frame is F): Promise<F> {
    await this.until(() => this.frames.some(fits));
    const found = this.frames.find(fits);
    if (!found) throw new Error('The frame has gone');
    return found;
  }

  /** Looks again whenever a frame has come or the connection has ended. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      const look = (): void => {
        if (!holds()) return;
        stop();
        resolve();
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`It did not happen. Frames: ${this.frames.map(({ type }) => type).join(', ')}`));
      }, PATIENCE_MS);
      this.waiting.add(look);
      look();
    });
  }

  /** Another device of the same person on the same session. */
  again(url: string, place: Record<string, unknown> = { session_id: this.sessionId }): Promise<Wire> {
    const { token } = this.shake;
    return Wire.open(url, { token, ...place });
  }

  close(): void {
    this.socket.disconnect();
  }
}

export function connect(url: string, auth: unknown, headers: Record<string, string> = {}): Socket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: auth as Record<string, unknown>,
    extraHeaders: headers,
  });
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** What stands at a place in foreign JSON; undefined where there is no such place. */
export function at(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), body);
}
const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/** The items of a page. */
export function itemsOf({ body }: Answer): Record<string, unknown>[] {
  const items = at(body, 'items');
  if (!Array.isArray(items)) throw new Error(`This is no page: ${JSON.stringify(body)}`);
  return items.filter(isRecord);
}

/** One field of each item of a page. */
export const each = (answer: Answer, field: string): unknown[] => itemsOf(answer).map((item) => item[field]);

/** A REST call as any program would make it. */
export async function call(
  url: string,
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string>; raw?: string } = {},
): Promise<Answer> {
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('application/json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text ? JSON.parse(text) : text,
  };
}
