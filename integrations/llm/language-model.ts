/**
 * Proof that a reservation stands behind a call. Only the meter makes one: a literal has not its private part, and
 * at run time nobody but `usage/` may import this file. It holds for one call, repeated requests included.
 */
export class CallPermit {
  #spent = false;

  private constructor(
    /** Of the call in the books. */
    readonly callId: string,
    /** Tokens of output that were reserved; no request asks for more. */
    readonly maxOutputTokens: number,
    /** When the reservation ends; the call is over before. */
    readonly expiresAt: Date | null,
  ) {}

  /**
   * @param reservation.maxOutputTokens tokens, a whole number above 0
   * @param reservation.expiresAt left out where only the call's own time limits hold
   */
  static issue(reservation: { callId: string; maxOutputTokens: number; expiresAt?: Date }): CallPermit {
    const { maxOutputTokens } = reservation;
    if (!Number.isSafeInteger(maxOutputTokens) || maxOutputTokens < 1)
      throw new RangeError('A call permit is for a whole number of tokens above 0');
    return new CallPermit(reservation.callId, maxOutputTokens, reservation.expiresAt ?? null);
  }

  /**
   * Whoever makes the call spends the permit first.
   *
   * @throws Error when it is spent: a second call would be paid by nobody. TypeError when it was not issued here
   */
  static spend(permit: CallPermit): void {
    if (permit.#spent) throw new Error('A call permit holds for one call: reserve again for another one');
    permit.#spent = true;
  }
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ChatRequest {
  model: string;
  messages: readonly ChatMessage[];
  /** Tokens; the permit's number holds where it is lower. */
  maxOutputTokens: number;
  /** 0 to 2. */
  temperature?: number;
}

/** In tokens, as the provider counted them. */
export interface ProviderUsage {
  promptTokens: number;
  completionTokens: number;
}

export interface Completion {
  text: string;
  /** `length` when the cap on output ended it; `other` when the provider gave another reason, or none. */
  finishReason: 'stop' | 'length' | 'other';
  /** null where the provider said nothing usable: no number, a negative or a fantastic one. */
  usage: ProviderUsage | null;
  /** Requests that were sent. */
  tries: number;
}

export interface LanguageModel {
  /**
   * Streams one answer. `onText` gets every piece in order, and none after an abort. A request that fails is repeated
   * while no text has come.
   *
   * @throws LanguageModelError, or what `onText` throws
   */
  complete(
    permit: CallPermit,
    request: ChatRequest,
    options: { signal: AbortSignal; onText?: (piece: string) => void },
  ): Promise<Completion>;
}

/** For each way in which a call ends badly: can the same request succeed later, and what a person is told. */
const FAILURES = {
  timeout: { retryable: true, message: 'The language model took too long. Try again in a moment.' },
  rate_limited: {
    retryable: true,
    message: 'The language model is asked too much right now. Try again in a minute.',
  },
  unavailable: { retryable: true, message: "The language model can't be reached. Try again in a moment." },
  refused_by_provider: {
    retryable: false,
    message: 'The language-model provider refused the request. Check the settings of the model.',
  },
  bad_answer: { retryable: true, message: 'The language model gave no usable answer. Try again.' },
  cut_off: { retryable: true, message: "The language model's answer broke off. Try again." },
  aborted: { retryable: false, message: 'The call was stopped. Ask again if you still want the answer.' },
  circuit_open: {
    retryable: true,
    message:
      'The language model has failed too often and is left alone for a few seconds. Try again shortly.',
  },
  not_configured: {
    retryable: false,
    message: 'No language model can be called with these settings. Check OPENAI_API_KEY and OPENAI_BASE_URL.',
  },
} as const;

export type LanguageModelFailure = keyof typeof FAILURES;

/** A call without a whole answer. Its message never holds words of a user or the model, addresses or keys. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  /** Text that came before the end; a last part of it may not have gone to `onText`. */
  readonly received: string;
  /** As far as the provider told it: null says nothing of what it will charge. */
  readonly usage: ProviderUsage | null;
  /** Requests that were sent. */
  readonly tries: number;
  /** Of HTTP, where the last answer of the provider had one. */
  readonly status: number | null;

  constructor(
    readonly kind: LanguageModelFailure,
    known: {
      message?: string;
      received?: string;
      usage?: ProviderUsage | null;
      tries?: number;
      status?: number | null;
    } = {},
  ) {
    super(known.message ?? FAILURES[kind].message);
    this.received = known.received ?? '';
    this.usage = known.usage ?? null;
    this.tries = known.tries ?? 0;
    this.status = known.status ?? null;
  }

  /** Whether the same request can succeed later. */
  get retryable(): boolean {
    return FAILURES[this.kind].retryable;
  }
}
