import { useRef } from 'react';

/** The same object for as long as the set holds the same things, so that memoised parts can rely on it. */
export function useStableSet(next: ReadonlySet<string>): ReadonlySet<string> {
  const kept = useRef(next);
  const same = kept.current.size === next.size && [...next].every((item) => kept.current.has(item));
  if (!same) kept.current = next;
  return kept.current;
}
