import { useEffect } from 'react';
import type { ConversationState, SessionClient } from '../client/index.ts';
import type { Stores } from './stores.ts';
import { useConversationPart } from './use-conversation.ts';

/**
 * Everything is read again whenever the line is back, the conversations when something was said, usage when something
 * cost something.
 */
export function useKeepTrue(session: SessionClient, stores: Stores): void {
  const { tasks, events, reminders, drafts, contacts, facts, settings, usage, sessions } = stores;
  const online = useConversationPart(session, ({ sync }) => sync === 'live' || sync === 'gap');
  const said = useConversationPart(
    session,
    ({ turns }) => turns.filter(({ result }) => result !== null).length,
  );
  const spent = useConversationPart(session, spentIn);
  useEffect(() => {
    if (!online) return;
    for (const store of [tasks, events, reminders, drafts, contacts, facts, settings]) void store.load();
  }, [online, tasks, events, reminders, drafts, contacts, facts, settings]);
  useEffect(() => {
    if (online) void usage.load();
  }, [online, spent, usage]);
  useEffect(() => {
    if (online) void sessions.load();
  }, [online, said, session, sessions]);
}

const spentIn = ({ turns }: ConversationState): number =>
  turns.reduce((sum, { result }) => sum + (result?.usage.tokens_used ?? 0), 0);
