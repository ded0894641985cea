import type { ConversationState } from '../client/index.ts';

/** Whether nothing was said in a conversation so far; one that is still being read is not new. */
export const isNew = ({ turns, older, sync }: ConversationState): boolean =>
  turns.length === 0 && (older === null || sync === 'live');
