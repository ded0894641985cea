import type { UserNews } from '../../contracts/frames.ts';
import type { ConversationState } from './conversation-state.ts';
import { isWaiting, type Outbox, type WaitingTurn } from './outbox.ts';
import { RestClient } from './rest-client.ts';
import { SessionClient } from './session-client.ts';
import { TokenKeeper, type GetToken } from './token-keeper.ts';

export interface PulseClientOptions {
  url: string;
  getToken: GetToken;
  timezone?: string | (() => string);
  ackTimeoutMs?: number;
  gapTimeoutMs?: number;
  /** Keeps what is not acknowledged beyond the life of this client; one of the person whose tokens these are. */
  outbox?: Outbox;
}

const NEWS_REMEMBERED = 500;

/** One user on one device: the REST side, any number of conversations, and what happens to the user's things. */
export class PulseClient {
  readonly rest: RestClient;
  readonly #options: PulseClientOptions;
  readonly #tokens: TokenKeeper;
  readonly #open = new Set<SessionClient>();
  /** Conversations that were left while something said in them still waits. */
  readonly #lingering = new Set<SessionClient>();
  /** States of conversations that were left, so that coming back needs only what is new. */
  readonly #left = new Map<string, ConversationState>();
  readonly #newsListeners = new Set<(news: UserNews) => void>();
  readonly #newsSeen = new Set<string>();

  constructor(options: PulseClientOptions) {
    this.#options = options;
    this.#tokens = new TokenKeeper(options.getToken);
    this.rest = new RestClient(options.url, this.#tokens);
  }

  /** Opens a conversation and connects it; without an id a new one begins. What waits for it is sent. */
  openSession(sessionId?: string): SessionClient {
    const back = this.#takeBack(sessionId);
    if (back) return back;
    const resumeFrom = sessionId === undefined ? undefined : this.#left.get(sessionId);
    const { url, timezone, ackTimeoutMs, gapTimeoutMs, outbox } = this.#options;
    const session = new SessionClient({
      url,
      tokens: this.#tokens,
      onNews: (news) => this.#tell(news),
      waiting: this.#unclaimed().filter((turn) => turn.session_id === (sessionId ?? null)),
      ...(outbox && { outbox }),
      ...(timezone !== undefined && { timezone }),
      ...(ackTimeoutMs !== undefined && { ackTimeoutMs }),
      ...(gapTimeoutMs !== undefined && { gapTimeoutMs }),
      ...(sessionId !== undefined && { sessionId }),
      ...(resumeFrom && { resumeFrom }),
    });
    this.#open.add(session);
    return session.connect();
  }

  /** Closes a conversation, once all that was said in it is sent, and keeps its state for the way back. */
  leave(session: SessionClient): void {
    this.#open.delete(session);
    const isSent = ({ turns }: ConversationState): boolean => !turns.some(isWaiting);
    if (isSent(session.getState())) return this.#end(session);
    this.#lingering.add(session);
    void session.until(isSent).then(() => this.#lingering.delete(session) && this.#end(session));
  }

  /** Sends what waits for conversations that nobody has opened. */
  sendWaiting(): void {
    for (const id of new Set(this.#unclaimed().map((turn) => turn.session_id)))
      this.leave(this.openSession(id ?? undefined));
  }

  /** News of the user's things, once each however many connections bring it. */
  onNews(listener: (news: UserNews) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  close(): void {
    for (const session of [...this.#open, ...this.#lingering]) session.close();
    this.#open.clear();
    this.#lingering.clear();
    this.#newsListeners.clear();
  }

  /** A conversation that is being left and is wanted again. */
  #takeBack(sessionId: string | undefined): SessionClient | undefined {
    if (sessionId === undefined) return undefined;
    const session = [...this.#lingering].find((left) => left.getState().sessionId === sessionId);
    if (!session) return undefined;
    this.#lingering.delete(session);
    this.#open.add(session);
    return session;
  }

  #end(session: SessionClient): void {
    session.close();
    const state = session.getState();
    if (state.sessionId !== null && state.epoch !== null) this.#left.set(state.sessionId, state);
  }

  /** Kept turns that no client of this person on this page is sending. */
  #unclaimed(): WaitingTurn[] {
    const claimed = new Set(
      [...this.#open, ...this.#lingering].flatMap((session) => session.getState().turns.map(({ id }) => id)),
    );
    return (this.#options.outbox?.waiting() ?? []).filter(
      ({ command }) => !claimed.has(command.payload.turn_id),
    );
  }

  #tell(news: UserNews): void {
    if (news.type === 'session.deleted') this.#left.delete(news.session_id);
    const key = keyOf(news);
    if (this.#newsSeen.has(key)) return;
    this.#newsSeen.add(key);
    if (this.#newsSeen.size > NEWS_REMEMBERED)
      for (const oldest of this.#newsSeen) {
        this.#newsSeen.delete(oldest);
        break;
      }
    for (const listener of this.#newsListeners) listener(news);
  }
}

/** The same for the same news, whichever connection brings it. */
function keyOf(news: UserNews): string {
  switch (news.type) {
    case 'notice':
      return news.notice.notice_id;
    case 'entity.changed':
      return `${news.kind} ${news.id} ${news.version} ${news.op}`;
    default:
      return `${news.type} ${news.session_id} ${news.at}`;
  }
}
