import { createContext, useContext } from 'react';
import type { Choice, Clarification } from '../../contracts/clarification.ts';
import type { DraftStore } from '../app/draft-store.ts';
import type { TaskStore } from '../app/task-store.ts';

/** What can be done from inside a conversation. */
export interface ChatActions {
  say(text: string): void;
  choose(question: Clarification, choice: Choice): void;
  undo(receiptId: string): void;
  retry(turnId: string): void;
  forget(turnId: string): void;
  /** Stops a turn; the answer to it is shown above the line. */
  cancel(turnId: string): void;
  tasks: TaskStore;
  drafts: DraftStore;
}

const Context = createContext<ChatActions | null>(null);
export const ChatActionsProvider = Context.Provider;

export function useChatActions(): ChatActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('This part stands inside a conversation only.');
  return actions;
}
