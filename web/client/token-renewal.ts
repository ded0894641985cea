import { BackOff } from './back-off.ts';
import { ClientError } from './client-error.ts';
import type { SocketLink } from './socket-link.ts';
import type { TokenKeeper } from './token-keeper.ts';

const RETRY_MS = 5_000;
const RETRY_MAX_MS = 60_000;
/** Timers hold 31 bits; a token that lives longer is simply renewed earlier. */
const TIMER_MAX_MS = 2_000_000_000;

/** Renews the token of one connection in band, when three quarters of what is left of it have passed. */
export class TokenRenewal {
  readonly #link: SocketLink;
  readonly #tokens: TokenKeeper;
  readonly #retries = new BackOff(RETRY_MS, RETRY_MAX_MS);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: SocketLink, tokens: TokenKeeper) {
    this.#link = link;
    this.#tokens = tokens;
  }

  /** Waits for the token's time to come; `expiresAt` is ISO 8601. */
  before(expiresAt: string): void {
    this.#retries.reset();
    this.#wait(Math.max(1_000, (Date.parse(expiresAt) - Date.now()) * 0.75));
  }
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Brings a new token now. @throws ClientError when none could be had, or the server did not take it */
  async renew(): Promise<void> {
    const token = await this.#tokens.renew('expiring');
    const { expires_at: expiresAt } = await this.#link.call('auth.refresh', { token });
    this.before(expiresAt);
  }

  #wait(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renewOrRetry(), Math.min(delayMs, TIMER_MAX_MS));
  }

  /** What can't be had now may be had later, up to the point where somebody has to sign in again. */
  async #renewOrRetry(): Promise<void> {
    try {
      await this.renew();
    } catch (error) {
      if (ClientError.from(error).code !== 'signed_out') this.#wait(this.#retries.next() + RETRY_MS);
    }
  }
}
