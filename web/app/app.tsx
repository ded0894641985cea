import { CalendarCheck2, Menu, PanelLeftOpen, PanelRightClose } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Chat } from '../chat/chat.tsx';
import { sayQuota, type ConversationState, type PulseClient, type SessionClient } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { capitalised } from '../parts/capitalised.ts';
import { SessionList } from '../sessions/session-list.tsx';
import { groupTasks } from '../today/task-groups.ts';
import { TodayPanel } from '../today/today-panel.tsx';
import { UsageLink } from '../usage/usage-link.tsx';
import { UsagePage } from '../usage/usage-page.tsx';
import type { ActiveSession } from './active-session.ts';
import type { DraftStore } from './draft-store.ts';
import { NowProvider, useClock, useNow } from './now.ts';
import { usePlace } from './place.ts';
import type { SessionStore } from './session-store.ts';
import { useStore } from './store.ts';
import type { TaskStore } from './task-store.ts';
import type { UsageStore } from './usage-store.ts';
import { useConversationPart } from './use-conversation.ts';
import { useLateCharges } from './use-late-charges.ts';
import { useMedia } from './use-media.ts';
import { useRemembered } from './use-remembered.ts';

/** What the page knows of the user's things. */
export interface Stores {
  tasks: TaskStore;
  drafts: DraftStore;
  usage: UsageStore;
  sessions: SessionStore;
}

interface AppProps {
  client: PulseClient;
  stores: Stores;
  active: ActiveSession;
}

/** The chat page: conversations, the conversation, today. */
export function App({ client, stores, active }: AppProps) {
  const { tasks, drafts, usage, sessions } = stores;
  const covered = useStore(usePlace()) !== 'chat';
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

  useKeepTrue(session, stores);
  useLateCharges(session, usage);
  const title = list.items.find((item) => item.session_id === sessionId)?.title ?? null;
  useEffect(() => {
    const shown = covered ? 'Usage' : title;
    document.title = shown === null ? 'PulsePlan' : `${capitalised(shown)} · PulsePlan`;
  }, [title, covered]);

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
            <h1 className="bar-title">{title === null ? 'New conversation' : capitalised(title)}</h1>
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
            tasks={tasks}
            drafts={drafts}
            usage={usage}
            covered={covered}
          />
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
      {covered && <UsagePage rest={client.rest} session={session} store={usage} />}
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
    <UsageLink
      className="usage-link"
      label={status.limit === null ? `${quota}: usage` : `${quota} tokens used`}
    >
      {quota}
      {status.limit !== null && <span className="usage-unit"> tokens</span>}
    </UsageLink>
  );
}

/**
 * Everything is read again whenever the line is back, the conversations when something was said, usage when something
 * cost something.
 */
function useKeepTrue(session: SessionClient, { tasks, drafts, usage, sessions }: Stores): void {
  const online = useConversationPart(session, ({ sync }) => sync === 'live' || sync === 'gap');
  const said = useConversationPart(
    session,
    ({ turns }) => turns.filter(({ result }) => result !== null).length,
  );
  const spent = useConversationPart(session, spentIn);
  useEffect(() => {
    if (!online) return;
    void tasks.load();
    void drafts.load();
  }, [online, tasks, drafts]);
  useEffect(() => {
    if (online) void usage.load();
  }, [online, spent, usage]);
  useEffect(() => {
    if (online) void sessions.load();
  }, [online, said, session, sessions]);
}

const spentIn = ({ turns }: ConversationState): number =>
  turns.reduce((sum, { result }) => sum + (result?.usage.tokens_used ?? 0), 0);

const planOf = ({ user }: ConversationState): string =>
  user === null ? '' : user.tier === 'premium' ? 'Premium plan' : 'Free plan';
