/** Why a token is wanted: none yet, the present one runs out soon, or the server refused it. */
export type TokenReason = 'first' | 'expiring' | 'refused';
export type GetToken = (reason: TokenReason) => Promise<string>;

/** One token for every connection of a client; asks for a new one once however many want it. */
export class TokenKeeper {
  readonly #getToken: GetToken;
  #token: string | null = null;
  #asking: Promise<string> | null = null;

  constructor(getToken: GetToken) {
    this.#getToken = getToken;
  }

  /** The token at hand. */
  async current(): Promise<string> {
    return this.#token ?? (await this.renew('first'));
  }

  /** A new token; callers that come while one is asked for share it. */
  async renew(reason: TokenReason): Promise<string> {
    this.#asking ??= this.#ask(reason);
    return await this.#asking;
  }

  async #ask(reason: TokenReason): Promise<string> {
    try {
      this.#token = await this.#getToken(reason);
      return this.#token;
    } finally {
      this.#asking = null;
    }
  }
}
