import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createLanguageModel } from '../../../integrations/llm/create-language-model.ts';
import {
  CallPermit,
  LanguageModelError,
  type ChatRequest,
  type Completion,
  type LanguageModel,
} from '../../../integrations/llm/language-model.ts';
import type { CallTimes, OpenAiModel } from '../../../integrations/llm/openai-model.ts';
import { startFakeLlm, type FakeLlm } from '../../support/fake-llm.ts';
import type { FakeAnswer } from '../../support/fake-llm-answers.ts';

export const KEY = 'sk-very-secret-key';
/** Words of a user, which may be in no text of an error. */
export const PROMPT = 'Write to grandmother about the zanzibarmarmalade';

export const REQUEST: ChatRequest = {
  model: 'gpt-3.5-turbo',
  messages: [
    { role: 'system', content: 'You write short letters.' },
    { role: 'user', content: PROMPT },
  ],
  maxOutputTokens: 200,
};

export const permit = (maxOutputTokens = 1000, expiresAt?: Date): CallPermit =>
  CallPermit.issue({ callId: 'call', maxOutputTokens, ...(expiresAt === undefined ? {} : { expiresAt }) });

/** A clock that only its test moves. Whoever sleeps moves it, and does not wait. */
export class HandClock {
  /** Every sleep that was asked for, in milliseconds. */
  readonly slept: number[] = [];
  private ms = Date.UTC(2026, 10, 22, 12);

  now(): Date {
    return new Date(this.ms);
  }

  pass(ms: number): void {
    this.ms += ms;
  }

  readonly sleep = (ms: number): Promise<void> => {
    this.slept.push(ms);
    this.pass(ms);
    return Promise.resolve();
  };
}

/** A provider and a model that calls it. */
export interface Bench {
  llm: FakeLlm;
  model: OpenAiModel;
  clock: HandClock;
  /** What was logged, as JSON. */
  logged: string[];
}

/** All of it ends with the test. */
export async function bench(
  options: {
    always?: FakeAnswer;
    next?: FakeAnswer[];
    times?: Partial<CallTimes>;
    apiKey?: string;
    sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
    baseUrl?: string;
    random?: () => number;
  } = {},
): Promise<Bench> {
  const llm = await startFakeLlm(options);
  onTestFinished(() => llm.close());
  const clock = new HandClock();
  const logged: string[] = [];
  const model = createLanguageModel({
    apiKey: options.apiKey ?? KEY,
    baseUrl: options.baseUrl ?? llm.url,
    log: pino({ level: 'trace' }, { write: (line) => void logged.push(line) }),
    clock,
    sleep: options.sleep ?? clock.sleep,
    random: options.random ?? (() => 1),
    ...(options.times === undefined ? {} : { times: options.times }),
  });
  if (model === null) throw new Error('There is a key, so there is a model');
  return { llm, model, clock, logged };
}

/** How a call went, with what its caller was shown. */
export interface Outcome {
  completion: Completion | null;
  error: LanguageModelError | null;
  shown: string[];
}

/** Makes one call and keeps its error, whatever it was; anything but a LanguageModelError is thrown on. */
export async function ask(
  model: LanguageModel,
  options: {
    request?: ChatRequest;
    permit?: CallPermit;
    signal?: AbortSignal;
    onText?: (piece: string) => void;
  } = {},
): Promise<Outcome> {
  const shown: string[] = [];
  try {
    const completion = await model.complete(options.permit ?? permit(), options.request ?? REQUEST, {
      signal: options.signal ?? new AbortController().signal,
      onText: (piece) => {
        shown.push(piece);
        options.onText?.(piece);
      },
    });
    return { completion, error: null, shown };
  } catch (error) {
    if (!(error instanceof LanguageModelError)) throw error;
    return { completion: null, error, shown };
  }
}
