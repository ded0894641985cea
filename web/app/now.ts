import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';

const MINUTE_MS = 60_000;
const Context = createContext<Date | null>(null);
export const NowProvider = Context.Provider;

/** The present minute, the same one everywhere on the page. */
export function useNow(): Date {
  const now = useContext(Context);
  if (!now) throw new Error('This part stands inside the page only.');
  return now;
}

/** A clock that moves once a minute: "today" is right on the morning after, too. In another zone all is told anew. */
export function useClock(zone: string): Date {
  const minute = useSyncExternalStore(
    (listener) => {
      const timer = setInterval(listener, 1_000);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / MINUTE_MS),
  );
  // oxlint-disable-next-line react/exhaustive-deps -- the same minute is another time of day in another zone
  return useMemo(() => new Date(minute * MINUTE_MS), [minute, zone]);
}
