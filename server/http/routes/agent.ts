import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ERRORS, PulseError } from '../../../contracts/errors.ts';
import type { SessionFrame } from '../../../contracts/frames.ts';
import { parseRequest, parseResponse } from '../../../contracts/nlu.ts';
import { agentQuery, agentQueryPending } from '../../../contracts/rest.ts';
import { turnResult } from '../../../contracts/result.ts';
import { storeIsSilent } from '../../../core/deadline.ts';
import { newId } from '../../../core/ids.ts';
import { openSession } from '../../../db/users.ts';
import { asPulseError } from '../../errors.ts';
import { restBody } from '../rest-body.ts';
import { route, type RouteInput } from '../route.ts';
import { resultOf, TurnWaiter, WAIT_MS } from '../turn-waiter.ts';

const PARSE_TIMEOUT_MS = 5_000;

type Query = RouteInput<z.output<typeof agentQuery>, object, object>;

interface Started {
  turnId: string;
  sessionId: string;
  waiter: TurnWaiter;
  /** False when Redis does not answer: the turn is durable and runs later, but nobody can watch it now. */
  followed: boolean;
}

/** Durable when it returns, whatever Redis does. */
async function start(input: Query, onFrame: (frame: SessionFrame) => void): Promise<Started> {
  const { body, identity, services } = input;
  const turnId = body.turn_id ?? newId();
  const { id: asked, fresh, timezone } = await sessionOf(input, turnId);
  const waiter = new TurnWaiter(turnId, onFrame);
  const follow = (sessionId: string, isFresh: boolean): Promise<boolean> =>
    waiter.attach(services, sessionId, isFresh).then(
      () => true,
      (error: unknown) => {
        services.log.warn({ err: error }, 'A turn can’t be followed; its caller is told that it goes on');
        return false;
      },
    );
  try {
    let followed = await follow(asked, fresh);
    const accepted = await services.intake.submit({
      userId: identity.userId,
      sessionId: asked,
      turnId,
      text: body.query,
      request: { kind: 'text' },
      timezone: body.timezone ?? timezone,
      referenceTime: body.reference_time,
      channel: 'rest',
    });
    // A retry that lost its session id: the turn lives in another session and is awaited there.
    if (followed && accepted.session_id !== asked) {
      waiter.detach();
      followed = await follow(accepted.session_id, false);
    }
    return { turnId, sessionId: accepted.session_id, waiter, followed };
  } catch (error) {
    waiter.detach();
    throw error;
  }
}

/**
 * The session that a query speaks in. One that the caller does not name is the turn's own, if the turn is known, or a
 * new one, which is written down only when the turn is: a retry leaves nothing behind.
 */
async function sessionOf(
  { body, identity, services }: Query,
  turnId: string,
): Promise<{ id: string; fresh: boolean; timezone: string }> {
  if (body.session_id !== undefined) {
    const session = await openSession(services.db, identity.userId, body.session_id);
    if (!session) throw new PulseError('not_found', 'There is no such conversation.');
    return { id: body.session_id, fresh: session.turns === 0, timezone: session.settings.timezone };
  }
  const [known, { timezone }] = await Promise.all([
    body.turn_id === undefined ? null : services.records.findTurn(identity.userId, turnId),
    services.profiles.of(identity.userId).then(({ settings }) => settings),
  ]);
  return known
    ? { id: known.body.session_id, fresh: false, timezone }
    : { id: newId(), fresh: true, timezone };
}

/** What came of a turn; null when it goes on. */
const outcomeOf = ({ services, identity }: Query, { waiter, followed }: Started, gone: AbortSignal) =>
  resultOf(services, identity.userId, waiter, gone, followed ? WAIT_MS : 0);

/** Aborts when the caller has hung up before its answer. */
function hangUp({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  return gone.signal;
}

const pending = ({ turnId, sessionId }: Started): z.output<typeof agentQueryPending> => ({
  turn_id: turnId,
  session_id: sessionId,
  status: 'running',
});

export const agentRoutes = [
  route({
    method: 'POST',
    path: '/api/v1/agent/query',
    summary: 'One turn: waits for its end, or streams its frames with "Accept: text/event-stream"',
    access: 'user',
    body: agentQuery,
    response: z.union([turnResult, agentQueryPending]),
    alsoAnswers: {
      202: { description: 'The turn goes on; its id and session are given', schema: agentQueryPending },
      402: { description: 'The whole result, with error_code quota_exceeded', schema: turnResult },
    },
    streams:
      'Each frame of the turn as `event: frame`, then its result as `event: result`; `event: pending` when it goes on after 30 s or can’t be watched now, `event: error` with the reason when it can no longer be followed',
    patienceMs: null,
    handle: async (input) => {
      const wantsStream = String(input.headers['accept'] ?? '').includes('text/event-stream');
      if (wantsStream) {
        await stream(input);
        return undefined;
      }
      const started = await start(input, () => undefined);
      try {
        const result = await outcomeOf(input, started, hangUp(input.reply));
        if (!result) {
          input.reply.code(202);
          return pending(started);
        }
        if (result.error_code === 'quota_exceeded') input.reply.code(ERRORS.quota_exceeded.status);
        return result;
      } finally {
        started.waiter.detach();
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/nlu/parse',
    summary: 'What a text is understood as: no side effects, no tokens',
    access: 'user',
    body: parseRequest,
    response: parseResponse,
    handle: ({ body, identity, services }) =>
      services.requests.ask(
        'nlu.parse',
        { ...body, user_id: identity.userId, received_at: services.clock.now().toISOString() },
        { timeoutMs: PARSE_TIMEOUT_MS },
      ),
  }),
];

/** Server-sent events: each frame of the turn as `event: frame`, then what it came to. */
async function stream(input: Query): Promise<void> {
  const waiting: SessionFrame[] = [];
  let write = (frame: SessionFrame): void => void waiting.push(frame);
  const started = await start(input, (frame) => write(frame));
  const { reply, services } = input;
  const gone = hangUp(reply);
  // Security and CORS headers were set before; a raw answer has to be given them by hand.
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    'x-accel-buffering': 'no',
  });
  const say = (event: string, data: object): void => {
    if (!gone.aborted) raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  write = (frame) => {
    if (!gone.aborted)
      raw.write(`event: frame\nid: ${frame.epoch}.${frame.seq}\ndata: ${JSON.stringify(frame)}\n\n`);
  };
  waiting.forEach(write);
  try {
    const result = await outcomeOf(input, started, gone);
    if (result) say('result', result);
    else say('pending', pending(started));
    if (!result && !started.followed) throw storeIsSilent();
  } catch (error) {
    say('error', restBody(asPulseError(error, services.log)));
  } finally {
    started.waiter.detach();
    raw.end();
  }
}
