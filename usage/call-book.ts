import { PulseError } from '../contracts/errors.ts';
import {
  LanguageModelError,
  type Completion,
  type ProviderUsage,
} from '../integrations/llm/language-model.ts';
import type { CallSums, MeteredStep } from './metered-step.ts';
import { countTokens, countPrompt } from './token-count.ts';

/** Writes down what happens under one reservation, for its one entry in the books. */
export class CallBook {
  private readonly startedAt = performance.now();
  private completion: Completion | null = null;

  constructor(
    private readonly step: Pick<MeteredStep, 'operation' | 'model' | 'prompt' | 'place'>,
    private readonly price: number,
  ) {}

  answered(completion: Completion): void {
    this.completion = completion;
  }

  /** USD that the provider takes for the answer. */
  get costUsd(): number {
    if (!this.completion) return 0;
    const { promptTokens, completionTokens } = this.counted(this.completion.usage, this.completion.text);
    return ((promptTokens + completionTokens) * this.price) / 1_000;
  }

  succeeded(): CallSums {
    const { text = '', usage = null } = this.completion ?? {};
    // What called no model has an answer of its own, so that it is known as done.
    return this.sums(
      'success',
      this.completion ? text : '',
      this.completion ? this.counted(usage, text) : NOTHING,
    );
  }

  /** An answer that was not accepted has cost the provider's price all the same. */
  failed(error: unknown): CallSums {
    const { completion } = this;
    if (completion) return this.sums(typeOf(error), null, this.counted(completion.usage, completion.text));
    if (!(error instanceof LanguageModelError) || error.tries === 0)
      return this.sums(typeOf(error), null, NOTHING);
    if (error.received === '' && error.usage === null && error.kind !== 'aborted')
      return this.sums(error.kind, null, NOTHING);
    return this.sums(error.kind, null, this.counted(error.usage, error.received));
  }

  private counted(usage: ProviderUsage | null, text: string): Counted {
    if (usage) return { ...usage, estimated: false };
    const { prompt } = this.step;
    return {
      promptTokens: prompt ? countPrompt(prompt.messages) : 0,
      completionTokens: countTokens(text),
      estimated: true,
    };
  }

  private sums(outcome: string, answer: string | null, counted: Counted): CallSums {
    const { operation, model, place } = this.step;
    const durationMs = performance.now() - this.startedAt;
    return {
      userId: place.userId,
      operation,
      model,
      outcome,
      answer,
      answered: this.completion !== null,
      ...counted,
      durationMs,
      price: this.price,
    };
  }
}

interface Counted extends ProviderUsage {
  estimated: boolean;
}
const NOTHING: Counted = { promptTokens: 0, completionTokens: 0, estimated: false };

/** What is above names its failures as the model's own are named: by their kind. */
function typeOf(error: unknown): string {
  if (error instanceof Error && 'kind' in error && typeof error.kind === 'string') return error.kind;
  if (error instanceof PulseError) return error.code;
  return 'internal_error';
}
