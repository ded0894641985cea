import type { UserNews } from '../../contracts/frames.ts';
import type { ConversationState } from './conversation-state.ts';
import type { Outbox, WaitingTurn } from './outbox.ts';
import type { TokenKeeper } from './token-keeper.ts';

export interface SessionClientOptions {
  /** Where the product answers, e.g. `http://127.0.0.1:3000`. */
  url: string;
  tokens: TokenKeeper;
  /** An existing session; without it a new one begins. */
  sessionId?: string;
  /** The state that an earlier client of this session left: it is resumed from there. */
  resumeFrom?: ConversationState;
  /** Keeps what is not acknowledged beyond the life of this client. */
  outbox?: Outbox;
  /** What an earlier client could not send: sent first, under the same ids. */
  waiting?: readonly WaitingTurn[];
  /** In which words such as "tomorrow" are meant; a function is asked each time something is said. */
  timezone?: string | (() => string);
  onNews?: (news: UserNews) => void;
  ackTimeoutMs?: number;
  /** How long a hole in the numbers may stay before the connection is made anew. */
  gapTimeoutMs?: number;
}

/** What every submit may carry; `reference_time` is honoured by demo servers only. */
export interface SubmitOptions {
  whenBusy?: 'queue' | 'interrupt' | 'reject';
  referenceTime?: string;
}
