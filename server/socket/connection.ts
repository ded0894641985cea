import { TEXT_MAX_CHARS } from '../../contracts/events.ts';
import type { Notice, SessionFrame, UserNews } from '../../contracts/frames.ts';
import { REDIS_ANSWER_MS, withDeadline } from '../../core/deadline.ts';
import { turnHistory } from '../../db/turns.ts';
import type { ChannelNews } from '../../sessions/news.ts';
import type { OutboxPage } from '../../sessions/session-store.ts';
import { WAITING_MAX } from '../../sessions/turns.ts';
import type { Identity } from '../auth/token-verifier.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { makeSnapshot, openNow, SNAPSHOT_TURNS } from '../relay/snapshot.ts';
import { WHOLE_LOG, type Attachment, type Sink } from '../relay/relay.ts';
import { Outgoing } from './outgoing.ts';
import type { PulseSocket } from './pulse-socket.ts';

/** Frames of a replay that are sent before the client must have taken them. */
const REPLAY_STEP = 200;

/** A log is made anew from both stores. */
const RECOVERY_MS = 6_000;

/** Where in a session's log a client says that it stands. */
interface Place {
  epoch: string;
  seq: number;
}

/**
 * One socket on one session: what it has seen of the log, and how it is brought up to date.
 *
 * opening → following: `session.ready`, then the gap or a snapshot, then frames as they come.
 * following → following: the log was replaced, so a snapshot of the new one comes.
 */
