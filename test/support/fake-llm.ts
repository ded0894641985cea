import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import { answers, type FakeAnswer, type FakeCall } from './fake-llm-answers.ts';

const chatBody = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean() }).partial().nullish(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  temperature: z.number().optional(),
});

export interface FakeLlm {
  /** For OPENAI_BASE_URL; ends in /v1. */
  url: string;
  /** Every request, oldest first. */
  calls: FakeCall[];
  /**
   * @param script.always what every further request gets; left as it is when left out
   * @param script.next what the next requests get instead, one each; replaces what was waiting
   */
  behave(script: { always?: FakeAnswer; next?: FakeAnswer[] }): void;
  /** Hangs up on everybody. */
  close(): Promise<void>;
}

/** A language-model provider on this machine that speaks OpenAI's chat completions over HTTP. */
export async function startFakeLlm(
  options: { always?: FakeAnswer; next?: FakeAnswer[] } = {},
): Promise<FakeLlm> {
  const calls: FakeCall[] = [];
  let always = options.always ?? answers.text();
  let next = [...(options.next ?? [])];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    if (call === null) {
      response.writeHead(404).end();
      return;
    }
    calls.push(call);
    response.on('close', () => (call.hungUp = !response.writableFinished));
    await (next.shift() ?? always)(call, response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    behave(script) {
      always = script.always ?? always;
      next = [...(script.next ?? [])];
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** null for what no provider of chat completions answers. */
async function readCall(request: IncomingMessage): Promise<FakeCall | null> {
  const raw = await readText(request);
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return null;
  const body = chatBody.parse(JSON.parse(raw));
  return {
    path: request.url,
    headers: request.headers,
    model: body.model,
    messages: body.messages,
    stream: body.stream,
    includeUsage: body.stream_options?.include_usage === true,
    maxTokens: body.max_tokens,
    maxCompletionTokens: body.max_completion_tokens,
    temperature: body.temperature,
    connection: request.socket.remotePort,
    hungUp: false,
  };
}
