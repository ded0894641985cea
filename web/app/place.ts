import { createContext, useContext } from 'react';
import { Store } from './store.ts';

/** What is on screen besides the conversation. */
export type PlaceName = 'chat' | 'usage';

export const USAGE_PATH = '/usage';
const CAME_FROM_CHAT = 'pulseplan.from_chat';

/**
 * Where on the page a person is; the address says so too. The conversation stays in the address everywhere, so that
 * a reload of any place comes back to it.
 */
export class Place extends Store<PlaceName> {
  readonly #ended = new AbortController();

  constructor() {
    super(placeInAddress());
    window.addEventListener('popstate', () => this.set(placeInAddress()), { signal: this.#ended.signal });
  }

  openUsage(): void {
    if (this.get() === 'usage') return;
    window.history.pushState({ [CAME_FROM_CHAT]: true }, '', addressOf(USAGE_PATH));
    this.set('usage');
  }

  /** Back to the conversation: the way the browser's own button goes where a person came from there. */
  openChat(): void {
    if (this.get() === 'chat') return;
    const state: unknown = window.history.state;
    if (typeof state === 'object' && state !== null && CAME_FROM_CHAT in state) return window.history.back();
    window.history.replaceState(null, '', addressOf('/'));
    this.set('chat');
  }

  /** Follows the address no more. */
  close(): void {
    this.#ended.abort();
  }
}

const addressOf = (path: string): string => path + window.location.search + window.location.hash;
const placeInAddress = (): PlaceName => (window.location.pathname === USAGE_PATH ? 'usage' : 'chat');

const Context = createContext<Place | null>(null);
export const PlaceProvider = Context.Provider;

export function usePlace(): Place {
  const place = useContext(Context);
  if (!place) throw new Error('This part stands inside the page only.');
  return place;
}
