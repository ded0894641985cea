import type { Redis } from 'ioredis';
import { PulseError } from '../contracts/errors.ts';
import type { RequestJob } from '../contracts/jobs.ts';
import {
  answerEnvelope,
  REQUESTS,
  type RequestBody,
  type RequestName,
  type ResponseBody,
} from '../contracts/requests.ts';
import { REDIS_ANSWER_MS, storeIsSilent, withDeadline } from './deadline.ts';
import { newId } from './ids.ts';
import { answerKey, answersChannel, requestKey } from './keys.ts';
import type { Logger } from './logger.ts';
import type { JobQueues } from './queues.ts';
import { isStoreFault } from './store-faults.ts';

/** Bodies wait under keys of their own and not in the job, so that words are in no job payload. */
const ANSWER_TTL_MS = 60_000;
/** A bell may be lost in a reconnect: the answer is looked for besides. */
const LOOK_EVERY_MS = 500;

/**
 * Jobs that answer. One channel for each process that asks; the answer itself waits under its key, so that a bell
 * that rang too early is no loss.
 */
export class RequestClient {
  private readonly channel = answersChannel(newId());
  private readonly waiting = new Map<string, () => void>();

  constructor(
    private readonly redis: Redis,
    private readonly subscriber: Redis,
    private readonly queues: JobQueues,
  ) {
    subscriber.on('message', (channel: string, id: string) => {
      if (channel === this.channel) this.waiting.get(id)?.();
    });
  }

  /** Begins to listen for answers; before this every answer comes by looking, up to half a second late. */
  async open(): Promise<void> {
    await this.subscriber.subscribe(this.channel);
  }

  /**
   * @param timeoutMs from the call to its answer
   * @throws PulseError `dependency_unavailable` when Redis did not take the request; `deadline_exceeded` when no worker
   *   answered in time; or whatever error the worker answered
   */
  async ask<R extends RequestName>(
    name: R,
    body: RequestBody<R>,
    { timeoutMs }: { timeoutMs: number },
  ): Promise<ResponseBody<R>> {
    const entry = REQUESTS[name];
    const id = newId();
    const deadline = Date.now() + timeoutMs;
    try {
      await withDeadline(this.place(name, id, body, timeoutMs), Math.min(REDIS_ANSWER_MS, timeoutMs));
      while (Date.now() < deadline) {
        await this.bell(id, Math.min(LOOK_EVERY_MS, deadline - Date.now()));
        const answer = await this.look(id, Math.max(deadline - Date.now(), LOOK_EVERY_MS));
        if (answer === null) continue;
        const envelope = answerEnvelope.parse(JSON.parse(answer));
        if (!envelope.ok) throw new PulseError(envelope.code, envelope.message);
        return entry.response.parse(envelope.body) as ResponseBody<R>;
      }
      throw new PulseError('deadline_exceeded', entry.late);
    } finally {
      this.waiting.delete(id);
      // Whoever takes the job after this finds nothing to do, and words of an answer that was read lie nowhere. It is not waited for: Redis does one connection's
      // commands in their order, so that a body it had not taken yet is gone as soon as it is there.
      this.redis.del(requestKey(id), answerKey(id)).catch(() => undefined);
    }
  }

  private async place<R extends RequestName>(
    name: R,
    id: string,
    body: RequestBody<R>,
    keptMs: number,
  ): Promise<void> {
    const entry = REQUESTS[name];
    await this.redis.set(requestKey(id), JSON.stringify(entry.request.parse(body)), 'PX', keptMs);
    const job: RequestJob = { request_id: id, reply_to: this.channel };
    if (entry.queue === 'nlu')
      await this.queues.add('nlu', name as 'nlu.parse' | 'nlu.peek' | 'nlu.alike', job, `${id}.${name}`);
    else await this.queues.add('workflows', 'effects.apply', job, `${id}.${name}`);
  }

  /** @returns null also where Redis is silent: a worker may have the request in hand, so its time is waited out */
  private async look(id: string, withinMs: number): Promise<string | null> {
    try {
      return await withDeadline(this.redis.get(answerKey(id)), withinMs);
    } catch (error) {
      if (error instanceof PulseError) return null;
      throw error;
    }
  }

  private async bell(id: string, withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.waiting.set(id, resolve);
      timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
  }
}

/** The answering side: a job handler that reads the body, works, and rings. */
export function answering<R extends RequestName>(
  name: R,
  deps: { redis: Redis; log: Logger },
  work: (body: RequestBody<R>) => Promise<ResponseBody<R>>,
): (job: RequestJob) => Promise<void> {
  const entry = REQUESTS[name];
  return async ({ request_id, reply_to }) => {
    const [stored, answered] = await Promise.all([
      deps.redis.get(requestKey(request_id)),
      deps.redis.exists(answerKey(request_id)),
    ]);
    // Nobody waits any longer, or a worker before us answered and died before the queue knew.
    if (stored === null) return;
    if (answered === 0) {
      const answer = await settle(
        async () =>
          entry.response.parse(await work(entry.request.parse(JSON.parse(stored)) as RequestBody<R>)),
        deps.log,
      );
      await deps.redis.set(answerKey(request_id), JSON.stringify(answer), 'PX', ANSWER_TTL_MS);
    }
    await deps.redis.publish(reply_to, request_id);
  };
}

async function settle(work: () => Promise<unknown>, log: Logger): Promise<unknown> {
  try {
    return { ok: true, body: await work() };
  } catch (error) {
    const refused = isStoreFault(error) ? storeIsSilent() : error;
    if (refused instanceof PulseError) return { ok: false, code: refused.code, message: refused.message };
    log.error({ err: error }, 'A request could not be answered');
    return {
      ok: false,
      code: 'internal_error',
      message: 'Something went wrong on our side. Please try again.',
    };
  }
}
