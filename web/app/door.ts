import type { ErasureReceipt } from '../../contracts/erasure.ts';
import { BackOff, ClientError, RestClient, type TokenReason } from '../client/index.ts';
import { DemoLogin } from './demo-login.ts';
import type { OidcLogin } from './oidc-login.ts';
import { Store } from './store.ts';

export type Login = DemoLogin | OidcLogin;

/** What the page shows before, after and between sign-ins. */
export type DoorState =
  | { readonly kind: 'opening' }
  /** The gateway does not answer; it is asked again by itself. */
  | { readonly kind: 'unreachable' }
  /** Somebody has to sign in; without a login there is no way to do so here. */
  | { readonly kind: 'out'; readonly login: Login | null; readonly problem: string | null }
  | { readonly kind: 'in'; readonly login: Login }
  /** The account was erased, from here. */
  | { readonly kind: 'erased'; readonly login: Login; readonly receipt: ErasureReceipt };

const RETRY_MS = 2_000;
const RETRY_MAX_MS = 30_000;

/** Who is using the page: finds out how people sign in here, lets them in, and sees them out. */
export class Door extends Store<DoorState> {
  readonly #rest: RestClient;
  readonly #retries = new BackOff(RETRY_MS, RETRY_MAX_MS);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    super({ kind: 'opening' });
    this.#rest = new RestClient(url, null);
    window.addEventListener('online', () => this.get().kind === 'unreachable' && this.open());
  }

  /** Asks the gateway, and asks again ever more slowly until it answers. */
  open(): void {
    clearTimeout(this.#timer);
    this.#look().then(
      (state) => {
        this.#retries.reset();
        this.set(state);
      },
      () => {
        this.set({ kind: 'unreachable' });
        this.#timer = setTimeout(() => this.open(), this.#retries.next() + RETRY_MS);
      },
    );
  }

  /** A token of whoever is in; without one the page goes back to the door. */
  async token(login: Login, reason: TokenReason): Promise<string> {
    try {
      return await login.token(reason);
    } catch (error) {
      if (error instanceof ClientError && error.code === 'signed_out') this.refused(error.message);
      throw error;
    }
  }

  /** The gateway does not take the person's tokens, or there are none any more. */
  refused(problem: string): void {
    const state = this.get();
    if (state.kind === 'in') this.set({ kind: 'out', login: state.login, problem });
  }

  /** The person has erased the account. What this browser kept for them goes with it. */
  erased(login: Login, receipt: ErasureReceipt): void {
    this.set({ kind: 'erased', login, receipt });
    window.localStorage.clear();
    window.sessionStorage.clear();
    // Whoever goes on begins at the beginning.
    window.history.replaceState(null, '', '/');
  }

  /** Sends the person to the sign-in page. */
  async signIn(login: OidcLogin): Promise<void> {
    try {
      await login.signIn();
    } catch (error) {
      this.set({ kind: 'out', login, problem: ClientError.from(error).message });
    }
  }

  async signOut(login: OidcLogin): Promise<void> {
    if (!(await login.signOut())) this.set({ kind: 'out', login, problem: null });
  }

  async #look(): Promise<DoorState> {
    const { demo, oidc } = await this.#rest.authConfig();
    if (oidc) {
      // Only who signs in at a provider needs the code for it.
      const { OidcLogin: Provider } = await import('./oidc-login.ts');
      const login = new Provider(oidc);
      const arrival = await login
        .arrive()
        .catch((error: unknown) => ({ kind: 'out' as const, problem: ClientError.from(error).message }));
      if (arrival.kind === 'in') return { kind: 'in', login };
      return arrival.kind === 'leaving'
        ? { kind: 'opening' }
        : { kind: 'out', login, problem: arrival.problem };
    }
    return demo
      ? { kind: 'in', login: new DemoLogin(this.#rest) }
      : { kind: 'out', login: null, problem: null };
  }
}
