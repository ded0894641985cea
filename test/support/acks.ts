import type { Socket } from 'socket.io-client';
import type {
  Ack,
  ClientEvent,
  ClientPayload,
  ClientToServer,
  ServerToClient,
} from '../../contracts/events.ts';

/** Sends an event and waits for its acknowledgement; rejects when the line breaks first. */
export function ackOf<E extends ClientEvent>(
  socket: Socket<ServerToClient, ClientToServer>,
  event: E,
  payload: ClientPayload<E>,
  timeoutMs = 15_000,
): Promise<Ack<E>> {
  return new Promise((resolve, reject) => {
    const cut = (): void => reject(new Error('the line broke before the acknowledgement'));
    const timer = setTimeout(() => reject(new Error(`no acknowledgement of ${event}`)), timeoutMs);
    socket.once('disconnect', cut);
    // Socket.IO types an emit by its listener's parameters; the generic pair is the same by construction.
    (
      socket as unknown as { emit(event: string, payload: unknown, ack: (answer: Ack<E>) => void): void }
    ).emit(event, payload, (answer) => {
      clearTimeout(timer);
      socket.off('disconnect', cut);
      resolve(answer);
    });
  });
}
