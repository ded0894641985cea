import { useLasting } from '../app/use-lasting.ts';
import type { ConversationState } from '../client/index.ts';

/** A first connection that takes longer than this is worth a word. */
const PATIENCE_MS = 1_500;

interface ConnectionLineProps {
  state: Pick<ConversationState, 'link' | 'linkError'>;
  /** What that means for what is on screen; by default that what is written is sent later. */
  meanwhile?: string;
  onRetry: () => void;
}

/** Says that the line is down, and nothing when it is up. */
export function ConnectionLine({
  state,
  meanwhile = 'What you write is kept.',
  onRetry,
}: ConnectionLineProps) {
  const slow = useLasting(state.link === 'connecting', PATIENCE_MS);
  const text = lineText(state, slow, meanwhile);
  return (
    <div className={`connection ${text === null ? '' : 'shown'}`} role="status">
      {text}
      {state.link === 'refused' && (
        <button type="button" className="link" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

function lineText(
  { link, linkError }: ConnectionLineProps['state'],
  slow: boolean,
  meanwhile: string,
): string | null {
  if (link === 'refused') return linkError?.message ?? 'The server refused the connection.';
  if (link === 'reconnecting') return `Reconnecting. ${meanwhile}`;
  return slow ? `Connecting. ${meanwhile}` : null;
}
