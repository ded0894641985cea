import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isTerminal, type SessionFrame } from '../../contracts/frames.ts';
import type { Logger } from '../../core/logger.ts';
import type { Metrics } from '../../core/metrics.ts';
import { sessionKeys } from '../../sessions/keys.ts';
import { OUTBOX_MAX } from '../../sessions/scripts/prelude.ts';
import type { OutboxPage, SessionStore } from '../../sessions/session-store.ts';

/** How often the outbox is read without a bell while a turn is open. */
const POLL_MS = 2_000;

/** One listener of a session's frames: a socket or a waiting REST call. */
export interface Sink {
  /** In order, each once. Numbers that are missing are only deltas of turns whose end has come. */
  frames(frames: readonly SessionFrame[]): void;
  /** The log can't be followed any further (another epoch, or trimmed): take a snapshot and attach again. */
  reset(): void;
}

/** A place at a session's log, held until `detach`. */
export interface Attachment {
  /** What the log held at that moment, after `after`. Everything later goes to the sink. */
  page: OutboxPage;
  /** Lets frames through, those first that came since the page was read. Call it when the page has been sent. */
  start(): void;
  detach(): void;
}

/**
 * Frames in a bell were written by typed code; only what delivery turns on is looked at. A frame of a newer version
 * reaches its client unread, who ignores what it does not know.
 */
const heading = z.looseObject({
  type: z.string(),
  session_id: z.string(),
  turn_id: z.string(),
  epoch: z.string(),
  seq: z.int().positive(),
  at: z.string(),
});
const bell = z.tuple([z.string()], heading);
/** More than a log ever holds: a read is never cut short. */
export const WHOLE_LOG = OUTBOX_MAX + 200;

/** One session's log as this gateway follows it, for as long as somebody here listens. */
class SessionFeed {
  /** `waiting` holds what came before its listener was ready for it. */
  readonly sinks = new Map<Sink, { waiting: SessionFrame[] | null }>();
  subscribed: Promise<unknown> = Promise.resolve();
  private epoch: string | null = null;
  private cursor = 0;
  private readonly open = new Set<string>();
  private reading: Promise<void> | null = null;
  private readAgain = false;
  /** A read has failed, so what the log holds is not known. */
  private behind = false;

