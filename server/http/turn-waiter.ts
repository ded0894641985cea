import { isTerminal, type SessionFrame, type TerminalFrame } from '../../contracts/frames.ts';
import type { TurnResult } from '../../contracts/result.ts';
import { REDIS_ANSWER_MS, withDeadline } from '../../core/deadline.ts';
import { findResult } from '../../db/turn-results.ts';
import { readableResult } from '../../sessions/results.ts';
import type { GatewayServices } from '../gateway-services.ts';
import type { Attachment, Sink } from '../relay/relay.ts';

/** How long a call waits for its turn. */
export const WAIT_MS = 30_000;
const AGAIN_MS = 2_000;
const AGAIN_WITHOUT_LOG_MS = 250;

/** Follows one turn to its end for a call that waits. */
export class TurnWaiter implements Sink {
  private attachment: Attachment | null = null;
  private settle: (frame: TerminalFrame | null) => void = () => undefined;
  readonly ended = new Promise<TerminalFrame | null>((resolve) => {
    this.settle = resolve;
  });

  constructor(
    readonly turnId: string,
    private readonly onFrame: (frame: SessionFrame) => void,
  ) {}

  /**
   * @param fresh nobody has used the session yet
   * @throws PulseError `dependency_unavailable` when Redis does not answer in time
   */
  async attach(services: GatewayServices, sessionId: string, fresh = false): Promise<void> {
    const attaching = async (): Promise<Attachment> => {
      if (fresh) await services.turns.openFresh(sessionId);
      return services.relay.attach(sessionId, 0, 0, this);
    };
    this.attachment = await withDeadline(attaching(), REDIS_ANSWER_MS, (late) => late.detach());
    this.attachment.start();
  }

  /** Those of other turns of the session are passed over. */
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

  /** Stops listening; `ended` may then never be settled. Safe to call twice. */
  detach(): void {
    this.attachment?.detach();
    this.attachment = null;
  }
}

/**
 * The turn's result: from its last frame, or from the record when it had ended before we listened.
 *
 * @param gone the caller has hung up
 * @param waitMs 0 only looks whether it has ended
 * @returns null when the turn goes on after the time to wait, or when this process stops
 */
export async function resultOf(
  services: GatewayServices,
  userId: string,
  waiter: TurnWaiter,
  gone: AbortSignal,
  waitMs: number,
): Promise<TurnResult | null> {
  const deadline = Date.now() + waitMs;
  let logLost = false;
  for (;;) {
    const stored = await findResult(services.db, userId, waiter.turnId);
    if (stored) return readableResult(stored);
    const left = deadline - Date.now();
    if (left <= 0 || gone.aborted || services.stopping()) return null;
    const pause = elapsed(Math.min(logLost ? AGAIN_WITHOUT_LOG_MS : AGAIN_MS, left), gone);
    const frame: TerminalFrame | null | undefined = logLost
      ? await pause.over
      : await Promise.race([waiter.ended, pause.over]);
    pause.end();
    if (frame) return frame.result;
    logLost ||= frame === null;
  }
}

function elapsed(ms: number, gone: AbortSignal): { over: Promise<undefined>; end: () => void } {
  let end = (): void => undefined;
  const over = new Promise<undefined>((resolve) => {
    const done = (): void => resolve(undefined);
    const timer = setTimeout(done, ms);
    gone.addEventListener('abort', done, { once: true });
    end = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', done);
      done();
    };
  });
  return { over, end };
}
