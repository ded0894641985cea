import type { Server, Socket } from 'socket.io';
import type { ClientToServer, Handshake, ServerToClient } from '../../contracts/events.ts';
import type { OpenedSession } from '../../db/users.ts';
import type { Identity } from '../auth/token-verifier.ts';

/** What is known of a connection before it is let in. */
export interface SocketData {
  identity: Identity;
  handshake: Handshake;
  sessionId: string;
  session: OpenedSession;
  /** Whom it comes from, for the limits. */
  address: string;
}

export type PulseServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type PulseSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
