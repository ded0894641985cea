import { useEffect, type RefObject } from 'react';

/** Where the focus was: at which event, and where that stood among those that were shown. */
interface Held {
  id: string;
  start: string;
  index: number;
  /** None else has its id, as the days of a series have; it is the same wherever it goes. */
  alone: boolean;
}

/** What makes a button one that the focus is kept at. */
export const keptAt = ({ id, start }: { id: string; start: string }) => ({ 'data-kept': `${id} ${start}` });

/**
 * The focus stays at an event that was moved or changed and is drawn anew. Where it is gone, what takes its place has the
 * focus, and where nothing does, the place itself.
 */
export function useKeptFocus(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = place.current;
    if (!root) return undefined;
    let held: Held | null = null;
    const settle = (): void => {
      if (held && document.activeElement === document.body) heir(root, held)?.focus();
    };
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      const [id, start] = target.dataset['kept']?.split(' ') ?? [];
      held = null;
      if (id === undefined || start === undefined) return;
      const shown = shownIn(root);
      held = { id, start, index: shown.indexOf(target), alone: withId(shown, id).length === 1 };
    };
    /** Whoever presses elsewhere has left it, unless that is about the event. */
    const onPress = ({ target }: PointerEvent): void => {
      if (target instanceof Element && !target.closest('dialog, [data-kept]')) held = null;
    };
    const observer = new MutationObserver(settle);
    observer.observe(root, { childList: true, subtree: true });
    const ended = new AbortController();
    const { signal } = ended;
    root.addEventListener('focusin', onFocus, { signal });
    document.addEventListener('pointerdown', onPress, { signal });
    // A dialog can't give the focus back to what is no longer there.
    document.addEventListener('close', settle, { signal, capture: true });
    return () => {
      observer.disconnect();
      ended.abort();
    };
  }, [place]);
}

const shownIn = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-kept]')];

const withId = (shown: readonly HTMLElement[], id: string): HTMLElement[] =>
  shown.filter(({ dataset }) => dataset['kept']?.startsWith(`${id} `));

function heir(root: HTMLElement, { id, start, index, alone }: Held): HTMLElement | null | undefined {
  const shown = shownIn(root);
  return (
    shown.find(({ dataset }) => dataset['kept'] === `${id} ${start}`) ??
    (alone ? withId(shown, id)[0] : undefined) ??
    shown[Math.min(index, shown.length - 1)] ??
    root.querySelector<HTMLElement>('[tabindex="0"]')
  );
}
