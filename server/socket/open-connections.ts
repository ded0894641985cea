import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import {
  CONNECTIONS_REFRESH_MS,
  type ConnectionRegistry,
  type ConnectionState,
} from '../../sessions/connections.ts';
import type { Identity } from '../auth/token-verifier.ts';

/** What is told of a connection. */
interface OpenConnection {
  readonly identity: Identity;
  readonly sessionId: string;
  /** Where it stands in its session's log. */
  readonly place: Pick<ConnectionState, 'epoch' | 'cursor' | 'timezone'>;
}

/** The connections of this gateway, and their state in Redis, where every gateway and operator can see it. */
export class OpenConnections {
  private readonly open = new Map<string, OpenConnection>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly gatewayId: string,
    private readonly registry: ConnectionRegistry,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.timer = setInterval(() => void this.tell([...this.open.keys()]), CONNECTIONS_REFRESH_MS);
  }

  /** Noted in Redis in the background; a note that fails is made again at the next refresh. */
  add(socketId: string, connection: OpenConnection): void {
    this.open.set(socketId, connection);
    void this.tell([socketId]);
  }

  /** Does nothing for one that is not there. What Redis does not hear of grows old there by itself. */
  remove(socketId: string): void {
    const connection = this.open.get(socketId);
    if (!connection) return;
    this.open.delete(socketId);
    this.registry
      .remove(connection.identity.userId, socketId)
      .catch((error: unknown) =>
        this.log.debug({ err: error }, 'A closed connection could not be taken off the list'),
      );
  }

  /** Ends the refresh. */
  close(): void {
    clearInterval(this.timer);
  }

  private async tell(socketIds: readonly string[]): Promise<void> {
    const seen_at = this.clock.now().toISOString();
    const states = socketIds.flatMap((socket_id): ConnectionState[] => {
      const connection = this.open.get(socket_id);
      if (!connection) return [];
      const { identity, sessionId, place } = connection;
      return [
        {
          v: 1,
          socket_id,
          gateway_id: this.gatewayId,
          user_id: identity.userId,
          session_id: sessionId,
          ...place,
          seen_at,
        },
      ];
    });
    try {
      await this.registry.put(states);
    } catch (error) {
      this.log.debug({ err: error }, 'The open connections could not be noted');
    }
  }
}
