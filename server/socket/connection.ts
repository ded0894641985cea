import type { Server, Socket } from 'socket.io';
import type { ClientToServer, Handshake, ServerToClient } from '../../contracts/events.ts';
import { TEXT_MAX_CHARS } from '../../contracts/events.ts';
import type { Frame, SessionFrame } from '../../contracts/frames.ts';
import { PulseError } from '../../contracts/errors.ts';
import { openSession } from '../../db/users.ts';
import { turnHistory } from '../../db/turns.ts';
import { OUTBOX_MAX } from '../../sessions/scripts/prelude.ts';
import { WAITING_MAX } from '../../sessions/turns.ts';
import type { Identity } from '../auth/token-verifier.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { makeSnapshot, openNow, SNAPSHOT_TURNS } from '../relay/snapshot.ts';
import type { Attachment, Sink } from '../relay/relay.ts';
import { newId } from '../../core/ids.ts';

export type PulseServer = Server<
  ClientToServer,
  ServerToClient,
  Record<string, never>,
  { identity: Identity; handshake: Handshake }
>;
export type PulseSocket = Socket<
  ClientToServer,
  ServerToClient,
  Record<string, never>,
  { identity: Identity; handshake: Handshake }
>;

/** Packets that a client has not taken; one that falls this far behind is cut off and resumes from the outbox. */
const UNSENT_PACKETS_MAX = 1_000;

/** One socket on one session: what it has seen of the log, and how it is brought up to date. */
export class Connection implements Sink {
  readonly sessionId: string;
  timezone: string;
  epoch = '';
  cursor = 0;
  private attachment: Attachment | null = null;
  private resetting = false;
  private closed = false;
  private stopNews: () => void = () => undefined;

  constructor(
    private readonly socket: PulseSocket,
    private readonly services: GatewayServices,
  ) {
    this.sessionId = socket.data.handshake.session_id ?? newId();
    this.timezone = socket.data.handshake.timezone ?? 'UTC';
  }

  get identity(): Identity {
    return this.socket.data.identity;
  }

  /**
   * Says hello and brings the client up to date: a replay of the whole gap, or a snapshot, never a part.
   *
   * @throws PulseError `not_found` for somebody else's session
   */
  async open(): Promise<void> {
    const { services, sessionId } = this;
    const asked = this.socket.data.handshake;
    const session = await openSession(services.db, this.identity.userId, sessionId);
    if (!session) throw new PulseError('not_found', 'There is no such conversation.');
    if (asked.timezone === undefined) this.timezone = session.settings.timezone;
    if (session.turns === 0) await services.turns.openFresh(sessionId);
    this.stopNews = await services.news.listen(this.identity.userId, (news) => this.send(news));

    const resumes =
      asked.session_id !== undefined && asked.epoch !== undefined && asked.last_seq !== undefined;
    const after = resumes ? (asked.last_seq ?? 0) : 0;
    let attachment = await services.relay.attach(sessionId, after, resumes ? OUTBOX_MAX + 200 : 0, this);
    // A client that has seen more than the log holds: the log was lost, and its numbers must not be used again.
    if (resumes && attachment.page.epoch === asked.epoch && after > attachment.page.tail) {
      attachment.detach();
      await services.turns.recover(sessionId, attachment.page.epoch);
      attachment = await services.relay.attach(sessionId, 0, 0, this);
    }
    if (this.closed) {
      attachment.detach();
      return;
    }
    this.attachment = attachment;
    const { page } = attachment;
    this.epoch = page.epoch;
    this.cursor = page.tail;
    this.send({
      type: 'session.ready',
      session_id: sessionId,
      epoch: page.epoch,
      tail_seq: page.tail,
      user_id: this.identity.userId,
      tier: session.tier,
      limits: {
        text_max_chars: TEXT_MAX_CHARS,
        waiting_turns_max: WAITING_MAX,
        turns_per_minute: services.config.RATE_TURNS_PER_MINUTE,
        burst: services.config.RATE_BURST,
      },
      protocol: 1,
      expires_at: this.identity.expiresAt.toISOString(),
      open_clarifications: openNow(page, services.clock.now()),
      notices: [],
    });
    if (resumes && page.epoch === asked.epoch && page.trimmedTo <= after) {
      for (const frame of page.frames) this.send(frame);
      this.send({
        type: 'session.resumed',
        session_id: sessionId,
        epoch: page.epoch,
        complete: true,
        from: after,
        to: page.tail,
      });
      services.metrics.recoveries.inc({ complete: 'true' });
    } else if (asked.session_id !== undefined) {
      await this.sendSnapshot();
    }
    attachment.start();
  }

  private async sendSnapshot(): Promise<void> {
    const { services, sessionId } = this;
    const history = await turnHistory(services.db, {
      userId: this.identity.userId,
      sessionId,
      limit: SNAPSHOT_TURNS,
    });
    // Read again from the start: the running turn's text so far is in the log.
    const page = (await services.store.read(sessionId, 0, OUTBOX_MAX + 200)) ?? this.attachment?.page;
    if (!page) return;
    const visible = {
      ...page,
      frames: page.frames.filter((frame) => frame.seq <= this.cursor),
      tail: this.cursor,
    };
    this.send(makeSnapshot(sessionId, visible, history, services.clock.now()));
    services.metrics.recoveries.inc({ complete: 'false' });
  }

  frames(frames: readonly SessionFrame[]): void {
    const now = Date.now();
    for (const frame of frames) {
      if (frame.epoch !== this.epoch || frame.seq <= this.cursor) continue;
      this.cursor = frame.seq;
      this.services.metrics.outboxLag.observe(Math.max(0, now - Date.parse(frame.at)) / 1000);
      this.send(frame);
    }
  }

  /** The log can't be followed any further: attach anew and show where things stand. */
  reset(): void {
    if (this.resetting || this.closed) return;
    this.resetting = true;
    void this.reattach();
  }

  private async reattach(): Promise<void> {
    try {
      this.attachment?.detach();
      const attachment = await this.services.relay.attach(this.sessionId, 0, 0, this);
      this.resetting = false;
      if (this.closed) {
        attachment.detach();
        return;
      }
      this.attachment = attachment;
      this.epoch = attachment.page.epoch;
      this.cursor = attachment.page.tail;
      await this.sendSnapshot();
      attachment.start();
    } catch (error) {
      this.services.log.warn(
        { err: error },
        'A connection could not be brought up to date; it has to come back',
      );
      this.socket.disconnect(true);
    }
  }

  send(frame: Frame): void {
    const { conn } = this.socket;
    if (conn.transport.writable === false && unsent(conn) > UNSENT_PACKETS_MAX) {
      this.services.log.info('A client that reads too slowly was cut off; it can resume');
      this.socket.disconnect(true);
      return;
    }
    this.socket.emit('frame', frame);
  }

  close(): void {
    this.closed = true;
    this.stopNews();
    this.attachment?.detach();
  }
}

/** Engine.IO keeps what the transport has not taken in a buffer that its types hide. */
function unsent(conn: object): number {
  const buffer: unknown = 'writeBuffer' in conn ? conn.writeBuffer : undefined;
  return Array.isArray(buffer) ? buffer.length : 0;
}
