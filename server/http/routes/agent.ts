import { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import { isTerminal, type SessionFrame, type TerminalFrame } from '../../../contracts/frames.ts';
import { parseRequest, parseResponse } from '../../../contracts/nlu.ts';
import { agentQuery, agentQueryPending } from '../../../contracts/rest.ts';
import { turnResult, type TurnResult } from '../../../contracts/result.ts';
import { newId } from '../../../core/ids.ts';
import { openSession } from '../../../db/users.ts';
import { findResult } from '../../../db/turns.ts';
import type { Attachment, Sink } from '../../relay/relay.ts';
import type { GatewayServices } from '../../gateway-services.ts';
import { ERRORS } from '../../../contracts/errors.ts';
import { route, type RouteInput } from '../route.ts';

const WAIT_MS = 30_000;
const PARSE_TIMEOUT_MS = 5_000;

/** Follows one turn to its end for a call that waits. */
class TurnWaiter implements Sink {
  private attachment: Attachment | null = null;
  private settle: (frame: TerminalFrame | null) => void = () => undefined;
  readonly ended = new Promise<TerminalFrame | null>((resolve) => {
    this.settle = resolve;
  });

  constructor(
    private readonly turnId: string,
    private readonly onFrame: (frame: SessionFrame) => void,
  ) {}

  async attach(services: GatewayServices, sessionId: string): Promise<void> {
    this.attachment = await services.relay.attach(sessionId, 0, 0, this);
    this.attachment.start();
  }

  frames(frames: readonly SessionFrame[]): void {
    for (const frame of frames) {
      if (frame.turn_id !== this.turnId) continue;
      this.onFrame(frame);
      if (isTerminal(frame)) this.settle(frame);
    }
  }

  /** The log was lost: the record knows how the turn ended, or will. */
  reset(): void {
    this.settle(null);
  }

  detach(): void {
    this.attachment?.detach();
  }
}

interface Started {
  turnId: string;
  sessionId: string;
  waiter: TurnWaiter;
}

async function start(
  input: RouteInput<z.output<typeof agentQuery>, undefined, undefined>,
  onFrame: (frame: SessionFrame) => void,
): Promise<Started> {
  const { body, identity, services } = input;
  const turnId = body.turn_id ?? newId();
  const asked = body.session_id ?? newId();
  const session = await openSession(services.db, identity.userId, asked);
  if (!session) throw new PulseError('not_found', 'There is no such conversation.');
  if (session.turns === 0) await services.turns.openFresh(asked);
  const waiter = new TurnWaiter(turnId, onFrame);
  try {
    await waiter.attach(services, asked);
    const accepted = await services.intake.submit({
      userId: identity.userId,
      sessionId: asked,
      turnId,
      text: body.query,
      request: { kind: 'text' },
      timezone: body.timezone ?? session.settings.timezone,
      referenceTime: body.reference_time,
      channel: 'rest',
    });
    // A retry that lost its session id: the turn lives in another session and is awaited there.
    if (accepted.session_id !== asked) {
      waiter.detach();
      await waiter.attach(services, accepted.session_id);
    }
    return { turnId, sessionId: accepted.session_id, waiter };
  } catch (error) {
    waiter.detach();
    throw error;
  }
}

/** The turn's result: from its last frame, or from the record when it had ended before we listened. */
async function resultOf(
  services: GatewayServices,
  userId: string,
  started: Started,
): Promise<TurnResult | null> {
  const deadline = Date.now() + WAIT_MS;
  const stored = await findResult(services.db, userId, started.turnId);
  if (stored) return stored.result;
  while (Date.now() < deadline) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), Math.min(2_000, deadline - Date.now()));
    });
    const frame = await Promise.race([started.waiter.ended, late]);
    clearTimeout(timer);
    if (frame !== 'late' && frame !== null) return frame.result;
    const ended = await findResult(services.db, userId, started.turnId);
    if (ended) return ended.result;
    if (frame === null) await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return null;
}

export const agentRoutes = [
  route({
    method: 'POST',
    path: '/api/v1/agent/query',
    summary: 'One turn: waits for its end, or streams its frames with "Accept: text/event-stream"',
    access: 'user',
    body: agentQuery,
    response: z.union([turnResult, agentQueryPending]),
    alsoAnswers: {
      202: 'The turn goes on; its id and session are given',
      402: 'The whole result, with error_code quota_exceeded',
    },
    handle: async (input) => {
      const wantsStream = String(input.headers['accept'] ?? '').includes('text/event-stream');
      if (wantsStream) {
        await stream(input);
        return undefined;
      }
      const started = await start(input, () => undefined);
      try {
        const result = await resultOf(input.services, input.identity.userId, started);
        if (!result) {
          input.reply.code(202);
          return { turn_id: started.turnId, session_id: started.sessionId, status: 'running' as const };
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

/** Server-sent events: each frame of the turn as `event: frame`, the last one ends the stream. */
async function stream(input: RouteInput<z.output<typeof agentQuery>, undefined, undefined>): Promise<void> {
  const waiting: SessionFrame[] = [];
  let write = (frame: SessionFrame): void => void waiting.push(frame);
  const started = await start(input, (frame) => write(frame));
  const { reply, services } = input;
  reply.hijack();
  const raw = reply.raw;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  write = (frame) =>
    void raw.write(`event: frame\nid: ${frame.epoch}.${frame.seq}\ndata: ${JSON.stringify(frame)}\n\n`);
  waiting.forEach(write);
  const gone = new Promise<null>((resolve) => raw.once('close', () => resolve(null)));
  try {
    const result = await Promise.race([resultOf(services, input.identity.userId, started), gone]);
    if (result) raw.write(`event: result\ndata: ${JSON.stringify(result)}\n\n`);
  } finally {
    started.waiter.detach();
    raw.end();
  }
}
