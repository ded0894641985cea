import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { CLIENT_EVENTS, FRAME_MAX_BYTES, handshake, type ClientEvent } from '../../contracts/events.ts';
import { parseInput, PulseError } from '../../contracts/errors.ts';
import { REDIS_ANSWER_MS, withDeadline } from '../../core/deadline.ts';
import { newId } from '../../core/ids.ts';
import { openSession } from '../../db/users.ts';
import { addressOf } from '../address.ts';
import { asPulseError, reportRefusal } from '../errors.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { checkStorable } from '../storable.ts';
import { CLIENT_EVENT_HANDLERS } from './client-events.ts';
import { Connection } from './connection.ts';
import type { PulseServer, PulseSocket } from './pulse-socket.ts';

/** The socket side of the gateway: WebSocket only, one event down (`frame`), the contract's events up. */
export function startSocketServer(http: HttpServer, services: GatewayServices): PulseServer {
  const { config } = services;
  const io: PulseServer = new Server(http, {
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: FRAME_MAX_BYTES,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    serveClient: false,
    cors: { origin: [...config.corsOrigins] },
    allowRequest: (request, decide) => {
      const allowed = originAllowed(request, config.corsOrigins);
      decide(allowed ? null : 'origin not allowed', allowed);
    },
  });

  io.use((socket, next) => {
    welcome(socket, services).then(
      () => next(),
      (error: unknown) => {
        const refused = asPulseError(error, services.log);
        reportRefusal(services.analytics, refused, 'socket');
        next(Object.assign(new Error(refused.message), { data: refused.toWire() }));
      },
    );
  });
  io.on('connection', (socket) => serve(socket, services));
  return io;
}

/** WebSocket knows no CORS: a page of another origin is turned away here. Programs send no origin. */
function originAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || allowed.includes(origin) || sameHost(origin, host);
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** Everything that can be refused is refused here, where a client gets the error with its handshake. */
async function welcome(socket: PulseSocket, services: GatewayServices): Promise<void> {
  if (services.stopping())
    throw new PulseError('dependency_unavailable', 'The server is stopping. Connect again in a moment.');
  const address = addressOf(socket.request, services.config.TRUST_PROXY);
  if (!services.addressLimit.take(address))
    throw new PulseError('rate_limited', 'Too many connections from this address. Wait a few seconds.');
  if (!socket.handshake.auth['token'])
    throw new PulseError('authentication_error', 'A token is needed (auth.token).');
  const shake = parseInput(handshake, socket.handshake.auth);
  checkStorable(shake);
  const identity = await services.tokens.verify(shake.token);
  const sessionId = shake.session_id ?? newId();
  const [session] = await Promise.all([
    openSession(services.db, identity.userId, sessionId),
    // Nothing can be followed without Redis: whoever is let in has a greeting to expect.
    withDeadline(services.redis.ping(), REDIS_ANSWER_MS),
  ]);
  if (!session) throw new PulseError('not_found', 'There is no such conversation.');
  Object.assign(socket.data, { identity, handshake: shake, sessionId, session, address });
}

interface Scene {
  socket: PulseSocket;
  connection: Connection;
  services: GatewayServices;
  opened: Promise<void>;
}

function serve(socket: PulseSocket, services: GatewayServices): void {
  const connection = new Connection(socket, services);
  services.metrics.sockets.inc();
  socket.on('disconnect', () => {
    connection.close();
    services.connections.remove(socket.id);
    services.metrics.sockets.dec();
  });
  const opened = connection.open().then(() => {
    if (socket.connected) services.connections.add(socket.id, connection);
  });
  opened.catch((error: unknown) => {
    const refused = asPulseError(error, services.log);
    services.log.info({ code: refused.code }, 'A connection could not be opened; it has to come back');
    // What was sent meanwhile is refused by the same error, and those answers go first.
    setImmediate(() => socket.disconnect(true));
  });
  // Any event, also ones the contract lacks: whoever asks for an acknowledgement gets one. Without one the event does
  // the same, and what comes of it is seen in the frames alone.
  socket.onAny((event: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const acknowledge = isAcknowledgement(last) ? last : ignore;
    const payloads = isAcknowledgement(last) ? args.slice(0, -1) : args;
    answer(event, payloads, { socket, connection, services, opened }).then(
      (data) => acknowledge({ ok: true, ...data }),
      (error: unknown) => {
        const refused = asPulseError(error, services.log);
        reportRefusal(services.analytics, refused, 'socket', connection.identity.userId);
        acknowledge({ ok: false, error: refused.toWire() });
      },
    );
  });
}

type Acknowledge = (answer: object) => void;
const ignore: Acknowledge = () => undefined;
const isAcknowledgement = (last: unknown): last is Acknowledge => typeof last === 'function';
const isClientEvent = (event: string): event is ClientEvent => Object.hasOwn(CLIENT_EVENTS, event);

async function answer(event: string, payloads: readonly unknown[], scene: Scene): Promise<object> {
  const { socket, services, opened } = scene;
  if (!services.addressLimit.take(socket.data.address)) {
    throw new PulseError(
      'rate_limited',
      'Too many requests from this address. Wait a few seconds and try again.',
    );
  }
  if (!isClientEvent(event)) throw new PulseError('validation_error', 'There is no such event.');
  if (payloads.length > 1) throw new PulseError('validation_error', 'An event carries one object.');
  if (event !== 'auth.refresh' && socket.data.identity.expiresAt <= new Date())
    throw new PulseError('token_expired', 'The token has expired. Send auth.refresh with a new one.');
  await opened;
  const work = () => dispatch(event, payloads[0], scene);
  return TAKES_TURNS.has(event) ? scene.connection.inOrder(work) : work();
}

/** The order of sending is the order of admission, also for a client that does not wait for acknowledgements. */
const TAKES_TURNS = new Set<ClientEvent>(['turn.submit', 'clarification.answer', 'receipt.undo']);

/** Parses the payload by the event's schema and hands it to the event's handler; the pair is typed by the same key. */
async function dispatch<E extends ClientEvent>(
  event: E,
  payload: unknown,
  scene: Parameters<(typeof CLIENT_EVENT_HANDLERS)[E]>[1],
): Promise<object> {
  const parsed = parseInput(CLIENT_EVENTS[event].payload, payload) as Parameters<
    (typeof CLIENT_EVENT_HANDLERS)[E]
  >[0];
  checkStorable(parsed);
  const handle = CLIENT_EVENT_HANDLERS[event] as (
    payload: typeof parsed,
    scene: Parameters<(typeof CLIENT_EVENT_HANDLERS)[E]>[1],
  ) => Promise<object>;
  return handle(parsed, scene);
}
