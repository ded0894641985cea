import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { CLIENT_EVENTS, handshake, type ClientEvent } from '../../contracts/events.ts';
import { parseInput, PulseError } from '../../contracts/errors.ts';
import { asPulseError } from '../errors.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { CLIENT_EVENT_HANDLERS } from './client-events.ts';
import { Connection, type PulseServer, type PulseSocket } from './connection.ts';

/** Frames of a client above this are no input of ours: the socket is closed (4,000 characters are at most 16 KB). */
const FRAME_MAX_BYTES = 64 * 1024;

/** The socket side of the gateway: WebSocket only, one event down (`frame`), the contract's events up. */
export function startSocketServer(http: HttpServer, services: GatewayServices): PulseServer {
  const io: PulseServer = new Server(http, {
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: FRAME_MAX_BYTES,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    serveClient: false,
    cors: { origin: [...services.config.corsOrigins] },
    // WebSocket knows no CORS: a page of another origin is turned away here.
    allowRequest: (request, decide) => {
      const { origin, host } = request.headers;
      const allowed =
        origin === undefined || services.config.corsOrigins.includes(origin) || sameHost(origin, host);
      decide(allowed ? null : 'origin not allowed', allowed);
    },
  });

  io.use((socket, next) => {
    welcome(socket, services).then(
      () => next(),
      (error: unknown) => {
        const refused = asPulseError(error, services.log);
        next(Object.assign(new Error(refused.message), { data: refused.toWire() }));
      },
    );
  });

  io.on('connection', (socket) => {
    const connection = new Connection(socket, services);
    services.metrics.sockets.inc();
    socket.on('disconnect', () => {
      connection.close();
      services.metrics.sockets.dec();
    });
    const opened = connection.open();
    opened.catch((error: unknown) => {
      const refused = asPulseError(error, services.log);
      services.log.info({ code: refused.code }, 'A connection could not be opened');
      socket.disconnect(true);
    });
    // Any event, also ones the contract lacks: whoever asks for an acknowledgement gets one.
    socket.onAny((event: string, ...args: unknown[]) => {
      const ack = args.at(-1);
      if (typeof ack !== 'function') return;
      answer(event, args.length > 1 ? args[0] : undefined, { socket, connection, services, opened }).then(
        (data) => ack({ ok: true, ...data }),
        (error: unknown) => {
          const refused = asPulseError(error, services.log);
          if (refused.code === 'validation_error') {
            services.analytics.capture(connection.identity.userId, 'validation_error', {
              error_type: refused.code,
              component: 'socket',
            });
          }
          ack({ ok: false, error: refused.toWire() });
        },
      );
    });
  });
  return io;
}

async function welcome(socket: PulseSocket, services: GatewayServices): Promise<void> {
  if (services.stopping())
    throw new PulseError('dependency_unavailable', 'The server is stopping. Connect again in a moment.');
  if (!services.addressLimit.take(socket.handshake.address)) {
    throw new PulseError('rate_limited', 'Too many connections from this address. Wait a few seconds.');
  }
  if (!socket.handshake.auth['token'])
    throw new PulseError('authentication_error', 'A token is needed (auth.token).');
  const shake = parseInput(handshake, socket.handshake.auth);
  socket.data.identity = await services.tokens.verify(shake.token);
  socket.data.handshake = shake;
  // Somebody else's session is refused here, where a client gets the error with its handshake.
  if (shake.session_id !== undefined)
    await services.intake.checkSession(socket.data.identity.userId, shake.session_id);
}

const isClientEvent = (event: string): event is ClientEvent => Object.hasOwn(CLIENT_EVENTS, event);

async function answer(
  event: string,
  payload: unknown,
  scene: { socket: PulseSocket; connection: Connection; services: GatewayServices; opened: Promise<void> },
): Promise<object> {
  if (!isClientEvent(event)) throw new PulseError('validation_error', 'There is no such event.');
  const { socket, services, opened } = scene;
  if (!services.addressLimit.take(socket.handshake.address)) {
    throw new PulseError(
      'rate_limited',
      'Too many requests from this address. Wait a few seconds and try again.',
    );
  }
  if (event !== 'auth.refresh' && socket.data.identity.expiresAt <= new Date()) {
    throw new PulseError('token_expired', 'The token has expired. Send auth.refresh with a new one.');
  }
  await opened;
  return dispatch(event, payload, scene);
}

/** Parses the payload by the event's schema and hands it to the event's handler; the pair is typed by the same key. */
async function dispatch<E extends ClientEvent>(
  event: E,
  payload: unknown,
  scene: Parameters<(typeof CLIENT_EVENT_HANDLERS)[E]>[1],
): Promise<object> {
  const parsed = parseInput(CLIENT_EVENTS[event].payload, payload) as Parameters<
    (typeof CLIENT_EVENT_HANDLERS)[E]
  >[0];
  const handle = CLIENT_EVENT_HANDLERS[event] as (
    payload: typeof parsed,
    scene: Parameters<(typeof CLIENT_EVENT_HANDLERS)[E]>[1],
  ) => Promise<object>;
  return handle(parsed, scene);
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
