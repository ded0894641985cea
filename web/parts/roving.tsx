import { useEffect, useId, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';

interface RovingProps {
  className?: string;
  /** What its rows are, for whoever has to be told how to get around. */
  of?: string;
  children: ReactNode;
}

/** Where the focus is: the row's name and number, and the name of the stop in it. */
interface Held {
  row: string;
  index: number;
  stop: string;
}

/** What makes a button a stop within `Roving`; the name says which one of its row it is. */
export const stopAt = (name: string): { 'data-stop': string; tabIndex: -1 } => ({
  'data-stop': name,
  tabIndex: -1,
});

/**
 * Rows of things to press as one stop of the Tab key: Up and Down go from row to row, Left and Right within a row.
 * Rows are marked with `data-row`, buttons with `stopAt`, fields that take a button's place with `data-field`. When what
 * had the focus goes away, its place has it next.
 */
export function Roving({ className = '', of = 'tasks', children }: RovingProps) {
  const place = useRef<HTMLDivElement>(null);
  const held = useRef<Held | null>(null);
  const hintId = useId();
  useEffect(() => {
    const root = place.current;
    if (!root) return undefined;
    const settle = (): void => {
      if (held.current && !root.contains(document.activeElement)) {
        const lost = document.activeElement === document.body || document.activeElement === null;
        if (lost) heir(root, held.current)?.focus();
        else held.current = null;
      }
      const stops = stopsIn(root);
      if (!stops.some(({ tabIndex }) => tabIndex === 0)) stops[0]?.setAttribute('tabindex', '0');
    };
    settle();
    const observer = new MutationObserver(settle);
    observer.observe(root, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);

  const onFocus = ({ target }: FocusEvent<HTMLElement>): void => {
    const root = place.current;
    const row = target.closest<HTMLElement>('[data-row]');
    if (!root || !row) return;
    const stop = target.dataset['stop'] ?? target.dataset['field'] ?? '';
    held.current = { row: row.dataset['row'] ?? '', index: rowsIn(root).indexOf(row), stop };
    if (target.dataset['stop'] === undefined) return;
    for (const other of stopsIn(root)) other.tabIndex = other === target ? 0 : -1;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const root = place.current;
    const { target } = event;
    if (!root || !(target instanceof HTMLElement) || target.dataset['stop'] === undefined) return;
    const next = neighbour(root, target, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div
      ref={place}
      className={`roving ${className}`}
      role="group"
      aria-describedby={hintId}
      onFocus={onFocus}
      onBlur={() => (held.current = null)}
      onKeyDown={onKeyDown}
    >
      {children}
      <p className="roving-keys" id={hintId}>
        Arrow keys move between {of} and within one
      </p>
    </div>
  );
}

const rowsIn = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-row]')];
const stopsIn = (root: HTMLElement): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>('[data-stop]:not(:disabled)'),
];

/** The stop of that name in a row, else its first. */
const stopOf = (row: HTMLElement | undefined, name: string): HTMLElement | undefined => {
  const stops = row ? stopsIn(row) : [];
  return stops.find(({ dataset }) => dataset['stop'] === name) ?? stops[0];
};

/** A renamed or moved item keeps the focus; after a tick the next one in its place has it, to go on with. */
function heir(root: HTMLElement, { row, index, stop }: Held): HTMLElement | undefined {
  const rows = rowsIn(root);
  const same = stop === 'tick' ? undefined : rows.find(({ dataset }) => dataset['row'] === row);
  return stopOf(same ?? rows[Math.min(index, rows.length - 1)], stop);
}

function neighbour(root: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const rows = rowsIn(root).filter((row) => stopsIn(row).length > 0);
  const at = rows.findIndex((row) => row.contains(from));
  const row = rows[at];
  if (!row) return undefined;
  const stop = from.dataset['stop'] ?? '';
  if (key === 'ArrowDown') return stopOf(rows[at + 1], stop);
  if (key === 'ArrowUp') return stopOf(rows[at - 1], stop);
  if (key === 'Home') return stopOf(rows[0], stop);
  if (key === 'End') return stopOf(rows.at(-1), stop);
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const stops = stopsIn(row);
  return step === 0 ? undefined : stops[stops.indexOf(from) + step];
}
