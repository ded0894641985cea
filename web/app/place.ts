import { createContext, useContext } from 'react';
import { Store } from './store.ts';

/** The pages beside the conversation, by their addresses. */
export const PAGES = {
  usage: '/usage',
  calendar: '/calendar',
  history: '/history',
  memory: '/memory',
  settings: '/settings',
} as const;
export type PageName = keyof typeof PAGES;
/** What is on screen. */
export type PlaceName = 'chat' | PageName;

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

  open(page: PageName): void {
    const here = this.get();
    if (here === page) return;
    // From one page to another, the way back still leads to the conversation.
    if (here === 'chat') window.history.pushState({ [CAME_FROM_CHAT]: true }, '', addressOf(PAGES[page]));
    else window.history.replaceState(window.history.state, '', addressOf(PAGES[page]));
    this.set(page);
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
const isPage = (name: string): name is PageName => Object.hasOwn(PAGES, name);
const placeInAddress = (): PlaceName => {
  const name = window.location.pathname.slice(1);
  return isPage(name) ? name : 'chat';
};

const Context = createContext<Place | null>(null);
export const PlaceProvider = Context.Provider;

export function usePlace(): Place {
  const place = useContext(Context);
  if (!place) throw new Error('This part stands inside the page only.');
  return place;
}
