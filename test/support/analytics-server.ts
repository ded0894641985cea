import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const captured = z.object({ event: z.string(), distinct_id: z.string(), properties: z.looseObject({}) });
const batch = z.object({ batch: z.array(captured) });

/** Speaks as much of PostHog's HTTP as the client needs, and keeps what it was sent. */
export class AnalyticsServer {
  readonly events: z.infer<typeof captured>[] = [];
  /** When set, every call is answered with this status. */
  failing: number | null = null;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (this.failing !== null) {
          response.writeHead(this.failing).end();
          return;
        }
        const raw = Buffer.concat(chunks);
        const text =
          request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw).toString() : raw.toString();
        const parsed = batch.safeParse(text === '' ? {} : JSON.parse(text));
        if (parsed.success) this.events.push(...parsed.data.batch);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":1}');
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
