import { v7 } from 'uuid';
import { z } from 'zod';
import { ClientError, type RestClient, type TokenReason } from '../client/index.ts';
import { dropDrafts } from '../chat/use-draft.ts';
import { capitalised } from '../parts/capitalised.ts';

const NAME_KEY = 'pulseplan.name';
const GUEST_KEY = 'pulseplan.guest';
const TOKEN_KEY = 'pulseplan.token';
const MARGIN_MS = 60_000;

const stored = z.object({ name: z.string(), token: z.string(), expires_at: z.string() });

/** Somebody whose day can be tried. */
export interface DemoPerson {
  readonly name: string;
  readonly label: string;
  readonly about: string;
}

/** Those whom a demo server fills a day for. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: 'anna', label: 'Anna', about: 'A day with tasks, free plan' },
  { name: 'max', label: 'Max', about: 'A day with tasks, premium' },
];

/**
 * Signs a visitor in without a form: a name made on the first visit stands for the person on this browser, who may
 * become a demo person (here, or by `?name=anna`) and a guest again. The token lives as long as the tab.
 */
export class DemoLogin {
  readonly kind = 'demo';
  /** What the demo login knows the person by. */
  readonly id: string;
  readonly #door: RestClient;

  constructor(door: RestClient) {
    this.#door = door;
    const asked = new URLSearchParams(window.location.search).get('name')?.trim();
    this.id = asked || window.localStorage.getItem(NAME_KEY) || newGuest();
    window.localStorage.setItem(NAME_KEY, this.id);
    if (this.isGuest) window.localStorage.setItem(GUEST_KEY, this.id);
  }

  get isGuest(): boolean {
    return this.id.startsWith('guest-');
  }
  /** Under what this browser keeps what is this person's alone. */
  get person(): string {
    return `demo ${this.id}`;
  }
  /** As the page calls the person. */
  get name(): string {
    return this.isGuest ? 'Guest' : capitalised(this.id);
  }
  /** The guest that this browser was before it became somebody else. */
  get formerGuest(): string | null {
    return this.isGuest ? null : window.localStorage.getItem(GUEST_KEY);
  }

  /** @throws ClientError `signed_out` where there is no demo login any more */
  async token(reason: TokenReason): Promise<string> {
    const kept = reason === 'first' ? this.#kept() : null;
    if (kept !== null) return kept;
    const { token, expires_at } = await this.#door.demoLogin({ name: this.id }).catch((error: unknown) => {
      const gone = error instanceof ClientError && error.code === 'not_found';
      throw gone ? ClientError.signedOut('The demo has ended on this server.') : error;
    });
    window.sessionStorage.setItem(TOKEN_KEY, JSON.stringify({ name: this.id, token, expires_at }));
    return token;
  }

  #kept(): string | null {
    const parsed = stored.safeParse(parseJson(window.sessionStorage.getItem(TOKEN_KEY)));
    if (!parsed.success || parsed.data.name !== this.id) return null;
    return Date.parse(parsed.data.expires_at) - Date.now() > MARGIN_MS ? parsed.data.token : null;
  }
}

/** Begins anew as somebody else, who is remembered: a demo person, a guest of before, or a new guest. */
export function becomeDemoPerson(name: string = newGuest()): void {
  window.localStorage.setItem(NAME_KEY, name);
  window.sessionStorage.removeItem(TOKEN_KEY);
  dropDrafts();
  // Without `?name=` and without the conversation of the other person.
  window.location.assign(window.location.pathname);
}

const newGuest = (): string => `guest-${v7().slice(-8)}`;

function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
