import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** One request as the provider got it. */
export interface FakeCall {
  path: string;
  headers: IncomingHttpHeaders;
  model: string;
  messages: { role: string; content: string }[];
  stream: boolean;
  includeUsage: boolean;
  maxTokens: number | undefined;
  maxCompletionTokens: number | undefined;
  temperature: number | undefined;
  /** By which of the caller's connections it came. */
  connection: number | undefined;
  /** Whether the caller went away before the answer was whole. */
  hungUp: boolean;
}

/** What the provider does with one request. */
export type FakeAnswer = (call: FakeCall, response: ServerResponse) => void | Promise<void>;

/** Something that a test holds back and lets go, in place of a delay. */
export interface Gate {
  passed: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

/** What is said of usage: left out for a plausible count, null for nothing at all, anything else as it stands. */
type Stated = unknown;

interface TextOptions {
  /** What is said, or how it follows from the prompt; by default a sentence that quotes the prompt's beginning. */
  text?: string | ((call: FakeCall) => string);
  /** The text as it is cut up; by default a word a piece. */
  pieces?: string[];
  usage?: Stated;
  finish?: string;
  /** Waited for before each piece; the number of pieces stands for the end. */
  before?: (index: number) => void | Promise<void>;
}

/** What a provider may do, good and bad. */
export const answers = {
  /** A good answer, streamed where a stream was asked for. */
  text:
    (options: TextOptions = {}): FakeAnswer =>
    async (call, response) => {
      if (!call.stream) return answers.plainJson(options)(call, response);
      const pieces = piecesOf(options, call);
      openStream(response);
      send(response, { delta: { role: 'assistant', content: '' } });
      for (const [index, content] of pieces.entries()) {
        await options.before?.(index);
        send(response, { delta: { content } });
      }
      await options.before?.(pieces.length);
      send(response, { delta: {}, finish_reason: options.finish ?? 'stop' });
      const usage = usageOf(options, call, pieces.join(''));
      if (call.includeUsage && usage !== null) sendUsage(response, usage);
      response.end('data: [DONE]\n\n');
    },

  /** One JSON answer, also where a stream was asked for. */
  plainJson:
    (options: TextOptions = {}): FakeAnswer =>
    (call, response) => {
      const content = piecesOf(options, call).join('');
      const usage = usageOf(options, call, content);
      const choice = {
        index: 0,
        message: { role: 'assistant', content },
        finish_reason: options.finish ?? 'stop',
      };
      const body = { id: 'fake', object: 'chat.completion', model: call.model, choices: [choice] };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(usage === null ? body : { ...body, usage }));
    },

  /** An error as OpenAI words it, the key in its text included. */
  refuse:
    (status: number, options: { code?: string; headers?: Record<string, string> } = {}): FakeAnswer =>
    (call, response) => {
      const key = call.headers.authorization?.replace('Bearer ', '') ?? 'none';
      const words = call.messages.map((message) => message.content).join(' ');
      response.writeHead(status, { 'content-type': 'application/json', ...options.headers });
      response.end(
        JSON.stringify({
          error: { message: `No: key ${key}, prompt ${words}`, type: 'fake', code: options.code ?? null },
        }),
      );
    },

  /** 429, with seconds or a date to wait where given. */
  tooMany: (retryAfter?: string): FakeAnswer =>
    answers.refuse(429, retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),

  /** The request is taken, and that is all. */
  hangBeforeHeaders: (): FakeAnswer => () => undefined,

  /** The stream begins and then says nothing more. */
  hangMidStream:
    (pieces: string[]): FakeAnswer =>
    (_call, response) => {
      openStream(response);
      response.write(eventsOf(pieces));
    },

  /** All is said but the count and that it is done. */
  hangAfterFinish:
    (pieces: string[]): FakeAnswer =>
    (_call, response) => {
      openStream(response);
      response.write(eventsOf(pieces) + asEvent({ delta: {}, finish_reason: 'stop' }));
    },

