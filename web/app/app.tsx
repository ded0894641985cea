import { CalendarCheck2, Menu, PanelLeftOpen, PanelRightClose } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Chat } from '../chat/chat.tsx';
import type { Goal } from '../chat/conversation-view.tsx';
import { dayOf, sayQuota, zoneNow, type ConversationState, type PulseClient } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { MessageLine } from '../parts/message-line.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { capitalised } from '../parts/capitalised.ts';
import { SessionList } from '../sessions/session-list.tsx';
import { groupTasks } from '../today/task-groups.ts';
import { TodayPanel } from '../today/today-panel.tsx';
import { PageLink } from '../parts/page-link.tsx';
import type { ActiveSession } from './active-session.ts';
import type { EventPlace } from './calendar-view.ts';
import type { Messages } from './messages.ts';
import { NowProvider, useClock, useNow } from './now.ts';
import { Pages, TITLES } from './pages.tsx';
import { usePlace } from './place.ts';
import { useStore } from './store.ts';
import type { Stores } from './stores.ts';
import type { TaskStore } from './task-store.ts';
import type { UsageStore } from './usage-store.ts';
import { useConversationPart } from './use-conversation.ts';
import { useKeepTrue } from './use-keep-true.ts';
import { useLateCharges } from './use-late-charges.ts';
import { useMedia } from './use-media.ts';
import { useRemembered } from './use-remembered.ts';

interface AppProps {
  client: PulseClient;
  stores: Stores;
  active: ActiveSession;
}

/** The chat page: conversations, the conversation, today. */
export function App({ client, stores, active }: AppProps) {
  const { tasks, usage, sessions, messages, calendar } = stores;
  const place = usePlace();
  const page = useStore(place);
  const covered = page !== 'chat';
  const { session, opening } = useStore(active);
  const sessionId = useConversationPart(session, (state) => state.sessionId);
  const wasUsed = useConversationPart(session, ({ turns }) => turns.some(({ result }) => result !== null));
  const plan = useConversationPart(session, planOf);
  const { known, hasMore } = useStore(sessions);
  useStore(stores.settings);
  const now = useClock(zoneNow());
  const roomForList = useMedia('(min-width: 1100px)');
  const roomForToday = useMedia('(min-width: 860px)');
  const [listKept, setListKept] = useRemembered('pulseplan.list', true);
  const [todayKept, setTodayKept] = useRemembered('pulseplan.today', true);
  const [drawer, setDrawer] = useState<'list' | 'today' | null>(null);

  useKeepTrue(session, stores);
  useLateCharges(session, usage);
  const title = (sessionId === null ? undefined : known.get(sessionId))?.title ?? null;
  useEffect(() => {
    // Older than the list goes back.
    if (sessionId !== null && hasMore && wasUsed) void sessions.want(sessionId);
  }, [sessions, sessionId, hasMore, wasUsed]);
  useEffect(() => sessions.onDeleted((id) => active.gone(id)), [sessions, active]);
  useEffect(() => {
    const shown = page === 'chat' ? title : TITLES[page];
    document.title = shown === null ? 'PulsePlan' : `${capitalised(shown)} · PulsePlan`;
  }, [title, page]);
  /** The turn that is to be shown in its conversation. */
  const [goal, setGoal] = useState<Goal | null>(null);

  const open = (id?: string): void => {
    setDrawer(null);
    // A new one where nothing was said yet would only look the same.
    const empty = session.getState().turns.length === 0;
    if (id === undefined ? !empty : id !== sessionId) active.open(id);
  };
  const openTurn = (inSession: string, turnId: string): void => {
    open(inSession);
    setGoal({ turnId });
    place.openChat();
  };
  const openEvent = (event: EventPlace): void => {
    setDrawer(null);
    calendar.go(dayOf(event.start));
    calendar.open(event);
    place.open('calendar');
  };
  const listShown = roomForList && listKept;
  const todayShown = roomForToday && todayKept;
  const conversations = (hide: () => void, own?: Messages) => (
    <SessionList
      rest={client.rest}
      store={sessions}
      activeId={sessionId}
      plan={plan}
      onOpen={open}
      onTurn={openTurn}
      messages={own}
      onHide={hide}
      onLeave={() => setDrawer(null)}
    />
  );
  return (
    <NowProvider value={now}>
      <div className="app" inert={covered} aria-hidden={covered || undefined}>
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
            <h1 className="bar-title" dir="auto">
              {title === null ? 'New conversation' : capitalised(title)}
            </h1>
            <UsageNumber store={usage} />
            <TodayButton
              tasks={tasks}
              shown={todayShown}
              onClick={() => (roomForToday ? setTodayKept(!todayKept) : setDrawer('today'))}
            />
          </header>
          <Chat
            key={opening}
            session={session}
            rest={client.rest}
            stores={stores}
            covered={covered}
            goal={goal}
            onEvent={openEvent}
            onTurn={openTurn}
          />
          {!todayShown && !covered && (
            <div className="page-message">
              <MessageLine messages={messages} />
            </div>
          )}
        </main>
        {todayShown && (
          <aside className="side-today" aria-label="Today">
            <TodayPanel stores={stores} onEvent={openEvent} />
          </aside>
        )}
        <Sheet open={drawer === 'list'} onClose={() => setDrawer(null)} side="left" label="Conversations">
          {conversations(() => setDrawer(null), messages)}
        </Sheet>
        <Sheet open={drawer === 'today'} onClose={() => setDrawer(null)} side="bottom" label="Today">
          <TodayPanel stores={stores} onEvent={openEvent} onClose={() => setDrawer(null)} />
        </Sheet>
      </div>
      {page !== 'chat' && (
        <Pages page={page} client={client} session={session} stores={stores} onTurn={openTurn} />
      )}
    </NowProvider>
  );
}

function TodayButton({ tasks, shown, onClick }: { tasks: TaskStore; shown: boolean; onClick: () => void }) {
  const groups = groupTasks(useStore(tasks).items.values(), useNow());
  const due = groups
    .filter(({ key }) => key === 'overdue' || key === 'today')
    .reduce((sum, group) => sum + group.tasks.length, 0);
  return (
    <IconButton
      icon={shown ? PanelRightClose : CalendarCheck2}
      label={shown ? 'Hide today' : due > 0 ? `Show today: ${due}` : 'Show today'}
      onClick={onClick}
      {...(!shown && { badge: due })}
    />
  );
}

/** How much of the month's tokens is used: one quiet number, and the way to more of it. */
function UsageNumber({ store }: { store: UsageStore }) {
  const { status } = useStore(store);
  if (!status) return null;
  const quota = sayQuota(status);
  return (
    <PageLink
      page="usage"
      className="usage-link"
      label={status.limit === null ? `${quota}: usage` : `${quota} tokens used`}
    >
      {quota}
      {status.limit !== null && <span className="usage-unit"> tokens</span>}
    </PageLink>
  );
}

const planOf = ({ user }: ConversationState): string =>
  user === null ? '' : user.tier === 'premium' ? 'Premium plan' : 'Free plan';
