import { createServer } from 'node:http';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { z } from 'zod';
import { connect, createTables, insertTurn } from './database.ts';
import { bellOf, jobOptions, prefixOf, queueName, readSettings, tellReady, type Hop } from './settings.ts';

const submit = z.object({ turn_id: z.string(), text: z.string() });
const shake = z.object({ session_id: z.string() });

const settings = readSettings();
const { BASELINE: baseline } = settings;
const queued = baseline !== 'b0';
const durable = baseline === 'b2';

const http = createServer();
// As the product's socket server.
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const redis = (): Redis => new Redis(settings.REDIS_URL, { maxRetriesPerRequest: null });
const first = queueName(baseline, 'first');
const queue = queued
  ? new Queue<Hop>(first, {
      connection: redis(),
      prefix: prefixOf(first),
      skipVersionCheck: true,
      skipWaitingForReady: true,
    })
  : null;
const subscriber = queued ? redis() : null;
const db = durable ? connect(settings.DATABASE_URL) : null;
if (db) await createTables(db);

const listeners = new Map<string, (message: string) => void>();
subscriber?.on('message', (channel: string, message: string) => listeners.get(channel)?.(message));

io.on('connection', (socket) => {
  const { session_id } = shake.parse(socket.handshake.auth);
  const send = (frame: unknown): void => void socket.emit('frame', frame);

  const open = async (): Promise<void> => {
    if (subscriber) {
      const bell = bellOf(session_id);
      listeners.set(bell, (message) => send(JSON.parse(message)));
      socket.once('disconnect', () => {
        listeners.delete(bell);
        void subscriber.unsubscribe(bell);
      });
      await subscriber.subscribe(bell);
    }
    send({ type: 'session.ready', session_id });
  };

  const take = async (payload: unknown, ack: (answer: object) => void): Promise<void> => {
    const { turn_id, text } = submit.parse(payload);
    if (db) await insertTurn(db, { id: turn_id, session_id, message: text });
    ack({ ok: true, turn_id });
    if (queue) await queue.add('hop', { session_id, turn_id }, jobOptions(turn_id, 'first'));
    else send({ type: 'turn.completed', session_id, turn_id, at: new Date().toISOString() });
  };

  void open();
  socket.on('turn.submit', (payload: unknown, ack: (answer: object) => void) => void take(payload, ack));
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The baseline has no port');
  tellReady(`http://127.0.0.1:${address.port}`);
});
