import { useNow } from '../app/now.ts';
import { hasEnded, notedOf, type ConversationState } from '../client/index.ts';
import { spokenReply } from './shown-reply.ts';

/** Speaks the reply once it is whole; the streaming pieces would be read one by one. */
export function LiveRegion({ state }: { state: ConversationState }) {
  const now = useNow();
  const last = state.turns.findLast(hasEnded);
  const text = last?.phase === 'failed' ? '' : last ? spokenReply(last) : '';
  const noted = last ? notedOf(last, now) : null;
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-turn={last?.id}>
      {state.sync === 'live' ? `${noted === null ? '' : `Noted: ${noted}. `}${text}` : ''}
    </div>
  );
}
