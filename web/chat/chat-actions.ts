import { createContext, useContext } from 'react';
import type { Choice, Clarification } from '../../contracts/clarification.ts';
import type { EventPlace } from '../app/calendar-view.ts';
import type { Stores } from '../app/stores.ts';

/** What can be done from inside a conversation. */
export interface ChatActions extends Pick<
  Stores,
  'tasks' | 'events' | 'reminders' | 'drafts' | 'contacts' | 'facts' | 'usage' | 'messages'
> {
  say(text: string): void;
  choose(question: Clarification, choice: Choice): void;
  undo(receiptId: string): void;
  retry(turnId: string): void;
  forget(turnId: string): void;
  /** Stops a turn; the answer to it is shown above the line. */
  cancel(turnId: string): void;
  /** Shows an event in the calendar. */
  openEvent(event: EventPlace): void;
  /** Shows what was said, in its conversation. */
  openTurn(sessionId: string, turnId: string): void;
}

const Context = createContext<ChatActions | null>(null);
export const ChatActionsProvider = Context.Provider;

export function useChatActions(): ChatActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('This part stands inside a conversation only.');
  return actions;
}
