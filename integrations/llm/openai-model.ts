import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { AnswerReader } from './answer-reader.ts';
import { CallScope } from './call-scope.ts';
import { CircuitBreaker, type CircuitPass, type CircuitState } from './circuit-breaker.ts';
import { FailureLog } from './failure-log.ts';
import {
  CallPermit,
  LanguageModelError,
  type ChatRequest,
  type Completion,
  type LanguageModel,
  type LanguageModelFailure,
} from './language-model.ts';
import { OpenAiRequests, type RequestTimes } from './openai-requests.ts';
import { RetryBudget, waitBeforeRetry } from './retries.ts';
import { TryFault } from './try-fault.ts';

type CallOptions = Parameters<LanguageModel['complete']>[2];

/** In milliseconds. */
export interface CallTimes extends RequestTimes {
  /** For the whole call, repeated requests and the waits between them included. */
  wholeMs: number;
  /** How long a provider that fails again and again is left alone. */
  coolDownMs: number;
}

export interface OpenAiSettings {
  /** null where the server needs none. */
  apiKey: string | null;
  /** null for the provider's own. */
  baseUrl: string | null;
  times: CallTimes;
  log: Logger;
  clock: Pick<Clock, 'now'>;
  /** Waits; rejects at once when the signal ends. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  random: () => number;
}

/** One call on its way. */
interface Call {
  request: ChatRequest;
  /** Tokens of output. */
  cap: number;
  /** By the settings' clock. */
  deadlineMs: number;
  scope: CallScope;
  onText: (piece: string) => void;
}

const MOST_TRIES = 3;
/** Failed calls in a row after which the provider is left alone. */
const FAILURES_THAT_OPEN = 5;
/** What the provider is to blame for. */
const PROVIDER_FAILURES: ReadonlySet<LanguageModelFailure> = new Set([
  'timeout',
  'rate_limited',
  'unavailable',
  'bad_answer',
  'cut_off',
]);

/** Any server that speaks OpenAI's chat completions. One per process: its calls share the retries and the breaker. */
export class OpenAiModel implements LanguageModel {
  private readonly requests: OpenAiRequests;
  private readonly breaker: CircuitBreaker;
  private readonly budget = new RetryBudget();
  private readonly failures: FailureLog;
  private readonly isCallable: boolean;

  constructor(private readonly settings: OpenAiSettings) {
    const { apiKey, baseUrl, clock, times } = settings;
    this.isCallable = isKey(apiKey) && isAddress(baseUrl);
    this.requests = new OpenAiRequests({ apiKey, baseUrl }, times, clock);
    this.failures = new FailureLog(settings);
    this.breaker = new CircuitBreaker({
      clock,
      failures: FAILURES_THAT_OPEN,
      coolDownMs: times.coolDownMs,
      onChange: (state) => this.tellState(state),
    });
  }

  /** For metrics. */
  get circuitState(): CircuitState {
    return this.breaker.state;
  }

  async complete(permit: CallPermit, request: ChatRequest, options: CallOptions): Promise<Completion> {
    CallPermit.spend(permit);
    const cap = Math.min(request.maxOutputTokens, permit.maxOutputTokens);
    if (!Number.isSafeInteger(cap) || cap < 1)
      throw new RangeError('A cap on output is a whole number above 0');
    try {
      return await this.call(permit, request, cap, options);
    } catch (error) {
      this.tell(error);
      throw error;
    }
  }

  private async call(
    permit: CallPermit,
    request: ChatRequest,
    cap: number,
    options: CallOptions,
  ): Promise<Completion> {
    if (!this.isCallable) throw new LanguageModelError('not_configured');
    if (options.signal.aborted) throw new LanguageModelError('aborted');
    const patienceMs = this.patienceFor(permit);
    if (patienceMs <= 0) throw new LanguageModelError('timeout');
    const pass = this.breaker.tryPass();
    if (pass === null) throw new LanguageModelError('circuit_open');
    this.budget.noteCall();
    const scope = new CallScope(options.signal);
    scope.allow(patienceMs);
    const onText = (piece: string): void => {
      if (scope.ended === null) options.onText?.(piece);
    };
    try {
      const deadlineMs = this.nowMs() + patienceMs;
      const completion = await this.tryRepeatedly({ request, cap, deadlineMs, scope, onText });
      pass.succeed();
      return completion;
    } catch (error) {
      tellBreaker(pass, error);
      throw error;
    } finally {
      scope.release();
    }
  }