export class Connection implements Sink {
  private epoch = '';
  private cursor = 0;
  private zone: string;
  private attachment: Attachment | null = null;
  private closed = false;
  private bringing = false;
  private replaced = false;
  /** News that came before the greeting, which is the first frame of a connection. */
  private early: UserNews[] | null = [];
  private stopNews: () => void = () => undefined;
  private readonly outgoing: Outgoing;
  private taking: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: PulseSocket,
    private readonly services: GatewayServices,
  ) {
    this.outgoing = new Outgoing(socket, (reason) => this.cutOff(reason));
    this.zone = socket.data.session.settings.timezone;
  }

  /** The session it was opened on; never another. */
  get sessionId(): string {
    return this.socket.data.sessionId;
  }

  /** By the latest token that was shown. */
  get identity(): Identity {
    return this.socket.data.identity;
  }

  /** The zone of the device, or else the one in the user's settings as they are now. */
  async timezone(): Promise<string> {
    const said = this.socket.data.handshake.timezone;
    if (said !== undefined) return said;
    this.zone = (await this.services.profiles.of(this.identity.userId)).settings.timezone;
    return this.zone;
  }

  /** Where it stands, for the list of open connections. */
  get place(): { epoch: string; cursor: number; timezone: string } {
    return {
      epoch: this.epoch,
      cursor: this.cursor,
      timezone: this.socket.data.handshake.timezone ?? this.zone,
    };
  }

  /** One after the other for this connection; the failure of one does not keep the next. */
  async inOrder<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.taking.then(work);
    this.taking = mine.then(ignore, ignore);
    return mine;
  }

  /** A new token of the same user was checked: what was withheld goes out. */
  renew(identity: Identity): void {
    this.socket.data.identity = identity;
    this.outgoing.release();
  }

  /** Says hello and brings the client up to date: a replay of the whole gap, or a snapshot, never a part. */
  async open(): Promise<void> {
    const { services, sessionId } = this;
    const { session, handshake } = this.socket.data;
    if (session.turns === 0) await withDeadline(services.turns.openFresh(sessionId), REDIS_ANSWER_MS);
    const listening = services.news.listen(this.identity.userId, (news) => this.tell(news));
    const stopNews = await withDeadline(listening, REDIS_ANSWER_MS, (stop) => stop());
    if (this.closed) {
      stopNews();
      return;
    }
    this.stopNews = stopNews;
    // An erasure that was told before anybody listened here.
    await services.accounts.check(this.identity);
    const { session_id: asked, epoch, last_seq: seq } = handshake;
    const place = asked !== undefined && epoch !== undefined && seq !== undefined ? { epoch, seq } : null;
    await this.bringUpToDate(place);
  }

  /** The log can't be followed any further: attach anew and show where things stand. */
  reset(): void {
    this.bringUpToDate(null).catch((error: unknown) => {
      this.services.log.warn(
        { err: error },
        'A connection could not be brought up to date; it has to come back',
      );
      this.socket.disconnect(true);
    });
  }

  /** One at a time; a log that is replaced meanwhile begins it again. */
  private async bringUpToDate(place: Place | null): Promise<void> {
    this.replaced = this.bringing;
    if (this.bringing) return;
    this.bringing = true;
    try {
      let from = place;
      do {
        this.replaced = false;
        await this.attach(from);
        from = null;
      } while (this.replaced && !this.closed);
    } finally {
      this.bringing = false;
    }
  }

  private async attach(place: Place | null): Promise<void> {
    const attachment = await this.attachAt(place);
    if (this.closed) {
      attachment.detach();
      return;
    }
    this.attachment = attachment;
    const { page } = attachment;
    this.epoch = page.epoch;
    this.cursor = page.tail;
    const first = this.early !== null;
    if (first) {
      const notices = await this.services.notices.unseen(this.identity.userId);
      if (this.closed) return;
      this.greet(page, notices);
    }
    if (place && page.epoch === place.epoch && place.seq <= page.tail && page.trimmedTo <= place.seq)
      await this.replay(page, place.seq);
    else if (!first || this.socket.data.handshake.session_id !== undefined) await this.sendSnapshot(page);
    attachment.start();
  }

  private async attachAt(place: Place | null): Promise<Attachment> {
    this.attachment?.detach();
    const attachment = await this.attachAfter(place?.seq ?? 0);
    const { epoch, tail } = attachment.page;
    if (!place || (place.epoch === epoch && place.seq <= tail)) return attachment;
    // The client's number is none of this log. A snapshot is made from the whole of it.
    attachment.detach();
    // It has seen more than the log holds: the log was lost, and its numbers must not be used again.
    if (place.epoch === epoch)
      await withDeadline(this.services.turns.recover(this.sessionId, epoch), RECOVERY_MS);
    return this.attachAfter(0);
  }

  private attachAfter(seq: number): Promise<Attachment> {
    const attaching = this.services.relay.attach(this.sessionId, seq, WHOLE_LOG, this);
    return withDeadline(attaching, REDIS_ANSWER_MS, (late) => late.detach());
  }

  private greet(page: OutboxPage, notices: Notice[]): void {
    const { config, clock } = this.services;
    this.outgoing.send({
      type: 'session.ready',
      session_id: this.sessionId,
      epoch: page.epoch,
      tail_seq: page.tail,
      user_id: this.identity.userId,
      tier: this.socket.data.session.tier,
      limits: {
        text_max_chars: TEXT_MAX_CHARS,
        waiting_turns_max: WAITING_MAX,
        turns_per_minute: config.RATE_TURNS_PER_MINUTE,
        burst: config.RATE_BURST,
      },
      protocol: 1,
      expires_at: this.identity.expiresAt.toISOString(),
      open_clarifications: openNow(page, clock.now()),
      notices,
    });
    void this.services.notices.seen(this.identity.userId, notices);
    const early = this.early ?? [];
    this.early = null;
    early.forEach((news) => this.tell(news));
  }

  private async replay(page: OutboxPage, after: number): Promise<void> {
    for (let from = 0; from < page.frames.length && !this.closed; from += REPLAY_STEP) {
      page.frames.slice(from, from + REPLAY_STEP).forEach((frame) => this.outgoing.send(frame));
      await this.outgoing.taken();
    }
    this.outgoing.send({
      type: 'session.resumed',
      session_id: this.sessionId,
      epoch: page.epoch,
      complete: true,
      from: after,
      to: page.tail,
    });
    this.services.metrics.recoveries.inc({ complete: 'true' });
  }

  private async sendSnapshot(page: OutboxPage): Promise<void> {
    const { services, sessionId } = this;
    const { userId } = this.identity;
    const now = services.clock.now();
    const [history, quota] = await Promise.all([
      turnHistory(services.db, { userId, sessionId, limit: SNAPSHOT_TURNS }),
      services.usage.accounts.status(userId, now),
    ]);
    this.outgoing.send(
      makeSnapshot({
        sessionId,
        page,
        history,
        quota,
        now,
      }),
    );
    services.metrics.recoveries.inc({ complete: 'false' });
  }

  /** From the relay. Those of another epoch, or sent already, are passed over. */
  frames(frames: readonly SessionFrame[]): void {
    if (this.closed) return;
    const fresh = frames.filter((frame) => frame.epoch === this.epoch && frame.seq > this.cursor);
    const last = fresh.at(-1);
    if (!last) return;
    this.cursor = last.seq;
    this.services.metrics.outboxLag.observe(Math.max(0, Date.now() - Date.parse(last.at)) / 1000);
    fresh.forEach((frame) => this.outgoing.send(frame));
  }

  private tell(news: ChannelNews): void {
    if (news.type === 'account.erased') {
      // Told late, it may find somebody who has come back.
      if (this.identity.issuedAt <= new Date(news.issued_before)) this.cutOff('erased');
      return;
    }
    if (this.early) {
      this.early.push(news);
      return;
    }
    this.outgoing.send(news);
    if (news.type === 'notice') void this.services.notices.seen(this.identity.userId, [news.notice]);
    // There is no log to follow any more; who comes back with its id begins it anew.
    if (news.type === 'session.deleted' && news.session_id === this.sessionId) {
      this.outgoing.flush();
      this.socket.disconnect(true);
    }
  }

  private cutOff(reason: 'slow' | 'expired' | 'erased'): void {
    if (this.closed) return;
    this.services.log.info({ reason }, 'A client was cut off');
    this.close();
    this.socket.disconnect(true);
  }

  /** Listens to nothing any more. The socket itself is not closed here. */
  close(): void {
    this.closed = true;
    this.stopNews();
    this.attachment?.detach();
  }
}

const ignore = (): void => undefined;
