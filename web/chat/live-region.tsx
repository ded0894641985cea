import { hasEnded, replyOf, type ConversationState } from '../client/index.ts';

/** Speaks the reply once it is whole; the streaming pieces would be read one by one. */
export function LiveRegion({ state }: { state: ConversationState }) {
  const last = state.turns.findLast(hasEnded);
  const text = last?.phase === 'failed' ? '' : last ? replyOf(last) : '';
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-turn={last?.id}>
      {state.sync === 'live' ? text : ''}
    </div>
  );
}