  constructor(
    private readonly sessionId: string,
    private readonly store: SessionStore,
    private readonly recover: (sessionId: string) => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** Whether something may be missed when a bell does not ring. */
  get needsPolling(): boolean {
    return this.behind || this.open.size > 0;
  }

  /** A state that is missing is made first, so that there is an epoch to follow. */
  async read(after: number, count: number): Promise<OutboxPage> {
    for (let tries = 0; tries < 3; tries += 1) {
      const page = await this.store.read(this.sessionId, after, count);
      if (page) return page;
      await this.recover(this.sessionId);
    }
    throw new Error('A session state could not be made');
  }

  /** A listener has read the log: from here on it is followed. Others that stand in another epoch start over. */
  follow(page: OutboxPage, reader: Sink): void {
    if (this.epoch === page.epoch) return;
    if (this.epoch !== null) this.reset(reader);
    this.epoch = page.epoch;
    this.cursor = page.tail;
    if (page.runningTurnId) this.open.add(page.runningTurnId);
  }

  /** What a bell carried; in step it is delivered at once, otherwise the log is read. */
  ring(payload: string): void {
    // Nobody has read yet; whoever is about to will see this in the log.
    if (this.epoch === null) return;
    const rung = bell.safeParse(parseJson(payload));
    if (!rung.success) {
      this.log.error('A bell carried what is no frame');
      this.catchUp();
      return;
    }
    const [epoch, ...frames] = rung.data;
    const first = frames[0];
    if (epoch === this.epoch && first && first.seq <= this.cursor + 1)
      this.deliver(frames as unknown as SessionFrame[]);
    else this.catchUp();
  }

  /** Reads what the log has and we have not; calls that come meanwhile share one further read. */
  catchUp(): void {
    if (this.reading) {
      this.readAgain = true;
      return;
    }
    this.readAgain = false;
    this.reading = this.readOn().finally(() => {
      this.reading = null;
      if (this.readAgain) this.catchUp();
    });
  }

  private async readOn(): Promise<void> {
    if (this.sinks.size === 0 || this.epoch === null) return;
    try {
      const page = await this.read(this.cursor, WHOLE_LOG);
      this.behind = false;
      if (page.epoch !== this.epoch || page.trimmedTo > this.cursor) this.reset();
      else this.deliver(page.frames);
    } catch (error) {
      this.behind = true;
      this.log.warn({ err: error }, 'An outbox could not be read; trying again');
    }
  }

  private reset(except?: Sink): void {
    this.epoch = null;
    this.open.clear();
    // A copy: whoever starts over is taken out and put in again.
    for (const sink of Array.from(this.sinks.keys())) if (sink !== except) sink.reset();
  }

  private deliver(frames: readonly SessionFrame[]): void {
    const fresh = frames.filter((frame) => frame.seq > this.cursor);
    const last = fresh.at(-1);
    if (!last) return;
    this.cursor = last.seq;
    for (const { type, turn_id: turnId } of fresh) {
      // A turn may have been accepted before anybody here listened.
      if (type === 'turn.accepted' || type === 'turn.started') this.open.add(turnId);
      if (isTerminal({ type })) this.open.delete(turnId);
    }
    for (const [sink, state] of this.sinks) {
      if (state.waiting) state.waiting.push(...fresh);
      else sink.frames(fresh);
    }
  }
}

/** Undefined where it is no JSON. */
function parseJson(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/**
 * Brings outboxes to listeners. A gateway subscribes only to the bells of sessions that somebody here listens to, so
 * no gateway reads every session's frames.
 */
export class Relay {
  private readonly feeds = new Map<string, SessionFeed>();
  private readonly byBell = new Map<string, SessionFeed>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly deps: {
      subscriber: Redis;
      store: SessionStore;
      recover(sessionId: string): Promise<void>;
      metrics: Metrics;
      log: Logger;
    },
  ) {
    deps.subscriber.on('message', (channel: string, payload: string) =>
      this.byBell.get(channel)?.ring(payload),
    );
    deps.subscriber.on('ready', () => this.listenAgain());
    this.timer = setInterval(
      () => this.feeds.forEach((feed) => feed.needsPolling && feed.catchUp()),
      POLL_MS,
    );
  }

  /**
   * Listens to a session from `after` on: subscribes first, then reads, so that nothing falls between.
   *
   * @param count frames of the page at most; 0 reads only where the log stands
   */
  async attach(sessionId: string, after: number, count: number, sink: Sink): Promise<Attachment> {
    const feed = this.feeds.get(sessionId) ?? this.openFeed(sessionId);
    const state: { waiting: SessionFrame[] | null } = { waiting: [] };
    feed.sinks.set(sink, state);
    try {
      await feed.subscribed;
      const page = await feed.read(after, count);
      feed.follow(page, sink);
      const start = (): void => {
        const late = (state.waiting ?? []).filter(
          (frame) => frame.epoch === page.epoch && frame.seq > page.tail,
        );
        state.waiting = null;
        if (late.length > 0) sink.frames(late);
      };
      return { page, start, detach: () => this.detach(sessionId, feed, sink) };
    } catch (error) {
      this.detach(sessionId, feed, sink);
      throw error;
    }
  }

  /** Bells rung while the connection was down are lost: once they are heard again we look for ourselves. */
  private listenAgain(): void {
    for (const [sessionId, feed] of this.feeds) {
      feed.subscribed = this.deps.subscriber.subscribe(sessionKeys(sessionId).bell);
      feed.subscribed.then(
        () => feed.catchUp(),
        (error: unknown) => this.deps.log.warn({ err: error }, 'A bell could not be listened to again'),
      );
    }
  }

  private openFeed(sessionId: string): SessionFeed {
    const { store, recover, log, subscriber, metrics } = this.deps;
    const feed = new SessionFeed(sessionId, store, recover, log);
    const channel = sessionKeys(sessionId).bell;
    this.feeds.set(sessionId, feed);
    this.byBell.set(channel, feed);
    metrics.sessions.set(this.feeds.size);
    feed.subscribed = subscriber.subscribe(channel);
    return feed;
  }

  private detach(sessionId: string, feed: SessionFeed, sink: Sink): void {
    feed.sinks.delete(sink);
    if (feed.sinks.size > 0 || this.feeds.get(sessionId) !== feed) return;
    const channel = sessionKeys(sessionId).bell;
    this.feeds.delete(sessionId);
    this.byBell.delete(channel);
    this.deps.metrics.sessions.set(this.feeds.size);
    this.deps.subscriber
      .unsubscribe(channel)
      .catch((error: unknown) => this.deps.log.warn({ err: error }, 'A bell could not be left'));
  }

  /** Ends the polling; listeners are not told. */
  close(): void {
    clearInterval(this.timer);
  }
}