  /** The connection is cut before any answer. */
  cutBeforeHeaders: (): FakeAnswer => (_call, response) => void response.socket?.resetAndDestroy(),

  /** The connection is cut within the stream. `when` lets the caller read what was sent first. */
  cutMidStream:
    (pieces: string[], when?: Promise<void>): FakeAnswer =>
    async (_call, response) => {
      openStream(response);
      response.write(eventsOf(pieces));
      await when;
      response.socket?.destroy();
    },

  /** The stream ends in good order, but before the answer does. */
  endMidStream:
    (pieces: string[]): FakeAnswer =>
    (_call, response) => {
      openStream(response);
      response.end(eventsOf(pieces));
    },

  /** Good pieces, then one that is no JSON. */
  invalidChunk:
    (pieces: string[] = []): FakeAnswer =>
    (_call, response) => {
      openStream(response);
      response.end(`${eventsOf(pieces)}data: {"choices":[{\n\n`);
    },

  /** Good pieces, then an error in place of the next. */
  errorEvent:
    (pieces: string[] = [], code: number | string | null = null): FakeAnswer =>
    (_call, response) => {
      openStream(response);
      response.write(eventsOf(pieces));
      response.end(`data: ${JSON.stringify({ error: { message: 'overloaded', code } })}\n\n`);
    },

  /** A login page, say, of something that stands between. */
  html: (): FakeAnswer => (_call, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Welcome</title><p>Please sign in.');
  },

  garbage: (): FakeAnswer => answers.bytes([Buffer.from('\u0000\u0001 nothing: sensible\r\n\r\n%%%')]),

  redirect:
    (to: string): FakeAnswer =>
    (_call, response) =>
      void response.writeHead(307, { location: to }).end(),

  /** These bytes, one write each. */
  bytes:
    (chunks: Uint8Array[], contentType = 'text/event-stream'): FakeAnswer =>
    async (_call, response) => {
      openStream(response, contentType);
      for (const chunk of chunks) {
        response.write(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    },
};

function piecesOf(options: TextOptions, call: FakeCall): string[] {
  if (options.pieces !== undefined) return options.pieces;
  const text =
    typeof options.text === 'function' ? options.text(call) : (options.text ?? plausibleText(call));
  return text.match(/\S*\s*/g)?.filter((piece) => piece !== '') ?? [];
}

function plausibleText(call: FakeCall): string {
  const asked = call.messages.findLast(({ role }) => role === 'user')?.content ?? 'nothing';
  const words = asked.split(/\s+/).slice(0, 12).join(' ');
  return `Thank you for your message. This is what I have to say about “${words}”: it can be done, and soon.`;
}

/** About four characters a token, as English has it. */
function usageOf(options: TextOptions, call: FakeCall, text: string): Stated {
  if (options.usage !== undefined) return options.usage;
  const prompt = call.messages.reduce((sum, { content }) => sum + content.length, 0);
  const [prompt_tokens, completion_tokens] = [Math.ceil(prompt / 4) + 3, Math.ceil(text.length / 4)];
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function openStream(response: ServerResponse, contentType = 'text/event-stream; charset=utf-8'): void {
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache' });
  response.flushHeaders();
}

const eventsOf = (pieces: readonly string[]): string =>
  pieces.map((content) => asEvent({ delta: { content } })).join('');

function send(response: ServerResponse, choice: Record<string, unknown>): void {
  response.write(asEvent(choice));
}

function sendUsage(response: ServerResponse, usage: Stated): void {
  response.write(
    `data: ${JSON.stringify({ id: 'fake', object: 'chat.completion.chunk', choices: [], usage })}\n\n`,
  );
}

/** A piece of a stream as it goes over the wire. */
export function asEvent(choice: Record<string, unknown>): string {
  const chunk = { id: 'fake', object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
