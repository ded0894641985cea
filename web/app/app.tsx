import { CalendarCheck2, Menu, PanelLeftOpen, PanelRightClose } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Chat } from '../chat/chat.tsx';
import type { ConversationState, PulseClient, SessionClient } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { capitalised } from '../parts/capitalised.ts';
import { SessionList } from '../sessions/session-list.tsx';
import { groupTasks } from '../today/task-groups.ts';
import { TodayPanel } from '../today/today-panel.tsx';
import type { ActiveSession } from './active-session.ts';
import { NowProvider, useClock, useNow } from './now.ts';
import type { SessionStore } from './session-store.ts';
import { useStore } from './store.ts';
import type { TaskStore } from './task-store.ts';
import { useConversationPart } from './use-conversation.ts';
import { useMedia } from './use-media.ts';
import { useRemembered } from './use-remembered.ts';

interface AppProps {
  client: PulseClient;
  tasks: TaskStore;
  sessions: SessionStore;
  active: ActiveSession;
}

/** The chat page: conversations, the conversation, today. */
export function App({ client, tasks, sessions, active }: AppProps) {
  const { session, opening } = useStore(active);
  const sessionId = useConversationPart(session, (state) => state.sessionId);
  const plan = useConversationPart(session, planOf);
  const list = useStore(sessions);
  const now = useClock();
  const roomForList = useMedia('(min-width: 1100px)');
  const roomForToday = useMedia('(min-width: 860px)');
  const [listKept, setListKept] = useRemembered('pulseplan.list', true);
  const [todayKept, setTodayKept] = useRemembered('pulseplan.today', true);
  const [drawer, setDrawer] = useState<'list' | 'today' | null>(null);

  useKeepTrue(session, tasks, sessions);
  const title = list.items.find((item) => item.session_id === sessionId)?.title ?? null;
  useEffect(() => {
    document.title = title === null ? 'PulsePlan' : `${capitalised(title)} · PulsePlan`;
  }, [title]);

  const open = (id?: string): void => {
    setDrawer(null);
    // A new one where nothing was said yet would only look the same.
    const empty = session.getState().turns.length === 0;
    if (id === undefined ? !empty : id !== sessionId) active.open(id);
  };
  const listShown = roomForList && listKept;
  const todayShown = roomForToday && todayKept;
  const conversations = (hide: () => void) => (
    <SessionList sessions={list} activeId={sessionId} plan={plan} onOpen={open} onHide={hide} />
  );
  return (
    <NowProvider value={now}>
      <div className="app">
        {listShown && <aside className="side-list">{conversations(() => setListKept(false))}</aside>}
        <main className="middle">
          <header className="bar">
            {!listShown && (
              <IconButton
                icon={roomForList ? PanelLeftOpen : Menu}
                label="Conversations"
                onClick={() => (roomForList ? setListKept(true) : setDrawer('list'))}
              />
            )}
            <h1 className="bar-title">{title === null ? 'New conversation' : capitalised(title)}</h1>
            <TodayButton
              tasks={tasks}
              shown={todayShown}
              onClick={() => (roomForToday ? setTodayKept(!todayKept) : setDrawer('today'))}
            />
          </header>
          <Chat key={opening} session={session} rest={client.rest} tasks={tasks} />
        </main>
        {todayShown && (
          <aside className="side-today" aria-label="Today">
            <TodayPanel store={tasks} />
          </aside>
        )}
        <Sheet open={drawer === 'list'} onClose={() => setDrawer(null)} side="left" label="Conversations">
          {conversations(() => setDrawer(null))}
        </Sheet>
        <Sheet open={drawer === 'today'} onClose={() => setDrawer(null)} side="bottom" label="Today">
          <TodayPanel store={tasks} onClose={() => setDrawer(null)} />
        </Sheet>
      </div>
    </NowProvider>
  );
}

function TodayButton({ tasks, shown, onClick }: { tasks: TaskStore; shown: boolean; onClick: () => void }) {
  const groups = groupTasks(useStore(tasks).tasks.values(), useNow());
  const due = groups
    .filter(({ key }) => key === 'overdue' || key === 'today')
    .reduce((sum, group) => sum + group.tasks.length, 0);
  return (
    <IconButton
      icon={shown ? PanelRightClose : CalendarCheck2}
      label={shown ? 'Hide today' : 'Show today'}
      onClick={onClick}
      {...(!shown && { badge: due })}
    />
  );
}

/** Lists are read again whenever the line is back, and the conversations when something was said. */
function useKeepTrue(session: SessionClient, tasks: TaskStore, sessions: SessionStore): void {
  const online = useConversationPart(session, ({ sync }) => sync === 'live' || sync === 'gap');
  const said = useConversationPart(
    session,
    ({ turns }) => turns.filter(({ result }) => result !== null).length,
  );
  useEffect(() => {
    if (online) void tasks.load();
  }, [online, tasks]);
  useEffect(() => {
    if (online) void sessions.load();
  }, [online, said, session, sessions]);
}

function planOf({ user, quota }: ConversationState): string {
  if (user?.tier === 'premium') return 'Premium';
  if (!user) return '';
  return quota && quota.tokens_used > 0 && quota.limit !== null
    ? `${quota.tokens_used.toLocaleString('en')} of ${quota.limit.toLocaleString('en')} tokens`
    : 'Free plan';
}
