import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { closeAfterFile } from './after-file.ts';

/** The way to a store, which a test can cut without the store or its clients being told: both see silence. */
export interface MuteProxy {
  /** The store's address with the proxy's port. */
  url: string;
  /** From here on nothing is passed on, in either direction; new connections are taken and stay silent. */
  mute(): void;
  /** What was held up is passed on. */
  speak(): void;
  /** Every connection is closed, and no new one is taken. */
  hangUp(): void;
}

export async function muteProxy(storeUrl: string): Promise<MuteProxy> {
  const target = new URL(storeUrl);
  const sockets = new Set<Socket>();
  let muted = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    if (muted) socket.pause();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const store = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, store],
      [store, client],
    ] as const) {
      keep(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('close', () => to.destroy());
      if (muted) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hangUp = (): void => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  };
  closeAfterFile(hangUp);
  const url = new URL(storeUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    mute: () => {
      muted = true;
      sockets.forEach((socket) => socket.pause());
    },
    speak: () => {
      muted = false;
      sockets.forEach((socket) => socket.resume());
    },
    hangUp,
  };
}