  /** What was stopped is nobody's failure. */
  private tell(error: unknown): void {
    if (!(error instanceof LanguageModelError) || error.kind === 'aborted') return;
    const { kind, status, tries, message } = error;
    this.failures.note(kind, { status, tries, reason: message });
  }

  private tellState(state: 'open' | 'closed'): void {
    const { log, times } = this.settings;
    if (state === 'closed') log.info('The language model answers again');
    else
      log.warn(
        { failures: FAILURES_THAT_OPEN, left_alone_ms: times.coolDownMs },
        'The language model failed too often in a row and is left alone for a while',
      );
  }

  private patienceFor(permit: CallPermit): number {
    const { wholeMs } = this.settings.times;
    return permit.expiresAt === null ? wholeMs : Math.min(wholeMs, permit.expiresAt.getTime() - this.nowMs());
  }

  private async tryRepeatedly(call: Call): Promise<Completion> {
    for (let tries = 1; ; tries += 1) {
      const answer = new AnswerReader(call.onText);
      try {
        await this.requests.make(call.request, call.cap, answer, call.scope.signal);
        const { text, usage, finishReason } = answer;
        return { text, usage, finishReason: finishReason ?? 'other', tries };
      } catch (error) {
        if (!(error instanceof TryFault)) throw error;
        const waitMs = answer.text === '' ? this.waitBeforeNext(error, tries, call) : null;
        if (waitMs !== null) await this.settings.sleep(waitMs, call.scope.signal).catch(() => undefined);
        if (waitMs === null || call.scope.ended !== null) throw asError(error, answer, tries, call.scope);
      }
    }
  }

  /** null when there is not to be another request. */
  private waitBeforeNext(fault: TryFault, tries: number, call: Call): number | null {
    const { random, log } = this.settings;
    if (!fault.isRepeatable || tries >= MOST_TRIES || call.scope.ended !== null) return null;
    const waitMs = waitBeforeRetry(tries, fault.retryAfterMs, random());
    if (waitMs === null || this.nowMs() + waitMs >= call.deadlineMs) return null;
    // While the provider is on trial, or another call found it failing, one request is enough.
    if (this.breaker.state !== 'closed' || !this.budget.take()) return null;
    log.warn({ kind: fault.kind, tries, wait_ms: waitMs }, 'A language-model request failed and is repeated');
    return waitMs;
  }

  private nowMs(): number {
    return this.settings.clock.now().getTime();
  }
}

/** A refusal is a sign of life; what was stopped, or was our fault, is no sign at all. */
function tellBreaker(pass: CircuitPass, error: unknown): void {
  if (!(error instanceof LanguageModelError)) pass.leave();
  else if (PROVIDER_FAILURES.has(error.kind)) pass.fail();
  else if (error.kind === 'refused_by_provider') pass.succeed();
  else pass.leave();
}

function asError(fault: TryFault, answer: AnswerReader, tries: number, scope: CallScope): LanguageModelError {
  const known = { received: answer.text, usage: answer.usage, tries };
  if (scope.ended !== null) return new LanguageModelError(scope.ended, known);
  const isBroken = answer.text !== '' && fault.isRepeatable;
  return new LanguageModelError(isBroken ? 'cut_off' : fault.kind, {
    ...known,
    status: fault.status,
    ...(fault.words === undefined ? {} : { message: fault.words }),
  });
}

/** A key that no header can carry would be quoted in the fault. */
function isKey(apiKey: string | null): boolean {
  return apiKey === null || /^[\x21-\x7e]+$/.test(apiKey);
}

/** An address with a name and password in it would be quoted in the fault. */
function isAddress(baseUrl: string | null): boolean {
  if (baseUrl === null) return true;
  if (!URL.canParse(baseUrl)) return false;
  const { protocol, username, password } = new URL(baseUrl);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
