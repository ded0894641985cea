import { lazy, Suspense, useEffect } from 'react';
import type { PulseClient, SessionClient } from '../client/index.ts';
import type { PageName } from './place.ts';
import type { Stores } from './stores.ts';

export const TITLES: Readonly<Record<PageName, string>> = {
  usage: 'Usage',
  calendar: 'Calendar',
  history: 'History',
  memory: 'Memory',
  settings: 'Settings',
};

// Who only talks never loads them.
const UsagePage = lazy(() => import('../usage/usage-page.tsx'));
const CalendarPage = lazy(() => import('../calendar/calendar-page.tsx'));
const HistoryPage = lazy(() => import('../history/history-page.tsx'));
const MemoryPage = lazy(() => import('../memory/memory-page.tsx'));
const SettingsPage = lazy(() => import('../settings/settings-page.tsx'));

interface PagesProps {
  page: PageName;
  client: PulseClient;
  session: SessionClient;
  stores: Stores;
  onTurn: (sessionId: string, turnId: string) => void;
}

/** The page over the conversation. */
export function Pages({ page, client, session, stores, onTurn }: PagesProps) {
  const { messages, events, reminders, facts, settings, calendar, usage } = stores;
  const { rest } = client;
  useEffect(() => {
    // Looked at here: the page itself may come only after what is underneath has lost the focus.
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const common = { session, messages };
  return (
    <Suspense fallback={<main className="page" aria-label={TITLES[page]} />}>
      {page === 'usage' && <UsagePage {...common} rest={rest} store={usage} />}
      {page === 'calendar' && (
        <CalendarPage {...common} events={events} reminders={reminders} settings={settings} view={calendar} />
      )}
      {page === 'history' && <HistoryPage {...common} client={client} onTurn={onTurn} />}
      {page === 'memory' && <MemoryPage {...common} client={client} facts={facts} onTurn={onTurn} />}
      {page === 'settings' && <SettingsPage {...common} rest={rest} settings={settings} />}
    </Suspense>
  );
}
