import type { UserNews } from '../../contracts/frames.ts';
import type { ConversationState } from './conversation-state.ts';
import { RestClient } from './rest-client.ts';
import { SessionClient } from './session-client.ts';
import { TokenKeeper, type GetToken } from './token-keeper.ts';

export interface PulseClientOptions {
  url: string;
  getToken: GetToken;
  timezone?: string;
  ackTimeoutMs?: number;
  gapTimeoutMs?: number;
}

const NEWS_REMEMBERED = 500;

/** One user on one device: the REST side, any number of conversations, and what happens to the user's things. */
export class PulseClient {
  readonly rest: RestClient;
  readonly #options: PulseClientOptions;
  readonly #tokens: TokenKeeper;
  readonly #open = new Set<SessionClient>();
  /** States of conversations that were left, so that coming back needs only what is new. */
  readonly #left = new Map<string, ConversationState>();
  readonly #newsListeners = new Set<(news: UserNews) => void>();
  readonly #newsSeen = new Set<string>();

  constructor(options: PulseClientOptions) {
    this.#options = options;
    this.#tokens = new TokenKeeper(options.getToken);
    this.rest = new RestClient(options.url, this.#tokens);
  }

  /** Opens a conversation and connects it; without an id a new one begins. */
  openSession(sessionId?: string): SessionClient {
    const resumeFrom = sessionId === undefined ? undefined : this.#left.get(sessionId);
    const { url, timezone, ackTimeoutMs, gapTimeoutMs } = this.#options;
    const session = new SessionClient({
      url,
      tokens: this.#tokens,
      onNews: (news) => this.#tell(news),
      ...(timezone !== undefined && { timezone }),
      ...(ackTimeoutMs !== undefined && { ackTimeoutMs }),
      ...(gapTimeoutMs !== undefined && { gapTimeoutMs }),
      ...(sessionId !== undefined && { sessionId }),
      ...(resumeFrom && { resumeFrom }),
    });
    this.#open.add(session);
    return session.connect();
  }

  /** Closes a conversation and keeps its state for the way back. */
  leave(session: SessionClient): void {
    session.close();
    this.#open.delete(session);
    const state = session.getState();
    if (state.sessionId !== null && state.epoch !== null) this.#left.set(state.sessionId, state);
  }

  /** News of the user's things, once each however many connections bring it. */
  onNews(listener: (news: UserNews) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  close(): void {
    for (const session of this.#open) session.close();
    this.#open.clear();
    this.#newsListeners.clear();
  }

  #tell(news: UserNews): void {
    const key =
      news.type === 'notice' ? news.notice.notice_id : `${news.kind} ${news.id} ${news.version} ${news.op}`;
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
