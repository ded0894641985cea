import { z } from 'zod';
import type { Completion, ProviderUsage } from './language-model.ts';
import { EventStreamDecoder, type ServerSentEvent } from './server-sent-events.ts';
import { connectionLost, faultOfErrorBody, TryFault } from './try-fault.ts';

/** More than any answer has; a provider that sends it is not to be listened to. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Nobody pays for so many tokens of one call. */
const ABSURD_TOKENS = 10_000_000;

/** No part of a text, and no screen or store wants them; an answer is not worth less for one. */
const CONTROL = /(?![\n\r\t])\p{Cc}/gu;

const said = z.object({ content: z.string().nullish() }).nullish();
/** A piece of a stream, or a whole answer: they differ in where the text stands. */
const chunk = z.object({
  choices: z
    .array(
      z.object({
        index: z.number().optional(),
        delta: said,
        message: said,
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.unknown().optional(),
  error: z.unknown().optional(),
});
const errorBody = z.object({ code: z.unknown().optional() });
const tokens = z
  .int()
  .nonnegative()
  .max(ABSURD_TOKENS - 1);
const statedUsage = z.object({ prompt_tokens: tokens, completion_tokens: tokens });

/**
 * Understands the body of one answer as its bytes come: an event stream, or one plain JSON answer of a server that
 * does not stream. What was understood so far stands in it, whatever happens next.
 */
export class AnswerReader {
  text = '';
  usage: ProviderUsage | null = null;
  /** null until the provider said that its text is whole. */
  finishReason: Completion['finishReason'] | null = null;
  private sawChoice = false;
  private bytesLeft = MOST_BYTES;
  /** null until the first character shows what it is. */
  private form: 'events' | 'json' | null = null;
  private readonly events = new EventStreamDecoder();
  private readonly utf8 = new TextDecoder();
  private json = '';

  /** @param onText gets every piece of text, in order */
  constructor(private readonly onText: (piece: string) => void) {}

  /**
   * @returns whether the provider said that nothing follows
   * @throws TryFault
   */
  push(bytes: Uint8Array): boolean {
    this.bytesLeft -= bytes.length;
    if (this.bytesLeft < 0) throw new TryFault('bad_answer');
    this.form ??= formOf(bytes);
    if (this.form === 'json') this.json += this.utf8.decode(bytes, { stream: true });
    return this.form === 'events' && this.readEvents(this.events.push(bytes));
  }

  /**
   * The body is over.
   *
   * @throws TryFault when the answer is not whole
   */
  end(): void {
    if (this.form === 'json') this.readPart(parseJson(this.json + this.utf8.decode()), 'message');
    else this.readLastEvents();
    if (this.finishReason !== null) return;
    if (!this.sawChoice) throw new TryFault('bad_answer');
    if (this.form === 'events') throw connectionLost();
    this.finishReason = 'other';
  }

  private readEvents(events: readonly ServerSentEvent[]): boolean {
    for (const { event, data } of events) {
      if (data.startsWith('[DONE]')) {
        if (!this.sawChoice) throw new TryFault('bad_answer');
        this.finishReason ??= 'other';
        return true;
      }
      if (event === 'error') throw faultOfErrorBody(codeOf(data));
      this.readPart(parseJson(data), 'delta');
    }
    return false;
  }

  /** Only a whole event counts: what stands without its blank line may have been cut anywhere. */
  private readLastEvents(): void {
    try {
      this.readEvents(this.events.end());
    } catch (error) {
      if (!(error instanceof TryFault) || !this.sawChoice) throw error;
    }
  }

  private readPart(value: unknown, where: 'delta' | 'message'): void {
    const parsed = chunk.safeParse(value);
    if (!parsed.success) throw new TryFault('bad_answer');
    const { choices, usage, error } = parsed.data;
    if (error !== undefined && error !== null) throw faultOfErrorBody(errorBody.safeParse(error).data?.code);
    // A later count replaces an earlier one, since some providers count along.
    if (usage !== undefined && usage !== null) this.usage = readUsage(usage);
    for (const choice of choices ?? []) {
      if ((choice.index ?? 0) !== 0) continue;
      this.sawChoice = true;
      const piece = choice[where]?.content ?? '';
      if (piece !== '') this.show(piece);
      if (choice.finish_reason) this.finishReason = finishOf(choice.finish_reason);
    }
  }

  private show(said: string): void {
    const piece = said.replace(CONTROL, '');
    if (piece === '') return;
    this.text += piece;
    this.onText(piece);
  }
}

/** By what it begins with, since not every server names its type rightly. null when there was only white space. */
function formOf(bytes: Uint8Array): 'events' | 'json' | null {
  const [first] = new TextDecoder().decode(bytes).trimStart();
  if (first === undefined) return null;
  return first === '{' ? 'json' : 'events';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TryFault('bad_answer');
  }
}

function codeOf(data: string): unknown {
  try {
    const body = z.object({ error: errorBody }).safeParse(JSON.parse(data));
    return body.data?.error.code;
  } catch {
    return undefined;
  }
}

function readUsage(stated: unknown): ProviderUsage | null {
  const { data } = statedUsage.safeParse(stated);
  return data === undefined
    ? null
    : { promptTokens: data.prompt_tokens, completionTokens: data.completion_tokens };
}

function finishOf(reason: string): Completion['finishReason'] {
  return reason === 'stop' || reason === 'length' ? reason : 'other';
}
