import OpenAI from 'openai';
import type { Clock } from '../../core/clock.ts';
import type { AnswerReader } from './answer-reader.ts';
import { CallScope } from './call-scope.ts';
import type { ChatRequest } from './language-model.ts';
import { connectionLost, faultOfRequest, TryFault } from './try-fault.ts';

/** How long one request waits, in milliseconds. */
export interface RequestTimes {
  /** Until the first byte of the answer, connecting included. */
  firstByteMs: number;
  /** Between two pieces of an answer. */
  silenceMs: number;
}

/** Models that think before they answer: they name the cap differently and take no temperature. */
const REASONING_MODEL = /^(o1|o3|o4|gpt-5)/;
/** How long the rest of a response may take after the answer is whole. */
const DRAIN_MS = 1_000;
/** The client's own limit would hide which of ours was reached; both are shorter. */
const CLIENT_TIMEOUT_MS = 600_000;

/** Single requests to a server that speaks OpenAI's chat completions, never repeated here. */
export class OpenAiRequests {
  private readonly client: OpenAI;

  /**
   * @param server.apiKey null where the server needs none
   * @param server.baseUrl null for the provider's own
   */
  constructor(
    server: { apiKey: string | null; baseUrl: string | null },
    private readonly times: RequestTimes,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.client = new OpenAI({
      apiKey: server.apiKey ?? 'none',
      // Everything that the client would else look up in the environment.
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: server.baseUrl,
      // It would write answers that it can't read to the console.
      logLevel: 'off',
      maxRetries: 0,
      timeout: CLIENT_TIMEOUT_MS,
      // A redirect would carry what a user wrote to another host.
      fetchOptions: { redirect: 'manual' },
      defaultHeaders: server.apiKey === null ? { Authorization: null } : {},
    });
  }

  /**
   * Sends one request and reads its answer as far as it comes.
   *
   * @param cap tokens of output
   * @throws TryFault, or what the reader's `onText` throws
   */
  async make(request: ChatRequest, cap: number, answer: AnswerReader, call: AbortSignal): Promise<void> {
    const scope = new CallScope(call);
    scope.allow(this.times.firstByteMs);
    try {
      await this.read(await this.send(request, cap, scope.signal), answer, scope);
      if (scope.ended === 'aborted') throw new TryFault('aborted');
    } catch (error) {
      const fault = scope.ended === null ? error : new TryFault(scope.ended);
      if (!(fault instanceof TryFault) || !isLate(fault, answer)) throw fault;
    } finally {
      scope.release();
    }
  }

  private async send(
    request: ChatRequest,
    cap: number,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    let response: Response;
    try {
      response = await this.client.chat.completions.create(bodyOf(request, cap), { signal }).asResponse();
    } catch (error) {
      throw faultOfRequest(error, this.clock.now());
    }
    if (response.body === null) throw new TryFault('bad_answer');
    return response.body;
  }

  private async read(
    body: ReadableStream<Uint8Array>,
    answer: AnswerReader,
    scope: CallScope,
  ): Promise<void> {
    const reader = body.getReader();
    let isWhole = false;
    try {
      while (!isWhole) {
        const { done, value } = await reader.read().catch(() => {
          throw connectionLost();
        });
        if (scope.ended !== null) return;
        scope.allow(this.times.silenceMs);
        if (done) {
          answer.end();
          return;
        }
        isWhole = answer.push(value);
      }
    } finally {
      if (isWhole) drain(reader);
      else giveUp(reader);
    }
  }
}

function bodyOf(request: ChatRequest, cap: number): OpenAI.ChatCompletionCreateParamsStreaming {
  const { model, messages, temperature } = request;
  const isReasoning = REASONING_MODEL.test(model);
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    stream_options: { include_usage: true },
    ...(isReasoning ? { max_completion_tokens: cap } : { max_tokens: cap }),
    ...(isReasoning || temperature === undefined ? {} : { temperature }),
  };
}

/** The text was whole before this: only the provider's own count may be missing. */
function isLate(fault: TryFault, answer: AnswerReader): boolean {
  return answer.finishReason !== null && fault.kind !== 'aborted' && fault.kind !== 'bad_answer';
}

/** Reads what may follow the answer, so that the connection can be used again. */
function drain(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  const timer = setTimeout(() => giveUp(reader), DRAIN_MS).unref();
  const readOn = async (): Promise<void> => {
    while (!(await reader.read()).done);
  };
  void readOn()
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
}

function giveUp(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.cancel().catch(() => undefined);
}
