import { useEffect, useState } from 'react';
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
  const slow = useLasting(state.link === 'connecting');
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

/** Whether something has been so for a while. */
function useLasting(holds: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!holds) return undefined;
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [holds]);
  return holds && lasting;
}
