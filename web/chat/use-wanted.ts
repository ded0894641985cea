import { useEffect } from 'react';

/** Says that things are on screen, so that their store keeps them true. */
export function useWanted(store: { want(id: string): void }, ids: readonly string[]): void {
  const key = ids.join(' ');
  useEffect(() => {
    for (const id of key.split(' ')) if (id !== '') store.want(id);
  }, [store, key]);
}
