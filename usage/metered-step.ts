import type { UsageLine } from '../contracts/result.ts';
import type { Operation } from '../contracts/usage.ts';
import type { ChatMessage } from '../integrations/llm/language-model.ts';

/** Which call it is, whatever the attempt: the same place is charged once. */
export interface CallPlace {
  userId: string;
  sessionId: string | null;
  /** Null for what no turn asked for. */
  turnId: string | null;
  /** Of the running attempt. */
  fence: number | null;
  /** The turn, or the job. */
  scopeId: string;
  /** The act within the turn. */
  step: number;
  /** The call within the act. */
  ordinal: number;
  intent: string | null;
}

/** What is asked of a model. */
export interface Prompt {
  messages: readonly ChatMessage[];
  /** Tokens; sent to the provider as its cap. */
  maxOutputTokens: number;
  temperature?: number;
}

/** One metered step. `model` and `prompt` are null for a feature that calls none. */
export interface MeteredStep {
  place: CallPlace;
  operation: Operation;
  /** Name of the calling function, for the books. */
  function: string;
  model: string | null;
  prompt: Prompt | null;
}

/** How the function under the meter asks its model; once. */
export interface MeteredCall {
  complete(options: { signal: AbortSignal; onText?: (piece: string) => void }): Promise<string>;
  /** To be called when the user has seen the first of it. */
  shown(): Promise<void>;
}

/** What the function gave, and what it took. */
export interface Metered<T> {
  value: T;
  /** Of the call in the books. */
  callId: string;
  line: UsageLine;
}

/** What one call came to. Tokens are the provider's; `estimated` where it did not count them. */
export interface CallSums {
  userId: string;
  operation: Operation;
  model: string | null;
  /** `success`, or the type of the error. */
  outcome: string;
  answer: string | null;
  /** The provider gave a whole answer, accepted or not. */
  answered: boolean;
  promptTokens: number;
  completionTokens: number;
  estimated: boolean;
  durationMs: number;
  /** USD for 1,000 tokens. */
  price: number;
}

/** A notice that is due when a share of the limit is used. */
export interface QuotaAlert {
  percent: number;
  notice_id: string;
  text: string;
  data: Record<string, unknown>;
}
