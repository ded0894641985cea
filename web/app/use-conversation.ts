import { useSyncExternalStore } from 'react';
import type { ConversationState, SessionClient } from '../client/index.ts';

export const useConversation = (session: SessionClient): ConversationState =>
  useSyncExternalStore(session.subscribe, session.getState);

/** A part of the state: what shows it is drawn again only when that part changes, not with each streamed word. */
export const useConversationPart = <T>(session: SessionClient, part: (state: ConversationState) => T): T =>
  useSyncExternalStore(session.subscribe, () => part(session.getState()));
