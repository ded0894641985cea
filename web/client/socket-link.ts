import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { wireError } from '../../contracts/errors.ts';
import {
  CLIENT_EVENTS,
  FRAME_MAX_BYTES,
  refusedAck,
  type AckData,
  type ClientEvent,
  type ClientPayload,
  type Handshake,
} from '../../contracts/events.ts';
import { ClientError } from './client-error.ts';

export interface LinkEvents {
  /** The handshake of the next connection; asked anew for each one. */
  handshake(): Promise<Handshake>;
  frame(raw: unknown): void;
  /** The line broke; it is being made again by itself. */
  down(): void;
  /** The server refused the handshake. */
  refused(error: ClientError): void;
}

export interface LinkOptions {
  url: string;
  ackTimeoutMs: number;
}

/** What Socket.IO writes around a payload: the names of the packet, its number and the event. */
const ENVELOPE_BYTES = 256;
const sizeOf = (payload: object): number => new TextEncoder().encode(JSON.stringify(payload)).length;

const refusal = z.looseObject({ data: wireError });
const ACKS: { [E in ClientEvent]: z.ZodType<AckData<E>> } = {
  'turn.submit': CLIENT_EVENTS['turn.submit'].ack,
  'turn.cancel': CLIENT_EVENTS['turn.cancel'].ack,
  'clarification.answer': CLIENT_EVENTS['clarification.answer'].ack,
  'receipt.undo': CLIENT_EVENTS['receipt.undo'].ack,
  'session.history': CLIENT_EVENTS['session.history'].ack,
  'auth.refresh': CLIENT_EVENTS['auth.refresh'].ack,
};

/** One Socket.IO connection, websocket only, that comes back by itself after anything but a refusal. */
export class SocketLink {
  readonly #socket: Socket;
  readonly #ackTimeoutMs: number;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.#ackTimeoutMs = options.ackTimeoutMs;
    this.#socket = io(options.url, {
      transports: ['websocket'],
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: 250,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.5,
      timeout: 10_000,
      auth: (send) => {
        events.handshake().then(
          (handshake) => send(handshake),
          // Without a token there is nothing to say yet: the page is offline, or its login is.
          (error: unknown) => {
            this.#socket.disconnect();
            events.refused(ClientError.from(error));
          },
        );
      },
    });
    this.#socket.on('frame', (raw: unknown) => events.frame(raw));
    this.#socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      events.down();
      // Socket.IO stays away after the server has closed a connection; a server that drains does just that.
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', (error) => {
      if (this.#socket.active) return events.down();
      const parsed = refusal.safeParse(error);
      events.refused(
        parsed.success
          ? ClientError.of(parsed.data.data)
          : new ClientError('authentication_error', 'The server refused the connection.', false),
      );
    });
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  connect(): void {
    this.#socket.connect();
  }

  close(): void {
    this.#socket.disconnect();
  }

  /** Gives up the present connection and makes a new one. */
  restart(): void {
    this.#socket.disconnect().connect();
  }

  /** Sends and waits for the acknowledgement; `unreachable` when none came. */
  async call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckData<E>> {
    // The server hangs up on it; sent again after every reconnect it would stand in the way for ever.
    if (sizeOf(payload) > FRAME_MAX_BYTES - ENVELOPE_BYTES) throw ClientError.tooLong();
    let answer: unknown;
    try {
      answer = await this.#socket.timeout(this.#ackTimeoutMs).emitWithAck(event, payload);
    } catch {
      throw ClientError.unreachable();
    }
    const refused = refusedAck.safeParse(answer);
    if (refused.success) throw ClientError.of(refused.data.error);
    const schema: z.ZodType<AckData<E>> = ACKS[event];
    const accepted = schema.safeParse(answer);
    if (!accepted.success) throw ClientError.unreadable();
    return accepted.data;
  }
}
