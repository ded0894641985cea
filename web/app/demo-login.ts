import { v7 } from 'uuid';
import { z } from 'zod';
import { RestClient, type TokenReason } from '../client/index.ts';

const NAME_KEY = 'pulseplan.name';
const TOKEN_KEY = 'pulseplan.token';
const MARGIN_MS = 60_000;

const stored = z.object({ name: z.string(), token: z.string(), expires_at: z.string() });

/**
 * Signs a visitor in without a form: a name made on the first visit stands for the person on this browser
 * (`?name=anna` picks another one). The token lives as long as the tab.
 */
export class DemoLogin {
  readonly name: string;
  readonly #door: RestClient;

  constructor(url: string) {
    this.#door = new RestClient(url, null);
    const asked = new URLSearchParams(window.location.search).get('name')?.trim();
    this.name = asked || window.localStorage.getItem(NAME_KEY) || `guest-${v7().slice(-8)}`;
    window.localStorage.setItem(NAME_KEY, this.name);
  }

  async token(reason: TokenReason): Promise<string> {
    const kept = reason === 'first' ? this.#kept() : null;
    if (kept !== null) return kept;
    const login = await this.#door.demoLogin({ name: this.name });
    const { token, expires_at } = login;
    window.sessionStorage.setItem(TOKEN_KEY, JSON.stringify({ name: this.name, token, expires_at }));
    return token;
  }

  #kept(): string | null {
    const parsed = stored.safeParse(parseJson(window.sessionStorage.getItem(TOKEN_KEY)));
    if (!parsed.success || parsed.data.name !== this.name) return null;
    return Date.parse(parsed.data.expires_at) - Date.now() > MARGIN_MS ? parsed.data.token : null;
  }
}

function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
