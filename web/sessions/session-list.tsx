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
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useNow } from '../app/now.ts';
import type { Messages } from '../app/messages.ts';
import type { SessionList as Sessions, SessionStore } from '../app/session-store.ts';
import { useStore } from '../app/store.ts';
import { chooseTheme, currentTheme } from '../app/theme.ts';
import type { RestClient, SessionRecord } from '../client/index.ts';
import { Brand } from '../parts/brand.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { LoadProblem } from '../parts/load-problem.tsx';
import { MessageLine } from '../parts/message-line.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Roving } from '../parts/roving.tsx';
import { PersonMenu } from '../sign-in/person-menu.tsx';
import { groupSessions } from './session-groups.ts';
import { SessionRow } from './session-row.tsx';
import { SEARCH_MAX, useSessionSearch } from './use-session-search.ts';

const PAGE_LINKS = [
  { page: 'calendar', label: 'Calendar', icon: CalendarRange },
  { page: 'history', label: 'History', icon: History },
  { page: 'memory', label: 'Memory', icon: BookmarkCheck },
  { page: 'settings', label: 'Settings', icon: Settings },
] as const;

interface SessionListProps {
  rest: RestClient;
  store: SessionStore;
  activeId: string | null;
  /** A quiet line about the plan in use. */
  plan: string;
  onOpen: (id?: string) => void;
  /** Shows where something was said. */
  onTurn: (sessionId: string, turnId: string) => void;
  /** Where the list lies over all else: what is said about it has to stand in it. */
  messages?: Messages | undefined;
  onHide: () => void;
  /** Another page takes the place of the conversation. */
  onLeave: () => void;
}

/** The conversations: search, begin a new one, go back to an old one, name it, delete it. */
export function SessionList(props: SessionListProps) {
  const { rest, store, activeId, plan, messages, onOpen, onTurn, onHide, onLeave } = props;
  const [query, setQuery] = useState('');
  const words = query.trim();
  const list = useStore(store);
  const problem = useStore(store.problem);
  const field = useRef<HTMLInputElement>(null);
  const search = useSessionSearch(rest, store, list, words);
  const looks = words !== '';
  const shown = looks ? (search.found ?? []) : list.items;
  const hasMore = looks ? search.hasMore : list.hasMore;
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
            ref={field}
            type="search"
            placeholder="Search conversations"
            aria-label="Search conversations"
            maxLength={SEARCH_MAX}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      </div>
      <nav className="panel-scroll" aria-label="Conversations">
        {looks && isByMeaning(search.found) && (
          <p className="sessions-note" role="status">
            {`No conversation has “${words}”. About something like it:`}
          </p>
        )}
        <Roving of="conversations">
          {groupSessions(shown, useNow()).map(([label, items]) => (
            <section key={label} className="session-day" aria-label={label}>
              <h2>{label}</h2>
              <ul>
                {items.map((session) => (
                  <li key={session.session_id}>
                    <SessionRow
                      session={named(session, list)}
                      store={store}
                      isActive={session.session_id === activeId}
                      words={words}
                      onOpen={() =>
                        session.match === null
                          ? onOpen(session.session_id)
                          : onTurn(session.session_id, session.match.turn_id)
                      }
                    />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </Roving>
        {hasMore && <MoreSessions onMore={looks ? search.more : () => void store.more()} />}
        {!looks && !list.loaded && problem !== null && (
          <LoadProblem onRetry={() => void store.load()}>
            Your conversations could not be read. {problem}
          </LoadProblem>
        )}
        <p className="panel-empty" role="status">
          {looks
            ? sayFound(search, words)
            : list.loaded && list.items.length === 0 && 'Your conversations will be here.'}
        </p>
        {looks && search.found?.length === 0 && !search.looking && (
          <button
            type="button"
            className="link sessions-clear"
            onClick={() => {
              setQuery('');
              field.current?.focus();
            }}
          >
            Clear the search
          </button>
        )}
      </nav>
      {messages && <MessageLine messages={messages} />}
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

function sayFound({ found, problem, looking }: ReturnType<typeof useSessionSearch>, words: string): string {
  if (problem !== null) return problem;
  if (looking) return 'Looking…';
  return found?.length === 0 ? `No conversation has “${words}”.` : '';
}

/** None has the words: what is shown was found by what it means. */
const isByMeaning = (found: readonly SessionRecord[] | null): boolean =>
  found !== null && found.length > 0 && found.every(({ match }) => match?.by === 'meaning');

/** What was found may have got another name since. */
const named = (session: SessionRecord, { known }: Sessions): SessionRecord => ({
  ...session,
  title: known.get(session.session_id)?.title ?? session.title,
});

/** Reads on by itself when it comes into sight. */
function MoreSessions({ onMore }: { onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  useLayoutEffect(() => {
    latest.current = onMore;
  });
  useEffect(() => {
    const element = button.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <button ref={button} type="button" className="link sessions-more" onClick={onMore}>
      Show older
    </button>
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
