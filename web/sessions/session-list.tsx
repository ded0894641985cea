import {
  BookmarkCheck,
  CalendarRange,
  History,
  MessageSquarePlus,
  Moon,
  PanelLeftClose,
  Search,
  Settings,
  Sun,
} from 'lucide-react';
import { useState } from 'react';
import type { SessionList as Sessions } from '../app/session-store.ts';
import { chooseTheme, currentTheme } from '../app/theme.ts';
import { dayNumber, todayOf, type SessionRecord } from '../client/index.ts';
import { capitalised } from '../parts/capitalised.ts';
import { Brand } from '../parts/brand.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { PersonMenu } from '../sign-in/person-menu.tsx';

const PAGE_LINKS = [
  { page: 'calendar', label: 'Calendar', icon: CalendarRange },
  { page: 'history', label: 'History', icon: History },
  { page: 'memory', label: 'Memory', icon: BookmarkCheck },
  { page: 'settings', label: 'Settings', icon: Settings },
] as const;

interface SessionListProps {
  sessions: Sessions;
  activeId: string | null;
  /** A quiet line about the plan in use. */
  plan: string;
  onOpen: (id?: string) => void;
  onHide: () => void;
  /** Another page takes the place of the conversation. */
  onLeave: () => void;
}

/** The conversations: search, begin a new one, go back to an old one. */
export function SessionList({ sessions, activeId, plan, onOpen, onHide, onLeave }: SessionListProps) {
  const [query, setQuery] = useState('');
  const words = query.trim().toLowerCase();
  const found = sessions.items.filter((item) => titleOf(item).toLowerCase().includes(words));
  return (
    <div className="sessions">
      <header className="panel-head">
        <Brand />
        <IconButton icon={PanelLeftClose} label="Hide conversations" onClick={onHide} />
      </header>
      <div className="sessions-tools">
        <button type="button" className="button wide" onClick={() => onOpen()}>
          <MessageSquarePlus size={17} strokeWidth={1.75} aria-hidden />
          New conversation
        </button>
        <label className="search">
          <Search size={15} aria-hidden />
          <input
            type="search"
            placeholder="Search titles"
            aria-label="Search the titles of conversations"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      </div>
      <nav className="panel-scroll" aria-label="Conversations">
        {byDay(found).map(([day, items]) => (
          <section key={day} className="session-day">
            <h3>{day}</h3>
            <ul>
              {items.map((item) => (
                <li key={item.session_id}>
                  <button
                    type="button"
                    className="session"
                    aria-current={item.session_id === activeId ? 'page' : undefined}
                    onClick={() => onOpen(item.session_id)}
                  >
                    {titleOf(item)}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {sessions.loaded && found.length === 0 && (
          <p className="panel-empty">
            {words === ''
              ? 'Your conversations will be here.'
              : 'No title has these words. What was said inside a conversation is not searched.'}
          </p>
        )}
      </nav>
      <nav className="page-links" aria-label="Pages">
        {PAGE_LINKS.map(({ page, label, icon: Icon }) => (
          <PageLink key={page} page={page} className="page-link" onOpen={onLeave}>
            <Icon size={17} strokeWidth={1.75} aria-hidden />
            {label}
          </PageLink>
        ))}
      </nav>
      <Foot plan={plan} />
    </div>
  );
}

function Foot({ plan }: { plan: string }) {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <footer className="sessions-foot">
      <PersonMenu plan={plan} />
      <IconButton
        icon={theme === 'dark' ? Sun : Moon}
        label={`Use ${other} colours`}
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      />
    </footer>
  );
}

const titleOf = (item: SessionRecord): string =>
  item.title === null ? 'New conversation' : capitalised(item.title);

function byDay(items: readonly SessionRecord[]): [string, SessionRecord[]][] {
  const now = new Date();
  const today = dayNumber(todayOf(now));
  const days = new Map<string, SessionRecord[]>();
  for (const item of items) {
    const age = today - dayNumber(todayOf(new Date(item.last_activity_at)));
    const day = age <= 0 ? 'Today' : age === 1 ? 'Yesterday' : age < 7 ? 'This week' : 'Earlier';
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}
