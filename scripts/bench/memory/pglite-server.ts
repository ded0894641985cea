import { createServer, type AddressInfo, type Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const SSL_REQUEST = 80877103;
const TERMINATE = 'X'.charCodeAt(0);

export interface PgliteServer {
  /** For one connection at a time: all of them speak to one session of the database. */
  url: string;
  close(): Promise<void>;
}

/** A Postgres with pgvector inside this process, which Debian and npm have no other form of. Speaks to the same driver. */
export async function openPglite(): Promise<PgliteServer> {
  const pglite = await PGlite.create({ extensions: { vector } });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that is closed while it is answered.
    socket.on('error', () => socket.destroy());
    void serve(socket, pglite).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await pglite.close();
    },
  };
}

/** Passes on whole messages, one after the other, and what is answered to each. */
async function serve(socket: Socket, pglite: PGlite): Promise<void> {
  // The session outlives its connections; what one has prepared is unknown to the next.
  await pglite.exec('discard all');
  let rest = Buffer.alloc(0);
  let isOpen = false;
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    const whole: Buffer[] = [];
    for (;;) {
      // Only the first message, which says who wants to connect, has no letter before its length.
      const letter = isOpen ? 1 : 0;
      const length = rest.length < letter + 4 ? Infinity : rest.readInt32BE(letter) + letter;
      if (rest.length < length) break;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (!isOpen && message.readInt32BE(4) === SSL_REQUEST) socket.write('N');
      else if (isOpen && message[0] === TERMINATE) socket.end();
      else whole.push(message);
      isOpen ||= message.readInt32BE(4) !== SSL_REQUEST;
    }
    if (whole.length > 0) socket.write(await pglite.execProtocolRaw(new Uint8Array(Buffer.concat(whole))));
  }
}
