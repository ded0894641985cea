import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const DRAFT =
  'Subject: A short note\n\nDear professor,\n\nthank you for your time.\n\nKind regards\n[Your name]';

/** A provider that takes a fixed time for an answer: shorter than any real one, so that what stands beside it shows. */
export async function startProvider(answerMs: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => void answer(response, answerMs));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(response: ServerResponse, answerMs: number): Promise<void> {
  await wait(answerMs);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (body: object): string =>
    `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', ...body })}\n\n`;
  response.write(chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: DRAFT } }] }));
  response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
  response.write(
    chunk({ choices: [], usage: { prompt_tokens: 120, completion_tokens: 40, total_tokens: 160 } }),
  );
  response.end('data: [DONE]\n\n');
}
