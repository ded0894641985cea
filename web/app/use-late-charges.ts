import { useEffect } from 'react';
import type { SessionClient } from '../client/index.ts';
import type { UsageStore } from './usage-store.ts';

/** What a letter that was stopped while it was read costs may be booked a little after its end. */
export function useLateCharges(session: SessionClient, usage: UsageStore): void {
  useEffect(() => {
    let before = session.getState().turns;
    return session.subscribe(() => {
      const { turns } = session.getState();
      if (turns === before) return;
      const read = new Set(before.filter(({ partial }) => partial !== '').map(({ id }) => id));
      before = turns;
      if (turns.some(({ id, phase }) => phase === 'cancelled' && read.has(id))) usage.loadSoon();
    });
  }, [session, usage]);
}
