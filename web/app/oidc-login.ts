import { ErrorResponse, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { z } from 'zod';
import type { AuthConfig } from '../../contracts/rest.ts';
import { dropDrafts } from '../chat/use-draft.ts';
import { ClientError, type TokenReason } from '../client/index.ts';
import { PAGES } from './place.ts';
import { dropWaitingTurns } from './waiting-turns.ts';

const MARGIN_S = 30;
const SIGNED_IN_KEY = 'pulseplan.signed_in';
/** Answers of a provider that was asked to sign somebody in without a word, and can't. */
const NEEDS_A_PERSON = new Set([
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]);

const place = z.object({ path: z.enum(['/', ...Object.values(PAGES)]).catch('/'), hash: z.string() });
const profileName = z.object({
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
});

/** How arriving at the page ended: signed in, not, or on the way to the provider, which takes the page away. */
export type Arrival = { kind: 'in' } | { kind: 'out'; problem: string | null } | { kind: 'leaving' };

/**
 * Signs people in at an OpenID provider: authorization code with PKCE, in this window. The gateway is shown the ID
 * token; where the provider gives a refresh token, it is renewed without the person. All of it lives as long as the
 * tab; another tab asks the provider, who knows the person still.
 */
export class OidcLogin {
  readonly kind = 'oidc';
  readonly #manager: UserManager;
  readonly #issuer: string;
  #name = 'You';
  #subject = '';

  constructor({ issuer, client_id: clientId }: NonNullable<AuthConfig['oidc']>) {
    const { origin } = window.location;
    this.#issuer = issuer;
    this.#manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      redirect_uri: `${origin}/`,
      post_logout_redirect_uri: `${origin}/`,
      response_type: 'code',
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: window.sessionStorage }),
      stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    });
  }

  /** Under what this browser keeps what is this person's alone; only once somebody is in. */
  get person(): string {
    return `${this.#issuer} ${this.#subject}`;
  }

  /** As the page calls the person. */
  get name(): string {
    return this.#name;
  }

  /** The host that people sign in at. */
  get host(): string {
    return new URL(this.#issuer).host;
  }

  /** Looks who is there: somebody who comes back from the provider, or was here in this tab, or in another one. */
  async arrive(): Promise<Arrival> {
    const query = new URLSearchParams(window.location.search);
    if (query.has('state') && (query.has('code') || query.has('error'))) return await this.#onReturn();
    const user = await this.#manager.getUser();
    if (user?.id_token !== undefined && (lives(user) || user.refresh_token !== undefined)) {
      this.#welcome(user);
      return { kind: 'in' };
    }
    if (window.localStorage.getItem(SIGNED_IN_KEY) !== this.#issuer) return { kind: 'out', problem: null };
    await this.signIn({ silently: true });
    return { kind: 'leaving' };
  }

  /** Leaves for the provider; silently it comes back at once, signed in or not. @throws ClientError `unreachable` */
  async signIn({ silently = false } = {}): Promise<void> {
    try {
      const { scopes_supported: scopes } = await this.#manager.metadataService.getMetadata();
      const offline = scopes?.includes('offline_access') === true ? ' offline_access' : '';
      await this.#manager.signinRedirect({
        scope: `openid profile email${offline}`,
        state: { path: window.location.pathname, hash: window.location.hash },
        ...(silently && { prompt: 'none' }),
      });
    } catch {
      throw new ClientError('unreachable', `${this.host} does not answer. Try again in a moment.`, true);
    }
  }

  /** Ends the sign-in here and, where the provider has a page for it, there; true when that page takes over. */
  async signOut(): Promise<boolean> {
    window.localStorage.removeItem(SIGNED_IN_KEY);
    dropDrafts();
    dropWaitingTurns(this.person);
    try {
      if ((await this.#manager.metadataService.getEndSessionEndpoint()) !== undefined) {
        await this.#manager.signoutRedirect();
        return true;
      }
    } catch {
      // A provider that does not answer must not keep anybody signed in here.
    }
    await this.#manager.removeUser();
    return false;
  }

  /** @throws ClientError `signed_out` where only the person can get a new one, else `unreachable` */
  async token(reason: TokenReason): Promise<string> {
    const user = await this.#manager.getUser();
    if (reason === 'first' && user?.id_token !== undefined && lives(user)) return user.id_token;
    if (user?.refresh_token === undefined) throw await this.#ended(reason, user);
    const renewed = await this.#manager.signinSilent().catch(async (error: unknown) => {
      throw error instanceof ErrorResponse ? await this.#ended('refused', user) : ClientError.unreachable();
    });
    if (renewed?.id_token === undefined || !lives(renewed)) throw await this.#ended('refused', user);
    return renewed.id_token;
  }

  /** A token that still holds is used up before the person is asked. */
  async #ended(reason: TokenReason, user: User | null): Promise<ClientError> {
    if (reason === 'expiring' && user && lives(user)) return ClientError.unreachable();
    window.localStorage.removeItem(SIGNED_IN_KEY);
    await this.#manager.removeUser();
    return ClientError.signedOut();
  }

  async #onReturn(): Promise<Arrival> {
    try {
      const user = await this.#manager.signinRedirectCallback();
      goBackTo(user.state);
      this.#welcome(user);
      return { kind: 'in' };
    } catch (error) {
      goBackTo(error instanceof ErrorResponse ? error.state : null);
      window.localStorage.removeItem(SIGNED_IN_KEY);
      return { kind: 'out', problem: problemOf(error) };
    }
  }

  #welcome(user: User): void {
    const { data } = profileName.safeParse(user.profile);
    this.#subject = user.profile.sub;
    this.#name = data?.name ?? data?.preferred_username ?? data?.email ?? 'You';
    window.localStorage.setItem(SIGNED_IN_KEY, this.#issuer);
  }
}

const lives = (user: User): boolean =>
  user.profile.exp - Date.now() / 1000 > Math.min(MARGIN_S, lifetime(user) / 4);
const lifetime = ({ profile }: User): number => profile.exp - profile.iat;

/** To the place and the conversation that were on screen before the provider. */
function goBackTo(state: unknown): void {
  const from = place.safeParse(state);
  window.history.replaceState(null, '', from.success ? from.data.path + from.data.hash : '/');
}

function problemOf(error: unknown): string | null {
  if (!(error instanceof ErrorResponse) || error.error === null)
    return 'Signing in did not work. Please try again.';
  if (NEEDS_A_PERSON.has(error.error)) return null;
  return error.error === 'access_denied'
    ? 'Signing in was cancelled.'
    : 'The sign-in service refused. Please try again; if it stays so, tell the people who run PulsePlan.';
}
