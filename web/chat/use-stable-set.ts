import { useMemo } from 'react';

/** The same object for as long as the set holds the same ids, so that memoised parts can rely on it. */
export function useStableSet(ids: ReadonlySet<string>): ReadonlySet<string> {
  const key = [...ids].join(' ');
  return useMemo(() => new Set(key === '' ? [] : key.split(' ')), [key]);
}
